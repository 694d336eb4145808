"""Turns a pipeline of a library into a spec, with a remark for whatever does not mean the same here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from augment.errors import AugmentError, SpecError, suggest
from augment.native.call import Call, Source, Unread, checked, walk
from augment.native.entry import Entry, table
from augment.native.imported import Imported
from augment.native.line import Line, plain
from augment.native.remark import NoCounterpartError, Remark, UnfitError, Verdict
from augment.ops import SPREADS, catalogue
from augment.program.lower import Program
from augment.spec.node import COMBINATORS, Node, Pipeline
from augment.spec.views import singly

OWN = (
    "a class of your own, which is named and not guessed: put it beside the compiled object, or write an op (docs/write-an-op.md)"
)


class Reading:
    """One import under way: the era that names are read in, and the remarks so far."""

    def __init__(self, source: Source):
        self.source = checked(source)
        self.table = table(source.library)
        self.remarks: list[Remark] = []
        self.known: Mapping[str, type[Node]] = {**catalogue(), **COMBINATORS, **SPREADS}
        self.era = self._era()

    def remark(self, call: Call | None, verdict: Verdict, message: str) -> None:
        found = Remark(call.where if call else "", call.name if call else self.source.library, verdict, message)
        if found not in self.remarks:
            self.remarks.append(found)

    def nodes(self, call: Call, **given: Any) -> list[Node]:
        """Return what stands for a call, in order; ``given`` replaces arguments by name. Nothing of it raises."""
        try:
            return self._nodes(call, given)
        except NoCounterpartError as error:
            self.remark(call, "none", str(error))
        except UnfitError as error:
            self.remark(call, "none", f"its arguments fit no version of it: {error}")
        except RecursionError:
            self.remark(call, "none", "is nested too deep")
        return []

    def _nodes(self, call: Call, given: Mapping[str, Any]) -> list[Node]:
        if call.custom:
            raise NoCounterpartError(OWN)
        if call.name not in self.table:
            raise NoCounterpartError(
                f"{self.source.library} has no {call.name!r} that is known here{suggest(call.name, self.table)}"
            )
        entry, arguments, left = self.bound(call)
        for name in entry.holders:
            if isinstance(arguments[name], Unread):
                raise NoCounterpartError(f"what it holds is no list that is written out: {arguments[name]}")
        for name in left:
            if name not in self.table.needless:
                self.remark(
                    call, "differs", f"its argument {name!r} is in no signature of {call.name} that is known here: left out"
                )
        return Line(self, call, entry).made({**self.table.settled(call, self.era, arguments), **given})

    def bound(self, call: Call) -> tuple[Entry, dict[str, Any], tuple[str, ...]]:
        """Return the entry that a call fits, its arguments, and the names of those that no signature has."""
        entries = self.table.entries(call.name, self.era)
        call = call.replace(kwargs={self.table.renamed.get(name, name): value for name, value in call.kwargs.items()})
        why = ""
        for left in ((), *_unknown(call, entries)):
            short = call.replace(kwargs={name: v for name, v in call.kwargs.items() if name not in left})
            for entry in entries:
                try:
                    arguments = entry.bind(short)
                    if len(entries) > 1:  # values tell versions apart as well: RandomResizedCrop(224, 224)
                        Line(Trial(self), call, entry).made(arguments)
                    return entry, arguments, left
                except UnfitError as error:
                    why = why or str(error)
        raise NoCounterpartError(f"its arguments fit no version of it: {why}")

    def _era(self) -> str | None:
        """The era of a pipeline: that of its version, else the newest in which all calls can be bound, else by their majority."""
        eras = self.table.eras
        if not eras:
            return None
        if self.source.version:
            return self.table.era_of(self.source.version)
        self.era = eras[0]
        for call in walk(self.source.calls):
            older = self._older(call)
            if older:
                where = f"{call.name} at {call.where}" if call.where else call.name
                self.remark(None, "note", f"read as {self.table.library} {older}, by {where}: defaults are those of that time")
                return older
        return eras[0]

    def _older(self, call: Call) -> str | None:
        """The era that a call must be of, if it is not the newest."""
        if call.custom or call.name not in self.table:
            return None
        if self.table.dated(call):
            return self.table.eras[1]
        try:
            entry, _, _ = self.bound(call)
        except NoCounterpartError:
            return None
        return None if entry.era in (None, self.table.eras[0]) else entry.era


class Trial(Reading):
    """A reading that only finds out whether arguments fit."""

    def __init__(self, of: Reading):
        self.source, self.table, self.known, self.era = of.source, of.table, of.known, of.era
        self.remarks = []

    def nodes(self, call: Call, **given: Any) -> list[Node]:
        return [self.known["identity"]()]


def read(source: Source) -> Imported:
    """Return the spec that means what a pipeline of another library means; the remarks tell where it does not."""
    reading = Reading(source)
    steps: list[Node] = []
    origins: list[tuple[int, Call]] = []
    for call in source.calls:
        for node in reading.nodes(call):
            origins.append((len(steps), call))
            steps.append(node)
    fields = reading.table.container(reading, source.settings, steps)
    pipeline = _valid(reading, fields)
    return Imported(source, pipeline, tuple(reading.remarks), tuple(origins), reading.era)


def _valid(reading: Reading, fields: dict[str, Any]) -> Pipeline:
    """The pipeline by the rules that no single op knows; what breaks them is told."""
    from augment.language import as_pipeline
    from augment.program.lower import lower

    steps = list(fields["pipeline"])
    try:
        pipeline = Pipeline(**fields)
    except SpecError as error:
        reading.remark(None, "differs", f"what is said of the targets means nothing here: {plain(error)}")
        pipeline = Pipeline(**{**fields, "targets": {}})
    try:
        for _, one in singly(as_pipeline(pipeline)):
            _tell_of_rows(reading, lower(one))
        return pipeline
    except AugmentError as error:
        if pipeline.views:
            reading.remark(None, "differs", f"the spec needs a change before it compiles: {plain(error)}")
            return pipeline
        tails = [step for step in steps if getattr(step, "floats", False)]
        later = pipeline.replace(pipeline=[*(step for step in steps if step not in tails), *tails])
        try:
            _tell_of_rows(reading, lower(as_pipeline(later)))
        except AugmentError:
            reading.remark(None, "differs", f"the spec needs a change before it compiles: {plain(error)}")
            return pipeline
        reading.remark(
            None, "differs", "what follows its normalization changes colours of 0 to 1, and clips the rest; here it comes before"
        )
        return later


def _tell_of_rows(reading: Reading, program: Program) -> None:
    """Tell of warps that stand in a row, which are one map here."""
    for step in program.steps:
        warps = {leaf.path.partition("]")[0]: leaf.op.name() for leaf in step.leaves if getattr(leaf.op, "samples", False)}
        if step.primitive == "resample" and len(warps) > 1:
            names = ", ".join(warps.values())
            reading.remark(None, "note", f"{names}: one map here, which samples the image once; each does there, and blurs more")


def _unknown(call: Call, entries: Sequence[Entry]) -> list[tuple[str, ...]]:
    """The names of arguments that no signature has: once those of each era, and once those of all."""
    known = {name for entry in entries for name in entry.signature.parameters}
    of_all = tuple(name for name in call.kwargs if name not in known)
    of_each = [tuple(name for name in call.kwargs if name not in entry.signature.parameters) for entry in entries]
    return list(dict.fromkeys(left for left in (of_all, *of_each) if left))


__all__ = ["Imported", "Line", "Reading", "read"]
