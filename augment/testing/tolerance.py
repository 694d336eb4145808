"""How close two results must be to count as the same: the one place where the bounds of docs/meaning.md stand as numbers.

Images are compared in levels, of which full scale has 255.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from augment.sample import Target

FLOAT_LEVELS = 0.03  # up to a side of 512 pixels, and in proportion beyond
BYTE_LEVELS = 2.0
BYTE_MEAN = 0.5
STRAY_PIXELS = 0.001
SHADE = 0.005  # of a level: more than two kernels differ by at the entry of any op
UNSTEADY = 3.0
BLOCK = 8
STRAY_LABELS = 0.0005
PIXELS = 0.01
WEIGHT = 1e-4


@dataclass(frozen=True)
class Bound:
    """The largest difference of images in levels, but on a share of the pixels, and its largest mean."""

    levels: float
    stray: float = STRAY_PIXELS
    mean: float = math.inf


EIGHT_BIT = Bound(BYTE_LEVELS, mean=BYTE_MEAN)


def float_bound(side: int) -> Bound:
    """The bound of float images whose longer side has so many pixels."""
    return Bound(FLOAT_LEVELS * max(1.0, side / 512))


def declared_bound(text: str) -> Bound:
    """Read the ``bound`` of an approximate `augment.backend.Support`: '4 levels', or '4 levels but on 2 %'."""
    match = re.match(r"([\d.]+) levels?(?: but on ([\d.]+) ?%)?", text)
    if not match:
        raise AssertionError(f"the bound of an approximate support is '4 levels' or '4 levels but on 2 %', not {text!r}")
    return Bound(float(match[1]), float(match[2]) / 100 if match[2] else STRAY_PIXELS)


def nudged(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Return the image a shade lighter here and darker there, in blocks, and the other way round. Integers change by one."""
    y, x = np.indices(image.shape[:2]) // BLOCK
    sign = np.where((y + x) % 2, 1, -1).reshape(*image.shape[:2], *[1] * (image.ndim - 2))
    whole = image.dtype.kind in "iu"
    top = np.iinfo(image.dtype).max if whole else 1.0
    shade = 1 if whole else SHADE / 255
    lighter, darker = (np.clip(image.astype(np.float64) + s * shade, 0, top).astype(image.dtype) for s in (sign, -sign))
    return lighter, darker


def assert_images_close(
    got: Any,
    want: Any,
    *,
    bound: Bound | None = None,
    scale: float = 1.0,
    again: Callable[[], Sequence[Any]] | None = None,
) -> None:
    """Compare two images; ``scale`` is what full scale has become, where normalize has stretched it.

    ``again`` makes what the reference makes of the `nudged` image. Ops on the grid of 8 bits (posterize, equalize) jump: what a
    shade turns over in the reference itself, another kernel may turn over too, by no more. On the whole it must be little.
    """
    got, want = np.asarray(got), np.asarray(want)
    assert got.dtype == want.dtype, f"the type is {got.dtype}, and must be {want.dtype}"
    assert got.shape == want.shape, f"the shape is {got.shape}, and must be {want.shape}"
    bound = bound or (EIGHT_BIT if want.dtype == np.uint8 else float_bound(max(want.shape[:2])))
    levels = _levels(got, want, scale)
    assert np.isfinite(levels).all(), "it holds values that are not finite"
    far = _worst(levels) > bound.levels
    if far.mean() > bound.stray and again is not None:
        turned = np.max([_levels(np.asarray(other), want, scale) for other in again()], axis=0)
        assert turned.mean() <= UNSTEADY, f"a shade changes the result by {turned.mean():.2g} levels: nothing can be compared"
        far = _worst(levels - turned) > bound.levels
    share = float(far.mean())
    assert share <= bound.stray, (
        f"{share:.3%} of the pixels differ by more than {bound.levels:g} levels (allowed: {bound.stray:.2%}); "
        f"the largest difference is {levels.max():.3g}, first at (y, x) = {_first(far)}"
    )
    assert levels.mean() <= bound.mean, f"the mean difference is {levels.mean():.3g} levels (allowed: {bound.mean:g})"


def _levels(got: np.ndarray, want: np.ndarray, scale: float) -> np.ndarray:
    difference: np.ndarray = np.abs(got.astype(np.float64) - want.astype(np.float64))
    return difference if want.dtype == np.uint8 else difference * 255 / scale


