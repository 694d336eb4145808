"""Samples of a batch mixed with each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.ops.kinds import Composition, Window
from augment.partners import partner_indices
from augment_torchvision.kernels.form import by_channel
from augment_torchvision.kernels.paste import inside
from augment_torchvision.kernels.resize import resize, resize_nearest
from augment_torchvision.kernels.trail import per_sample


def mix(image: Tensor, other: Tensor, weight: Any, rectangle: Any) -> Tensor:
    """Blend by weight (B,), or paste a rectangle (B, 4) of the other."""
    if rectangle is not None:
        return torch.where(inside(np.asarray(rectangle)[..., None, :], image), other, image)
    share = per_sample(weight, image, 3)
    if not image.is_floating_point():
        return torch.where(share >= 0.5, image, other)
    return (image * share + other * (1 - share)).to(image.dtype)


def compose(images: Sequence[Tensor], composition: Composition, fill: Sequence[float], mask: bool = False) -> Tensor:
    """Paste windows of images, or of masks, onto canvases of the fill, each over those before it."""
    first = images[0]
    out = by_channel(fill, first).to(first.dtype).expand(len(first), first.shape[1], *composition.size).clone()
    for placement in composition.placements:
        entries = (*placement.window, placement.y, placement.x, *placement.size)
        rows = np.stack([np.broadcast_to(np.asarray(n), len(out)).astype(int) for n in entries], axis=1)
        for canvas, image, (y, x, height, width, top, left, tall, wide) in zip(out, images[placement.source], rows, strict=True):
            shown = image[:, y : y + height, x : x + width]
            if placement.resized and shown.numel():
                window = Window(0, 0, height, width)
                size = int(tall), int(wide)
                one = shown[None]
                shown = (resize_nearest(one, window, size) if mask else resize(one, window, size, "bilinear"))[0]
            canvas[:, top : top + tall, left : left + wide] = shown
    return out


def mix_labels(groups: Sequence[Tensor], weights: Sequence[Any]) -> Tensor:
    """Blend rows of labels (B, ...) by weights (B,)."""
    shares = (per_sample(weight, rows, rows.ndim - 1) for rows, weight in zip(groups, weights, strict=True))
    return sum(rows * share for rows, share in zip(groups, shares, strict=True))  # type: ignore[return-value]


def pick(raster: Tensor, partner: Any) -> Tensor:
    return raster[torch.from_numpy(np.asarray(partner)).to(raster.device)]


def partners(uniforms: Any) -> list[np.ndarray]:
    """(B,) each: where the partners of each sample, chosen by (B, n) uniforms, stand in the batch; see `partner_indices`."""
    return list(np.array([partner_indices(own, i, len(uniforms)) for i, own in enumerate(uniforms)]).T)
