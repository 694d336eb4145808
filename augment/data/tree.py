"""Finds files below a folder, matches them by name, and reads the text of annotation files, of bounded size."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from augment.errors import FileError

MOST_BYTES = 2**30


def files_below(folder: Path, outside: Collection[Path] = ()) -> Iterator[Path]:
    """Yield all files below a folder, but for hidden ones, those below ``outside``, and links that lead back up."""
    above = {*outside, folder.resolve()}
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path
        elif path.resolve() not in above:
            yield from files_below(path, above)


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


def read_text(path: Path, most: int = MOST_BYTES) -> str:
    """Return the text of a file; raises `FileError`, also on one of more than ``most`` bytes."""
    try:
        if (size := path.stat().st_size) > most:
            raise FileError(f"{path}: has {size:,} bytes, more than the {most:,} that are read; split it")
        return path.read_text(encoding="utf-8-sig")
    except FileNotFoundError:
        raise FileError(f"{path}: there is no such file") from None
    except UnicodeDecodeError as error:
        raise FileError(f"{path}: is no text in UTF-8 ({error.reason} at byte {error.start})") from None
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
    whole = path.resolve().as_posix() if names else ""
    return [name for name in names if whole.endswith(f"/{name}")]
