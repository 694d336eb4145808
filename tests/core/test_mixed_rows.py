"""Rows of every kind through mixes: an object keeps its box, outline, mask, keypoint and label, or loses them together."""

import numpy as np
import pytest
from skimage.draw import polygon2mask

import augment
from augment.engine.polygons import area, parted
from augment.engine.visible import View
from augment.errors import AugmentError
from augment.ops.kinds import Placement, Window

TARGETS = {
    "image": "image", "ids": {"kind": "mask", "fill": 0}, "boxes": {"kind": "boxes", "carry": ["names", "masks", "outlines"]},
    "masks": {"kind": "instances", "carry": []}, "outlines": {"kind": "polygons", "carry": []},
    "places": {"kind": "keypoints", "carry": ["of"]}, "turned": {"kind": "oriented_boxes", "carry": ["turned_names"]},
}  # fmt: skip
MIXES = [
    {"mosaic": {}}, {"mosaic": {"grid": [1, 3], "jitter": 0.4}}, {"cutmix": {"alpha": 1}}, {"resize_mix": {"scale": 0.7}},
    {"mixup": {"alpha": 1}},
]  # fmt: skip
N = 8


def sample_of(i, size=(40, 52)):
    """Rectangles of whole pixels, of which none hides another; their keypoints are in their middles."""
    rng = np.random.default_rng(i)
    ids, boxes, names = np.zeros(size, np.uint8), [], []
    for k in range(int(rng.integers(1, 4))):
        y, x, h, w = int(rng.integers(0, size[0] - 16)), 16 * k + int(rng.integers(0, 3)), int(rng.integers(3, 16)), 12
        ids[y : y + h, x : x + w] = 4 * i + k + 1
        boxes.append([x, y, x + w, y + h])
        names.append(4 * i + k + 1)
    boxes, names = np.array(boxes, float), np.array(names)
    corners = boxes[:, [0, 1, 2, 1, 2, 3, 0, 3]].reshape(-1, 4, 2)
    places = np.concatenate([boxes[:, :2] + boxes[:, 2:], np.full((len(boxes), 2), 2.0)], axis=1)
    places[:, :2] = np.floor(places[:, :2] / 2)
    return {
        "image": np.repeat(ids[..., None], 3, 2), "ids": ids, "boxes": boxes, "names": names, "of": names.copy(),
        "masks": np.stack([ids == name for name in names]), "outlines": list(corners), "places": places, "turned": corners.copy(),
        "turned_names": names.copy(),
    }  # fmt: skip


def run(mix, backend="reference", targets=TARGETS, sizes=((40, 52),) * N):
    spec = {"pipeline": [mix], "targets": targets, "seed": 6}
    return augment.compile(spec, backend).over([sample_of(i, sizes[i]) for i in range(N)])


def rings(row):
    return row if isinstance(row, list) else [row]


