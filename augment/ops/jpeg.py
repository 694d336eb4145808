"""What JPEG leaves of an image."""

from typing import Annotated, ClassVar

from pydantic import Field

from augment.ops.kinds import Valued
from augment.values import Quantity, Sensible, Short, Value


class Jpeg(Valued):
    """Compress as JPEG, and read it back: blocks of 8 x 8 pixels, and colours at half the size (4:2:0).

    The image is first rounded to the 8-bit grid, and comes out on it: as libjpeg makes it, and so Pillow, OpenCV and torchvision,
    to the last bit, on every backend. Albumentations' `ImageCompression` takes red for blue before it halves the colours.
    """

    quality: Annotated[
        Short[Value], Quantity("libjpeg's quality", ge=1, le=100, integer=True),
        Sensible(low=10, why="little is left but blocks of one colour"),
    ] = Field(
        kw_only=False, description="100 is the best"
    )

    primitive: ClassVar[str] = "jpeg"
    rounds: ClassVar[bool] = True
    needs_rgb: ClassVar[bool] = True

    def change(self, image, v, context, kernels):
        return kernels.jpeg(image, v["quality"])
