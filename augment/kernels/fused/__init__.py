"""The fused host kernels: an image is a source with stages that wait, and all of them run in one pass over tiles of its rows.

They are native code (`augment.kernels.native`), which is built where there is a C++ compiler, and stand beside those of
`augment.kernels.opencv`: the same functions, with the same results up to float32 arithmetic. A pass cuts the rows of the output
into tiles of up to 512 pixels, which stay in the first cache while each stage goes over them: the warp with the coverage of its
canvases or rows and columns by themselves, linear colours, powers, hue, tables, separable convolutions, the tail, erasing, and
writing as bytes or floats, by pixels or by planes. What no stage can express is handed to OpenCV with the pixels so far.

Importing this package imports cv2; `augment.kernels.host` chooses between the two.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from augment.kernels import opencv
from augment.kernels.fused.adapt import clahe
from augment.kernels.fused.colour import pointwise
from augment.kernels.fused.geometry import resample, resize
from augment.kernels.fused.noise import noise
from augment.kernels.fused.raster import BYTE_PLANES, BYTES, CONVOLVE, ERASE, MOST_TAPS, PIXELS, PLANES, Raster, raster, settled
from augment.kernels.opencv import erase_mask, fill_mask, planar, resize_nearest, spread
from augment.kernels.opencv.filter import separate
from augment.kernels.opencv.form import wide
from augment.ops.kinds import Stroke, Taps

name = "fused"
base = opencv
"""The set whose primitives these stand in for; what plugins add to it runs on settled images."""
xp = np


def enter(image: np.ndarray) -> Any:
    """Turn an image of a sample, uint8 or float in [0, 1], into a raster, which is never written to."""
    own = image if image.dtype == np.uint8 else image.astype(np.float32, copy=False)
    own = own.view()
    own.flags.writeable = False
    made = raster(own)
    return made if isinstance(made, Raster) else opencv.enter(image)


def leave(image: Any, dtype: np.dtype) -> np.ndarray:
    """Turn it back into ``dtype`` (uint8 or a float type), rounded once: an image that is not the sample's own."""
    if isinstance(image, Raster) and (image.waits or not isinstance(image.base, np.ndarray)):
        if dtype == np.uint8:
            return image.run(BYTES)
        return image.run(PIXELS).astype(dtype, copy=False)
    return opencv.leave(settled(image), dtype)


def planes(image: Any, chain: Sequence[Stroke], dtype: np.dtype) -> np.ndarray:
    """What a chain of pointwise ops makes of an image that leaves as a tensor: (H, W, C), whose channels lie apart in memory."""
    out = pointwise(image, chain)
    if isinstance(out, Raster) and dtype in (np.uint8, np.float32):
        return out.run(BYTE_PLANES if dtype == np.uint8 else PLANES).transpose(1, 2, 0)
    return leave(out, dtype)


def unpack(image: Any) -> np.ndarray:
    """An image as float32 in [0, 1], (H, W, C)."""
    return wide(settled(image))


def pack(image: np.ndarray) -> Any:
    """The way back."""
    return raster(opencv.pack(image))


def erase(image: Any, rectangles: np.ndarray, colour: np.ndarray) -> Any:
    """Fill rectangles (n, 4), y0 x0 y1 x1, with a colour in fractions."""
    image = raster(image)
    if not isinstance(image, Raster):
        return opencv.erase(image, rectangles, colour)
    rows, own = rectangles.astype(int).ravel().tolist(), colour.tolist()
    own = own * image.shape[2] if len(own) == 1 else own
    return image.then((ERASE, len(rows) // 4, *own, *rows))


def convolve(image: Any, taps: Taps) -> Any:
    """Convolve with reflect101 borders: down and across as a stage, unless the taps are many."""
    image = raster(image)
    if isinstance(image, Raster) and taps.kernel is None:
        y, x = separate(taps)
        if max(len(y), len(x)) <= MOST_TAPS:
            return image.then((CONVOLVE, len(y), len(x), *y.tolist(), *x.tolist()))
    return raster(opencv.convolve(settled(image), taps))


def compose(images: Sequence[Any], composition: Any, fill: Sequence[float]) -> Any:
    made = opencv.compose([settled(image) for image in images], composition, fill)
    return raster(made) if any(isinstance(image, Raster) for image in images) else made


def fade(image: Any, other: Any, alpha: np.ndarray) -> Any:
    made = opencv.fade(settled(image), settled(other), alpha)
    return raster(made) if isinstance(image, Raster) or isinstance(other, Raster) else made


def mix(image: Any, other: Any, weight: float, rectangle: np.ndarray | None) -> Any:
    made = opencv.mix(settled(image), settled(other), weight, rectangle)
    return raster(made) if isinstance(image, Raster) or isinstance(other, Raster) else made


def on_pixels(run: Callable[..., np.ndarray]) -> Callable[..., Any]:
    """A function of OpenCV's set, on the pixels of a raster."""

    def settles(image: Any, *parameters: Any) -> Any:
        return raster(run(image.settled(), *parameters)) if isinstance(image, Raster) else run(image, *parameters)

    return settles


blend, jpeg = on_pixels(opencv.blend), on_pixels(opencv.jpeg)
downscale, zoom, displace = on_pixels(opencv.downscale), on_pixels(opencv.zoom), on_pixels(opencv.displace)
round8 = on_pixels(opencv.round8)
look_up, median = on_pixels(opencv.look_up), on_pixels(opencv.median)
morphology = on_pixels(opencv.morphology)


def locate(mask: Any, uniform: Any, ignore: tuple[int, ...]) -> tuple[bool, int, int]:
    return opencv.locate(settled(mask), uniform, ignore)


def components(mask: Any, ignore: tuple[int, ...]) -> np.ndarray:
    return opencv.components(settled(mask), ignore)


def fill(image: Any, *parameters: Any) -> Any:
    """As OpenCV's set does, on the pixels of rasters; what fills may be one itself."""
    made = opencv.fill(settled(image), *(settled(one) for one in parameters))
    return raster(made) if isinstance(image, Raster) else made


def histogram(image: Any) -> np.ndarray:
    return opencv.histogram(settled(image))


__all__ = [
    "base", "blend", "clahe", "components", "compose", "convolve", "displace", "downscale", "enter", "erase", "erase_mask",
    "fade", "fill", "fill_mask", "histogram", "jpeg", "leave", "locate", "look_up", "median", "mix", "morphology", "name",
    "noise", "on_pixels", "pack", "planar", "planes", "pointwise", "resample", "resize", "resize_nearest", "round8",
    "settled", "spread", "unpack", "xp", "zoom",
]  # fmt: skip
