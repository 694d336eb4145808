"""Crops that look at boxes or masks, by their definitions and as torchvision goes with the same draws; tiles that move."""

from itertools import pairwise

import numpy as np
import pytest
import torch
from torchvision import tv_tensors
from torchvision.ops import box_iou
from torchvision.transforms import v2

import augment
from augment import ops
from augment.program.lower import lower

H, W = 96, 128
BOXES = [[20.0, 10.0, 60.0, 50.0], [70.0, 40.0, 120.0, 90.0], [5.0, 70.0, 30.0, 92.0]]
INDICES = range(40)


@pytest.fixture(scope="module")
def numbered():
    """An image whose pixels say where they are."""
    y, x = np.mgrid[:H, :W]
    return np.stack([y, x, y * 0], axis=-1).astype(np.uint8)


def window_of(image):
    """y0, x0, y1, x1 of what a numbered image has become."""
    assert (np.diff(image[:, 0, 0].astype(int)) == 1).all() and (np.diff(image[0, :, 1].astype(int)) == 1).all()
    return image[0, 0, 0], image[0, 0, 1], image[-1, 0, 0] + 1, image[0, -1, 1] + 1


def drawn(op, index):
    return lower(augment.Pipeline([op])).values(index)[op.name()]


def wanted_iou_crop(op, v):
    """As torchvision's make_params goes, with given draws."""
    boxes = torch.tensor(BOXES)
    for turn, overlap in enumerate(v["overlap"]):
        if overlap >= 1:
            return None
        for i in range(40 * turn, 40 * turn + 40):
            h, w = int(v["height"][i] * np.float32(H)), int(v["width"][i] * np.float32(W))
            if not op.min_aspect <= w / h <= op.max_aspect:
                continue
            y, x = int((H - h) * v["top"][i]), int((W - w) * v["left"][i])
            cx, cy = (boxes[:, 0] + boxes[:, 2]) / 2, (boxes[:, 1] + boxes[:, 3]) / 2
            inside = (x < cx) & (cx < x + w) & (y < cy) & (cy < y + h)
            if inside.any() and box_iou(boxes[inside], torch.tensor([[x, y, x + w, y + h]])).max() >= overlap:
                return y, x, y + h, x + w, inside.numpy()
    return None


@pytest.mark.parametrize("fields", [{}, {"overlap": 0.6, "height": (0.2, 0.8)}, {"overlap": (0.1, 0.9), "max_aspect": 1.2}])
def test_iou_crop_goes_as_torchvisions(fields, numbered, run):
    op, crops = ops.IouCrop(**fields), 0
    for index in INDICES:
        want = wanted_iou_crop(op, drawn(op, index))
        out = run(numbered, op, index=index, boxes=BOXES, labels=[0, 1, 2], mask=numbered[..., 1])
        assert np.array_equal(out["mask"], out["image"][..., 1])
        if want is None:
            assert np.array_equal(out["image"], numbered) and out["labels"] == [0, 1, 2]
            continue
        crops += 1
        y0, x0, y1, x1, inside = want
        assert window_of(out["image"]) == (y0, x0, y1, x1)
        assert out["labels"] == np.flatnonzero(inside).tolist()
        clipped = np.clip(np.array(BOXES)[inside] - [x0, y0, x0, y0], 0, [x1 - x0, y1 - y0] * 2)
        assert np.allclose(out["boxes"], clipped)
    assert crops > 20


def test_iou_crop_has_the_distribution_of_torchvisions(numbered, run):
    torch.manual_seed(0)
    sample = {
        "image": tv_tensors.Image(torch.zeros(3, H, W)),
        "boxes": tv_tensors.BoundingBoxes(torch.tensor(BOXES), format="XYXY", canvas_size=(H, W)),
    }
    theirs = [v2.RandomIoUCrop()(sample)["image"].shape[1:] for _ in range(600)]
    ours = [run(numbered, ops.IouCrop(), index=i, boxes=BOXES)["image"].shape[:2] for i in range(600)]
    for axis in range(2):
        mean, spread = np.mean([s[axis] for s in theirs]), np.std([s[axis] for s in theirs])
        assert abs(np.mean([s[axis] for s in ours]) - mean) < 5 * spread * (2 / 600) ** 0.5
    whole = [np.mean([tuple(s) == (H, W) for s in sizes]) for sizes in (theirs, ours)]
    assert abs(whole[0] - whole[1]) < 0.1


def test_without_boxes_the_image_stays(numbered, run):
    for extra in ({}, {"boxes": []}, {"boxes": np.zeros((0, 4))}):
        out = run(numbered, ops.IouCrop(overlap=0.1), **extra)
        assert np.array_equal(out["image"] if extra else out, numbered)


