"""Boxes and keypoints against warped pixels and analytic corners, and the policies of what leaves the image."""

import numpy as np
import pytest

import augment
from augment import ops
from augment.errors import SampleError
from augment.program.walk import Leg, through

CHAINS = {
    "flip_turn": [ops.HorizontalFlip(p=1), ops.Rotate90(turns=1)],
    "affine": [ops.Affine(rotate=25, translate_x=0.05, scale=1.1, shear_x=6, shear_y=-4)],
    "perspective": [ops.Perspective(distortion=0.5)],
    "resize": [ops.Resize(size=[150, 310])],
    "resize_in_a_run": [ops.Resize(size=[150, 310], antialias=False), ops.Rotate(degrees=10)],
    "crop": [ops.CenterCrop(size=[90, 110]), ops.Pad(size=[121, 143])],
    "random": [ops.RandomResizedCrop(size=[100, 90], area=[0.6, 0.9]), ops.RandomCrop(size=[90, 80])],
    "many": [
        ops.Translate(x="3.3px", y="-2.7px"), ops.Scale(x=1.3, y=0.9), ops.VerticalFlip(p=1), ops.Perspective(distortion=0.3),
        ops.Transpose(p=1), ops.Shear(x=5),
    ],
}  # fmt: skip
KEEP = {"image": "image", "keypoints": {"kind": "keypoints", "invisible": "keep"}}


@pytest.mark.parametrize("index", [0, 1])
@pytest.mark.parametrize("chain", CHAINS)
def test_a_keypoint_is_where_its_spot_is(chain, index, run):
    """The centre of mass of a warped bright spot, which no formula of ours computes."""
    y, x = np.mgrid[:120, :140]
    spots = np.array([[70.0, 60.0], [50.25, 45.5], [95.75, 70.0]])
    for spot in spots:
        image = np.exp(-((x - spot[0]) ** 2 + (y - spot[1]) ** 2) / (2 * 2.0**2))[..., None].astype(np.float32)
        out = run(image, *CHAINS[chain], index=index, targets=KEEP, keypoints=spot[None])
        weight = out["image"][..., 0].astype(float)
        if weight.max() < 0.9:  # it has left, or stands on the edge
            continue
        rows, columns = np.mgrid[: weight.shape[0], : weight.shape[1]]
        centre = [(columns * weight).sum() / weight.sum(), (rows * weight).sum() / weight.sum()]
        assert np.abs(out["keypoints"][0] - centre).max() < 0.1, (out["keypoints"], centre)


@pytest.mark.parametrize("chain", [c for c in CHAINS if c != "random"])
def test_a_box_is_the_hull_of_its_warped_rectangle(chain, run):
    """Against a mask of the rectangle: its hull, to the pixel."""
    for box in ([40, 30, 80, 70], [55, 50, 100, 90]):
        mask = np.zeros((120, 140), np.uint8)
        mask[box[1] : box[3], box[0] : box[2]] = 1
        out = run(np.zeros((120, 140, 3), np.uint8), *CHAINS[chain], mask=mask, boxes=[box])
        y, x = np.nonzero(out["mask"])
        hull = [x.min(), y.min(), x.max() + 1, y.max() + 1]
        assert np.abs(np.array(out["boxes"][0]) - hull).max() < 1.3, (out["boxes"], hull)


def test_boxes_are_edges_and_keypoints_are_centres(run):
    image = np.zeros((96, 128, 3), np.uint8)
    out = run(image, ops.HorizontalFlip(p=1), boxes=[[0, 0, 1, 1]], keypoints=[[0, 0]])
    assert np.allclose(out["boxes"], [[127, 0, 128, 1]]) and np.allclose(out["keypoints"], [[127, 0]])
    out = run(image, ops.Resize(size=[192, 256]), boxes=[[1, 2, 3, 4]], keypoints=[[70, 20]])
    assert np.allclose(out["boxes"], [[2, 4, 6, 8]]) and np.allclose(out["keypoints"], [[140.5, 40.5]])


def test_a_rotated_square_has_the_analytic_hull(run):
    out = run(np.zeros((101, 101, 3), np.uint8), ops.Rotate(degrees=45), boxes=[[40.5, 40.5, 60.5, 60.5]])
    half = 10 * np.sqrt(2)
    assert np.allclose(out["boxes"], [[50.5 - half, 50.5 - half, 50.5 + half, 50.5 + half]])


def test_a_chain_takes_corners_along_not_hulls_of_hulls(run):
    out = run(np.zeros((101, 101, 3), np.uint8), ops.Rotate(degrees=45), ops.Rotate(degrees=-45), boxes=[[40, 40, 60, 60]])
    assert np.allclose(out["boxes"], [[40, 40, 60, 60]])


