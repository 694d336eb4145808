"""What was timed, as a table, as JSON and as a picture."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from html import escape
from statistics import median
from typing import Any

from augment.benching.regimes import REGIMES, Regime


@dataclass(frozen=True)
class Row:
    """A backend in a regime: seconds of a sample, of each turn."""

    regime: Regime
    backend: str
    spec: tuple[float, ...]
    native: tuple[float, ...]
    first: float | None
    """Seconds of the first call of the spec, in which a library may compile."""
    notes: tuple[str, ...] = ()

    @property
    def ratio(self) -> float | None:
        """The time of the library's own pipeline over that of the spec: above 1, the spec is faster."""
        return median(self.native) / median(self.spec) if self.spec and self.native else None

    @property
    def slower(self) -> bool:
        return self.ratio is not None and self.ratio < 1

    def cells(self) -> tuple[str, str, str, str, str]:
        """Backend, milliseconds of the spec and of the native pipeline, the ratio and its range over turns."""
        pairs = [theirs / ours for theirs, ours in zip(self.native, self.spec, strict=False)]
        between = f"{min(pairs):.2f} to {max(pairs):.2f}" if pairs else ""
        return self.backend, _milliseconds(self.spec), _milliseconds(self.native), _shown(self.ratio), between


@dataclass(frozen=True)
class Bench:
    """All rows, and how they were timed."""

    rows: tuple[Row, ...]
    pictures: int
    turns: int
    workers: int
    batch: int

    @property
    def slower(self) -> tuple[Row, ...]:
        """Where the library's own pipeline is faster, the worst first."""
        return tuple(sorted((row for row in self.rows if row.slower), key=lambda row: row.ratio or 0))

    def by_regime(self) -> Iterator[tuple[Regime, list[Row]]]:
        for regime in REGIMES:
            if rows := [row for row in self.rows if row.regime == regime]:
                yield regime, rows

    def summary(self) -> str:
        """Where the spec is slower, in words."""
        said = "its own classes take {} of the time of the spec"
        told = [f"{row.backend} ({row.regime.name}): {said.format(_shown(row.ratio))}" for row in self.slower]
        return "\n".join(told) or "nowhere is a library's own pipeline faster than the spec"

    def markdown(self) -> str:
        """A table for each regime, what is slower, and how it was timed."""
        parts = []
        for regime, rows in self.by_regime():
            head = f"| backend | spec, ms of {regime.clock} | its own classes, ms | ratio | range |\n|---|---|---|---|---|"
            lines = [f"| {' | '.join(row.cells())} |" for row in rows]
            notes = [f"- {row.backend}: {note}" for row in rows for note in row.notes]
            parts.append("\n".join([f"## {regime.title}", "", head, *lines, *(["", *notes] if notes else [])]))
        how = (
            f"Milliseconds of a sample, medians of {self.turns} turns of processes that alternate, on {self.pictures} pictures; "
            f"{self.workers} workers, batches of {self.batch}. A ratio is the time of the library's own classes over the spec's."
        )
        return "\n\n".join(["# Benchmark of a spec", how, *parts, "## What is slower", self.summary()]) + "\n"

    def data(self) -> dict[str, Any]:
        """The same as JSON data, with the seconds of each turn."""
        rows = [
            {
                "regime": row.regime.name, "clock": row.regime.clock, "backend": row.backend, "spec": row.spec,
                "native": row.native, "ratio": row.ratio, "first_call": row.first, "notes": row.notes,
            }
            for row in self.rows
        ]  # fmt: skip
        how = {"pictures": self.pictures, "turns": self.turns, "workers": self.workers, "batch": self.batch}
        return {**how, "rows": rows, "slower": [[row.regime.name, row.backend] for row in self.slower]}

    def svg(self) -> str:
        """Bars of both sides, a group for each regime, which has a scale of its own."""
        width, left, bar, parts, y = 760, 150, 16, [], 16
        for regime, rows in self.by_regime():
            most = max((median(side) for row in rows for side in (row.spec, row.native) if side), default=1.0)
            parts.append(_text(0, y + 4, f"{regime.title} (ms of {regime.clock} a sample)", bold=True))
            y += 16
            for row in rows:
                parts.append(_text(left - 8, y + 17, row.backend, end=True))
                for side, colour in ((row.spec, SPEC), (row.native, NATIVE)):
                    long = (width - left - 150) * median(side) / most if side else 0
                    said = _milliseconds(side) or "does not run"
                    parts.append(f'<rect x="{left}" y="{y}" width="{long:.1f}" height="{bar - 3}" fill="{colour}"/>')
                    parts.append(_text(int(left + long) + 6, y + 11, said))
                    y += bar
                y += 8
            y += 14
        legend = _text(left, y + 4, "the spec", colour=SPEC) + _text(left + 90, y + 4, "the library's own classes", colour=NATIVE)
        font = 'font-family="sans-serif" font-size="12"'
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{y + 16}" {font}>'
        return "\n".join([head, '<rect width="100%" height="100%" fill="#fff"/>', *parts, legend, "</svg>"]) + "\n"


SPEC, NATIVE = "#1f6feb", "#8a8f98"


def _text(x: int, y: int, said: str, *, end: bool = False, bold: bool = False, colour: str = "#1c2128") -> str:
    how = (' text-anchor="end"' if end else "") + (' font-weight="bold"' if bold else "")
    return f'<text x="{x}" y="{y}" fill="{colour}"{how}>{escape(said)}</text>'


def _milliseconds(seconds: tuple[float, ...]) -> str:
    return f"{median(seconds) * 1000:.3g}" if seconds else ""


def _shown(ratio: float | None) -> str:
    return "" if ratio is None else f"{ratio:.2f}"
