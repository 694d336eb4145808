"""The random numbers of a program: which there are, where each comes from, and how NumPy draws them all in one call.

Every draw starts as 24 random bits. Its entry says what becomes of them: a number of a distribution, a coin, or an index.
Values come out as ``values[key][field]``, which is also the record that replays on another backend.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple

import numpy as np

from augment.errors import SpecError
from augment.ops.kinds import UNIT
from augment.random import slot, threefry
from augment.values import TABLE_SIZE, Constant, Integers, InverseUniform, LogUniform, Uniform, Value

Form = Literal["unit", "affine", "log", "inverse", "table", "integer", "index", "bits"]
BITS = 24


class Entry(NamedTuple):
    """``count`` draws that become one field of a key."""

    key: str
    field: str
    start: int
    count: int  # type: ignore[assignment]  # shadows tuple.count, which nothing uses
    form: Form
    value: Value | None = None
    thresholds: tuple[int, ...] = ()
    """index: the number of thresholds that are <= the bits."""


class Subset(NamedTuple):
    """``values[key]['pick'][i]`` is 1 where the i-th of ``count`` is among the ``n`` with the smallest bits."""

    key: str
    count: int  # type: ignore[assignment]  # shadows tuple.count, which nothing uses


def form_of(value: Value, exact: bool = False) -> Form:
    """Return how bits become a number of this distribution."""
    if value is UNIT:
        return "unit"
    if isinstance(value, Integers):
        return "integer"
    if exact:
        return "table"
    match value:
        case Constant() | Uniform():
            return "affine"
        case LogUniform():
            return "log"
        case InverseUniform():
            return "inverse"
    return "table"


@dataclass
class Plan:
    """All draws of a program; built once, by lowering."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    subsets: list[Subset] = field(default_factory=list)
    slots: list[int] = field(default_factory=list)
    steps: list[int] = field(default_factory=list)  # j of each draw
    owners: dict[int, str] = field(default_factory=dict)

    def add(
        self, address: str, key: str, name: str, form: Form, *, count: int = 1, iteration: int = 0, value: Value | None = None,
        thresholds: tuple[int, ...] = (),
    ) -> None:  # fmt: skip
        """Plan ``count`` draws for a field of the op at ``address``; its ``iteration`` counts repeats."""
        if (key, name) in self.entries:
            return
        where = f"{address}.{name}"
        number = slot(where)
        if self.owners.setdefault(number, where) != where:
            raise SpecError(f"{where} and {self.owners[number]} hash to the same random slot: give one op another id")
        self.entries[key, name] = Entry(key, name, len(self.slots), count, form, value, thresholds)
        self.slots += [number] * count
        self.steps += range(iteration * count, (iteration + 1) * count)

    @cached_property
    def counters(self) -> tuple[np.ndarray, np.ndarray]:
        return np.array(self.slots, np.uint32), np.array(self.steps, np.uint32)

    @cached_property
    def _numbers(self) -> tuple[np.ndarray, ...]:
        """low and span of each affine draw, and the places of those that need exp, 1/x or a table, with their tables."""
        n = len(self.slots)
        low, span = np.zeros(n), np.zeros(n)
        places: dict[str, list[int]] = {"log": [], "inverse": [], "table": []}
        tables: list[Value] = []
        for e in self.entries.values():
            at = range(e.start, e.start + e.count)
            if e.form in ("affine", "log", "inverse"):
                assert e.value is not None
                a, b = e.value.support
                a, b = (np.log(a), np.log(b)) if e.form == "log" else (1 / a, 1 / b) if e.form == "inverse" else (a, b)
                low[at.start : at.stop], span[at.start : at.stop] = a, b - a
            if e.form in places:
                places[e.form] += at
            if e.form == "table":
                assert e.value is not None
                tables += [e.value] * e.count
        flat = np.stack([t.table() for t in dict.fromkeys(tables)]) if tables else np.zeros((0, TABLE_SIZE), np.float32)
        order = {t: i for i, t in enumerate(dict.fromkeys(tables))}
        rows = np.array([order[t] for t in tables], int)
        return low, span, *(np.array(places[p], int) for p in ("log", "inverse", "table")), flat, rows

    def draw(self, keys: tuple[np.ndarray, np.ndarray]) -> dict[str, dict[str, Any]]:
        """Draw for the samples with these key words, of shape (...): ``values[key][field]`` of shape (...) or (..., count)."""
        bits = threefry((keys[0][..., None], keys[1][..., None]), self.counters)[0] >> np.uint32(32 - BITS)
        unit = bits.astype(np.float32) * np.float32(2**-BITS)
        low, span, log, inverse, table, flat, rows = self._numbers
        number = low + unit * span
        if log.size:
            number[..., log] = np.exp(number[..., log])
        if inverse.size:
            number[..., inverse] = 1 / number[..., inverse]
        if table.size:
            drawn = flat[rows, (bits[..., table] >> np.uint32(BITS - 12)).astype(int)]
            number[..., table] = drawn
        values: dict[str, dict[str, Any]] = {}
        for e in self.entries.values():
            at = e.start if e.count == 1 else slice(e.start, e.start + e.count)
            match e.form:
                case "unit":
                    out = unit[..., at]
                case "integer":
                    out = integers(unit[..., at], e.value)  # type: ignore[arg-type]
                case "table":
                    out = number[..., at].astype(np.float32)
                case "index":
                    out = (bits[..., at, None] >= np.array(e.thresholds, np.uint32)).sum(-1)
                case "bits":
                    out = bits[..., at].astype(np.int32)
                case _:
                    out = number[..., at]
            values.setdefault(e.key, {})[e.field] = out
        for subset in self.subsets:
            own = values[subset.key]
            own["pick"] = pick_smallest(own.pop("order"), own["n"])
        return values


def integers(unit: np.ndarray, value: Integers) -> np.ndarray:
    """Whole numbers from uniforms: one float32 product and a floor, the same on every engine."""
    return (np.floor(unit * np.float32(value.high - value.low + 1)) + np.float32(value.low)).astype(np.int64)


def pick_smallest(bits: np.ndarray, n: np.ndarray) -> np.ndarray:
    """(..., count): 1 for the ``n`` smallest of the bits along the last axis, ties to the first."""
    count = bits.shape[-1]
    mine, other = bits[..., :, None], bits[..., None, :]
    earlier = np.arange(count)[None, :] < np.arange(count)[:, None]
    rank = ((other < mine) | ((other == mine) & earlier)).sum(-1)
    return (rank < np.asarray(n)[..., None]).astype(np.int64)


def thresholds(weights: list[float]) -> tuple[int, ...]:
    """Cumulative weights as 24-bit whole numbers, without the last: what `Entry.thresholds` holds for a choice."""
    total = sum(weights)
    cumulative = np.cumsum(weights)[:-1] / total
    return tuple(round(c * 2**BITS) for c in cumulative)
