"""What lint found: where, what, why, and what to write instead."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import Any

from augment.lint.rule import Change, Severity

_PLACE = re.compile(r"(?P<file>.*):(?P<line>\d+):(?P<column>\d+)")


@dataclass(frozen=True)
class Finding:
    """One thing that a spec says and probably does not mean."""

    rule: str
    severity: Severity
    path: str
    """In the spec: 'pipeline[2].rotate.degrees'; empty if it is about the spec as a whole."""
    place: str
    """'train.yaml:7:15'; empty if the spec was not read from text."""
    message: str
    """What was found."""
    reason: str
    """Why it matters."""
    fix: str
    """What to write."""
    change: Change | None = None
    """What `augment check --fix` writes, if that is certain."""

    @property
    def anchor(self) -> str:
        """Where the docs tell of it: 'docs/lint.md#strength'."""
        return f"docs/lint.md#{self.rule}"

    @property
    def where(self) -> str:
        return f"{self.place} {self.path}".strip()

    @property
    def line(self) -> int | None:
        found = _PLACE.fullmatch(self.place)
        return int(found["line"]) if found else None

    def plain(self) -> dict[str, Any]:
        """Return it as JSON data, with the place taken apart where it is known."""
        found = _PLACE.fullmatch(self.place)
        at = {"file": found["file"], "line": int(found["line"]), "column": int(found["column"])} if found else {}
        data = {name: value for name, value in asdict(self).items() if name != "change"}
        return {**data, "fixable": self.change is not None, "docs": self.anchor, **at}

    def __str__(self) -> str:
        where = f"{self.where}: " if self.where else ""
        return f"{self.severity}: {where}{self.message} [{self.rule}]"