@pytest.mark.parametrize("erosion", [0.0, 0.4])
def test_a_safe_crop_holds_the_boxes(erosion, numbered, run):
    op = ops.BboxSafeRandomCrop(erosion=erosion)
    low, high = np.array([5.0, 10]), np.array([120.0, 92])
    off = (high - low) * erosion / 2
    seen = set()
    for index in INDICES:
        out = run(numbered, op, index=index, boxes=BOXES)
        y0, x0, y1, x1 = window_of(out["image"])
        seen.add((y0, x0, y1, x1))
        v = drawn(op, index)
        assert (x0, y0) == (int((low + off)[0] * v["left"]), int((low + off)[1] * v["top"]))
        assert (np.array([x0, y0]) <= low + off).all() and (np.array([x1, y1]) >= high - off).all()
        assert erosion or np.allclose(np.add(out["boxes"], (x0, y0, x0, y0)), BOXES)
    assert len(seen) > 30
    # of one box nothing is lost, as in Albumentations
    out = run(numbered, ops.BboxSafeRandomCrop(erosion=0.9), boxes=BOXES[:1])
    assert np.allclose(np.diff(np.reshape(out["boxes"], (2, 2)), axis=0), [[40, 40]])


def test_a_safe_crop_without_boxes_is_a_window_of_the_aspect(numbered, run):
    for index in INDICES:
        y0, x0, y1, x1 = window_of(run(numbered, ops.BboxSafeRandomCrop(erosion=0.5), index=index))
        assert y1 - y0 >= 48 and abs((x1 - x0) / (y1 - y0) - W / H) < 0.05


def test_a_sized_safe_crop_is_the_same_window_resized(fphoto, run):
    for index in range(5):
        boxes = {"boxes": BOXES, "labels": [0, 1, 2]}
        seeds = [ops.BboxSafeRandomCrop(id="it"), ops.Resize(size=[50, 60])]
        want = run(fphoto, *seeds, index=index, **boxes)
        got = run(fphoto, ops.RandomSizedBboxSafeCrop(size=[50, 60], id="it"), index=index, **boxes)
        assert np.abs(got["image"] - want["image"]).max() < 1e-5
        assert np.allclose(got["boxes"], want["boxes"])


def test_crop_non_empty_mask_holds_what_the_mask_shows(numbered, run):
    mask = np.zeros((H, W), np.int64)
    mask[70:73, 100:102] = 4
    mask[5:40, 5:40] = 2
    op = ops.CropNonEmptyMask(size=[24, 32], ignore=[2])
    pixels, places = set(), set()
    for index in range(120):
        out = run(numbered, op, index=index, mask=mask)
        y0, x0, y1, x1 = window_of(out["image"])
        assert (y1 - y0, x1 - x0) == (24, 32) and np.array_equal(out["mask"], mask[y0:y1, x0:x1])
        v = drawn(op, index)
        y, x = np.argwhere(mask == 4)[min(int(v["pixel"] * 6), 5)]
        pixels.add((y, x))
        places.add((y0, x0))
        assert (out["mask"] == 4).any()
        assert (y0, x0) == (min(max(y - int(v["top"] * 24), 0), H - 24), min(max(x - int(v["left"] * 32), 0), W - 32))
    assert len(pixels) == 6 and len(places) > 60


def test_crop_of_an_empty_mask_is_any_window(numbered, run):
    op = ops.CropNonEmptyMask(size=[90, 120])
    corners = {window_of(run(numbered, op, index=i, mask=np.zeros((H, W), np.uint8))["image"])[:2] for i in range(400)}
    assert corners == {(y, x) for y in range(7) for x in range(9)}


def test_what_stands_before_is_what_it_sees(numbered, run):
    """It begins a run, so boxes and masks are those of its own canvas."""
    flip, crop = ops.HorizontalFlip(p=1), ops.BboxSafeRandomCrop()
    assert len(lower(augment.Pipeline([flip, crop, flip])).steps) == 2
    for index in range(10):
        out = run(numbered, flip, crop, flip, index=index, boxes=BOXES)
        assert len(out["boxes"]) == 3
        y0, x0, *_ = window_of(out["image"])
        assert np.allclose(np.add(out["boxes"], (x0, y0, x0, y0)), BOXES)


def test_a_gate_that_is_closed_looks_at_nothing(numbered, run):
    op = ops.IouCrop(overlap=0.1, height=0.5, width=0.5, p=0.5)
    shapes = {run(numbered, op, index=i, boxes=BOXES)["image"].shape for i in range(20)}
    assert shapes == {(96, 128, 3), (48, 64, 3)}


BATCHED = [
    [ops.IouCrop(p=0.8), ops.Resize(size=[60, 70], antialias=False)],
    [ops.HorizontalFlip(p=0.5), ops.BboxSafeRandomCrop(erosion=0.2), ops.Resize(size=64, antialias=False)],
    [ops.Rotate(degrees=(-20, 20)), ops.RandomSizedBboxSafeCrop(size=[60, 70])],
    [ops.CropNonEmptyMask(size=[40, 50], ignore=[2])],
    [ops.GridShuffle(grid=[3, 4], p=0.7), ops.CropNonEmptyMask(size=[60, 50]), ops.HorizontalFlip(p=0.5)],
]


