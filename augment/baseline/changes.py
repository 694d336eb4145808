"""Finds what has changed since a baseline was written: which results, by how much, and which draws."""

from __future__ import annotations

import difflib
import math
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.baseline.store import ARRAYS, Baseline, Draw, Kept, backends_of, results, sums_of, values_of, versions_of
from augment.errors import AugmentError, FileError
from augment.language import dumps, loads
from augment.program.leaf import Leaf
from augment.report.compare import compare, percent
from augment.report.draws import numbers_text
from augment.report.study import Study, Subject
from augment.testing.tolerance import EIGHT_BIT, PIXELS, STRAY_LABELS, WEIGHT, Bound, float_bound

EXACT = Bound(0.0, stray=0.0)


@dataclass(frozen=True, eq=False)
class Change:
    """A draw whose result is not what it was."""

    subject: Subject
    epoch: int
    before: dict[str, Any]
    after: dict[str, Any]
    differences: tuple[str, ...]
    """Of each entry that differs: what, and by how much."""
    draws: tuple[str, ...]
    """What is drawn otherwise."""
    read_otherwise: bool
    """Whether the file itself has changed."""

    @property
    def reason(self) -> str:
        """Where to look."""
        if self.read_otherwise:
            return "the file itself, or what belongs to it, has changed"
        if self.draws:
            more = f" and {len(self.draws) - 4} more" if len(self.draws) > 4 else ""
            return f"drawn otherwise: {'; '.join(self.draws[:4])}{more}"
        return "the draws are the same, so an op or its kernel does something else"


@dataclass(frozen=True, eq=False)
class Changes:
    """All that has changed."""

    changed: tuple[Change, ...]
    new: tuple[str, ...]
    """Files that the baseline does not have."""
    missing: tuple[str, ...]
    """Files that only the baseline has."""
    compared: int
    """How many draws were compared."""
    spec: tuple[str, ...]
    """Lines of the spec that differ, as a unified diff."""
    notes: tuple[str, ...]
    """What else is not as it was: the backend, versions."""

    def __bool__(self) -> bool:
        return bool(self.changed or self.new or self.missing)


def find_changes(study: Study, baseline: Baseline, tolerance: float | None = None) -> Changes:
    """Compare the results of a study with a baseline.

    Args:
        study: with the stage, epochs and indices of the baseline.
        baseline: as it was read.
        tolerance: levels of 255 by which images may differ; then masks may differ on 0.05 % of the pixels, and boxes and
            keypoints by 0.01 pixels. None: nothing may differ on the same backend, and on another one the tolerance of the
            language holds.

    Raises:
        FileError: the baseline holds other draws, or its files are not what was written.
    """
    said, here = (baseline.stage, baseline.epoch, baseline.n), (study.program.stage, study.epoch, study.n)
    if said != here:
        told = [f"{n} draws from epoch {epoch} on in stage {stage}" for stage, epoch, n in (said, here)]
        raise FileError(f"{baseline.place}: holds {told[0]}, and {told[1]} are asked for; --update makes it hold those")
    subjects = {subject.name: subject for subject in study.subjects}
    changed, compared = [], 0
    for name, kept in baseline.files.items():
        if name in subjects:
            for epoch in study.epochs:
                compared += 1
                change = _change(study, baseline, subjects[name], kept, epoch, tolerance)
                changed += [change] if change else []
    new = tuple(name for name in subjects if name not in baseline.files)
    missing = tuple(name for name in baseline.files if name not in subjects)
    return Changes(tuple(changed), new, missing, compared, _spec_diff(study, baseline), tuple(_notes(study, baseline)))


def _change(
    study: Study, baseline: Baseline, subject: Subject, kept: Kept, epoch: int, tolerance: float | None
) -> Change | None:  # fmt: skip
    if str(epoch) not in kept.draws:
        raise FileError(f"{baseline.place}: has no epoch {epoch} of {subject.name}; --update writes it")
    draw = kept.draws[str(epoch)]
    after = {name: (kind, content) for name, kind, content in results(study, subject, epoch)}
    same_backend = (baseline.backend, baseline.text_backend) == backends_of(study)
    before, differences = {}, []
    for name in dict.fromkeys((*draw.entries, *after)):
        if name not in draw.entries or name not in after:
            differences.append(f"{name}: {'is new' if name in after else 'is gone'}")
            continue
        before[name] = baseline.entry(subject.name, draw, name)
        kind, content = after[name]
        told = _difference(kind, before[name], content, tolerance, same_backend, study.tail)
        differences += [f"{name}: {told}"] if told else []
    if not differences:
        return None
    result = {name: content for name, (_, content) in after.items()}
    now = values_of(study, subject, epoch)
    idle = {leaf.key for leaf in study.program.leaves if not _ran(leaf, draw.values) and not _ran(leaf, now)}
    draws = tuple(_drawn_otherwise(draw, now, idle))
    otherwise = kept.sums != sums_of(study, subject)
    return Change(subject, epoch, before, result, tuple(differences), draws, otherwise)


