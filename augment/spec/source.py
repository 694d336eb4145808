"""Gets the text of a spec out of a file, whatever bytes are in it."""

from __future__ import annotations

import re
from pathlib import Path as FilePath

from augment.errors import suggest
from augment.spec.ledger import Ledger, Mark

MAX_BYTES = 1 << 20
UNPRINTABLE = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def read_file(path: str | FilePath, ledger: Ledger) -> str:
    """Return the text of a file."""
    try:
        with FilePath(path).open("rb") as file:
            raw = file.read(MAX_BYTES + 1)
    except FileNotFoundError:
        near = suggest(FilePath(path).name, _siblings(FilePath(path)))
        ledger.stop(f"there is no such file{near}")
    except (OSError, ValueError) as error:
        ledger.stop(f"the file cannot be read: {getattr(error, 'strerror', None) or error}")
    if raw.startswith((b"\xff\xfe", b"\xfe\xff")):
        ledger.stop("the file is UTF-16: save it as UTF-8")
    try:
        return raw.decode()
    except UnicodeDecodeError as error:
        if len(raw) > MAX_BYTES:
            return raw.decode(errors="replace")  # it may be cut inside a character; its size is the mistake
        ledger.stop("the file is not UTF-8", _position(raw[: error.start].decode()))


def _siblings(path: FilePath) -> list[str]:
    try:
        return [p.name for p, _ in zip(path.parent.iterdir(), range(200), strict=False)]
    except OSError:
        return []


def checked(text: str, ledger: Ledger) -> str:
    """Return the text without a byte order mark, if it is no larger than allowed and has no control characters."""
    if len(text.encode(errors="replace")) > MAX_BYTES:
        ledger.stop(f"is larger than {MAX_BYTES >> 20} MiB")
    text = text.removeprefix("\ufeff")
    if bad := UNPRINTABLE.search(text):
        ledger.stop(f"the character {bad[0]!r} cannot stand in a spec", _position(text[: bad.start()]))
    return text


def _position(before: str) -> Mark:
    return before.count("\n") + 1, len(before) - before.rfind("\n")
