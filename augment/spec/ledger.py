"""Collects the mistakes of one spec, so that all of them are told at once, in the order of the file."""

from __future__ import annotations

from typing import NoReturn

from augment.errors import Mistake, SpecError, UnknownOpError

Mark = tuple[int, int]  # line and column, counted from 1
Path = tuple[str | int, ...]
MOST = 100  # more than anyone reads, and few enough that suggestions for a hostile file stay quick
LONGEST = 500  # characters of a message


def path_text(path: Path) -> str:
    """Write ('pipeline', 2, 'rotate', 'degrees') as 'pipeline[2].rotate.degrees'."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{quote(part, bare=True)}" for part in path)
    return text.removeprefix(".")


def quote(raw: object, *, bare: bool = False) -> str:
    """Write a piece of a spec into a message: short, and on one line."""
    if isinstance(raw, str):
        text = raw if bare and raw.isprintable() else repr(raw)
    else:
        text = {True: "true", False: "false", None: "nothing"}[raw] if raw is None or isinstance(raw, bool) else repr(raw)
    return text if len(text) <= 60 else f"{text[:40]}...{text[-10:]}"


class Ledger:
    """The mistakes found so far in the spec that is called ``name`` ('' for Python mappings)."""

    def __init__(self, name: str = ""):
        self.name = name
        self.count = 0
        self.cut = False
        """Whether the text broke off, so that what is missing may stand in the part that could not be read."""
        self._entries: dict[tuple[Mark | None, str, str], Mistake] = {}
        self._kinds: set[type[SpecError]] = set()
        self._told: set[Mark] = set()

    def add(self, path: Path, message: str, mark: Mark | None = None, kind: type[SpecError] = SpecError) -> None:
        """Note one mistake. An anchor that is used five times has its mistakes once."""
        if mark in self._told:
            return
        if len(message) > LONGEST:
            message = f"{message[:LONGEST]}..."
        place = f"{self.name}:{mark[0]}:{mark[1]}" if mark else self.name
        where = f"{place} {path_text(path)}".strip()
        self._entries.setdefault((mark, "" if mark else where, message), Mistake(where, message))
        self._kinds.add(kind)
        self.count = len(self._entries)
        if self.count >= MOST:
            self.settle()

    def add_final(self, message: str, mark: Mark) -> None:
        """Note a mistake of the text itself: what is built from the same spot is not complained about again."""
        self.add((), message, mark)
        self._told.add(mark)

    def cut_off(self, message: str, mark: Mark | None) -> None:
        """Note where a text stops being readable; what stands before is checked for other mistakes."""
        self.add((), message, mark)
        self.cut = True

    def stop(self, message: str, mark: Mark | None = None) -> NoReturn:
        """Note a mistake after which nothing more can be read, and raise."""
        self.add((), message, mark)
        self.settle()
        raise AssertionError("settle raises when there are mistakes")

    def settle(self) -> None:
        """Raise the mistakes, if there are any."""
        if self._entries:
            ordered = sorted(self._entries.items(), key=lambda entry: entry[0][0] or (0, 0))
            mistakes = [mistake for _, mistake in ordered]
            if len(mistakes) >= MOST:
                mistakes.append(Mistake(self.name, f"the first {MOST} mistakes are shown"))
            raise (UnknownOpError if self._kinds == {UnknownOpError} and len(mistakes) == 1 else SpecError)(mistakes)
