"""Annotation files that are wrong or mean harm: each is refused with its place and a way out, and nothing else is read."""

import struct
import time
import zlib

import numpy as np
import pytest
from PIL import Image

from augment.data import Folder
from augment.data.segmentation import layer
from augment.errors import FileError, SampleError

from .conftest import samples_in

# XML -----------------------------------------------------------------------------------------------------------------

LAUGHS = "<!DOCTYPE lolz [<!ENTITY a 'ha'>" + "".join(
    f"<!ENTITY {y} '{f'&{x};' * 10}'>" for x, y in zip("abcdefghi", "bcdefghij", strict=True)
) + "]><annotation><object><name>&j;</name></object></annotation>"  # fmt: skip
OUTSIDE = "<!DOCTYPE x [<!ENTITY f SYSTEM 'file:///etc/passwd'>]><annotation><object><name>&f;</name></object></annotation>"
BOX = "<bndbox><xmin>1</xmin><ymin>1</ymin><xmax>{}</xmax><ymax>9</ymax></bndbox>"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (LAUGHS, "has a document type"),
        (OUTSIDE, "has a document type"),
        ("<annotation><object>", "is no XML"),
        ("", "is no XML"),
        ("<a/>", "which begins with <annotation>"),
        ("<annotation><size><width>9</width><height>9</height></size></annotation>", "says 9 x 9, and the picture is 108 x 160"),
        ("<annotation><size><width>1e99</width></size></annotation>", "which is no place in a picture"),
        (f"<annotation><object>{BOX.format(5)}</object></annotation>", "object 1: has no name"),
        (f"<annotation><object><name>x</name>{BOX.format('nan')}</object></annotation>", "bndbox/xmax is nan"),
        (f"<annotation><object><name>x</name>{BOX.format('far')}</object></annotation>", "not 'far'"),
        (f"<annotation><object><name>x</name>{BOX.format(-7)}</object></annotation>", "object 1: its box ends before it begins"),
        ("<annotation><object><name>x</name></object></annotation>", "object 1: needs a number in bndbox/xmin"),
    ],
)
def test_xml(images, voc, text, message):
    (voc / "china.xml").write_text(text)
    start = time.process_time()
    with pytest.raises(FileError, match=message) as caught:
        samples_in(images, voc)
    assert str(voc / "china.xml") in str(caught.value)
    assert time.process_time() - start < 1


# Tables, YAML, masks -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("c.csv", "file_name,text\nchina.png,a\n../x.png,b\n", r"c\.csv:3: file_name: '\.\./x\.png' leads out of the folder"),
        ("c.csv", "file_name,text\nchina.png,a,b\n", r"c\.csv:2: has not as many fields"),
        ("c.csv", "file_name,text\nchina.png\n", r"c\.csv:2: has not as many fields"),
        ("c.csv", 'file_name,text\nchina.png,"a', "is no CSV"),
        ("c.csv", f"file_name,text\nchina.png,{'a' * 200_000}\n", "is no CSV"),
        ("c.csv", "name,text\nchina.png,a\n", "needs a column with the file"),
        ("c.csv", "file,Sentence\nchina.png,a\n", "has a column 'Sentence'; if it holds captions, call it caption"),
        ("c.csv", "image,xmin\nchina.png,3\n", "has 'xmin'; boxes are read from"),
        ("c.jsonl", '{"file_name": "china.png", "text": "a"}\n{"file_name"\n', r"c\.jsonl:2:1: is no JSON"),
        ("c.jsonl", '{"file_name": "china.png", "text": 5}\n{"file_name": "flower.png", "text": "a"}', "text must be text"),
        ("c.jsonl", '{"file_name": "china.png", "text": "a"}\n{"file_name": "x.png"}', r"c\.jsonl:2: has not the columns"),
        ("c.jsonl", "[1]\n", r"c\.jsonl:1: must be an object"),
        ("c.yaml", "names: [" * 5000, "is no YAML"),
        ("c.yaml", "names: [a, a]", "gives two classes one name"),
        ("c.yaml", "names: {0: a, 2: b}", "needs names"),
        ("c.yaml", "!!python/object/apply:os.system ['true']", "is no YAML"),
        ("c.zip", "", "is none of .json"),
    ],
)
def test_files_for_all_pictures(images, tmp_path, name, text, message):
    (tmp_path / name).write_text(text)
    with pytest.raises(FileError, match=message):
        samples_in(images, tmp_path / name)


