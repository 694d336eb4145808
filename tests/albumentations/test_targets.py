"""The names, formats and types of a call are Albumentations' own."""

import albumentations as A
import numpy as np
import pytest

import augment
from augment.errors import SampleError, SpecError

FLIP = "horizontal_flip: {p: 1}"


def compiled(*ops, targets="", **options):
    return augment.compile(augment.loads(f"{targets}\npipeline: [{', '.join(ops)}]"), "albumentations", **options)


def test_both_names_of_boxes(photo):
    boxes = [[10, 20, 50, 60]]
    out = compiled(FLIP)(image=photo, bboxes=boxes)
    assert out["bboxes"] == [[100, 20, 140, 60]]
    assert "boxes" not in out
    assert compiled(FLIP)(image=photo, boxes=boxes)["boxes"] == out["bboxes"]


@pytest.mark.parametrize("form, native", [("xyxy", "pascal_voc"), ("xywh", "coco"), ("yolo", "yolo")])
def test_formats_of_targets(photo, form, native):
    voc = np.array([[12.0, 20, 50, 60], [90, 30, 130, 100]])
    rows = A.core.bbox_utils.convert_bboxes_from_albumentations(voc / [150, 110, 150, 110], native, photo.shape[:2])
    expected = A.Compose([A.HorizontalFlip(p=1)], bbox_params=A.BboxParams(native))(image=photo, bboxes=rows)["bboxes"]
    t = compiled(FLIP, targets=f"targets: {{image: image, boxes: {{kind: boxes, format: {form}}}}}")
    np.testing.assert_allclose(t(image=photo, bboxes=rows)["bboxes"], expected, atol=1e-4)
    assert t.processors["bboxes"].params.format == native
    by_option = compiled(FLIP, bbox_params=A.BboxParams(native))(image=photo, bboxes=rows)["bboxes"]
    np.testing.assert_allclose(by_option, expected, atol=1e-4)


def test_the_format_of_fractions(photo):
    t = compiled(FLIP, "center_crop: [110, 100]", bbox_params={"format": "albumentations", "label_fields": ["kind"]})
    out = t(image=photo, bboxes=[[0.2, 0.1, 0.4, 0.5], [0.0, 0.0, 0.1, 0.1]], kind=("cup", "edge"))
    np.testing.assert_allclose(out["bboxes"], [[0.65, 0.1, 0.95, 0.5]], atol=1e-6)
    assert out["kind"] == ("cup",)


LABELS = [["a", "b", "c"], ("a", "b", "c"), [1, 2, 3], np.array([1, 2, 3]), np.array(["a", "b", "c"])]


@pytest.mark.parametrize("labels", LABELS)
def test_labels_follow_their_boxes_and_keep_their_type(photo, labels):
    boxes = [[0, 0, 20, 20], [60, 40, 90, 70], [130, 0, 150, 20]]
    out = compiled("center_crop: [60, 70]")(image=photo, bboxes=boxes, labels=labels)
    assert out["bboxes"] == [[20, 15, 50, 45]]
    assert type(out["labels"]) is type(labels)
    assert list(out["labels"]) == [labels[1]]
    assert type(out["labels"][0]) is type(labels[1])


def test_further_columns_stay_with_their_box(photo):
    out = compiled(FLIP)(image=photo, bboxes=[[10, 20, 50, 60, "cup", 7], [0, 0, 9, 9, "edge", 8]])
    assert out["bboxes"] == [[100, 20, 140, 60, "cup", 7], [141, 0, 150, 9, "edge", 8]]
    rows = np.array([[0.0, 0, 9, 9, 8], [60, 40, 90, 70, 7]], np.float32)
    rows = compiled("center_crop: [60, 70]")(image=photo, bboxes=rows)["bboxes"]
    assert rows.dtype == np.float32
    np.testing.assert_array_equal(rows, [[20, 15, 50, 45, 7]])


@pytest.mark.parametrize("empty", [[], np.zeros((0, 4), np.float32), np.zeros((0, 5))])
def test_empty_boxes(photo, empty):
    out = compiled(FLIP)(image=photo, bboxes=empty, labels=[], keypoints=[])
    assert type(out["bboxes"]) is type(empty)
    assert np.shape(out["bboxes"]) == np.shape(empty)
    assert out["labels"] == out["keypoints"] == []


def test_policies_of_the_spec_decide(photo):
    boxes = "{kind: boxes, min_visibility: 0.6, carry: [ids]}"
    t = compiled("center_crop: [110, 100]", targets=f"targets: {{image: image, boxes: {boxes}}}")
    out = t(image=photo, bboxes=[[15, 0, 35, 20], [20, 0, 40, 20]], ids=[1, 2])
    assert out["ids"] == [2]
    assert t.processors["bboxes"].params.min_visibility == 0


