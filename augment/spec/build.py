"""Builds the tree from marked data, and notes every mistake on the way instead of stopping at the first.

Where an op cannot be read, a stand-in takes its place, so that the rules about the rest of the tree are still checked.
"""

from __future__ import annotations

from collections import ChainMap
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from pydantic import ValidationError

from augment.errors import SpecError, UnknownOpError, suggest
from augment.sample import Target
from augment.spec.check import Steps, every_violation
from augment.spec.construct import M, Unread, construct, salvaged
from augment.spec.fields import declared
from augment.spec.ledger import Ledger, Mark, Path, quote
from augment.spec.marked import Marked, mark_plain
from augment.spec.node import COMBINATORS, Combinator, Node, Op, Pipeline, View
from augment.values import DISTRIBUTIONS, Quantity, rewritten

Catalogue = Mapping[str, type[Node]]
OTHER_WORDS = frozenset({"ops", "transforms", "transform", "steps", "augmentations", "augment"})  # for pipeline


class Origin(NamedTuple):
    """Where a node comes from."""

    key: Mark | None
    arguments: Marked

    def mark(self, field: Path) -> Mark | None:
        found = self.arguments.find(field) if field else None
        return self.key if found is None or found is self.arguments else found.mark


def build(root: Marked, ledger: Ledger, catalogue: Catalogue) -> Pipeline:
    """Return the pipeline that the data describes; raises `SpecError` with all mistakes of the ledger and its own."""
    return _Builder(ledger, catalogue).pipeline(root)


def build_plain(data: Mapping[str, Any], catalogue: Catalogue) -> Pipeline:
    """Build from a Python mapping, which may hold ready ops."""
    ledger = Ledger()
    return build(mark_plain(data, ledger), ledger, catalogue)


