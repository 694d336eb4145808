"""Test-time augmentation: what a predictor that moves with its image says of every version comes back as what it says of the
image, and merging is the mean, the largest, a vote, or weighted boxes fusion."""

import numpy as np
import pytest

import augment
from augment import ops
from augment.ensemble import fuse_boxes
from augment.errors import SampleError, SpecError

RNG = np.random.default_rng(8)
IMAGE = RNG.integers(0, 256, (14, 18, 3), np.uint8)
MOVES = [
    [], "horizontal_flip", "vertical_flip", "transpose", {"rotate90": 1}, {"rotate90": 2}, {"rotate90": 3},
    ["transpose", {"rotate90": 2}],
]  # fmt: skip
"""The eight symmetries of a square."""


def probabilities(image):
    """A segmentation that looks at each pixel alone: (height, width, 3), of sum 1."""
    raised = np.exp(image.astype(np.float32) / 64)
    return raised / raised.sum(-1, keepdims=True)


def brightest(image):
    """A keypoint: x and y of the pixel with the largest sum."""
    y, x = np.unravel_index(image.sum(-1, dtype=int).argmax(), image.shape[:2])
    return np.array([[x, y]], float)


def bright_box(image):
    """A detector of what is white: the box around it."""
    y, x = np.nonzero((image == 255).all(-1))
    return {"boxes": [[x.min(), y.min(), x.max() + 1, y.max() + 1]], "scores": [0.7], "labels": [4]}


def test_moves_of_whole_pixels_are_undone_to_the_bit():
    ways = augment.tta(MOVES)
    versions = ways(IMAGE)
    assert len(ways) == len(versions) == 8 and len({one.tobytes() for one in versions}) == 8
    assert versions[4].shape == (18, 14, 3) and np.array_equal(versions[4], np.rot90(IMAGE))
    maps = [probabilities(one) for one in versions]
    for merge in ("mean", "max"):
        assert np.array_equal(versions.mask(maps, merge), probabilities(IMAGE))
    classes = probabilities(IMAGE).argmax(-1)
    assert np.array_equal(versions.mask(maps, "vote"), classes)
    assert np.array_equal(versions.mask([one.argmax(-1) for one in maps], "vote"), classes)
    assert np.array_equal(versions.keypoints(map(brightest, versions)), brightest(IMAGE))
    assert np.array_equal(versions.labels([one.max((0, 1)) / 255 for one in versions]), IMAGE.max((0, 1)) / 255)


def test_boxes_come_back_as_they_are_where_all_agree():
    image = np.zeros((20, 26, 3), np.uint8)
    image[3:9, 11:24] = 255
    found = augment.tta(MOVES, bright_box, predicts="boxes")(image)
    assert found["boxes"].tolist() == [[11, 3, 24, 9]] and found["scores"].tolist() == [0.7] and found["labels"].tolist() == [4]


def test_a_scale_is_undone_where_lines_are_straight():
    y, x = np.mgrid[:24, :30]
    image = (np.stack([x / 40, y / 40, (x + y) / 80], -1)).astype(np.float32)
    ways = [{"random_scale": 1.5}, {"resize": [36, 60]}, ["horizontal_flip", {"random_scale": 2}]]
    seen = augment.tta(ways, lambda version: version, predicts="mask")
    assert np.abs(seen(image) - image)[2:-2, 2:-2].max() < 1e-5


@pytest.mark.parametrize(
    "steps",
    [["horizontal_flip", {"rotate": 30}], [{"resize": 40}], [{"pad": 50}, {"scale": 0.8}, {"translate": {"x": "2px"}}]],
    ids=["turned", "resized", "moved"],
)
def test_points_and_boxes_go_back_where_the_engine_had_them_from(steps):
    versions = augment.tta([steps])(IMAGE)
    points, boxes = np.array([[7.0, 6], [9, 8]]), np.array([[6.0, 5, 10, 9]])
    known = {"points": {"kind": "keypoints", "invisible": "keep"}, "image": "image", "boxes": "boxes"}
    spec = {"targets": known, "pipeline": [{one: {"p": 1}} if isinstance(one, str) else one for one in steps]}
    moved = augment.apply(spec, {"image": IMAGE, "points": points, "boxes": boxes})
    np.testing.assert_allclose(versions.keypoints([moved["points"]]), points, atol=1e-9)
    back = versions.boxes([{"boxes": moved["boxes"], "scores": [1]}])["boxes"]
    assert (back[0, :2] <= boxes[0, :2] + 1e-6).all() and (back[0, 2:] >= boxes[0, 2:] - 1e-6).all()  # hulls grow where turned
    if "rotate" not in str(steps):
        np.testing.assert_allclose(back, boxes, atol=1e-6)


def test_left_and_right_change_names_in_mirrored_versions_alone():
    versions = augment.tta([[], "horizontal_flip", {"rotate90": 2}, "vertical_flip"])(IMAGE)
    eyes = np.array([[4.0, 5, 0.9], [12, 5, 0.8]])
    found = [
        eyes, np.array([[17.0 - 12, 5, 0.8], [17 - 4, 5, 0.9]]), np.array([[17 - 4, 13 - 5, 0.9], [17 - 12, 13 - 5, 0.8]]),
        np.array([[12.0, 13 - 5, 0.8], [4, 13 - 5, 0.9]]),
    ]  # fmt: skip
    np.testing.assert_allclose(versions.keypoints(found, pairs=[(0, 1)]), eyes)


