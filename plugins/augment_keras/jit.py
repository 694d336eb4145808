"""Compiles a function of tensors with the engine's own compiler: XLA under TensorFlow and JAX; torch runs it as it is."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import keras

ENGINE = keras.backend.backend()


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function compiled; every new shape of its arguments costs a compilation."""
    if ENGINE == "tensorflow":
        import tensorflow as tf

        return tf.function(function, jit_compile=True, autograph=False)
    if ENGINE == "jax":
        import jax

        return jax.jit(function)
    return function


def tracing() -> bool:
    """Whether a graph is being built, so that what runs now runs again and again."""
    if ENGINE == "tensorflow":
        import tensorflow as tf

        return tf.inside_function()
    return False
