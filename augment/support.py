"""How well a backend does things: the declarations that errors, docs, reports and tests read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from augment.ops.primitives import Primitives

Level = Literal["matches", "approximate", "refuses"]
LEVELS = get_args(Level)
"""From the best to the least."""


@dataclass(frozen=True)
class Support:
    """How well a backend does an op on a kind of target."""

    level: Level
    bound: str = ""
    """approximate: the tested bound."""
    reason: str = ""
    instead: str = ""
    """refuses: what to do."""
    provided: str = ""
    """matches, approximate: what a spec or its images must have for it."""


MATCHES = Support("matches")


@dataclass(frozen=True)
class Batches:
    """How a backend runs several samples of one size at once, each with its own draws."""

    kernel_set: Primitives
    targets: frozenset[str]
    """The kinds of targets that it moves in a batch."""
    only: bool = False
    """Whether it runs one sample, too, as a batch of one."""
    lone: Primitives | None = None
    """With ``only``: what runs one sample of a program that no batch can run; without it such a program is refused when it is
    compiled."""

    @property
    def all(self) -> bool:
        """Whether what no batch can run is refused."""
        return self.only and self.lone is None


__all__ = ["LEVELS", "MATCHES", "Batches", "Level", "Support"]
