"""Rows of a target on their way through a program: boxes, keypoints, polygons; what becomes of those that leave the image."""

from __future__ import annotations

import warnings
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from augment.engine.visible import View
from augment.errors import SampleError
from augment.ops.kinds import Window
from augment.program.walk import Leg, Walk
from augment.sample import Target, lost_gradient, refuse_gradient, refuse_masked

Size = tuple[int, int]


@dataclass
class Rows:
    """The rows of one target, what they carry, which are left, and why the others went."""

    target: Target
    carried: dict[str, Any]
    """Entries with one row for each."""
    size: Size
    """Of the canvas on which they lie."""
    alive: np.ndarray = field(init=False)
    numbers: np.ndarray = field(init=False)
    """Of those that are left, as they came in."""
    dropped: list[dict[str, Any]] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        self.alive = np.ones(len(self), bool)
        self.numbers = np.arange(len(self))

    def __len__(self) -> int:
        raise NotImplementedError

    @classmethod
    def read(cls, name: str, raw: Any, target: Target, size: Size, carried: dict[str, Any], outline: int) -> Rows:
        """Read an entry of a sample; ``outline`` is of how many points the outline of a box is followed, 4 or more.

        Raises `SampleError` on what are no such rows, and where something carried has not one for each.
        """
        raise NotImplementedError

    def go(self, leg: Leg) -> None:
        """Move along one leg of a walk; what lies wholly outside its output canvas is gone."""
        raise NotImplementedError

    def move(self, walk: Walk, window: Window | None, kernels: Any) -> None:
        """Move along a walk, which resizes a ``window`` if there is one; ``kernels`` move what is a raster."""
        for leg in walk.legs:
            self.go(leg)

    def settle(self) -> None:
        """Drop, or cut, what does not lie on the canvas at the end."""

    def show(self, view: View) -> None:
        """Move to where the sample lies on a canvas that several compose; what is not seen is cut, or gone."""
        raise NotImplementedError

    def join_view(self, view: View, kernels: Any) -> None:
        """Settle, and `show`."""
        self.settle()
        self.show(view)

    def write(self, like: Any) -> Any:
        """Return what is left, in the format and the kind of array that came in."""
        raise NotImplementedError

    def drop(self, which: np.ndarray, reason: str) -> None:
        """Let some go."""
        for i in np.flatnonzero(which & self.alive):
            self.dropped.append({"row": int(self.numbers[i]), "reason": reason})
        self.alive &= ~which

    def follow(self, leader: Rows) -> None:
        """Keep those that another target keeps, whose rows these are, and no others."""
        self.alive = np.isin(self.numbers, leader.numbers)
        self.dropped = [{**row} for row in leader.dropped]

    def keep_alive(self) -> None:
        """Forget the rows that are gone, and what they carry."""
        self.carried = {name: select(rows, self.alive) for name, rows in self.carried.items()}
        self.numbers = self.numbers[self.alive]
        self._forget(self.alive)
        self.alive = np.ones(len(self), bool)

    def _forget(self, alive: np.ndarray) -> None:
        raise NotImplementedError

    def join(self, others: Sequence[Any], apart: Sequence[str] = ()) -> None:
        """Take in the rows of others, of the same kind, after one's own; all forgot those that are gone.

        What is carried under the names ``apart`` is left to whom it belongs. Raises `SampleError` where the rest does not fit.
        """
        every = [{name: rows for name, rows in own.carried.items() if name not in apart} for own in (self, *others)]
        for other in every[1:]:
            if missing := every[0].keys() ^ other.keys():
                kind = self.target.kind.replace("_", " ")
                raise SampleError(f"{', '.join(sorted(missing))} is carried by the {kind} of one sample only")
        self.carried = {name: _concatenated([carried[name] for carried in every]) for name in every[0]}
        self._append(others)
        self.dropped = self.dropped + [{**row, "sample": "other"} for other in others for row in other.dropped]
        self.__post_init__()

    def _append(self, others: Sequence[Any]) -> None:
        raise NotImplementedError

    def drop_small(self, after: np.ndarray, before: np.ndarray) -> None:
        """Drop by the policies of areas: those that were and those that are left, in square pixels."""
        least = self.target.min_area
        low = least.support[0] * (1 if least.unit == "px" else self.size[0] * self.size[1])
        self.drop(after <= 0, "nothing of it is left")
        self.drop(after < low, f"less than min_area {least} is left")
        self.drop(after < self.target.min_visibility * before, f"less than min_visibility {self.target.min_visibility:g} is left")


