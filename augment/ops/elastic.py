"""Smooth random displacement."""

import math
from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.errors import SampleError
from augment.ops.kinds import Bending, Draw, pixels, shorter
from augment.ops.moves import smooth
from augment.values import Normal, Quantity, Sensible, Short, Value

Length = Quantity("fractions of the shorter side, or px", ge=0, le=1, pixels=True)
LARGEST = 64  # knots a side


class Elastic(Bending):
    """Displace each pixel by a smooth random field: normal with standard deviation alpha, smoothed over a length sigma.

    The field is a lattice of normal numbers under a Gaussian of width sigma, scaled to unit variance everywhere (Simard et al.
    2003 smooth white noise instead, whose variance after smoothing depends on the size of the image).
    """

    alpha: Annotated[Short[Value], Length, Sensible(high=0.08, why="shapes melt")] = Field(
        description="standard deviation of the displacement, as a fraction or in px"
    )
    sigma: Annotated[Short[Value], Quantity("fractions of the shorter side, or px", gt=0, le=1, pixels=True)] = Field(
        description="over which length it is smooth, as a fraction of the shorter side or in px"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"alpha": ["1px", "3px"], "sigma": ["10px", "16px"]}, {"alpha": 0.03, "sigma": 0.15},
    )  # fmt: skip

    @property
    def knots(self) -> int:
        """Knots of the lattice along each side: enough for the smallest sigma on an image twice as long as high (a sigma in
        pixels counts as on a shorter side of 256)."""
        low = self.sigma.support[0] / (256 if self.sigma.unit == "px" else 1)
        return min(LARGEST, math.ceil(2 / low) + 5)

    def draws(self):
        return (*super().draws(), Draw("lattice", Normal(mean=0.0, std=1.0), 2 * self.knots**2))

    def field(self, v, size, xp):
        self._check_fineness(size)
        side = shorter(size, xp)
        alpha, sigma = pixels(self.alpha, v["alpha"], side), pixels(self.sigma, v["sigma"], side)
        rows, columns = (smooth(extent, sigma, self.knots, xp) for extent in size)
        lattice = xp.reshape(v["lattice"], (*xp.shape(v["lattice"])[:-1], 2, self.knots, self.knots))
        field = rows[..., None, :, :] @ lattice @ xp.swapaxes(columns, -1, -2)[..., None, :, :]
        return xp.moveaxis(field, -3, -1) * alpha[..., None, None, None]

    def _check_fineness(self, size):
        """The knots must stand within two of the smallest sigma, or the field would have steps."""
        if not all(isinstance(extent, int) for extent in size):
            return
        sigma = self.sigma.support[0] * (1 if self.sigma.unit == "px" else min(size))
        if max(size) - 1 + 4 * sigma > 2 * sigma * (self.knots - 1):
            text = f"elastic: a sigma of {sigma:.3g}px is too fine for {size[0]} x {size[1]} (height x width)"
            raise SampleError(f"{text}; choose a larger one, or resize before it")
