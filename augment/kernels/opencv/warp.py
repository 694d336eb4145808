"""Resampling: one warp for a whole walk, and the coverage of the canvases on its way.

The source's own border is left to cv2, whose bilinear taps beyond an edge are exactly that canvas fading out. A canvas that
covers the whole output is skipped; the others are blended in, from the source outwards.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

import cv2
import numpy as np

from augment.kernels import reference
from augment.kernels.opencv import maps, moves
from augment.kernels.opencv.cover import Rows, Size, coordinates, cover
from augment.kernels.opencv.form import STEP, in_groups, in_parts, levels, wide
from augment.kernels.still import displaced, zoomed
from augment.program.walk import HORIZON, Leg, Walk

Colour = tuple[float, ...]
BORDERS = {
    "constant": cv2.BORDER_CONSTANT, "reflect": cv2.BORDER_REFLECT, "reflect101": cv2.BORDER_REFLECT_101,
    "replicate": cv2.BORDER_REPLICATE, "wrap": cv2.BORDER_WRAP,
}  # fmt: skip
SHORT = 32766
"""cv2 counts the pixels of a side in 16 bits."""
INSIDE = 1e-5
"""A canvas counts as covering what lies this little beyond its outer pixels."""
BITS = {1: np.uint8, 2: np.uint16, 4: np.float32, 8: np.float64}
"""Types that stand for all of their size where pixels are only copied."""


class Route(NamedTuple):
    """A walk as matrices: all of the output is in front of the camera, and nothing bends."""

    matrices: list[Rows]
    """From the output to each leg's input."""
    boxes: dict[int, tuple[float, float, float, float]]
    """Which part of a leg's canvas the output sees: x0, y0, x1, y1 from its centre; of the source, and of those that fade."""
    covers: list[bool]
    """Of each leg's canvas: whether the output lies wholly inside it, but for sides that do not fade."""


def resample(image: np.ndarray, walk: Walk, fill: Any = None, nearest: bool | None = None) -> np.ndarray:
    """Sample an image (H, W, C) through a walk. ``fill`` replaces the colours of the legs (one per channel); for masks."""
    nearest = walk.interpolation == "nearest" if nearest is None else nearest
    fills = [tuple(leg.fill if fill is None else fill) for leg in walk.legs]
    whole = moves.whole(walk)
    if fill is None and image.dtype == np.uint8 and (whole or nearest):
        grid = [levels(colour) for colour in fills]
        if None in grid:
            image = wide(image)
        else:
            fills = grid  # type: ignore[assignment]
    if whole:
        return moves.move(image, walk, fills)
    if max(*walk.source, *walk.size) > SHORT or image.itemsize not in BITS:
        return reference.resample(wide(image) if fill is None else image, walk, fill, nearest)
    fills = [colour * image.shape[2] if len(colour) == 1 else colour for colour in fills]
    route = route_of(walk)
    if nearest:
        return _pick(image, walk, fills, route)
    # of a border in cv2's own hands, four taps would see the fill
    if route is None or walk.interpolation == "bicubic" or not _one_border(walk, route):
        return maps.blend(image, walk, fills)
    return _warp(image, walk, fills, route)


def zoom(image: np.ndarray, times: Any) -> np.ndarray:
    """Enlarge an image about its centre by ``times``."""
    return resample(image, zoomed(image.shape[:2], times, np))


def displace(image: np.ndarray, field: np.ndarray) -> np.ndarray:
    """Read each pixel of an image so far from its place (H, W, 2)."""
    return resample(image, displaced(image.shape[:2], field, np))


