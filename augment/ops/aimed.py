"""Crops that look where things are: the boxes of a sample, or its mask, decide beside what is drawn."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.cropping import CenterCrop, check_room
from augment.ops.kinds import (
    UNIT,
    Array,
    Canvas,
    Draw,
    Geometric,
    Label,
    Move,
    Pixels,
    Resizing,
    Sight,
    Size,
    Values,
    Window,
    blind,
    matrix,
)
from augment.ops.resizing import Resize
from augment.values import Choice, Quantity, Short, Uniform, Value

Share = Annotated[Short[Value], Quantity("fractions of a side", gt=0, le=1)]
Rate = Annotated[float, Field(ge=0, lt=1)]


class _Aimed(Geometric):
    """Cuts out a window of whole pixels that `aim` finds."""

    samples: ClassVar[bool] = False
    canvas: ClassVar[Canvas] = "drawn"

    def found(self, v: Values, size: Size, xp: Any) -> Window:
        """The window; that of a sample without boxes and mask where nobody has aimed."""
        if "window" not in v:
            v = self.aim(v, size, blind(self, v, xp), xp)[0]
        return Window(*(v["window"][..., i] for i in range(4)))

    def move(self, v, size, xp):
        y, x, height, width = self.found(v, size, xp)
        cx, cy = x - (size[1] - width) * 0.5, y - (size[0] - height) * 0.5
        return Move(matrix(xp, (1, 0, cx), (0, 1, cy), (0, 0, 1)), (height, width), sides=False)


ROUNDS, TRIALS = 5, 40


class IouCrop(_Aimed):
    """Cut out a window that overlaps with some box as much as is drawn: the crop of SSD (Liu et al. 2016).

    An overlap is drawn, and 40 windows are tried for it, of sides that are drawn: the first is taken that holds the middle of
    a box whose intersection over union with it is the overlap at least. If none will do, another overlap is drawn, up to five
    times; an overlap of 1 or more leaves the image as it is, and so does a sample without boxes. Boxes whose middle is outside
    go. This is torchvision's RandomIoUCrop, which draws overlaps until one will do, and marks boxes instead of dropping them.
    """

    overlap: Annotated[Short[Value], Quantity("intersection over union", ge=0, le=2)] = Field(
        default=Choice(options=(0.0, 0.1, 0.3, 0.5, 0.7, 0.9, 1.0)), kw_only=False,
        description="that a window has at least with a box",
    )  # fmt: skip
    height: Share = Field(default=Uniform(low=0.3, high=1.0), description="of the window")
    width: Share = Field(default=Uniform(low=0.3, high=1.0), description="of the window")
    min_aspect: float = Field(default=0.5, ge=0.01, le=100, description="width over height of a window, at least")
    max_aspect: float = Field(default=2.0, ge=0.01, le=100, description="width over height of a window, at most")

    reads: ClassVar[frozenset[str]] = frozenset({"boxes"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"overlap": [0.1, 0.6], "height": [0.5, 0.9], "width": [0.4, 0.9]})

    def draws(self):
        count = ROUNDS * TRIALS
        return (
            Draw("overlap", self.overlap, ROUNDS, exact=True),
            Draw("height", self.height, count, exact=True), Draw("width", self.width, count, exact=True),
            Draw("top", UNIT, count), Draw("left", UNIT, count),
        )  # fmt: skip

    def aim(self, v, size, sight, xp):
        tall, wide = size[0] * 1.0, size[1] * 1.0
        h, w = xp.floor(v["height"] * tall), xp.floor(v["width"] * wide)
        y, x = xp.floor((tall - h) * v["top"]), xp.floor((wide - w) * v["left"])
        boxes, there = sight.boxes[..., None, :, :], sight.there[..., None, :]
        window = [side[..., None] for side in (y, x, h, w)]
        middle = _holds_middle(xp, boxes, there, *window)
        most = xp.max(xp.where(middle, _overlap(xp, boxes, *window), -1.0), axis=-1)
        least = xp.reshape(v["overlap"][..., None] + xp.zeros((TRIALS,)), xp.shape(y))
        as_it_is = least >= 1
        shape = xp.logical_and(w >= self.min_aspect * h, w <= self.max_aspect * h)
        fits = xp.logical_and(xp.logical_and(shape, most >= least), xp.minimum(h, w) >= 1)
        place = xp.arange(ROUNDS * TRIALS)
        done = xp.where(xp.logical_or(fits, as_it_is), place, ROUNDS * TRIALS)
        chosen = xp.equal(xp.min(done, axis=-1, keepdims=True), place)
        cut = xp.any(xp.logical_and(chosen, xp.logical_not(as_it_is)), axis=-1)
        y, x, h, w = (xp.sum(xp.where(chosen, side, 0.0), axis=-1) for side in (y, x, h, w))
        y, x, h, w = xp.where(cut, y, 0.0), xp.where(cut, x, 0.0), xp.where(cut, h, tall), xp.where(cut, w, wide)
        kept = _holds_middle(xp, sight.boxes, sight.there, *(side[..., None] for side in (y, x, h, w)))
        return {"window": xp.stack([y, x, h, w], axis=-1)}, xp.logical_or(kept, xp.logical_not(cut)[..., None])


def _holds_middle(xp: Any, boxes: Array, there: Array, y: Array, x: Array, h: Array, w: Array) -> Array:
    """(..., n): whether windows hold the middles of boxes (..., n, 4)."""
    across, down = (boxes[..., 0] + boxes[..., 2]) * 0.5, (boxes[..., 1] + boxes[..., 3]) * 0.5
    beside = xp.logical_and(across > x, across < x + w)
    return xp.logical_and(there, xp.logical_and(beside, xp.logical_and(down > y, down < y + h)))


def _overlap(xp: Any, boxes: Array, y: Array, x: Array, h: Array, w: Array) -> Array:
    """(..., n): the intersection over union of windows with boxes (..., n, 4)."""
    x0, y0, x1, y1 = (boxes[..., i] for i in range(4))
    across = xp.maximum(xp.minimum(x1, x + w) - xp.maximum(x0, x), 0.0)
    down = xp.maximum(xp.minimum(y1, y + h) - xp.maximum(y0, y), 0.0)
    both = across * down
    return both / xp.maximum((x1 - x0) * (y1 - y0) + h * w - both, 1e-6)


def safe_window(v: Values, size: Size, sight: Sight, erosion: float, xp: Any) -> Values:
    """A window that holds all boxes, with sides drawn between theirs and the image's."""
    tall, wide = size[0] * 1.0, size[1] * 1.0
    there = sight.there
    none = xp.logical_not(xp.any(there, axis=-1))
    low = [xp.min(xp.where(there, sight.boxes[..., i], side), axis=-1) for i, side in ((1, tall), (0, wide))]
    high = [xp.max(xp.where(there, sight.boxes[..., i], 0.0), axis=-1) for i in (3, 2)]
    several = xp.sum(xp.where(there, 1.0, 0.0), axis=-1) > 1
    start, stop = [], []
    for i, (first, last, side) in enumerate(zip(low, high, (tall, wide), strict=True)):
        off = xp.where(several, (last - first) * (erosion * 0.5), 0.0)
        first, last = xp.minimum(xp.maximum(first + off, 0.0), side), xp.minimum(xp.maximum(last - off, 0.0), side)
        before, after = (v["top"], v["bottom"]) if i == 0 else (v["left"], v["right"])
        begin = xp.floor(first * before)
        start.append(begin)
        stop.append(xp.maximum(xp.minimum(xp.ceil(last + (side - last) * after), side), begin + 1))
    free = _free(v, tall, wide, erosion, xp)
    window = [start[0], start[1], stop[0] - start[0], stop[1] - start[1]]
    return {"window": xp.stack([xp.where(none, a, b) for a, b in zip(free, window, strict=True)], axis=-1)}


