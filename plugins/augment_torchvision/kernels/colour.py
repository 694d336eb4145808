"""Functions of the colour of one pixel."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.kernels.reference import GREY
from augment.ops.kinds import Bend, Linear, Mixture, Turn
from augment_torchvision.kernels.form import by_channel
from augment_torchvision.kernels.trail import per_sample


def grey(image: Tensor) -> Tensor:
    if image.shape[1] == 1:
        return image
    r, g, b = image.unbind(1)
    return (r * float(GREY[0]) + g * float(GREY[1]) + b * float(GREY[2]))[:, None]


def linear(image: Tensor, f: Linear) -> Tensor:
    """``clip(gain·x + gray·grey(x) + offset + mean·statistic(x))``."""
    gain, gray, offset, mean = (per_sample(p, image, 3) for p in f[:4])
    needs_grey = isinstance(gray, Tensor) or gray != 0.0 or f.statistic == "gray_mean"
    level = grey(image) if needs_grey else image
    out = image * gain
    if isinstance(gray, Tensor) or gray != 0.0:
        out = out + gray * level
    if f.statistic:
        base = level if f.statistic == "gray_mean" else image
        offset = offset + mean * base.mean(dim=(1, 2, 3) if f.statistic == "mean" else (2, 3), keepdim=True)
    return (out + offset).clamp_(0, 1)


def curve(image: Tensor, bend: Bend) -> Tensor:
    """A function of each channel's value, stated by the op."""
    values = {name: per_sample(x, image, 3) for name, x in bend.values.items() if np.ndim(x) < 2}
    return bend.curve(image, values, torch).clamp(0, 1)


def mixture(image: Tensor, f: Mixture) -> Tensor:
    """Each channel as a mixture of all: rows (n, n) or (B, n, n), offset (n,) or (B, n)."""
    rows, offset = (torch.from_numpy(np.asarray(part, np.float32)).to(image.device) for part in f)
    planes = image.flatten(2)
    out = torch.matmul(rows.expand(len(image), *rows.shape[-2:]), planes) + offset[..., None]
    return out.reshape(image.shape).clamp_(0, 1)


def turn_hue(image: Tensor, turn: Turn) -> Tensor:
    """Turn the hue of HSV, and add to saturation and value."""
    r, g, b = image.unbind(1)
    high, low = image.amax(1), image.amin(1)
    chroma = high - low
    safe = torch.where(chroma == 0, 1.0, chroma)
    hue = torch.where(high == r, (g - b) / safe, torch.where(high == g, 2 + (b - r) / safe, 4 + (r - g) / safe))
    hue = hue + 6 * per_sample(turn.turns, image, 2)
    if not turn.pure:
        saturation = (chroma / torch.where(high == 0, 1.0, high) + per_sample(turn.saturation, image, 2)).clamp(0, 1)
        high = (high + per_sample(turn.value, image, 2)).clamp(0, 1)
        chroma = torch.where(chroma == 0, 0.0, saturation) * high
    k = torch.remainder(torch.stack([5 + hue, 3 + hue, 1 + hue], 1), 6)
    return (high[:, None] - chroma[:, None] * torch.minimum(k, 4 - k).clamp_(0, 1)).clamp_(0, 1)


def affine(image: Tensor, gain: Any, offset: Any) -> Tensor:
    """``gain·x + offset`` for each channel, without clipping."""
    return image * by_channel(gain, image) + by_channel(offset, image)
