"""Pictures that cannot be augmented: each is named with its reason, the rest is done, and nothing half-written is left."""

import io
import os
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ..conftest import results_of


def _png(picture: Image.Image, **options) -> bytes:
    file = io.BytesIO()
    picture.save(file, "png", **options)
    return file.getvalue()


def _jpeg(picture: Image.Image) -> bytes:
    file = io.BytesIO()
    picture.save(file, "jpeg")
    return file.getvalue()


def _npy(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array)
    return file.getvalue()


def _photo(size=(64, 48)) -> Image.Image:
    return Image.effect_noise(size, 60).convert("RGB")


def _claims_size(width: int, height: int) -> bytes:
    """A PNG of a few bytes that says it is huge."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def _frames() -> bytes:
    file = io.BytesIO()
    _photo().save(file, "gif", save_all=True, append_images=[_photo(), _photo()])
    return file.getvalue()


def _deep() -> bytes:
    """A PNG of 16 bits in each of three channels."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = struct.pack(">IIBBBBB", 4, 4, 16, 2, 0, 0, 0)
    rows = zlib.compress((b"\0" + b"\x12\x34" * 12) * 4)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def _with_nan() -> np.ndarray:
    image = np.full((8, 8, 3), 0.5, np.float32)
    image[2, 3] = np.nan
    return image


BAD = {
    "cut-off.jpg": (lambda: _jpeg(_photo())[:600], "damaged or cut off"),
    "cut-off.png": (lambda: _png(_photo())[:-2000], "damaged or cut off"),
    "empty.png": (lambda: b"", "is empty"),
    "text.jpg": (lambda: b"not a picture at all", "no picture that Pillow can read"),
    "print.jpg": (lambda: _jpeg(_photo().convert("CMYK")), "is CMYK"),
    "huge.png": (lambda: _claims_size(15_000, 10_000), "more than 100,000,000 pixels"),
    "bomb.png": (lambda: _claims_size(60_000, 60_000), "more than 100,000,000 pixels"),
    "film.gif": (_frames, "holds 3 pictures"),
    "deep.png": (_deep, "16 bits a colour"),
    "grey16.png": (lambda: _png(Image.fromarray(np.full((8, 8), 3000, np.uint16))), "begin with to_float"),
    "nan.npy": (lambda: _npy(_with_nan()), "not finite"),
    "levels.npy": (lambda: _npy(np.full((8, 8, 3), 128.0, np.float32)), "divide by 255"),
    "negative.npy": (lambda: _npy(np.full((8, 8, 3), -0.5, np.float32)), "floats are 0 to 1"),
    "none.npy": (lambda: _npy(np.zeros((0, 8, 3), np.uint8)), "has no pixels"),
    "integers.npy": (lambda: _npy(np.full((8, 8, 3), 1000, np.int32)), "levels from 0 to 255"),
    "complex.npy": (lambda: _npy(np.zeros((8, 8, 3), complex)), "complex128"),
    "flat.npy": (lambda: _npy(np.zeros(64, np.uint8)), "an image has the shape"),
    "channels.npy": (lambda: _npy(np.zeros((3, 32, 32), np.uint8)), "channels come last"),
    "objects.npy": (lambda: _npy(np.array([{}], object)), "no array that NumPy can read"),
    "noise.npy": (lambda: b"\x93NUMPY garbage", "no array that NumPy can read"),
}


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "in"
    folder.mkdir()
    for i in range(2):
        _photo().save(folder / f"good{i}.png")
    return folder


@pytest.mark.parametrize("name", BAD)
def test_a_bad_picture_is_named_and_the_rest_is_done(augment, spec, folder, tmp_path, name):
    make, reason = BAD[name]
    (folder / name).write_bytes(make())
    result = augment("apply", spec("pipeline: [brightness: 1.1]"), folder, tmp_path / "out")
    assert result.exit_code == 1
    [line] = result.stderr.splitlines()
    assert line.startswith(f"failed: {folder / name}: ")
    assert reason in line
    assert result.stdout == f"2 of 3 made in {tmp_path / 'out'}, 1 failed\n"
    assert sorted(results_of(tmp_path / "out")) == ["good0.png", "good1.png"]