def _free(v: Values, tall: Any, wide: Any, erosion: float, xp: Any) -> list[Array]:
    """A window in the aspect of the image, at least 1 - erosion of it: where there are no boxes."""
    share = 1 - erosion * v["bottom"]
    h, w = xp.maximum(xp.floor(share * tall), 1), xp.maximum(xp.floor(share * wide), 1)
    return [xp.floor((tall - h + 1) * v["top"]), xp.floor((wide - w + 1) * v["left"]), h, w]


_SIDES = tuple(Draw(side, UNIT) for side in ("top", "left", "bottom", "right"))


class BboxSafeRandomCrop(_Aimed):
    """Cut out a random window that holds all boxes, each side between theirs and the image's.

    ``erosion`` is how much of what holds all of several boxes may be lost. Without boxes, a window in the aspect of the image, of
    1 - erosion of its sides at least. Albumentations' BBoxSafeRandomCrop, whose far sides are rounded down.
    """

    erosion: Rate = Field(default=0.0, kw_only=False, description="share of what holds all boxes that may be lost")

    reads: ClassVar[frozenset[str]] = frozenset({"boxes"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"erosion": 0.3})

    def draws(self):
        return _SIDES

    def aim(self, v, size, sight, xp):
        return safe_window(v, size, sight, self.erosion, xp), None


