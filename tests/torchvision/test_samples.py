"""Samples of every form: what comes out has the type, layout and place of what went in."""

import numpy as np
import PIL.Image
import pytest
import torch
from torchvision import tv_tensors
from torchvision.transforms import v2

import augment
from augment.errors import SampleError

from .conftest import chw

FLIP = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
CROP = {"pipeline": [{"rotate": {"degrees": 30}}, {"center_crop": {"size": [40, 50]}}, {"brightness": {"factor": 1.2}}]}


@pytest.fixture
def wanted(photo):
    return augment.apply(CROP, {"image": photo})["image"]


def near(a, b):
    return np.abs(np.asarray(a, int) - np.asarray(b, int)).max() <= 1


def test_pil(photo, wanted):
    out = augment.compile(CROP, "torchvision")(PIL.Image.fromarray(photo))
    assert isinstance(out, PIL.Image.Image)
    assert out.mode == "RGB"
    assert near(out, wanted)


@pytest.mark.parametrize("mode", ["L", "RGBA"])
def test_pil_of_other_modes(photo, mode):
    picture = PIL.Image.fromarray(photo).convert(mode)
    out = augment.compile(FLIP, "torchvision")(picture)
    assert out.mode == mode
    assert np.array_equal(np.asarray(out), np.asarray(picture)[:, ::-1])


@pytest.mark.parametrize("mode", ["P", "CMYK", "1", "LA", "YCbCr"])
def test_pil_of_modes_without_meaning(photo, mode):
    picture = PIL.Image.fromarray(photo).convert("LA" if mode == "LA" else "RGB").convert(mode)
    with pytest.raises(SampleError, match=rf"mode {mode} is no image .*\.convert\("):
        augment.compile(FLIP, "torchvision")(picture)


def test_pil_becomes_a_tensor_of_floats_at_a_float_tail(photo):
    for spec in ({"pipeline": [{"to_float": {}}]}, {"pipeline": [{"normalize": {"mean": 0.5, "std": 0.5}}]}):
        transform = augment.compile(spec, "torchvision")
        out = transform(PIL.Image.fromarray(photo))
        assert out.dtype == torch.float32
        assert out.shape == (3, 60, 84)
        assert transform(PIL.Image.fromarray(photo).convert("L")).shape == (1, 60, 84)


def test_output_torch(photo):
    transform = augment.compile(FLIP, "torchvision", output="torch")
    out = transform(PIL.Image.fromarray(photo))
    assert torch.equal(out, chw(photo).flip(-1))
    assert torch.equal(transform(photo), chw(photo).flip(-1))
    assert transform(PIL.Image.fromarray(photo).convert("L")).shape == (1, 60, 84)


@pytest.mark.parametrize("dtype", [torch.uint8, torch.float32, torch.float64, torch.float16, torch.bfloat16])
def test_tensor(photo, wanted, dtype):
    image = chw(photo) if dtype == torch.uint8 else (chw(photo) / 255).to(dtype)
    before = image.clone()
    out = augment.compile(CROP, "torchvision")(image)
    assert out.dtype == dtype
    assert out.shape == (3, 40, 50)
    assert torch.equal(image, before)
    levels = out.permute(1, 2, 0) if dtype == torch.uint8 else out.float().permute(1, 2, 0) * 255
    assert np.abs(levels.numpy().astype(float) - wanted).max() <= (1.5 if dtype != torch.bfloat16 else 3)


def test_array(photo, wanted):
    out = augment.compile(CROP, "torchvision")({"image": photo})["image"]
    assert isinstance(out, np.ndarray)
    assert near(out, wanted)


def test_image_of_many_channels(photo):
    image = torch.cat([chw(photo), chw(photo)])
    assert torch.equal(augment.compile(FLIP, "torchvision")(image), image.flip(-1))


def test_an_image_and_its_label(photo):
    flip = augment.compile(FLIP, "torchvision")
    for label in (3, torch.tensor(3), torch.tensor([0.0, 1.0]), "cat", None, np.int64(4)):
        image, out = flip(chw(photo), label)
        assert type(out) is type(label) and str(out) == str(label)
        assert torch.equal(image, chw(photo).flip(-1))
    assert isinstance(flip((chw(photo), 3)), tuple)
    assert isinstance(flip([chw(photo), 3]), list)


