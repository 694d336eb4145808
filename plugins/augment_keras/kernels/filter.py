"""Functions of the neighbourhood of a pixel: convolution, order statistics, the blocks of JPEG."""

from __future__ import annotations

from collections.abc import Sequence

from augment.kernels.jpeg import jpeg as _jpeg
from augment.kernels.networks import median_of
from augment.kernels.reference import HALF_UP
from augment.kernels.windows import Shape, extremes
from augment.ops.kinds import Taps
from augment_keras import ops
from augment_keras.jit import compiling, settled
from augment_keras.kernels.form import Tensor, spread
from augment_keras.kernels.resize import mirrored, replicated

SHIFTED = 225  # taps up to which XLA adds shifted images faster than it convolves


def convolve(image: Tensor, taps: Taps) -> Tensor:
    """Convolve with reflect101 borders."""
    if taps.kernel is not None:
        return _correlate(image, taps.kernel)
    return _correlate(settled(_correlate(image, taps.y[..., :, None])), taps.x[..., None, :])  # type: ignore[index]


def _correlate(image: Tensor, kernel: Tensor) -> Tensor:
    """Weigh the neighbours of each pixel by a kernel (B, t, u), or (t, u) for all."""
    tall, wide = kernel.shape[-2:]
    batch, height, width, channels = ops.shape(image)
    kernel = ops.broadcast_to(kernel, (batch, tall, wide))
    image = mirrored(mirrored(image, tall // 2, 1), wide // 2, 2)
    if compiling() and tall * wide <= SHIFTED:
        shifts = ((i, j) for i in range(tall) for j in range(wide))
        return sum(spread(kernel[..., i, j]) * image[:, i : i + height, j : j + width] for i, j in shifts)
    # every sample and channel is a channel of its own
    planes = ops.reshape(ops.transpose(image, (1, 2, 0, 3)), (1, *ops.shape(image)[1:3], batch * channels))
    weights = ops.reshape(ops.repeat(ops.transpose(kernel, (1, 2, 0)), channels, axis=-1), (tall, wide, batch * channels, 1))
    out = ops.depthwise_conv(planes, weights, padding="valid", data_format="channels_last")
    return ops.transpose(ops.reshape(out, (height, width, batch, channels)), (2, 0, 1, 3))


def morphology(raster: Tensor, size: Tensor, sizes: Sequence[int], shape: Shape, highest: bool) -> Tensor:
    """The largest (or least) value of the neighbourhood of each pixel, of images or masks: every size that can be drawn is
    computed, and the sample's own taken."""
    pick = ops.maximum if highest else ops.minimum
    out, last, done = raster, raster, 1
    for n in sizes:
        source, step = (last, n - done + 1) if shape == "square" else (raster, n)  # the square of a square is a larger one
        last, done = extremes(replicated(source, step // 2), step, shape, (1, 2), pick), n
        out = last if n == sizes[0] else ops.where(spread(size) >= n, last, out)
    return out


def median(image: Tensor, size: Tensor, sizes: Sequence[int]) -> Tensor:
    """The median of the square around each pixel, on the 8-bit grid, of every size that can be drawn."""
    levels = ops.cast(ops.floor(image * 255 + HALF_UP), "uint8")
    out = levels
    for n in sizes:
        last = median_of(replicated(levels, n // 2), n, (1, 2), ops.minimum, ops.maximum)
        out = last if n == sizes[0] else ops.where(spread(size) >= n, last, out)
    return ops.cast(out, "float32") / 255


def jpeg(image: Tensor, quality: Tensor) -> Tensor:
    """What JPEG leaves of images of one or three channels, on the 8-bit grid; each sample has its quality."""
    levels = ops.cast(ops.floor(image * 255 + HALF_UP), "int32")
    return ops.cast(_jpeg(levels, ops.cast(quality, "int32"), ops.shape(image)[1:3], ops), "float32") / 255
