"""A copy of fewer pixels, brought back to the size of the image."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.kinds import Draw, Valued
from augment.ops.primitives import Down, Up
from augment.values import Quantity, Sensible, Short, Value


class Downscale(Valued):
    """Reduce an image to a share of its height and width, and enlarge it again: it loses its details.

    As Albumentations' `Downscale`, whose default is nearest both ways; pixels are chosen under the centres of others here, where
    OpenCV's `INTER_NEAREST` takes their corners. ``down: area`` makes each block of pixels its mean: that is pixelation.
    """

    scale: Annotated[
        Short[Value], Quantity("share of the height and the width", gt=0, le=1),
        Sensible(low=0.1, neutral=1, why="little is left but blocks of one colour"),
    ] = Field(
        kw_only=False, description="of the small copy; 1 changes nothing"
    )
    down: Down = Field(default="nearest", description="how the copy is made; area is the mean")
    up: Up = Field(default="nearest", description="how it is enlarged")

    primitive: ClassVar[str] = "downscale"
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"scale": [0.2, 0.6]}, {"scale": [0.1, 0.5], "down": "area"}, {"scale": 0.3, "down": "bilinear", "up": "bilinear"},
    )  # fmt: skip

    def draws(self):
        return (Draw("scale", self.scale, exact=True),)

    def change(self, image, v, context, kernels):
        return kernels.downscale(image, v["scale"], self.down, self.up)

    def neutral(self, v, size):
        return bool(v["scale"] == 1)
