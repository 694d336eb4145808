"""Makes histograms: of numbers beside the distribution that was declared, and of choices beside their weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from augment.report.draws import number_text
from augment.report.model import Bar, Chart
from augment.values import Value

BINS = 24
FINE = 100_000  # points of the declared distribution, from which its share of each bin is counted
LEVELS = 32  # bins of the numbers of pixels
ROOM = 1.08  # above the highest bar
MOST = 24  # whole numbers that get a bar each


def histogram(drawn: np.ndarray, value: Value, unit: str = "") -> Chart:
    """Count drawn numbers, and how many of them the declared distribution lets expect in each bin."""
    declared = value.quantile((np.arange(FINE) + 0.5) / FINE)
    edges = _edges(declared, *value.support)
    counts, expected = (np.histogram(_inside(x, edges), edges)[0] for x in (drawn, declared))
    names: tuple[str, ...] = ()
    if _whole(declared) and edges[1] - edges[0] == 1:
        names = tuple(number_text(int(x + 0.5)) + unit for x in edges[:-1])
    low, high = (f"{number_text(float(x))}{unit}" for x in value.support)
    return _chart(counts, expected * (len(drawn) / FINE), low, high, names)


def choices(drawn: np.ndarray, chances: Sequence[float], names: Sequence[str]) -> Chart:
    """Count how often each of several things was chosen."""
    counts = np.bincount(drawn.astype(int), minlength=len(chances))
    return _chart(counts, np.array(chances) * drawn.size, "", "", tuple(names))


def before_and_after(before: np.ndarray, after: np.ndarray, alt: str) -> Chart:
    """Shares of numbers from 0 to 255: those of ``after`` as bars, those of ``before`` as a line."""
    edges = np.linspace(0, 256, LEVELS + 1)
    old, new = (np.histogram(x, edges)[0] for x in (before, after))
    return replace(_chart(new, old * (len(after) / max(len(before), 1)), "0", "255", ()), alt=alt)


def spread(numbers: np.ndarray, marks: Sequence[float], low: float, high: float, alt: str) -> Chart:
    """Count measured numbers between two ends, and mark some places."""
    counts, _ = np.histogram(np.clip(numbers, low, high), BINS, (low, high))
    places = tuple(float((np.clip(mark, low, high) - low) / (high - low)) for mark in marks)
    chart = _chart(counts, np.zeros(0), f"{low:g}", f"{high:g}", ())
    return Chart(chart.bars, (), chart.low, chart.high, chart.counts, (), marks=places, alt=alt)


def _edges(declared: np.ndarray, low: float, high: float) -> np.ndarray:
    if _whole(declared) and high - low < MOST:
        return np.arange(round(low), round(high) + 2) - 0.5
    if np.unique(declared[:: FINE // 1000]).size <= MOST and not _whole(declared):  # a few numbers: a bar around each
        places = np.unique(declared)
        if places.size <= MOST:
            middles = (places[1:] + places[:-1]) / 2
            return np.array([2 * places[0] - middles[0], *middles, 2 * places[-1] - middles[-1]])
    return np.linspace(low, high, BINS + 1)


def _whole(declared: np.ndarray) -> bool:
    return bool((declared == np.rint(declared)).all())


def _inside(numbers: np.ndarray, edges: np.ndarray) -> np.ndarray:
    """The numbers, but for what rounding carries over the ends."""
    return np.clip(numbers, edges[0], edges[-1])


def _chart(counts: np.ndarray, expected: np.ndarray, low: str, high: str, names: tuple[str, ...]) -> Chart:
    n = len(counts)
    top = max(float(counts.max(initial=0)), float(expected.max(initial=0)), 1.0) * ROOM
    gap = 0.14 / n
    bars = tuple(Bar(i / n + gap, (i + 1) / n - gap, float(c) / top) for i, c in enumerate(counts))
    line = tuple(point for i, e in enumerate(expected) for point in ((i / n, float(e) / top), ((i + 1) / n, float(e) / top)))
    told = ", ".join(f"{name}: {c} of {e:.0f}" for name, c, e in zip(names, counts, expected, strict=False))
    alt = told or f"{int(counts.sum())} draws from {low} to {high}"
    return Chart(bars, line, low, high, tuple(map(int, counts)), tuple(map(float, expected)), names, (), alt)
