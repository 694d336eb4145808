"""EXIF orientation: a file is turned as it is read, with its mask; a picture that is decoded already stays as it lies."""

import io
import json

import datasets
import numpy as np
import pytest
import torch
from PIL import Image
from torchvision.datasets import CocoDetection, ImageFolder, VOCDetection

from augment.data import Folder, read_image, samples_of
from augment.errors import FileError

ORIENTATION = 0x0112
STORED = {  # orientation -> how the upright picture lies in the file
    1: lambda a: a, 2: np.fliplr, 3: lambda a: np.rot90(a, 2), 4: np.flipud, 5: lambda a: np.rot90(np.flipud(a), -1),
    6: np.rot90, 7: lambda a: np.rot90(np.flipud(a)), 8: lambda a: np.rot90(a, -1),
}  # fmt: skip
BOX = (12, 6, 30, 16)
SIZE = (40, 28)
"""Width and height."""


@pytest.fixture
def upright():
    """Dark, with a bright rectangle where the box is, and a corner by which each turn is told from the others."""
    picture = np.full((SIZE[1], SIZE[0], 3), 20, np.uint8)
    picture[BOX[1] : BOX[3], BOX[0] : BOX[2]] = 220
    picture[:3, :5] = 120
    return picture


def _tagged(orientation):
    exif = Image.Exif()
    exif[ORIENTATION] = orientation
    return exif


def _save(path, array, orientation, palette=False):
    picture = Image.fromarray(np.ascontiguousarray(STORED[orientation](array)))
    if palette:
        picture.putpalette([0, 0, 0, 200, 10, 10, 10, 200, 10])
    options = {".webp": {"lossless": True}, ".jpg": {"quality": 100, "subsampling": 0}}.get(path.suffix, {})
    picture.save(path, exif=_tagged(orientation), **options)


def _decoded(array, orientation):
    """A picture as libraries hand it on that open a file and do not turn it: stored as it lies, with its tag."""
    file = io.BytesIO()
    Image.fromarray(array).save(file, "png", exif=_tagged(orientation))
    picture = Image.open(io.BytesIO(file.getvalue()))
    assert picture.getexif()[ORIENTATION] == orientation
    return picture


def _bright(image):
    """The box of what is bright."""
    rows, columns = np.nonzero(np.asarray(image)[..., 0] > 180)
    return columns.min(), rows.min(), columns.max() + 1, rows.max() + 1


# Files ---------------------------------------------------------------------------------------------------------------

