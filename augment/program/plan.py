"""The random numbers of a program: which there are, where each comes from, and how NumPy draws them all in one call.

Every draw starts as 24 random bits. Its entry says what becomes of them: a number of a distribution, a coin, or an index.
Values come out as ``values[key][field]``, which is also the record that replays on another backend.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, NamedTuple, get_args

import numpy as np

from augment.errors import SpecError
from augment.ops.kinds import UNIT
from augment.random import LANES, Lanes, slot, threefry
from augment.values import TABLE_SIZE, Constant, Integers, InverseUniform, LogUniform, Uniform, Value

Form = Literal["unit", "affine", "log", "inverse", "table", "integer", "index", "bits"]
BITS = 24
MOST_DRAWS = 2**18
"""How many numbers a program may draw for a sample: thirty of the finest elastic fields."""
_OWN = ("table", "integer", "index", "bits")
"""Forms whose draws are computed apart from the others."""


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


class Shuffle(NamedTuple):
    """``values[key]['sequence'][i]`` is which of ``count`` comes at place i, in the order of their bits."""

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


class Layout(NamedTuple):
    """A plan as arrays: the places of the draws by form, and what they are computed with."""

    fields: tuple[tuple[str, tuple[tuple[str, str, Any], ...]], ...]
    """Of each key: its fields, the source that each is read from, and where (a number, or a slice of several)."""
    places: dict[str, np.ndarray]
    low: np.ndarray
    span: np.ndarray
    tables: np.ndarray
    rows: np.ndarray
    """Of each draw by table: which one."""
    whole: np.ndarray
    """Of each whole number: the lowest, and how many there are."""
    limits: np.ndarray
    """Of each index: its thresholds."""


@dataclass
class Plan:
    """All draws of a program; built once, by lowering."""

    entries: dict[tuple[str, str], Entry] = field(default_factory=dict)
    subsets: list[Subset] = field(default_factory=list)
    shuffles: list[Shuffle] = field(default_factory=list)
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
        if len(self.slots) + count > MOST_DRAWS:
            fix = "repeat it less often, or write a coarser field"
            raise SpecError(f"{where}: with it the spec draws more than {MOST_DRAWS:,} numbers for each sample; {fix}")
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
    def _lanes(self) -> Lanes | None:
        return Lanes(*self.counters) if 0 < len(self.slots) <= LANES else None

    @cached_property
    def _layout(self) -> Layout:
        low, span = np.zeros(len(self.slots)), np.zeros(len(self.slots))
        at: dict[str, list[int]] = {form: [] for form in get_args(Form)}
        tables: list[Value] = []
        whole: list[tuple[float, float]] = []
        limits: list[tuple[int, ...]] = []
        fields: dict[str, list[tuple[str, str, Any]]] = {}
        for e in self.entries.values():
            own = slice(e.start, e.start + e.count)
            if e.form in ("affine", "log", "inverse"):
                assert e.value is not None
                a, b = e.value.support
                a, b = (np.log(a), np.log(b)) if e.form == "log" else (1 / a, 1 / b) if e.form == "inverse" else (a, b)
                low[own], span[own] = a, b - a
            elif e.form == "table":
                assert e.value is not None
                tables += [e.value] * e.count
            elif e.form == "integer":
                assert isinstance(e.value, Integers)
                whole += [(e.value.low, e.value.high)] * e.count
            elif e.form == "index":
                limits += [e.thresholds] * e.count
            source, start = (e.form, len(at[e.form])) if e.form in _OWN else ("unit" if e.form == "unit" else "number", e.start)
            at[e.form] += range(e.start, e.start + e.count)
            fields.setdefault(e.key, []).append((e.field, source, start if e.count == 1 else slice(start, start + e.count)))
        most = max(map(len, limits), default=0)
        rows = {t: i for i, t in enumerate(dict.fromkeys(tables))}
        return Layout(
            tuple((key, tuple(own)) for key, own in fields.items()),
            {form: np.array(places, int) for form, places in at.items()}, low, span,
            np.stack([t.table() for t in rows]) if rows else np.zeros((0, TABLE_SIZE), np.float32),
            np.array([rows[t] for t in tables], int),
            np.array([(a, b - a + 1) for a, b in whole], np.float32).reshape(-1, 2).T,
            # bits have 24, so a place that holds no threshold is never reached
            np.array([x + (2**32 - 1,) * (most - len(x)) for x in limits], np.uint32).reshape(len(limits), most),
        )  # fmt: skip

    def draw(self, keys: tuple[np.ndarray, np.ndarray]) -> dict[str, dict[str, Any]]:
        """Draw for the samples with these key words, of shape (...): ``values[key][field]`` of shape (...) or (..., count)."""
        if self._lanes is not None and not keys[0].shape:
            bits = self._lanes.encrypt((int(keys[0]), int(keys[1]))) >> np.uint32(32 - BITS)
        else:
            bits = threefry((keys[0][..., None], keys[1][..., None]), self.counters)[0] >> np.uint32(32 - BITS)
        unit = bits.astype(np.float32) * np.float32(2**-BITS)
        layout = self._layout
        number = layout.low + unit * layout.span
        places = layout.places
        if places["log"].size:
            number[..., places["log"]] = np.exp(number[..., places["log"]])
        if places["inverse"].size:
            number[..., places["inverse"]] = 1 / number[..., places["inverse"]]
        sources = {"unit": unit, "number": number}
        if places["table"].size:
            column = bits.take(places["table"], axis=-1) >> np.uint32(BITS - 12)
            sources["table"] = layout.tables[layout.rows, column]
        if places["integer"].size:
            sources["integer"] = integers(unit.take(places["integer"], axis=-1), *layout.whole)
        if places["index"].size:
            sources["index"] = np.add.reduce(bits.take(places["index"], axis=-1)[..., None] >= layout.limits, axis=-1)
        if places["bits"].size:
            sources["bits"] = bits.take(places["bits"], axis=-1).astype(np.int32)
        if bits.ndim == 1:  # one sample: its numbers are scalars, on which arithmetic is quicker than on arrays without axes
            values = {key: {name: sources[source][at] for name, source, at in own} for key, own in layout.fields}
        else:
            values = {key: {name: sources[source][..., at] for name, source, at in own} for key, own in layout.fields}
        for subset in self.subsets:
            own = values[subset.key]
            own["pick"] = pick_smallest(own.pop("order"), own["n"])
        for shuffle in self.shuffles:
            own = values[shuffle.key]
            own["sequence"] = np.argsort(own.pop("order"), axis=-1, kind="stable")
        return values


def integers(unit: np.ndarray, low: np.ndarray, count: np.ndarray) -> np.ndarray:
    """``count`` whole numbers from ``low`` on, from uniforms: one float32 product and a floor, the same on every engine."""
    return (np.floor(unit * count) + low).astype(np.int64)


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
