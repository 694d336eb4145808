"""Mosaics of samples of any size: every box that is shown keeps its label, and labels of images count by area."""

import numpy as np
import pytest
from skimage.measure import label, regionprops

import augment
from augment import ops
from augment.errors import SampleError, SpecError

N = 200
BACKENDS = ("reference", "albumentations", "torchvision")
TARGETS = {"image": "image", "mask": {"kind": "mask", "fill": 255}, "boxes": "boxes", "labels": "labels"}


def sample_of(i, dtype=np.uint8):
    """A picture whose every object is a rectangle of a level of its own, which is its label: what is shown can be counted."""
    rng = np.random.default_rng(i)
    height, width = int(rng.integers(30, 90)), int(rng.integers(30, 90))
    image, mask = np.zeros((height, width, 3), np.uint8), np.zeros((height, width), np.uint8)
    boxes, labels = [], []
    for k in range(int(rng.integers(0, 4))):
        y, x = int(rng.integers(0, height - 8)), 8 * k + int(rng.integers(0, 2))
        if x + 6 > width:
            continue
        image[y : y + 6, x : x + 6], mask[y : y + 6, x : x + 6] = (i * 4 + k) % 254 + 1, (i * 4 + k) % 254 + 1
        boxes.append([x, y, x + 6, y + 6])
        labels.append((i * 4 + k) % 254 + 1)
    image = image if dtype == np.uint8 else (image / 255).astype(np.float32)
    return {"image": image, "mask": mask, "boxes": np.array(boxes, float).reshape(-1, 4), "labels": np.array(labels, int)}


def mosaic(**fields):
    return augment.Pipeline([ops.Mosaic(**fields)], targets=TARGETS, seed=5)


def shown(mask):
    """What can be seen: (label, box) of each connected piece of one level; a donor may come twice."""
    found = []
    for level in set(np.unique(mask).tolist()) - {0, 255}:
        for piece in regionprops(label(mask == level)):
            y0, x0, y1, x1 = piece.bbox
            found.append((level, (x0, y0, x1, y1)))
    return sorted(found)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("grid", [(2, 2), (1, 3), (3, 2)], ids=str)
