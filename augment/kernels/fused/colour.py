"""Chains of colour ops as stages: linear maps, mixtures, powers, turns of the hue, tables on the 8-bit grid, and the tail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

import numpy as np

from augment.kernels import opencv
from augment.kernels.fused.raster import HUE, LINEAR, MIX, POWER, ROUND, SELECT, TABLE, TAIL, Raster, raster
from augment.ops.kinds import Bend, Linear, Mixture, Scale, Stroke, Turn

LEVELS = np.arange(256) / 255
STATISTICS = {None: 0, "gray_mean": 1, "channel_mean": 2}


def pointwise(image: Any, chain: Sequence[Stroke]) -> Any:
    """Put a chain of pointwise ops on an image; from one on that no stage can express it is run by OpenCV."""
    image = raster(image)
    if not isinstance(image, Raster):
        return opencv.pointwise(image, chain)
    stages: list[float] = []
    tables: list[np.ndarray] = []
    levels = image.dtype == np.uint8
    for number, stroke in enumerate(chain):
        own = _stages(stroke, image.shape[2], levels and not stages, len(image.tables) + len(tables))
        if own is None:
            settled = image.then(stages, tables).settled()
            return raster(opencv.pointwise(settled, chain[number:]))
        stages += own.stages
        tables += own.tables
    return image.then(stages, tables) if stages else image


class Stages(NamedTuple):
    """A link of a chain as the native code reads it."""

    stages: list[float]
    tables: tuple[np.ndarray, ...] = ()


def _stages(stroke: Stroke, channels: int, levels: bool, number: int) -> Stages | None:
    """The stages for a link of a chain, if there are some for it: of an image that is ``levels`` as yet, or floats. A table would
    be the one of that number."""
    form, own, rounds = stroke
    if isinstance(form, Scale):
        return Stages([TAIL, *_each(form.gain, channels), *_each(form.offset, channels)])
    tables: tuple[np.ndarray, ...] = ()
    match form:
        case Linear() if form.statistic in STATISTICS:
            gain, gray, offset, mean, statistic = form
            stages = [LINEAR, float(gain), float(gray), float(offset), float(mean), STATISTICS[statistic]]
        case Mixture():
            stages = [MIX, len(form.rows), *np.ravel(form.rows).tolist(), *np.ravel(form.offset).tolist()]
        case Turn() if form.pure:
            stages = [HUE, float(form.turns)]
        case Bend() if form.exponent is not None and np.ndim(form.exponent) == 0:
            stages = [POWER, float(form.exponent)]
        case Bend() if rounds or levels:
            values = np.clip(form.curve(LEVELS, form.values, np), 0, 1)
            stages, tables = [TABLE, number], (np.ascontiguousarray(np.broadcast_to(values, 256), np.float32),)
        case _:
            return None
    if rounds:
        stages = [ROUND, *stages]
    if own and own != tuple(range(channels)):
        stages = [SELECT, len(own), *own, *stages, SELECT, 0]
    return Stages(stages, tables)


def _each(numbers: Sequence[float], channels: int) -> Sequence[float]:
    return tuple(numbers) * channels if len(numbers) == 1 else numbers
