"""Noise that is drawn for every value of the image."""

from __future__ import annotations

from typing import Annotated, ClassVar

from pydantic import Field

from augment.ops.kinds import Noise
from augment.values import Quantity, Value


class GaussianNoise(Noise):
    """Add normal noise; the field itself differs between backends, its distribution does not."""

    std: Annotated[Value, Quantity("fractions of full scale", ge=0, le=1)] = Field(
        description="standard deviation, as a fraction of full scale"
    )

    bare: ClassVar[str | None] = "std"

    def deviation(self, v, xp):
        return v["std"]
