"""Growing and shrinking what is bright: the largest and the least value of a neighbourhood."""

from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.kinds import Valued, odd_sizes
from augment.ops.primitives import Shape
from augment.values import Quantity, Sensible, Short, Value

LARGEST = 31

Size = Annotated[
    Short[Value], Quantity("pixels, odd", ge=1, le=LARGEST, integer=True, odd=True),
    Sensible(high=7, neutral=1, why="thin strokes and small things are gone"),
]  # fmt: skip


class Neighbourhood(Valued):
    """Of the extremes of the neighbourhood of each pixel, each channel alone; what lies beyond the edge does not count."""

    size: Size = Field(kw_only=False, description="of the neighbourhood; 1 changes nothing")
    shape: Shape = Field(default="ellipse", description="of the neighbourhood; an ellipse of 3 pixels is a cross")

    primitive: ClassVar[str] = "morphology"

    def extreme(self, raster: Any, v: Any, kernels: Any, highest: bool) -> Any:
        """The largest, or the least value of each neighbourhood."""
        return kernels.morphology(raster, v["size"], odd_sizes(self.size), self.shape, highest)


class Morphology(Neighbourhood):
    """An image, and a mask where it is treated alike, of which each pixel becomes an extreme, or one after the other."""

    masks: bool = Field(
        default=False, description="whether masks are treated alike, as Albumentations does; they stay as they are without it"
    )

    moves: ClassVar[frozenset[str]] = frozenset({"mask"})
    turns: ClassVar[tuple[bool, ...]]
    """Which extreme is taken, one after the other: the largest, or the least."""
    examples: ClassVar[tuple[dict[str, Any], ...]] = (
        {"size": [3, 7]}, {"size": [1, 5], "shape": "square", "masks": True}, {"size": {"choice": [3, 9]}, "channels": [0, 2]},
        {"size": 3, "masks": True},
    )  # fmt: skip

    def _of(self, raster: Any, v: Any, kernels: Any) -> Any:
        for highest in self.turns:
            raster = self.extreme(raster, v, kernels, highest)
        return raster

    def change(self, image, v, context, kernels):
        return self._of(image, v, kernels)

    def change_mask(self, mask, v, context, kernels):
        return self._of(mask, v, kernels) if self.masks else mask

    def neutral(self, v, size):
        return bool(v["size"] == 1)


class Dilate(Morphology):
    """Give each pixel the largest value of its neighbourhood: what is bright grows, and dark strokes get thinner.

    Of masks that are treated alike, the larger label grows. Boxes and keypoints stay. Albumentations' `Morphological` takes
    `scale: [2, 3]` as height and width of one neighbourhood, and draws nothing; it changes masks always, and boxes.
    """

    turns: ClassVar[tuple[bool, ...]] = (True,)


class Erode(Morphology):
    """Give each pixel the least value of its neighbourhood: what is dark grows, and dark strokes get thicker.

    Of masks that are treated alike, the smaller label grows. Boxes and keypoints stay.
    """

    turns: ClassVar[tuple[bool, ...]] = (False,)


class Opening(Morphology):
    """Erode, then dilate: bright things smaller than the neighbourhood go, and the rest stays as large as it was."""

    turns: ClassVar[tuple[bool, ...]] = (False, True)


class Closing(Morphology):
    """Dilate, then erode: dark things smaller than the neighbourhood go, gaps close, and the rest stays as large as it was."""

    turns: ClassVar[tuple[bool, ...]] = (True, False)


class MorphologicalGradient(Neighbourhood):
    """Give each pixel the difference between the largest and the least value of its neighbourhood: the outlines of things.

    Masks stay as they are.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"size": [3, 7]}, {"size": 3, "shape": "square", "channels": [0, 2]})

    def change(self, image, v, context, kernels):
        highest, least = (kernels.unpack(self.extreme(image, v, kernels, which)) for which in (True, False))
        return kernels.pack(highest - least)
