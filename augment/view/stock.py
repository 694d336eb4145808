"""The pictures that a page can show, as samples: bundled photographs, the files that were given, and what was uploaded.

Pages name them by ids, such as 'b0', 'f12' and 'u3'; no path comes from a browser.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from augment.data.bundled import NAMES, PHOTOS
from augment.data.folder import Folder
from augment.data.images import read_image
from augment.errors import FileError, SampleError
from augment.report.look import as_bytes, shrunk
from augment.spec.node import Pipeline
from augment.view import limits

ID = re.compile(r"[bfu]\d{1,6}")
THUMB = 96


class Given(NamedTuple):
    """What the command was called with, and where uploads are kept."""

    files: tuple[Path, ...] = ()
    masks: Path | None = None
    labels: Path | None = None
    classes: bool = False
    uploads: Path = Path()


class Chosen(NamedTuple):
    """What a study is made of."""

    pipeline: Pipeline
    samples: Sequence[Any] | None
    index: int  # type: ignore[assignment]  # shadows tuple.index, which nothing uses
    names: list[str]
    path: Path | None
    """The file, for commands; None for bundled photographs."""
    whole: bool
    """Whether ``samples`` are all files, so that the index is a place among them."""


@dataclass
class Stock:
    """Finds samples by the ids of their pictures."""

    given: Given
    names: dict[str, str] = field(default_factory=dict)
    """Of uploads."""

    def choose(self, picture: str, pipeline: Pipeline, mixes: bool) -> Chosen:
        """Return the samples of a picture and, for specs that mix, those beside it. Raises `SampleError`."""
        number = number_of(picture)
        if picture[0] == "b":
            if number >= len(NAMES):
                raise SampleError(f"there is no bundled photograph {number}")
            return Chosen(pipeline, None, number, [], None, False)
        if picture[0] == "u":
            return self._uploaded(picture, pipeline, mixes)
        folder = self._folder(pipeline, mixes)
        if number >= len(folder):
            raise SampleError(f"there is no file {number}: there are {len(folder)}")
        item, fitted = folder.items[number], folder.fit(pipeline)
        if mixes:
            names = [f"{item.key}{item.image.suffix}" for item in folder.items]
            return Chosen(fitted, folder, number, names, item.image, True)
        return Chosen(fitted, [_sample(folder, number)], number, [item.image.name], item.image, False)

    def everything(self, pipeline: Pipeline) -> tuple[Pipeline, Sequence[Any] | None]:
        """Return the spec with the targets of the files, and all files; None where none were given. Raises `SampleError`."""
        from augment.program.lower import lower

        if not self.given.files:
            return pipeline, None
        folder = self._folder(pipeline, lower(pipeline).mixes)
        return folder.fit(pipeline), folder

    def _uploaded(self, picture: str, pipeline: Pipeline, mixes: bool) -> Chosen:
        name = next((n for n, target in pipeline.targets.items() if target.kind == "image"), "image")
        ids = [picture, *(other for other in self.names if other != picture)] if mixes else [picture]
        samples = [{name: _upload(self.given.uploads / one)} for one in ids]
        shown = self.names.get(picture, picture)
        return Chosen(pipeline, samples, 0, [shown], Path(shown), False)

    def _folder(self, pipeline: Pipeline, mixes: bool) -> Folder:
        return _folder(self.given, tuple(pipeline.targets.items()), mixes)

    def thumb(self, picture: str) -> bytes:
        """Return a small picture of a picture, as WebP."""
        from PIL import Image

        file = io.BytesIO()
        Image.fromarray(shrunk(as_bytes(read_image(self.path(picture))), THUMB)).save(file, "webp", quality=80)
        return file.getvalue()

    def path(self, picture: str) -> Path:
        """Return the file of a picture. Raises `SampleError` for an id that there is none of."""
        number = number_of(picture)
        if picture[0] == "u":
            return self.given.uploads / picture
        paths = [PHOTOS / f"{name}.jpg" for name in NAMES] if picture[0] == "b" else paths_of(self.given)
        if number >= len(paths):
            raise SampleError(f"there is no picture {picture}")
        return paths[number]

    def admit(self, picture: str, name: str) -> dict[str, Any]:
        """Take an upload that lies in the folder of uploads. Raises `FileError` for what is no picture, or too large."""
        path = self.given.uploads / picture
        try:
            image = read_image(path, limits.UPLOAD_PIXELS)
        except FileError as error:
            raise FileError(f"{name}: {str(error).removeprefix(f'{path}: ')}") from None
        self.names[picture] = name
        return {"size": list(image.shape[:2])}


def number_of(picture: str) -> int:
    if not ID.fullmatch(picture):
        raise SampleError("there is no such picture")
    return int(picture[1:])


def paths_of(given: Given) -> list[Path]:
    """The files, in the order of their indices."""
    return [item.image for item in _folder(given, (), False).items] if given.files else []


@lru_cache(maxsize=8)
def _folder(given: Given, targets: tuple[Any, ...], mixes: bool) -> Folder:
    source = given.files[0] if len(given.files) == 1 else given.files
    return Folder(source, dict(targets), masks=given.masks, labels=given.labels, classes=given.classes, joins=mixes)


@lru_cache(maxsize=4)
def _sample(folder: Folder, number: int) -> dict[str, Any]:
    return folder[number]


@lru_cache(maxsize=4)
def _upload(path: Path) -> Any:
    return read_image(path)
