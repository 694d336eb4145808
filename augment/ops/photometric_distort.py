"""The colours of SSD: several changes, each with a probability of its own."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.channels import ChannelShuffle
from augment.ops.colour import Blend, Brightness, Contrast, Factor, Hue, Saturation, Turn
from augment.ops.kinds import Channels, Draw, Expansion, Policy
from augment.values import Choice, Uniform


class PhotometricDistort(Policy):
    """Brightness, contrast, saturation, hue and the order of channels, each with a probability of its own: the colours of SSD.

    As torchvision's `RandomPhotometricDistort`, with its defaults: contrast comes before saturation and hue or after them, with
    equal chance, and all parts share one probability (Liu et al. 2016, "SSD: Single Shot MultiBox Detector").
    """

    brightness: Factor = Field(default=Uniform(low=0.875, high=1.125), description="factor of brightness")
    contrast: Factor = Field(default=Uniform(low=0.5, high=1.5), description="factor of contrast about the mean grey")
    saturation: Blend = Field(default=Uniform(low=0.5, high=1.5), description="factor of saturation")
    hue: Turn = Field(default=Uniform(low=-18.0, high=18.0), description="turn of the hue in degrees")
    each: Annotated[float, Field(ge=0, le=1)] = Field(default=0.5, description="probability of each part")
    channels: Channels | None = Field(default=None, description="the three channels that it is limited to, counted from 0")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"each": 1.0, "hue": [-60, 60]})

    def draws(self):
        return (Draw("contrast_first", Choice(options=(0, 1)), exact=True),)

    def expand(self):
        shared: dict[str, Any] = {"on": self.on, "channels": self.channels, "p": self.each}
        contrast = Contrast(factor=self.contrast, **shared)
        return (
            Expansion("brightness", Brightness(factor=self.brightness, **shared)),
            Expansion("contrast", contrast, "contrast_first", (False, True)),
            Expansion("saturation", Saturation(factor=self.saturation, **shared)),
            Expansion("hue", Hue(degrees=self.hue, **shared)),
            Expansion("contrast", contrast, "contrast_first", (True, False)),
            Expansion("shuffle", ChannelShuffle(**shared)),
        )
