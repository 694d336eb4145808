"""What a page can show, as samples: photographs of the package, with their captions, given files, what was uploaded or typed.

Pages name them by ids, such as 'b0', 'f12', 'u3' and 't7' for a text; no path comes from a browser.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from augment.data.form import Place
from augment.data.images import read_image
from augment.data.opening import open_source
from augment.data.photos import NAMES, photo
from augment.data.sentences import text_name
from augment.data.source import Source
from augment.data.spread import places_of
from augment.errors import FileError, SampleError
from augment.report.look import as_bytes, shrunk
from augment.spec.node import Pipeline
from augment.view import limits

if TYPE_CHECKING:
    from augment.program.lower import Program

ID = re.compile(r"[bfut]\d{1,9}")
TYPED = "typed"
"""The id of the texts that a request brings along."""
TYPED_FILE = Path("text.txt")
"""What commands call the file that they would be kept in."""
THUMB = 96


class Given(NamedTuple):
    """What the command was called with, and where uploads are kept."""

    files: tuple[Path, ...] = ()
    masks: Path | None = None
    labels: Path | None = None
    classes: bool = False
    uploads: Path = Path()
    texts: tuple[tuple[str, str], ...] = ()
    """The texts that the files hold, with the file and line of each; where there are any, the files hold no pictures."""


class Chosen(NamedTuple):
    """What a study is made of."""

    pipeline: Pipeline
    samples: Sequence[Any] | None
    index: int | None  # type: ignore[assignment]  # shadows tuple.index, which nothing uses
    """None where all samples are shown."""
    names: Sequence[str]
    files: tuple[Path, ...]
    """What a command is given; nothing for what comes with the package."""
    whole: bool
    """Whether the index is a place among the samples of ``files``."""


@dataclass
class Stock:
    """Finds samples by the ids of their pictures."""

    given: Given
    names: dict[str, str] = field(default_factory=dict)
    """Of uploads."""

    def choose(self, picture: str, pipeline: Pipeline, program: Program, words: str = "") -> Chosen:
        """Return the samples of a picture and, for specs that need them, those beside it; or of a text. Raises `SampleError`."""
        if picture == TYPED:
            return _typed(pipeline, words)
        number = number_of(picture)
        if picture[0] == "b":
            if number >= len(NAMES):
                raise SampleError(f"there is no bundled photograph {number}")
            return Chosen(pipeline, None, number, [], (), False)
        if picture[0] == "t":
            return self._text(number, pipeline)
        if picture[0] == "u":
            return self._uploaded(picture, pipeline, program.partnered)
        folder = self._folder(pipeline, program)
        if number >= len(folder):
            raise SampleError(f"there is no file {number}: there are {len(folder)}")
        fitted = folder.fit(pipeline)
        if program.partnered or folder.packed:
            return Chosen(fitted, folder, number, folder.names, self.given.files, True)
        return Chosen(fitted, [_sample(folder, number)], number, [_names(folder)[number]], (folder.told(number, ""),), False)

    def everything(self, pipeline: Pipeline) -> tuple[Pipeline, Sequence[Any] | None]:
        """Return the spec with the targets of the files, and all files; None where none were given. Raises `SampleError`."""
        from augment.data.sentences import texts_alone
        from augment.program.lower import lower

        if texts_alone(pipeline):
            name = text_name(pipeline.targets)
            return pipeline, [{name: text} for _, text in self.given.texts] or None
        if not self.given.files or self.given.texts:
            return pipeline, None
        folder = self._folder(pipeline, lower(pipeline))
        return folder.fit(pipeline), folder

    def _uploaded(self, picture: str, pipeline: Pipeline, partnered: bool) -> Chosen:
        name = next((n for n, target in pipeline.targets.items() if target.kind == "image"), "image")
        ids = [picture, *(other for other in self.names if other != picture)] if partnered else [picture]
        samples = [{name: _upload(self.given.uploads / one)} for one in ids]
        shown = self.names.get(picture, picture)
        return Chosen(pipeline, samples, 0, [shown], (Path(shown),), False)

    def _text(self, number: int, pipeline: Pipeline) -> Chosen:
        if number >= len(self.given.texts):
            raise SampleError(f"there is no text {number}: there are {len(self.given.texts)}")
        name, text = self.given.texts[number]
        return Chosen(pipeline, [{text_name(pipeline.targets): text}], number, [name], self.given.files, True)

    def _folder(self, pipeline: Pipeline, program: Program) -> Source:
        return _folder(self.given, tuple(pipeline.targets.items()), program.mixes, program.relabels)

    def thumb(self, picture: str) -> bytes:
        """Return a small picture of a picture, as WebP."""
        from PIL import Image

        file = io.BytesIO()
        Image.fromarray(shrunk(as_bytes(read_image(self.path(picture))), THUMB)).save(file, "webp", quality=80)
        return file.getvalue()

    def path(self, picture: str) -> Place:
        """Return where a picture is read. Raises `SampleError` for an id that there is none of."""
        number = number_of(picture)
        if picture[0] == "u":
            return self.given.uploads / picture
        if picture[0] == "b" and number < len(NAMES):
            return photo(NAMES[number])
        files = files_of(self.given) if picture[0] == "f" else None
        if files is None or number >= len(files):
            raise SampleError(f"there is no picture {picture}")
        return files.item(number).image

    def admit(self, picture: str, name: str) -> dict[str, Any]:
        """Take an upload that lies in the folder of uploads. Raises `FileError` for what is no picture, or too large."""
        path = self.given.uploads / picture
        try:
            image = read_image(path, limits.UPLOAD_PIXELS)
        except FileError as error:
            raise FileError(f"{name}: {str(error).removeprefix(f'{path}: ')}") from None
        self.names[picture] = name
        return {"size": list(image.shape[:2])}


def _typed(pipeline: Pipeline, words: str) -> Chosen:
    """A text for each line that holds one, as in a file."""
    name = text_name(pipeline.targets)
    lines = {f"line {number}": line for number, line in enumerate(words.splitlines(), 1) if line.strip()}
    if not lines:
        raise SampleError("there is no text yet: type or paste one")
    return Chosen(pipeline, [{name: line} for line in lines.values()], None, list(lines), (TYPED_FILE,), True)


def number_of(picture: str) -> int:
    if not ID.fullmatch(picture):
        raise SampleError("there is no such picture")
    return int(picture[1:])


def files_of(given: Given) -> Source | None:
    """The pictures of the files, if they hold any."""
    return _folder(given, (), False, False) if given.files and not given.texts else None


def listed(given: Given) -> list[tuple[int, str]]:
    """The files that are offered, by index and name: of many, those that stand for all classes and for the whole."""
    files = files_of(given)
    if files is None:
        return []
    names = files.names
    return [(i, names[i]) for i in places_of(files, len(files), limits.LISTED)]


@lru_cache(maxsize=8)
def _folder(given: Given, targets: tuple[Any, ...], joins: bool, relabels: bool) -> Source:
    source = given.files[0] if len(given.files) == 1 else given.files
    how = {"masks": given.masks, "labels": given.labels, "classes": given.classes}
    return open_source(source, dict(targets), joins, relabels, **how)  # type: ignore[arg-type]


@lru_cache(maxsize=4)
def _sample(folder: Source, number: int) -> dict[str, Any]:
    return folder[number]


@lru_cache(maxsize=4)
def _names(folder: Source) -> Sequence[str]:
    return folder.names


@lru_cache(maxsize=4)
def _upload(path: Path) -> Any:
    return read_image(path)