def test_elastic_boxes_hold_their_pixels(run):
    """The hull of 16 points of the outline, against the mask of the box."""
    for index in range(5):
        mask = np.zeros((120, 140), np.uint8)
        mask[30:90, 40:100] = 1
        image, op = np.zeros((120, 140, 3), np.uint8), ops.Elastic(alpha="3px", sigma="20px")
        out = run(image, op, index=index, mask=mask, boxes=[[40, 30, 100, 90]])
        y, x = np.nonzero(out["mask"])
        assert np.abs(np.array(out["boxes"][0]) - [x.min(), y.min(), x.max() + 1, y.max() + 1]).max() < 2


# What leaves ---------------------------------------------------------------------------------------------------------


def shifted(boxes, **policy):
    targets = {"image": "image", "boxes": {"kind": "boxes", "carry": ["labels"], **policy}}
    spec = augment.Pipeline([ops.Translate(x=0.5)], targets=targets)
    sample = {"image": np.zeros((100, 100, 3), np.uint8), "boxes": boxes, "labels": list(range(len(boxes)))}
    record = augment.record(spec, sample, index=0)
    out = augment.apply(spec, sample)
    return out["boxes"], out["labels"], record["dropped"].get("boxes", [])


def test_boxes_are_clipped_and_dropped_with_what_they_carry():
    boxes, labels, dropped = shifted([[10, 10, 30, 30], [40, 10, 60, 30], [60, 10, 90, 30]])
    assert np.allclose(boxes, [[60, 10, 80, 30], [90, 10, 100, 30]]) and labels == [0, 1]
    assert dropped == [{"row": 2, "reason": "left the image at pipeline[0].translate"}]


@pytest.mark.parametrize(
    ("policy", "kept"),
    [
        ({}, [0, 1]), ({"min_visibility": 0.4}, [0, 1]), ({"min_visibility": 0.6}, [0]), ({"min_area": "200px"}, [0, 1]),
        ({"min_area": "201px"}, [0]), ({"min_area": 0.02}, [0, 1]), ({"min_area": 0.03}, [0]), ({"min_area": 0.05}, []),
    ],
)  # fmt: skip
def test_policies(policy, kept):
    _, labels, dropped = shifted([[10, 10, 30, 30], [40, 10, 60, 30], [60, 10, 90, 30]], **policy)
    assert labels == kept and len(dropped) == 3 - len(kept)


@pytest.mark.parametrize(
    ("form", "box", "want"),
    [
        ("xyxy", [10, 20, 30, 60], [110, 20, 130, 60]), ("xywh", [10, 20, 20, 40], [110, 20, 20, 40]),
        ("cxcywh", [20, 40, 20, 40], [120, 40, 20, 40]), ("yolo", [0.1, 0.4, 0.1, 0.4], [0.6, 0.4, 0.1, 0.4]),
    ],
)  # fmt: skip
def test_formats(form, box, want):
    spec = augment.Pipeline([ops.Translate(x=0.5)], targets={"image": "image", "boxes": {"kind": "boxes", "format": form}})
    out = augment.apply(spec, {"image": np.zeros((100, 200, 3), np.uint8), "boxes": np.array([box], np.float32)})
    assert out["boxes"].dtype == np.float32 and np.allclose(out["boxes"], [want])


def test_a_box_lost_on_the_way_stays_lost(run):
    """What leaves a canvas is gone, though a later op would bring the place back."""
    image = np.zeros((100, 100, 3), np.uint8)
    there_and_back = ops.Translate(x=0.5), ops.Translate(x=-0.5)
    out = run(image, *there_and_back, boxes=[[60, 10, 90, 30], [10, 10, 30, 30]], keypoints=[[70, 20], [20, 20]])
    assert np.allclose(out["boxes"], [[10, 10, 30, 30]]) and np.allclose(out["keypoints"], [[20, 20]])


def test_keypoints_keep_their_further_columns_and_can_be_kept(run):
    image = np.zeros((100, 100, 3), np.uint8)
    rows = np.array([[60.0, 10, 2, 0.5], [10, 10, 1, 0.25]])
    out = run(image, ops.Translate(x=0.5), keypoints=rows)
    assert out["keypoints"].tolist() == [[60, 10, 1, 0.25]]
    kept = run(image, ops.Translate(x=0.5), keypoints=rows, targets=KEEP)
    assert kept["keypoints"].tolist() == [[110, 10, 2, 0.5], [60, 10, 1, 0.25]]


def test_behind_the_horizon_there_are_no_points():
    """A point whose w is not positive has no image; it must not come back mirrored."""
    leg = Leg(np.array([[1, 0, 0], [0, 1, 0], [0.02, 0, 1.0]]), (100, 100), True, (0.0,), None, (100, 100))
    moved, seen = through(leg, np.array([[0.0, 0], [40, 0], [60, 0], [-49, 0]]))
    assert seen.tolist() == [True, True, False, True]
    back = moved[seen] @ leg.inverse[:2, :2].T / (moved[seen] @ leg.inverse[2, :2] + 1)[:, None]
    assert np.allclose(back, [[0, 0], [40, 0], [-49, 0]])


