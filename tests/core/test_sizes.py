"""Sizes that are drawn, fitted or given: against torchvision and Albumentations with the same numbers, and by hand."""

import albumentations
import cv2
import numpy as np
import pytest
import torch
import torchvision.transforms.v2.functional as tv

import augment
from augment import ops
from augment.errors import SampleError, SpecError, UnsupportedOpError
from augment.program.lower import lower
from augment.spec.node import OneOf
from augment.testing import assert_images_close

LEVEL = 1 / 255


def drawn(op, index=0):
    return lower(augment.Pipeline([op])).values(index)[op.name()]


def as_tensor(image):
    return torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)


def back(tensor):
    return tensor.permute(1, 2, 0).numpy()


@pytest.mark.parametrize("symmetry", range(8))
def test_d4_is_albumentations(symmetry, photo, run):
    names = ["e", "r90", "r180", "r270", "h", "hr90", "hr180", "hr270"]
    d4 = albumentations.augmentations.geometric.functional.d4
    wants = {name: d4(photo, name) for name in ("e", "r90", "r180", "r270", "h")}
    flipped = photo[:, ::-1]
    want = wants.get(names[symmetry], np.rot90(flipped, symmetry - 4))
    out = run(photo, ops.D4(symmetry=symmetry), mask=photo[..., 0])
    assert np.array_equal(out["image"], want)
    assert np.array_equal(out["mask"], want[..., 0])


def test_d4_draws_every_symmetry(run):
    image = np.arange(16, dtype=np.uint8).reshape(4, 4)
    seen = {run(image, ops.D4(), index=i).tobytes() for i in range(200)}
    want = {np.rot90(x, k).tobytes() for x in (image, image[:, ::-1]) for k in range(4)}
    assert seen == want and len(want) == 8


@pytest.mark.parametrize("degrees", [0, 10, -33.5, 45, 90, 180, 123])
def test_rotate_expands_as_opencv_does_by_hand(degrees, fphoto, run):
    h, w = fphoto.shape[:2]
    cos, sin = np.cos(np.deg2rad(degrees)), np.sin(np.deg2rad(degrees))
    size = (int(np.ceil(abs(cos) * w + abs(sin) * h - 0.01)), int(np.ceil(abs(cos) * h + abs(sin) * w - 0.01)))
    m = cv2.getRotationMatrix2D(((w - 1) / 2, (h - 1) / 2), degrees, 1.0)
    m[:, 2] += [(size[0] - w) / 2, (size[1] - h) / 2]
    want = cv2.warpAffine(fphoto, m, size, flags=cv2.INTER_LINEAR)
    got = run(fphoto, ops.Rotate(degrees=degrees, expand=True))
    assert got.shape == want.shape
    assert np.abs(got - want).max() < 0.05 * LEVEL
    theirs = tv.rotate(as_tensor(fphoto), degrees, expand=True)
    assert np.abs(np.array(theirs.shape[1:]) - got.shape[:2]).max() <= 1


@pytest.mark.parametrize("degrees", [7, -30, 60, 90])
def test_safe_rotate_is_a_turn_stretched_to_the_canvas(degrees, fphoto, run):
    h, w = fphoto.shape[:2]
    cos, sin = abs(np.cos(np.deg2rad(degrees))), abs(np.sin(np.deg2rad(degrees)))
    m = np.vstack([cv2.getRotationMatrix2D(((w - 1) / 2, (h - 1) / 2), degrees, 1.0), [0, 0, 1]])
    to, fro = np.eye(3), np.eye(3)
    to[:2, 2], fro[:2, 2] = [(1 - w) / 2, (1 - h) / 2], [(w - 1) / 2, (h - 1) / 2]
    m = fro @ np.diag([w / (w * cos + h * sin), h / (h * cos + w * sin), 1]) @ to @ m
    got = run(fphoto, ops.SafeRotate(degrees=degrees))
    assert np.abs(got - cv2.warpAffine(fphoto, m[:2], (w, h), flags=cv2.INTER_LINEAR)).max() < 0.05 * LEVEL
    corners = run(fphoto, ops.SafeRotate(degrees=degrees), keypoints=[[0, 0], [127, 0], [0, 95], [127, 95]])["keypoints"]
    assert len(corners) == 4, "nothing is lost"
    # Albumentations rounds the sides and turns about a point half a pixel further right and down
    theirs = albumentations.SafeRotate(limit=(degrees, degrees), p=1)(image=fphoto)["image"]
    at = np.flatnonzero(got.sum(-1) > 0.1), np.flatnonzero(theirs.sum(-1) > 0.1)
    assert abs(len(at[0]) - len(at[1])) < 0.02 * h * w


