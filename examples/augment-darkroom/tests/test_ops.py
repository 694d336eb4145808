"""The ops against what is written in their documentation, and on every backend."""

import itertools

import numpy as np
import pytest
from skimage import data

import augment
from augment import ops
from augment.errors import UnsupportedOpError
from augment.ops import catalogue
from augment.plugins import backends
from augment.program.lower import lower

PHOTO = data.astronaut()[::8, ::8]
BATCH = np.stack([PHOTO] * 4)
EVERYWHERE = ("albumentations", "torchvision", "keras")


def vignette(**more):
    return augment.Pipeline([ops.Vignette(strength=(0.3, 0.9), **more)])


def by_hand(image, strength):
    y, x = np.mgrid[: image.shape[0], : image.shape[1]]
    y, x = y - (image.shape[0] - 1) / 2, x - (image.shape[1] - 1) / 2
    far = (y**2 + x**2) / ((image.shape[0] / 2) ** 2 + (image.shape[1] / 2) ** 2)
    return image / 255 * (1 - strength * far[..., None]) * 255


def test_a_vignette_is_what_it_says():
    strength = augment.record(vignette(), index=3)["values"]["vignette"]["strength"]
    out = augment.apply(vignette(), {"image": PHOTO}, index=3)["image"]
    assert out.dtype == np.uint8
    assert np.abs(out - by_hand(PHOTO, strength)).max() <= 0.51


def test_haze_that_was_laid_over_a_picture_is_taken_away():
    picture = PHOTO / 255
    picture[::5, ::5] = 0  # something dark is in every neighbourhood
    hazy = (picture * 0.6 + 0.4).astype(np.float32)
    out = augment.apply(augment.Pipeline([ops.Dehaze(strength=0.5)]), {"image": hazy})["image"]
    assert np.abs(out - (hazy - 0.2) / 0.8).max() < 1e-5  # half of it, everywhere
    assert np.abs(out - picture).mean() < 0.7 * np.abs(hazy - picture).mean()


@pytest.mark.parametrize("backend", EVERYWHERE)
@pytest.mark.parametrize("more", [{}, {"channels": [0, 2]}, {"p": 0.5}], ids=str)
@pytest.mark.parametrize("dtype", ["uint8", "float32"])
def test_a_vignette_is_the_same_on_every_backend(backend, more, dtype):
    image = PHOTO if dtype == "uint8" else PHOTO.astype(np.float32) / 255
    for index in range(4):
        want = augment.apply(vignette(**more), {"image": image}, index=index)["image"]
        got = augment.apply(vignette(**more), {"image": image}, index=index, backend=backend)["image"]
        assert got.dtype == image.dtype
        assert np.abs(got.astype(float) - want).max() <= (1 if dtype == "uint8" else 1e-5)


def want(spec):
    return np.stack([augment.apply(spec, {"image": PHOTO}, index=i)["image"] for i in range(len(BATCH))])


def test_a_vignette_on_batches_of_torch():
    import torch

    transform = augment.compile(vignette(p=0.5), "torchvision")
    got = transform.at(range(4))({"image": torch.from_numpy(BATCH).permute(0, 3, 1, 2)})["image"]
    assert np.abs(got.permute(0, 2, 3, 1).numpy().astype(float) - want(vignette(p=0.5))).max() <= 1


@pytest.mark.parametrize("jit", [False, True])
def test_a_vignette_in_graphs_of_keras(jit):
    layer = augment.compile(vignette(p=0.5), "keras", jit_compile=jit)
    got = np.asarray(layer({"images": BATCH, "index": np.arange(4)}, training=True)["images"])
    assert np.abs(got.astype(float) - want(vignette(p=0.5))).max() <= 1


def test_boxes_and_masks_stay_where_they_are():
    sample = {"image": PHOTO, "mask": (PHOTO[..., 0] > 90).astype(np.uint8), "boxes": [[3, 4, 20, 30]], "labels": [7]}
    for backend in EVERYWHERE:
        out = augment.apply(vignette(), sample, backend=backend)
        assert (out["mask"] == sample["mask"]).all() and np.allclose(out["boxes"], sample["boxes"]) and list(out["labels"]) == [7]


def test_a_primitive_of_its_own_runs_where_it_has_kernels():
    spec = augment.Pipeline([ops.Dehaze(strength=(0.1, 0.5))])
    for index in range(4):
        one = augment.apply(spec, {"image": PHOTO}, index=index)["image"]
        two = augment.apply(spec, {"image": PHOTO}, index=index, backend="albumentations")["image"]
        assert np.abs(one.astype(float) - two).max() <= 1
    assert "cv2.erode" in str(augment.compile(spec, "albumentations").explain())


def test_keras_runs_a_sample_on_the_host_and_refuses_a_batch():
    spec = augment.Pipeline([ops.Dehaze(strength=(0.1, 0.5))])
    keras = augment.compile(spec, "keras", jit_compile=False)
    want = augment.apply(spec, {"image": PHOTO}, index=2)["image"]
    got = np.asarray(keras({"images": PHOTO, "index": 2}, training=True)["images"])
    assert np.abs(got.astype(float) - want).max() <= 1
    with pytest.raises(UnsupportedOpError, match=r"dehaze.*keras have no dark_channel"):
        keras({"images": BATCH, "index": np.arange(4)}, training=True)


