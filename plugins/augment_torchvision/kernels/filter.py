"""Functions of the neighbourhood of a pixel: convolution, order statistics, the blocks of JPEG."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from augment.kernels import opencv
from augment.kernels.jpeg import jpeg as _jpeg
from augment.kernels.networks import median_of
from augment.kernels.reference import mirror
from augment.kernels.windows import Shape, extremes
from augment.ops.kinds import Taps
from augment_torchvision.kernels.form import as_fractions, bytes8, pack, unpack


def convolve(image: Tensor, taps: Taps) -> Tensor:
    """Convolve each image with its own taps, with reflect101 borders."""
    passes = [taps.kernel] if taps.kernel is not None else [taps.y[..., :, None], taps.x[..., None, :]]  # type: ignore[index]
    batch, channels, height, width = image.shape
    # depthwise kernels of cuDNN may round to TF32, which is a level off
    exact = torch.backends.cudnn.flags(enabled=False) if image.is_cuda else nullcontext()
    with exact:
        for kernel in passes:
            kernel = np.broadcast_to(kernel, (batch, *np.shape(kernel)[-2:]))
            wide = _mirrored(image, kernel.shape[1] // 2, kernel.shape[2] // 2)
            weight = torch.from_numpy(kernel.astype(np.float32)).to(image.device).repeat_interleave(channels, 0)[:, None]
            out = F.conv2d(wide.reshape(1, batch * channels, *wide.shape[2:]), weight, groups=batch * channels)
            image = out.reshape(batch, channels, height, width)
    return image


def _mirrored(image: Tensor, ry: int, rx: int) -> Tensor:
    """Pad by reflect101, also further than the image is wide."""
    height, width = image.shape[2:]
    if ry < height and rx < width:
        return F.pad(image, (rx, rx, ry, ry), mode="reflect")
    rows, columns = (torch.from_numpy(mirror(np.arange(-r, n + r), n)).to(image.device) for r, n in ((ry, height), (rx, width)))
    return image[:, :, rows][..., columns]


def by_value(image: Tensor, drawn: Any, make: Callable[[Tensor, Any], Tensor]) -> Tensor:
    """``make(images, value)`` for each value that was drawn (B,), on the samples that drew it."""
    drawn = np.broadcast_to(np.asarray(drawn), (len(image),))
    values = np.unique(drawn)
    if len(values) == 1:
        return make(image, values[0])
    out = torch.empty_like(image, memory_format=torch.contiguous_format)
    for value in values:
        at = torch.from_numpy(np.flatnonzero(drawn == value)).to(image.device)
        out[at] = make(image[at], value)
    return out


def morphology(raster: Tensor, size: Any, sizes: Sequence[int], shape: Shape, highest: bool) -> Tensor:
    """The largest (or least) value of the neighbourhood of each pixel, of images or masks; each sample has its size."""
    pick = torch.maximum if highest else torch.minimum
    return by_value(raster, size, lambda part, n: extremes(replicated(part, int(n) // 2), int(n), shape, (2, 3), pick))


def median(image: Tensor, size: Any, sizes: Sequence[int]) -> Tensor:
    """The median of the square around each pixel, on the 8-bit grid; each sample has its size."""

    def of(part: Tensor, n: Any) -> Tensor:
        return median_of(replicated(part, int(n) // 2), int(n), (2, 3), torch.minimum, torch.maximum)

    return as_fractions(by_value(bytes8(image), size, of), image)


def jpeg(image: Tensor, quality: Any) -> Tensor:
    """What JPEG leaves of images of one or three channels, on the 8-bit grid; each sample has its quality."""
    qualities = np.broadcast_to(quality, len(image)).astype(np.int32)
    if image.device.type == "cpu":  # libjpeg itself: the same bits in a third of the time
        rows = zip(unpack(bytes8(image)).contiguous().numpy(), qualities, strict=True)
        return as_fractions(pack(torch.from_numpy(np.stack([opencv.jpeg(one, q) for one, q in rows]))), image)
    drawn = torch.from_numpy(qualities).to(image.device)
    levels = unpack(bytes8(image)).to(torch.int32)
    return as_fractions(pack(_jpeg(levels, drawn, (image.shape[2], image.shape[3]), torch).to(torch.float32)), image)


def replicated(raster: Tensor, reach: int) -> Tensor:
    """Widen by the pixels at the edge, of any type."""
    rows, columns = (torch.arange(-reach, n + reach, device=raster.device).clamp_(0, n - 1) for n in raster.shape[2:])
    return raster[:, :, rows][..., columns]