def _worst(levels: np.ndarray) -> np.ndarray:
    return levels.max(axis=2) if levels.ndim == 3 else levels


def assert_masks_close(got: Any, want: Any, *, stray: float = STRAY_LABELS) -> None:
    """Compare two masks: equal, but on a few pixels."""
    got, want = np.asarray(got), np.asarray(want)
    assert got.dtype == want.dtype, f"the type is {got.dtype}, and must be {want.dtype}"
    assert got.shape == want.shape, f"the shape is {got.shape}, and must be {want.shape}"
    differs = got != want
    share = float(differs.mean())
    assert share <= stray, f"{share:.3%} of the labels differ (allowed: {stray:.2%}), first at {_first(differs)}"


def assert_boxes_close(got: Any, want: Any, *, pixels: float = PIXELS) -> None:
    """Compare boxes, row by row, in any format whose numbers are pixels."""
    _assert_rows_close(got, want, pixels, 4)


def assert_keypoints_close(got: Any, want: Any, *, pixels: float = PIXELS) -> None:
    """Compare keypoints, row by row."""
    _assert_rows_close(got, want, pixels, 2)


def assert_labels_close(got: Any, want: Any) -> None:
    """Compare labels: equal, or soft ones within the precision of a weight."""
    try:
        got, want = np.asarray(got), np.asarray(want)
    except ValueError:  # rows of different lengths, as phrases have
        assert list(got) == list(want), f"the rows are {got}, and must be {want}"
        return
    assert got.shape == want.shape, f"there are {got.shape} labels, and must be {want.shape}"
    if want.dtype.kind == "f":
        assert np.abs(got - want).max(initial=0) <= WEIGHT, f"labels are {got}, and must be {want}"
    else:
        assert got.tolist() == want.tolist(), f"labels are {got}, and must be {want}"


def assert_samples_close(
    got: Mapping[str, Any],
    want: Mapping[str, Any],
    targets: Mapping[str, Target],
    *,
    bound: Bound | None = None,
    scale: float = 1.0,
    again: Callable[[], Sequence[Mapping[str, Any]]] | None = None,
) -> None:
    """Compare all entries of two samples, each as its target asks; the others must be equal.

    ``again`` makes the reference's samples of the `nudged` images: see `assert_images_close`.
    """
    assert set(got) == set(want), f"the sample has {sorted(got)}, and must have {sorted(want)}"
    carried = {name for target in targets.values() for name in target.carry}
    for name, expected in want.items():
        kind = targets[name].kind if name in targets else ""
        try:
            if kind == "image":
                images = None if again is None else partial(_entries, again, name)
                assert_images_close(got[name], expected, bound=bound, scale=scale, again=images)
            elif kind == "mask":
                assert_masks_close(got[name], expected)
            elif kind == "boxes":
                assert_boxes_close(got[name], expected)
            elif kind == "keypoints":
                assert_keypoints_close(got[name], expected)
            elif kind == "labels" or name in carried:
                assert_labels_close(got[name], expected)
            else:
                assert np.array_equal(np.asarray(got[name]), np.asarray(expected)), "it must pass untouched"
        except AssertionError as error:
            raise AssertionError(f"{name}: {error}") from None


def _entries(again: Callable[[], Sequence[Mapping[str, Any]]], name: str) -> list[Any]:
    return [sample[name] for sample in again()]


def _assert_rows_close(got: Any, want: Any, pixels: float, columns: int) -> None:
    rows, expected = (np.asarray(x, np.float64).reshape(len(x), -1 if len(x) else columns) for x in (got, want))
    assert len(rows) == len(expected), f"there are {len(rows)}, and must be {len(expected)}"
    if not len(rows):
        return
    assert rows.shape == expected.shape and rows.shape[1] >= columns, f"the shape is {rows.shape}, and must be {expected.shape}"
    distance = np.abs(rows - expected).max(axis=1)
    worst = int(distance.argmax())
    assert distance[worst] <= pixels, f"row {worst} is {rows[worst]}, and must be {expected[worst]} (within {pixels:g} px)"


def _first(where: np.ndarray) -> tuple[int, ...] | None:
    at = np.argwhere(where)
    return tuple(int(i) for i in at[0]) if len(at) else None
