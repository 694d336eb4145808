"""Remembers in which file and line each part of a pipeline was written, for `explain` and for what is found after reading.

It is kept beside the tree and not in it, so that specs that mean the same are equal, wherever they were written.
"""

from __future__ import annotations

import re
import weakref
from collections.abc import Callable, Iterable, Iterator

from augment.errors import Mistake
from augment.spec.comments import Comment, comments
from augment.spec.ledger import Mark, Path, path_text
from augment.spec.marked import Marked
from augment.spec.node import COMBINATORS, Pipeline


class Places(dict[str, str]):
    """The path of a node, a field or a key of the top level, such as 'pipeline[2].rotate', and where it was written, such as
    'train.yaml:7:5'."""

    def __init__(self, places: Iterable[tuple[str, str]] = (), comments: tuple[Comment, ...] = ()):
        super().__init__(places)
        self.comments = comments
        """Those that speak to the tool."""


_STEP = re.compile(r"\bpipeline\[(\d+)\]")
_remembered: dict[int, Places] = {}


def remember(pipeline: Pipeline, name: str, root: Marked, text: str) -> None:
    """Note where the parts of a pipeline stand in the text called ``name``, which it was built from."""
    marks = [*_top(root), *(_nodes(root.value["pipeline"], ("pipeline",)) if "pipeline" in root.value else ())]
    for view, item in root.value["views"].value.items() if pipeline.views else ():
        marks += _nodes(item if isinstance(item.value, list) else item.value["pipeline"], ("views", view))
    carry_over(pipeline, Places(((path_text(path), f"{name}:{line}:{column}") for path, (line, column) in marks), comments(text)))


def carry_over(pipeline: Pipeline, places: Places) -> None:
    """Note places for a pipeline of the same shape as one that was read."""
    if not places:
        return
    _remembered[id(pipeline)] = places
    weakref.finalize(pipeline, _remembered.pop, id(pipeline), None)


def places_of(pipeline: Pipeline) -> Places:
    """Return where the parts of a pipeline were written; empty if it was not read from text."""
    return _remembered.get(id(pipeline), Places())


def place_of(path: str, places: Places) -> str:
    """Return where a path was written, or what holds it; empty if nothing on the way to it was written."""
    while path and path not in places:
        path = path.rpartition(".")[0]
    return places.get(path, "")


def located(mistake: Mistake, places: Places) -> Mistake:
    """Put the file and line before the path of a mistake."""
    place = place_of(mistake.where, places)
    return Mistake(f"{place} {mistake.where}", mistake.message) if place else mistake


def in_view(name: str, common: int) -> Callable[[str], str]:
    """Return what brings the paths in a text, of a view behind so many common steps, back to the spec that holds the view."""

    def step(found: re.Match[str]) -> str:
        at = int(found[1]) - common
        return f"views.{name}[{at}]" if at >= 0 else found[0]

    return lambda text: _STEP.sub(step, text)


def _top(root: Marked) -> Iterator[tuple[Path, Mark]]:
    return (((key,), mark) for key in root.value if (mark := root.key_mark(key)))


def _nodes(items: Marked, path: Path) -> Iterator[tuple[Path, Mark]]:
    for i, item in enumerate(items.value):
        if isinstance(item.value, dict):
            [(op, inside)] = item.value.items()
            mark = item.key_mark(op)
        else:
            op, inside, mark = item.value, None, item.mark
        here = (*path, i, op)
        if mark:
            yield here, mark
        fields = inside.value if inside is not None and isinstance(inside.value, dict) else {}
        yield from (((*here, name), field.mark) for name, field in fields.items() if name != "ops" and field.mark)
        if op in COMBINATORS and inside is not None:
            yield from _nodes(fields["ops"] if fields else inside, here)
