"""Contrast along an S-shaped curve."""

from typing import Annotated, ClassVar

from pydantic import Field

from augment.ops.kinds import Curve
from augment.values import Constant, Quantity, Value


class SigmoidContrast(Curve):
    """Raise the contrast of the middle tones and compress the ends: 1 / (1 + exp(gain · (cutoff − x)))."""

    gain: Annotated[Value, Quantity("the steepness", gt=0)] = Field(description="5 is mild, 10 is strong")
    cutoff: Annotated[Value, Quantity("fractions of full scale", ge=0, le=1)] = Field(
        Constant(number=0.5), description="the level that becomes one half"
    )

    bare: ClassVar[str | None] = "gain"

    def curve(self, x, v, xp):
        return 1 / (1 + xp.exp(v["gain"] * (v["cutoff"] - x)))

    def slope(self):
        return self.gain.support[1] / 4
