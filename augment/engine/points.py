"""Rows of points, as many in each; and keypoints, which are rows of one, in pixel-index coordinates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.engine.rows import (
    Rows,
    Size,
    alike,
    check_canvas,
    check_carried,
    check_finite,
    numbers,
    take,
    tell_of_fractions,
)
from augment.engine.visible import View
from augment.errors import SampleError
from augment.program.walk import Leg, through
from augment.sample import Target
from augment.sample.sides import mirrors


@dataclass
class Points(Rows):
    """Rows of k points, which move one by one."""

    at: np.ndarray
    """(n, k, 2): x and y in index coordinates."""

    def __len__(self) -> int:
        return len(self.at)

    def go(self, leg: Leg) -> None:
        if len(self.at):
            self.at, seen = moved(self.at, leg)
            low, high = self.at.min(axis=1) + 0.5, self.at.max(axis=1) + 0.5
            height, width = leg.output
            inside = np.logical_and(high > 0, low < np.array([width, height])).all(axis=1)
            self._leave(~(seen.all(axis=1) & inside), leg)
        self.size = leg.output

    def _leave(self, which: np.ndarray, leg: Leg) -> None:
        self.drop(which, f"left the image at {leg.path}")

    def _forget(self, alive: np.ndarray) -> None:
        self.at = self.at[alive]

    def _append(self, others: Sequence[Any]) -> None:
        self.at = np.concatenate([self.at, *(other.at for other in others)])


def moved(at: np.ndarray, leg: Leg) -> tuple[np.ndarray, np.ndarray]:
    """Carry points (..., 2) in index coordinates along a leg; returns them and which have a place there (...)."""
    height, width = leg.size
    out, seen = through(leg, at.reshape(-1, 2) - np.array([(width - 1) / 2, (height - 1) / 2]))
    height, width = leg.output
    return out.reshape(at.shape) + np.array([(width - 1) / 2, (height - 1) / 2]), np.asarray(seen.reshape(at.shape[:-1]))


@dataclass
class Keypoints(Points):
    """Keypoints (n, 2); further columns stay with their rows.

    Rows that are pairs change places in a mirror, with all that is in them; of what they carry numbers go along, as they are
    of the point, and words stay, as they name the place.
    """

    extra: np.ndarray
    """(n, further columns)."""
    partners: np.ndarray
    """(n,): the row that each changes places with in a mirror; its own for those that stay, -1 for one that is gone."""

    @classmethod
    def read(cls, name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any], outline: int) -> Keypoints:
        rows = numbers(name, raw)
        rows = rows.reshape(0, 2) if rows.size == 0 else rows
        if rows.ndim != 2 or rows.shape[1] < 2:
            raise SampleError(f"{name}: keypoints have the shape (n, 2), x and y first, not {rows.shape}")
        check_canvas(name, raw, size)
        check_finite(name, rows)
        tell_of_fractions(name, rows[:, :2])
        check_carried(name, len(rows), carried)
        partners = np.array(target.flip_pairs.partners(len(rows), name), int)
        return cls(target, carried, size, rows[:, None, :2], rows[:, 2:], partners)

    def go(self, leg: Leg) -> None:
        super().go(leg)
        if self.target.flip_pairs.pairs and mirrors(leg.inverse):
            self._swap()

    def _swap(self) -> None:
        order = self.partners
        if (order < 0).any():  # a mix, which had no row of one
            fix = "keep them all, invisible: keep, or mirror them before it"
            raise SampleError(f"keypoints that are pairs lost some of them in a mix, and are mirrored after it: {fix}")
        self.at, self.extra = self.at[order], self.extra[order]
        self.alive, self.numbers = self.alive[order], self.numbers[order]
        self.carried = {name: take(rows, order) if of_points(rows) else rows for name, rows in self.carried.items()}

    def _leave(self, which: np.ndarray, leg: Leg) -> None:
        if self.target.invisible == "drop":
            super()._leave(which, leg)

    def settle(self) -> None:
        height, width = self.size
        if self.target.invisible == "drop":
            at = self.at[:, 0]
            outside = np.asarray(np.logical_or(at < -0.5, at >= np.array([width - 0.5, height - 0.5])).any(axis=1))
            self.drop(outside, "left the image")

    def show(self, view: View) -> None:
        self.at, self.size = view.moved(self.at + 0.5) - 0.5, view.size
        if self.target.invisible == "drop":
            self.drop(~view.sees(self.at[:, 0] + 0.5), view.reason)

    def write(self, like: Any) -> Any:
        return alike(np.concatenate([self.at[:, 0], self.extra], axis=1), like)

    def _forget(self, alive: np.ndarray) -> None:
        super()._forget(alive)
        self.extra = self.extra[alive]
        among = np.where(alive, np.cumsum(alive) - 1, -1)
        self.partners = among[self.partners][alive]

    def _append(self, others: Sequence[Any]) -> None:
        every = (self, *others)
        counts = {2 + rows.extra.shape[1] for rows in every}
        if len(counts) > 1:
            raise SampleError(f"keypoints have {min(counts)} columns in one sample and {max(counts)} in another")
        before = np.cumsum([0, *(len(rows) for rows in every)])
        moved = [np.where(rows.partners < 0, -1, rows.partners + n) for n, rows in zip(before, every, strict=False)]
        super()._append(others)
        self.extra, self.partners = np.concatenate([rows.extra for rows in every]), np.concatenate(moved)


def of_points(rows: Any) -> bool:
    """Whether what is carried says something of points, as numbers do, and not of their places, as names do."""
    try:
        return len(rows) > 0 and np.asarray(rows).dtype.kind in "biuf"
    except ValueError:  # rows of different lengths, as phrases have
        return False
