"""Curves that are made from how often each level of an image occurs."""

from typing import Annotated, Any, ClassVar

from pydantic import BeforeValidator, Field

from augment.ops.kinds import Draw, Valued, Values
from augment.values import Quantity, Sensible, Short, Value

Array = Any


class HistogramCurve(Valued):
    """A curve over the 256 levels of each channel, made from how often each level occurs in it."""

    primitive: ClassVar[str] = "histogram"
    rounds: ClassVar[bool] = True

    def levels(self, counts: Array, v: Values, xp: Any) -> Array:
        """(..., 256), what becomes of each level, 0 to 255; of whole numbers (..., 256), how often each occurs."""
        raise NotImplementedError

    def change(self, image, v, context, kernels):
        counts = kernels.histogram(image)
        return kernels.look_up(image, self.levels(counts, v, kernels.xp))


def _numbers(counts: Array, xp: Any) -> Array:
    """The number of each level, beside its count."""
    return xp.cumsum(xp.ones_like(counts), axis=-1) - 1


class Equalize(HistogramCurve):
    """Spread the levels of each channel so that each is about as common as the next.

    As Pillow and torchvision do it, and so AutoAugment and RandAugment: the curve counts in whole steps of a 255th of the pixels.
    OpenCV, Keras and Albumentations (unless `mode="pil"`) take the exact share, which differs by up to 25 levels.
    """

    needs_p: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"channels": [0, 2]})

    def levels(self, counts, v, xp):
        upto = xp.cumsum(counts, axis=-1)
        total = upto[..., -1:]
        below = xp.amax(xp.where(upto < total, upto, 0), axis=-1, keepdims=True)  # all but those of the highest level
        step = below // 255
        safe = xp.where(step > 0, step, 1)
        return xp.where(step > 0, xp.clip((upto - counts + safe // 2) // safe, 0, 255), _numbers(counts, xp))


class AutoContrast(HistogramCurve):
    """Stretch each channel so that its least level becomes 0 and its largest 1; a channel of one level stays.

    Pillow, torchvision, Keras and Albumentations' `method="pil"` cut the fraction off the result, which is up to a level darker.
    Albumentations' own default is an equalization.
    """

    needs_p: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"channels": [0, 2]})

    def levels(self, counts, v, xp):
        number = _numbers(counts, xp)
        low = xp.amin(xp.where(counts > 0, number, 255), axis=-1, keepdims=True)
        high = xp.amax(xp.where(counts > 0, number, 0), axis=-1, keepdims=True)
        safe = xp.where(high > low, high - low, 255)
        return xp.clip(xp.multiply(number - xp.where(high > low, low, 0), 255.0) / xp.multiply(safe, 1.0), 0, 255)


MOST_TILES = 32


def _read_tiles(raw: Any) -> Any:
    pair = raw if isinstance(raw, list | tuple) else (raw, raw)
    if len(pair) != 2 or any(isinstance(n, bool) or not isinstance(n, int) or not 1 <= n <= MOST_TILES for n in pair):
        raise ValueError(f"must be [rows, columns] or one number for both, from 1 to {MOST_TILES}")
    return tuple(pair)


_Count = Annotated[int, Field(ge=1, le=MOST_TILES)]
Tiles = Annotated[Short[tuple[int, int]], BeforeValidator(_read_tiles, json_schema_input_type=_Count | tuple[_Count, _Count])]


class Clahe(Valued):
    """Equalise the brightness of an image tile by tile, with limited contrast (CLAHE, Zuiderveld 1994).

    A grey image becomes what OpenCV's `createCLAHE` makes of it, before that rounds to levels. Of a colour image the luma of JPEG
    is equalised, on the 8-bit grid, and red, green and blue get what it gained. Albumentations' `CLAHE` equalises the L of CIE
    Lab instead, which is 2 to 6 levels off in the mean on photographs that it changes by 16 to 32. Luma is a sum of whole
    numbers: L is not, and a level that is rounded otherwise on another engine would change the curve of a whole tile.
    """

    limit: Annotated[
        Short[Value], Quantity("times the mean count of a level", ge=1, le=1000),
        Sensible(high=8, neutral=1, why="noise becomes as strong as what there is to see"),
    ] = Field(
        kw_only=False, description="how often a level counts at most; 1 is the weakest, 4 is usual"
    )
    tiles: Tiles = Field(default=(8, 8), description="rows and columns")

    primitive: ClassVar[str] = "clahe"
    rounds: ClassVar[bool] = True
    needs_rgb: ClassVar[bool] = True
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"limit": [1, 4]}, {"limit": 3, "tiles": [3, 5]}, {"limit": [2, 8], "channels": 1},
    )  # fmt: skip

    def draws(self):
        return (Draw("limit", self.limit, exact=True),)

    def change(self, image, v, context, kernels):
        return kernels.clahe(image, v["limit"], self.tiles)