@pytest.mark.parametrize("form", [list, tuple, np.stack])
def test_masks(photo, form):
    masks = form([photo[..., 0], photo[..., 1]])
    out = compiled(FLIP, "center_crop: 64")(image=photo, masks=masks, mask=photo[..., 2])
    assert type(out["masks"]) is type(masks)
    for i, mask in enumerate([*out["masks"], out["mask"]]):
        np.testing.assert_array_equal(mask, out["image"][..., i])


def test_masks_of_different_types_and_layers(photo):
    masks = [photo[..., 0] > 99, photo.astype(np.int32), photo[..., :1].astype(np.float32)]
    out = compiled("vertical_flip: {p: 1}")(image=photo, masks=masks)["masks"]
    for got, given in zip(out, masks, strict=True):
        assert got.dtype == given.dtype
        np.testing.assert_array_equal(got, given[::-1])


def test_no_masks(photo):
    assert compiled("center_crop: 64")(image=photo, masks=[])["masks"] == []
    assert compiled("center_crop: 64")(image=photo, masks=np.zeros((0, 110, 150), np.int16))["masks"].shape == (0, 64, 64)


def test_masks_obey_on(photo):
    t = compiled("vertical_flip: {p: 1, on: [image]}", "horizontal_flip: {p: 1, on: [image, mask]}")
    out = t(image=photo, masks=[photo[..., 0]])
    np.testing.assert_array_equal(out["masks"][0], photo[:, ::-1, 0])
    np.testing.assert_array_equal(out["image"], photo[::-1, ::-1])


def test_keypoints_with_labels(photo):
    t = compiled("center_crop: [60, 70]", keypoint_params=A.KeypointParams("xy", label_fields=["names"]))
    out = t(image=photo, keypoints=[(60, 40), (0, 0)], names=["eye", "nose"])
    assert out["keypoints"] == [[20, 15]]
    assert out["names"] == ["eye"]
    kept = compiled("center_crop: [60, 70]", keypoint_params=A.KeypointParams("xy", remove_invisible=False))
    assert kept(image=photo, keypoints=[(0, 0)])["keypoints"] == [[-40, -25]]


def test_other_keys_and_nothing_pass(photo):
    marker = object()
    out = compiled(FLIP)(image=photo, mask=None, image_id=marker)
    assert out["mask"] is None
    assert out["image_id"] is marker


def test_a_second_image(photo):
    t = compiled(FLIP, additional_targets={"right": "image", "depth": "mask"})
    out = t(image=photo, right=photo[::-1], depth=photo[..., 0])
    np.testing.assert_array_equal(out["right"], photo[::-1, ::-1])
    np.testing.assert_array_equal(out["depth"], photo[:, ::-1, 0])
    np.testing.assert_array_equal(t(image=photo)["image"], photo[:, ::-1])


def test_torch_output(photo):
    import torch

    out = compiled(FLIP, "normalize: imagenet", output="torch")(image=photo, mask=photo[..., 0], masks=[photo])
    assert out["image"].shape == (3, 110, 150)
    assert out["image"].dtype == torch.float32
    assert out["mask"].shape == (110, 150)
    assert out["masks"][0].shape == (3, 110, 150)
    np.testing.assert_array_equal(out["mask"].numpy(), photo[:, ::-1, 0])


@pytest.mark.parametrize("count", [0, 1, 3, 5])
@pytest.mark.parametrize("layers", [None, 1, 4])
@pytest.mark.parametrize("kind", [np.asarray, list, tuple])
def test_tensors_have_the_layout_of_arrays(photo, count, layers, kind):
    """Whatever has layers has them first as a tensor, and many masks stay many masks, of the same pixels."""
    shape = (count, *photo.shape[:2], *(() if layers is None else (layers,)))
    masks = np.random.default_rng(0).integers(0, 9, shape, dtype=np.uint8)
    call = {"image": photo, "mask": masks[0] if count else photo[..., 0], "masks": kind(masks)}
    ops = [FLIP, "center_crop: [60, 70]"]
    arrays, tensors = compiled(*ops)(**call), compiled(*ops, output="torch")(**call)
    assert np.shape(arrays["masks"]) == (count, 60, 70, *shape[3:]) or not count
    assert len(tensors["masks"]) == count
    for key in ("image", "mask"):
        array = arrays[key]
        np.testing.assert_array_equal(tensors[key].numpy(), array if array.ndim == 2 else array.transpose(2, 0, 1))
    for got, want in zip(tensors["masks"], arrays["masks"], strict=True):
        np.testing.assert_array_equal(got.numpy(), want if want.ndim == 2 else want.transpose(2, 0, 1))
    assert kind is not np.asarray or tuple(tensors["masks"].shape[-2:]) == (60, 70)


