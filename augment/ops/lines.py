"""Resampling as two products: a matrix of weights for the rows of an image, and one for its columns, in array functions alone."""

from __future__ import annotations

from typing import Any

Array = Any
BIAS = 2.0**-10
"""Of two pixels that are equally near, the first: as where masks are moved."""
MANY = 2**20
"""More than there are pixels in a line."""


def places(image: Array, kernels: Any) -> tuple[Array, Array]:
    """The numbers of the rows and of the columns of an image (..., H, W, C), as (..., H, 1) and (..., W, 1)."""
    (y, x), (height, width) = kernels.grid(image), kernels.size(image)
    return y[..., 0] + (height - 1) / 2, kernels.xp.moveaxis(x, -2, -3)[..., 0] + (width - 1) / 2


def per_line(drawn: Array, image: Array) -> Array:
    """What is drawn, as it is spread over an image, spread over the matrices of its lines: (..., 1, 1)."""
    return (drawn + image[..., :1, :1, :1] * 0)[..., 0]


def across(at: Array, xp: Any) -> Array:
    """Numbers (..., n, 1) as (..., 1, n)."""
    return xp.moveaxis(at, -1, -2)


def nearest(place: Array, count: Any, at: Array, xp: Any) -> Array:
    """(..., n, m): 1 where the pixel ``at`` (..., 1, m), one of ``count`` in a line, is nearest to a place (..., n, 1)."""
    chosen = xp.clip(xp.minimum(xp.floor(place + 0.5 - BIAS), count - 1 + place * 0), 0, MANY)
    return xp.where(xp.abs(chosen - at) < 0.5, xp.ones_like(chosen + at), xp.zeros_like(chosen + at))


def bilinear(place: Array, count: Any, at: Array, xp: Any) -> Array:
    """The same with two pixels, by how near they are; beyond the ends of a line lie its ends."""
    return xp.clip(1 - xp.abs(xp.minimum(xp.clip(place, 0, MANY), count - 1 + place * 0) - at), 0, 1)


def resampled(image: Array, rows: Array, columns: Array, xp: Any) -> Array:
    """An image (..., H, W, C) by matrices (..., h, H) and (..., w, W)."""
    out = rows[..., None, :, :] @ xp.moveaxis(image, -1, -3) @ xp.moveaxis(columns, -1, -2)[..., None, :, :]
    return xp.moveaxis(out, -3, -1)
