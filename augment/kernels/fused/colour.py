"""Chains of colour ops as stages: linear maps, mixtures, powers, turns of the hue, tables on the 8-bit grid, and the tail."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.kernels import opencv
from augment.kernels.fused.raster import HUE, LINEAR, MIX, POWER, ROUND, SELECT, TABLE, TAIL, Raster, raster
from augment.ops.kinds import Bend, Form, Linear, Mixture, Scale, Stroke, Turn

LEVELS = np.arange(256) / 255
STATISTICS = {None: 0, "gray_mean": 1, "channel_mean": 2}


def pointwise(image: Any, chain: Sequence[Stroke]) -> Any:
    """Put a chain of pointwise ops on an image; from one on that no stage can express it is run by OpenCV."""
    image = raster(image)
    if not isinstance(image, Raster):
        return opencv.pointwise(image, chain)
    stages: list[float] = []
    tables: list[np.ndarray] = []
    channels, levels, known = image.shape[2], image.dtype == np.uint8, len(image.tables)
    for number, (form, own, rounds) in enumerate(chain):
        found = _stage(form, channels, rounds or (levels and not stages), known + len(tables))
        if found is None:
            return raster(opencv.pointwise(image.then(stages, tables).settled(), chain[number:]))
        stage, table = found
        if rounds:
            stage = (ROUND, *stage)
        if own and own != tuple(range(channels)):
            stage = (SELECT, len(own), *own, *stage, SELECT, 0)
        stages += stage
        if table is not None:
            tables.append(table)
    return image.then(stages, tables) if stages else image


def _stage(form: Form, channels: int, levels: bool, number: int) -> tuple[Sequence[float], np.ndarray | None] | None:
    """The stage for a link of a chain, if there is one for it: of an image that is ``levels`` as yet, or floats. A table that it
    needs would be the one of that number."""
    if isinstance(form, Linear):
        gain, gray, offset, mean, statistic = form
        return ((LINEAR, gain, gray, offset, mean, STATISTICS[statistic]), None) if statistic in STATISTICS else None
    if isinstance(form, Scale):
        return (TAIL, *_each(form.gain, channels), *_each(form.offset, channels)), None
    if isinstance(form, Mixture):
        return (MIX, len(form.rows), *np.ravel(form.rows).tolist(), *np.ravel(form.offset).tolist()), None
    if isinstance(form, Turn):
        return ((HUE, form.turns), None) if form.pure else None
    if not isinstance(form, Bend):
        return None
    if form.exponent is not None and np.ndim(form.exponent) == 0:
        return (POWER, form.exponent), None
    if not levels:
        return None
    values = np.clip(form.curve(LEVELS, form.values, np), 0, 1)
    return (TABLE, number), np.ascontiguousarray(np.broadcast_to(values, 256), np.float32)


def _each(numbers: Sequence[float], channels: int) -> Sequence[float]:
    return tuple(numbers) * channels if len(numbers) == 1 else numbers