class RandomSizedBboxSafeCrop(Resizing):
    """Cut out a random window that holds all boxes, as `bbox_safe_random_crop`, and resize it."""

    size: Pixels = Field(kw_only=False, description="[height, width] or one number for a square")
    erosion: Rate = Field(default=0.0, description="share of what holds all boxes that may be lost")

    reads: ClassVar[frozenset[str]] = frozenset({"boxes"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [56, 64]}, {"size": 48, "erosion": 0.3, "antialias": False},
    )  # fmt: skip

    def draws(self):
        return _SIDES

    def output(self, v, size, xp):
        return self.size

    def aim(self, v, size, sight, xp):
        return safe_window(v, size, sight, self.erosion, xp), None

    def window(self, v, size, xp):
        aimed = v if "window" in v else self.aim(v, size, blind(self, v, xp), xp)[0]
        return Window(*(aimed["window"][..., i] for i in range(4)))

    def inference(self):
        return Resize(size=self.size, antialias=self.antialias, interpolation=self.interpolation)


class CropNonEmptyMask(_Aimed):
    """Cut out a window around a random pixel of what the mask shows; where it shows nothing, or there is none, a random window.

    Of several masks the first decides. Albumentations' CropNonEmptyMaskIfExists.
    """

    size: Pixels = Field(kw_only=False, description="[height, width] or one number for a square")
    ignore: Short[tuple[Label, ...]] = Field(default=(), max_length=256, description="labels that count as nothing, beside 0")

    canvas: ClassVar[Canvas] = "fixed"
    reads: ClassVar[frozenset[str]] = frozenset({"mask"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"size": [41, 52]}, {"size": 44, "ignore": [1, 2]})

    @property
    def least(self):
        return self.size

    @classmethod
    def primitives(cls):
        return super().primitives() | {"locate"}

    def draws(self):
        return Draw("pixel", UNIT), Draw("top", UNIT), Draw("left", UNIT)

    def aim(self, v, size, sight, xp):
        check_room(self, size)
        found, *at = sight.locate(v["pixel"], self.ignore)
        window = []
        for place, drawn, own, side in zip(at, (v["top"], v["left"]), self.size, size, strict=True):
            room = side * 1.0 - own
            around = xp.minimum(xp.maximum(place - xp.floor(drawn * own), 0.0), room)
            window.append(xp.where(found, around, xp.floor(drawn * (room + 1))))
        height, width = (window[0] * 0.0 + own for own in self.size)
        return {"window": xp.stack([*window, height, width], axis=-1)}, None

    def move(self, v, size, xp):
        return super().move(v, size, xp)._replace(size=self.size)

    def inference(self):
        return CenterCrop(size=self.size)
