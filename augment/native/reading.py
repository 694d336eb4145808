"""Turns a pipeline of a library into a spec, with a remark for whatever does not mean the same here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from augment.errors import AugmentError, SpecError, suggest
from augment.native.call import Call, Source, checked, walk
from augment.native.entry import Entry, Table, table
from augment.native.remark import NoCounterpartError, Remark, UnfitError, Verdict
from augment.ops import SPREADS, catalogue
from augment.program.lower import Program
from augment.spec.node import COMBINATORS, Node, Pipeline
from augment.spec.views import singly

OWN = (
    "a class of your own, which is named and not guessed: put it beside the compiled object, or write an op (docs/write-an-op.md)"
)


@dataclass(frozen=True)
class Imported:
    """A spec, and what is to be said about how it came about."""

    source: Source
    pipeline: Pipeline
    remarks: tuple[Remark, ...]
    origins: tuple[tuple[int, Call], ...]
    """(step of the pipeline, the call that it came from), in order; what became nothing is not among them."""
    era: str | None = None
    """Of which versions of the library it was read, where their meanings differ."""

    def having(self, *verdicts: Verdict) -> tuple[Remark, ...]:
        return tuple(remark for remark in self.remarks if remark.verdict in verdicts)

    @property
    def complete(self) -> bool:
        """Whether every class found a counterpart, be it one that differs."""
        return not self.having("none")

    @property
    def same(self) -> bool:
        """Whether the spec means what the pipeline means."""
        return not self.having("none", "differs")


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
        for name in left:
            if name not in self.table.needless:
                self.remark(
                    call, "differs", f"its argument {name!r} is in no signature of {call.name} that is known here: left out"
                )
        return Line(self, call, entry).made({**self.table.settled(call, self.era, arguments), **given})

    def bound(self, call: Call) -> tuple[Entry, dict[str, Any], tuple[str, ...]]:
        """Return the entry that a call fits, its arguments, and the names of those that no signature has."""
        entries = self.table.entries(call.name, self.era)
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


class Line:
    """What the meaning of one class sees of the import: it makes ops, tells what differs, and asks for children."""

    def __init__(self, reading: Reading, call: Call, entry: Entry):
        self.reading, self.call, self.entry = reading, call, entry

    def made(self, arguments: Mapping[str, Any]) -> list[Node]:
        """Return the nodes that the meaning gives; raises `UnfitError` on arguments that it cannot read."""
        try:
            found = self.entry.meaning(self, **_spread(self.entry, arguments))
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            if isinstance(error, AugmentError):
                raise NoCounterpartError(_plain(error)) from None
            raise UnfitError(f"its arguments cannot be read ({error})") from None
        if self.entry.ours:
            self._tell_of_unread(arguments)
        match found:
            case None:
                return []
            case Node():
                return [found]
        return [node for node in found if node is not None]

    def _tell_of_unread(self, arguments: Mapping[str, Any]) -> None:
        """Tell of arguments that the meaning does not look at, and that are not as the library has them unless they are said."""
        for name in sorted(self.entry.unread - set(self.reading.table.needless)):
            default = self.entry.signature.parameters[name].default
            if name in arguments and not _alike(arguments[name], default):
                self.differs(f"its argument {name}={str(arguments[name])[:60]} changes nothing here")

    def op(self, name: str, **fields: Any) -> Node:
        """Return an op of ours; fields that are None are not said, and p is said where it must be."""
        kind = self.reading.known.get(name)
        if kind is None:
            raise NoCounterpartError(f"no counterpart yet: there is no op {name!r}")
        p = fields.pop("p", None)
        given = {field: v for field, v in fields.items() if v is not None}
        if p is not None and (p != 1 or kind.needs_p):
            given["p"] = p if not isinstance(p, bool) else float(p)
        if p == 0:
            self.note("its p is 0, so that it never does anything")
        return kind(**given)

    def known(self, name: str, *fields: str) -> bool:
        """Whether there is an op of a name, with all these fields."""
        kind = self.reading.known.get(name)
        return kind is not None and set(fields) <= kind.model_fields.keys()

    def note(self, message: str) -> None:
        self.reading.remark(self.call, "note", message)

    def differs(self, message: str) -> None:
        self.reading.remark(self.call, "differs", message)

    @property
    def children(self) -> tuple[Call, ...]:
        return self.call.children

    @cached_property
    def era(self) -> str | None:
        return self.entry.era or self.reading.era

    def all(self, children: Sequence[Call]) -> list[Node]:
        """Return what stands for children, in order."""
        return [node for child in children for node in self.reading.nodes(child)]

    def one(self, child: Call, **given: Any) -> Node:
        """Return one node for one child; identity where it has none, so that a choice of it stays as likely."""
        return self.joined(self.reading.nodes(child, **given)) or self.op("identity")

    def joined(self, nodes: Sequence[Node], p: float = 1.0) -> Node | None:
        """Return one node for several, applied with a probability; None for none."""
        if not nodes:
            return None
        if len(nodes) == 1:
            return self.likely(nodes[0], p)
        return self.op("sequence", p=p, ops=list(nodes))

    def likely(self, node: Node, p: float) -> Node:
        """Return the node with a probability on top of its own."""
        if p == 1:
            return node
        return node.replace(p=p) if node.probability == 1 else self.op("sequence", p=p, ops=[node])

    def default(self, child: Call, name: str) -> Any:
        """Return an argument of a child, or the default of its class; None where neither says it."""
        try:
            return self.reading.bound(child)[1].get(name)
        except NoCounterpartError:
            return child.kwargs.get(name)


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
        reading.remark(None, "differs", f"what is said of the targets means nothing here: {_plain(error)}")
        pipeline = Pipeline(**{**fields, "targets": {}})
    try:
        for _, one in singly(as_pipeline(pipeline)):
            _tell_of_rows(reading, lower(one))
        return pipeline
    except AugmentError as error:
        if pipeline.views:
            reading.remark(None, "differs", f"the spec needs a change before it compiles: {_plain(error)}")
            return pipeline
        tails = [step for step in steps if getattr(step, "floats", False)]
        later = pipeline.replace(pipeline=[*(step for step in steps if step not in tails), *tails])
        try:
            _tell_of_rows(reading, lower(as_pipeline(later)))
        except AugmentError:
            reading.remark(None, "differs", f"the spec needs a change before it compiles: {_plain(error)}")
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


def _spread(entry: Entry, arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name in entry.signature.parameters}


def _alike(given: Any, default: Any) -> bool:
    """Whether two values are the same, a list as a tuple, and a number as a range whose ends are that number."""
    if isinstance(given, list | tuple) and isinstance(default, list | tuple):
        return len(given) == len(default) and all(map(_alike, given, default))
    if isinstance(given, list | tuple) and len(given) == 2 and given[0] == given[1]:
        return bool(given[0] == default)
    return bool(given == default)


def _plain(error: AugmentError) -> str:
    return "; ".join(str(error).splitlines())


__all__ = ["Imported", "Line", "Reading", "Table", "read"]
