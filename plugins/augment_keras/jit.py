"""Compiles a function of tensors with the engine's own compiler: XLA under TensorFlow and JAX; torch runs it as it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import keras
import numpy as np
from keras import ops

from augment.errors import SampleError

ENGINE = keras.backend.backend()
_compiling: ContextVar[bool] = ContextVar("compiling", default=False)


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function compiled; every new shape of its arguments costs a compilation."""

    def traced(*args: Any) -> Any:
        token = _compiling.set(True)
        try:
            return function(*args)
        finally:
            _compiling.reset(token)

    if ENGINE == "tensorflow":
        import tensorflow as tf

        return tf.function(traced, jit_compile=True, autograph=False)
    if ENGINE == "jax":
        import jax

        return jax.jit(traced)
    return function


def outside_graphs(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return the function as one that ``torch.compile`` calls between two of its graphs.

    Nothing is gained inside: what draws computes on the host with unsigned numbers, which Dynamo has not.
    """
    if ENGINE != "torch":
        return function
    import torch

    return torch.compiler.disable(function, reason="the augmentation draws on the host; compile the model without fullgraph=True")


def tracing() -> bool:
    """Whether a graph is being built, so that what runs now runs again and again."""
    if ENGINE == "tensorflow":
        import tensorflow as tf

        return tf.inside_function()
    return False


def exporting() -> bool:
    """Whether Keras is exporting a model: it then calls the model without saying that this is not for training."""
    frame: Any = sys._getframe()
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith("keras.src.export"):
            return True
        frame = frame.f_back
    return False


def compiling() -> bool:
    """Whether what runs now is being compiled by XLA, by us."""
    return _compiling.get()


def settled(tensor: Any) -> Any:
    """Have XLA compute a tensor here, once.

    It would join what makes it to what reads it, and compute it anew for each pixel that is read around one, or the random bits
    of a sample for each of its pixels: a second warp then takes ten times as long. A branch stops that (an optimization barrier
    does not).
    """
    if not compiling():
        return tensor
    first = ops.sum(ops.reshape(tensor, (-1,))[:1])
    known = first > -3e38 if "float" in keras.backend.standardize_dtype(tensor.dtype) else first > -(2**31)
    return ops.cond(known, lambda: tensor, lambda: tensor * 2)  # always the first, which the compiler cannot know


def concrete(numbers: Any) -> np.ndarray | None:
    """Numbers as an array if they are known; None for those of a graph that is being built."""
    if not hasattr(numbers, "shape") or isinstance(numbers, np.ndarray | np.generic):
        return np.asarray(numbers)
    if ENGINE == "tensorflow":
        import tensorflow as tf

        return None if tf.is_symbolic_tensor(numbers) else numbers.numpy()
    if ENGINE == "jax":
        import jax

        return None if isinstance(numbers, jax.core.Tracer) else np.asarray(numbers)
    return ops.convert_to_numpy(numbers)


def require(numbers: Any, end: int, message: str) -> None:
    """Raise `SampleError` unless numbers are from 0 to ``end`` (excluded); a graph of TensorFlow fails when it runs."""
    known = concrete(numbers)
    if known is not None and known.size and not 0 <= known.min() <= known.max() < end:
        raise SampleError(message)
    if known is None and ENGINE == "tensorflow":
        last = min(end - 1, np.iinfo(keras.backend.standardize_dtype(numbers.dtype)).max)
        demand(ops.all(ops.logical_and(numbers >= 0, numbers <= last)), message)


def demand(condition: Any, message: str) -> None:
    """Have the graph stop with a message where a condition does not hold; sizes are unknown to a graph of TensorFlow only."""
    import tensorflow as tf

    tf.debugging.Assert(condition, [message])
