"""JPEGs that OpenCV decodes are those that Pillow decodes, pixel by pixel; what it would repair in silence is left to Pillow."""

import io

import numpy as np
import pytest
from PIL import Image, ImageOps

from augment.data.bundled import PHOTOS
from augment.data.images import read_image
from augment.data.jpeg import decoded, whole
from augment.errors import FileError

cv2 = pytest.importorskip("cv2")

FORMS = {
    "4:4:4": {"subsampling": 0}, "4:2:2": {"subsampling": 1}, "4:2:0": {"subsampling": 2},
    "restarts": {"restart_marker_rows": 1}, "coarse": {"quality": 12}, "fine": {"quality": 100, "optimize": True},
}  # fmt: skip


def photograph(mode="RGB", side=(101, 67)):
    with Image.open(PHOTOS / "cat.jpg") as picture:
        return picture.convert(mode).resize(side)


def saved(path, picture, **how):
    picture.save(path, "JPEG", **how)
    return path


def by_pillow(path):
    with Image.open(path) as picture:
        return np.asarray(ImageOps.exif_transpose(picture))


@pytest.fixture
def quick(monkeypatch):
    """How many pictures OpenCV decodes."""
    made, imdecode = [], cv2.imdecode
    monkeypatch.setattr(cv2, "imdecode", lambda *args: made.append(imdecode(*args)) or made[-1])
    return made


@pytest.mark.parametrize("mode", ["RGB", "L"])
@pytest.mark.parametrize("form", FORMS)
def test_the_pixels_are_those_of_pillow(tmp_path, quick, form, mode):
    path = saved(tmp_path / "a.jpg", photograph(mode), **FORMS[form])
    np.testing.assert_array_equal(read_image(path), by_pillow(path))
    assert len(quick) == 1


@pytest.mark.parametrize("turn", range(1, 9))
def test_they_are_turned_upright(tmp_path, quick, turn):
    exif = Image.Exif()
    exif[0x0112] = turn
    path = saved(tmp_path / "a.jpg", photograph(), exif=exif)
    np.testing.assert_array_equal(read_image(path), by_pillow(path))
    assert len(quick) == 1


@pytest.mark.parametrize("damage", [b"\xff\xd9", b"\xff\xc4", b"\xff\xda"])
def test_a_scan_that_breaks_off_is_left_to_pillow(tmp_path, damage):
    path = saved(tmp_path / "a.jpg", photograph())
    raw = path.read_bytes()
    assert whole(raw)
    assert not whole(raw[:-400] + damage + raw[-400:]) and not whole(raw + b"\0")


def test_progressive_ones_are_left_to_pillow(tmp_path, quick):
    path = saved(tmp_path / "a.jpg", photograph(), progressive=True)
    np.testing.assert_array_equal(read_image(path), by_pillow(path))
    assert not quick


def test_what_was_cut_off_is_told(tmp_path, quick):
    path = saved(tmp_path / "a.jpg", photograph())
    path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(FileError, match="cut off"):
        read_image(path)
    assert not quick


def test_other_colours_are_left_to_pillow(tmp_path, quick):
    path = saved(tmp_path / "a.jpg", photograph().convert("CMYK"))
    with pytest.raises(FileError, match="CMYK"):
        read_image(path)
    assert not quick


def test_what_opencv_does_not_decode_is_left_to_pillow(tmp_path, monkeypatch):
    path = saved(tmp_path / "a.jpg", photograph())
    with Image.open(path) as picture:
        monkeypatch.setattr(cv2, "imdecode", lambda *_: None)
        assert decoded(picture, path.read_bytes()) is picture


def test_pixels_need_not_be_read_from_a_file(tmp_path):
    file = io.BytesIO()
    photograph().save(file, "JPEG")
    made = decoded(Image.open(file), file.getvalue())
    assert made.format is None and made.size == (101, 67)
