"""Samples of a batch mixed with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import keras

from augment.ops.kinds import Composition
from augment_keras import ops
from augment_keras.kernels.coordinates import constant
from augment_keras.kernels.form import Tensor, is_float, spread
from augment_keras.kernels.paste import _inside
from augment_keras.kernels.resize import resize_onto


def partners(uniforms: Tensor) -> list[Tensor]:
    """(B,) each: which samples of the batch each is joined with, chosen by (B, n) uniforms, as `augment.partners.partner_indices`
    has it; itself where it is alone."""
    count = ops.shape(uniforms)[0]
    row = ops.cast(ops.arange(count), "int32")
    others = ops.cast(count - 1, "float32") + 0 * uniforms[:, 0]
    taken: list[Tensor] = []  # how far after the sample they stand, in order
    found = []
    for k in range(uniforms.shape[1]):
        enough = others > k
        step = ops.floor(uniforms[:, k] * ops.where(enough, others - k, others))
        for other in taken:
            step = step + ops.cast(ops.logical_and(enough, step >= other), "float32")
        found.append(ops.mod(row + ops.cast(step, "int32") + 1, count))
        last = ops.where(enough, step, 1e9)
        for i, other in enumerate(taken):
            taken[i], last = ops.minimum(other, last), ops.maximum(other, last)
        taken.append(last)
    return found


def pick(rows: Tensor, partner: Tensor) -> Tensor:
    return ops.take(rows, partner, axis=0)


def mix(image: Tensor, other: Tensor, weight: Tensor, rectangle: Tensor | None) -> Tensor:
    """Blend images by weight (B,), or paste a rectangle (B, 4) of the other."""
    if rectangle is not None:
        return ops.where(_inside(image, rectangle[:, None])[:, 0, ..., None], other, image)
    if not is_float(image):
        return ops.where(spread(weight) >= 0.5, image, other)
    share = ops.cast(spread(weight), image.dtype)
    return image * share + other * (1 - share)


def compose(images: Sequence[Tensor], composition: Composition, fill: Sequence[float], mask: bool = False) -> Tensor:
    """Paste windows of images, or of masks, onto canvases of the fill, each over those before it."""
    batch, height, width, channels = ops.shape(images[0])
    dtype = keras.backend.standardize_dtype(images[0].dtype)
    out = ops.cast(constant(fill), dtype) + ops.zeros_like(images[0])
    y, x = (ops.cast(ops.arange(n), "int32") for n in (height, width))
    first = ops.cast(ops.arange(batch), "int32")[:, None, None] * (height * width)
    for placement in composition.placements:
        window, top, left = placement.window, _whole(placement.y), _whole(placement.x)
        rows, columns = y - top, x - left  # (B, H) and (B, W): in the window
        tall, wide = (ops.logical_and(at >= 0, at < _whole(n)) for at, n in zip((rows, columns), placement.size, strict=True))
        if placement.resized is not None:
            pixels = resize_onto(images[placement.source], window, (rows, columns), placement.size, mask)
        else:
            rows, columns = ops.clip(rows + _whole(window.y), 0, height - 1), ops.clip(columns + _whole(window.x), 0, width - 1)
            at = first + rows[:, :, None] * width + columns[:, None, :]
            pixels = ops.take(ops.reshape(images[placement.source], (-1, channels)), at, axis=0)
        out = ops.where(ops.logical_and(tall[:, :, None], wide[:, None, :])[..., None], pixels, out)
    return out


def _whole(n: Any) -> Tensor:
    """(B, 1) or (1, 1): a number of pixels."""
    return ops.reshape(ops.cast(ops.convert_to_tensor(n), "int32"), (-1, 1))


def mix_labels(groups: Sequence[Tensor], weights: Sequence[Tensor]) -> Tensor:
    """Blend labels (B, ...) by weights."""
    shape = (-1,) + (1,) * (len(groups[0].shape) - 1)
    return sum(rows * ops.cast(ops.reshape(w, shape), rows.dtype) for rows, w in zip(groups, weights, strict=True))
