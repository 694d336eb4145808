"""Writes samples as files: whole or not at all, under names that depend on the sample and the copy alone."""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.endings import IMAGES
from augment.data.form import Gathered, Item
from augment.data.images import read_mask
from augment.data.source import Source
from augment.errors import SampleError
from augment.files.whole import write_whole
from augment.shards.receipt import sha256

PARTS = ".parts"
"""The folder of annotations that are still to be joined."""
Fields = dict[str, bytes]
"""The files of a sample by their endings: png, mask.png, json, cls; the picture first."""


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
    pack: str = ""
    """What samples are packed in, instead of files of their own: webdataset or parquet."""

    def images(self, item: Item, epoch: int) -> list[Path]:
        """Return where the picture may go; its type decides on the suffix."""
        return [self._place(item, epoch, ending) for ending in ("png" if self.quality is None else "jpg", "npy")]

    def places(self, source: Source, item: Item, epoch: int) -> list[Path]:
        """Return where the files of a sample may go, but for parts of annotations."""
        endings = [*(("mask.png", "mask.npy") if item.mask else ()), *(source.endings(item) if not _is_gathered(source) else ())]
        return [*self.images(item, epoch), *(self._place(item, epoch, ending) for ending in endings)]

    def part(self, source: Source, item: Item, epoch: int) -> Path | None:
        """Return where the annotations of a sample wait until they are joined to a file for all."""
        if not _is_gathered(source) or not item.labels:
            return None
        return self.root / PARTS / f"{self.name(item, epoch)}.json"

    def pictures(self) -> Path:
        return self.root / "images" if self.parted else self.root

    def folders(self) -> list[Path]:
        return [self.root / part for part in ("images", "masks", "labels")] if self.parted else [self.root]

    def write(
        self, source: Source, item: Item, epoch: int, sample: Mapping[str, Any], mark: str = ""
    ) -> dict[str, str]:  # fmt: skip
        """Write all files of a sample, the picture last: where it stands, the others do too. Returns their SHA-256, by their
        names below the root."""
        fields = self.fields(source, item, epoch, sample)
        part = self.part(source, item, epoch)
        places = [part if part and ending == "json" else self._place(item, epoch, ending) for ending in fields]
        files = list(zip(places, fields.values(), strict=True))
        for place, data in reversed(files):
            write_whole(place, data, mark)
        return {place.relative_to(self.root).as_posix(): sha256(data) for place, data in files if PARTS not in place.parts}

    def fields(self, source: Source, item: Item, epoch: int, sample: Mapping[str, Any]) -> Fields:
        """Return the files of a sample."""
        image = np.asarray(sample[source.image_name])
        suffix, data = encode_image(image, self.quality)
        fields = {suffix[1:]: data}
        name = self._place(item, epoch, suffix[1:]).relative_to(self.pictures()).as_posix()
        if item.mask:
            suffix, data = encode_mask(np.asarray(sample[source.mask_name]), read_mask(item.mask)[1])
            fields[f"mask{suffix}"] = data
        return fields | (source.form.texts(name, item, sample, image.shape[:2]) if source.form else {})

    def name(self, item: Item, epoch: int) -> str:
        """Return what a result is called, whatever its files end in."""
        key = f"{item.pack}/{item.key}" if item.pack and not self.pack else item.key
        return f"{key}__a{epoch}" if self.numbered else key

    def _place(self, item: Item, epoch: int, ending: str) -> Path:
        kind = "masks" if ending.startswith("mask.") else "images" if f".{ending}" in IMAGES else "labels"
        if not self.parted:
            return self.root / f"{self.name(item, epoch)}.{ending}"
        return self.root / kind / f"{self.name(item, epoch)}.{ending.removeprefix('mask.')}"


def _is_gathered(source: Source) -> bool:
    return isinstance(source.joined, Gathered)


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


def _array(array: np.ndarray) -> bytes:
    file = io.BytesIO()
    np.save(file, array, allow_pickle=False)
    return file.getvalue()

