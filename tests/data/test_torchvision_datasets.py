"""Data sets of torchvision: COCO, VOC and folders of classes."""

import numpy as np
import pytest
from PIL import Image
from torchvision.datasets import ImageFolder, VOCDetection, VOCSegmentation

import augment as library
from augment.data import samples_of
from augment.errors import SampleError
from augment.sample import Target

from .conftest import BOXES, NAMES, coco

DECLARED = {"image": Target(kind="image"), "boxes": Target(kind="boxes", format="xywh")}


def test_torchvision_on_coco(images, write_coco, china):
    """What CocoDetection returns, without pycocotools: a pair of picture and the annotations of its image."""
    own = [a for a in coco()["annotations"] if a["image_id"] == 7]
    [sample, empty] = samples_of([(Image.fromarray(china), own), (Image.fromarray(china), [])])
    np.testing.assert_allclose(sample["boxes"], BOXES["china"])
    assert sample["labels"] == [17, 18]
    assert empty["boxes"].shape == (0, 4)


def test_torchvision_on_voc(images, voc, tmp_path):
    root = tmp_path / "VOCdevkit" / "VOC2012"
    for source, name in ((images, "JPEGImages"), (voc, "Annotations"), (images, "SegmentationClass")):
        (root / name).mkdir(parents=True)
        for path in source.iterdir():
            suffix = ".jpg" if name == "JPEGImages" else path.suffix
            (root / name / f"{path.stem}{suffix}").write_bytes(path.read_bytes())
    for kind in ("Main", "Segmentation"):
        (root / "ImageSets" / kind).mkdir(parents=True)
        (root / "ImageSets" / kind / "train.txt").write_text("china\nflower\n")
    samples = samples_of(VOCDetection(tmp_path, image_set="train"))
    for sample, name in zip(samples, BOXES, strict=True):
        np.testing.assert_allclose(sample["boxes"], BOXES[name])
        assert sample["labels"] == NAMES[name]
    mask = samples_of(VOCSegmentation(tmp_path, image_set="train"))[0]["mask"]
    assert mask.shape[:2] == (108, 160)


EDGES = ("xmin", "ymin", "xmax", "ymax")
FLIP = {"pipeline": [{"horizontal_flip": {"p": 1}}]}


def _as_voc(name):
    """What VOCDetection hands on beside its picture: texts, nested as the file is."""
    boxes = [{edge: str(x) for edge, x in zip(EDGES, (x0 + 1, y0 + 1, x1, y1), strict=True)} for x0, y0, x1, y1 in BOXES[name]]
    things = [{"name": label, "difficult": "0", "bndbox": box} for label, box in zip(NAMES[name], boxes, strict=True)]
    return {"annotation": {"filename": f"{name}.png", "object": things}}


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
@pytest.mark.parametrize("form", ["one object", "several"])
def test_boxes_of_voc_move_with_their_picture(photographs, backend, form):
    """As a pair; so does what a compiled object makes of the samples, and a pair of one object is one box."""
    name = {"one object": "flower", "several": "china"}[form]
    target = _as_voc(name)
    samples = samples_of([(Image.fromarray(photographs[name]), target)])
    made = library.apply(FLIP, samples[0], backend=backend)
    over = library.compile(FLIP, backend).over(samples)[0]
    mirrored = [(160 - x1, y0, 160 - x0, y1) for x0, y0, x1, y1 in BOXES[name]]
    for one in (made, over):
        np.testing.assert_allclose(np.asarray(one["boxes"]), mirrored, atol=0.01)
        assert list(one["labels"]) == NAMES[name]
    np.testing.assert_array_equal(np.asarray(made["image"]), photographs[name][:, ::-1])


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
@pytest.mark.parametrize("how", ["a mapping", "over mappings", "over pairs"])
def test_boxes_of_voc_are_refused_where_nothing_moves_them(photographs, backend, how):
    picture, target = Image.fromarray(photographs["china"]), _as_voc("china")
    pictures = np.asarray(picture)
    made = library.compile(FLIP, backend)
    uses = {
        "a mapping": lambda: library.apply(FLIP, {"image": pictures, **target}, backend=backend),
        "over pairs": lambda: made.over([(picture, target)])[0],
        "over mappings": lambda: made.over([{"image": pictures, **target}])[0],
    }
    # some containers take no pairs, or no PIL images
    told = "bndbox|annotation" if how != "over pairs" else "bndbox|annotation|not tuple|NumPy array"
    with pytest.raises(SampleError, match=told):
        uses[how]()


def test_torchvision_on_class_folders(images):
    for name in ("b", "a"):
        (images / name).mkdir()
        (images / "china.png").rename(images / name / "x.png")
        (images / "flower.png").rename(images / "china.png") if name == "b" else None
    assert [sample["labels"] for sample in samples_of(ImageFolder(images))] == [0, 1]
