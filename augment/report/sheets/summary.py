"""The whole in numbers: what the draws that are shown lose and keep, and how often each op is applied."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import numpy as np

from augment.engine.boxes import to_xyxy
from augment.program.addresses import addresses, walk
from augment.report.chances import COUNT, asked, drawn
from augment.report.compare import percent
from augment.report.look import as_bytes, mask_labels
from augment.report.model import Fact, Group, Link, Share, Sheet, Table
from augment.report.study import Study, Subject
from augment.sample import TEXTS, Target
from augment.spec.node import Combinator, Op

BLAMED = re.compile(r"\bpipeline\[\S+")
LIMITS = "limits of the target"


def fits(study: Study) -> bool:
    return bool(study.program.leaves)


def sheet(study: Study) -> Sheet:
    """What became of the samples, the ops, and the classes of what was lost."""
    made = _Count(study)
    lead = f"Measured on all {made.results} results that are shown; how often ops are applied, on what {COUNT} samples draw."
    groups = [Group((), "Before and after", table=made.table()), Group((), "Ops", table=_ops(study, made))]
    if made.boxes:
        groups.append(Group((), "Boxes by class", table=made.classes()))
    if len(study.subjects) > 1 and made.pictures:
        links = (Link(subject.name, "samples", f"{subject.name}, index {subject.index}") for subject in study.subjects)
        groups.append(Group((), "Pictures", links=tuple(links)))
    return Sheet("summary", "Summary", lead, tuple(groups))


class _Count:
    """Counts what became of all results that are shown."""

    def __init__(self, study: Study):
        self.study = study
        self.results = self.unchanged = self.texts = self.captions = self.rewritten = self.masks = 0
        self.empty = [0, 0]
        self.clipped: list[tuple[float, float]] = []
        self.covered: list[tuple[float, float]] = []
        self.areas: tuple[list[float], list[float]] = ([], [])
        self.boxes: Counter[str] = Counter()
        self.lost: Counter[str] = Counter()
        self.blamed: Counter[str] = Counter()
        self.skipped: Counter[str] = Counter()
        self.ops: list[int] = []
        self.pictures = all(map(study.has_image, study.subjects))
        for subject in study.subjects:
            for epoch in study.epochs:
                self._add(subject, epoch)

    def _add(self, subject: Subject, epoch: int) -> None:
        study = self.study
        sample, result = study.samples[subject.at], study.result(study.engines[0], subject, epoch)
        targets, skipped = study.targets(subject), study.skipped(subject, epoch)
        dropped = study.course(subject, epoch)[1]
        same = []
        for name, target in targets.items():
            if target.kind == "image":
                before, after = as_bytes(sample[name]), as_bytes(result[name], study.tail)
                same.append(np.array_equal(before, after))
                self.clipped.append((_ends(before), _ends(after)))
            elif target.kind == "mask":
                shares = [float((mask_labels(np.asarray(one[name])) > 0).mean()) for one in (sample, result)]
                self.masks += 1
                self.empty = [count + (share == 0) for count, share in zip(self.empty, shares, strict=True)]
                self.covered.append((shares[0], shares[1]))
            elif target.kind == "boxes":
                self._add_boxes(sample, result, name, target, dropped.get(name, []))
            elif target.kind in TEXTS:
                same.append(sample[name] == result[name])
                self.texts += 1
                self.captions += target.kind == "caption"
                self.rewritten += sample[name] != result[name]
        self.results += 1
        self.unchanged += all(same)
        self.skipped.update(row.target for row in skipped)
        closed = {row.target for row in skipped}
        values = study.values(subject, epoch)
        self.ops.append(len({leaf.path for leaf in study.program.leaves if leaf.active(values) and leaf.key not in closed}))

    def _add_boxes(self, sample: Any, result: Any, name: str, target: Target, dropped: Any) -> None:
        labels = next((sample[carried] for carried in target.carry if carried in sample), None)
        size = [np.shape(one[self._image(one)])[:2] for one in (sample, result)] if self.pictures else None
        count = len(sample[name])
        self.boxes.update(str(labels[i]) if labels is not None else name for i in range(count))
        for row in dropped:
            if row.get("sample") != "other" and row["row"] < count:
                self.lost[str(labels[row["row"]]) if labels is not None else name] += 1
                found = BLAMED.search(row["reason"])
                self.blamed[found[0] if found else LIMITS] += 1
        for areas, one, shape in zip(self.areas, (sample, result), size or (), strict=bool(size)):
            rows = to_xyxy(np.asarray(one[name], float).reshape(-1, 4), target.format, shape)
            areas += ((rows[:, 2] - rows[:, 0]) * (rows[:, 3] - rows[:, 1]) / (shape[0] * shape[1])).tolist()

    def _image(self, sample: Any) -> str:
        return next(name for name, target in self.study.targets(self.study.subjects[0]).items() if target.kind == "image")

    # Tables ----------------------------------------------------------------------------------------------------------

    def table(self) -> Table:
        return Table(("of all results", "before", "after"), tuple(self._rows()))

    def _rows(self) -> Iterator[tuple[Fact | str, ...]]:
        yield "results that are as the sample was", "", _of(self.unchanged, self.results, bad=self.unchanged == self.results)
        low, middle, high = np.percentile(self.ops, (0, 50, 100))
        yield "ops applied to a result", "", f"{low:.0f} to {high:.0f}, {middle:g} in the middle"
        if self.clipped:
            before, after = np.mean(self.clipped, axis=0)
            yield "pixels at an end of the scale", percent(float(before)), percent(float(after))
        if self.boxes:
            lost = sum(self.lost.values())
            count = sum(self.boxes.values())
            yield "boxes", str(count), Fact("", f"{_of(lost, count).value} lost", "bad" if lost else "")
            yield "area of a box, in the middle", *(percent(float(np.median(area))) if area else "none" for area in self.areas)
        if self.covered:
            before, after = np.mean(self.covered, axis=0)
            yield "part of the picture that masks label", percent(float(before)), percent(float(after))
            yield "masks that label nothing", str(self.empty[0]), _of(self.empty[1], self.masks, self.empty[1] > self.empty[0])
        if self.texts:
            yield "texts that were changed", "", _of(self.rewritten, self.texts)
        if self.captions:
            yield "ops left out for the sake of a caption", "", str(sum(self.skipped.values()))

    def classes(self) -> Table:
        rows = tuple(
            (label, str(count), Share(_of(self.lost[label], count).value, self.lost[label] / count))
            for label, count in self.boxes.most_common()
        )
        return Table(("class", "boxes", "lost"), rows)


def _ops(study: Study, made: _Count) -> Table:
    """A row for each op of the spec: how often it is applied, what was lost to it, and what captions forbade."""
    wanted, found = asked(study.pipeline), drawn(study)
    names = addresses(study.pipeline)
    headings, rows = ["op", "asked for", "drawn"], []
    for path, node in walk(study.pipeline):
        if isinstance(node, Op) and not isinstance(node, Combinator):
            share = found.get(path)
            told: list[Any] = [
                Link(names[path], "ops", node.id or node.name()),
                percent(wanted[path]) if study.program.stage == "train" else "",
                "not in this stage" if share is None else Share(percent(share), share),
            ]
            told += [_none(made.blamed[path])] if made.boxes else []
            told += [_none(made.skipped[names[path]])] if made.captions else []
            rows.append(tuple(told))
    if made.boxes:
        headings.append("boxes lost to it")
        if made.blamed[LIMITS]:
            rows.append((LIMITS, "", "", str(made.blamed[LIMITS]), *([""] if made.captions else [])))
    if made.captions:
        headings.append("left out for a caption")
    return Table(tuple(headings), tuple(rows))


def _none(count: int) -> str:
    return str(count) if count else "–"


def _of(count: int, total: int, bad: bool = False) -> Fact:
    return Fact("", f"{count} of {total}" + (f" ({percent(count / total)})" if count and total else ""), "bad" if bad else "")


def _ends(pixels: np.ndarray) -> float:
    """The share of values that are 0 or full scale."""
    return float(((pixels == 0) | (pixels == 255)).mean())