def test_tv_tensors(photo, masks):
    sample = {
        "photo": tv_tensors.Image(chw(photo)),
        "nested": [tv_tensors.Mask(torch.from_numpy(masks[0])), {"path": "a.jpg", "size": (60, 84)}],
        "where": tv_tensors.BoundingBoxes([[10.0, 5, 30, 25]], format="XYXY", canvas_size=(60, 84)),
        "points": tv_tensors.KeyPoints([[10.0, 5]], canvas_size=(60, 84)),
    }
    out = augment.compile(FLIP, "torchvision")(sample)
    assert isinstance(out["photo"], tv_tensors.Image)
    assert isinstance(out["nested"][0], tv_tensors.Mask)
    assert torch.equal(out["nested"][0], sample["nested"][0].flip(-1))
    assert out["nested"][1] == {"path": "a.jpg", "size": (60, 84)}
    assert out["where"].tolist() == [[54, 5, 74, 25]]
    assert out["points"].tolist() == [[73, 5]]  # index coordinates: 83 - 10


@pytest.mark.parametrize("form", ["XYXY", "XYWH", "CXCYWH"])
def test_formats_of_boxes(photo, form):
    boxes = tv_tensors.BoundingBoxes([[10.0, 5, 30, 25]], format="XYXY", canvas_size=(60, 84))
    ours = v2.functional.convert_bounding_box_format(boxes, new_format=tv_tensors.BoundingBoxFormat[form])
    spec = {"pipeline": [{"center_crop": {"size": [50, 64]}}, {"resize": {"size": [100, 32]}}]}
    transform = augment.compile(spec, "torchvision")
    _, out = transform(chw(photo), ours)
    assert out.format.name == form
    assert out.canvas_size == (100, 32)
    back = v2.functional.convert_bounding_box_format(out, new_format=tv_tensors.BoundingBoxFormat.XYXY)
    assert torch.allclose(back, torch.tensor([[0.0, 0, 10, 40]]), atol=1e-4)


def test_rotated_boxes_are_refused(photo):
    boxes = tv_tensors.BoundingBoxes([[10.0, 5, 30, 25, 45]], format="XYWHR", canvas_size=(60, 84))
    with pytest.raises(SampleError, match=r"rotated ones \(XYWHR\) are not moved"):
        augment.compile(FLIP, "torchvision")(chw(photo), boxes)


def detection(photo):
    boxes = torch.tensor([[2.0, 2, 12, 12], [30, 20, 50, 40], [70, 45, 83, 59]])
    instances = torch.zeros(3, 60, 84, dtype=torch.uint8)
    for layer, (x0, y0, x1, y1) in zip(instances, boxes.int().tolist(), strict=True):
        layer[y0:y1, x0:x1] = 1
    return tv_tensors.Image(chw(photo)), {
        "boxes": tv_tensors.BoundingBoxes(boxes, format="XYXY", canvas_size=(60, 84)),
        "masks": tv_tensors.Mask(instances),
        "labels": torch.tensor([7, 8, 9]),
        "area": torch.tensor([100.0, 400, 182]),
        "iscrowd": torch.tensor([0, 1, 0]),
        "image_id": 17,
    }


def test_detection(photo):
    """What a dataset of torchvision gives: labels, areas and instance masks follow the boxes that are left."""
    spec = {"pipeline": [{"center_crop": {"size": [40, 44]}}, {"resize": {"size": [80, 44]}}]}
    image, target = augment.compile(spec, "torchvision")(detection(photo))
    assert image.shape == (3, 80, 44)
    assert torch.allclose(target["boxes"], torch.tensor([[10.0, 20, 30, 60]]), atol=1e-4)
    assert target["boxes"].canvas_size == (80, 44)
    assert target["labels"].tolist() == [8]
    assert target["labels"].dtype == torch.int64
    assert target["iscrowd"].tolist() == [1]
    assert target["image_id"] == 17
    assert isinstance(target["masks"], tv_tensors.Mask)
    assert target["masks"].shape == (1, 80, 44)
    assert target["area"].tolist() == [400]  # its row, as it was: what carries is chosen, and never computed
    rows, columns = target["masks"][0].nonzero(as_tuple=True)
    assert (columns.min(), rows.min(), columns.max() + 1, rows.max() + 1) == (10, 20, 30, 60)


def test_detection_without_boxes_left_and_without_any(photo):
    far = augment.compile({"pipeline": [{"translate": {"x": "200px"}}]}, "torchvision")
    for sample in (far(detection(photo)), augment.compile(FLIP, "torchvision")(far(detection(photo)))):
        _, target = sample
        assert target["boxes"].shape == (0, 4)
        assert target["masks"].shape == (0, 60, 84)
        assert target["labels"].shape == target["area"].shape == (0,)