class _Builder:
    def __init__(self, ledger: Ledger, catalogue: Catalogue):
        self.ledger = ledger
        self.known = ChainMap[str, type[Node]](catalogue, COMBINATORS)  # type: ignore[arg-type]  # nothing is written to it
        self.origins: dict[Steps, Origin] = {}

    def pipeline(self, root: Marked) -> Pipeline:
        if not isinstance(root.value, dict):
            is_list = isinstance(root.value, list)
            advice = ": write 'pipeline:' above this list" if is_list else " with 'pipeline:' and a list of ops"
            self.ledger.stop(f"a spec is a mapping{advice}", root.mark)
        entries = {name: item for name, item in root.value.items() if not name.startswith("x-")}
        steps, several = entries.pop("pipeline", None), entries.pop("views", None)
        ops = self.steps(steps, entries, root, needed=several is None)
        views = {} if several is None or self.blank(several, ("views",)) else self.views(several)
        top = self.top(entries, root)
        for broken in every_violation(ops, views, *self.targets(top, entries)):
            if broken.steps:
                # the path inside the node is what follows its index and name at each level
                field = broken.path[1 + 2 * sum(isinstance(step, int) for step in broken.steps) + (broken.path[0] == "views") :]
                mark = self.origins[broken.steps].mark(field) if broken.steps in self.origins else None
            else:
                mark = root.find(broken.path).mark
            self.ledger.add(broken.path, broken.message, mark)
        self.ledger.settle()
        assert top is not None
        made = {"pipeline": ops, **({"views": views} if views else {})}
        return construct(Pipeline, {**{f: getattr(top, f) for f in top.model_fields_set}, **made})

    def views(self, several: Marked) -> dict[str, View]:
        if not isinstance(several.value, dict) or not several.value:
            fix = "weak: [..], or crops: {n: 2, pipeline: [..]}"
            self.ledger.add(("views",), f"must be a mapping of names, as {fix}, not {_kind(several)}", several.mark)
            return {}
        out = {}
        for name, item in several.value.items():
            path: Path = ("views", name)
            if self.blank(item, path):
                continue
            fields = item.value if isinstance(item.value, dict) else {"pipeline": item}
            steps = fields.get("pipeline")
            if steps is None or not isinstance(steps.value, list):
                fix = "must be a list of ops, each after a dash, or {n: .., pipeline: [..]}"
                wrong = item if steps is None else steps
                above = f"; a name stands above it: crops: {{{name}: ..}}" if name in View.model_fields else ""
                self.ledger.add(path, f"{fix}, not {_kind(wrong)}{above}", wrong.mark)
                continue
            ops = self.nodes(steps.value, (name,), path)
            plain = {field: entry.plain for field, entry in fields.items() if not self.blank(entry, (*path, field))}
            named = {"views": {name: {**plain, "pipeline": ()}}, "pipeline": ()}
            marks = Marked({"views": several})
            made = self.validated(Pipeline, named, marks, several.key_mark(name), ())
            if made is not None:
                out[name] = made.views[name].model_copy(update={"pipeline": ops})
        return out

    def steps(self, item: Marked | None, entries: dict[str, Marked], root: Marked, needed: bool) -> tuple[Node, ...]:
        if item is None:
            if needed and not OTHER_WORDS & entries.keys() and not self.ledger.cut:
                self.ledger.add((), "needs 'pipeline': the list of what is done, in order", root.mark)
            return ()
        if not isinstance(item.value, list):
            self.ledger.add(("pipeline",), f"must be a list of ops, each after a dash, not {_kind(item)}", item.mark)
            return ()
        return self.nodes(item.value, (), ("pipeline",))

    def top(self, entries: dict[str, Marked], root: Marked) -> Pipeline | None:
        for name in OTHER_WORDS & entries.keys():
            self.ledger.add((name,), "is called 'pipeline' here", root.key_mark(name))
            del entries[name]
        for name in [name for name, item in entries.items() if self.blank(item, (name,))]:
            del entries[name]
        plain = {name: item.plain for name, item in entries.items()}
        return self.validated(Pipeline, {**plain, "pipeline": ()}, Marked(entries, root.mark, root.keys), root.mark, ())

    def targets(self, top: Pipeline | None, entries: dict[str, Marked]) -> tuple[Mapping[str, Target] | None, Collection[str]]:
        """Return the targets, and where they could not be read their names, as far as these are known."""
        if "targets" not in entries:
            return (None if self.ledger.cut else {}), ()  # they may follow
        if top is not None:
            return top.targets, ()
        try:  # it may be something else that could not be read
            return construct(Pipeline, {"targets": entries["targets"].plain, "pipeline": ()}).targets, ()
        except ValidationError:
            given = entries["targets"].value
            return None, () if self.ledger.cut or not isinstance(given, dict) else list(given)

    def nodes(self, items: list[Marked], steps: Steps, path: Path) -> tuple[Node, ...]:
        return tuple(self.node(item, (*steps, i), (*path, i)) for i, item in enumerate(items))

    def node(self, item: Marked, steps: Steps, path: Path) -> Node:
        match item.value:
            case Node():
                return item.value
            case str():
                name, key, arguments = item.value, item.mark, Marked({}, item.mark)
            case dict() if len(item.value) == 1:
                [(name, arguments)] = item.value.items()
                key = item.key_mark(name)
            case dict() if item.value:
                self.ledger.add(path, self.crowd(list(item.value)), item.mark)
                return Unread()
            case _:
                self.ledger.add(path, f"must be an op, as rotate: {{degrees: ±15}}, not {_kind(item)}", item.mark)
                return Unread()
        kind = self.known.get(name)
        path = (*path, name)
        if kind is None:
            from augment.spec.foreign import foreign_hint

            hint = foreign_hint(name, self.known) or suggest(name[:60].lower(), self.known)
            self.ledger.add(path, f"unknown op {quote(name)}{hint} ('augment ops' lists all)", key, UnknownOpError)
            return self.foreign_node(name, arguments, key, steps, path)
        arguments = self.arguments(kind, arguments, key)
        self.origins[steps] = Origin(key, arguments)
        return self.known_node(kind, arguments, key, steps, path)

    def foreign_node(self, name: str, given: Marked, key: Mark | None, steps: Steps, path: Path) -> Node:
        """Tell what else is wrong with an op under another name, as far as its fields say which op is meant."""
        from augment.spec.foreign import foreign_op, same_op

        meant = foreign_op(name, self.known)
        if meant is None:
            return Unread()
        kind, same = self.known[meant], same_op(name, self.known) is not None
        if same or issubclass(kind, Combinator):
            given = self.arguments(kind, given, key)
        if not isinstance(given.value, dict):
            return Unread()
        self.origins[steps] = Origin(key, given)
        found = self.known_node(kind, given, key, steps, path, whole=same)
        said = {name: getattr(found, name) for name in Op.model_fields if getattr(found, name, None) is not None}
        # without p other libraries have a default of their own
        return salvaged(kind, {"p": 1.0, **said}, found.ops if isinstance(found, Combinator) else ())

    def arguments(self, kind: type[Node], given: Marked, key: Mark | None) -> Marked:
        """Spell out the short forms."""
        if isinstance(given.value, dict) and not _is_distribution(kind, given.value):
            return given
        if given.value is None:
            return Marked({}, given.mark)
        if kind.bare is not None:
            return Marked({kind.bare: given}, given.mark, {kind.bare: given.mark} if given.mark else {})
        return given

    def known_node(
        self, kind: type[Node], arguments: Marked, key: Mark | None, steps: Steps, path: Path, whole: bool = True
    ) -> Node:
        """Read an op from its fields; if they are not the ``whole`` of them, none is missing."""
        if not isinstance(arguments.value, dict):
            own = next((f for f, info in kind.model_fields.items() if info.is_required()), "p")
            number = own == "p" and isinstance(arguments.value, int | float)
            meant = rewritten(arguments.value) if isinstance(arguments.value, str) else ""
            fix = f"write {{p: {arguments.value}}}" if number else f"as {{{own}: ...}}, not {_kind(arguments)}{meant}"
            self.ledger.add(path, f"takes its fields by name, {fix}", arguments.mark)
            return salvaged(kind, {"p": 1.0}, ())  # it is told already how p is written
        torn = _torn(arguments.value)
        blank = [name for name, item in arguments.value.items() if self.blank(item, (*path, name), torn.get(name, ""))]
        holds = issubclass(kind, Combinator)
        fields = {name: item.plain for name, item in arguments.value.items() if not (holds and name == "ops")}
        children: tuple[Node, ...] = ()
        if holds and (inside := arguments.value.get("ops")) and "ops" not in blank:
            if isinstance(inside.value, list):
                children = self.nodes(inside.value, steps, path)
            fields["ops"] = children if isinstance(inside.value, list) else inside.plain
        made = None if blank else self.validated(kind, fields, arguments, key, path, whole)
        return salvaged(kind, fields, children) if made is None else made

    def validated(
        self, kind: type[M], fields: dict[str, Any], source: Marked, key: Mark | None, path: Path, whole: bool = True
    ) -> M | None:
        try:
            made = construct(kind, fields)
        except ValidationError as error:
            from augment.spec.wording import problems

            for problem in problems(error, kind, fields):
                if not problem.path and not whole:
                    continue
                found = source.find(problem.path)
                mark = key if found is source else found.mark
                if problem.key:
                    mark = source.find(problem.path[:-1]).key_mark(str(problem.path[-1])) or mark
                self.ledger.add((*path, *problem.path), problem.message, mark)
            return None
        except Exception as error:  # a validator of a plugin may raise anything, or build an op itself
            self.ledger.add(path, str(error) if isinstance(error, SpecError) else f"cannot be read: {error!r}", key)
            return None
        # pydantic takes true for 1
        wrong = [n for n, raw in fields.items() if isinstance(raw, bool) and not isinstance(getattr(made, n), bool)]
        for name in wrong:
            self.ledger.add((*path, name), f"must be a number, not {quote(fields[name])}", source.find((name,)).mark)
        return None if wrong else made

    def blank(self, item: Marked, path: Path, meant: str = "") -> bool:
        """Whether a value is missing in the text, and so ``meant`` as a part of another; a written null is a value."""
        if item.comment is None:
            return False
        message = f"has no value: a list stands in brackets, {meant}" if meant else "has no value"
        if item.comment.startswith("#"):
            word = item.comment.split()[0].rstrip(",}])")
            message += f": {word} is a comment in YAML unless it is quoted: '{word}'"
        self.ledger.add(path, message, item.mark)
        return True

    def crowd(self, names: list[str]) -> str:
        """Say what a step of several keys may have meant."""
        op = next((name for name in names if name in self.known), None)
        if op and all(name in self.known[op].model_fields for name in names if name != op):
            inside = ", ".join(f"{name}: ..." for name in names if name != op)
            return f"is one op, and its fields stand inside it: {op}: {{{inside}}} (indent them further than {op})"
        return f"must be one op, not {len(names)}: put a dash before each of {', '.join(quote(n, bare=True) for n in names[:5])}"


def _is_distribution(kind: type[Node], given: Mapping[str, Any]) -> bool:
    """Whether a mapping is the main field's value itself, as in ``rotate: {normal: [0, 5]}``, and not the fields of the op."""
    if kind.bare is None or len(given) != 1 or declared(kind, kind.bare, Quantity) is None:
        return False
    return DISTRIBUTIONS.keys() - kind.model_fields.keys() >= given.keys()


def _torn(fields: Mapping[str, Marked]) -> dict[str, str]:
    """The keys that are the end of a list in parentheses, which YAML tears apart at its commas, with that list in brackets."""
    found, parts = {}, []
    for name, item in fields.items():
        if isinstance(item.value, str) and item.value.startswith("("):
            parts = [item.value[1:]]
        elif parts:
            parts.append(name.removesuffix(")"))
            if name.endswith(")"):
                found[name] = f"[{', '.join(parts)}]"
                parts = []
    return found


def _kind(item: Marked) -> str:
    match item.value:
        case list():
            return "a list"
        case dict():
            return "a mapping" if item.value else "an empty mapping"
    return quote(item.value)


__all__ = ["Catalogue", "build", "build_plain"]
