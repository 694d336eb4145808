"""Polygons, oriented boxes and instances move as the pixels do, lose the same rows, and keep what belongs to them; frames share
their draws."""

import numpy as np
import pytest
from skimage.draw import polygon2mask

import augment
from augment.errors import SampleError, SpecError, UnsupportedOpError

HEIGHT, WIDTH = 120, 160
IMAGE = (np.random.default_rng(0).random((HEIGHT, WIDTH, 3)) * 255).astype(np.uint8)
RINGS = [
    [[30, 20], [80, 25], [90, 70], [60, 50], [25, 60]],  # not convex
    [[100.0, 60.0], [140.0, 60.0], [140.0, 100.0], [100.0, 100.0]],
]
HOSTS = ["reference", "albumentations"]
MOVES = {
    "horizontal_flip": "- horizontal_flip: {p: 1}",
    "rotate": "- rotate: 25",
    "affine": "- affine: {rotate: -15, scale: 1.2, shear_x: 8}",
    "crop": "- center_crop: [70, 90]",
    "resize": "- resize: [96, 200]",
    "perspective": "- perspective: 0.15",
    "elastic": "- elastic: {alpha: 0.03, sigma: 0.1}",
    "turn": "- rotate90",
}


def filled(rings, size):
    """The pixels whose centres lie in a polygon, (height, width)."""
    mask = np.zeros(size, bool)
    for ring in rings:
        mask |= polygon2mask(size, np.asarray(ring, float).reshape(-1, 2)[:, ::-1] - 0.5)
    return mask


def overlap(a, b):
    return (a & b).sum() / max((a | b).sum(), 1)


def moved(spec, sample, targets, backend="reference"):
    return augment.apply(augment.loads(f"targets: {targets}\npipeline:\n{spec}"), sample, backend=backend, index=3)


@pytest.mark.parametrize("backend", HOSTS)
@pytest.mark.parametrize("move", MOVES)
def test_polygons_and_instances_are_where_the_pixels_are(move, backend):
    masks = np.stack([filled([ring], (HEIGHT, WIDTH)) for ring in RINGS]).astype(np.uint8)
    sample = {"image": IMAGE, "polygons": RINGS, "instances": masks, "mask": masks[0], "labels": ["a", "b"]}
    targets = "{image: image, polygons: polygons, instances: {kind: instances, carry: []}, mask: mask}"
    out = moved(MOVES[move], sample, targets, backend)
    assert np.array_equal(out["instances"][0], out["mask"])
    kept = {"a": 0, "b": 1}
    assert len(out["polygons"]) == len(out["labels"]) == len(out["instances"]) == 2
    for ring, label in zip(out["polygons"], out["labels"], strict=True):
        truth = out["instances"][kept[label]].astype(bool)
        assert overlap(filled([ring], truth.shape), truth) > 0.93, f"{label} lies elsewhere than its pixels"
        corners = np.asarray(ring)
        assert (corners >= 0).all() and (corners <= [truth.shape[1], truth.shape[0]]).all()


@pytest.mark.parametrize("backend", HOSTS)
@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("form", ["corners", "cxcywha"])
def test_oriented_boxes_hold_the_pixels_of_what_they_held(move, backend, form):
    rows = np.array([[60.0, 55.0, 50.0, 20.0, 30.0], [100.0, 70.0, 24.0, 40.0, -70.0]])
    corners = _corners(rows)
    masks = np.stack([filled([ring], (HEIGHT, WIDTH)) for ring in corners]).astype(np.uint8)
    sample = {"image": IMAGE, "obb": corners if form == "corners" else rows, "instances": masks}
    declared = f"obb: {{kind: oriented_boxes, format: {form}, carry: []}}, instances: {{kind: instances, carry: []}}"
    targets = f"{{image: image, {declared}}}"
    out = moved(MOVES[move], sample, targets, backend)
    rings = out["obb"] if form == "corners" else _corners(out["obb"])
    for ring, mask in zip(rings, out["instances"], strict=True):
        held = filled([ring], mask.shape)
        assert (held & (mask > 0)).sum() > (0.9 if move == "elastic" and form == "corners" else 0.97) * (mask > 0).sum()
        rigid = move in ("horizontal_flip", "rotate", "turn")
        if rigid:
            assert overlap(held, mask > 0) > 0.93
    if move == "rotate" and form == "cxcywha":
        assert np.allclose(out["obb"][:, 2:4], rows[:, 2:4]) and np.allclose(out["obb"][:, 4], rows[:, 4] + 25)


def _corners(rows):
    """By a rotation of OpenCV's kind: y points down, so counter-clockwise as displayed is a negative turn."""
    out = []
    for cx, cy, w, h, angle in rows:
        a = np.deg2rad(-angle)
        turn = np.array([[np.cos(a), -np.sin(a)], [np.sin(a), np.cos(a)]])
        out.append(np.array([[-w, -h], [w, -h], [w, h], [-w, h]]) / 2 @ turn.T + [cx, cy])
    return np.array(out)


