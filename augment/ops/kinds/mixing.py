"""Ops that join a sample with others."""

from collections.abc import Sequence
from typing import Any, ClassVar, NamedTuple

from augment.ops.kinds.drawn import Array, Drawn, Size, Values
from augment.ops.kinds.geometric import RASTERS_AND_POINTS, Window


class Placement(NamedTuple):
    """A window of one of the samples that are composed, and where it comes to lie."""

    source: int
    """0 is the sample itself, 1 and more its donors."""
    window: Window
    """In whole pixels of the source; numbers, or (B,) each in a batch."""
    y: Any
    x: Any
    """Of its top left corner on the canvas."""
    resized: Size | None = None
    """The height and width that the window is resized to, antialiased; None: those that it has."""
    over: bool = False
    """Whether it lies over others, of which it hides what is below it."""

    @property
    def size(self) -> Size:
        """Its height and width on the canvas."""
        return self.resized or (self.window.height, self.window.width)

    def where(self, open_: Any, size: Size, xp: Any) -> "Placement":
        """In a batch: itself where a gate (B,) is open; else all of the sample, and nothing of its donors."""
        there = tuple(side * float(self.source == 0) for side in size)
        closed, resized = (0.0, 0.0, *there, 0.0, 0.0), self.resized or ()
        parts = zip((*self.window, self.y, self.x, *resized), (*closed, *there), strict=False)
        y, x, height, width, top, left, *own = (xp.where(open_, own * 1.0, other) for own, other in parts)
        return Placement(self.source, Window(y, x, height, width), top, left, (own[0], own[1]) if own else None, self.over)


class Pair(NamedTuple):
    """Two samples of one size that stay in place: blended by their weights, or with a part of the second over the first."""

    rectangle: Array | None = None
    """(..., 4): y0, x0, y1, x1 of the part."""
    shown: Array | None = None
    """(..., H, W): which pixels are the part."""
    alpha: Array | None = None
    """(H, W), 0 to 1: how much of the second there is of an image at each pixel, where its part fades."""
    rows: Array | None = None
    """(n,): which of the objects of the second are the part; None: whatever is seen of it."""


class Composition(NamedTuple):
    """What a mix makes of its samples: images, masks, boxes and labels follow from it by one rule each."""

    size: Size
    """Of the canvas."""
    weights: tuple[Any, ...]
    """How much each sample counts, for labels and blends; they sum to 1."""
    pair: Pair | None = None
    placements: tuple[Placement, ...] = ()
    """Each lies over those before it; where there is none, the canvas has the fill."""
    fill: tuple[float, ...] = (0.0,)


class Partnered(Drawn):
    """Needs other samples beside each, its partners, which its draw 'partner' chooses."""

    partnered: ClassVar[bool] = True

    @property
    def sources(self) -> int:
        """How many samples it looks at, the sample itself counted."""
        return 2


class Mix(Partnered):
    """Joins a sample with others."""

    primitive: ClassVar[str] = "mix"
    """Of two samples of one size that stay in place; others are put together by "compose"."""
    mixes: ClassVar[bool] = True
    relabels: ClassVar[bool] = True
    moves: ClassVar[frozenset[str]] = RASTERS_AND_POINTS | {"labels"}
    disturbs: ClassVar[frozenset[str]] = RASTERS_AND_POINTS | {"labels", "text", "caption"}
    instead: ClassVar[str] = "limit it with on, or leave that target out; texts are joined by mixgen"

    def aim(self, v: Values, layers: Array) -> Values:
        """Of an op that ``reads``, of the other sample: what `compose` needs beside draws, of its instances (H, W, n)."""
        return {}

    def blend(self, v: Values, size: Size, xp: Any) -> tuple[Array, Array | None]:
        """Return the weight of the first sample (...), and the rectangle (..., 4) that comes from the other, or None: all of it
        is blended."""
        raise NotImplementedError

    def compose(self, v: Values, sizes: Sequence[Size], xp: Any) -> Composition:
        """Return how the samples of these sizes, the first of which is the sample itself, are put together."""
        weight, rectangle = self.blend(v, sizes[0], xp)
        return Composition(sizes[0], (weight, 1 - weight), Pair(rectangle))