def test_a_batch_without_its_kernel_says_so():
    import torch

    transform = augment.compile(augment.Pipeline([ops.Dehaze(strength=0.5)]), "torchvision")
    with pytest.raises(UnsupportedOpError, match=r"dehaze.*torch.*dark_channel"):
        # batches without gradients run on the kernels of the host, which have it
        transform({"image": (torch.from_numpy(BATCH).permute(0, 3, 1, 2) / 255).float().requires_grad_()})


SAMPLES = [
    {"image": np.full((24, 40, 3), 10 * i, np.uint8), "mask": np.full((24, 40), i, np.uint8)}
    | {"boxes": [[4, 2, 36, 20]], "labels": [i]}
    for i in range(8)
]


def frames_of(mask):
    """The labels of a mask from left to right, with their columns."""
    row = np.asarray(mask)[0]
    ends = [0, *(np.flatnonzero(np.diff(row.astype(int))) + 1).tolist(), len(row)]
    return [(int(row[a]), a, b) for a, b in itertools.pairwise(ends)]


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision"])
def test_a_filmstrip_keeps_the_boxes_of_its_frames(backend):
    over = augment.compile(augment.Pipeline([ops.Filmstrip()]), backend).over(SAMPLES)
    for i in range(len(SAMPLES)):
        out = over[i]
        want = [(label, (max(a, 4), min(b, 36))) for label, a, b in frames_of(out["mask"])]
        boxes = np.asarray(out["boxes"])
        got = {(int(label), (int(x0), int(x1))) for label, (x0, _, x1, _) in zip(np.asarray(out["labels"]), boxes, strict=True)}
        assert len(boxes) == 4 and sum(b - a for _, (a, b) in want) == (boxes[:, 2] - boxes[:, 0]).sum() == 32
        if len(want) == 4:  # no frame is of the same sample as its neighbour
            assert got == set(want)


def test_a_filmstrip_in_batches_is_that_of_the_host():
    import torch

    spec = augment.Pipeline([ops.Filmstrip(p=0.7)])
    samples = [{"image": sample["image"], "mask": sample["mask"]} for sample in SAMPLES]
    want = np.stack([out["mask"] for out in augment.compile(spec, "reference").collate(samples, indices=range(len(samples)))])
    images, masks = np.stack([s["image"] for s in samples]), np.stack([s["mask"] for s in samples])
    batch = {"image": torch.from_numpy(images).permute(0, 3, 1, 2), "mask": torch.from_numpy(masks)}
    assert (augment.compile(spec, "torchvision").at(range(len(samples)))(batch)["mask"].numpy() == want).all()
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit)
        batch = {"images": images, "segmentation_masks": masks, "index": np.arange(len(samples))}
        assert (np.asarray(layer(batch, training=True)["segmentation_masks"]) == want).all()


@pytest.mark.parametrize("backend", EVERYWHERE)
def test_a_development_is_the_same_on_every_backend(backend):
    spec = augment.Pipeline([ops.Development()])
    for index in range(8):
        one, two = (augment.apply(spec, {"image": PHOTO}, index=index, backend=b)["image"] for b in ("reference", backend))
        assert np.abs(one.astype(int) - two).max() <= 1


def test_a_development_chooses_by_its_weights():
    program = lower(augment.Pipeline([ops.Development()]))
    applied = [{leaf.op.name() for leaf in program.leaves if leaf.active(program.values(i))} for i in range(1500)]
    share = {name: np.mean([name in names for names in applied]) for name in ("vignette", "gaussian_blur", "gamma", "invert")}
    want = {"vignette": 0.9 * 0.75, "gaussian_blur": 0.9 * 0.75 * 0.5, "gamma": 0.9 * 0.25 * 0.5, "invert": 0.1}
    assert share == pytest.approx(want, abs=0.04)


@pytest.mark.parametrize("name", ["vignette", "dehaze", "filmstrip", "development"])
def test_they_stand_in_every_list(name):
    import json

    from augment.language import json_schema

    assert name in catalogue() and name in json.dumps(json_schema())
    spec = augment.Pipeline([catalogue()[name](**({"strength": 0.3} if name in ("vignette", "dehaze") else {}))])
    assert name in str(augment.compile(spec, "reference").explain())
    assert augment.loads(augment.dumps(spec)) == spec


def test_support_is_told():
    assert {"vignette", "dehaze"} <= catalogue().keys()
    assert backends()["keras"].support(catalogue()["vignette"]).level == "matches"
    keras = backends()["keras"]
    assert keras.support(catalogue()["dehaze"]).level == "matches" and keras.in_batches(catalogue()["dehaze"]).level == "refuses"
    assert augment.dumps(augment.loads("pipeline: [vignette: [0.2, 0.4]]")) == augment.dumps(
        augment.Pipeline([ops.Vignette(strength=(0.2, 0.4))])
    )