@pytest.mark.parametrize("backend", HOSTS)
def test_rows_of_one_object_go_together(backend):
    """Boxes carry the outlines and the masks of their objects: what drops one drops all three, and the labels."""
    boxes = [[np.min(r, axis=0)[0], np.min(r, axis=0)[1], np.max(r, axis=0)[0], np.max(r, axis=0)[1]] for r in RINGS]
    masks = np.stack([filled([ring], (HEIGHT, WIDTH)) for ring in RINGS]).astype(np.uint8)
    sample = {"image": IMAGE, "boxes": boxes, "polygons": RINGS, "instances": masks, "labels": [7, 8], "ids": ["x", "y"]}
    rest = "polygons: polygons, instances: instances"
    told = f"{{image: image, boxes: {{kind: boxes, carry: [labels, ids, polygons, instances]}}, {rest}}}"
    silent = f"{{image: image, boxes: boxes, {rest}}}"
    for targets, left_out in ((told, ()), (silent, ("ids",))):
        given = {key: entry for key, entry in sample.items() if key not in left_out}
        counts = set()
        for index in range(30):
            pipeline = augment.loads(f"targets: {targets}\npipeline: [random_crop: [40, 60]]")
            out = augment.apply(pipeline, given, backend=backend, index=index)
            count = len(out["boxes"])
            assert all(len(out[name]) == count for name in given if name != "image")
            counts.add(count)
        assert len(counts) > 1, "the crop never lost a box: the test shows nothing"


def test_an_entry_of_two_owners_is_refused():
    sample = {"image": IMAGE, "polygons": RINGS, "obb": _corners(np.array([[60.0, 55, 50, 20, 30]] * 2)), "labels": [1, 2]}
    targets = "{image: image, polygons: {kind: polygons, carry: [labels]}, obb: {kind: oriented_boxes, carry: [labels]}}"
    with pytest.raises(SampleError, match="labels would be carried by polygons and by obb"):
        moved("- rotate: 10", sample, targets)


@pytest.mark.parametrize("backend", HOSTS)
def test_polygons_come_back_as_they_came(backend):
    flat = [np.ravel(RINGS[0]).tolist()]
    targets = "{image: image, polygons: polygons}"
    flipped = moved("- horizontal_flip: {p: 1}", {"image": IMAGE, "polygons": [flat]}, targets, backend)
    want = np.array(RINGS[0]) * [-1, 1] + [WIDTH, 0]
    assert np.allclose(np.reshape(flipped["polygons"][0][0], (-1, 2)), want) and np.ndim(flipped["polygons"][0][0]) == 1
    arrays = moved("- identity", {"image": IMAGE, "polygons": [np.array(RINGS[0])]}, targets, backend)
    assert isinstance(arrays["polygons"][0], np.ndarray) and np.array_equal(arrays["polygons"][0], RINGS[0])


def test_a_cut_keeps_the_area_that_is_seen():
    """Against a mask of four times the size, cut in the same way."""
    ring = np.array([[10, 10], [150, 30], [120, 110], [80, 40], [20, 100]], float)
    out = moved("- center_crop: [60, 80]", {"image": IMAGE, "polygons": [ring]}, "{image: image, polygons: polygons}")
    dense = filled([ring * 4], (HEIGHT * 4, WIDTH * 4))[30 * 4 : 90 * 4, 40 * 4 : 120 * 4]
    x, y = out["polygons"][0].T
    area = abs(x @ np.roll(y, -1) - y @ np.roll(x, -1)) / 2
    assert area == pytest.approx(dense.sum() / 16, rel=0.01)


@pytest.mark.parametrize("backend", HOSTS)
def test_frames_share_their_draws(backend):
    stack = np.stack([IMAGE, IMAGE[::-1], np.roll(IMAGE, 9, axis=1)])
    spec = "- rotate: ±30\n- brightness: [0.5, 1.5]\n- random_crop: [50, 60]\n- horizontal_flip: {p: 0.5}"
    pipeline = augment.loads(f"targets: {{frames: frames}}\npipeline:\n{spec}")
    alone = augment.loads(f"pipeline:\n{spec}")
    for index in range(5):
        out = augment.apply(pipeline, {"frames": stack}, backend=backend, index=index)["frames"]
        want = [augment.apply(alone, {"image": frame}, backend=backend, index=index)["image"] for frame in stack]
        assert np.array_equal(out, np.stack(want))


@pytest.mark.parametrize("backend", ["keras", "torchvision"])
@pytest.mark.parametrize("kind", ["polygons", "oriented_boxes", "instances", "frames"])
def test_backends_that_cannot_move_them_say_so_when_they_compile(backend, kind):
    pipeline = augment.loads(f"targets: {{image: image, things: {kind}}}\npipeline: [rotate: 10]")
    with pytest.raises(UnsupportedOpError, match=f"{backend} cannot move {kind}"):
        augment.compile(pipeline, backend)


WRONG = {
    "polygons": ([[[1, 2], [3, 4]]], "three points or more"),
    "oriented_boxes": ([[1, 2, 3, 4]], r"\(n, 4, 2\) or \(n, 8\)"),
    "instances": (np.zeros((HEIGHT, WIDTH), np.uint8), "shape \\(n, height, width\\)"),
    "frames": (np.zeros((3, 4), np.uint8), "frames have the shape"),
}


@pytest.mark.parametrize("kind", WRONG)
def test_what_they_cannot_be_is_told(kind):
    entry, message = WRONG[kind]
    with pytest.raises(SampleError, match=message):
        moved("- rotate: 10", {"image": IMAGE, "things": entry}, f"{{image: image, things: {kind}}}")


def test_formats_belong_to_their_kind():
    with pytest.raises(SpecError, match="the format of oriented_boxes is one of corners, cxcywha, not 'xyxy'"):
        augment.loads("targets: {image: image, a: {kind: oriented_boxes, format: xyxy}}\npipeline: [rotate: 1]")
    with pytest.raises(SpecError, match="the format of boxes is one of"):
        augment.loads("targets: {image: image, a: {kind: boxes, format: corners}}\npipeline: [rotate: 1]")