def route_of(walk: Walk) -> Route | None:
    """The matrices of a walk, or None where a matrix does not do."""
    y, x = (walk.size[0] - 1) / 2, (walk.size[1] - 1) / 2
    total, matrices, boxes = None, [], {}
    for i in range(len(walk.legs) - 1, -1, -1):
        leg = walk.legs[i]
        if leg.field is not None:
            return None
        total = leg.inverse.tolist() if total is None else _product(leg.inverse.tolist(), total)
        matrices.append(total)
        if i and leg.sides is False and not leg.projective:
            continue
        (a, b, c), (d, e, f), (g, h, k) = total
        if g == h == 0 and k == 1:
            wide, high = abs(a) * x + abs(b) * y, abs(d) * x + abs(e) * y
            boxes[i] = c - wide, f - high, c + wide, f + high
            continue
        corners = (-x, -y), (x, -y), (x, y), (-x, y)
        ws = [g * u + h * v + k for u, v in corners]
        if min(ws) <= HORIZON:
            return None
        xs = [(a * u + b * v + c) / w for (u, v), w in zip(corners, ws, strict=True)]
        ys = [(d * u + e * v + f) / w for (u, v), w in zip(corners, ws, strict=True)]
        boxes[i] = min(xs), min(ys), max(xs), max(ys)
    return Route(matrices[::-1], boxes, [leg.sides is False or _inside(leg, boxes[i]) for i, leg in enumerate(walk.legs)])


def _product(one: Rows, other: Rows) -> Rows:
    """The product of two matrices: plain numbers are the same on every machine, and no slower."""
    (m, n, o), (p, q, r), (u, v, w) = other
    return [[a * m + b * p + c * u, a * n + b * q + c * v, a * o + b * r + c * w] for a, b, c in one]


def _one_border(walk: Walk, route: Route) -> bool:
    """Whether cv2's border modes do: nothing is folded but at the source."""
    return walk.border == "constant" or all(route.covers[1:])


def _inside(leg: Leg, box: tuple[float, float, float, float]) -> bool:
    """Whether a part of a leg's canvas lies wholly inside it, but for sides that do not fade."""
    x, y = (leg.size[1] - 1) / 2 + INSIDE, (leg.size[0] - 1) / 2 + INSIDE
    beyond = box[0] < -x, box[1] < -y, box[2] > x, box[3] > y
    return not any(beyond if leg.sides is True else (b and s for b, s in zip(beyond, leg.sides, strict=True)))


def _warp(image: np.ndarray, walk: Walk, fills: list[Colour], route: Route) -> np.ndarray:
    mode, inner = BORDERS[walk.border], []
    if walk.border == "constant":
        inner = [i for i, covers in enumerate(route.covers) if not covers]
        if inner[:1] == [0] and walk.legs[0].sides is True:
            inner = inner[1:]
        else:
            mode = cv2.BORDER_REPLICATE
    full = 255.0 if image.dtype == np.uint8 else 1.0
    if full > 1:  # fractions again at the end, where the image is smallest
        fills = [tuple(full * c for c in fill) for fill in fills]
    image, centre = _near(image, walk.border, route.boxes[0])
    out = _warp_in_fours(image, centre, route.matrices[0], walk.size, mode, fills[0])
    while inner:
        fill, gain = fills[inner[0]], None
        while inner and fills[inner[0]] == fill:
            i = inner.pop(0)
            plane = cover(route.matrices[i], walk.legs[i].size, walk.legs[i].sides, walk.size)
            gain = plane if gain is None else gain * plane
        if not inner and not any(fill):
            return blended(out, gain, fill, 1 / full)  # type: ignore[arg-type]
        out = blended(out, gain, fill)  # type: ignore[arg-type]
    return np.multiply(out, STEP, out=out) if full > 1 else out


def _near(image: np.ndarray, border: str, box: tuple[float, float, float, float]) -> tuple[np.ndarray, tuple[float, float]]:
    """The part of the source that the output can see, and the source's centre in it."""
    height, width = image.shape[:2]
    x, y = (width - 1) / 2, (height - 1) / 2
    if border in ("constant", "replicate"):
        x0, y0 = max(0, min(width - 1, int(box[0] + x) - 1)), max(0, min(height - 1, int(box[1] + y) - 1))
        x1, y1 = max(x0 + 1, min(width, int(box[2] + x) + 3)), max(y0 + 1, min(height, int(box[3] + y) + 3))
        return image[y0:y1, x0:x1], (x - x0, y - y0)
    return image, (x, y)


