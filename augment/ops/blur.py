"""Filters: Gaussian and motion blur, by convolution with reflect101 borders."""

from __future__ import annotations

import math
from typing import Annotated

import numpy as np
from pydantic import Field

from augment.ops.kinds import Filter, Taps, most_pixels, pixels, shorter
from augment.values import Quantity, Sensible, Short, Value

RADIANS = math.pi / 180


class GaussianBlur(Filter):
    """Blur with a Gaussian, cut off at four times the largest sigma."""

    sigma: Annotated[
        Short[Value], Quantity("fractions of the shorter side, or px", ge=0, le=1, pixels=True),
        Sensible(high=0.03, why="details that tell classes apart are gone"),
    ] = Field(
        kw_only=False, description="standard deviation, as a fraction of the shorter side or in px"
    )

    def taps(self, v, size, xp):
        radius = max(1, math.ceil(4 * most_pixels(self.sigma, size)))
        sigma = xp.maximum(pixels(self.sigma, v["sigma"], shorter(size, xp)), 1e-3)
        distance = xp.array(np.arange(-radius, radius + 1, dtype=np.float32))
        weight = xp.exp(-0.5 * (distance / sigma[..., None]) ** 2)
        weight = weight / xp.sum(weight, axis=-1, keepdims=True)
        return Taps(y=weight, x=weight)


class MotionBlur(Filter):
    """Blur along a line through each pixel: an antialiased segment of a length and an angle."""

    length: Annotated[
        Short[Value], Quantity("fractions of the shorter side, or px", ge=0, le=1, pixels=True),
        Sensible(high=0.12, why="details that tell classes apart are gone"),
    ] = Field(
        kw_only=False, description="of the segment, as a fraction of the shorter side or in px; 1px changes nothing"
    )
    degrees: Annotated[Short[Value], Quantity("degrees")] = Field(
        default=Quantity("degrees").read([0, 180]), description="the angle of the line, counter-clockwise from the x axis"
    )

    def taps(self, v, size, xp):
        radius = max(1, math.ceil(most_pixels(self.length, size) / 2))
        length = pixels(self.length, v["length"], shorter(size, xp))[..., None, None]
        angle = v["degrees"][..., None, None] * RADIANS
        step = xp.array(np.arange(-radius, radius + 1, dtype=np.float32))
        x, y = step[None, :], -step[:, None]  # y up, as angles are
        along = xp.abs(x * xp.cos(angle) + y * xp.sin(angle))
        across = xp.abs(x * xp.sin(angle) - y * xp.cos(angle))
        weight = xp.clip(1 - across, 0, 1) * xp.clip(length * 0.5 + 0.5 - along, 0, 1)
        return Taps(kernel=weight / xp.sum(weight, axis=(-2, -1), keepdims=True))