def test_crop_is_the_window_and_says_what_does_not_fit(photo, run):
    out = run(photo, ops.Crop(size=[30, 40], top=11, left=23), keypoints=[[25.0, 15.0]])
    assert np.array_equal(out["image"], photo[11:41, 23:63])
    assert out["keypoints"] == [[2.0, 4.0]]
    with pytest.raises(SampleError, match=r"crop: a window of 41 x 200 does not fit into 96 x 128"):
        run(photo, ops.Crop(size=[30, 100], top=11, left=100))


def test_strips_off_the_borders(photo, run):
    op = ops.RandomCropFromBorders(top=(0, 0.3), left=("2px", "9px"), right=0.25)
    for index in range(20):
        v = drawn(op, index)
        top, left = int(v["top"] * 96), int(v["left"])
        assert np.array_equal(run(photo, op, index=index), photo[top:, left:96])
    with pytest.raises(SpecError, match="top and bottom may take all"):
        ops.RandomCropFromBorders(top=(0, 0.5), bottom=0.5)
    with pytest.raises(SampleError, match="nothing is left of 96 x 128"):
        run(photo, ops.RandomCropFromBorders(left="64px", right="64px"))


@pytest.mark.parametrize("index", range(4))
def test_random_sized_crop_is_a_resized_window(index, fphoto, run):
    op = ops.RandomSizedCrop(size=[50, 60], height=(0.3, 0.9), aspect=1.2)
    v = drawn(op, index)
    h = int(v["height"] * 96)
    w = int(h * 1.2 + 0.007)
    top, left = int(v["top"] * (96 - h + 1)), int(v["left"] * (128 - w + 1))
    want = back(tv.resized_crop(as_tensor(fphoto), top, left, h, w, [50, 60], antialias=True))
    assert np.abs(run(fphoto, op, index=index) - want).max() < 0.05 * LEVEL


def test_a_window_larger_than_the_image_is_the_largest_that_fits(fphoto, run):
    got = run(fphoto, ops.RandomSizedCrop(size=[96, 64], height="500px", aspect=2 / 3), index=1)
    assert any(np.abs(got - fphoto[:, x : x + 64]).max() < 1e-6 for x in range(65))


@pytest.mark.parametrize("index", range(4))
def test_scaled_is_resized(index, fphoto, run):
    for op, factor in (
        (ops.RandomScale(factor=(0.5, 1.5)), lambda v: v["factor"]),
        (ops.ScaleJitter(size=[80, 90], factor=(0.5, 2)), lambda v: min(80 / 96, 90 / 128) * v["factor"]),
        (ops.RandomShortestSize(short=(40, 120), long=140), lambda v: min(v["short"] / 96, 140 / 128)),
    ):
        size = [int(side * factor(drawn(op, index)) + 0.5) for side in (96, 128)]
        want = back(tv.resize(as_tensor(fphoto), size, antialias=True))
        got = run(fphoto, op, index=index)
        assert got.shape == want.shape
        assert np.abs(got - want).max() < 0.05 * LEVEL


@pytest.mark.parametrize(("fields", "want"), [
    ({"inside": [70, 80]}, (60, 80)), ({"inside": [30, 300]}, (30, 40)), ({"cover": [70, 80]}, (70, 93)),
    ({"cover": [50, 80]}, (60, 80)), ({"inside": [96, 128]}, (96, 128)), ({"cover": 1}, (1, 1)),
])  # fmt: skip
def test_resized_to_fit(fields, want, photo, run):
    assert run(photo, ops.Resize(**fields)).shape[:2] == want
    turned = {name: size if size == 1 else size[::-1] for name, size in fields.items()}
    assert run(photo.swapaxes(0, 1), ops.Resize(**turned)).shape[:2] == want[::-1]


def test_letterbox_is_a_resize_between_bars(fphoto, run):
    out = run(fphoto, ops.Letterbox(size=100, fill=0.447), boxes=[[0.0, 0, 128, 96]])
    assert out["image"].shape == (100, 100, 3)
    assert np.allclose(out["image"][[0, -1]], 0.447)
    assert np.abs(out["image"][12:87] - back(tv.resize(as_tensor(fphoto), [75, 100], antialias=True))).max() < 0.05 * LEVEL
    assert np.allclose(out["boxes"], [[0, 12, 100, 87]])


@pytest.mark.parametrize("index", range(5))
def test_zoom_out_is_torchvisions_padding(index, fphoto, run):
    op = ops.ZoomOut(factor=(1, 4), fill=(0.1, 0.5, 0.9))
    v = drawn(op, index)
    h, w = int(96 * v["factor"]), int(128 * v["factor"])
    top, left = int((h - 96) * v["top"]), int((w - 128) * v["left"])
    want = tv.pad(as_tensor(fphoto), [left, top, w - left - 128, h - top - 96], fill=[0.1, 0.5, 0.9])
    out = run(fphoto, op, index=index, boxes=[[3.0, 4, 30, 50]], mask=np.ones((96, 128), np.uint8))
    assert np.abs(out["image"] - back(want)).max() < 1e-6
    assert np.allclose(out["boxes"], [[3 + left, 4 + top, 30 + left, 50 + top]])
    assert out["mask"].sum() == 96 * 128


