"""Coordinates relative to the centre of a canvas, in float32, and the matrices that take them from canvas to canvas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras
import numpy as np

from augment.kernels.reference import NEAREST_BIAS
from augment.ops.kinds import Entries, plus, times
from augment_keras import ops

Tensor = Any
ON_TORCH = keras.backend.backend() == "torch"


def plane(parameter: Any) -> Any:
    """A parameter, a number or (B,), that broadcasts against (B, h, w)."""
    return ops.reshape(parameter, (-1, 1, 1)) if len(getattr(parameter, "shape", ())) else parameter


def constant(numbers: Any) -> Tensor:
    """Numbers of the host as a float32 tensor."""
    return ops.convert_to_tensor(np.asarray(numbers, np.float32))


def axis(extent: Any, shape: tuple[int, ...]) -> Tensor:
    """The pixels of a side, relative to its middle, in this shape."""
    if isinstance(extent, int):
        return ops.convert_to_tensor(np.reshape(np.arange(extent, dtype=np.float32) - np.float32((extent - 1) / 2), shape))
    return ops.reshape(ops.cast(ops.arange(whole(extent)), "float32") - (extent - 1) * 0.5, shape)


def whole(extent: Any) -> Any:
    """A side as what a shape is made of."""
    return extent if isinstance(extent, int) else ops.cast(extent, "int32")


def combine(matrix: Entries, row: int, x: Tensor, y: Tensor) -> Tensor:
    """A row of a matrix, whose numbers broadcast against x and y, times (x, y, 1)."""
    a, b, c = (matrix[..., row, column] for column in range(3))
    if ON_TORCH and not any(isinstance(n, float) for n in (a, b, c)):
        import torch

        return torch.addcmul(torch.addcmul(c, a, x), b, y)
    return plus(plus(times(a, x), c), times(b, y))


def stretch(sx: Any, sy: Any, tx: Any, ty: Any) -> Entries:
    """The matrix of (sx·x + tx, sy·y + ty)."""
    return Entries((sx, 0, tx, 0, sy, ty, 0, 0, 1))


def planes(matrices: Sequence[Entries]) -> list[Entries]:
    """Matrices of which what is drawn is (B, 1, 1), so that it broadcasts against (B, h, w)."""
    # each by itself: XLA computes what is stacked by a kernel for each
    drawn = {key: plane(number) for matrix in matrices for key, number in matrix.drawn.items()}
    return [matrix.put(drawn) for matrix in matrices]


def over(a: float, b: Any) -> Any:
    """A quotient; 0 where there is nothing to divide by."""
    return ops.where(b == 0, 0.0, a / ops.where(b == 0, 1.0, b)) if not isinstance(b, int) else a / b if b else 0.0


def index(x: Tensor) -> Tensor:
    """The nearest pixel."""
    return ops.floor(x + (0.5 - NEAREST_BIAS))
