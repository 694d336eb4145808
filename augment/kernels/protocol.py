"""What a kernel set promises: each primitive with the shapes, ranges and types of what it takes and returns, and what is static.

A kernel set is a module. It has a ``name``, the array functions ``xp`` of its library, and the functions of the primitives that
its declaration (`augment.ops.primitives.Primitives`) names. There are two families, whose primitives are the same but where they
are written twice below:

- A set of the *host* runs one sample. An image is an array (H, W, C); a drawn number is a number.
- A set of *batches* runs B samples as one static graph. An image is a tensor (B, H, W, C) or (B, C, H, W), as the set lays it
  out; a drawn number has the shape (B,), and what a sample has several of (B, ...).

*Images* have values in [0, 1], or any after normalize; whether a set of the host holds levels of 8 bits as long as nothing is
lost is its own affair, as `unpack` gives floats in any case. *Masks* have the shape of images and a type of any numbers, which
they keep: labels are chosen, never computed with. What *static* parameters are is known when a graph is built, and the same for
all samples: numbers, texts and tuples of Python; the others may be drawn. No function changes what it is given, but for images
that the set itself has made.

Coordinates are those of docs/meaning.md: pixel centres are whole numbers, matrices are relative to the centres of the canvases.
`augment.kernels.reference` defines what each function computes; mypy holds the sets of this distribution to these protocols.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from inspect import isfunction
from types import MappingProxyType
from typing import Any, Protocol

import numpy as np

from augment.ops.kinds import Bend, Composition, Linear, Mixture, Stroke, Taps, Turn, Window
from augment.ops.primitives import Down, Primitives, Shape, Up
from augment.program.walk import Walk
from augment.values import Value

Image = Any
Mask = Any
Array = Any
"""What is drawn, or computed of that: of a set of the host numbers or arrays of NumPy; of batches (B, ...), arrays of NumPy or
tensors, as the set has it."""


# What every set has --------------------------------------------------------------------------------------------------


class Layout(Protocol):
    """How expressions, which are written once for all sets, read and write images."""

    name: str
    """Of the set, by which plugins add primitives to it."""
    xp: Any
    """Its array functions: at least `augment.ops.primitives.ARRAY_FUNCTIONS`."""

    def unpack(self, image: Image, /) -> Array:
        """Return an image or a mask of the set with channels last, (H, W, C) or (B, H, W, C), an image as floats."""

    def pack(self, image: Array, /) -> Image:
        """Go the way back: from float32, channels last."""

    def spread(self, drawn: Array, like: Array, /) -> Array:
        """Return what is drawn, () or (n,) with (B,) before it in a batch, to broadcast against an unpacked image: a batch's as
        (B, 1, 1, 1) or (B, 1, 1, 1, n)."""


class Entering(Protocol):
    """How the images of samples come into a set of the host, and leave it."""

    def enter(self, image: np.ndarray, /) -> Image:
        """Take an image (H, W, C) of a sample, uint8 or floats in [0, 1], which nothing may change."""

    def leave(self, image: Image, dtype: np.dtype, /) -> np.ndarray:
        """Return an image (H, W, C) as uint8, rounded once, or as floats: an array that is not the sample's own."""


class Planar(Protocol):
    """How images leave a set of the host that become tensors. One without it serves backends whose images are arrays."""

    def planes(self, image: Image, chain: Sequence[Stroke], dtype: np.dtype, /) -> np.ndarray:
        """Return what a chain of pointwise ops makes of an image, as `leave` does: (H, W, C), whose channels lie apart in
        memory."""


class StandIn(Protocol):
    """How a set of the host whose stages wait stands in for another, as the fused one for OpenCV's."""

    base: Any
    """The other set, whose primitives, and those that plugins add to it, are run on settled images."""

    def settled(self, image: Image, /) -> np.ndarray:
        """Run the stages that wait, and return an image of the other set."""

    def on_pixels(self, run: Callable[..., np.ndarray], /) -> Callable[..., Image]:
        """Return a primitive of the other set as one of this."""