def _difference(kind: str, before: Any, after: Any, tolerance: float | None, same: bool, tail: Any) -> str:
    """Say how two entries differ; nothing if they may."""
    exact = tolerance == 0 or (tolerance is None and same)
    if kind not in ARRAYS:
        return _other_data(kind, before, after, exact)
    if before.shape != after.shape or before.dtype != after.dtype:
        return f"{after.dtype} {after.shape}, and was {before.dtype} {before.shape}"
    if kind == "mask":
        share = float((before != after).mean())
        return f"{percent(share)} of its pixels differ" if share > (0 if exact else STRAY_LABELS) else ""
    found = compare(before, after, tail)
    usual = EIGHT_BIT if found.eight_bit else float_bound(max(before.shape[:2]))
    bound = EXACT if exact else usual if tolerance is None else Bound(tolerance, stray=0.0, mean=math.inf)
    share = float((found.levels.max(axis=2) > bound.levels).mean())
    if share <= bound.stray and found.mean <= bound.mean:
        return ""
    return f"{percent(share)} of its pixels differ, by up to {found.largest:.3g} of 255 levels, {_two(found.mean)} in the mean"


def _two(number: float) -> str:
    """A number with two digits, and all that stand before the point."""
    return f"{number:.2g}" if number < 99.5 else f"{number:.0f}"


def _other_data(kind: str, before: Any, after: Any, exact: bool) -> str:
    if before == after:
        return ""
    if isinstance(before, list) and isinstance(after, list) and len(before) != len(after):
        return f"{len(after)} rows, and had {len(before)}"
    bound = {"boxes": PIXELS, "keypoints": PIXELS, "labels": WEIGHT}.get(kind, 0)
    try:
        distance = float(np.abs(np.asarray(after, float) - np.asarray(before, float)).max(initial=0))
    except (TypeError, ValueError):
        return "is another"
    return f"differ by up to {distance:.3g}" if exact or not distance <= bound else ""


def _ran(leaf: Leaf, values: Mapping[str, Mapping[str, Any]]) -> bool:
    """Whether an op ran with these values; of a baseline that knows nothing of it, it may have."""
    try:
        return leaf.active(values)
    except (KeyError, IndexError, TypeError):
        return True


def _drawn_otherwise(draw: Draw, now: Mapping[str, Mapping[str, Any]], idle: Container[str]) -> Iterator[str]:
    """Say which parameters of which ops were drawn otherwise, but for those that ran neither then nor now."""
    for key in dict.fromkeys((*draw.values, *now)):
        if key in idle:
            continue
        if key not in now or key not in draw.values:
            yield f"{key} {'is new' if key in now else 'is gone'}"
            continue
        before, after = draw.values[key], now[key]
        for name in dict.fromkeys((*before, *after)):
            if name not in before or name not in after:
                yield f"{key}.{name} {'is new' if name in after else 'is gone'}"
            elif before[name] != after[name]:
                yield f"{key}.{name} {_number(after[name])}, was {_number(before[name])}"


def _number(value: Any) -> str:
    return str(value)[:40] if isinstance(value, str) else numbers_text(value)


def _spec_diff(study: Study, baseline: Baseline) -> tuple[str, ...]:
    now = dumps(study.pipeline)
    try:
        before = dumps(loads(baseline.spec, str(baseline.place)))
    except AugmentError:  # an op that does not exist any more
        before = baseline.spec
    lines = difflib.unified_diff(before.splitlines(), now.splitlines(), "baseline", "now", n=1, lineterm="")
    return tuple(lines)


def _notes(study: Study, baseline: Baseline) -> Iterator[str]:
    said, here = (" and ".join(filter(None, names)) for names in ((baseline.backend, baseline.text_backend), backends_of(study)))
    if said != here:
        yield f"the baseline was made on {said}, and this is {here}"
    if study.program.seed != baseline.seed:
        yield f"the seed is {study.program.seed}, and was {baseline.seed}"
    now = versions_of(study)
    for name in now:
        if baseline.versions.get(name, now[name]) != now[name]:
            yield f"{name} is {now[name]}, and was {baseline.versions[name]}"


__all__ = ["Change", "Changes", "find_changes"]