def test_pixels_count_where_a_version_shows_them():
    versions = augment.tta([[], {"crop": {"size": [7, 18], "top": 7}}, [{"crop": {"size": [7, 18]}}, {"pad": [14, 18]}]])(IMAGE)
    maps = [np.full(one.shape[:2], value, np.float32) for one, value in zip(versions, (0.1, 0.5, 0.9), strict=True)]
    merged = versions.mask(maps)
    np.testing.assert_allclose(merged[:7], 0.5)
    np.testing.assert_allclose(merged[7:], 0.3, rtol=1e-6)
    with pytest.raises(SampleError, match=f"{7 * 18} pixels of the image are in no version"):
        augment.tta([{"crop": {"size": [7, 18]}}])(IMAGE).mask([maps[1]])


def test_views_of_a_spec_lists_and_draws():
    views = augment.Pipeline(views={"plain": [], "crops": [ops.FiveCrop(8)]})
    assert [one.shape[0] for one in augment.tta(views)(IMAGE)] == [14, 8, 8, 8, 8, 8]
    drawn = augment.tta({"pipeline": [{"rotate": "±30"}, {"brightness": "1±0.3"}]}, n=3)
    assert len({one.tobytes() for one in drawn(IMAGE)}) == 3 and all(map(np.array_equal, drawn(IMAGE), drawn(IMAGE)))


def test_scores_of_classes_are_averaged_or_voted_on():
    versions = augment.tta([[], "horizontal_flip", "vertical_flip"])(IMAGE)
    assert versions.labels([2, 5, 5], "vote") == 5 and versions.labels([[0.2, 0.8], [0.6, 0.4], [0.9, 0.1]], "vote") == 0
    np.testing.assert_allclose(versions.labels([[0.2, 0.8], [0.6, 0.4], [0.7, 0.3]]), [0.5, 0.5])
    assert versions.labels([[0.2, 0.8], [0.6, 0.4], [0.7, 0.3]], "max").tolist() == [0.7, 0.8]
    assert versions.labels([3, 1, 2], "vote") == 3  # of as many votes, the first


def test_weighted_boxes_fusion_by_hand():
    boxes = [[[0, 0, 10, 10], [30, 30, 40, 40]], [[0, 0, 10, 12], [0, 0, 10, 11]], []]
    scores, labels = [[0.9, 0.3], [0.6, 0.8], []], [[1, 1], [1, 2], []]
    at, score, label = fuse_boxes(boxes, scores, labels)
    np.testing.assert_allclose(at, [[0, 0, 10, (0.9 * 10 + 0.6 * 12) / 1.5], [0, 0, 10, 11], [30, 30, 40, 40]])
    np.testing.assert_allclose(score, [0.75 * 2 / 3, 0.8 / 3, 0.3 / 3])
    assert label.tolist() == [1, 2, 1]
    assert len(fuse_boxes(boxes, scores, labels, iou=0.84)[0]) == 4  # their overlap is 100 / 120
    assert len(fuse_boxes(boxes, scores, labels, skip=0.5)[0]) == 2
    assert [one.shape for one in fuse_boxes([[], []], [[], []], [[], []])] == [(0, 4), (0,), (0,)]


@pytest.mark.parametrize(
    ("call", "error", "said"),
    [
        (lambda v: augment.tta([]), SpecError, "there is no version"),
        (lambda v: augment.tta(["horizontal_flop"]), SpecError, r"views.version0\[0\].*horizontal_flip"),
        (lambda v: augment.tta([{"mixup": {"alpha": 1}}]), SpecError, r"views.version0\[0\].mixup: needs another sample"),
        (lambda v: augment.tta([{"elastic": {"alpha": "2px", "sigma": 0.3}}])(IMAGE), SpecError, "bends lines"),
        (lambda v: augment.tta({"pipeline": ["rotate90"]}), SpecError, "n=8 draws so many versions"),
        (lambda v: augment.tta([[]], lambda image: image), SpecError, "predict and predicts go together"),
        (lambda v: v.mask([np.zeros((3, 3))] * 2), SampleError, r"its version is 14 x 18"),
        (lambda v: v.mask([np.zeros((14, 18), int)] * 2), SampleError, "use merge='vote'"),
        (lambda v: v.labels([[0.5, 0.5]]), SampleError, "2 versions, and 1 predictions"),
        (lambda v: v.labels([[0.5, 0.5]] * 2, "median"), SampleError, "mean, max, vote"),
        (lambda v: v.boxes([{"boxes": []}] * 2), SampleError, "'boxes' and 'scores'"),
        (lambda v: v.boxes([{"boxes": [[0, 0, 1, 1]], "scores": []}] * 2), SampleError, "each box has one of each"),
    ],
    ids=range(12),
)  # fmt: skip
def test_what_does_not_fit_is_told(call, error, said):
    with pytest.raises(error, match=said):
        call(augment.tta([[], "horizontal_flip"])(IMAGE))
