"""One sample that no batch can hold, since its size is drawn, or an op needs kernels that batches have not: it runs on the host,
on every engine, eagerly or in ``tf.data``."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

import keras
import numpy as np

from augment.engine.canvases import has_one_size, refuse_drawn_canvases
from augment.errors import SampleError, UnsupportedOpError
from augment.ops.primitives import without
from augment.plugins import get_backend
from augment.program.lower import Program
from augment.random import threefry
from augment.spec.node import Op
from augment_keras import ops
from augment_keras.host import mapped, unconverted
from augment_keras.jit import ENGINE, concrete, tracing

Words = tuple[np.ndarray, np.ndarray]


def is_lone(program: Program, size: tuple[Any, Any]) -> bool:
    """Whether no batch can hold a sample of this size (None where a graph alone knows it), and so the host runs it."""
    # a graph looks at no draw: a window may not fit one of them
    return any(True for _ in _lacking(program)) or not has_one_size(program, size, windows=tracing())


def refuse_batches(program: Program) -> None:
    """Raise `UnsupportedOpError` where no batch of any size can run a program."""
    refuse_drawn_canvases(program)
    fix = "map the layer over single samples, before .batch, or use another backend for it"
    if lacking := [f"{where}: {without('keras', what)}; {fix}" for where, what in _lacking(program)]:
        raise UnsupportedOpError(lacking)


def _lacking(program: Program) -> Iterator[tuple[str, str]]:
    """The places of ops of one sample that need what the kernels of batches have not, and what it is."""
    return ((leaf.path, what) for leaf in program.leaves if not leaf.op.partnered for what in _lacks(type(leaf.op)))


@cache
def _lacks(op: type[Op]) -> list[str]:
    return get_backend("keras").lacking(op)


def on_host(run: Callable[..., Any], given: dict[str, Any], like: Any) -> Any:
    """Call a function of arrays with what is given, tensors of the engine among it, and return what it makes as tensors;
    ``like`` has their shapes and types."""
    if ENGINE == "tensorflow":
        return unconverted(mapped)(lambda arrays: run(**arrays), given, like)
    if any(concrete(tensor) is None for tensor in keras.tree.flatten(given)):
        fix = "call it outside, or crop or resize behind what draws a size"
        raise SampleError(f"a function that is compiled has one size, and the spec draws that of its samples: {fix}")
    out = run(**keras.tree.map_structure(lambda tensor: ops.convert_to_numpy(tensor), given))
    return keras.tree.map_structure(lambda x, e: ops.convert_to_tensor(np.asarray(x, e.dtype)), out, like)


def word_keys(words: Any, count: int) -> Words:
    """Key words (count,) from the words of a call, as `augment_keras.draws.fresh_keys` makes them of tensors."""
    seed, high, low = (np.asarray(word).astype(np.int64).astype(np.uint32) for word in words)
    return threefry((seed, high), (np.full(count, low, np.uint32), np.arange(count, dtype=np.uint32)))


__all__ = ["is_lone", "on_host", "refuse_batches", "word_keys"]