class Batching(Protocol):
    """How a set of batches picks samples, and joins them."""

    def where_open(
        self, open_: Array, make: Callable[[Image, Mapping[str, Array]], Image], image: Image, v: Mapping[str, Array],
        heavy: bool, /,
    ) -> Image:  # fmt: skip
        """Return ``make(image, v)`` where a gate (B,) is open, and the image elsewhere. ``v`` are the draws of the samples, (B,)
        each; ``make`` may be given some of the samples alone. ``heavy`` (static): it costs more than to run them one by one."""

    def partners(self, uniforms: Array, /) -> Sequence[Array]:
        """Return, for uniforms (B, n), n times the places (B,) of other samples of the batch, all of them different, as
        `augment.partners.partner_indices` chooses them."""

    def pick(self, rows: Array, partner: Array, /) -> Array:
        """Return the images, masks or rows of labels at the places (B,)."""

    def mix_labels(self, groups: Sequence[Array], weights: Sequence[Array], /) -> Array:
        """Blend rows of labels, (B, ...) of each source, by weights (B,) of each, which sum to 1."""

    def is_float(self, raster: Array, /) -> bool:
        """Say whether a tensor holds floats (static)."""

    def read_field(self, field: Array, at: Array, /) -> Array:
        """Read a displacement field (B, h, w, 2) at points (B, n, 2), x and y in pixels from its centre, between its pixels, and
        at its edge beyond it."""


class MixingPoints(Protocol):
    """How a set of batches joins the boxes and keypoints of several samples. One without it joins none."""

    def mix_points(self, leaf: Any, batch: Any, composition: Composition, partners: Sequence[Array], open_: Any, /) -> None:
        """Append the rows of the partners to ``batch.points``, and keep what is seen of each. ``open_`` is the gate (B,), or
        True; rows that are gone are padding, as their number is static."""


# Geometry ------------------------------------------------------------------------------------------------------------


class Resample(Protocol):
    """A run of geometric ops as one map, sampled once."""

    def resample(self, image: Image, walk: Walk, /, fill: Sequence[float] | None = None, nearest: bool | None = None) -> Image:
        """Sample an image or a mask through a walk.

        Its matrices are float64 on the host, (3, 3) or (B, 3, 3), from output to input; fields (h, w, 2) or (B, h, w, 2); border,
        interpolation and the number of legs are static, canvases too but for those inside a run, which may be (B,) each.
        ``fill`` replaces the colours of the legs, and ``nearest`` the interpolation: for masks, which are read at
        floor(x + ½ − 2⁻¹⁰) and have the fill where any canvas was left. Images fade to the colour of each canvas by how much of
        it lies under the coordinate.
        """


class Resize(Protocol):
    """A resize as a step of its own."""

    def resize(self, image: Image, window: Window, size: tuple[int, int], interpolation: str, /) -> Image:
        """Resize a window of whole pixels, y, x, height and width (or (B,) each), to a static height and width, antialiased.

        ``interpolation`` is "bilinear", whose weights are a triangle over all pixels under an output pixel, or "bicubic"
        (a = −0.5, as Pillow's), which is clipped to [0, 1].
        """

    def resize_nearest(self, mask: Mask, window: Window, size: tuple[int, int], /) -> Mask:
        """Resize a window of a mask: the pixel under the centre of each output pixel, with `resample`'s bias."""


class Zoom(Protocol):
    """An image beside itself, nearer."""

    def zoom(self, image: Image, times: Array, /) -> Image:
        """Enlarge an image about its centre by a number from 1 on, bilinear; its size stays."""


class Displace(Protocol):
    """An image whose pixels are read beside their places."""

    def displace(self, image: Image, field: Array, /) -> Image:
        """Read each pixel so far from its place, bilinear: (H, W, 2) or (B, H, W, 2), x and y in pixels; beyond the edge lies its
        copy."""


