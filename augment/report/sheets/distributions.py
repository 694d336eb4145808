"""Histograms: what is drawn beside what the spec declares, and the pixels of the results beside those of the samples."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import numpy as np

from augment.program.flatten import addresses, walk
from augment.program.plan import BITS, Entry, Plan
from augment.random import sample_key
from augment.report.charts import choices, histogram, spread
from augment.report.draws import number_text, unit_of
from augment.report.look import as_bytes
from augment.report.model import Chart, Fact, Group, Panel, Sheet, Table
from augment.report.study import Study
from augment.spec.node import Combinator, Node
from augment.values import Value

COUNT = 4096
"""Samples whose parameters are drawn."""
RESULTS = 24
"""Results whose pixels are measured, at least, where there are as many draws."""


def fits(study: Study) -> bool:
    return bool(study.program.plan.entries)


def sheet(study: Study) -> Sheet:
    """A group of parameters, and one of pixels."""
    lead = (
        f"Bars are what {COUNT} samples draw, the line is what the spec declares. "
        "Below: how bright and how varied pictures are, before (dashed) and after."
    )
    groups = [Group(tuple(_parameters(study)), "Drawn parameters")]
    if all(map(study.has_image, study.subjects)):
        groups.append(_pixels(study))
    return Sheet("distributions", "Distributions", lead, tuple(group for group in groups if group.panels))


# Parameters ----------------------------------------------------------------------------------------------------------


def _parameters(study: Study) -> Iterator[Panel]:
    nodes = _nodes(study)
    first: dict[tuple[str, str], Entry] = {}  # the turns of a repeat draw alike
    for entry in study.program.plan.entries.values():
        if _declared(nodes.get(_address(entry.key)), entry):
            first.setdefault((_address(entry.key), entry.field), entry)
    wanted = list(first.values())
    drawn = part(study.program.plan, wanted).draw(sample_key(study.program.seed, study.epoch, np.arange(COUNT)))
    for entry in wanted:
        node = nodes[_address(entry.key)]
        yield _panel(node, entry, np.asarray(drawn[entry.key][entry.field]))


def _panel(node: Node, entry: Entry, drawn: np.ndarray) -> Panel:
    chart: Chart
    if entry.form == "index":
        chances = np.diff([0, *entry.thresholds, 2**BITS]) / 2**BITS
        names = _choices(node, entry, len(chances))
        chart = choices(drawn.ravel(), chances.tolist(), names)
        shares = [f"{name} {100 * chance:.3g} %" for name, chance in zip(names, chances, strict=True)]
        said = shares[1] if entry.field == "p" else ", ".join(shares)
        return Panel(f"{_address(entry.key)} · {entry.field}", chart=chart, facts=(Fact("declared", said),))
    assert entry.value is not None
    chart = histogram(drawn.ravel(), entry.value, unit_of(node, entry.field))
    mean = float(entry.value.quantile((np.arange(10_000) + 0.5) / 10_000).mean())
    step = np.ptp(entry.value.support) * 1e-9  # what is left of zero when numbers cancel
    told, of = (number_text(0.0 if abs(x) < step else x) for x in (float(drawn.mean()), mean))
    facts = (Fact("declared", str(entry.value)), Fact("mean", f"{told} of {of}"))
    return Panel(f"{_address(entry.key)} · {entry.field}", chart=chart, facts=facts)


def part(plan: Plan, wanted: list[Entry]) -> Plan:
    """Return the plan of some of the draws: they come out as they do in the whole plan."""
    out = Plan()
    for entry in wanted:
        own = slice(entry.start, entry.start + entry.count)
        out.entries[entry.key, entry.field] = entry._replace(start=len(out.slots))
        out.slots += plan.slots[own]
        out.steps += plan.steps[own]
    return out


def _nodes(study: Study) -> dict[str, Node]:
    """The nodes of the spec by address, and the ops that a node stands for."""
    paths = addresses(study.pipeline)
    parts = {_address(leaf.key): leaf.op for leaf in study.program.leaves}
    return {**parts, **{paths[path]: node for path, node in walk(study.pipeline)}}


def _address(key: str) -> str:
    """The address behind a key: without the turn of a repeat."""
    return re.sub(r"\[\d+\]", "", key)


def _declared(node: Node | None, entry: Entry) -> bool:
    """Whether the spec declares how it is drawn: it is a field of the node, its chance, or its choice."""
    if node is None or (entry.value is not None and entry.value.constant):
        return False
    return entry.form == "index" or isinstance(getattr(node, entry.field, None), Value)


def _choices(node: Node, entry: Entry, count: int) -> list[str]:
    if entry.field == "p":
        return ["not applied", "applied"]
    if isinstance(node, Combinator) and len(node.ops) == count:
        return [child.id or child.name() for child in node.ops]
    return [str(i) for i in range(count)]


# Pixels --------------------------------------------------------------------------------------------------------------


def _pixels(study: Study) -> Group:
    before, after, raw = [], [], []
    for subject in study.subjects:
        image = next(name for name, target in study.targets(subject).items() if target.kind == "image")
        before.append(_moments(study.samples[subject.at][image]))
        more = max(study.n, -(-RESULTS // len(study.subjects)))
        for epoch in range(study.epoch, study.epoch + more):
            shown = epoch in study.epochs
            result = study.result(study.engines[0], subject, epoch) if shown else study.quick(subject, epoch)
            after.append(_moments(result[image], study.tail))
            raw.append(np.asarray(result[image]))
    panels = tuple(_moment(name, i, before, after) for i, name in enumerate(("mean", "standard deviation")))
    return Group(panels, "Pixels", f"{len(after)} results, in levels of 255, over all channels.", table=_channels(raw))


def _moments(image: Any, tail: Any = None) -> tuple[float, float]:
    levels = as_bytes(image, tail)
    return float(levels.mean()), float(levels.std())


def _moment(name: str, i: int, before: list[tuple[float, float]], after: list[tuple[float, float]]) -> Panel:
    old, new = np.array([x[i] for x in before]), np.array([x[i] for x in after])
    facts = (Fact("before", _range(old)), Fact("after", _range(new)))
    alt = f"{name} of pixels: {_range(old)} before, {_range(new)} after"
    return Panel(name, chart=spread(new, old.tolist(), 0, 255 if i == 0 else 128, alt), facts=facts)


def _range(numbers: np.ndarray) -> str:
    low, high = f"{numbers.min():.1f}", f"{numbers.max():.1f}"
    return low if low == high else f"{low} to {high}"


def _channels(results: list[np.ndarray]) -> Table:
    """What training will see: type, range, mean and deviation of each channel, as the numbers are."""
    count = min(1 if r.ndim == 2 else r.shape[2] for r in results)
    rows = []
    for channel in range(count):
        flat = np.concatenate([(r if r.ndim == 2 else r[..., channel]).ravel().astype(np.float64) for r in results])
        numbers = flat.min(), flat.max(), flat.mean(), flat.std()
        rows.append((f"channel {channel}", str(results[0].dtype), *(number_text(float(x)) for x in numbers)))
    return Table(("output", "type", "min", "max", "mean", "std"), tuple(rows))
