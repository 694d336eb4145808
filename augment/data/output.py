"""Writes samples as files: whole or not at all, under names that depend on the sample and the copy alone."""

from __future__ import annotations

import io
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.folder import Folder
from augment.data.form import Beside, Item
from augment.data.images import read_mask
from augment.errors import FileError, SampleError

PARTS = ".parts"
"""The folder of annotations that are still to be joined."""

@dataclass(frozen=True)
class Output:
    """Where results go, and how they are encoded.

    With masks or labels in folders of their own, the results are in ``images``, ``masks`` and ``labels``; else all are in the
    folder itself.
    """

    root: Path
    parted: bool
    quality: int | None = None
    """Of JPEG; without it pictures are PNG, which loses nothing."""
    numbered: bool = False
    """Whether names tell the epoch: name__a0.png."""

    def images(self, item: Item, epoch: int) -> list[Path]:
        """Return where the picture may go; its type decides on the suffix."""
        return [self._place("images", item, epoch, suffix) for suffix in (".png" if self.quality is None else ".jpg", ".npy")]

    def places(self, folder: Folder, item: Item, epoch: int) -> list[Path]:
        """Return where the files of a sample may go, but for parts of annotations."""
        masks = [self._place("masks", item, epoch, suffix) for suffix in (".png", ".npy")] if item.mask else []
        labels = self.labels(folder, item, epoch)
        return [*self.images(item, epoch), *masks, *([labels] if labels and isinstance(folder.form, Beside) else [])]

    def labels(self, folder: Folder, item: Item, epoch: int) -> Path | None:
        """Return where the annotations of a sample go: beside the picture, or to a part of the file for all."""
        if not folder.form or not item.labels:
            return None
        if isinstance(folder.form, Beside):
            return self._place("labels", item, epoch, folder.form.suffix)
        return self.root / PARTS / f"{self._name(item, epoch)}{folder.form.suffix}"

    def pictures(self) -> Path:
        return self.root / "images" if self.parted else self.root

    def folders(self) -> list[Path]:
        return [self.root / part for part in ("images", "masks", "labels")] if self.parted else [self.root]

    def write(self, folder: Folder, item: Item, epoch: int, sample: Mapping[str, Any]) -> list[Path]:
        """Write all files of a sample, the picture last: where it stands, the others do too."""
        image = np.asarray(sample[folder.image_name])
        suffix, data = encode_image(image, self.quality)
        files = [(self._place("images", item, epoch, suffix), data)]
        if item.mask:
            suffix, data = encode_mask(np.asarray(sample[folder.mask_name]), read_mask(item.mask)[1])
            files.append((self._place("masks", item, epoch, suffix), data))
        if folder.form and (place := self.labels(folder, item, epoch)):
            name = files[0][0].relative_to(self.pictures()).as_posix()
            files.append((place, folder.form.text(name, sample, image.shape[:2]).encode()))
        for place, data in reversed(files):
            write_whole(place, data)
        return [place for place, _ in files if PARTS not in place.parts]

    def _name(self, item: Item, epoch: int) -> str:
        return f"{item.key}__a{epoch}" if self.numbered else item.key

    def _place(self, part: str, item: Item, epoch: int, suffix: str) -> Path:
        return (self.root / part if self.parted else self.root) / f"{self._name(item, epoch)}{suffix}"


def encode_image(image: np.ndarray, quality: int | None = None) -> tuple[str, bytes]:
    """Return the suffix and the bytes: PNG or JPEG for 8 bits, .npy for floats and for other numbers of channels."""
    from PIL import Image

    channels = 1 if image.ndim == 2 else image.shape[2]
    if image.dtype != np.uint8 or channels not in (1, 3, 4):
        return ".npy", _array(image)
    if quality is not None and channels == 4:
        raise SampleError("has an alpha channel, which JPEG cannot keep; leave out --quality")
    file = io.BytesIO()
    picture = Image.fromarray(image[..., 0] if image.ndim == 3 and channels == 1 else image)
    if quality is None:
        picture.save(file, "png")
    else:
        picture.save(file, "jpeg", quality=quality, subsampling=0 if quality >= 90 else 2)
    return ".png" if quality is None else ".jpg", file.getvalue()


def encode_mask(mask: np.ndarray, palette: Any = None) -> tuple[str, bytes]:
    """Return the suffix and the bytes: PNG where it keeps the labels as they are, else .npy."""
    from PIL import Image

    fits = mask.dtype.name in ("bool", "uint8", "uint16") if mask.ndim == 2 else mask.dtype == np.uint8 and mask.shape[2] == 3
    if not fits:
        return ".npy", _array(mask)
    picture = Image.fromarray(mask)
    if palette is not None:
        picture.putpalette(palette)
    file = io.BytesIO()
    picture.save(file, "png")
    return ".png", file.getvalue()


def write_whole(path: Path, data: bytes) -> None:
    """Write a file so that it is there whole or not at all, whenever the process ends."""
    temporary = path.with_name(f".{path.name}.{os.getpid()}.part")  # in the same folder, so that it can be renamed
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            temporary.write_bytes(data)
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(f"{path}: cannot be written ({error.strerror or error})") from None


def _array(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()

