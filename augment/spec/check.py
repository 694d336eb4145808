"""The rules about where things may stand in a tree: what no op can know about itself.

They hold for every form of a spec, so YAML, mappings and Python are checked by the same lines.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import NamedTuple

from augment.captions.language import languages
from augment.errors import Mistake, suggest
from augment.sample import DEFAULT_TARGETS, TEXTS, Target
from augment.spec.ledger import Path, path_text
from augment.spec.node import Combinator, Node, Op, Pipeline, SomeOf

MAX_NESTING = 8  # combinators inside combinators; the text of a deeper tree would go beyond the bound of the reader


class Place(NamedTuple):
    """A node, and where it stands."""

    node: Node
    steps: tuple[int, ...]
    """The index at each level."""
    path: Path
    parent: Combinator | None


class Violation(NamedTuple):
    """A broken rule; ``steps`` is empty where it is about the targets."""

    steps: tuple[int, ...]
    path: Path
    message: str


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
    return [Mistake(path_text(v.path), v.message) for v in violations(pipeline.pipeline, pipeline.targets)]


def violations(
    nodes: tuple[Node, ...], targets: Mapping[str, Target] | None, names: Collection[str] = ()
) -> Iterator[Violation]:
    """Yield the broken rules; ``targets`` is None where they could not be read, and ``names`` are theirs then, if known."""
    places = list(walk(nodes))
    for place in places:
        for field, message in _placement(place):
            yield Violation(place.steps, (*place.path, field) if field else place.path, message)
    yield from _addresses(places)
    if targets is not None:
        yield from _targets(places, targets)
    elif names:
        yield from _named(places, names)


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
        if target.kind == "caption" and target.rules and target.language not in (tables := languages()):
            has = f"{suggest(target.language, tables)} (there is {', '.join(tables)}; plugins add others)"
            message = f"no table says how to keep captions in {target.language!r} true to their image{has}; or write rules: none"
            yield Violation((), ("targets", name, "language"), message)


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
