"""Ops that cover parts of an image."""

from typing import Any, ClassVar

import numpy as np
from pydantic import Field

from augment.ops.kinds.drawn import UNIT, WORD, Array, Draw, Size, Values
from augment.ops.kinds.fields import FILLS, Fill
from augment.ops.kinds.painting import DRAWN_CHANNELS, KEY, Context, Fields, Painting


class Cover(Painting):
    """Fills parts of the image: with a colour, the mean of each channel, a colour drawn for the image, or noise."""

    fill: Fill = Field(default=(0.0,), description=f"colour of what is filled, or {', '.join(FILLS)}")
    fill_mask: int | None = Field(default=None, description="label that masks get there; they stay as they are without it")

    primitive: ClassVar[str] = "fill"
    uses: ClassVar[frozenset[str]] = frozenset({"noise"})
    moves: ClassVar[frozenset[str]] = frozenset({"mask"})
    ranged: ClassVar[bool] = False
    covers: ClassVar[bool] = True

    @classmethod
    def primitives(cls):
        return cls.uses | super().primitives()

    @property
    def fill_colour(self):
        return None if isinstance(self.fill, str) else self.fill

    @property
    def fill_label(self):
        return self.fill_mask

    @property
    def noisy(self):
        return self.fill == "noise"

    def draws(self):
        return (*super().draws(), *self.fill_draws())

    def fill_draws(self) -> tuple[Draw, ...]:
        """What it draws to fill with."""
        if self.fill == "noise":
            return tuple(Draw(word, WORD) for word in KEY)
        return (Draw("colour", UNIT, DRAWN_CHANNELS),) if self.fill == "random" else ()

    def covered(self, v: Values, size: Size, xp: Any) -> Array:
        """(..., H, W): whether a pixel is filled."""
        raise NotImplementedError

    def change(self, image, v, context, kernels):
        return kernels.fill(image, self.covered(v, context.size, context.xp), self.filling(image, v, context, kernels))

    def change_mask(self, mask, v, context, kernels):
        if self.fill_mask is None:
            return mask
        return kernels.fill_mask(mask, self.covered(v, context.size, context.xp), self.fill_mask)

    def filling(self, image: Array, v: Values, context: Context, kernels: Any) -> Any:
        """The colour, one number or one for each channel, or an image of what there is to be seen, in the form of the set."""
        if not isinstance(self.fill, str):
            return np.array(context.scale.of(self.fill))
        xp, floats = kernels.xp, kernels.unpack(image)
        if self.fill == "mean":
            return kernels.pack(xp.mean(xp.mean(floats, axis=-2, keepdims=True), axis=-3, keepdims=True) + 0 * floats)
        if self.fill == "noise":
            fractions = Fields(kernels, image, v).field(UNIT)
        else:
            colour = kernels.spread(v["colour"], floats)
            planes = [(0 * floats[..., c, None] + colour[..., c % DRAWN_CHANNELS])[..., 0] for c in range(floats.shape[-1])]
            fractions = xp.stack(planes, axis=-1)
        planes = [
            fractions[..., c] * gain + offset
            for c, (gain, offset) in enumerate(zip(*(_each(n, floats.shape[-1]) for n in context.scale), strict=True))
        ]
        return kernels.pack(xp.stack(planes, axis=-1))


def _each(numbers: tuple[float, ...], count: int) -> tuple[float, ...]:
    return numbers * count if len(numbers) == 1 else numbers


class Erase(Cover):
    """Fills rectangles."""

    primitive: ClassVar[str] = "erase"
    uses: ClassVar[frozenset[str]] = frozenset({"noise", "fill"})
    foresees: ClassVar[bool] = True

    def rectangles(self, v: Values, size: Size, xp: Any) -> Array:
        """(..., n, 4): y0, x0, y1, x1 in whole pixels, ends excluded; an empty one erases nothing."""
        raise NotImplementedError

    def filled(self, v, size):
        return np.asarray(self.rectangles(v, size, np), float).reshape(-1, 4)

    def covered(self, v, size, xp):
        edges = self.rectangles(v, size, xp) * 1.0
        sides = []
        for axis, extent in enumerate(size):
            at = xp.multiply(xp.arange(extent), 1.0)
            inside = xp.logical_and(at >= edges[..., axis, None], at < edges[..., axis + 2, None])
            sides.append(xp.where(inside, 1.0, 0.0))
        return xp.swapaxes(sides[0], -1, -2) @ sides[1] > 0.5

    def change(self, image, v, context, kernels):
        if self.fill_colour is None:
            return super().change(image, v, context, kernels)
        colour = self.filling(image, v, context, kernels)
        return kernels.erase(image, self._rectangles(v, context), colour)

    def change_mask(self, mask, v, context, kernels):
        if self.fill_mask is None:
            return mask
        return kernels.erase_mask(mask, self._rectangles(v, context), self.fill_mask)

    def foreseen(self, v, size):
        return [{"rectangles": own} for own in self.rectangles(v, size, np)]

    def _rectangles(self, v: Values, context: Context) -> Array:
        return v["rectangles"] if "rectangles" in v else self.rectangles(v, context.size, context.xp)
