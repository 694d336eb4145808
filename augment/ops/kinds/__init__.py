"""The kinds of ops: what an op must say about itself so that every backend can run it.

The kind decides which targets move and which primitive the op feeds; passes and kernels ask the kind, never the name.
Parameter mathematics takes ``v`` (the op's drawn values by field, each of shape (...) or (..., count)), the size (height,
width) of the canvas, and ``xp`` (numpy or keras.ops); it works with any number of leading batch dimensions.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from augment.ops.kinds.adapting import REFERENCE, Adaptation
from augment.ops.kinds.branching import Branch, MovingBranch
from augment.ops.kinds.covering import Cover, Erase
from augment.ops.kinds.drawn import UNIT, WORD, Array, Draw, Drawn, Size, Values, indices
from augment.ops.kinds.entries import Entries, plus, times
from augment.ops.kinds.fields import (
    ANGLE,
    FILLS,
    LENGTH,
    MOST_BLUR,
    Channels,
    Colour,
    Fill,
    Label,
    Pixels,
    most_pixels,
    odd_sizes,
    pixels,
    shorter,
)
from augment.ops.kinds.filtering import Expression, Filter, Noise
from augment.ops.kinds.forms import Bend, Form, Linear, Mixture, Scale, Statistic, Stroke, Taps, Turn
from augment.ops.kinds.geometric import (
    BORDERS,
    RASTERS_AND_POINTS,
    Bending,
    Border,
    Canvas,
    Geometric,
    Interpolation,
    Move,
    Resizing,
    Sight,
    Window,
    blind,
    matrix,
    plain,
)
from augment.ops.kinds.labelling import Labelling
from augment.ops.kinds.mixing import Composition, Mix, Pair, Partnered, Placement
from augment.ops.kinds.painting import FADED, GREY, HALF_UP, KEY, LEVELS, NORMAL, Context, Fields, Painting, Valued
from augment.ops.kinds.photometric import ChannelMixture, Curve, HueShift, LinearColour, Photometric
from augment.ops.kinds.policy import Expansion, Policy, branch_of, stands_for
from augment.ops.kinds.tail import Rescaling, Tail

if TYPE_CHECKING:
    from augment.ops.kinds.texts import Inserting, Replacing, ReplacingSpans, Text, UnitEdit


def __getattr__(name: str) -> Any:
    """Return a kind of text ops: they are imported when one is asked for, and few specs of images do."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module("augment.ops.kinds.texts"), name)


__all__ = [
    "ANGLE",
    "BORDERS",
    "FADED",
    "FILLS",
    "GREY",
    "HALF_UP",
    "KEY",
    "LENGTH",
    "LEVELS",
    "MOST_BLUR",
    "NORMAL",
    "RASTERS_AND_POINTS",
    "REFERENCE",
    "UNIT",
    "WORD",
    "Adaptation",
    "Array",
    "Bend",
    "Bending",
    "Border",
    "Branch",
    "Canvas",
    "ChannelMixture",
    "Channels",
    "Colour",
    "Composition",
    "Context",
    "Cover",
    "Curve",
    "Draw",
    "Drawn",
    "Entries",
    "Erase",
    "Expansion",
    "Expression",
    "Fields",
    "Fill",
    "Filter",
    "Form",
    "Geometric",
    "HueShift",
    "Inserting",
    "Interpolation",
    "Label",
    "Labelling",
    "Linear",
    "LinearColour",
    "Mix",
    "Mixture",
    "Move",
    "MovingBranch",
    "Noise",
    "Painting",
    "Pair",
    "Partnered",
    "Photometric",
    "Pixels",
    "Placement",
    "Policy",
    "Replacing",
    "ReplacingSpans",
    "Rescaling",
    "Resizing",
    "Scale",
    "Sight",
    "Size",
    "Statistic",
    "Stroke",
    "Tail",
    "Taps",
    "Text",
    "Turn",
    "UnitEdit",
    "Valued",
    "Values",
    "Window",
    "blind",
    "branch_of",
    "indices",
    "matrix",
    "most_pixels",
    "odd_sizes",
    "pixels",
    "plain",
    "plus",
    "shorter",
    "stands_for",
    "times",
]