@pytest.mark.parametrize("nodes", BATCHED, ids=lambda nodes: "-".join(n.name() for n in nodes))
def test_batches_of_keras_are_the_reference(nodes, fphoto):
    shuffled = any(isinstance(node, ops.GridShuffle) for node in nodes)
    spec = augment.Pipeline(nodes, seed=3)
    count = 5
    photos = np.stack([np.roll(fphoto, 17 * i, axis=1) for i in range(count)])
    masks = (photos[..., 0] * 3.999).astype(np.int32)
    boxes = np.stack([np.array(BOXES, np.float32) + i for i in range(count)])
    labels = np.array([[0, 1, 2]] * count, np.int32)
    labels[1, 2] = labels[4, :] = -1
    entries = {"images": photos, "segmentation_masks": masks, "index": np.arange(count)}
    if not shuffled:
        entries["bounding_boxes"] = {"boxes": np.where(labels[..., None] < 0, 0, boxes).astype(np.float32), "labels": labels}
    out = augment.compile(spec, "keras", value_range=(0, 1))(entries)
    for i in range(count):
        there = labels[i] >= 0
        sample = {"image": photos[i], "mask": masks[i]}
        if not shuffled:
            sample |= {"boxes": boxes[i][there], "labels": labels[i][there]}
        want = augment.apply(spec, sample, index=i)
        assert np.quantile(np.abs(np.asarray(out["images"][i]) - want["image"]), 0.999) < 1e-3, i
        assert (np.asarray(out["segmentation_masks"][i]) != want["mask"]).mean() < 0.001, i
        if not shuffled:
            left = np.asarray(out["bounding_boxes"]["labels"][i])
            assert left[left >= 0].tolist() == want["labels"].tolist(), i
            assert np.allclose(np.asarray(out["bounding_boxes"]["boxes"][i])[left >= 0], want["boxes"], atol=0.01), i


def test_batches_of_torch_look_at_masks(fphoto):
    spec = augment.Pipeline([ops.GridShuffle(grid=[3, 4], p=0.7), ops.CropNonEmptyMask(size=[40, 50], ignore=[2])], seed=3)
    photos = np.stack([np.roll(fphoto, 17 * i, axis=1) for i in range(5)])
    masks = (photos[..., 0] * 3.999).astype(np.int64)
    batch = {"image": torch.from_numpy(photos).permute(0, 3, 1, 2), "mask": tv_tensors.Mask(torch.from_numpy(masks))}
    out = augment.compile(spec, "torchvision").at(range(5))(batch)
    for i in range(5):
        want = augment.apply(spec, {"image": photos[i], "mask": masks[i]}, index=i)
        assert np.abs(out["image"][i].permute(1, 2, 0).numpy() - want["image"]).max() < 1e-6
        assert np.array_equal(out["mask"][i].numpy(), want["mask"])


# Tiles ---------------------------------------------------------------------------------------------------------------


def test_shuffled_tiles_are_a_permutation_of_those_of_one_size(numbered, run):
    op = ops.GridShuffle(grid=[5, 3])  # 96 = 20 + 4·19, 128 = 43 + 43 + 42
    rows, columns = np.cumsum([0, 20, 19, 19, 19, 19]), np.cumsum([0, 43, 43, 42])
    seen = set()
    for index in range(10):
        out = run(numbered, op, index=index, mask=numbered[..., 1])
        assert np.array_equal(out["mask"], out["image"][..., 1])
        sources = []
        for y0, y1 in pairwise(rows):
            for x0, x1 in pairwise(columns):
                tile = out["image"][y0:y1, x0:x1]
                top, left, bottom, right = window_of(tile)
                assert top in rows and bottom in rows and left in columns and right in columns
                sources.append((int(top), int(left)))
        assert len(set(sources)) == 15
        seen.add(tuple(sources))
    assert len(seen) == 10


def test_keypoints_go_with_their_tiles(numbered, run):
    rng = np.random.default_rng(0)
    points = np.stack([rng.integers(0, W, 30), rng.integers(0, H, 30)], axis=1) + rng.uniform(-0.49, 0.49, (30, 2))
    for index in range(5):
        out = run(numbered, ops.GridShuffle(grid=[5, 3]), index=index, keypoints=points)
        assert len(out["keypoints"]) == 30
        for was, now in zip(points, out["keypoints"], strict=True):
            x, y = np.floor(now + 0.5).astype(int)
            assert np.array_equal(out["image"][y, x][:2], np.floor(was + 0.5).astype(int)[::-1])
            assert np.allclose(now - np.floor(now + 0.5), was - np.floor(was + 0.5))


def test_torn_boxes_are_refused(numbered):
    with pytest.raises(augment.AugmentError, match=r"grid_shuffle.*boxes"):
        augment.apply(augment.Pipeline([ops.GridShuffle()]), {"image": numbered, "boxes": BOXES})


def test_nothing_is_sampled_across_tears():
    nodes = [ops.Rotate(degrees=5), ops.GridShuffle(), ops.Rotate(degrees=5), ops.GridShuffle(), ops.HorizontalFlip(p=1)]
    assert [len(step.leaves) for step in lower(augment.Pipeline(nodes)).steps] == [1] * 5
