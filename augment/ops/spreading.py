"""Nodes that make several results of one sample, and so stand in its views: windows at the corners and in the middle."""

from typing import Any, ClassVar

from pydantic import Field

from augment.ops.cropping import WINDOWS, Crop
from augment.ops.kinds import Pixels
from augment.ops.orientation import HorizontalFlip, VerticalFlip
from augment.spec.node import Node, Spread


class FiveCrop(Spread):
    """Cut out five windows: at the top left, top right, bottom left and bottom right, and in the middle.

    In this order, and pixel by pixel those of torchvision's `FiveCrop`, whose middle is rounded to the even pixel where it lies
    between two. Masks, boxes and keypoints are cut with them. In a view, what stands before it is drawn once, and what follows it
    for each of the windows.
    """

    size: Pixels = Field(kw_only=False, description="[height, width] or one number for a square")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"size": 224},)

    def versions(self):
        return tuple((Crop(size=self.size, at=window),) for window in WINDOWS)


class TenCrop(Spread):
    """Cut out the five windows of `five_crop`, and then those of the mirrored image, as torchvision's `TenCrop`."""

    size: Pixels = Field(kw_only=False, description="[height, width] or one number for a square")
    vertical: bool = Field(default=False, description="mirrored top to bottom instead of left to right")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"size": 224},)

    def versions(self):
        mirror: Node = VerticalFlip(p=1) if self.vertical else HorizontalFlip(p=1)
        plain = FiveCrop(size=self.size).versions()
        return *plain, *((mirror, *steps) for steps in plain)


__all__ = ["FiveCrop", "TenCrop"]
