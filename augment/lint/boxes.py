"""Follows the boxes of a sample through a program, to tell which op is to blame for those that are lost."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

import numpy as np

from augment.engine.state import State

if TYPE_CHECKING:
    from augment.engine.boxes import Boxes
    from augment.engine.rows import Rows


class Watched:
    """The boxes of one sample. The op that took most of a box off the canvas is to blame if the box is lost in the end, also
    where it is the policy of the target that drops it then."""

    def __init__(self, state: State):
        self.points = _boxes(state.rows.values()) if state.rows else []
        self.seen = [np.ones(len(p.at)) for p in self.points]
        self.loss = [np.zeros(len(p.at)) for p in self.points]
        self.blamed: list[list[str]] = [[""] * len(p.at) for p in self.points]

    def follow(self, path: str) -> int:
        """Note what the op at ``path`` has done; returns how many boxes were there before."""
        count = 0
        for n, points in enumerate(self.points):
            count += int((self.seen[n] > 0).sum())
            now = np.minimum(_visible(points), self.seen[n])
            for row in np.flatnonzero(self.seen[n] - now > self.loss[n]):
                self.blamed[n][row] = path
            self.loss[n] = np.maximum(self.loss[n], self.seen[n] - now)
            self.seen[n] = now
        return count

    def lost(self) -> Iterator[str]:
        """Apply the policies, and yield the path of the op that is to blame for each box that is lost."""
        for n, points in enumerate(self.points):
            points.settle()
            yield from (self.blamed[n][row] for row in np.flatnonzero(~points.alive) if self.blamed[n][row])


def _boxes(rows: Iterable[Rows]) -> list[Boxes]:
    from augment.engine.boxes import Boxes

    return [own for own in rows if isinstance(own, Boxes)]


def _visible(points: Boxes) -> np.ndarray:
    """The share of each box that lies on the canvas; 0 of one that was dropped."""
    from augment.engine.boxes import areas

    hulls = points.hulls()
    height, width = points.size
    inside = areas(np.clip(hulls, 0, [width, height, width, height]))
    return np.where(points.alive, inside / np.maximum(areas(hulls), 1e-9), 0)
