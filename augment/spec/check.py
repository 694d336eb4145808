"""The rules about where things may stand in a tree: what no op can know about itself.

They hold for every form of a spec, so YAML, mappings and Python are checked by the same lines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from augment.errors import Mistake, suggest
from augment.sample import DEFAULT_TARGETS, TEXTS, Target
from augment.spec.ledger import Path, path_text
from augment.spec.node import Combinator, Node, Op, Pipeline, SomeOf, Spread, View
from augment.spec.places import in_view

MOST_OPS = 4096
"""How many ops a spec may become when its repeats and choices are written out, as a program needs them."""
MAX_NESTING = 8  # combinators inside combinators; the text of a deeper tree would go beyond the bound of the reader


Steps = tuple[str | int, ...]
"""The index of a node at each level, below the name of its view if it has one."""


class Place(NamedTuple):
    """A node, and where it stands."""

    node: Node
    steps: tuple[int, ...]
    """The index at each level."""
    path: Path
    parent: Combinator | None


class Violation(NamedTuple):
    """A broken rule."""

    steps: Steps
    """Empty where it is about the targets."""
    path: Path
    message: str


def _spreads(nodes: tuple[Node, ...], steps: Steps, path: Path, allowed: bool) -> Iterator[Violation]:
    """Yield what makes several of a sample where one result goes on: one stands in the list of a view, and always does it."""
    for i, node in enumerate(nodes):
        here, there = (*steps, i), (*path, i, node.name())
        if isinstance(node, Spread):
            if not allowed:
                fix = f"it stands in the list of a view, once: views: {{crops: [{node.name()}: ..]}}"
                yield Violation(here, there, f"makes several results of one sample, so {fix}")
            for field in ("p", "stage", "weight"):
                if getattr(node, field) is not None:
                    yield Violation(here, (*there, field), "means nothing here: so many results must come in any case")
            allowed = False
        elif isinstance(node, Combinator) and len(here) <= MAX_NESTING:
            yield from _spreads(node.ops, here, there, allowed=False)


def walk(nodes: tuple[Node, ...]) -> Iterator[Place]:
    """Yield every node, in document order."""

    def visit(nodes: tuple[Node, ...], steps: tuple[int, ...], path: Path, parent: Combinator | None) -> Iterator[Place]:
        for i, node in enumerate(nodes):
            place = Place(node, (*steps, i), (*path, i, node.name()), parent)
            yield place
            if isinstance(node, Combinator) and len(steps) < MAX_NESTING:
                yield from visit(node.ops, place.steps, place.path, node)

    return visit(nodes, (), ("pipeline",), None)


def check_tree(pipeline: Pipeline) -> list[Mistake]:
    """Return what is wrong with the tree as a whole; an empty list if nothing is."""
    every = every_violation(pipeline.pipeline, pipeline.views, pipeline.targets)
    return [Mistake(path_text(v.path), v.message) for v in every]


def every_violation(
    common: tuple[Node, ...], views: Mapping[str, View], targets: Mapping[str, Target] | None,
    names: Collection[str] = (),
) -> Iterator[Violation]:  # fmt: skip
    """Yield the rules that are broken in a common pipeline, and in each view by its own ops behind it."""
    yield from violations(common, targets, names)
    if count_ops(common) <= MOST_OPS:  # else that is told, and a tree that shares its nodes cannot be walked
        yield from _spreads(common, (), ("pipeline",), allowed=False)
    for view, whole in views.items():
        own = whole.pipeline
        if count_ops(own) <= MOST_OPS:
            yield from _spreads(own, (view,), ("views", view), allowed=True)
        if whole.n is not None and (spread := next((node for node in own if isinstance(node, Spread)), None)):
            message = f"is told by {spread.name()} already, which makes {len(spread.versions())}: leave one out"
            yield Violation((), ("views", view, "n"), message)
        said = in_view(view, len(common))
        for broken in violations((*common, *own), targets, names):
            first = int(broken.steps[0]) - len(common) if broken.steps else -1
            if first >= 0:
                path = ("views", view, first, *broken.path[2:])
                yield Violation((view, first, *broken.steps[1:]), path, said(broken.message))
            elif broken.path == ("pipeline",) and count_ops(common) <= MOST_OPS:
                yield Violation((), ("views", view), broken.message)


def violations(
    nodes: tuple[Node, ...], targets: Mapping[str, Target] | None, names: Collection[str] = ()
) -> Iterator[Violation]:
    """Yield the broken rules; ``targets`` is None where they could not be read, and ``names`` are theirs then, if known."""
    too_much = next(_too_much(nodes), None)
    if too_much is not None:  # and the other rules would have to walk it
        yield too_much
        return
    places = list(walk(nodes))
    for place in places:
        for field, message in _placement(place):
            yield Violation(place.steps, (*place.path, field) if field else place.path, message)
    yield from _addresses(places)
    if targets is not None:
        yield from _targets(places, targets)
    elif names:
        yield from _named(places, names)


def count_ops(nodes: tuple[Node, ...]) -> int:
    """Return how many ops nodes become when repeats and choices are written out. Nothing is: it is a matter of products."""
    return sum(map(_Counted().ops, nodes))


class _Counted:
    """Counts each node once, also where a tree that was made in Python holds it many times."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], int] = {}

    def ops(self, node: Node, depth: int = 1) -> int:
        if not isinstance(node, Combinator) or depth > MAX_NESTING:
            return 1
        key = id(node), depth
        if key not in self._known:
            self._known[key] = _turns(node) * sum(self.ops(child, depth + 1) for child in node.ops)
        return self._known[key]