class Downscale(Protocol):
    """A copy of fewer pixels, brought back to the size of the image."""

    def downscale(self, image: Image, scale: Array, down: Down, up: Up, /) -> Image:
        """Reduce an image to a drawn share (0 < scale <= 1) of its sides, floor(side · scale + ½) pixels and at least one, and
        enlarge it again; ``down`` and ``up`` are static."""


class Locate(Protocol):
    """What an op may look for in a mask before it moves anything."""

    def locate(self, mask: Mask, uniform: Array, ignore: tuple[int, ...], /) -> tuple[Array, Array, Array]:
        """Return whether a mask has pixels, and y and x of one, chosen by a uniform in [0, 1): of those that are neither 0 nor
        ``ignore`` (static) in any channel, row by row, the floor(uniform · count)-th, that product in float32."""


class Components(Protocol):
    """The objects of a mask; of sets of the host."""

    def components(self, mask: Mask, ignore: tuple[int, ...], /) -> np.ndarray:
        """Return (H, W) the objects of a mask (H, W, C), pixels of one label that touch, also at a corner: numbered from 1 in the
        order of their first pixels; 0 where the label is 0 or in ``ignore``."""


# Colours -------------------------------------------------------------------------------------------------------------


class Pointwise(Protocol):
    """Colours, of a set of the host: a chain that it may fuse."""

    def pointwise(self, image: Image, chain: Sequence[Stroke], /) -> Image:
        """Run a chain of pointwise ops, each of which is clipped to [0, 1], but for a `Scale`.

        Each stroke is a form with its drawn values (`Linear`, `Bend`, `Mixture`, `Turn`, `Scale`), the channels that it is
        limited to (None: all), and whether the image is rounded to the 8-bit grid before it. What takes grey or a hue is given
        three channels, or a single one, which is its own grey image. Raises `TypeError` on a form that it does not know.
        """


class Colours(Protocol):
    """Colours, of a set of batches: one function for each form, with (B,) each in place of numbers."""

    def linear(self, image: Image, form: Linear, /) -> Image:
        """Return ``clip(gain·x + gray·grey(x) + offset + mean·statistic(x))``; a part that is 0.0 is static."""

    def curve(self, image: Image, form: Bend, /) -> Image:
        """Return ``clip(curve(x, values, xp))`` of each value alone."""

    def mixture(self, image: Image, form: Mixture, /) -> Image:
        """Return ``clip(rows·x + offset)``: rows (n, n) or (B, n, n), offset (n,) or (B, n)."""

    def turn_hue(self, image: Image, form: Turn, /) -> Image:
        """Turn the hue of HSV by a share of the circle, and add to saturation and value, which end at 0 and 1."""

    def affine(self, image: Image, gain: tuple[float, ...], offset: tuple[float, ...], /) -> Image:
        """Return ``gain·x + offset``, one for all channels or one for each (static), without clipping."""

    def round8(self, image: Image, /) -> Image:
        """Round to the 8-bit grid, as floor(255·x + 0.51) / 255."""

    def take_channels(self, image: Image, channels: tuple[int, ...], /) -> Image:
        """Return some channels (static) of an image."""

    def put_channels(self, image: Image, channels: tuple[int, ...], part: Image, /) -> Image:
        """Return an image with others in their place."""


class Histogram(Protocol):
    """What is decided by how often each level occurs."""

    def histogram(self, image: Image, /) -> Array:
        """Count how often each level of the 8-bit grid, floor(255·x + 0.51), occurs in each channel: (C, 256) or (B, C, 256),
        whole numbers."""

    def look_up(self, image: Image, levels: Array, /) -> Image:
        """Return what becomes of each level of the grid: (C, 256) or (B, C, 256) from 0 to 255, not rounded."""

    def round8(self, image: Image, /) -> Image:
        """Round to the 8-bit grid, as floor(255·x + 0.51) / 255."""


class Clahe(Protocol):
    """Equalisation by tiles, with limited contrast."""

    def clahe(self, image: Image, limit: Array, tiles: tuple[int, int], /) -> Image:
        """Equalise the brightness of an image of one channel or three, on the 8-bit grid, by rows and columns of tiles (static).

        Of three it is the luma, as `augment.kernels.tiles.luma` counts it in whole levels; each channel gets what that gains.
        ``limit`` is how often a level counts at most, as a multiple of the mean. Between the curves of the four nearest tiles
        lies that of a pixel, not rounded; at the right and at the bottom the image goes on by reflect101 to fill the last tiles.
        """


