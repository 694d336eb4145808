"""What an import or an export has to say about a line: whether the meaning is kept, and if not, how far."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Literal

Verdict = Literal["note", "differs", "none"]
WORDS: dict[Verdict, str] = {"note": "note", "differs": "differs", "none": "no counterpart"}


@dataclass(frozen=True)
class Remark:
    """One line of a report.

    ``note``: the meaning is kept, and something is worth knowing. ``differs``: it is not, and the message says how.
    ``none``: there is no counterpart, so that this is left out, and the message says why.
    """

    where: str
    what: str
    verdict: Verdict
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}: {WORDS[self.verdict]}: {self.message}".removeprefix(": ")

    def plain(self) -> dict[str, Any]:
        return {"where": self.where, "what": self.what, "verdict": self.verdict, "message": self.message}


class NoCounterpartError(Exception):
    """Raised where a class, or the way it is used, cannot be said in our ops; its text is the reason."""


class UnfitError(Exception):
    """Raised where arguments are none of the signature that they are read by: those of another version, or a mistake."""
