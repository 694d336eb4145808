"""How much faster a spec is than Keras' own augmentation layers: `python tests/bench/bench_keras.py [K1 K2 ...]`.

KERAS_BACKEND names the engine. Both sides run alternately, in random order, in this process, on one thread, on the same batch of
32 photographs (224 x 224 uint8 in, float32 in [0, 1] out), unkeyed and drawn anew in every call; under TensorFlow both are called
in a `tf.function`. A ratio is the median over rounds of native time / our time, in CPU seconds. Compilation is not counted; it is
printed beside.

The meaning is equal: reflect border, scales that are one over a uniform for each axis, contrast about the mean of each channel.
K1 is one run of geometry; K2 two, with colours between them. R and M are Keras' RandAugment and AugMix against ours: the same
job, by other ops and strengths. In a graph Keras' layers choose the ops of AugMix once, when it is traced.
"""

from __future__ import annotations

import os
import random
import sys
import time
from collections.abc import Callable
from typing import Any

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("OMP_NUM_THREADS", "1")
os.environ["XLA_FLAGS"] = f"{os.environ.get('XLA_FLAGS', '')} --xla_cpu_multi_thread_eigen=false"  # what JAX asks

import keras
import numpy as np
from keras import layers
from skimage import data
from skimage.transform import resize

import augment
from augment import ops

ENGINE = keras.backend.backend()
ROUNDS = {"tensorflow": 25, "torch": 7, "jax": 11}[ENGINE]
BATCH, SIDE = 32, 224


def photographs() -> np.ndarray:
    """Middles of three photographs, each at several sizes."""
    found = []
    while len(found) < BATCH:
        for photo in (data.astronaut(), data.chelsea(), data.coffee()):
            short = 232 + 8 * len(found)
            ratio = short / min(photo.shape[:2])
            size = [round(n * ratio) for n in photo.shape[:2]]
            small = np.rint(resize(photo, size, anti_aliasing=True) * 255).astype(np.uint8)
            top, left = ((n - SIDE) // 2 for n in small.shape[:2])
            found.append(small[top : top + SIDE, left : left + SIDE])
    return np.stack(found[:BATCH])


ZOOM = {"inverse_uniform": (1 / 1.1, 1 / 0.9)}
REFLECT = {"border": "reflect"}
NATIVE: dict[str, Callable[[], list[Any]]] = {
    "K1": lambda: [
        layers.RandomFlip("horizontal"), layers.RandomFlip("vertical"), layers.RandomZoom(0.1, 0.1),
        layers.RandomTranslation(0.05, 0.05), layers.RandomRotation(0.05), layers.Rescaling(1 / 255),
    ],
    "R": lambda: [layers.RandAugment(), layers.Rescaling(1 / 255)],
    "M": lambda: [layers.AugMix(), layers.Rescaling(1 / 255)],
    "K2": lambda: [
        layers.RandomFlip("horizontal"), layers.RandomRotation(0.1), layers.RandomZoom(0.1, 0.1), layers.RandomContrast(0.1),
        layers.RandomBrightness(0.1), layers.RandomTranslation(0.1, 0.1), layers.Rescaling(1 / 255),
    ],
}  # fmt: skip
OURS = {
    "K1": [
        ops.HorizontalFlip(p=0.5), ops.VerticalFlip(p=0.5), ops.Scale(x=ZOOM, y=ZOOM, **REFLECT),
        ops.Translate(x="±0.05", y="±0.05", **REFLECT), ops.Rotate(degrees="±18", **REFLECT), ops.ToFloat(),
    ],
    "R": [ops.RandAugment(border="reflect"), ops.ToFloat()],
    "M": [ops.AugMix(border="reflect"), ops.ToFloat()],
    "K2": [
        ops.HorizontalFlip(p=0.5), ops.Rotate(degrees="±36", **REFLECT), ops.Scale(x=ZOOM, y=ZOOM, **REFLECT),
        ops.Contrast(factor=[1.0, 1.1], about="channel_mean"), ops.Brightness(add="±0.1"),
        ops.Translate(x="±0.1", y="±0.1", **REFLECT), ops.ToFloat(),
    ],
}  # fmt: skip


def one_thread() -> None:
    if ENGINE == "tensorflow":
        import tensorflow as tf

        tf.config.threading.set_inter_op_parallelism_threads(1)
        tf.config.threading.set_intra_op_parallelism_threads(1)
    elif ENGINE == "torch":
        import torch

        torch.set_num_threads(1)


def timed(run: Callable[[Any], Any], batch: Any) -> float:
    start = time.process_time()
    out = run(batch)
    if ENGINE == "jax":
        out.block_until_ready()
    elif ENGINE == "tensorflow":
        out.numpy()
    return time.process_time() - start


def compare(name: str, photos: np.ndarray) -> None:
    native = keras.Sequential(NATIVE[name]())
    layer = augment.compile(augment.Pipeline(OURS[name]), "keras")
    sides = {"native": lambda x: native(x, training=True), "ours": lambda x: layer(x)}
    batch = keras.ops.convert_to_tensor(photos)
    if ENGINE == "tensorflow":
        import tensorflow as tf

        sides = {side: tf.function(run, autograph=False) for side, run in sides.items()}
    start = time.perf_counter()
    timed(sides["ours"], batch)
    compilation = time.perf_counter() - start
    timed(sides["native"], batch)
    rounds = []
    for _ in range(ROUNDS):
        order = list(sides)
        random.shuffle(order)
        rounds.append({side: timed(sides[side], batch) for side in order})
    ratios = np.array([r["native"] / r["ours"] for r in rounds])
    ours, theirs = (1e3 * np.median([r[side] for r in rounds]) for side in ("ours", "native"))
    low, high = np.quantile(ratios, [0.25, 0.75])
    print(
        f"{name} on {ENGINE}: {np.median(ratios):.1f} times as fast (quartiles {low:.1f} to {high:.1f}; "
        f"native {theirs:.0f} ms, ours {ours:.0f} ms; first call {compilation:.1f} s)"
    )


if __name__ == "__main__":
    one_thread()
    images = photographs()
    for workload in sys.argv[1:] or OURS:
        compare(workload, images)
