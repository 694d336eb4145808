"""The same draw on several backends: what differs, by how much, and whether it may."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

import numpy as np

from augment.errors import SpecError
from augment.plugins import Engines, get_engines
from augment.report.compare import Difference, compare, equal_entries, equal_values, percent
from augment.report.draws import drawn
from augment.report.look import as_bytes, shrunk
from augment.report.model import Fact, Figure, Group, Panel, Sheet, Table
from augment.report.sheets.seeing import seen
from augment.report.study import Study, Subject, name_of
from augment.testing.tolerance import EIGHT_BIT, Bound, declared_bound, float_bound

AMPLIFIED = 8
DRAWS = 4
SHORT = 5  # facts below a picture; the table has all


class Compared(NamedTuple):
    """What a backend makes of a draw beside the first one."""

    engine: Engines
    facts: tuple[Fact, ...]
    figure: Figure | None


def fits(study: Study) -> bool:
    return len(study.engines) > 1


def sheet(study: Study) -> Sheet:
    """A group for each draw: every backend, and below it how it differs from the first."""
    engines = study.engines
    if len(engines) == 1:
        first = get_engines("reference" if engines[0].main.modality == "image" else "builtin")
        engines = tuple(dict.fromkeys((first, *engines)))
    if len(engines) == 1:
        raise SpecError("the sheet backends compares several: give them by name, or 'all'")
    lead = (
        f"One draw on each backend, and its distance to {name_of(engines[0])}, {AMPLIFIED} times amplified: black is equal. "
        "Distances are in levels of 255."
    )
    study = study.closely(len(study.subjects) * len(study.epochs[:DRAWS]) * len(engines))
    groups, rows = [], []
    for subject in study.subjects:
        for epoch in study.epochs[:DRAWS]:
            compared = [_compared(study, engines, engine, subject, epoch) for engine in engines[1:]]
            groups.append(_group(study, engines[0], compared, subject, epoch))
            name = f"{subject.name}, epoch {epoch}" if len(study.subjects) > 1 else f"epoch {epoch}"
            rows += [(name, one) for one in compared]
    return Sheet("backends", "Backends", lead, (_summary(study, rows), *groups))


def _summary(study: Study, rows: list[tuple[str, Compared]]) -> Group:
    names = tuple(dict.fromkeys(fact.name for _, one in rows for fact in one.facts))
    told = [(name, one.engine, {fact.name: fact for fact in one.facts}) for name, one in rows]
    cells = tuple((name, name_of(engine), *(facts.get(n, "") for n in names)) for name, engine, facts in told)
    about = "; ".join(f"{name} is left out: {reason}" for name, reason in study.left_out)
    return Group((), about=about, table=Table(("draw", "backend", *names), cells))


def _group(study: Study, first: Engines, compared: list[Compared], subject: Subject, epoch: int) -> Group:
    values = drawn(study, subject, epoch)
    command = study.command("backends", subject, epoch)
    panels = [_result(study, engine, subject, epoch) for engine in (first, *(one.engine for one in compared))]
    below = [Panel(f"{name_of(one.engine)} − {name_of(first)}", facts=one.facts[:SHORT], figure=one.figure) for one in compared]
    corner = Panel("drawn", "the same for all", drawn=values, command=command)
    name = f"{subject.name}, epoch {epoch}" if len(study.subjects) > 1 else f"epoch {epoch}"
    return Group((*panels, corner, *below), name, columns=len(panels), against="first")


def _result(study: Study, engine: Engines, subject: Subject, epoch: int) -> Panel:
    result = study.result(engine, subject, epoch)
    return Panel(name_of(engine), **seen(study, subject, result, f"epoch {epoch} on {name_of(engine)}"))


def _compared(study: Study, engines: tuple[Engines, ...], engine: Engines, subject: Subject, epoch: int) -> Compared:
    """How a backend differs from the first one on a draw."""
    first, second = (study.result(e, subject, epoch) for e in (engines[0], engine))
    targets = study.targets(subject)
    drawn_by = [e.main.values(study.program, index=subject.index, epoch=epoch) for e in (engines[0], engine)]
    facts = [Fact("parameters", *equal_values(*drawn_by))]
    facts += [Fact(name, *told) for name, told in equal_entries(first, second, targets).items()]
    if not study.has_image(subject):
        return Compared(engine, tuple(facts), None)
    image = next(name for name, target in targets.items() if target.kind == "image")
    shapes = [np.shape(result[image]) for result in (first, second)]
    if shapes[0] != shapes[1]:
        return Compared(engine, (Fact("pixels", f"{shapes[1]} and not {shapes[0]}", "bad"), *facts), None)
    found = compare(first[image], second[image], study.tail)
    facts = [*_distances(found), Fact("pixels", *_verdict(study, engine, subject, epoch, found)), *facts]
    return Compared(engine, tuple(facts), difference_figure(found, study.size))


def difference_figure(found: Difference, size: int) -> Figure:
    """The distance of two pictures, amplified."""
    grey = np.clip(found.levels.max(axis=2) * AMPLIFIED, 0, 255)
    pixels = as_bytes(np.rint(grey).astype(np.uint8))
    alt = f"difference times {AMPLIFIED}, at most {found.largest:.3g} levels"
    return Figure(shrunk(pixels, size), pixels.shape[:2], alt, exact=True)


def _distances(found: Difference) -> Iterator[Fact]:
    yield Fact("max", _levels(found.largest))
    yield Fact("mean", _levels(found.mean))
    yield Fact("PSNR", "∞ dB" if np.isinf(found.psnr) else f"{found.psnr:.1f} dB")


def _levels(distance: float) -> str:
    return "< 0.001" if 0 < distance < 0.001 else f"{distance:.3g}"


def _verdict(study: Study, engine: Engines, subject: Subject, epoch: int, found: Difference) -> tuple[str, Any]:
    """Whether the distance is within the bound that the backend declares, or that of the language."""
    active = [leaf.op for leaf in study.active(subject, epoch)]
    bound = EIGHT_BIT if found.eight_bit else float_bound(max(found.levels.shape[:2]))
    for op in active:
        support = engine.main.support(type(op))
        if support.level == "approximate":
            bound = _wider(bound, declared_bound(support.bound))
    share = float((found.levels.max(axis=2) > bound.levels).mean())
    if share <= bound.stray and found.mean <= bound.mean:
        return "within tolerance", "good"
    if any(op.noisy for op in active):  # each library may draw the pixels of noise itself
        return "noise of its own", ""
    return f"{percent(share)} beyond {bound.levels:g} levels", "bad"


def _wider(a: Bound, b: Bound) -> Bound:
    return Bound(max(a.levels, b.levels), max(a.stray, b.stray), max(a.mean, b.mean))
