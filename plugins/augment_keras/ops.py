"""``keras.ops``; under TensorFlow some of them as functions that cost less to trace and to compile.

On the way to XLA TensorFlow hands each ``Floor`` and ``Ceil`` to MLIR by itself, for the time of fifty other nodes; what is here
has the same values. ``take`` has no look at indices below 0.
"""

from __future__ import annotations

from typing import Any

import keras

Tensor = Any
by_entries = True
"""Matrices of moves are `augment.ops.kinds.Entries`."""


def __getattr__(name: str) -> Any:
    return getattr(keras.ops, name)


def columns(table: Tensor) -> list[Tensor]:
    """(B,) each, of a table (B, n)."""
    if keras.backend.backend() == "tensorflow":
        return keras.ops.unstack(table, table.shape[1], axis=1)
    return [table[:, i] for i in range(table.shape[1])]  # unstacked, JAX compiles them for twice as long


if keras.backend.backend() == "tensorflow":
    import tensorflow as tf

    bitwise_and, bitwise_or, bitwise_xor = tf.bitwise.bitwise_and, tf.bitwise.bitwise_or, tf.bitwise.bitwise_xor
    left_shift, right_shift = tf.bitwise.left_shift, tf.bitwise.right_shift

    def _floats(x: Any) -> bool:
        return tf.is_tensor(x) and x.dtype.is_floating

    def floor(x: Any) -> Tensor:
        return tf.raw_ops.FloorDiv(x=x, y=1.0) if _floats(x) else keras.ops.floor(x)

    def ceil(x: Any) -> Tensor:
        return -floor(-x) if _floats(x) else keras.ops.ceil(x)

    def take(x: Any, indices: Any, axis: int | None = None) -> Tensor:
        return tf.gather(x, indices, axis=axis) if axis is not None else keras.ops.take(x, indices)
