"""The pictures that are timed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from augment.data.endings import IMAGES
from augment.data.photos import NAMES, photo
from augment.data.tree import files_below
from augment.errors import FileError

READ = IMAGES - {".npy"}


def found(files: Sequence[Path], most: int) -> tuple[str, ...]:
    """Return the pictures of files and folders, ``most`` of them, evenly; those that come with the package where there are none.

    Raises `FileError` on a file that is no picture or is not there, and where a folder holds none.
    """
    if not files:
        return tuple(str(photo(name)) for name in NAMES)
    paths: list[Path] = []
    for one in files:
        inside = [path for path in files_below(one) if path.suffix.lower() in READ] if one.is_dir() else [one]
        if not inside or inside[0].suffix.lower() not in READ:
            raise FileError(f"{one}: is no picture, and holds none ({', '.join(sorted(READ))})")
        if not inside[0].exists():
            raise FileError(f"{one}: does not exist")
        paths += inside
    count = min(most, len(paths))
    return tuple(str(paths[i * len(paths) // count]) for i in range(count))