def check_listed(name: str, raw: Any) -> None:
    """Raise `SampleError` unless boxes or keypoints are a list or an array of rows: for whoever takes them apart."""
    if getattr(raw, "ndim", 0):
        return
    if not isinstance(raw, list | tuple) or not all(isinstance(row, list | tuple) or getattr(row, "ndim", 0) for row in raw):
        raise SampleError(f"{name}: must be rows of as many numbers each, not {str(raw)[:60]}; without any, an empty list")


def numbers(name: str, raw: Any) -> np.ndarray:
    """Read rows of numbers; raises `SampleError` on what has no common shape, and on truths, texts, times and complex numbers,
    which are no places."""
    check_listed(name, raw)
    refuse_masked(name, raw)
    try:
        rows = np.asarray(raw)
        if rows.dtype.kind in "iufO":
            return rows.astype(np.float64, copy=False)
    except (TypeError, ValueError):
        raise SampleError(f"{name}: must be rows of as many numbers each, not {str(raw)[:60]}") from None
    except RuntimeError:  # a tensor, or one in a list, says so by this
        raise lost_gradient(name) from None
    raise SampleError(f"{name}: is {rows.dtype}, and places are real numbers")


def check_canvas(name: str, raw: Any, size: Sequence[int]) -> None:
    """Raise `SampleError` where rows know the height and width of their image, as torchvision's do, and those are another's."""
    canvas = getattr(raw, "canvas_size", None)
    if canvas is not None and tuple(canvas) != tuple(size):
        said, has = (f"{height} x {width}" for height, width in (canvas, size))
        fix = "move them along where the image gets another size, or correct canvas_size"
        raise SampleError(f"{name}: they say that their image is {said} (height x width), but it is {has}; {fix}")


def check_finite(name: str, rows: np.ndarray) -> None:
    """Raise `SampleError` on coordinates that are no places."""
    if not np.isfinite(rows).all():
        raise SampleError(f"{name}: holds a value that is not finite")


def tell_of_fractions(name: str, at: np.ndarray, fix: str = "multiply them by its width and height") -> None:
    """Warn where all coordinates of some rows lie within one pixel, as fractions of the image do."""
    if at.size and at.min() >= 0 and at.max() <= 1 and (at % 1).any():
        warnings.warn(f"{name}: all lie within one pixel; if they are fractions of the image, {fix}", stacklevel=2)


def check_carried(name: str, count: int, carried: dict[str, Any]) -> None:
    """Raise `SampleError` where something that rows carry has not one for each of them."""
    for other, values in carried.items():
        refuse_gradient(other, values)
        refuse_masked(other, values)
        if not isinstance(values, list | tuple) and np.ndim(values) == 0:
            raise SampleError(f"{other} is carried by {name}, so it has one row for each of them; it is {str(values)[:60]!r}")
        if len(values) != count:
            raise SampleError(f"{other} has {len(values)} rows and {name}, which carries it, has {count}")


def select(rows: Any, which: np.ndarray) -> Any:
    """Keep some rows of an array or a list, as the same type."""
    if isinstance(rows, list | tuple):
        return type(rows)(row for row, keep in zip(rows, which, strict=True) if keep)
    return np.asarray(rows)[which]


def take(rows: Any, places: np.ndarray) -> Any:
    """Return the rows at some places of an array or a list, in their order, as the same type."""
    return type(rows)(rows[i] for i in places.tolist()) if isinstance(rows, list | tuple) else np.asarray(rows)[places]


def _concatenated(every: Sequence[Any]) -> Any:
    if isinstance(every[0], list | tuple):
        return type(every[0])(row for rows in every for row in rows)
    return np.concatenate(every)


def alike(rows: np.ndarray, like: Any) -> Any:
    """Rows in the type of an array, or as lists."""
    if isinstance(like, np.ndarray):
        return rows.astype(like.dtype if like.dtype.kind == "f" else np.float64)
    return rows.tolist()
