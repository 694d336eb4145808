"""A file of a sample that stands in a pack: bytes under a name, read as a file of a folder is."""

from __future__ import annotations

import io
from pathlib import PurePosixPath
from typing import BinaryIO


class Entry:
    """What a tar or a row holds under one name. It says where it stands as ``pack:name``, and has the ways of a path that readers
    of pictures and annotations use."""

    def __init__(self, pack: object, name: str, data: bytes):
        self.pack, self.data = pack, data
        self._name = PurePosixPath(name)

    def __str__(self) -> str:
        return f"{self.pack}:{self._name}"

    @property
    def name(self) -> str:
        return self._name.name

    @property
    def suffix(self) -> str:
        return self._name.suffix

    @property
    def size(self) -> int:
        return len(self.data)

    def exists(self) -> bool:
        return True

    def open(self, mode: str = "rb") -> BinaryIO:
        return io.BytesIO(self.data)

    def read_bytes(self) -> bytes:
        return self.data

    def read_text(self, encoding: str = "utf-8") -> str:
        return io.TextIOWrapper(io.BytesIO(self.data), encoding).read()
