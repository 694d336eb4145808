"""The views of a spec as specs of their own: the common pipeline, and behind it what makes the view.

What stands in the common part keeps its addresses, so it is drawn alike for all views of a sample. What is a view's own has the
name of the view in its address, and the number where there are several, so it is drawn for that view alone.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

from augment.errors import AugmentError, Mistake, SampleError, SpecError, UnsupportedOpError, suggest
from augment.spec.node import Combinator, Node, Pipeline, Spread
from augment.spec.places import Places, carry_over, in_view, places_of


def view_of(pipeline: Pipeline, name: str, number: int | None = None) -> Pipeline:
    """Return one view as a spec; where there are several of the name, ``number`` counts them from 0.

    Raises `SpecError` where there is no such view.
    """
    if name not in pipeline.views:
        known = pipeline.views
        has = suggest(str(name)[:60], known) or (f"; there are {', '.join(known)}" if known else ", nor any other")
        raise SpecError(f"there is no view {name!r}{has}")
    count = pipeline.views[name].count
    if (number is None) != (count is None) or not 0 <= (number or 0) < (count or 1):
        how = f"is made once: view({name!r})" if count is None else f"is made {count} times: view({name!r}, 0) is the first"
        raise SpecError(f"the view {name!r} {how}")
    own = _steps(pipeline.views[name].pipeline, name, number)
    made = pipeline.replace(
        pipeline=(*pipeline.pipeline, *own), views={}, name=f"{pipeline.name}-{name}" if pipeline.name else name
    )
    carry_over(made, _moved(places_of(pipeline), name, len(pipeline.pipeline)))
    return made


def named_view(pipeline: Pipeline, text: str) -> Pipeline:
    """Return the view that is called as the command line calls it: ``weak``, or ``crops[0]``. Raises `SpecError`."""
    found = re.fullmatch(r"(\w+)(?:\[(\d+)\])?", text)
    return view_of(pipeline, found[1], None if found[2] is None else int(found[2])) if found else view_of(pipeline, text)


def refuse_views(pipeline: Pipeline) -> None:
    """Raise `SpecError` on a spec with views, where there is a place for one."""
    for name, view in pipeline.views.items():
        one, said = (f"{name!r}", name) if view.count is None else (f"{name!r}, 0", f"{name}[0]")
        what = "the spec makes several views of a sample, and here is a place for one"
        raise SpecError(f"{what}: spec.view({one}), or --view '{said}'")


def each_view(pipeline: Pipeline, run: Callable[[Pipeline], Any]) -> dict[str, Any]:
    """Return what a function makes of every view, by name; a list where there are several of the name.

    Errors call an op by its place in the spec that holds the views.
    """
    out: dict[str, Any] = {}
    for name, view in pipeline.views.items():
        with_errors = told_of(name, len(pipeline.pipeline))(lambda at, name=name: run(view_of(pipeline, name, at)))
        out[name] = with_errors(None) if view.count is None else [with_errors(i) for i in range(view.count)]
    return out


def singly(pipeline: Pipeline) -> Iterator[tuple[Callable[[str], str], Pipeline]]:
    """Yield the spec itself, or one of each of its views, with what brings a path in it back to the spec as it was written."""
    if not pipeline.views:
        yield lambda text: text, pipeline
    for name, view in pipeline.views.items():
        yield in_view(name, len(pipeline.pipeline)), view_of(pipeline, name, None if view.count is None else 0)


def told_of(name: str, common: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Decorate what runs a view, behind a common part of so many steps, so that its errors tell paths of the whole spec."""
    said = in_view(name, common)

    def decorate(function: Callable[..., Any]) -> Callable[..., Any]:
        def run(*args: Any, **kwargs: Any) -> Any:
            try:
                return function(*args, **kwargs)
            except AugmentError as error:
                raise _retold(error, said) from None

        return run

    return decorate


def _retold(error: AugmentError, said: Callable[[str], str]) -> AugmentError:
    match error:
        case SpecError():
            return type(error)([Mistake(said(m.where), said(m.message)) for m in error.mistakes])
        case UnsupportedOpError():
            return type(error)([said(refusal) for refusal in error.refusals])
        case SampleError():
            told = type(error)(said(str(error)))
            told.path = said(error.path)
            return told
    return error


def _steps(nodes: tuple[Node, ...], name: str, number: int | None) -> tuple[Node, ...]:
    """The nodes of one result of a view. What stands before a node that makes several is the same for all of them."""
    at = next((i for i, node in enumerate(nodes) if isinstance(node, Spread)), 0)
    seen: Counter[str] = Counter()
    common = _addressed(nodes[:at], name, seen)
    rest = nodes[at:]
    if rest and isinstance(rest[0], Spread):
        rest = (*rest[0].versions()[number or 0], *rest[1:])
    return *common, *_addressed(rest, name if number is None else f"{name}-{number + 1}", seen)


def _addressed(nodes: tuple[Node, ...], prefix: str, seen: Counter[str]) -> tuple[Node, ...]:
    """The nodes of a view, each under an ``id`` that is made as addresses are: of its own, or its name and ordinal."""
    out = []
    for node in nodes:
        seen[node.name()] += node.id is None
        ordinal = seen[node.name()]
        own = node.id or (node.name() if ordinal == 1 else f"{node.name()}-{ordinal}")
        inside = {"ops": _addressed(node.ops, prefix, seen)} if isinstance(node, Combinator) else {}
        out.append(node.replace(id=f"{prefix}-{own}", **inside))
    return tuple(out)


def _moved(places: Places, name: str, common: int) -> Places:
    """The places of a view, by the paths that its nodes have in a spec of its own."""
    own, out = f"views.{name}[", {}
    for path, place in places.items():
        if path.startswith(own):
            number, rest = path[len(own) :].split("]", 1)
            out[f"pipeline[{int(number) + common}]{rest}"] = place
        elif not path.startswith("views."):
            out[path] = place
    return Places(out.items(), places.comments)


__all__ = ["each_view", "named_view", "refuse_views", "singly", "told_of", "view_of"]