# Neighbourhoods ------------------------------------------------------------------------------------------------------


class Convolve(Protocol):
    """Weighted neighbours."""

    def convolve(self, image: Image, taps: Taps, /) -> Image:
        """Correlate with ``taps``, whose number is static and odd, with reflect101 borders, also further than the image is wide:
        a column (t,) and a row (t,), or a kernel (t, t), with (B, ...) before them. Not clipped."""


class Median(Protocol):
    """The middle of the neighbours."""

    def median(self, image: Image, size: Array, sizes: Sequence[int], /) -> Image:
        """Return the median of the square around each pixel, each channel alone, on the 8-bit grid; beyond the edge lies its
        copy. ``size`` is drawn: one of ``sizes``, odd numbers in rising order (static)."""


class Morphology(Protocol):
    """The largest or the least of the neighbours."""

    def morphology(self, raster: Image, size: Array, sizes: Sequence[int], shape: Shape, highest: bool, /) -> Image:
        """Return the extreme of the neighbourhood of each pixel of an image or a mask, each channel alone; what lies beyond the
        edge does not count. ``size`` as that of `median`; the shape ("square" or "ellipse") and which extreme are static."""


class Jpeg(Protocol):
    """What a file would lose."""

    def jpeg(self, image: Image, quality: Array, /) -> Image:
        """Return what libjpeg leaves of an image of one channel, or of RGB at 4:2:0, rounded to the 8-bit grid before and after.
        ``quality`` is a whole number from 1 to 100."""


# What lies over an image ---------------------------------------------------------------------------------------------


class Blend(Protocol):
    """A colour over coordinates: rain, fog, shadows."""

    def blend(self, image: Image, colour: Sequence[float], alpha: Array, /) -> Image:
        """Return ``clip(x + (colour − x)·alpha)``: a static colour, one number or one for each channel, and (H, W) or (B, H, W)
        in [0, 1]."""


class Noise(Protocol):
    """Random numbers of pixels: the one thing that a backend draws itself."""

    def noise(self, raster: Image, value: Value, key: tuple[Array, Array], number: int = 0, pixel: bool = False, /) -> Image:
        """Return numbers of a distribution (static) in the layout of the set, for each value of a raster, or, if ``pixel``, with
        one channel, for each pixel.

        They come from a generator of the sample's own, seeded by two words of 24 bits and the ``number`` of the field (static),
        and depend on nothing of the raster but its shape. Sets agree in the distribution, not in the numbers.
        """


class Erase(Protocol):
    """Rectangles of one colour."""

    def erase(self, image: Image, rectangles: Array, colour: np.ndarray, /) -> Image:
        """Fill rectangles (n, 4) or (B, n, 4), y0, x0, y1, x1 in whole pixels, ends excluded, with a colour (1,) or (C,); an
        empty one erases nothing."""

    def erase_mask(self, mask: Mask, rectangles: Array, label: int, /) -> Mask:
        """Fill rectangles of a mask with a label (static)."""


class Fill(Protocol):
    """Pixels of one colour, or of another image."""

    def fill(self, image: Image, where: Array, colour: Any, /) -> Image:
        """Give pixels (H, W) or (B, H, W), bool, a colour: (1,) or (C,) (static), or those of another image of the set."""

    def fill_mask(self, mask: Mask, where: Array, label: int, /) -> Mask:
        """Give pixels of a mask a label (static)."""


# Several samples -----------------------------------------------------------------------------------------------------


class Mix(Protocol):
    """Two images, or masks, of one size that stay in place."""

    def mix(self, image: Image, other: Image, weight: Array, rectangle: Array | None, /) -> Image:
        """Return ``x·weight + other·(1 − weight)``; or, with a rectangle (4,) or (B, 4), y0, x0, y1, x1 in whole pixels, the
        image with that part of the other over it. Labels of masks are those of the larger weight."""


