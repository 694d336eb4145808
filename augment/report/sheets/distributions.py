"""Histograms: what is drawn beside what the spec declares, and the pixels of the results beside those of the samples."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from augment.program.addresses import addresses, walk
from augment.program.plan import BITS, Entry
from augment.random import sample_key
from augment.report.chances import COUNT, address_of, part
from augment.report.charts import before_and_after, choices, histogram, spread
from augment.report.compare import percent
from augment.report.coverage import DRAWS, coverage_panel
from augment.report.draws import number_text, unit_of
from augment.report.look import as_bytes
from augment.report.model import Chart, Fact, Group, Panel, Sheet, Table
from augment.report.study import Study
from augment.spec.node import Combinator, Node
from augment.values import Value

PICTURES = 2
"""Of which it is shown where crops look."""
SPREAD = 20_000
"""Pixels of a picture whose colours are counted, about."""
RESULTS = 24
"""Results whose pixels are measured, at least, where there are as many draws."""


def fits(study: Study) -> bool:
    return bool(study.program.plan.entries)


def sheet(study: Study) -> Sheet:
    """Groups of what is seen of pictures, of their colours, and of parameters."""
    lead = (
        "Where pictures are looked at, and their colours before (lines) and after (bars). "
        f"Below: what {COUNT} samples draw for each parameter (bars), and what the spec declares (lines)."
    )
    groups = []
    if all(map(study.has_image, study.subjects)):
        seen = (coverage_panel(study, subject) for subject in study.subjects[:PICTURES])
        about = f"How many of {DRAWS} draws show each part of a picture."
        groups = [Group(tuple(filter(None, seen)), "Where crops look", about), *_pixels(study)]
    groups.append(Group(tuple(_parameters(study)), "Drawn parameters"))
    return Sheet("distributions", "Distributions", lead, tuple(group for group in groups if group.panels))


# Parameters ----------------------------------------------------------------------------------------------------------


def _parameters(study: Study) -> Iterator[Panel]:
    nodes = _nodes(study)
    first: dict[tuple[str, str], Entry] = {}  # the turns of a repeat draw alike
    for entry in study.program.plan.entries.values():
        if _declared(nodes.get(address_of(entry.key)), entry):
            first.setdefault((address_of(entry.key), entry.field), entry)
    wanted = list(first.values())
    drawn = part(study.program.plan, wanted).draw(sample_key(study.program.seed, study.epoch, np.arange(COUNT)))
    for entry in wanted:
        node = nodes[address_of(entry.key)]
        yield _panel(node, entry, np.asarray(drawn[entry.key][entry.field]))


def _panel(node: Node, entry: Entry, drawn: np.ndarray) -> Panel:
    chart: Chart
    if entry.form == "index":
        chances = np.diff([0, *entry.thresholds, 2**BITS]) / 2**BITS
        names = _choices(node, entry, len(chances))
        chart = choices(drawn.ravel(), chances.tolist(), names)
        shares = [f"{name} {100 * chance:.3g} %" for name, chance in zip(names, chances, strict=True)]
        said = shares[1] if entry.field == "p" else ", ".join(shares)
        return Panel(f"{address_of(entry.key)} · {entry.field}", chart=chart, facts=(Fact("declared", said),))
    assert entry.value is not None
    chart = histogram(drawn.ravel(), entry.value, unit_of(node, entry.field))
    mean = float(entry.value.quantile((np.arange(10_000) + 0.5) / 10_000).mean())
    step = np.ptp(entry.value.support) * 1e-9  # what is left of zero when numbers cancel
    told, of = (number_text(0.0 if abs(x) < step else x) for x in (float(drawn.mean()), mean))
    facts = (Fact("declared", str(entry.value)), Fact("mean", f"{told} of {of}"))
    return Panel(f"{address_of(entry.key)} · {entry.field}", chart=chart, facts=facts)


def _nodes(study: Study) -> dict[str, Node]:
    """The nodes of the spec by address, and the ops that a node stands for."""
    paths = addresses(study.pipeline)
    parts = {address_of(leaf.key): leaf.op for leaf in study.program.leaves}
    return {**parts, **{paths[path]: node for path, node in walk(study.pipeline)}}


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


def _pixels(study: Study) -> Iterator[Group]:
    before, after, raw = [], [], []
    old, new = [], []
    for subject in study.subjects:
        image = next(name for name, target in study.targets(subject).items() if target.kind == "image")
        old.append(as_bytes(study.samples[subject.at][image]))
        before.append(_moments(old[-1]))
        more = max(study.n, -(-RESULTS // len(study.subjects)))
        for epoch in range(study.epoch, study.epoch + more):
            shown = epoch in study.epochs
            result = study.result(study.engines[0], subject, epoch) if shown else study.quick(subject, epoch)
            new.append(_thinned(as_bytes(result[image], study.tail)))
            after.append(_moments(result[image], study.tail))
            raw.append(np.asarray(result[image]))
    about = f"{len(after)} results, in levels of 255."
    yield Group(tuple(_colours([_thinned(one) for one in old], new)), "Colours", about)
    panels = tuple(_moment(name, i, before, after) for i, name in enumerate(("mean", "standard deviation")))
    yield Group(panels, "Pixels", f"{len(after)} results, in levels of 255, over all channels.", table=_channels(raw))


def _thinned(pixels: np.ndarray) -> np.ndarray:
    """(n, 3): pixels of a picture, evenly spread; of a large one not all."""
    flat = pixels.reshape(-1, 3)
    return flat[:: max(1, len(flat) // SPREAD)]


def _colours(before: list[np.ndarray], after: list[np.ndarray]) -> Iterator[Panel]:
    """A histogram for each channel; each picture counts alike."""
    for channel, name in enumerate(("red", "green", "blue")):
        old, new = (np.concatenate([one[:, channel] for one in pictures]) for pictures in (before, after))
        ends = [f"{percent(float((x == 0).mean()))} at 0, {percent(float((x == 255).mean()))} at 255" for x in (old, new)]
        facts = (Fact("before", ends[0]), Fact("after", ends[1]))
        yield Panel(name, chart=before_and_after(old, new, f"{name}: {ends[0]} before, {ends[1]} after"), facts=facts)


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
