"""Noise that is drawn for every value of the image."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from augment.ops.kinds import Noise
from augment.values import Quantity, Sensible, Short, Value


class GaussianNoise(Noise):
    """Add normal noise; the field itself differs between backends, its distribution does not."""

    std: Annotated[
        Short[Value], Quantity("fractions of full scale", ge=0, le=1),
        Sensible(high=0.15, least=0.002, why="little but the noise can be made out"),
    ] = Field(
        kw_only=False, description="standard deviation, as a fraction of full scale"
    )

    def deviation(self, v, xp):
        return v["std"]
