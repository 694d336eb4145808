"""What the page is about: the spec's file, and the pictures that are offered."""

from __future__ import annotations

import hashlib
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from augment.data.bundled import CAPTIONS, NAMES
from augment.errors import FileError
from augment.files.whole import write_whole
from augment.spec.ledger import Ledger
from augment.spec.source import read_file
from augment.view import limits
from augment.view.stock import Given, listed

BEGINNING = 80
"""Characters of a text in the list of texts."""


class Conflict(FileError):
    """A file that someone else has changed since it was read."""


@dataclass
class SpecFile:
    """A spec's text, and the file that it came from, if there is one."""

    path: Path | None
    start: str
    """Of a page without a file."""
    known: str = ""
    """What the file held when it was last read or written, as a digest."""
    breaks: str = "\n"

    @property
    def name(self) -> str:
        return str(self.path) if self.path else "spec.yaml"

    def read(self) -> str:
        """Return the text, as a page edits it. Raises `SpecError` for a file that is none."""
        if self.path is None:
            return self.start
        text = read_file(self.path, Ledger(str(self.path)))
        if len(text.encode()) > limits.SPEC_BYTES:
            raise FileError(f"{self.path}: a live page takes specs of up to {limits.SPEC_BYTES // 1000} kB")
        self.known = _digest(self.path.read_bytes())
        self.breaks = "\r\n" if "\r\n" in text else "\n"
        return text.replace("\r\n", "\n").removeprefix("\ufeff")

    def save(self, text: str) -> None:
        """Write the text to the file. Raises `Conflict` if it is no longer as it was read, or `FileError`."""
        if self.path is None:
            raise FileError("the page was opened without a file: download the spec instead")
        place = self.path.resolve()  # a link stays one
        now = _digest(place.read_bytes()) if place.exists() else ""
        if now != self.known:
            raise Conflict(f"{self.path} was changed by something else since this page read it: load it again, or download yours")
        data = text.replace("\n", self.breaks).encode()
        write_whole(place, data)
        self.known = _digest(data)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


@dataclass
class Session:
    """All that one server knows."""

    spec: SpecFile
    given: Given
    uploads: dict[str, str] = field(default_factory=dict)
    """Names of uploads by their ids."""
    _folder: tempfile.TemporaryDirectory[str] | None = None
    _count: int = 0

    @classmethod
    def of(cls, spec: SpecFile, given: Given) -> Session:
        """Return a session with a folder of its own for uploads."""
        folder = tempfile.TemporaryDirectory(prefix="augment-view-")
        return cls(spec, given._replace(uploads=Path(folder.name)), _folder=folder)

    def close(self) -> None:
        if self._folder:
            self._folder.cleanup()

    def pictures(self) -> list[dict[str, Any]]:
        """Return what can be chosen, by id and name: the given files first."""
        files = [{"id": f"f{i}", "name": name} for i, name in listed(self.given)]
        ups = [{"id": one, "name": name} for one, name in self.uploads.items()]
        return [*files, *ups, *({"id": f"b{i}", "name": name} for i, name in enumerate(NAMES))]

    def texts(self) -> list[dict[str, Any]]:
        """Return the texts that can be chosen, by id and name, with how each begins."""
        given = [{"id": f"t{i}", "name": name, "text": text[:BEGINNING]} for i, (name, text) in enumerate(self.given.texts)]
        both = enumerate(zip(NAMES, CAPTIONS, strict=True))
        return [*given, *({"id": f"b{i}", "name": name, "text": text[:BEGINNING]} for i, (name, text) in both)]

    def receive(self, data: bytes) -> str:
        """Keep the bytes of an upload, and return its id. Raises `FileError` when there are too many."""
        if len(self.uploads) >= limits.UPLOADS:
            raise FileError(f"a page takes {limits.UPLOADS} uploads; start it with the files or their folder instead")
        one = f"u{self._count}"
        self._count += 1
        write_whole(self.given.uploads / one, data)
        return one

    def forget(self, picture: str) -> None:
        """Delete an upload that is no picture."""
        (self.given.uploads / picture).unlink(missing_ok=True)


def shown_name(raw: str) -> str:
    """Return the name of an upload as it can be shown: what comes from a browser may be anything."""
    name = "".join(c for c in raw.replace("\\", "/").rpartition("/")[2] if c.isprintable()).strip()
    return name[:80] or "upload"
