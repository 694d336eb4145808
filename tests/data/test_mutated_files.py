"""Files that are broken in thousands of ways: each is told with its name and a reason, and none ends the run."""

import io
import json
import os
import signal

import numpy as np
import pytest
from PIL import Image

from augment.data import Folder, Runner, read_image, read_mask
from augment.errors import AugmentError, FileError

MUTATIONS = 400
"""Of each file."""


def _saved(array, form, **options):
    file = io.BytesIO()
    Image.fromarray(array).save(file, form, **options)
    return file.getvalue()


def _array(array):
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def _pictures():
    colours = np.random.default_rng(5).integers(0, 255, (12, 9, 3), np.uint8)
    grey, exif = colours[..., 0], Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "a picture"
    return {
        "a.jpg": _saved(colours, "jpeg", exif=exif),
        "a.png": _saved(colours, "png", exif=exif),
        "palette.png": _saved(grey, "png", transparency=3),
        "a.bmp": _saved(colours, "bmp"),
        "a.tif": _saved(colours, "tiff", exif=exif),
        "deflated.tiff": _saved(grey, "tiff", compression="tiff_deflate"),
        "a.webp": _saved(colours, "webp", exif=exif),
        "a.gif": _saved(grey, "gif"),
        "a.ppm": _saved(colours, "ppm"),
        "a.npy": _array(colours),
        "floats.npy": _array(grey / 255),
    }


def _mutated(data, rng):
    """Bytes changed, taken out, put in, cut off; most in the head, which tells what the rest is."""
    data = bytearray(data)
    for _ in range(int(rng.integers(1, 6))):
        at = int(rng.integers(0, min(len(data), 200) if rng.random() < 0.7 else len(data)) if data else 0)
        match int(rng.integers(0, 5)):
            case 0 | 1 if data:
                data[at] = int(rng.choice([0, 1, 0x20, 0x2D, 0x7F, 0x80, 0xFF, int(rng.integers(0, 256))]))
            case 2:
                del data[at : at + int(rng.integers(1, 9))]
            case 3:
                data[at:at] = bytes(rng.integers(0, 256, int(rng.integers(1, 9)), np.uint8))
            case 4 if rng.random() < 0.3:
                del data[at:]
    return bytes(data)


@pytest.mark.parametrize("name", _pictures())
@pytest.mark.filterwarnings("ignore")
def test_mutated_pictures_are_read_or_told(tmp_path, name):
    whole, path = _pictures()[name], tmp_path / name
    rng = np.random.default_rng(len(whole))
    told = 0
    for _ in range(MUTATIONS):
        path.write_bytes(_mutated(whole, rng))
        for read in (read_image, read_mask):
            try:
                read(path)
            except FileError as error:
                told += 1
                assert str(error).startswith(f"{path}: ")
                assert len(str(error)) < len(str(path)) + 200
    assert told > MUTATIONS / 4


def _labels():
    box = {"bbox": [1, 2, 4, 5], "image_id": 1, "category_id": 1, "id": 1, "segmentation": [[1, 1, 5, 1, 5, 5]]}
    coco = {"images": [{"id": 1, "file_name": "a.png"}], "categories": [{"id": 1, "name": "x"}], "annotations": [box]}
    edges = "<bndbox><xmin>1</xmin><ymin>2</ymin><xmax>5</xmax><ymax>6</ymax></bndbox>"
    inner = f"<name>x</name>{edges}<part><name>y</name>{edges}</part><point><x>1</x><y>2</y></point>"
    return {
        "yolo/a.txt": b"0 0.5 0.5 0.25 0.25\n1 0.25 0.25 0.125 0.125\n",
        "voc/a.xml": f"<annotation><size><width>9</width></size><object>{inner}</object></annotation>".encode(),
        "json/a.json": json.dumps({"boxes": [[1, 2, 5, 6]], "labels": ["x"], "keypoints": [[1, 2]]}).encode(),
        "coco.json": json.dumps(coco).encode(),
        "captions.csv": b'file_name,text,by\na.png,"a cat, ""red""",me\na.png,more,you\n',
        "captions.jsonl": b'{"file_name": "a.png", "text": "a cat"}\n{"file_name": "a.png", "text": "b"}\n',
        "set/data.yaml": b"names: [a, b]\ntrain: images\n",
    }


@pytest.mark.parametrize("name", _labels())
def test_mutated_annotations_are_read_or_told(tmp_path, name):
    whole, path = _labels()[name], tmp_path / name
    images = tmp_path / ("set/images" if name.startswith("set") else "images")
    images.mkdir(parents=True)
    path.parent.mkdir(exist_ok=True)
    (images / "a.png").write_bytes(_pictures()["palette.png"])
    if name.startswith("set"):
        (tmp_path / "set" / "labels").mkdir()
        (tmp_path / "set" / "labels" / "a.txt").write_bytes(_labels()["yolo/a.txt"])
    labels = path if path.parent == tmp_path or name.startswith("set") else path.parent
    rng = np.random.default_rng(len(whole))
    for _ in range(MUTATIONS):
        path.write_bytes(_mutated(whole, rng))
        try:
            sample = Folder(images, {}, labels=labels)[0]
            assert sample["image"].shape == (12, 9)
        except AugmentError as error:
            assert name.rpartition("/")[2] in str(error) or "a.png" in str(error)


# What is no file as others are -------------------------------------------------------------------------------------


def _header(text):
    """A .npy of which the head is this."""
    text = f"{text:<117}\n".encode("latin-1")
    return b"\x93NUMPY\x01\x00" + len(text).to_bytes(2, "little") + text