def test_every_box_that_is_shown_keeps_its_label(backend, grid):
    samples = [sample_of(i) for i in range(N)]
    over = augment.compile(mosaic(grid=grid), backend).over(samples)
    several = 0
    for i in range(N):
        out = {name: np.asarray(entry) for name, entry in over[i].items()}
        image = out["image"].transpose(1, 2, 0) if out["image"].shape[0] == 3 else out["image"]
        assert image.shape == samples[i]["image"].shape
        assert (image[..., 0] == np.where(out["mask"] == 255, 0, out["mask"])).all()
        seen = shown(out["mask"])
        rows = zip(out["labels"].tolist(), np.round(out["boxes"]).astype(int).tolist(), strict=True)
        assert sorted((number, tuple(box)) for number, box in rows) == seen
        several += len({(number - 1) // 4 for number, _ in seen}) > 1
    assert several > N // 6


def test_all_backends_show_the_same():
    samples = [sample_of(i) for i in range(N)]
    overs = [augment.compile(mosaic(fill=0.5), backend).over(samples) for backend in BACKENDS]
    for i in range(8):
        first, *rest = ({name: np.asarray(entry) for name, entry in over[i].items()} for over in overs)
        for other in rest:
            image = other["image"].transpose(1, 2, 0) if other["image"].shape[0] == 3 else other["image"]
            assert np.abs(image.astype(int) - first["image"]).max() <= 1
            assert np.allclose(other["boxes"], first["boxes"]) and (other["labels"] == first["labels"]).all()


def test_labels_of_images_count_by_area_and_floats_are_normalized():
    targets = {"image": "image", "class": {"kind": "labels", "classes": 5}}
    spec = augment.Pipeline([ops.Normalize(mean=0.5, std=0.25), ops.Mosaic(fill=0.5)], targets=targets)
    samples = [{"image": np.full((40, 60, 3), i / 4, np.float32), "class": i} for i in range(5)]
    for i in range(5):
        out = augment.compile(spec, "albumentations").over(samples)[i]
        for k, weight in enumerate(out["class"]):
            share = (np.abs(out["image"][..., 0] - (k / 4 - 0.5) / 0.25) < 1e-5).mean()
            assert share == pytest.approx(weight, abs=1e-6)
        assert out["class"].sum() == pytest.approx(1)


def test_lines_stay_within_their_jitter():
    spec = mosaic(jitter=0.5)
    samples = [{**sample_of(i), "image": np.full((64, 64, 3), i, np.uint8)} for i in range(9)]
    samples = [{"image": s["image"], "mask": np.zeros((64, 64), np.uint8), "boxes": [], "labels": []} for s in samples]
    heights = set()
    for epoch in range(40):
        over = augment.compile(spec, "reference").over(samples)
        over.set_epoch(epoch)
        image = over[0]["image"][..., 0]
        cut = np.flatnonzero(np.diff(image[:, 0].astype(int)))
        heights |= set((cut + 1).tolist())
        assert all(24 <= c + 1 <= 40 for c in cut)
    assert len(heights) > 8


def alike(i):
    """Samples of one size, as a batch has them."""
    sample = sample_of(i)
    image, mask = np.zeros((48, 56, 3), np.uint8), np.zeros((48, 56), np.uint8)
    height, width = min(48, len(sample["image"])), min(56, sample["image"].shape[1])
    image[:height, :width], mask[:height, :width] = sample["image"][:height, :width], sample["mask"][:height, :width]
    seen = shown(mask)
    boxes, labels = np.array([box for _, box in seen], float).reshape(-1, 4), np.array([level for level, _ in seen], int)
    return {"image": image, "mask": mask, "boxes": boxes, "labels": labels}


COUNT = 12
MOSAICS = [{}, {"grid": (1, 2), "p": 0.6}, {"grid": (2, 3), "jitter": 0.3}]


def collated(spec, samples):
    """What the host makes of a batch whose partners are each other."""
    return augment.compile(spec, "reference").collate(samples, indices=range(len(samples)))


@pytest.mark.parametrize("fields", MOSAICS, ids=str)
def test_batches_of_torch_are_those_of_the_host(fields):
    import torch

    spec = mosaic(**fields).replace(targets={"image": "image", "mask": "mask", "class": {"kind": "labels", "classes": COUNT}})
    samples = [{"image": alike(i)["image"], "mask": alike(i)["mask"], "class": i} for i in range(COUNT)]
    want = collated(spec, samples)
    batch = {
        "image": torch.from_numpy(np.stack([s["image"] for s in samples])).permute(0, 3, 1, 2),
        "mask": torch.from_numpy(np.stack([s["mask"] for s in samples])), "class": torch.arange(COUNT),
    }  # fmt: skip
    got = augment.compile(spec, "torchvision").at(range(COUNT))(batch)
    for i in range(COUNT):
        assert (got["image"][i].permute(1, 2, 0).numpy() == want[i]["image"]).all()
        assert (got["mask"][i].numpy() == want[i]["mask"]).all()
        assert np.allclose(got["class"][i], want[i]["class"], atol=1e-6)


@pytest.mark.parametrize("fields", MOSAICS, ids=str)
@pytest.mark.parametrize("jit", [False, True], ids=["eager", "compiled"])
def test_batches_and_graphs_of_keras_are_those_of_the_host(fields, jit):
    spec = mosaic(**fields).replace(targets={name: target for name, target in TARGETS.items() if name != "labels"})
    samples = [alike(i) for i in range(COUNT)]
    want = collated(spec, samples)
    most = max(len(s["labels"]) for s in samples)
    boxes, labels = np.zeros((COUNT, most, 4), np.float32), np.full((COUNT, most), -1, np.int32)
    for i, sample in enumerate(samples):
        boxes[i, : len(sample["labels"])], labels[i, : len(sample["labels"])] = sample["boxes"], sample["labels"]
    batch = {
        "images": np.stack([s["image"] for s in samples]), "segmentation_masks": np.stack([s["mask"] for s in samples]),
        "bounding_boxes": {"boxes": boxes, "labels": labels}, "index": np.arange(COUNT),
    }  # fmt: skip
    got = augment.compile(spec, "keras", jit_compile=jit)(batch, training=True)
    found = {name: np.asarray(entry) for name, entry in got["bounding_boxes"].items()}
    assert found["boxes"].shape[1] == most * np.prod(spec[0].grid)
    for i in range(COUNT):
        assert (np.asarray(got["images"][i]) == want[i]["image"]).all()
        assert (np.asarray(got["segmentation_masks"][i]) == want[i]["mask"]).all()
        alive = found["labels"][i] >= 0
        assert found["labels"][i][alive].tolist() == np.asarray(want[i]["labels"]).tolist()
        assert np.allclose(found["boxes"][i][alive], want[i]["boxes"], atol=0.01)


def test_what_cannot_be_done_is_said():
    with pytest.raises(SampleError, match=r"joins 4 samples, and was given one"):
        augment.apply(mosaic(), sample_of(1))
    with pytest.raises(SpecError, match="joins nothing"):
        ops.Mosaic(grid=(1, 1))


def test_the_bound_of_boxes_grows_with_the_samples():
    from augment.program.lower import lower

    program = lower(augment.Pipeline([ops.Mosaic(), ops.Mixup(alpha=1, on=["image", "boxes"])], targets=TARGETS))
    assert (program.joined("boxes"), program.joined("boxes", 1), program.joined("mask")) == (8, 4, 4)