def test_empty_boxes_and_lists_stay_what_they_were(run):
    image = np.zeros((100, 100, 3), np.uint8)
    for empty in ([], np.zeros((0, 4), np.float32)):
        out = run(image, ops.Rotate(degrees=10), boxes=empty, labels=[])
        assert type(out["boxes"]) is type(empty) and len(out["boxes"]) == 0 and out["labels"] == []
    assert run(image, ops.Rotate(degrees=10), keypoints=[])["keypoints"] == []


def test_several_of_a_kind_and_on(photo):
    targets = {
        "image": "image", "second": "image", "mask": {"kind": "mask", "fill": 255}, "other": "mask",
        "cars": {"kind": "boxes", "carry": ["speed"]}, "people": "boxes",
    }  # fmt: skip
    spec = augment.Pipeline([ops.Translate(x=0.5), ops.Invert(p=1, on=["second"])], targets=targets)
    sample = {
        "image": photo, "second": photo, "mask": photo[..., 0], "other": photo[..., 1], "cars": [[0, 0, 9, 9], [70, 0, 90, 9]],
        "people": [[1, 1, 5, 5]], "speed": np.array([3.5, 9]), "image_id": 7,
    }  # fmt: skip
    out = augment.apply(spec, sample)
    assert np.array_equal(out["second"], 255 - out["image"]) and (out["mask"][:, :64] == 255).all()
    assert (out["other"][:, :64] == 0).all() and np.array_equal(out["other"][:, 64:], photo[:, :64, 1])
    assert np.allclose(out["cars"], [[64, 0, 73, 9]]) and out["speed"].tolist() == [3.5] and out["image_id"] == 7
    assert np.allclose(out["people"], [[65, 1, 69, 5]])


@pytest.mark.parametrize(
    ("entries", "message"),
    [
        ({"boxes": [[0, 0, 5, 5]], "labels": 3}, "labels is carried by boxes"),
        ({"boxes": [[0, 0, 5, 5]], "labels": [1, 2]}, "labels has 2 rows and boxes, which carries it, has 1"),
        ({"boxes": [[0, 0, 5], [1]]}, "boxes: must be rows of as many numbers"), ({"boxes": "abc"}, "boxes: must be rows"),
        ({"boxes": [[5, 5, 4, 9]]}, r"boxes\[0\]: .* ends before it begins as xyxy"),
        ({"boxes": [[0, 0, np.nan, 5]]}, "not finite"),
        ({"boxes": np.arange(4)}, r"have the shape \(n, 4\)"), ({"keypoints": [[1], [2]]}, r"have the shape \(n, 2\)"),
        ({"keypoints": {"x": 1}}, "keypoints: must be rows"),
        ({"mask": np.zeros((5, 5), np.uint8)}, "mask is 5 x 5, but image is 20 x 30"),
        ({"mask": [[1, 2], [3]]}, "rows are not of one length"), ({"mask": np.array([["a"]])}, "is a text"),
        ({"bboxes": []}, "did you mean 'boxes'"), ({"masks": []}, "did you mean 'mask'"),
        ({"keypionts": []}, "did you mean 'keypoints'"),
    ],
)  # fmt: skip
def test_bad_samples_say_what_is_wrong(entries, message, run):
    with pytest.raises(SampleError, match=message):
        run(np.zeros((20, 30, 3), np.uint8), ops.Rotate(degrees=10), **entries)


@pytest.mark.parametrize("key", ["image_id", "mask_path", "image1", "label_names", "filename", "text_id", "boxes_raw"])
def test_other_keys_pass_untouched(key, run):
    value = object()
    boxes = [[0, 0, 9, 9]]
    assert run(np.zeros((20, 30, 3), np.uint8), ops.Rotate(degrees=10), boxes=boxes, **{key: value})[key] is value


def test_a_mask_fill_that_its_type_cannot_hold_is_an_error():
    spec = augment.Pipeline([ops.Translate(x=0.5)], targets={"image": "image", "mask": {"kind": "mask", "fill": 300}})
    image = np.zeros((20, 30, 3), np.uint8)
    with pytest.raises(SampleError, match="which has no 300"):
        augment.apply(spec, {"image": image, "mask": image[..., 0]})
    out = augment.apply(spec, {"image": image, "mask": image[..., 0].astype(np.int32)})
    assert (out["mask"][:, :15] == 300).all()


def test_what_is_not_a_number_in_a_mask_stays_where_it_is(run):
    depth = np.full((20, 30), 2.5)
    depth[0, 0] = np.nan
    out = run(np.zeros((20, 30, 3), np.uint8), ops.Translate(x="3px"), mask=depth)["mask"]
    assert np.isnan(out).sum() == 1 and np.isnan(out[0, 3]) and (out[:, :3] == 0).all()
