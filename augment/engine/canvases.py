"""The canvases of a batch, all of which must have one size at its end."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from math import nan
from typing import Any

from augment.errors import SampleError, UnsupportedOpError
from augment.ops.kinds import Drawn
from augment.program.alternatives import Group, whole
from augment.program.leaf import Leaf
from augment.program.lower import Program, Step
from augment.spec.node import Op


def refuse_drawn_canvases(program: Program, size: tuple[Any, Any] | None = None, windows: bool = True) -> None:
    """Refuse what would give the samples of one batch different sizes, or would bend a canvas while they have.

    Of images that nobody has seen yet (no ``size``) what has no chance is refused; a side that is no whole number is not known.
    ``windows``: also where a window fits some of the canvases that may be drawn, and not all; else the draws decide.

    Raises:
        UnsupportedOpError: without a size: no batch can run the program.
        SampleError: this batch cannot.
    """
    refusals = [f"{leaf.path}: {why}" for leaf, why in _without_one_size(program, size, windows)]
    if refusals and size is None:
        raise UnsupportedOpError(refusals)
    if refusals:
        raise SampleError("\n".join(refusals))


def has_one_size(program: Program, size: tuple[Any, Any], windows: bool = True) -> bool:
    """Whether all samples of a batch of images of this size come out in one; a side that is no whole number is not known."""
    return next(_without_one_size(program, size, windows), None) is None


def uneven(program: Program, square: bool) -> list[tuple[str, str]]:
    """Return the places of ops that give the samples of a batch different sizes, or bend them then, and why: of images that
    nobody has seen yet, which are ``square``, or need not be."""
    size = None if square else (nan, nan)
    return [(leaf.path, why) for leaf, why in _without_one_size(program, size, windows=True)]


def provided(op: type[Op]) -> str:
    """What a spec must have behind an op, or its images, for the samples of a batch to have one size; '' if nothing."""
    if getattr(op, "canvas", "same") != "drawn":
        return ""
    followed = "a crop, or a resize with antialias: false, follows right behind it"
    if op.upends:  # type: ignore[attr-defined]
        return f"images are square, or {followed}"
    return f"it has antialias: false, and {followed}" if op.resizes else followed  # type: ignore[attr-defined]


_ONE_SIZE = "draws the size of its output, and a batch has one size"
_FOLLOWED = "let a crop, or a resize with antialias: false, follow right after it"
_GATED = f"is not applied to all, so it {_ONE_SIZE}; resize to its size before it, or leave p out"


def _without_one_size(program: Program, size: tuple[Any, Any] | None, windows: bool) -> Iterator[tuple[Leaf, str]]:
    at = size if size is not None and all(isinstance(side, int) for side in size) else None
    square = size is None if at is None else at[0] == at[1]
    for step in program.batch_steps:
        drawn: tuple[Leaf, str] | None = None
        ways: set[tuple[int, int]] = set()  # the canvases that samples may have, where they differ and are known
        for group in _one_by_one(step):
            leaf, op, gated = group[0], group[0].op, not whole(group)
            if drawn is not None and op.displaces:
                fix = "crop or resize to a fixed size between them"
                yield leaf, f"needs one size, and {drawn[0].path} draws that of its output; {fix}"
            if op.canvas == "same":
                continue
            if windows and op.least:
                lacking = [way for way in sorted(ways) if way[0] < op.least[0] or way[1] < op.least[1]]
                if lacking and len(ways) > 1:
                    yield leaf, window_lacks(op.least, lacking[0])
            after = _size_after(program, leaf, at)
            if op.canvas == "drawn":
                if _turns(leaf) and not (square and op.upends):
                    upended = {*ways, *([at, at[::-1]] if at else []), *(way[::-1] for way in ways)}
                    drawn, at, ways = (leaf, _why(op)), None, upended if op.upends else set()
                elif after is not None and not _turns(leaf):
                    at = after
            elif gated and (after is None or after != at):
                ways = {*ways, after, *([at] if at else [])} if after and (at or ways) else set()
                drawn, at, square = (leaf, _GATED), None, False
            elif not gated:
                known = after or getattr(op, "size", None)
                square = known[0] == known[1] if known else square
                at = after
                if op.fixed_size is not None:
                    drawn, ways = None, set()
        if drawn is not None:
            yield drawn


def _one_by_one(step: Step) -> Iterable[Group]:
    """The ops of a step that move pixels, in order; those that resize for different samples to one size are one."""
    if step.primitive == "resize":
        return step.groups
    return ((leaf,) for leaf in step.leaves) if step.primitive == "resample" else ()


def _why(op: Drawn) -> str:
    """What a batch cannot do about an op that draws a canvas."""
    if op.separable:
        return f"{_ONE_SIZE}; write antialias: false, and {_FOLLOWED}"
    return f"{_ONE_SIZE}; {_FOLLOWED}" + (", or make the images square before it" if op.upends else "")


def window_lacks(window: tuple[Any, Any], canvas: tuple[Any, Any] | None = None) -> str:
    """What is wrong with a window that is larger than a canvas that is drawn."""
    at = "the image" if canvas is None else f"{canvas[0]} x {canvas[1]} (height x width), which some samples have"
    return f"a window of {window[0]} x {window[1]} does not fit into {at}; resize before it, or pad"


def _size_after(program: Program, leaf: Leaf, size: tuple[int, int] | None) -> tuple[int, int] | None:
    """Of the canvas after an op, if it is known."""
    if leaf.op.fixed_size is not None:
        return leaf.op.fixed_size
    return None if size is None else leaf.op.canvas_after(program.values(0).get(leaf.key, {}), size)


def _turns(leaf: Leaf) -> bool:
    """Whether an op with a canvas of its own draw gives some samples another than others."""
    return bool(leaf.gate) or any(not draw.value.constant for draw in leaf.op.draws())
