"""What an import comes to: the spec, and what is to be said of it."""

from __future__ import annotations

from dataclasses import dataclass

from augment.native.call import Call, Source
from augment.native.remark import Remark, Verdict
from augment.spec.node import Pipeline


@dataclass(frozen=True)
class Imported:
    """A spec, and what is to be said about how it came about."""

    source: Source
    pipeline: Pipeline
    remarks: tuple[Remark, ...]
    origins: tuple[tuple[int, Call], ...]
    """(step of the pipeline, the call that it came from), in order; what became nothing is not among them."""
    era: str | None = None
    """Of which versions of the library it was read, where their meanings differ."""

    def having(self, *verdicts: Verdict) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.verdict in verdicts)

    @property
    def complete(self) -> bool:
        """Whether every class found a counterpart, be it one that differs."""
        return not self.having("none")

    @property
    def same(self) -> bool:
        """Whether the spec means what the pipeline means."""
        return not self.having("none", "differs")