def _turns(node: Combinator) -> int:
    required = {name for name, info in type(node).model_fields.items() if info.is_required()}
    return node.turns if required <= node.model_fields_set else 1  # else it could not be read, which is told already


def _too_much(nodes: tuple[Node, ...]) -> Iterator[Violation]:
    """Yield the innermost node that becomes too many ops, or the whole pipeline where only all together do."""
    counted = _Counted()

    def inner(nodes: tuple[Node, ...], steps: tuple[int, ...], path: Path) -> Iterator[Violation]:
        for i, node in enumerate(nodes):
            count = counted.ops(node, len(steps) + 1)
            if isinstance(node, Combinator) and count > MOST_OPS:
                here, turns = (*path, i, node.name()), _turns(node)
                yield from inner(node.ops, (*steps, i), here)
                field = [name for name in ("n", "times") if turns > 1 and name in node.model_fields_set]
                product = f" ({turns} times {count // turns:,})" if turns > 1 else ""
                yield Violation((*steps, i), (*here, *field), _becomes(count, product))

    yield from inner(nodes, (), ("pipeline",))
    total = sum(map(counted.ops, nodes))
    if total > MOST_OPS:
        yield Violation((), ("pipeline",), _becomes(total))


def _becomes(count: int, product: str = "") -> str:
    fix = f"and a program has at most {MOST_OPS:,}: repeat or choose less often"
    return f"becomes {count:,} ops{product} when it is written out, {fix}"


def _placement(place: Place) -> Iterator[tuple[str, str]]:
    node, picks = place.node, place.parent is not None and place.parent.picks
    if node.needs_p and node.p is None and not picks:
        yield "", f"needs p, as there is nothing else to draw: {node.name()}: {{p: 0.5}}"
    if node.weight is not None and not picks:
        yield "weight", "means something in a child of one_of or some_of only"
    if node.weight is not None and isinstance(place.parent, SomeOf) and not place.parent.replacement:
        yield "weight", "without replacement all are equally likely: leave it out, or use one_of, or replacement: true"
    if isinstance(node, SomeOf) and not node.replacement and "n" in node.model_fields_set:
        most, has = node.n.support[1], len(node.ops)
        if most > has:
            yield "n", f"asks for {most:g} of {has} op{'s' * (has > 1)}: write fewer, or replacement: true"
    if isinstance(node, Combinator) and len(place.steps) > MAX_NESTING:
        yield "", f"is nested more than {MAX_NESTING} combinators deep"