# Batches -------------------------------------------------------------------------------------------------------------

FOLLOWED = [
    [ops.ScaleJitter(size=64, factor=(0.5, 2), antialias=False), ops.Pad(size=64), ops.RandomCrop(size=64)],
    [ops.ZoomOut(factor=(1, 3), p=0.5), ops.Resize(size=60, antialias=False)],
    [ops.Rotate(degrees=(-40, 40), expand=True), ops.Resize(size=64, antialias=False)],
    [ops.RandomCropFromBorders(left=(0, 0.3), top=(0, 0.3)), ops.Resize(size=[50, 60], antialias=False)],
    [ops.D4(), ops.RandomShortestSize(short=(70, 90), antialias=False), ops.CenterCrop(size=64)],
    [ops.RandomScale(factor=(0.8, 1.2), antialias=False), ops.Crop(size=60, top=5, left=9)],
]


@pytest.mark.parametrize("nodes", FOLLOWED, ids=lambda nodes: "-".join(n.name() for n in nodes))
@pytest.mark.parametrize("backend", ["torchvision", "keras"])
def test_a_batch_may_draw_canvases_inside_a_run(nodes, backend, fphoto):
    spec = augment.Pipeline(nodes, seed=5)
    photos = np.stack([np.roll(fphoto, 9 * i, axis=1) for i in range(6)])
    if backend == "keras":
        out = np.asarray(augment.compile(spec, "keras", value_range=(0, 1))(photos, index=list(range(6))))
    else:
        out = augment.compile(spec, "torchvision").at(range(6))(torch.from_numpy(photos).permute(0, 3, 1, 2))
        out = out.permute(0, 2, 3, 1).numpy()
    for i, photo in enumerate(photos):
        want = augment.apply(spec, {"image": photo}, index=i)["image"]
        assert np.quantile(np.abs(out[i] - want), 0.999) < 0.03 * LEVEL, i


def test_a_choice_of_crops_to_one_size_is_one_crop(fphoto):
    """On torch's kernels of batches, which gradients ask for: each sample with the window and the weights of its own choice."""
    crop = ops.RandomResizedCrop(size=48, area=(0.1, 0.4))
    spec = augment.Pipeline([OneOf([crop, crop.replace(interpolation="bicubic"), ops.Resize(size=48)])], seed=5)
    assert len(lower(spec).batch_steps) == 1
    photos = np.stack([np.roll(fphoto, 9 * i, axis=1) for i in range(6)])
    batch = torch.from_numpy(photos).permute(0, 3, 1, 2).requires_grad_()
    out = augment.compile(spec, "torchvision").at(range(6))(batch).detach().permute(0, 2, 3, 1).numpy()
    for i, photo in enumerate(photos):
        assert_images_close(out[i], augment.apply(spec, {"image": photo}, index=i)["image"])
    incomplete = spec.replace(pipeline=[OneOf([crop, ops.Invert()])])
    with pytest.raises(SampleError, match="is not applied to all"):
        augment.compile(incomplete, "torchvision")(batch)


def test_a_batch_refuses_what_has_no_one_size(fphoto):
    for op, fix in ((ops.RandomScale(factor=(0.5, 2)), "write antialias: false"), (ops.ZoomOut(factor=(1, 2)), "let a crop")):
        compiled = augment.compile(augment.Pipeline([op]), "torchvision")
        with pytest.raises(SampleError, match=rf"{op.name()}: draws the size of its output.*{fix}"):
            compiled(torch.from_numpy(np.stack([fphoto] * 2)).permute(0, 3, 1, 2))
        with pytest.raises((SampleError, UnsupportedOpError), match=rf"{op.name()}: draws the size of its output.*{fix}"):
            augment.compile(augment.Pipeline([op]), "keras")(np.stack([fphoto] * 2))


def test_what_stands_for_them_at_inference(fphoto):
    for op, size in (
        (ops.RandomSizedCrop(size=[50, 60], height=0.5), (50, 60)), (ops.Crop(size=30), (30, 30)),
        (ops.ScaleJitter(size=64, factor=(0.5, 2)), (48, 64)), (ops.RandomShortestSize(short=(48, 80)), (64, 85)),
        (ops.ZoomOut(factor=(1, 4)), (96, 128)), (ops.Letterbox(size=70), (70, 70)), (ops.D4(), (96, 128)),
    ):  # fmt: skip
        assert augment.apply(augment.Pipeline([op]), {"image": fphoto}, stage="eval")["image"].shape[:2] == size, op.name()
