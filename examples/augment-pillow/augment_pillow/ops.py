"""Contrast along an S-shaped curve."""

from typing import Annotated

from pydantic import Field

from augment.ops.kinds import Curve
from augment.values import Constant, Quantity, Short, Value


class SigmoidContrast(Curve):
    """Raise the contrast of the middle tones and compress the ends: 1 / (1 + exp(gain · (cutoff − x)))."""

    gain: Annotated[Short[Value], Quantity("the steepness", gt=0)] = Field(kw_only=False, description="5 is mild, 10 is strong")
    cutoff: Annotated[Short[Value], Quantity("fractions of full scale", ge=0, le=1)] = Field(
        default=Constant(number=0.5), description="the level that becomes one half"
    )

    def curve(self, x, v, xp):
        return 0.5 + 0.5 * xp.tanh(0.5 * v["gain"] * (x - v["cutoff"]))  # the same, and nothing overflows
