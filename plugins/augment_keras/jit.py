"""Compiles a function of tensors with the engine's own compiler: XLA under TensorFlow and JAX; torch runs it as it is."""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextvars import ContextVar
from typing import Any

import keras
import numpy as np

from augment.errors import SampleError
from augment_keras import ops

ENGINE = keras.backend.backend()
_compiling: ContextVar[Any] = ContextVar("compiling", default=None)
"""A truth value that no compiler knows, in all that is compiled now; None where nothing is."""


def compiled(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function compiled, of which the last argument holds whole numbers, as the keys of draws are; every new shape of
    its arguments costs a compilation."""

    def traced(unknown: Any, *args: Any) -> Any:
        token = _compiling.set(unknown)
        try:
            return function(*args)
        finally:
            _compiling.reset(token)

    if ENGINE == "tensorflow":
        import tensorflow as tf

        run = tf.function(traced, jit_compile=True, autograph=False)
    elif ENGINE == "jax":
        import jax

        run = jax.jit(traced)
    else:
        return function

    def call(*args: Any) -> Any:
        number = keras.tree.flatten(args[-1])[-2:][0]  # of keys or counters the first word: the second may be known
        return run((ops.reshape(number, (-1,))[0] if number.shape else number) != 0, *args)

    return call


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
    return _compiling.get() is not None


def settled(tensor: Any) -> Any:
    """Have XLA compute a tensor here, once.

    It would join what makes it to what reads it, and compute it anew for each pixel that is read around one, or the random bits
    of a sample for each of its pixels: a second warp then takes ten times as long. A choice stops that, also of two that are the
    same and so cost nothing to compile (an optimization barrier does not).
    """
    if not compiling():
        return tensor
    return ops.cond(_compiling.get(), lambda: tensor, lambda: tensor)


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


def refuse_cut(inputs: Any) -> None:
    """Raise `SampleError` where the engine would make other numbers of whole numbers of the host."""
    bits, name = 64, ENGINE
    if ENGINE == "jax":
        import jax

        bits, name = 64 if jax.config.jax_enable_x64 else 32, "JAX"
    for path, entry in keras.tree.flatten_with_path(inputs):
        if not isinstance(entry, np.ndarray) or entry.dtype.kind not in "iu" or not entry.size:
            continue
        if ENGINE == "torch" and entry.dtype == np.uint64:
            raise SampleError(f"{_at(path)}: is uint64, which torch has not: cast it to int64")
        room = np.iinfo(f"{entry.dtype.kind.replace('i', '')}int{min(bits, entry.dtype.itemsize * 8)}")
        worst = next((int(n) for n in (entry.max(), entry.min()) if not room.min <= n <= room.max), None)
        if worst is not None:
            fix = "number them from 0 on, or set jax_enable_x64; of indices, layer.at(index) takes all"
            raise SampleError(f"{_at(path)}: holds {worst}, and {name} keeps {bits} bits: {fix}")


def _at(path: tuple[Any, ...]) -> str:
    return ".".join(map(str, path)) or "images"


def require(numbers: Any, end: int, message: str) -> None:
    """Raise `SampleError` unless numbers are from 0 to ``end`` (excluded); a graph of TensorFlow fails when it runs."""
    known = concrete(numbers)
    if known is not None and known.size and not 0 <= known.min() <= known.max() < end:
        raise SampleError(message)
    if known is None and ENGINE == "tensorflow":
        last = min(end - 1, np.iinfo(keras.backend.standardize_dtype(numbers.dtype)).max)
        demand(ops.all(ops.logical_and(numbers >= 0, numbers <= last)), message)


def demand(condition: Any, message: str) -> None:
    """Raise `SampleError` unless a condition holds; a graph of TensorFlow stops with the message when it runs.

    What is compiled cannot stop: what must hold there is judged before.
    """
    known = concrete(condition)
    if known is not None and not known.all():
        raise SampleError(message)
    if known is None and ENGINE == "tensorflow":
        import tensorflow as tf

        tf.debugging.Assert(condition, [message])
