"""Files that are there whole or not at all, whenever the process ends or the power goes."""

from __future__ import annotations

import os
import re
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import IO

from augment.errors import FileError
from augment.files.remote import Remote

TEMPORARY = re.compile(r"\..+\.(?P<mark>[0-9a-f]*)-[0-9a-f]+\.part")
"""The names of files that are being written."""


@lru_cache(maxsize=1)
def _own(process: int) -> str:
    """What tells the temporary files of a process from those of all others, on other machines too."""
    return f"{process:x}{secrets.token_hex(3)}"


def temporary_of(path: Path, mark: str = "") -> Path:
    """Return the name that a file has until it is whole: in the same folder, so that it can be renamed."""
    return path.with_name(f".{path.name}.{mark}-{_own(os.getpid())}.part")


@contextmanager
def writing(path: Path, mark: str = "") -> Iterator[IO[bytes]]:
    """Open a file to write; it has its name when the block ends, and is gone if that raises. Raises `FileError`.

    ``mark``, of hexadecimal digits, is what `sweep` knows temporary files by that a killed process has left.
    """
    try:
        if isinstance(path, Remote):  # where there is no rename, and nothing that is half put
            with path.putting() as file:
                yield file
            return
        temporary = temporary_of(path, mark)
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with temporary.open("wb") as file:
                yield file
                file.flush()
                os.fsync(file.fileno())  # or the name may be on disk before what it names
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
    except OSError as error:
        raise FileError(f"{path}: cannot be written ({error.strerror or error})") from None


def write_whole(path: Path, data: bytes, mark: str = "") -> None:
    """Write a file at once; raises `FileError`."""
    if isinstance(path, Remote):
        try:
            path.put(data)
        except OSError as error:
            raise FileError(f"{path}: cannot be written ({error.strerror or error})") from None
        return
    with writing(path, mark) as file:
        file.write(data)


def sweep(folder: Path, mark: str) -> None:
    """Remove what processes that were killed have left below a folder, of the calls of one mark alone."""
    for place, _, names in os.walk(folder) if not isinstance(folder, Remote) else ():
        for name in names:
            if (found := TEMPORARY.fullmatch(name)) and found["mark"] == mark:
                Path(place, name).unlink(missing_ok=True)


def remove_tree(folder: Path) -> None:
    """Remove a folder with all that is in it, as far as it can be."""
    if isinstance(folder, Remote):
        with suppress(OSError):
            folder.remove_tree()
    else:
        shutil.rmtree(folder, ignore_errors=True)
