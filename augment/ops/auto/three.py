"""3-Augment: one of three changes of a picture, and its colours."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.blur import GaussianBlur
from augment.ops.colour import Brightness, Contrast, Grayscale, Saturation
from augment.ops.curves import Solarize
from augment.ops.kinds import Channels, Expansion, Policy
from augment.spec.node import OneOf, Sequence
from augment.values import Quantity, Short, Value

Jitter = Annotated[Short[Value], Quantity("times", ge=0, hint="0.3 either way is 1±0.3")]


class ThreeAugment(Policy):
    """Make it grey, solarize it or blur it, each as likely; then change brightness, contrast and saturation in an order that is
    drawn (DeiT III: Touvron et al. 2022, and timm's `three_augment`). Flips and crops stand before it.
    """

    jitter: Jitter = Field(
        default=Quantity("times").read([0.7, 1.3]), description="factor of brightness, of contrast and of saturation, drawn apart"
    )
    threshold: Annotated[Short[Value], Quantity("fractions of full scale", ge=0, le=1)] = Field(
        default=Quantity("").read(128 / 255), description="of solarize"
    )
    sigma: Annotated[Short[Value], Quantity("fractions of the shorter side, or px", ge=0, le=1, pixels=True)] = Field(
        default=Quantity("", pixels=True).read(["0.1px", "2px"]), description="of the blur"
    )
    channels: Channels | None = Field(default=None, description="the three channels that it is limited to, counted from 0")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"sigma": [0.002, 0.01], "jitter": [0.8, 1.2]})

    def expand(self):
        shared: dict[str, Any] = {"on": self.on, "channels": self.channels}
        one = (
            Grayscale(p=1, **shared), Solarize(threshold=self.threshold, **shared), GaussianBlur(sigma=self.sigma, **shared)
        )  # fmt: skip
        jitter = tuple(op(factor=self.jitter, **shared) for op in (Brightness, Contrast, Saturation))
        return Expansion("one", OneOf(one)), Expansion("jitter", Sequence(jitter, shuffle=True))
