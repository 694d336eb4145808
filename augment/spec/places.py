"""Remembers in which file and line each node of a pipeline was written, for `explain` and for errors found after reading.

It is kept beside the tree and not in it, so that specs that mean the same are equal, wherever they were written.
"""

from __future__ import annotations

import weakref
from collections.abc import Iterator, Mapping

from augment.errors import Mistake
from augment.spec.ledger import path_text
from augment.spec.marked import Marked
from augment.spec.node import COMBINATORS, Pipeline

Places = Mapping[str, str]
"""The path of a node, such as 'pipeline[2].rotate', and where it was written, such as 'train.yaml:7:5'."""
_remembered: dict[int, Places] = {}


def remember(pipeline: Pipeline, name: str, root: Marked) -> None:
    """Note where the nodes of a pipeline stand in the text called ``name``, which it was built from."""
    carry_over(pipeline, dict(_places(name, root.value["pipeline"], ("pipeline",))))


def carry_over(pipeline: Pipeline, places: Places) -> None:
    """Note places for a pipeline of the same shape as one that was read."""
    if not places:
        return
    _remembered[id(pipeline)] = places
    weakref.finalize(pipeline, _remembered.pop, id(pipeline), None)


def places_of(pipeline: Pipeline) -> Places:
    """Return where the nodes of a pipeline were written; empty if it was not read from text."""
    return _remembered.get(id(pipeline), {})


def located(mistake: Mistake, places: Places) -> Mistake:
    """Put the file and line before the path of a mistake."""
    path = mistake.where
    while path and path not in places:  # a field of a node stands where the node stands
        path = path.rpartition(".")[0]
    return Mistake(f"{places[path]} {mistake.where}", mistake.message) if path else mistake


def _places(name: str, items: Marked, path: tuple[str | int, ...]) -> Iterator[tuple[str, str]]:
    for i, item in enumerate(items.value):
        if isinstance(item.value, dict):
            [(op, inside)] = item.value.items()
            mark = item.key_mark(op)
        else:
            op, inside, mark = item.value, None, item.mark
        here = (*path, i, op)
        if mark:
            yield path_text(here), f"{name}:{mark[0]}:{mark[1]}"
        if op in COMBINATORS and inside is not None:
            children = inside.value["ops"] if isinstance(inside.value, dict) else inside
            yield from _places(name, children, here)
