"""A partner comes by the way of its own draws through what stands before a mix, never through the branch beside it."""

import numpy as np
import pytest
import torch
import torchvision  # noqa: F401  # before TensorFlow, which Keras may import

import augment
from augment.language import as_pipeline
from augment.partners import partner_indices
from augment.program.lower import lower

N = 12
TARGETS = {"image": "image", "labels": {"kind": "labels", "classes": N}}
EITHER = {"one_of": [{"mixup": {"alpha": 1}}, {"cutmix": {"alpha": 1}}]}
NESTED = {"one_of": [{"sequence": [{"brightness": {"factor": 0.5}}, {"mixup": {"alpha": 1}}]}, {"cutmix": {"alpha": 1}}]}
SOME = {"some_of": {"n": 1, "ops": EITHER["one_of"]}}
IMAGES = np.stack([np.full((16, 16, 3), (i + 1) * 0.05, np.float32) for i in range(N)])
WAYS = ["reference", "albumentations", "torchvision", "torchvision batch", "collate", "keras", "keras over"]


def run(way, spec):
    """Images and labels of one epoch."""
    made = [{"image": image, "labels": i} for i, image in enumerate(IMAGES)]
    match way:
        case "torchvision batch":
            images = torch.from_numpy(IMAGES).permute(0, 3, 1, 2)
            out = augment.compile(spec, "torchvision").at(0)({"image": images, "labels": torch.arange(N)})
            return out["image"].permute(0, 2, 3, 1).numpy(), out["labels"].numpy()
        case "keras":
            layer = augment.compile(spec, "keras", value_range=(0, 1))
            out = layer({"images": IMAGES, "labels": np.arange(N), "index": 0}, training=True)
            return np.asarray(out["images"]), np.asarray(out["labels"])
        case "collate" | "torchvision":
            tensors = [{**sample, "image": torch.from_numpy(sample["image"]).permute(2, 0, 1)} for sample in made]
            transform = augment.compile(spec, "torchvision")
            if way == "collate":
                out = transform.collate(tensors, indices=range(N))
                return out["image"].permute(0, 2, 3, 1).numpy(), np.asarray(out["labels"])
            over = transform.over(tensors)
            outs = [over[i] for i in range(N)]
            images = np.stack([o["image"].permute(1, 2, 0).numpy() for o in outs])
            return images, np.stack([np.asarray(o["labels"]) for o in outs])
    backend = way.split()[0]
    options = {"value_range": (0, 1)} if backend == "keras" else {}
    over = augment.compile(spec, backend, **options).over(made)
    outs = [over[i] for i in range(N)]
    return np.stack([o["image"] for o in outs]), np.stack([np.asarray(o["labels"]) for o in outs])


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("either", [EITHER, NESTED, SOME], ids=["mixes", "a sequence", "some_of one"])
def test_one_of_two_mixes_joins_two_pictures(way, either):
    spec = {"targets": TARGETS, "seed": 3, "pipeline": [either]}
    images, labels = run(way, spec)
    assert ((labels > 1e-6).sum(axis=1) <= 2).all(), "three pictures were mixed"
    assert len({tuple(np.round(row, 4)) for row in labels}) > N // 2
    program = lower(as_pipeline(spec))
    drawn = [program.values(i, 0) for i in range(N)]
    cut = [bool(v["some_of"]["pick"][1]) if "some_of" in v else int(v["one_of"]["choice"]) == 1 for v in drawn]
    assert any(cut) and not all(cut)
    for i in np.flatnonzero(cut):  # what is pasted is the partner as it was
        levels = np.unique(np.round(images[i], 3))
        assert len(levels) <= 2 and all(np.isclose(levels[:, None], IMAGES[:, 0, 0, 0], atol=2e-3).any(axis=1))


@pytest.mark.parametrize("way", WAYS)
def test_the_samples_of_a_mosaic_are_different_ones(way):
    spec = {"targets": TARGETS, "seed": 5, "pipeline": [{"mosaic": {"jitter": 0}}]}
    _, labels = run(way, spec)
    np.testing.assert_allclose(np.sort(labels, axis=1)[:, -4:], 0.25, atol=1e-6)
    np.testing.assert_allclose(labels, run("reference", spec)[1], atol=1e-6)


def test_partners_are_others_equally_and_repeat_only_where_there_are_too_few():
    rng = np.random.default_rng(3)
    counts = np.zeros((3, 6), int)
    for uniforms in rng.random((6000, 3), np.float32):
        found = partner_indices(uniforms.tolist(), 2, 6)
        assert len({2, *found}) == 4
        for k, other in enumerate(found):
            counts[k, other] += 1
    np.testing.assert_allclose(np.delete(counts, 2, axis=1), 1200, atol=140)
    assert partner_indices([0.9, 0.1, 0.6], 0, 1) == [0, 0, 0]
    few = partner_indices([0.9, 0.1, 0.6, 0.3], 1, 3)
    assert set(few[:2]) == {0, 2} and set(few) == {0, 2}
