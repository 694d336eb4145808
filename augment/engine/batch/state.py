"""A batch on its way through a program."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from augment.engine.gates import Array, Values
from augment.ops.kinds import Scale


@dataclass
class BatchPoints:
    """Boxes or keypoints: ``at`` (B, n, k, 2) in index coordinates, ``alive`` (B, n), on a canvas of ``size``."""

    at: Array
    alive: Array
    size: tuple[Any, Any]

    def leave(self, which: Array) -> None:
        """Let rows (B, n) go that are not on the canvas, unless they are kept."""
        self.alive = self.alive & ~which

    def turn(self, inverse: Array) -> BatchPoints:
        """Return them with rows that are pairs in each other's place where a move, given by its way back ((B,) 3, 3), is a
        mirror."""
        return self


@dataclass
class Batch:
    """A batch on its way."""

    values: Values
    size: tuple[Any, Any]
    images: dict[str, Array] = field(default_factory=dict)
    masks: dict[str, Array] = field(default_factory=dict)
    mask_fills: dict[str, int] = field(default_factory=dict)
    points: dict[str, BatchPoints] = field(default_factory=dict)
    labels: dict[str, Array] = field(default_factory=dict)
    tails: dict[str, Scale] = field(default_factory=dict)
    """What normalize did to the images that it ran on."""
    sizes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """The canvas of each target; ops that are limited with ``on`` make them differ."""
    branches: dict[tuple[str, str], list[Array]] = field(default_factory=dict)
    """Of each blend and image: the image as it was, and the versions that are made by now."""
    donors: Batch | None = None
    """The samples as partners of the step that runs: without what stands in a branch beside it. None: as they are."""

    def fork(self) -> Batch:
        """Return a batch that goes a way of its own from here."""
        points = {name: replace(points) for name, points in self.points.items()}
        copies: dict[str, Any] = {name: dict(getattr(self, name)) for name in ("images", "masks", "labels", "tails", "sizes")}
        branches = {place: list(versions) for place, versions in self.branches.items()}
        return replace(self, points=points, branches=branches, donors=None, **copies)

    def size_of(self, name: str) -> tuple[Any, Any]:
        return self.sizes[name]
