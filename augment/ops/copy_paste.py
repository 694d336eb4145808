"""Objects of one sample pasted onto another."""

from typing import Annotated, Any, ClassVar

import numpy as np
from pydantic import Field

from augment.ops.kinds import UNIT, WORD, Array, Composition, Draw, Mix, Pair, pixels
from augment.random import threefry
from augment.values import Constant, Quantity, Short, Value


class CopyPaste(Mix):
    """Paste objects of another sample, whose `instances` say where they are, in their places (Ghiasi et al. 2021).

    What they hide goes: instances lose pixels, boxes that belong to instances lose on each side what the outline of those has
    lost, and an object of which nothing is seen is dropped with all its rows. Labels of the image count by area. The authors
    resize both samples at random before, which `scale_jitter` does to each under its own key.
    """

    share: Annotated[Short[Value], Quantity("share", gt=0, le=1)] = Field(
        kw_only=False, description="probability of each object of the other sample to be pasted"
    )
    edge: Annotated[Short[Value], Quantity("fractions of the shorter side, or px", ge=0, le=0.2, pixels=True)] = Field(
        default=Constant(number=0), description="sigma of the Gaussian by which the edges of what is pasted fade"
    )

    primitive: ClassVar[str] = "fade"
    moves: ClassVar[frozenset[str]] = Mix.moves - {"polygons", "oriented_boxes"}
    reads: ClassVar[frozenset[str]] = frozenset({"instances"})
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"share": 0.5}, {"share": [0.3, 1.0], "edge": ["0px", "2px"]})

    def draws(self):
        return Draw("share", self.share, exact=True), Draw("edge", self.edge), Draw("partner", UNIT), Draw("word", WORD)

    def aim(self, v, layers):
        word, _ = threefry((int(v["word"]), 0), (np.arange(layers.shape[2]), 0))  # there is no number that they stay below
        chosen = (word >> 8) * np.float32(2**-24) < v["share"]
        shown = (layers[..., chosen] != 0).any(axis=2)
        sigma = float(pixels(self.edge, v["edge"], min(shown.shape)))
        return {"chosen": chosen, "shown": shown, "alpha": faded(shown, sigma) if sigma > 0 else None}

    def compose(self, v, sizes, xp):
        share = float(v["shown"].mean())
        return Composition(sizes[0], (1 - share, share), Pair(shown=v["shown"], rows=v["chosen"], alpha=v["alpha"]))


def faded(shown: Array, sigma: float) -> Array:
    """(H, W) of 0 to 1: a Gaussian mean over each pixel's neighbourhood within the image."""

    def mean(extent: int) -> Array:
        at = np.arange(extent, dtype=np.float32)
        weight = np.exp(-0.5 * ((at[:, None] - at) / np.float32(sigma)) ** 2)
        return weight / weight.sum(axis=1, keepdims=True)

    height, width = shown.shape
    return np.clip(mean(height) @ shown.astype(np.float32) @ mean(width).T, 0, 1)