def test_text_that_is_not_utf8(images, tmp_path):
    (tmp_path / "c.csv").write_bytes("file_name,text\nchina.png,gr\xfc\xdfe\n".encode("latin-1"))
    with pytest.raises(FileError, match=r"c\.csv: is no text in UTF-8"):
        samples_in(images, tmp_path / "c.csv")


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("7 .5 .5 .1 .1", "there is no class 7; .*names 2 classes"),
        ("-1 .5 .5 .1 .1", "no class -1"),
        ("0 50 50 9 9", "not in fractions"),
        ("0 .5 .5 0 .1", "'0 .5 .5 0 .1' has no area: its width is 0; remove that line"),
        ("0 .5 .5 .1 0.0", "has no area: its height is 0; remove that line"),
        ("1 .5 .5 .1 -0.25", "has no area: its height is -0.25; remove that line"),
        ("0.0 .5 .5 .1 .1", "'0.0' is not a class, which is a whole number: write 0"),
        ("1.50 .5 .5 .1 .1", "'1.50' is not a class, which is a whole number from 0 on"),
        ("1e0 .5 .5 .1 .1", "'1e0' is not a class, which is a whole number: write 1"),
        ("cat .5 .5 .1 .1", "'cat' is not a class, which is a whole number from 0 on"),
        ("\u0661 .5 .5 .1 .1", "'\u0661' is not a class, which is a whole number"),
        ("1_0 .5 .5 .1 .1", "'1_0' is not a class, which is a whole number"),
        ("1 0_1 .5 .1 .1", "'0_1' is no number"),
        ("1 \u0661 .5 .1 .1", "'\u0661' is no number"),
        ("1 .5 .5 nan .1", "'nan' is no number"),
        ("1 .5 .5 inf .1", "'inf' is no number"),
        ("1 .5 .5 1e400 .1", "not in fractions"),
    ],
)
def test_yolo(images, tmp_path, line, message):
    (tmp_path / "data.yaml").write_text("names: [a, b]")
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "china.txt").write_text(f"0 .5 .5 .1 .1\n{line}\n")
    with pytest.raises(FileError, match=rf"china\.txt:2: .*{message}"):
        samples_in(images, tmp_path / "data.yaml")


def test_yolo_files_of_other_pictures_are_no_background(images, tmp_path):
    (tmp_path / "labels").mkdir()
    (tmp_path / "labels" / "other.txt").write_text("0 .5 .5 .1 .1")
    with pytest.raises(FileError, match=r"none of the 2 pictures has its label file; the first would be .*labels/china\.txt"):
        samples_in(images, tmp_path / "labels")


def test_links_that_lead_back_are_not_followed(images):
    (images / "sub").mkdir()
    (images / "sub" / "back").symlink_to(images)
    assert [item.key for item in Folder(images, {}).items] == ["china", "flower"]


def test_yolo_reads_nothing_outside_its_folder(images, tmp_path):
    (tmp_path / "set").mkdir()
    (tmp_path / "set" / "data.yaml").write_text("names: [a]\ntrain: ../images\npath: /etc")
    with pytest.raises(FileError, match=r"china\.png: is not below .*set"):
        samples_in(images, tmp_path / "set" / "data.yaml")


def test_masks_that_do_not_fit(images, tmp_path):
    (tmp_path / "masks").mkdir()
    for name, size in (("china", (160, 108)), ("flower", (108, 160))):
        Image.new("L", size).save(tmp_path / "masks" / f"{name}.png")
    folder = Folder(images, {}, masks=tmp_path / "masks")
    assert folder[0]["mask"].shape == (108, 160)
    with pytest.raises(FileError, match=r"masks/flower\.png: the mask is 160 x 108, and its picture .*flower\.png is 108 x 160"):
        folder[1]
    Image.new("L", (160, 108)).save(tmp_path / "masks" / "flower_mask.png")
    with pytest.raises(FileError, match=r"the mask of flower\.png may be this or flower_mask\.png"):
        Folder(images, {}, masks=tmp_path / "masks")


def test_pictures_and_masks_of_huge_size(images, tmp_path):
    def chunk(kind, data):
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    (tmp_path / "masks").mkdir()
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 50_000, 50_000, 8, 0, 0, 0, 0))
    (tmp_path / "masks" / "china.png").write_bytes(b"\x89PNG\r\n\x1a\n" + header + chunk(b"IEND", b""))
    with pytest.raises(FileError, match=r"masks/china\.png: .*more than 100,000,000 pixels"):
        Folder(images, {}, masks=tmp_path / "masks")[0]


@pytest.mark.parametrize("arguments", [("--classes",), ("--labels", "nowhere"), ("--masks", "nowhere")])
def test_what_is_not_there(augment, spec, images, tmp_path, arguments):
    result = augment("apply", spec(), images, tmp_path / "out", *arguments)
    assert result.exit_code == 1
    assert result.stderr.startswith("error: ")
    assert not (tmp_path / "out").exists()


# Segmentations -------------------------------------------------------------------------------------------------------


def test_polygons_agree_with_points_in_polygons():
    from skimage.draw import polygon2mask

    random = np.random.default_rng(3)
    for _ in range(50):
        angles = np.sort(random.random(9)) * 2 * np.pi
        reach = random.uniform(5, 45, 9)
        ring = np.stack([60 + reach * np.cos(angles), 40 + reach * np.sin(angles)], axis=1)
        wanted = polygon2mask((80, 120), ring[:, ::-1] - 0.5)
        np.testing.assert_array_equal(layer([ring.reshape(-1).tolist()], (80, 120)), wanted)


def test_packed_runs():
    """The string was written by pycocotools 2.0.11."""
    mask = np.zeros((7, 9), np.uint8)
    mask[2:6, 3:8] = 1
    mask[0, 0] = 1
    np.testing.assert_array_equal(layer({"size": [7, 9], "counts": "01f03]O00000005"}, (7, 9)), mask)


def test_all_errors_are_of_the_project():
    random = np.random.default_rng(5)
    for _ in range(300):
        text = "".join(chr(c) for c in random.integers(32, 127, random.integers(0, 12)))
        try:
            layer({"size": [6, 5], "counts": text}, (6, 5))
        except SampleError:
            continue
        pytest.fail(f"{text!r} cannot add up to 30 pixels by chance")