MASKS = {
    "labels": (lambda a: a[..., 0] // 100, ".png"),
    "palette": (lambda a: a[..., 0] // 100, ".png"),
    "deep": (lambda a: a[..., 0].astype(np.uint16) * 200, ".png"),
    "colours": (lambda a: a, ".png"),
    "bits": (lambda a: a[..., 0] > 100, ".png"),
    "tiff": (lambda a: a[..., 0] // 100, ".tiff"),
    "webp": (lambda a: a, ".webp"),
}


PAIRS = [(".png", kind) for kind in MASKS] + [(suffix, "labels") for suffix in (".webp", ".tiff", ".jpg")]


@pytest.mark.parametrize(("suffix", "kind"), PAIRS)
@pytest.mark.parametrize("orientation", STORED)
def test_picture_and_mask_of_one_content_stay_one(augment, spec, tmp_path, upright, read, orientation, suffix, kind):
    make, mask_suffix = MASKS[kind]
    for name in ("images", "masks"):
        (tmp_path / name).mkdir()
    _save(tmp_path / "images" / f"a{suffix}", upright, orientation)
    _save(tmp_path / "masks" / f"a{mask_suffix}", make(upright), orientation, kind == "palette")
    path = spec("pipeline: [horizontal_flip: {p: 1}]")
    result = augment("apply", path, tmp_path / "images", tmp_path / "out", "--masks", tmp_path / "masks")
    assert (result.exit_code, result.stderr) == (0, "")
    wanted = upright[:, ::-1]
    np.testing.assert_array_equal(read(tmp_path / "out" / "masks" / "a.png"), make(wanted))
    made = read(tmp_path / "out" / "images" / "a.png")
    np.testing.assert_allclose(made, wanted, atol=0 if suffix != ".jpg" else 3)
    if kind == "palette":
        assert Image.open(tmp_path / "out" / "masks" / "a.png").getpalette()[3:6] == [200, 10, 10]


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "I;16", "F"])
@pytest.mark.parametrize("orientation", STORED)
def test_every_mode_of_a_tiff_is_turned(tmp_path, upright, orientation, mode):
    """Pillow turns these itself, but for what it maps into memory."""
    grey = upright[..., 0]
    made = {"L": grey, "RGB": upright, "RGBA": np.dstack([upright, grey]), "I;16": grey.astype(np.uint16) * 200}
    wanted = made.get(mode, grey.astype(np.float32))
    _save(tmp_path / "a.tiff", wanted, orientation)
    np.testing.assert_array_equal(read_image(tmp_path / "a.tiff"), wanted)


FORMS = ("yolo", "voc", "coco", "json")


def _write_labels(form, folder, name):
    x0, y0, x1, y1 = BOX
    width, height = SIZE
    if form == "yolo":
        numbers = (x0 + x1) / 2 / width, (y0 + y1) / 2 / height, (x1 - x0) / width, (y1 - y0) / height
        (folder / "a.txt").write_text(f"0 {' '.join(map(str, numbers))}\n")
    elif form == "voc":
        edges = f"<xmin>{x0 + 1}</xmin><ymin>{y0 + 1}</ymin><xmax>{x1}</xmax><ymax>{y1}</ymax>"
        (folder / "a.xml").write_text(f"<annotation><object><name>x</name><bndbox>{edges}</bndbox></object></annotation>")
    elif form == "coco":
        data = {
            "images": [{"id": 1, "file_name": name, "width": width, "height": height}],
            "categories": [{"id": 1, "name": "x"}],
            "annotations": [{"id": 1, "image_id": 1, "category_id": 1, "bbox": [x0, y0, x1 - x0, y1 - y0]}],
        }
        (folder / "all.json").write_text(json.dumps(data))
        return folder / "all.json"
    else:
        (folder / "a.json").write_text(json.dumps({"boxes": [BOX], "labels": ["x"]}))
    return folder


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("orientation", STORED)
def test_boxes_of_files_are_of_the_upright_picture(tmp_path, upright, orientation, form):
    (tmp_path / "images").mkdir()
    (tmp_path / "labels").mkdir()
    _save(tmp_path / "images" / "a.png", upright, orientation)
    labels = _write_labels(form, tmp_path / "labels", "a.png")
    [sample] = Folder(tmp_path / "images", {}, labels=labels)
    np.testing.assert_array_equal(sample["image"], upright)
    np.testing.assert_allclose(sample["boxes"], [_bright(sample["image"])], atol=1e-6)


def test_a_mask_that_fits_the_picture_as_it_is_stored_is_told_so(tmp_path, upright):
    for name in ("images", "masks"):
        (tmp_path / name).mkdir()
    _save(tmp_path / "images" / "a.png", upright, 6)
    Image.fromarray(np.rot90(upright[..., 0]).copy()).save(tmp_path / "masks" / "a.png")
    with pytest.raises(FileError, match=r"mask is 40 x 28, .*28 x 40.* does one of the two lack it"):
        Folder(tmp_path / "images", {}, masks=tmp_path / "masks")[0]


# Pictures that are decoded already -----------------------------------------------------------------------------------


class Rows:
    """A data set of the elements given."""

    def __init__(self, elements):
        self.elements = elements

    def __len__(self):
        return len(self.elements)

    def __getitem__(self, at):
        return self.elements[at]


X0, Y0, X1, Y1 = BOX
XYWH = [X0, Y0, X1 - X0, Y1 - Y0]
EDGES = {"xmin": X0 + 1, "ymin": Y0 + 1, "xmax": X1, "ymax": Y1}
DECODED = {
    "pair of mapping": lambda p, m: (p, {"boxes": [BOX], "labels": [1]}),
    "pair of tensors": lambda p, m: (p, {"boxes": torch.tensor([BOX]), "labels": torch.tensor([1])}),
    "pair of COCO": lambda p, m: (p, [{"bbox": XYWH, "category_id": 1}]),
    "pair of VOC": lambda p, m: (p, {"annotation": {"object": [{"name": "x", "bndbox": EDGES}]}}),
    "mapping": lambda p, m: {"image": p, "boxes": [BOX], "labels": [1]},
    "other names": lambda p, m: {"img": p, "bboxes": [BOX], "label": [1]},
    "objects": lambda p, m: {"image": p, "objects": {"bbox": [XYWH], "category": [1]}},
    "mask": lambda p, m: {"image": p, "mask": m},
    "pair of masks": lambda p, m: (p, m),
    "labelled by masks": lambda p, m: {"image": p, "label": m},
    "alone": lambda p, m: p,
}


@pytest.mark.parametrize("form", DECODED)
@pytest.mark.parametrize("orientation", STORED)
def test_what_is_decoded_stays_as_it_lies(upright, orientation, form):
    picture, mask = _decoded(upright, orientation), _decoded(upright[..., 0] // 100, orientation)
    [sample] = samples_of(Rows([DECODED[form](picture, mask)]))
    np.testing.assert_array_equal(sample["image"], upright)
    if "boxes" in sample:
        np.testing.assert_allclose(np.asarray(sample["boxes"]), [_bright(sample["image"])])
    if "mask" in form:
        np.testing.assert_array_equal(sample["mask"], upright[..., 0] // 100)


@pytest.mark.parametrize("library", ["torchvision classes", "torchvision COCO", "torchvision VOC", "Hugging Face"])
@pytest.mark.parametrize("orientation", [3, 6])
def test_libraries_decide_on_their_pictures(tmp_path, upright, orientation, library):
    """The picture is what the library hands on, to the pixel, in the place of its boxes."""
    exif = _tagged(orientation)
    if library == "torchvision classes":
        (tmp_path / "x").mkdir()
        Image.fromarray(upright).save(tmp_path / "x" / "a.png", exif=exif)
        dataset = ImageFolder(tmp_path)
        native = dataset[0][0]
    elif library == "torchvision COCO":
        dataset = CocoDetection.__new__(CocoDetection)  # without pycocotools: what it does with the files is _load_image
        Image.fromarray(upright).save(tmp_path / "a.png", exif=exif)

        class Index:
            def loadImgs(self, _):
                return [{"file_name": "a.png"}]

        dataset.root, dataset.coco = str(tmp_path), Index()
        native = dataset._load_image(1)
        dataset = Rows([(native, [{"bbox": XYWH, "category_id": 1}])])
    elif library == "torchvision VOC":
        root = tmp_path / "VOCdevkit" / "VOC2012"
        for name in ("JPEGImages", "Annotations", "ImageSets/Main"):
            (root / name).mkdir(parents=True)
        Image.fromarray(upright).save(root / "JPEGImages" / "a.jpg", quality=95, exif=exif)
        _write_labels("voc", root / "Annotations", "a.jpg")
        (root / "ImageSets" / "Main" / "train.txt").write_text("a\n")
        dataset = VOCDetection(tmp_path, image_set="train")
        native = dataset[0][0]
    else:
        Image.fromarray(upright).save(tmp_path / "a.png", exif=exif)
        rows = {"image": [str(tmp_path / "a.png")], "objects": [{"bbox": [XYWH], "category": [1]}]}
        dataset = datasets.Dataset.from_dict(rows).cast_column("image", datasets.Image())
        native = dataset[0]["image"]
    [sample] = samples_of(dataset)
    np.testing.assert_array_equal(sample["image"], np.asarray(native.convert("RGB")))
    if "boxes" in sample and sample["image"].shape == upright.shape and library != "Hugging Face":
        np.testing.assert_allclose(sample["boxes"], [_bright(sample["image"])])
