"""Adds, removes and moves ops in the text of a spec: everything else stays as it is, letter by letter, and comments go along with
the op that they stand above or beside."""

from __future__ import annotations

from typing import Any

import yaml

from augment.errors import SpecError
from augment.spec.rewriting import Form, Steps, listed, tree

Span = tuple[int, int]
BY_HAND = "is written in a way that only an editor can rearrange: change the text itself"


def insert(text: str, at: int, step: Any) -> str:
    """Return the text with one more step, plain data, before the ``at``-th of its pipeline."""
    root, form = tree(text), Form(text)
    steps = listed(root, ())
    if steps is None:
        if any(key.value == "pipeline" for key, _ in root.value):
            raise SpecError(f"the pipeline {BY_HAND}")
        return _checked(f"{text.rstrip()}\npipeline:\n  - {form.value(step)}\n".lstrip())
    new = form.value(step)
    if steps.flow_style is not False:
        spans = [(item.start_mark.index, form.end(item)) for item in steps.value]
        if not spans:
            place = steps.start_mark.index + 1
            return _checked(text[:place] + new + text[place:])
        place, new = (spans[at][0], f"{new}, ") if at < len(spans) else (spans[-1][1], f", {new}")
        return _checked(text[:place] + new + text[place:])
    text = _whole_lines(text)
    spans = _blocks(text, steps)
    place = spans[at][0] if at < len(spans) else spans[-1][1]
    return _checked(f"{text[:place]}{' ' * steps.start_mark.column}- {new}\n{text[place:]}")


def remove(text: str, steps: Steps) -> str:
    """Return the text without the op that stands at ``steps``. Raises `SpecError` for the only op of a list."""
    found, at = _list(text, steps)
    if len(found.value) == 1:
        raise SpecError("it is the only op there: a list of ops holds at least one")
    if found.flow_style is not False:
        spans = [(item.start_mark.index, Form(text).end(item)) for item in found.value]
        start, end = (spans[at][0], spans[at + 1][0]) if at + 1 < len(spans) else (spans[at - 1][1], spans[at][1])
    else:
        text = _whole_lines(text)
        start, end = _blocks(text, found)[at]
    return _checked(text[:start] + text[end:])


def move(text: str, steps: Steps, by: int) -> str:
    """Return the text with the op at ``steps`` moved over ``by`` of its neighbours: down, or up where it is negative.

    Raises `SpecError` where there are not so many.
    """
    found, at = _list(text, steps)
    room = len(found.value) - 1 - at if by > 0 else at
    if abs(by) > room:
        where = "below" if by > 0 else "above"
        raise SpecError(f"it cannot be moved over {abs(by)}: {room or 'none'} of its list stand{'s' * (room == 1)} {where} it")
    for place in range(at, at + by, 1 if by > 0 else -1):
        text = _swapped(text, (*steps[:-1], place if by > 0 else place - 1))
    return text


def _swapped(text: str, steps: Steps) -> str:
    """The text with an op in the place of the next one."""
    found, first = _list(text, steps)
    second = first + 1
    if found.flow_style is not False:
        (a, b), (c, d) = ((item.start_mark.index, Form(text).end(item)) for item in (found.value[first], found.value[second]))
        return _checked(text[:a] + text[c:d] + text[b:c] + text[a:b] + text[d:])
    text = _whole_lines(text)
    spans = _blocks(text, found)
    (a, b), (_, c) = spans[first], spans[second]
    return _checked(text[:a] + text[b:c] + text[a:b] + text[c:])


def _list(text: str, steps: Steps) -> tuple[yaml.SequenceNode, int]:
    """The list that an op stands in, and its place."""
    found = listed(tree(text), steps[:-1]) if steps else None
    if found is None or steps[-1] >= len(found.value):
        raise SpecError("the op is no longer where it was; the page reads the text anew")
    return found, steps[-1]


def _whole_lines(text: str) -> str:
    return text if text.endswith("\n") else f"{text}\n"


def _blocks(text: str, steps: yaml.SequenceNode) -> list[Span]:
    """Where the lines of each op of a list begin and end: with the comments right above it, and what follows up to the next."""
    form = Form(text)
    starts: list[int] = []
    for item in steps.value:
        dash = text.rfind("-", 0, item.start_mark.index)
        line = text.rfind("\n", 0, dash) + 1
        if text[line:dash].strip() or text[dash + 1 : item.start_mark.index].strip():
            raise SpecError(f"the list {BY_HAND}")
        floor = text.find("\n", form.end(steps.value[len(starts) - 1])) + 1 if starts else 0
        while line > floor and text[text.rfind("\n", 0, line - 1) + 1 : line].lstrip().startswith("#"):
            line = text.rfind("\n", 0, line - 1) + 1
        starts.append(line)
    last = form.end(steps.value[-1])
    end = text.find("\n", last) + 1 or len(text)
    return list(zip(starts, [*starts[1:], end], strict=True))


def _checked(text: str) -> str:
    tree(text)
    return text


__all__ = ["insert", "move", "remove"]