def test_plain_tensors_of_detection_by_key(photo):
    _, target = detection(photo)
    plain = {k: v.as_subclass(torch.Tensor) if isinstance(v, torch.Tensor) else v for k, v in target.items()}
    _, out = augment.compile(FLIP, "torchvision")(chw(photo), plain)
    assert out["boxes"].tolist() == [[72, 2, 82, 12], [34, 20, 54, 40], [1, 45, 14, 59]]
    assert torch.equal(out["masks"], plain["masks"].flip(-1))


def test_lists_of_boxes(photo):
    out = augment.compile(FLIP, "torchvision")({"image": chw(photo), "boxes": [[10, 5, 30, 25]], "labels": ["cat"]})
    assert out["boxes"] == [[54, 5, 74, 25]]
    assert out["labels"] == ["cat"]
    assert augment.compile(FLIP, "torchvision")({"image": chw(photo), "boxes": [], "labels": []})["boxes"] == []


def test_keypoints_of_people_follow_their_boxes(photo):
    people = torch.tensor([[[5.0, 5, 2], [6, 6, 1]], [[40, 30, 2], [80, 58, 0]]])
    target = {"boxes": torch.tensor([[2.0, 2, 12, 12], [30, 20, 50, 40]]), "labels": torch.tensor([1, 1]), "keypoints": people}
    _, out = augment.compile({"pipeline": [{"center_crop": {"size": [40, 44]}}]}, "torchvision")(chw(photo), target)
    assert out["keypoints"].tolist() == [[[20, 20, 2], [60, 48, 0]]]


def test_declared_targets_by_place(photo, masks):
    spec = {**FLIP, "targets": {"left": "image", "right": "image", "seg": {"kind": "mask"}, "points": "keypoints"}}
    picture, mask = PIL.Image.fromarray(photo), PIL.Image.fromarray(masks[0])
    out = augment.compile(spec, "torchvision")(picture, chw(photo), mask, torch.tensor([[3.0, 4.0]]))
    assert np.array_equal(np.asarray(out[0]), photo[:, ::-1])
    assert torch.equal(out[1], chw(photo).flip(-1))
    assert np.array_equal(np.asarray(out[2]), masks[0][:, ::-1])
    assert out[3].tolist() == [[80, 4]]


def test_palette_masks_keep_their_palette(photo, masks):
    mask = PIL.Image.fromarray(masks[0], "L").convert("P")
    mask.putpalette([0, 0, 0, 255, 0, 0, 0, 255, 0, 0, 0, 255])
    out = augment.compile(FLIP, "torchvision")({"image": PIL.Image.fromarray(photo), "mask": mask})["mask"]
    assert out.mode == "P"
    assert out.getpalette() == mask.getpalette()
    assert np.array_equal(np.asarray(out), np.asarray(mask)[:, ::-1])


def test_inside_compose(photo):
    ours = augment.compile(CROP, "torchvision")
    after = v2.RandomHorizontalFlip(1.0), v2.ToDtype(torch.float32, scale=True)
    chain = v2.Compose([v2.ToImage(), v2.Resize((60, 84)), ours, *after])
    out, label = chain(PIL.Image.fromarray(photo), 3)
    alone = ours(v2.functional.resize(v2.functional.to_image(photo), [60, 84])).flip(-1) / 255
    assert isinstance(out, tv_tensors.Image)
    assert label == 3
    assert torch.allclose(out, alone)


def test_batches_of_tv_tensors(photos, masks):
    batch = {
        "image": tv_tensors.Image(torch.from_numpy(np.stack(photos)).permute(0, 3, 1, 2)),
        "mask": tv_tensors.Mask(torch.from_numpy(np.stack(masks))[:, None]),
        "labels": torch.tensor([1, 2, 3]), "path": ["a", "b", "c"],
    }  # fmt: skip
    out = augment.compile(FLIP, "torchvision")(batch)
    assert isinstance(out["image"], tv_tensors.Image)
    assert isinstance(out["mask"], tv_tensors.Mask)
    assert torch.equal(out["image"], batch["image"].flip(-1))
    assert torch.equal(out["mask"], batch["mask"].flip(-1))
    assert torch.equal(out["labels"], batch["labels"])
    assert out["path"] == ["a", "b", "c"]
