"""Paths on object stores and other file systems that fsspec knows: ``s3://bucket/folder``, ``memory://folder``.

An object store has no rename, and no half of an object either: a put is there as a whole or not at all. So what is written is
made in a local file, or in memory where it is at hand, and put once.
"""

from __future__ import annotations

import io
import os
import stat
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from types import SimpleNamespace
from typing import IO, Any
from urllib.parse import unquote

from augment.errors import FileError

LOCAL = ("file", "local")
ROOTED = ":."
"""How the first part of a path ends whose protocol has no host before it: hdfs:///folder."""
SMALL = 2**22
"""So many bytes are put by one request, more in parts, of which none is there before all are."""


def place(text: str | Path) -> Path:
    """Return the path that a text is: of this machine, or `Remote`. Raises `FileError` where nothing reads such a one."""
    if isinstance(text, Path):
        return text
    protocol, separator, rest = text.partition("://")
    if not separator:
        return Path(text)
    if protocol in LOCAL:
        return Path(unquote(rest))
    if find_spec("fsspec") is None:
        raise FileError(f"{text}: is read and written by fsspec: pip install 'augment-spec[fsspec]'")
    path = Remote(text.replace(":///", f"{ROOTED}/", 1))
    try:
        path.system()
    except (ImportError, ValueError) as error:
        raise FileError(f"{text}: is no place that fsspec reaches ({str(error).splitlines()[0]})") from None
    return path


class Remote(type(Path())):  # type: ignore[misc]  # the class of this machine's paths
    """A path whose first part is a protocol. All that says nothing of files is that of any path; files are those of fsspec."""

    __slots__ = ()

    def __str__(self) -> str:
        return self.as_posix()

    def __fspath__(self) -> str:
        raise TypeError(f"{self} is no file of this machine")

    def as_posix(self) -> str:
        text = "/".join(self.parts)  # of a part of a path, too, which has no protocol
        return text.replace(f"{ROOTED}/", ":///", 1) if f"{ROOTED}/" in text else text.replace(":/", "://", 1)

    def system(self) -> tuple[Any, str]:
        """Return the file system of fsspec, and the path in it."""
        from fsspec.core import url_to_fs

        return url_to_fs(str(self))

    def absolute(self) -> Remote:
        return self

    resolve = absolute

    # Reading -------------------------------------------------------------------------------------------------------------

    def stat(self, *, follow_symlinks: bool = True) -> Any:
        with _told():
            system, path = self.system()
            found = system.info(path)
        kind = stat.S_IFDIR if found["type"] == "directory" else stat.S_IFREG
        return SimpleNamespace(st_mode=kind, st_size=found.get("size") or 0)

    def exists(self, **_: Any) -> bool:
        with _told():
            system, path = self.system()
            return bool(system.exists(path))

    def is_dir(self, **_: Any) -> bool:
        with _told():
            system, path = self.system()
            return bool(system.isdir(path))

    def is_file(self, **_: Any) -> bool:
        with _told():
            system, path = self.system()
            return bool(system.isfile(path))

    def is_symlink(self) -> bool:
        return False

    def open(
        self, mode: str = "r", buffering: int = -1, encoding: Any = None, errors: Any = None, newline: Any = None
    ) -> IO[Any]:  # fmt: skip
        if mode not in ("r", "rb"):
            raise OSError("is put at once, and not opened to write")
        with _told():
            system, path = self.system()
            file = system.open(path, "rb")
        return file if mode == "rb" else io.TextIOWrapper(file, encoding or "utf-8", errors, newline)

    def read_bytes(self) -> bytes:
        with _told():
            system, path = self.system()
            return bytes(system.cat_file(path))

    def read_text(self, encoding: Any = None, errors: Any = None, newline: Any = None) -> str:
        return io.TextIOWrapper(io.BytesIO(self.read_bytes()), encoding or "utf-8", errors, newline).read()

    def iterdir(self) -> Iterator[Remote]:
        return self.glob("*")

    def glob(self, pattern: str, **_: Any) -> Iterator[Remote]:
        with _told():
            system, path = self.system()
            return iter([self / found[len(path) :].lstrip("/") for found in sorted(system.glob(f"{path.rstrip('/')}/{pattern}"))])

    def below(self) -> Iterator[Remote]:
        """Yield all files below, by one listing, in the order of their paths."""
        with _told():
            system, path = self.system()
            names = [found[len(path) :].lstrip("/") for found in system.find(path)]
        names.sort(key=lambda name: name.split("/"))
        return (self / name for name in names)

    # Writing -------------------------------------------------------------------------------------------------------------

    @contextmanager
    def putting(self) -> Iterator[IO[bytes]]:
        """Open a local file, which is put when the block ends, and if that does not raise."""
        with tempfile.TemporaryDirectory(prefix="augment-") as folder:
            made = Path(folder, "put")
            with made.open("wb") as file:
                yield file
            with _told():
                system, path = self.system()
                if made.stat().st_size <= SMALL:
                    system.pipe_file(path, made.read_bytes())
                else:
                    system.put_file(str(made), path)

    def put(self, data: bytes) -> None:
        """Write all of it at once."""
        with _told():
            system, path = self.system()
            system.pipe_file(path, data)

    def unlink(self, missing_ok: bool = False) -> None:
        with _told():
            system, path = self.system()
            if not missing_ok or system.exists(path):
                system.rm_file(path)

    def remove_tree(self) -> None:
        with _told():
            system, path = self.system()
            if system.exists(path):
                system.rm(path, recursive=True)

    def mkdir(self, *_: Any, **__: Any) -> None:
        """Folders are the beginnings of names, and need not be made."""

    rmdir = mkdir


@contextmanager
def _told() -> Iterator[None]:
    """Turn what libraries of stores raise into errors of files."""
    try:
        yield
    except (OSError, FileError):
        raise
    except Exception as error:
        raise OSError((str(error).splitlines() or [type(error).__name__])[0][:200]) from error


def finder(root: Path) -> Callable[[Path], bool]:
    """Return what tells whether a path below a folder exists; of a store by one listing of what is there now."""
    if not isinstance(root, Remote):
        return os.path.exists
    there = set(root.below())
    return lambda path: path in there
