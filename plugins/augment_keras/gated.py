"""Heavy ops of those samples alone to which they are done: what a closed gate spares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from keras import ops

from augment_keras.jit import ENGINE

Tensor = Any


@cache
def one_by_one() -> bool:
    """Whether samples one by one are cheaper than a batch of which some are thrown away: on processors; accelerators are idle
    over one image."""
    if ENGINE == "tensorflow":
        import tensorflow as tf

        return not tf.config.list_physical_devices("GPU")
    if ENGINE == "jax":
        import jax

        return bool(jax.default_backend() == "cpu")
    return True  # torch takes the samples that are open as a batch of their own, on any device


def each_open(open_: Tensor, make: Callable[[Tensor, Any], Tensor], image: Tensor, v: Mapping[str, Tensor]) -> Tensor:
    """``make(image, v)`` of the samples where a gate (B,) is open; nothing is computed of the others."""
    if ENGINE == "torch":
        import torch

        at = torch.nonzero(ops.convert_to_tensor(open_))[:, 0]
        made = make(image[at], {name: drawn[at] for name, drawn in v.items()}) if len(at) else image[at]
        return image.index_copy(0, at, made.to(image.dtype))

    def one(row: tuple[Tensor, Tensor, Mapping[str, Tensor]]) -> Tensor:
        is_open, own, values = row
        return ops.cond(is_open, lambda: make(own[None], {name: drawn[None] for name, drawn in values.items()})[0], lambda: own)

    return ops.map(one, (open_, image, dict(v)))


__all__ = ["each_open", "one_by_one"]