def _warp_in_fours(
    image: np.ndarray, centre: tuple[float, float], matrix: Rows, size: Size, mode: int, fill: Colour
) -> np.ndarray:
    """Warp to float32; cv2 warps four channels in half the time of three."""
    four = image.shape[2] == 3
    if four:
        image = cv2.cvtColor(image, cv2.COLOR_RGB2RGBA)
        fill = (*fill, 0.0)
    out = _cv_warp(image.astype(np.float32, copy=False), centre, matrix, size, mode, fill)
    del image  # its memory is needed no more, and the largest image is the last
    return cv2.cvtColor(out, cv2.COLOR_RGBA2RGB) if four else out


def _cv_warp(image: np.ndarray, centre: tuple[float, float], matrix: Rows, size: Size, mode: int, fill: Colour) -> np.ndarray:
    """One call of cv2: ``matrix`` goes from the output to the source, both relative to their centres."""
    height, width = size
    x, y = (width - 1) / 2, (height - 1) / 2
    (a, b, c), (d, e, f), (g, h, i) = matrix
    c, f, i = c - a * x - b * y, f - d * x - e * y, i - g * x - h * y
    cx, cy = centre
    if g == h == 0 and i == 1:
        warp, index = cv2.warpAffine, np.array([[a, b, c + cx], [d, e, f + cy]])
    else:
        index = np.array([[a + cx * g, b + cx * h, c + cx * i], [d + cy * g, e + cy * h, f + cy * i], [g, h, i]])
        warp = cv2.warpPerspective
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP

    def run(part: np.ndarray, group: slice) -> np.ndarray:
        return warp(part, index, (width, height), flags=flags, borderMode=mode, borderValue=fill[group])

    return in_groups(image, run)


def blended(image: np.ndarray, gain: np.ndarray, fill: Colour, scale: float = 1.0) -> np.ndarray:
    """``scale·(gain·image + (1 − gain)·fill)``."""
    if gain.shape != image.shape[:2]:
        gain = np.broadcast_to(gain, image.shape[:2]).copy()
    if image.shape[2] == 3 and not any(fill):
        return cv2.multiply(image, cv2.cvtColor(gain, cv2.COLOR_GRAY2RGB), image, scale)
    flat, rest = _flat(image.shape, fill), 1 - gain
    out = in_parts(image, lambda part, group: cv2.blendLinear(part, np.ascontiguousarray(flat[..., group]), gain, rest))
    return out if scale == 1 else np.multiply(out, np.float32(scale), out=out)


@lru_cache(maxsize=16)
def _flat(shape: tuple[int, ...], colour: Colour) -> np.ndarray:
    image = np.empty(shape, np.float32)
    image[:] = colour
    image.setflags(write=False)
    return image


def _pick(image: np.ndarray, walk: Walk, fills: list[Colour], route: Route | None) -> np.ndarray:
    """Nearest pixels: copied, whatever their type."""
    kind, image = image.dtype, np.ascontiguousarray(image)
    bits, legs = image.view(BITS[image.itemsize]), walk.legs
    edges = [] if route is None else [i for i, covers in enumerate(route.covers) if not covers]
    if route is None or (edges and walk.border != "constant"):
        out, layers = maps.pick(bits, walk)
    else:
        out = maps.picked(bits, *coordinates(route.matrices[0], walk.size, np.float64), walk.border)
        layers = [(i, cover(route.matrices[i], legs[i].size, legs[i].sides, walk.size, nearest=True)) for i in edges]
    out = out.view(kind)
    for i, inside in layers:
        np.copyto(out, np.array(fills[i], kind), where=~inside[..., None])
    return out
