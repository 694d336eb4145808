"""Reads image and mask files as arrays, and says what is wrong with those that cannot be read."""

from __future__ import annotations

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.entry import Entry
from augment.data.jpeg import decoded
from augment.data.tree import size_of
from augment.errors import AugmentError, FileError, SampleError
from augment.files.remote import Remote
from augment.values import MOST_AREA

Place = Path | Entry
LOSSY = frozenset({".jpg", ".jpeg"})
MOST_PIXELS = MOST_AREA
FORMATS = ("JPEG", "PNG", "BMP", "TIFF", "WEBP", "GIF", "PPM")
"""What Pillow may take a file for, whatever its name says: some of its other formats start programs."""
_ARRAYS = {"1": "L", "L": "L", "RGB": "RGB", "RGBA": "RGBA", "LA": "RGBA", "PA": "RGBA", "I": "I", "F": "F", "I;16": "I;16"}
_PNG = b"\x89PNG\r\n\x1a\n"


def read_image(path: Place, most: int = MOST_PIXELS) -> np.ndarray:
    """Return a picture of at most so many pixels as (H, W) or (H, W, C), turned upright as its EXIF orientation says; raises
    `FileError`."""
    if path.suffix.lower() == ".npy":
        return _read_array(path)
    with _opened(path, most) as picture:
        if _is_deep_colour(path):
            raise FileError(f"{path}: has 16 bits a colour, and Pillow keeps 8; save it as .npy, and begin with to_float")
        try:
            return image_array(picture)
        except SampleError as error:
            raise FileError(f"{path}: {error}") from None


def image_array(picture: Any) -> np.ndarray:
    """Return a picture of Pillow as (H, W) or (H, W, C), as it lies: whoever decoded it has decided whether to turn it, and what
    belongs to it goes by that. Raises `SampleError` on colours that need a profile."""
    mode = picture.mode
    if mode == "P":
        mode = "RGBA" if "transparency" in picture.info else "RGB"
    elif mode.startswith("I;16"):
        mode = "I;16"
    if mode not in _ARRAYS:
        raise SampleError(f"is {mode}, whose colours need a profile to be understood; convert it to RGB first")
    target = _ARRAYS[mode]
    array = np.asarray(picture if picture.mode == target else picture.convert(target))
    return array.astype(np.uint16) if target == "I;16" else array


def read_mask(path: Place) -> tuple[np.ndarray, Any]:
    """Return a mask with its labels as they are stored, upright as pictures are, and the palette of one that has it; raises
    `FileError`."""
    if path.suffix.lower() in LOSSY:
        raise FileError(f"{path}: a mask must not be a JPEG, which does not keep labels exactly; save it as PNG")
    if path.suffix.lower() == ".npy":
        return _read_array(path), None
    with _opened(path) as picture:
        if picture.mode not in ("1", "L", "P", "RGB", "I", "F") and not picture.mode.startswith("I;16"):
            raise FileError(f"{path}: is {picture.mode}; a mask holds labels: save it as greyscale, palette or RGB")
        return np.array(picture), picture.getpalette() if picture.mode == "P" else None


def _read_array(path: Place) -> np.ndarray:
    size_of(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", UserWarning)  # of heads that an old Python has written
            if isinstance(path, Remote):
                path = Entry(path.parent, path.name, path.read_bytes())
            if isinstance(path, Entry):
                return np.array(_array_in(path))
            array = np.load(path, mmap_mode="r", allow_pickle=False)
    except (FileError, MemoryError):
        raise
    except Exception as error:  # heads are read as Python, whose parser raises errors of its own
        raise FileError(f"{path}: is no array that NumPy can read ({_first_line(error)})") from None
    if not isinstance(array, np.ndarray):
        raise FileError(f"{path}: holds several arrays; save one image a file")
    if array.ndim >= 2:
        _check_size(path, array.shape[1], array.shape[0])
    return np.array(array)


def _array_in(entry: Entry) -> np.ndarray:
    """Return the array of a file that is in memory already; its head may claim more than follows, so that is not made."""
    file = entry.open()
    version = np.lib.format.read_magic(file)
    head = np.lib.format.read_array_header_1_0 if version == (1, 0) else np.lib.format.read_array_header_2_0
    shape, turned, dtype = head(file)
    if dtype.hasobject:
        raise ValueError("holds objects")
    if len(shape) >= 2:
        _check_size(entry, shape[1], shape[0])
    return np.ndarray(shape, dtype, file.read(), order="F" if turned else "C")


@contextmanager
def _opened(path: Place, most: int = MOST_PIXELS) -> Iterator[Any]:
    """Open, decode and turn a picture upright, as its EXIF orientation says; whatever Pillow raises becomes a `FileError`."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        if not size_of(path):
            raise FileError(f"{path}: is empty")
        with path.open("rb") as file:  # no path: Pillow maps a TIFF of that into memory, and mixes the rows of one that lies
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # the size is checked below
                picture = Image.open(file, formats=FORMATS)
            _check_size(path, *picture.size, most)
            if (count := getattr(picture, "n_frames", 1)) > 1:
                raise FileError(f"{path}: holds {count} pictures; save one a file")
            if picture.format == "JPEG":
                file.seek(0)
                picture = decoded(picture, file.read())
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)
            yield picture
    except FileError:
        raise
    except (AugmentError, MemoryError):
        raise
    except UnidentifiedImageError:
        raise FileError(f"{path}: is no picture that Pillow can read") from None
    except Image.DecompressionBombError:
        raise FileError(f"{path}: has far more than {most:,} pixels; make it smaller first") from None
    except Exception as error:  # each format has errors of its own
        raise FileError(f"{path}: is damaged or cut off ({_first_line(error)})") from None


def _check_size(path: Place, width: int, height: int, most: int = MOST_PIXELS) -> None:
    if width * height > most:
        raise FileError(f"{path}: is {width} x {height}, more than {most:,} pixels; make it smaller first")


def _is_deep_colour(path: Place) -> bool:
    """Whether a PNG has 16 bits for each of several channels."""
    with path.open("rb") as file:
        head = file.read(26)
    return head.startswith(_PNG) and head[24] == 16 and head[25] in (2, 4, 6)


def _first_line(error: Exception) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
