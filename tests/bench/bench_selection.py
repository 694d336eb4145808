"""What an op costs that only some samples of a batch get, on Keras: `python tests/bench/bench_selection.py [op ...]`.

A gate is open for a share p of the samples. Three ways to spare the others' work, each in CPU seconds for a batch of 32
photographs (224 x 224), as a share of running the op on all samples (p = 1):

- all: the op runs on every sample, and what closed gates do not want is thrown away;
- each: one sample after another, each under a condition (a `while` loop with a `cond` in graphs);
- sorted: the open samples are gathered into a batch of their own, and put back. A kernel that is compiled for fixed shapes (XLA)
  cannot do this, since their number is drawn; it runs in a TensorFlow graph without XLA alone.

KERAS_BACKEND names the engine. The ways alternate, in random order, in this process, on one thread.
"""

from __future__ import annotations

import random
import sys
import time
from collections.abc import Callable
from typing import Any

from bench_keras import ENGINE, one_thread, photographs, timed  # sets what frameworks read when they start

# isort: split
import keras
import numpy as np
from augment_keras import gated
from augment_keras import kernels as kernel_set
from keras import ops as K

import augment
from augment import ops

ROUNDS = 7
OPS: dict[str, Callable[[float], Any]] = {
    "equalize": lambda p: ops.Equalize(p=p), "auto_contrast": lambda p: ops.AutoContrast(p=p), "clahe": lambda p: ops.CLAHE(p=p),
    "jpeg": lambda p: ops.JPEG(quality=(30, 90), p=p), "median_blur": lambda p: ops.MedianBlur(size=5, p=p),
    "gaussian_blur": lambda p: ops.GaussianBlur(sigma="1.5px", p=p), "gamma": lambda p: ops.Gamma(gamma=(0.6, 1.6), p=p),
}  # fmt: skip
SHARES = 0.5, 1 / 14
"""A usual p, and that of one op among RandAugment's."""


def all_of_them(open_: Any, make: Any, image: Any, v: Any, heavy: bool = False) -> Any:
    return K.where(open_[:, None, None, None], make(image, v), image)


def one_by_one(open_: Any, make: Any, image: Any, v: Any, heavy: bool = False) -> Any:
    return gated.each_open(open_, make, image, v)


def sorted_(open_: Any, make: Any, image: Any, v: Any, heavy: bool = False) -> Any:
    import tensorflow as tf

    at = tf.where(open_)[:, 0]
    made = make(tf.gather(image, at), {name: tf.gather(drawn, at) for name, drawn in v.items()})
    return tf.tensor_scatter_nd_update(image, at[:, None], tf.cast(made, image.dtype))


def layer(op: Callable[[float], Any], p: float, way: Any, compiled: bool) -> tuple[Callable[[Any], Any], Any]:
    """The layer of an op, in a graph on TensorFlow, and how it chooses samples, which a call binds when it is traced."""
    made = augment.compile(augment.Pipeline([op(p)]), "keras", jit_compile=compiled)
    run = lambda x: made(x)  # noqa: E731
    if ENGINE == "tensorflow":
        import tensorflow as tf

        run = tf.function(run, autograph=False)
    return run, way


def measure(name: str, batch: Any, compiled: bool) -> None:
    ways = {"all": all_of_them, "each": one_by_one}
    if ENGINE == "tensorflow" and not compiled:
        ways["sorted"] = sorted_
    sides = {(p, way): layer(OPS[name], p, ways[way], compiled) for p in SHARES for way in ways}
    sides[1.0, "all"] = layer(OPS[name], 1.0, all_of_them, compiled)
    times: dict[Any, list[float]] = {side: [] for side in sides}
    for turn in range(ROUNDS + 1):
        for side in random.sample(list(sides), len(sides)):
            run, kernel_set.where_open = sides[side]
            took = timed(run, batch)
            if turn:  # the first call traces, and compiles
                times[side].append(took)
    whole = np.median(times[1.0, "all"])
    cells = [f"p = {p:.2g}: " + ", ".join(f"{way} {np.median(times[p, way]) / whole:.2f}" for way in ways) for p in SHARES]
    print(f"{name} on {ENGINE}{', XLA' if compiled else ''}: {1e3 * whole:.0f} ms; " + "; ".join(cells), flush=True)


if __name__ == "__main__":
    one_thread()
    random.seed(time.time_ns())
    images = keras.ops.convert_to_tensor(photographs())
    for workload in sys.argv[1:] or OPS:
        for compiles in {"tensorflow": (True, False), "jax": (True,), "torch": (False,)}[ENGINE]:
            measure(workload, images, compiles)