@pytest.mark.parametrize("backend", ["reference", "albumentations"])
@pytest.mark.parametrize("mix", MIXES[:4], ids=str)
def test_all_that_belongs_to_an_object_is_what_is_seen_of_it(mix, backend):
    """`ids`, a mask, tells what is seen; in a mosaic of other sizes, too."""
    sizes = [(40, 52), (64, 56), (33, 60)] * 3 if "mosaic" in mix else [(40, 52)] * N
    several = hidden = 0
    for i, out in enumerate(run(mix, backend, sizes=sizes)):
        seen = {int(name) for name in np.unique(out["ids"])} - {0}
        names = out["names"].tolist()
        assert len(out["boxes"]) == len(out["masks"]) == len(out["outlines"]) == len(names)
        if "mosaic" in mix:  # a box of whole pixels is seen if and only if a pixel of it is
            assert sorted(set(names)) == sorted(seen)
        assert seen <= set(names)
        for name, box, mask, outline in zip(names, out["boxes"], out["masks"], out["outlines"], strict=True):
            if names.count(name) > 1:
                continue
            want = out["ids"] == name
            if "resize_mix" in mix and (name - 1) // 4 != i:
                continue  # the pixels of what is made smaller are chosen; its boxes are not
            assert np.array_equal(mask, want)
            y, x = np.nonzero(want)
            assert np.allclose(box, [x.min(), y.min(), x.max() + 1, y.max() + 1])
            assert sum(map(area, rings(outline))) == pytest.approx(want.sum(), abs=1e-6)
            for ring in rings(outline):
                middle = np.floor(ring.mean(axis=0)).astype(int)
                assert want[middle[1], middle[0]]
            hidden += len(rings(outline)) > 1
        for (x, y, *extra), name in zip(out["places"], out["of"], strict=True):
            assert extra == [2.0, 2.0]
            if "resize_mix" not in mix:
                assert out["ids"][int(y), int(x)] == name
        assert set(out["turned_names"].tolist()) >= seen
        several += len({(name - 1) // 4 for name in names}) > 1
    assert several > N // 4
    assert hidden or "cutmix" not in mix


def test_a_blend_has_the_rows_of_both():
    for i, out in enumerate(run(MIXES[4])):
        (other,) = {(name - 1) // 4 for name in out["names"].tolist()} - {i}
        for name in ("boxes", "names", "places", "masks", "turned"):
            assert np.array_equal(out[name], np.concatenate([sample_of(i)[name], sample_of(other)[name]])), name
        assert np.array_equal(np.stack(out["outlines"]), np.stack(sample_of(i)["outlines"] + sample_of(other)["outlines"]))


def test_what_follows_moves_on_with_its_rows():
    """After the mix the canvas is turned: rows that lost others still belong together, with the number of each."""
    spec = {"pipeline": [{"mosaic": {}}, {"cutmix": {"alpha": 1}}, {"horizontal_flip": {"p": 1}}], "targets": TARGETS, "seed": 2}
    over = augment.compile(spec).over([sample_of(i) for i in range(N)])
    for out in over:
        for name, mask, box in zip(out["names"], out["masks"], out["boxes"], strict=True):
            y, x = np.nonzero(mask)
            assert name == np.bincount(out["ids"][mask]).argmax()
            assert np.allclose(box, [x.min(), y.min(), x.max() + 1, y.max() + 1])


def test_hidden_keypoints_may_stay():
    targets = {**TARGETS, "places": {"kind": "keypoints", "carry": ["of"], "invisible": "keep"}}
    out = run({"cutmix": {"alpha": 1}}, targets=targets)[0]
    partner = ({(name - 1) // 4 for name in out["of"].tolist()} - {0}).pop()
    assert np.array_equal(out["places"], np.concatenate([sample_of(0)["places"], sample_of(partner)["places"]]))


def test_keypoints_that_are_pairs_change_places_behind_a_mix_as_before_it():
    mirror, blend = {"horizontal_flip": {"p": 1}}, {"mixup": {"alpha": 1}}
    rows = [np.array([[3.0, 4], [9, 5], [14, 2]]), np.array([[1.0, 7], [12, 8], [5, 5]])]
    samples = [{"image": np.zeros((10, 16, 3), np.uint8), "keypoints": own} for own in rows]
    found = []
    for pipeline in ([mirror, blend], [blend, mirror]):
        targets = {"image": "image", "keypoints": {"kind": "keypoints", "flip_pairs": [[0, 1]]}}
        found.append(augment.compile({"pipeline": pipeline, "targets": targets}).over(samples)[0]["keypoints"])
    assert np.array_equal(found[0], [[15 - own[i][0], own[i][1]] for own in rows for i in (1, 0, 2)])
    assert np.array_equal(*found)
    lost = {"pipeline": [{"mosaic": {"grid": [1, 2], "jitter": 0}}, mirror], "targets": targets}
    with pytest.raises(AugmentError, match=r"lost some of them in a mix, and are mirrored after it: keep them all"):
        [augment.compile(lost).over(samples)[i] for i in range(2)]


@pytest.mark.parametrize("seed", range(4))
def test_the_parts_of_a_ring_are_what_is_not_hidden(seed):
    """Areas against a raster of 16 x 16 points for each pixel, of stars that nothing says are convex."""
    rng = np.random.default_rng(seed)
    angle = np.sort(rng.uniform(0, 2 * np.pi, 9))
    ring = 12 + rng.uniform(3, 11, 9)[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1)
    x0, y0 = rng.uniform(2, 10, 2)
    x1, y1 = x0 + rng.uniform(3, 12), y0 + rng.uniform(3, 12)
    view = View((24, 24), Placement(0, Window(0, 0, 24, 24), 0, 0), ((x0, y0, x1, y1),))
    fine = polygon2mask((384, 384), ring[:, ::-1] * 16 - 0.5)
    y, x = (np.indices(fine.shape) + 0.5) / 16
    fine &= ~((x >= x0) & (x < x1) & (y >= y0) & (y < y1))
    assert sum(map(area, parted(ring, view))) == pytest.approx(fine.sum() / 256, abs=0.4)


@pytest.mark.parametrize(
    ("mix", "change", "message"),
    [
        ({"cutmix": {"alpha": 1, "on": ["image", "boxes"]}}, {}, "masks has a row for each of boxes.*add masks to on"),
        ({"mosaic": {}}, {"places": [[1.0, 2.0]], "of": [1]}, "keypoints have 2 columns in one sample and 4 in another"),
        ({"fmix": {"alpha": 1}}, {}, "fmix cannot move polygons"),
    ],
)
def test_what_does_not_fit_says_why(mix, change, message):
    samples = [sample_of(0), {**sample_of(1), **change}]
    with pytest.raises(AugmentError, match=message):
        augment.compile({"pipeline": [mix], "targets": TARGETS}).over(samples)[0]
