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

    order = ops.argsort(ops.cast(ops.logical_not(open_), "int32"))  # the open samples first
    count = ops.sum(ops.cast(open_, "int32"))

    def one(k: Tensor, out: Tensor) -> tuple[Tensor, Tensor]:
        at = ops.take(order, k)
        made = make(ops.take(out, at[None], axis=0), {name: ops.take(drawn, at[None], axis=0) for name, drawn in v.items()})
        return k + 1, ops.slice_update(out, (at, 0, 0, 0), ops.cast(made, image.dtype))

    return ops.while_loop(lambda k, _: k < count, one, (0, image), maximum_iterations=image.shape[0])[1]


__all__ = ["each_open", "one_by_one"]
