"""Geometry beside warps: zooms, displacements, copies of other sizes, and a pixel of an object."""

from __future__ import annotations

import sys

from augment.kernels.copies import copied
from augment.kernels.still import displaced, zoomed
from augment.ops.primitives import Down, Up
from augment_keras import ops
from augment_keras.kernels.form import Tensor
from augment_keras.kernels.warp import resample


def locate(mask: Tensor, uniform: Tensor, ignore: tuple[int, ...]) -> tuple[Tensor, Tensor, Tensor]:
    """As the reference's, of masks (B, H, W, C) and uniforms (B,)."""
    batch, _, width, _ = ops.shape(mask)
    filled = ops.not_equal(mask, 0)
    for one in ignore:
        filled = ops.logical_and(filled, ops.not_equal(mask, one))
    upto = ops.cumsum(ops.reshape(ops.cast(ops.any(filled, axis=-1), "int32"), (batch, -1)), axis=1)
    count = upto[:, -1]
    which = ops.minimum(ops.cast(ops.floor(uniform * ops.cast(count, "float32")), "int32"), count - 1)
    at = ops.sum(ops.cast(upto <= which[:, None], "int32"), axis=1)
    return count > 0, ops.cast(at // width, "float32"), ops.cast(at % width, "float32")


def downscale(image: Tensor, scale: Tensor, down: Down, up: Up) -> Tensor:
    """Reduce images to a share of their height and width, each to its own, and enlarge them again."""
    return copied(image, scale, down, up, sys.modules[__package__])


def zoom(image: Tensor, times: Tensor) -> Tensor:
    """Enlarge images about their centres, each by its own number."""
    return resample(image, zoomed(ops.shape(image)[1:3], times, ops))


def displace(image: Tensor, field: Tensor) -> Tensor:
    """Read each pixel of images so far from its place: (B, H, W, 2)."""
    return resample(image, displaced(ops.shape(image)[1:3], field, ops), None, None)
