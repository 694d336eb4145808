"""A sample on its way through a program, on the host: explicit, so that a mix op can bring another sample to the same point."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.ops.kinds import Scale, Stroke
from augment.sample import Target

if TYPE_CHECKING:
    from augment.engine.passages import Passage
    from augment.engine.rows import Rows

Values = Mapping[str, Mapping[str, Any]]
Size = tuple[int, int]


@dataclass
class State:
    """A sample on its way: rasters as (H, W, C) in the kernel set's form, rows, and labels."""

    sample: Mapping[str, Any]
    targets: dict[str, Target]
    values: Values
    rasters: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    rows: dict[str, Rows] = field(default_factory=dict)
    """Boxes, keypoints, polygons, instances."""
    frames: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """The images that a target of several became, in order."""
    follows: dict[str, str] = field(default_factory=dict)
    """Targets whose rows are those of another, which carries them."""
    labels: dict[str, Any] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    dtypes: dict[str, np.dtype] = field(default_factory=dict)
    tails: dict[str, Scale] = field(default_factory=dict)
    """What normalize did to the images that it ran on: colours written as fractions go through it."""
    walks: dict[Any, Any] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    """Keys of the ops that are not done to this sample, since its caption would be in doubt."""
    skipped: list[dict[str, Any]] = field(default_factory=list)
    """Why they are not done."""
    unclear: list[dict[str, Any]] = field(default_factory=list)
    """What was in doubt and left."""
    chains: dict[str, list[Stroke]] = field(default_factory=dict)
    """Colour ops that wait for a step that needs the pixels: one chain, also where an op between was not drawn."""
    branches: dict[tuple[str, str], list[Any]] = field(default_factory=dict)
    """Of each blend and image: the image as it was, and the versions that are made by now."""

    def whole(self, name: str) -> str:
        """The name in the spec: of a frame that of its stack, else its own."""
        return next((stack for stack, frames in self.frames.items() if name in frames), name) if self.frames else name


Donor = Callable[[Sequence[float], int], list[State]]
"""Brings other samples, each chosen by a uniform, to the step of that number."""
