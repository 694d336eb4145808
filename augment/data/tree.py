"""Finds files below a folder, matches them by name, and reads the text of annotation files, of bounded size."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any

from augment.data.entry import Entry
from augment.errors import FileError
from augment.files.remote import Remote

MOST_BYTES = 2**30


@dataclass
class Passed:
    """What a search through folders has passed by."""

    links: list[Path] = field(default_factory=list)
    """Ways to folders that are read under another name, or that lead back up."""
    unread: dict[Path, str] = field(default_factory=dict)
    """Folders that cannot be read, with the reason."""


def real(path: Path) -> Path:
    """Return the path that links lead to; that of a link to itself is its own."""
    return path if isinstance(path, Remote) else Path(os.path.realpath(path))


def files_below(folder: Path, outside: Collection[Path] = (), passed: Passed | None = None) -> Iterator[Path]:
    """Yield all files below a folder in the order of their paths, but for hidden ones and those below ``outside``, real paths.

    Each folder is read once, however many links lead to it: under its own path where that is below the folder, else the
    first. What is passed by is added to ``passed``; raises `FileError` where the folder itself cannot be read.
    """
    passed = Passed() if passed is None else passed
    if isinstance(folder, Remote):
        yield from _remote(folder, outside)
        return
    top = real(folder)
    seen = {*outside, top}
    waiting = [(folder, _listed(folder, passed))]
    if folder in passed.unread:
        raise FileError(f"{folder}: {passed.unread[folder]}")
    while waiting:
        above, names = waiting[-1]
        name = next(names, None)
        if name is None:
            waiting.pop()
            continue
        path = above / name
        if not path.is_dir():
            yield path
            continue
        there = real(path)
        if there in seen or (path.is_symlink() and _is_reached(there, top)):
            if there not in outside:
                passed.links.append(path)
            continue
        seen.add(there)
        waiting.append((path, _listed(path, passed)))


def _remote(folder: Remote, outside: Collection[Path]) -> Iterator[Path]:
    """Yield the same of a store, where one listing tells all names, and nothing is a link."""
    try:
        found = folder.below()
    except OSError as error:
        raise FileError(f"{folder}: cannot be read ({error.strerror or error})") from None
    for path in found:
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if not hidden and not any(path.is_relative_to(one) for one in outside):
            yield path


def _listed(folder: Path, passed: Passed) -> Iterator[str]:
    """The names in a folder, and no paths, which take ten times the memory."""
    try:
        with os.scandir(folder) as entries:
            return iter(sorted(entry.name for entry in entries if not entry.name.startswith(".")))
    except OSError as error:
        passed.unread[folder] = f"cannot be read ({error.strerror or error})"
        return iter(())


def _is_reached(there: Path, top: Path) -> bool:
    """Whether a folder is found below the top without a link, or holds it."""
    if not there.is_relative_to(top):
        return top.is_relative_to(there)
    return not any(part.startswith(".") for part in there.relative_to(top).parts)


def key_of(path: Path, folder: Path) -> str:
    """Return the path below the folder, without suffix, with forward slashes."""
    return path.relative_to(folder).with_suffix("").as_posix()


def by_key(folder: Path, suffixes: Iterable[str]) -> dict[str, Path]:
    """Return the files of some suffixes by their keys; raises `FileError` where two share one."""
    if not folder.is_dir():
        raise FileError(f"{folder}: is no folder")
    out: dict[str, Path] = {}
    for path in files_below(folder):
        if path.suffix.lower() in suffixes and (other := out.setdefault(key_of(path, folder), path)) != path:
            raise FileError(f"{path}: is not the only one of its name ({other.name}); which one counts?")
    return out


def key_among(key: str, picture: Path, found: Mapping[str, Path]) -> str:
    """Return the key under which a file of this picture stands: a picture that was named alone tells its folder by its path."""
    if "/" in key:
        return key
    parts = picture.absolute().with_suffix("").parts[1:]
    tails = ("/".join(parts[i:]) for i in range(len(parts)))
    return next((tail for tail in tails if tail in found), key)


def size_of(path: Path | Entry) -> int:
    """Return how many bytes a file has; raises `FileError` on what is none, such as a pipe, which may never end."""
    if isinstance(path, Entry):
        return path.size
    try:
        found = path.stat()
    except FileNotFoundError:
        raise FileError(f"{path}: there is no such file") from None
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror or error})") from None
    if not stat.S_ISREG(found.st_mode):
        raise FileError(f"{path}: is {'a folder' if stat.S_ISDIR(found.st_mode) else 'a pipe or a device'}, and no file")
    return found.st_size


def read_text(path: Path | Entry, most: int = MOST_BYTES) -> str:
    """Return the text of a file; raises `FileError`, also on one of more than ``most`` bytes."""
    if (size := size_of(path)) > most:
        raise FileError(f"{path}: has {size:,} bytes, more than the {most:,} that are read; split it")
    try:
        return path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object.count(b"\n", 0, error.start) + 1
        raise FileError(f"{path}: is no text in UTF-8 ({error.reason} at byte {error.start}, in line {line})") from None
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror or error})") from None


def parse_json(text: str, where: str) -> Any:
    """Return JSON data; raises `FileError` with the line, also for NaN and Infinity, which JSON does not have."""

    def no_number(name: str) -> Any:
        raise ValueError(f"{name} is no number of JSON")

    try:
        return json.loads(text, parse_constant=no_number)
    except json.JSONDecodeError as error:
        raise FileError(f"{where}:{error.lineno}: is no JSON ({error.msg} at column {error.colno})") from None
    except (ValueError, RecursionError) as error:
        raise FileError(f"{where}: is no JSON that can be read ({str(error)[:120]})") from None


def inner_name(raw: Any, where: str) -> str:
    """Return a file name of an annotation file with forward slashes; raises `FileError` on one that leads out of the folder."""
    if not isinstance(raw, str) or not raw.strip() or "\0" in raw:
        raise FileError(f"{where}: a file name is a text, not {str(raw)[:60]!r}")
    name = PurePosixPath(raw.replace("\\", "/"))
    if not name.parts or name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
        raise FileError(f"{where}: {raw[:80]!r} leads out of the folder; file names are relative to the pictures' folder")
    return name.as_posix()


def match(pictures: Mapping[str, Path], names: Collection[str], where: str) -> dict[str, str]:
    """Return which of the names belongs to each picture, by key: the path below the folder, or else how the path ends.

    Pictures that have none are left out; raises `FileError` where one name fits two pictures, or none fits any.
    """
    known = set(names)
    ends: dict[str, list[str]] = {}
    for name in names:
        ends.setdefault(name.rpartition("/")[2], []).append(name)
    found: dict[str, str] = {}
    taken: dict[str, Path] = {}
    for key, path in pictures.items():
        exact = key + path.suffix
        fits = [exact] if exact in known else _ends(path, ends.get(path.name, ()))
        if not fits:
            continue
        name = max(fits, key=len)
        if (other := taken.setdefault(name, path)) != path:
            raise FileError(f"{where}: {name!r} may be {other} or {path}; write the path below the pictures' folder")
        found[key] = name
    if pictures and not found:
        sample = f"such as {next(iter(names))!r}, " if names else ""
        raise FileError(f"{where}: none of its {len(known)} file names, {sample}is among the {len(pictures)} pictures")
    return found


def _ends(path: Path, names: Collection[str]) -> list[str]:
    whole = real(path).as_posix() if names else ""
    return [name for name in names if whole.endswith(f"/{name}")]
