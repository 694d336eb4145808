"""Measures how far two results are apart: pixels in levels of 255, parameters and targets as equal or not."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np

from augment.sample import TEXTS, Target
from augment.testing.tolerance import assert_samples_close

Told = tuple[str, Literal["", "good", "bad"]]
CLOSE = 1e-6
"""Of the size of a number: how far continuous values of two engines may be apart."""


@dataclass(frozen=True, eq=False)
class Difference:
    """The distance of two images."""

    levels: np.ndarray
    """(H, W, C), in levels of 255."""
    eight_bit: bool

    @property
    def largest(self) -> float:
        return float(self.levels.max())

    @property
    def mean(self) -> float:
        return float(self.levels.mean())

    @property
    def psnr(self) -> float:
        """Peak signal-to-noise ratio in dB; infinite where the images are equal."""
        error = float(np.square(self.levels).mean())
        return math.inf if error == 0 else 10 * math.log10(255**2 / error)


def compare(first: Any, second: Any, tail: Any = None) -> Difference:
    """Compare two images of one shape; ``tail`` is gain and offset of a normalize, which is undone."""
    eight_bit = np.asarray(first).dtype == np.asarray(second).dtype == np.uint8
    return Difference(np.abs(_levels(first, tail) - _levels(second, tail)), eight_bit)


def _levels(image: Any, tail: Any) -> np.ndarray:
    image = np.asarray(image)
    image = image[..., None] if image.ndim == 2 else image
    if image.dtype == np.uint8:
        return image.astype(np.float64)
    gain, offset = (np.asarray(x, np.float64) for x in tail or (1, 0))
    return (image.astype(np.float64) - offset) / gain * 255


def percent(share: float) -> str:
    """A share in two digits: '0.31 %', '12 %', '100 %'."""
    return f"{100 * share:.2g} %" if share < 0.095 else f"{100 * share:.0f} %"


def equal_values(first: Mapping[str, Any], second: Mapping[str, Any]) -> Told:
    """Whether two engines drew the same: whole numbers exactly, others but for their last digits."""
    worst, different = 0.0, []
    for key, fields in first.items():
        for name, value in fields.items():
            a, b = np.asarray(value, np.float64), np.asarray(second[key][name], np.float64)
            whole = np.asarray(value).dtype.kind in "iub"
            distance = float(np.abs(a - b).max(initial=0) / max(1.0, float(np.abs(a).max(initial=0))))
            worst = max(worst, distance)
            if distance > (0 if whole else CLOSE):
                different.append(f"{key}.{name}")
    if different:
        return f"{', '.join(different[:3])}{' and more' if len(different) > 3 else ''} differ", "bad"
    return ("equal" if worst == 0 else f"equal within {worst:.0e}".replace("-", "−")), "good"


def equal_entries(first: Mapping[str, Any], second: Mapping[str, Any], targets: Mapping[str, Target]) -> dict[str, Told]:
    """Whether everything but images agrees, within the tolerance of each kind."""
    told: dict[str, Told] = {}
    for name, target in targets.items():
        names = {name, *(c for c in target.carry if c in first and c in second)}
        if target.kind == "image" or name not in first:
            continue
        if target.kind in TEXTS:  # backends of texts choose other words, which is no mistake
            told[name] = ("equal", "good") if np.array_equal(first[name], second[name]) else ("another", "")
            continue
        part = [{n: sample[n] for n in names} for sample in (first, second)]
        try:
            assert_samples_close(part[1], part[0], {name: target})
            told[name] = ("equal", "good")
        except AssertionError as error:
            told[name] = (str(error).partition(": ")[2] or str(error), "bad")
    return told