def _tiff_without(tag):
    data = bytearray(_pictures()["a.tif"])
    directory = int.from_bytes(data[4:8], "little")
    for i in range(int.from_bytes(data[directory : directory + 2], "little")):
        at = directory + 2 + 12 * i
        if int.from_bytes(data[at : at + 2], "little") == tag:
            data[at : at + 2] = (0xFDE8 + i).to_bytes(2, "little")
    return bytes(data)


BROKEN = {
    "head.npy": lambda path: path.write_bytes(_header("{'descr': '|u1', 'fortran_order': False, 'shape': (4,")),
    "negative.npy": lambda path: path.write_bytes(_header("{'descr': '|u1', 'fortran_order': False, 'shape': (-4, 4), }")),
    "both negative.npy": lambda path: path.write_bytes(_header("{'descr': '|u1', 'fortran_order': False, 'shape': (-4, -4), }")),
    "large.npy": lambda path: path.write_bytes(_header(f"{{'descr': '|u1', 'fortran_order': False, 'shape': ({2**62}, 8), }}")),
    "nested.npy": lambda path: path.write_bytes(_header("(" * 110)),
    "no width.tif": lambda path: path.write_bytes(_tiff_without(256)),
    "no height.tif": lambda path: path.write_bytes(_tiff_without(257)),
    "itself.png": lambda path: path.symlink_to(path.name),
    "circle.png": lambda path: (path.symlink_to("other.png"), path.with_name("other.png").symlink_to(path.name)),
    "nowhere.png": lambda path: path.symlink_to("nothing"),
    "pipe.npy": lambda path: os.mkfifo(path),
    "pipe.png": lambda path: os.mkfifo(path),
    "zeros.npy": lambda path: path.symlink_to("/dev/zero"),
    "zeros.png": lambda path: path.symlink_to("/dev/zero"),
}


class Late(BaseException):
    """No error, which would be told as one of a file."""


@pytest.fixture
def in_time():
    """End the test where it waits for what never comes."""

    def late(*_):
        raise Late

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(30)
    yield
    signal.alarm(0)
    signal.signal(signal.SIGALRM, before)


@pytest.mark.parametrize(("name", "workers"), [*((name, 0) for name in BROKEN), ("head.npy", 2), ("itself.png", 2)])
def test_one_bad_file_does_not_end_the_run(augment, spec, images, tmp_path, in_time, name, workers):
    BROKEN[name](images / name)
    bad = 2 if name == "circle.png" else 1
    result = augment("apply", spec(), images, tmp_path / "out", "--workers", workers)
    assert result.exit_code == 1
    lines = result.stderr.splitlines()
    assert len(lines) == bad
    assert any(line.startswith(f"failed: {images / name}: ") for line in lines)
    assert result.stdout == f"2 of {2 + bad} made in {tmp_path / 'out'}, {bad} failed\n"


@pytest.mark.parametrize("kind", ["masks", "labels"])
@pytest.mark.parametrize("how", ["itself", "pipe", "folder"])
def test_one_bad_mask_or_label_file_does_not_end_the_run(augment, spec, images, tmp_path, in_time, kind, how):
    folder, suffix = tmp_path / kind, {"masks": ".png", "labels": ".json"}[kind]
    folder.mkdir()
    for name in ("china", "flower"):
        if kind == "masks":
            Image.new("L", (160, 108)).save(folder / f"{name}.png")
        else:
            (folder / f"{name}.json").write_text("{}")
    path = folder / f"china{suffix}"
    path.unlink()
    {"itself": lambda: path.symlink_to(path.name), "pipe": lambda: os.mkfifo(path), "folder": path.mkdir}[how]()
    result = augment("apply", spec(), images, tmp_path / "out", f"--{kind}", folder)
    assert result.exit_code == 1
    assert result.stdout.startswith("1 of 2 made")
    assert f"failed: {images / 'china.png'}: {path}: " in result.stderr


def test_a_folder_that_cannot_be_read_is_told(augment, spec, images, tmp_path, monkeypatch):
    """As one of another user is; those who run tests as root may read all, so the system's answer is put in its place."""
    (images / "closed").mkdir()
    Image.new("RGB", (8, 8)).save(images / "closed" / "secret.png")
    scandir = os.scandir

    def closed(path="."):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied", str(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", closed)
    monkeypatch.setattr(os, "listdir", lambda path=".": [entry.name for entry in closed(path)])
    result = augment("apply", spec(), images, tmp_path / "out")
    assert result.exit_code == 1
    assert result.stdout.startswith("2 of 3 made")
    assert f"failed: {images / 'closed'}: cannot be read (Permission denied)" in result.stderr


ERRORS = [RuntimeError("it broke"), MemoryError(), RecursionError("deep"), KeyError("x"), AssertionError()]


@pytest.mark.parametrize("error", ERRORS)
@pytest.mark.parametrize("where", ["sample", "writing"])
def test_whatever_a_sample_raises_is_told_with_its_file(augment, spec, images, tmp_path, monkeypatch, error, where):
    from augment.data.output import Output

    owner, name = (Runner, "_make") if where == "sample" else (Output, "write")
    made = getattr(owner, name)

    def raising(self, *arguments):
        if any("china" in str(getattr(a, "image", "")) for a in arguments):
            raise error
        return made(self, *arguments)

    monkeypatch.setattr(owner, name, raising)
    result = augment("apply", spec(), images, tmp_path / "out")
    assert result.exit_code == 1
    assert result.stdout.startswith("1 of 2 made")
    [line] = result.stderr.splitlines()
    assert line.startswith(f"failed: {images / 'china.png'}: {type(error).__name__}")
    assert str(error) in line
