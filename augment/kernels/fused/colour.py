"""Chains of colour ops as stages: linear maps, powers, turns of the hue, tables on the 8-bit grid, and the tail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.kernels import opencv
from augment.kernels.fused.raster import HUE, LINEAR, POWER, ROUND, SELECT, TABLE, TAIL, Raster, raster
from augment.ops.kinds import Bend, Linear, Scale, Stroke, Turn

LEVELS = np.arange(256) / 255
STATISTICS = {None: 0, "gray_mean": 1, "channel_mean": 2}


def pointwise(image: Any, chain: Sequence[Stroke]) -> Any:
    """Put a chain of pointwise ops on an image; one that no stage can express is run by OpenCV."""
    image = raster(image)
    if not isinstance(image, Raster):
        return opencv.pointwise(image, chain)
    for number, stroke in enumerate(chain):
        after = _added(image, stroke)
        if after is None:
            return raster(opencv.pointwise(image.settled(), chain[number:]))
        image = after
    return image


def _added(image: Raster, stroke: Stroke) -> Raster | None:
    """A raster with a stage for a link of a chain, if there is one for it."""
    form, own, rounds = stroke
    channels = image.shape[2]
    if isinstance(form, Scale):
        return image.then(TAIL, *_each(form.gain, channels), *_each(form.offset, channels))
    stage: tuple[float, ...]
    table = None
    match form:
        case Linear() if form.statistic in STATISTICS:
            gain, gray, offset, mean = map(float, form[:4])
            stage = LINEAR, gain, gray, offset, mean, STATISTICS[form.statistic]
        case Turn() if form.pure:
            stage = HUE, float(form.turns)
        case Bend() if form.exponent is not None and np.ndim(form.exponent) == 0:
            stage = POWER, float(form.exponent)
        case Bend() if rounds or image.dtype == np.uint8:
            values = np.clip(form.curve(LEVELS, form.values, np), 0, 1)
            stage, table = (TABLE, len(image.tables)), np.ascontiguousarray(np.broadcast_to(values, 256), np.float32)
        case _:
            return None
    if own and own != tuple(range(channels)):
        image = image.then(SELECT, len(own), *own)
    if rounds:
        image = image.then(ROUND)
    image = image.then(*stage, table=table)
    return image.then(SELECT, 0) if own and own != tuple(range(channels)) else image


def _each(numbers: Sequence[float], channels: int) -> Sequence[float]:
    return tuple(numbers) * channels if len(numbers) == 1 else numbers
