"""Reads the lines of text files that ops name: corpora, word vectors."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from augment.errors import FileError


def lines_of(path: str) -> Iterator[tuple[int, str]]:
    """Yield each line of a file in UTF-8 with its number, from 1 on; raises `FileError` with the line that is none."""
    try:
        with Path(path).expanduser().open("rb") as file:
            for number, line in enumerate(file, 1):
                yield number, line.removeprefix(b"\xef\xbb\xbf").decode() if number == 1 else line.decode()
    except UnicodeDecodeError as error:
        where = f"at byte {error.start} of the line"
        raise FileError(f"{path}:{number}: is no text in UTF-8 ({error.reason} {where}); save it as UTF-8") from None
    except OSError as error:
        raise FileError(f"{path}: cannot be read ({error.strerror or error})") from None


__all__ = ["lines_of"]
