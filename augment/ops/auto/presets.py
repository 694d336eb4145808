"""Mixtures of ops that suit most photographs, in three strengths."""

from typing import Any, ClassVar, Literal, NamedTuple

from pydantic import Field

from augment.ops.affine import Affine
from augment.ops.blur import GaussianBlur, MotionBlur
from augment.ops.downscale import Downscale
from augment.ops.erase import CoarseDropout
from augment.ops.jitter import ColorJitter
from augment.ops.kinds import RASTERS_AND_POINTS, Border, Channels, Expansion, Policy
from augment.spec.node import Node, OneOf

Strength = Literal["light", "medium", "heavy"]


class _Mixture(NamedTuple):
    """What a preset is made of; each part with its probability."""

    moved: dict[str, Any]
    lit: dict[str, Any]
    worse: float = 0.0
    hidden: float = 0.0


_MIXTURES: dict[Strength, _Mixture] = {
    "light": _Mixture(
        {"rotate": [-5, 5], "scale": [0.95, 1.05], "translate_x": [-0.03, 0.03], "translate_y": [-0.03, 0.03], "p": 0.5},
        {"brightness": [0.9, 1.1], "contrast": [0.9, 1.1], "saturation": [0.9, 1.1], "p": 0.5},
    ),
    "medium": _Mixture(
        {"rotate": [-10, 10], "scale": [0.9, 1.1], "translate_x": [-0.06, 0.06], "translate_y": [-0.06, 0.06], "p": 0.7},
        {"brightness": [0.8, 1.2], "contrast": [0.8, 1.2], "saturation": [0.8, 1.2], "p": 0.7},
        worse=0.2,
    ),
    "heavy": _Mixture(
        {
            "rotate": [-20, 20], "scale": [0.8, 1.2], "translate_x": [-0.1, 0.1], "translate_y": [-0.1, 0.1],
            "shear_x": [-8, 8], "p": 0.9,
        },
        {"brightness": [0.6, 1.4], "contrast": [0.6, 1.4], "saturation": [0.6, 1.4], "p": 0.9},
        worse=0.3, hidden=0.3,
    ),
}  # fmt: skip


class Preset(Policy):
    """A mixture that suits most photographs, in one of three strengths.

    - ``light``: a turn of ±5°, a scale of 1±0.05 and a shift of ±3 % as one map, half of the time; brightness, contrast and
      saturation of 1±0.1, half of the time.
    - ``medium``: ±10°, 1±0.1 and ±6 %, with probability 0.7; colours of 1±0.2, 0.7; a blur, a blur of motion or fewer pixels,
      0.2.
    - ``heavy``: ±20°, 1±0.2, ±10 % and a slant of ±8°, 0.9; colours of 1±0.4, 0.9; one of the blurs, 0.3; one to three parts of
      up to a fifth of the sides filled with the mean, 0.3.

    Made to keep labels true: it never mirrors and never changes hue, since letters, sides and the colour of a thing may be what a
    label tells; write ``horizontal_flip`` or ``hue`` beside it where they may vary. The canvas stays, and grey images will do.
    The strengths are a convention of this library, and were not searched for; `rand_augment` and its kin are tried on data sets.
    """

    strength: Strength = Field(kw_only=False, description="how much of it there is, and how strong it is")
    border: Border = Field(default="reflect101", description="what lies outside the image")
    channels: Channels | None = Field(default=None, description="the three channels that colours are limited to, counted from 0")

    moves: ClassVar[frozenset[str]] = RASTERS_AND_POINTS
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"strength": "heavy", "border": "reflect"},)

    def expand(self):
        made = _MIXTURES[self.strength]
        shared: dict[str, Any] = {"on": self.on, "channels": self.channels}
        parts: dict[str, Node] = {
            "moved": Affine(**made.moved, border=self.border, on=self.on), "lit": ColorJitter(**made.lit, **shared)
        }  # fmt: skip
        if made.worse:
            several: tuple[Node, ...] = (
                GaussianBlur(sigma=["0.3px", "1.5px"], **shared), MotionBlur(length=["3px", "7px"], **shared),
                Downscale(scale=[0.5, 0.8], down="area", up="bilinear", **shared),
            )  # fmt: skip
            parts["worse"] = OneOf(several, p=made.worse)
        if made.hidden:
            side = [0.08, 0.2]
            parts["hidden"] = CoarseDropout(holes=[1, 3], height=side, width=side, fill="mean", on=self.on, p=made.hidden)
        return tuple(Expansion(part, node) for part, node in parts.items())