class Fade(Protocol):
    """One image over another, with soft edges; of sets of the host."""

    def fade(self, image: Image, other: Image, alpha: np.ndarray, /) -> Image:
        """Return ``x + (other − x)·alpha``, (H, W) in [0, 1]."""


class Compose(Protocol):
    """Windows of several images on a canvas; of a set of the host."""

    def compose(self, images: Sequence[Image], composition: Composition, fill: Sequence[float], /) -> Image:
        """Paste the windows of a composition onto a canvas of the fill (static), each over those before it; the images may be of
        any sizes, and windows are pasted as they are."""


class ComposeBatch(Protocol):
    """The same, of a set of batches."""

    def compose(self, images: Sequence[Image], composition: Composition, fill: Sequence[float], mask: bool, /) -> Image:
        """Paste windows of images, or of masks, of one size onto canvases of that size. Where a placement has a size of its own,
        the window is resized to it, antialiased, and masks to the nearest."""


# Whole sets ----------------------------------------------------------------------------------------------------------


class Both(
    Layout, Resample, Resize, Zoom, Displace, Downscale, Locate, Histogram, Clahe, Convolve, Median, Morphology, Jpeg, Blend,
    Noise, Erase, Fill, Mix, Protocol,
):  # fmt: skip
    """What is the same for samples and for batches."""


class Host(Both, Entering, Pointwise, Fade, Compose, Components, Protocol):
    """A set of the host with all primitives, for `augment.engine.host.Executor`."""


class Batches(Both, Batching, Colours, ComposeBatch, Protocol):
    """A set of batches with all primitives, for `augment.engine.batch.BatchExecutor`."""


_SAME = {
    "resample": Resample, "resize": Resize, "zoom": Zoom, "displace": Displace, "downscale": Downscale, "locate": Locate,
    "histogram": Histogram, "clahe": Clahe, "convolve": Convolve, "median": Median, "morphology": Morphology, "jpeg": Jpeg,
    "blend": Blend, "noise": Noise, "erase": Erase, "fill": Fill, "mix": Mix,
}  # fmt: skip
HOST: Mapping[str, type] = MappingProxyType({
    **_SAME, "pointwise": Pointwise, "fade": Fade, "compose": Compose, "components": Components,
})  # fmt: skip
"""The primitives of a set of the host, each with its protocol."""
BATCHES: Mapping[str, type] = MappingProxyType({**_SAME, "pointwise": Colours, "compose": ComposeBatch})
"""Those of a set of batches."""


def functions(protocol: type) -> Iterator[str]:
    """Yield the names of the functions that a set must have for a protocol."""
    return (name for name, value in vars(protocol).items() if isfunction(value) and not name.startswith("_"))


def missing(declared: Primitives, family: Mapping[str, type]) -> Iterator[str]:
    """Yield what is wrong with a declaration, `HOST` or `BATCHES` being its ``family``: functions of primitives that it names
    and its module lacks, and primitives that its module has and it does not name."""
    module = declared.load()
    for primitive, protocol in family.items():
        lacking = [name for name in functions(protocol) if not callable(getattr(module, name, None))]
        if primitive in declared.runs:
            yield from (f"{primitive}: {declared.module} has no {name}" for name in lacking)
        elif not lacking:
            yield f"{primitive}: {declared.module} has it, and {declared.kernel_set} does not declare it"


__all__ = [
    "BATCHES", "HOST", "Array", "Batches", "Batching", "Blend", "Both", "Clahe", "Colours", "Compose", "ComposeBatch", "Convolve",
    "Downscale", "Entering", "Erase", "Fade", "Fill", "Histogram", "Host", "Image", "Jpeg", "Layout", "Locate", "Mask", "Median",
    "Mix", "MixingPoints", "Morphology", "Noise", "Planar", "Pointwise", "Resample", "Resize", "StandIn", "Zoom", "functions",
    "missing",
]  # fmt: skip
