"""Coordinates relative to the centre of a canvas, in float32, and the matrices that take them from canvas to canvas."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
from keras import ops

from augment.kernels.reference import NEAREST_BIAS
from augment.ops.kinds import matrix

Tensor = Any
ON_TORCH = keras.backend.backend() == "torch"


def plane(parameter: Any) -> Any:
    """A parameter, a number or (B,), that broadcasts against (B, h, w)."""
    return parameter[:, None, None] if len(getattr(parameter, "shape", ())) else parameter


def constant(numbers: Any) -> Tensor:
    """Numbers of the host as a float32 tensor."""
    return ops.convert_to_tensor(np.asarray(numbers, np.float32))


def axis(extent: Any) -> Tensor:
    """The pixels of a side, relative to its middle."""
    if isinstance(extent, int):
        return ops.convert_to_tensor(np.arange(extent, dtype=np.float32) - np.float32((extent - 1) / 2))
    return ops.cast(ops.arange(whole(extent)), "float32") - (extent - 1) * 0.5


def whole(extent: Any) -> Any:
    """A side as what a shape is made of."""
    return extent if isinstance(extent, int) else ops.cast(extent, "int32")


def rows(matrix: Tensor) -> list[list[Tensor]]:
    """The rows of matrices (3, 3) or (B, 3, 3), number by number, each of which broadcasts against (B, h, w)."""
    numbers = ops.unstack(ops.reshape(matrix, (-1, 9, 1, 1)), 9, axis=1)  # in one go: a graph is slow to cut
    return [numbers[row : row + 3] for row in (0, 3, 6)]


def combine(row: list[Tensor], x: Tensor, y: Tensor) -> Tensor:
    """A row of a matrix times (x, y, 1)."""
    a, b, c = row
    if ON_TORCH:
        import torch

        return torch.addcmul(torch.addcmul(c, a, x), b, y)
    return (a * x + c) + b * y


def stretch(sx: Any, sy: Any, tx: Any, ty: Any) -> Tensor:
    """The matrix of (sx·x + tx, sy·y + ty)."""
    return ops.cast(matrix(ops, (sx, 0, tx), (0, sy, ty), (0, 0, 1)), "float32")


def over(a: float, b: Any) -> Any:
    """A quotient; 0 where there is nothing to divide by."""
    return ops.where(b == 0, 0.0, a / ops.where(b == 0, 1.0, b)) if not isinstance(b, int) else a / b if b else 0.0


def product(a: Tensor, b: Tensor) -> Tensor:
    """Of two matrices, in full float32 on every device (accelerators shorten the operands of ``matmul``)."""
    return ops.sum(a[..., :, :, None] * b[..., None, :, :], axis=-2)


def index(x: Tensor) -> Tensor:
    """The nearest pixel."""
    return ops.floor(x + (0.5 - NEAREST_BIAS))