def test_all_bad_pictures_of_a_folder_are_listed(augment, spec, folder, tmp_path):
    for name, (make, _) in BAD.items():
        if name != "cut-off.png":  # which has the name of another
            (folder / name).write_bytes(make())
    result = augment("apply", spec("pipeline: [brightness: 1.1]"), folder, tmp_path / "out", "--workers", 2)
    assert result.exit_code == 1
    assert len(result.stderr.splitlines()) == len(BAD) - 1
    assert sorted(results_of(tmp_path / "out")) == ["good0.png", "good1.png"]


def test_what_cannot_be_written_leaves_nothing(augment, spec, folder, tmp_path, monkeypatch):
    synced = os.fsync

    def full_disk(number):
        if "good0" in Path(f"/proc/self/fd/{number}").readlink().name:
            raise OSError(28, "No space left on device")
        return synced(number)

    monkeypatch.setattr(os, "fsync", full_disk)
    result = augment("apply", spec("pipeline: [brightness: 1.1]"), folder, tmp_path / "out")
    assert result.exit_code == 1
    assert "good0.png: cannot be written (No space left on device)" in result.stderr
    assert sorted(results_of(tmp_path / "out")) == ["good1.png"]


def test_pictures_that_are_unusual_but_fine(augment, spec, folder, tmp_path):
    rgb = _photo()
    rgb.convert("P").save(folder / "palette.png")
    rgb.convert("L").save(folder / "grey.png")
    rgb.convert("1").save(folder / "bits.png")
    rgb.convert("RGBA").save(folder / "alpha.png")
    rgb.convert("LA").save(folder / "grey-alpha.png")
    rgb.save(folder / "photo.webp", lossless=True)
    Image.fromarray(np.full((8, 8), 0.25, np.float32)).save(folder / "float.tif")
    np.save(folder / "bands.npy", np.zeros((8, 9, 6), np.uint8))
    result = augment("apply", spec("pipeline: [horizontal_flip: {p: 1}]"), folder, tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    out = tmp_path / "out"
    modes = {name: Image.open(out / f"{name}.png").mode for name in ("palette", "grey", "bits", "alpha", "grey-alpha", "photo")}
    assert modes == {"palette": "RGB", "grey": "L", "bits": "L", "alpha": "RGBA", "grey-alpha": "RGBA", "photo": "RGB"}
    assert np.load(out / "bands.npy").shape == (8, 9, 6)
    np.testing.assert_array_equal(np.load(out / "float.npy"), np.full((8, 8), 0.25, np.float32))


def test_16_bit_grey_enters_through_to_float(augment, spec, tmp_path):
    (tmp_path / "deep").mkdir()
    Image.fromarray(np.full((8, 8), 5000, np.uint16)).save(tmp_path / "deep" / "field.png")
    result = augment("apply", spec("pipeline: [to_float: {max: 10000}]"), tmp_path / "deep", tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    np.testing.assert_allclose(np.load(tmp_path / "out" / "field.npy"), 0.5)


@pytest.mark.parametrize(("name", "word"), [("mask.jpg", "must not be a JPEG"), ("mask.png", "mask is 5 x 7")])
def test_bad_masks_are_named(augment, spec, folder, tmp_path, name, word):
    masks = tmp_path / "masks"
    masks.mkdir()
    Image.new("L", (64, 48)).save(masks / "good0.png")
    Image.new("L", (7, 5)).save(masks / f"good1{name[4:]}")
    result = augment("apply", spec("pipeline: [horizontal_flip: {p: 1}]"), folder, tmp_path / "out", "--masks", masks)
    assert result.exit_code == 1
    assert f"failed: {folder / 'good1.png'}: " in result.stderr
    assert word in result.stderr
    assert sorted(results_of(tmp_path / "out")) == ["images/good0.png", "masks/good0.png"]