def _addresses(places: list[Place]) -> Iterator[Violation]:
    """An op without an ``id`` is addressed by its name, so no ``id`` may be the name of another op."""
    ids: dict[str, Place] = {}
    named = {place.node.name(): place for place in reversed(places) if place.node.id is None}
    for place in places:
        id_ = place.node.id
        if id_ is None:
            continue
        other = ids.setdefault(id_, place)
        if other is place:
            other = named.get(id_, place)
        if other is not place:
            message = f"the id {id_!r} is taken by {path_text(other.path)}: ids and addresses must be unique"
            yield Violation(place.steps, (*place.path, "id"), message)


def _named(places: list[Place], known: Collection[str]) -> Iterator[Violation]:
    for place in places:
        for name in (place.node.on or ()) if isinstance(place.node, Op) else ():
            if name not in known:
                has = f"; there are {', '.join(known)}" if not (near := suggest(name[:60], known)) else near
                yield Violation(place.steps, (*place.path, "on"), f"names no target: {name!r}{has}")


def _targets(places: list[Place], targets: Mapping[str, Target]) -> Iterator[Violation]:
    known = targets or DEFAULT_TARGETS
    yield from _named(places, known)
    for place in places:
        if isinstance(place.node, Op):
            yield from _modality(place, place.node, known, declared=bool(targets))
    for name, target in targets.items():
        if target.of is not None and (target.of not in known or known[target.of].kind not in ("text", "caption")):
            yield Violation((), ("targets", name, "of"), _no_text(name, target, known))
        if target.kind == "caption" and target.rules and (tables := _lacking(target.language)):
            has = f"{suggest(target.language, tables)} (there is {', '.join(tables)}; plugins add others)"
            message = f"no table says how to keep captions in {target.language!r} true to their image{has}; or write rules: none"
            yield Violation((), ("targets", name, "language"), message)


def _lacking(language: str) -> Collection[str]:
    """The languages that have tables, if this one has none; none are imported but for captions."""
    from augment.captions.language import language_of, languages

    return languages() if language_of(language) is None else ()


def _no_text(name: str, target: Target, known: Mapping[str, Target]) -> str:
    assert target.of is not None
    if target.of in known:
        return f"names no text: {target.of!r} is {known[target.of].kind}"
    texts = [text for text, other in known.items() if other.kind in ("text", "caption")]
    if "of" not in target.model_fields_set and texts:
        return f"is not written, and 'text' is no target: which text are they over? {name}: {{kind: spans, of: {texts[0]}}}"
    return f"names no target: {target.of!r}{suggest(target.of[:60], known)}"


def _modality(place: Place, op: Op, known: Mapping[str, Target], declared: bool) -> Iterator[Violation]:
    """Texts are for text ops, which leave captions alone unless they name them; everything else is for the others."""
    text = op.modality == "text"
    for name in op.on or ():
        if name in known and (known[name].kind in TEXTS) != text and known[name].kind != "spans":
            if not text and known[name].kind in getattr(op, "moves", ()):
                continue
            works = "texts" if text else "images and what belongs to them"
            yield Violation(place.steps, (*place.path, "on"), f"{name} is {known[name].kind}; {op.name()} works on {works}")
    kinds = [target.kind for target in known.values()]
    if text and op.on is None and declared and "text" not in kinds:
        captions = [name for name, target in known.items() if target.kind == "caption"]
        fix = f"captions are edited where on names them: on: [{', '.join(captions)}]" if captions else "declare one: text: text"
        yield Violation(place.steps, place.path, f"finds no target of the kind text; {fix}")