@pytest.mark.parametrize("form", ["pascal_voc", "coco", "yolo", "albumentations"])
@pytest.mark.parametrize("nested", [True, False])
def test_additional_targets_of_every_kind(photo, form, nested):
    """Each further target moves as the first of its kind does, whichever of the two compositions declares it."""
    rows = np.array([[12.0, 20, 50, 60], [90, 30, 130, 100]]) / [150, 110, 150, 110]
    if form != "albumentations":
        rows = A.core.bbox_utils.convert_bboxes_from_albumentations(rows, form, photo.shape[:2])
    points = np.array([[3.0, 4], [100, 90]])
    further = {"b2": "bboxes", "k2": "keypoints", "m2": "mask", "i2": "image"}
    options = {"bbox_params": A.BboxParams(form), "keypoint_params": A.KeypointParams("xy"), "additional_targets": further}
    t = A.Compose([compiled(FLIP)], **options) if nested else compiled(FLIP, **options)
    call = {"image": photo, "mask": photo[..., 0], "bboxes": rows, "keypoints": points, "masks": [photo[..., 1]]}
    out = t(**call, b2=rows[::-1], k2=points[::-1], m2=photo[..., 1], i2=photo)
    want = A.Compose([A.HorizontalFlip(p=1)], **options)(**call, b2=rows[::-1], k2=points[::-1], m2=photo[..., 1], i2=photo)
    for key in want:
        np.testing.assert_allclose(out[key], want[key], atol=1e-4, err_msg=key)


def test_a_float_tail_gives_float32(photo):
    assert compiled("to_float")(image=photo)["image"].dtype == np.float32
    assert compiled(FLIP)(image=photo.astype(np.float32) / 255)["image"].dtype == np.float32


@pytest.mark.parametrize(
    "entries, message",
    [
        ({"image": np.full((9, 9, 3), 128, np.float32)}, "divide by 255"),
        ({"image": np.full((9, 9, 3), np.nan, np.float32)}, "not finite"),
        ({"img": np.zeros((9, 9, 3), np.uint8)}, "did you mean 'image'"),
        ({"image": np.zeros((9, 9, 3), np.uint8), "bbox": []}, "did you mean 'boxes'"),
        ({"image": np.zeros((9, 9, 3), np.uint8), "bboxes": [], "class_labels": []}, "belong to the boxes.*label_fields"),
        ({"image": np.zeros((9, 9, 3), np.uint8), "bboxes": [], "boxes": []}, "same target"),
        ({"image": np.zeros((9, 9, 3), np.uint8), "mask": np.zeros((8, 9), np.uint8)}, "8 x 9"),
        ({"image": np.zeros((9, 9, 3), np.uint8), "masks": [np.zeros((8, 9), np.uint8)]}, r"masks\[0\].*9 x 9"),
        ({"image": np.zeros((9, 9, 3), np.uint8), "bboxes": [[0, 0, 4]]}, "four numbers"),
        ({"image": np.zeros((9, 9, 3), np.uint8), "bboxes": [[0, 0, 4, 4]], "labels": []}, "labels has 0 rows"),
        ({"image": np.zeros((9, 9, 3), np.uint8), "bboxes": [[5, 5, 4, 4]]}, "ends before it begins"),
        ({"images": np.zeros((2, 9, 9, 3), np.uint8)}, r"\.at\(index"),
        ({"volume": np.zeros((2, 9, 9), np.uint8)}, "not supported"),
        ({"image": [[0]]}, "a NumPy array"),
        ({"mask": np.zeros((9, 9), np.uint8)}, "no image"),
    ],
)
def test_mistakes_in_a_call(entries, message):
    with pytest.raises(SampleError, match=message):
        compiled(FLIP)(**entries)


def test_positional_samples_are_explained(photo):
    with pytest.raises(SampleError, match="by name"):
        compiled(FLIP)(photo)


@pytest.mark.parametrize(
    "options, message",
    [
        ({"bbox_params": A.BboxParams("coco", min_area=9)}, "min_area is not read"),
        ({"bbox_params": {"form": "coco"}}, "form"),
        ({"keypoint_params": A.KeypointParams("xya")}, "angle and scale are not moved"),
        ({"box_params": None}, "did you mean 'bbox_params'"),
        ({"output": "jax"}, "output is None, 'torch' or 'uint8'"),
        ({"additional_targets": {"clip": "video"}}, "cannot be 'video'"),
    ],
)
def test_mistakes_in_options(options, message):
    with pytest.raises(SpecError, match=message):
        compiled(FLIP, **options)


def test_params_beside_declared_targets_are_a_mistake():
    with pytest.raises(SpecError, match="the spec declares targets"):
        compiled(FLIP, targets="targets: {image: image}", bbox_params=A.BboxParams("coco"))
