"""What the nodes of a spec are called: by where they stand, and by what their draws belong to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from augment.errors import Mistake, SpecError
from augment.spec.node import Combinator, Node, Pipeline


def addresses(pipeline: Pipeline) -> dict[str, str]:
    """Return path -> address of every node: its ``id``, or its name and, from the second of that name on, its ordinal."""
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    taken: dict[str, str] = {}
    mistakes = []
    for path, node in walk(pipeline):
        seen[node.name()] += node.id is None
        ordinal = seen[node.name()]
        address = node.id or (node.name() if ordinal == 1 else f"{node.name()}#{ordinal}")
        if address in taken:
            mistakes.append(Mistake(path, f"the address {address!r} is taken by {taken[address]}: give one of them another id"))
        taken[address] = found[path] = address
    if mistakes:
        raise SpecError(mistakes)
    return found


def walk(pipeline: Pipeline) -> Iterator[tuple[str, Node]]:
    """Yield every node with its path, in document order."""

    def visit(nodes: tuple[Node, ...], prefix: str) -> Iterator[tuple[str, Node]]:
        for i, node in enumerate(nodes):
            path = f"{prefix}[{i}].{node.name()}"
            yield path, node
            if isinstance(node, Combinator):
                yield from visit(node.ops, path)

    return visit(pipeline.pipeline, "pipeline")
