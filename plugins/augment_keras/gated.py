"""Heavy ops of those samples alone to which they are done: what a closed gate spares."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

from augment_keras import ops
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

    def looped(image: Tensor, open_: Tensor, v: Mapping[Any, Tensor]) -> Tensor:
        order = ops.argsort(ops.cast(ops.logical_not(open_), "int32"))  # the open samples first
        count = ops.sum(ops.cast(open_, "int32"))

        def one(k: Tensor, out: Tensor) -> tuple[Tensor, Tensor]:
            # by ``take``: XLA under TensorFlow compiles anew for each place of a ``slice``
            at = ops.take(order, k)
            made = make(ops.take(out, at[None], axis=0), {name: ops.take(drawn, at[None], axis=0) for name, drawn in v.items()})
            # in place: of ``image`` and ``out`` at once XLA would keep a copy
            return k + 1, ops.slice_update(out, (at, *(0,) * (len(out.shape) - 1)), ops.cast(made, out.dtype))

        return ops.while_loop(lambda k, _: k < count, one, (0, image))[1]

    return _with_the_gradient(lambda image, open_, v: of_all(open_, make, image, v), looped)(image, open_, v)


def of_all(open_: Tensor, make: Callable[[Tensor, Any], Tensor], image: Tensor, v: Mapping[str, Tensor]) -> Tensor:
    """``make(image, v)`` where a gate (B,) is open, and the image elsewhere: made of all samples, and thrown away."""
    return ops.where(open_[:, None, None, None], make(image, v), image)


def _with_the_gradient(of: Callable[..., Tensor], run: Callable[..., Tensor]) -> Callable[..., Tensor]:
    """Return ``run(image, *given)``, whose loop no engine differentiates, with the gradient of another function of the same
    values with regard to the image."""
    if ENGINE == "jax":
        import jax

        differentiable = jax.custom_vjp(run)
        differentiable.defvjp(
            lambda *args: (differentiable(*args), args),  # not ``run``, so that it is differentiated again
            lambda args, upstream: (jax.vjp(lambda image: of(image, *args[1:]), args[0])[1](upstream)[0], None, None),
        )
        return differentiable
    import tensorflow as tf

    def on_tensorflow(image: Tensor, *given: Any) -> Tensor:
        @tf.custom_gradient
        def differentiable(image: Tensor) -> tuple[Tensor, Callable[[Tensor], Tensor]]:
            def gradient(upstream: Tensor) -> Tensor:
                with tf.GradientTape() as tape:
                    tape.watch(image)
                    out = of(image, *given)
                return tape.gradient(out, image, upstream)

            return run(image, *given), gradient

        return differentiable(image)

    return on_tensorflow


__all__ = ["each_open", "of_all", "one_by_one"]
