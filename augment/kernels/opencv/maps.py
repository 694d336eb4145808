"""Resampling by coordinate maps: where fields displace, canvases fold, or a horizon is in sight."""

from __future__ import annotations

import cv2
import numpy as np

from augment.kernels.opencv.cover import covered
from augment.kernels.opencv.form import in_groups, in_parts, wide
from augment.kernels.reference import NEAREST_BIAS
from augment.program.walk import HORIZON, Leg, Walk


def blend(image: np.ndarray, walk: Walk, fills: list[tuple[float, ...]]) -> np.ndarray:
    """Sample bilinearly, or bicubically; canvases fade out under a constant border."""
    from augment.kernels.opencv.warp import blended

    x, y, layers = _trace(walk, nearest=False)
    out = _read(wide(image), x, y, walk)
    for i, cover in layers:
        out = blended(out, cover, fills[i])
    return out


def pick(image: np.ndarray, walk: Walk) -> tuple[np.ndarray, list[tuple[int, np.ndarray]]]:
    """Sample the nearest pixels; also returns the legs whose canvas does not cover all, and where it does, from the source on."""
    x, y, layers = _trace(walk, nearest=True)
    return picked(image, x, y, walk.border), layers


def picked(image: np.ndarray, x: np.ndarray, y: np.ndarray, border: str) -> np.ndarray:
    """The pixels nearest to coordinates relative to the centre, which may be a row and a column."""
    rows, columns = (_index(at, extent, border) for at, extent in ((y, image.shape[0]), (x, image.shape[1])))
    if rows.shape[1] == 1 and columns.shape[0] == 1:
        return np.ascontiguousarray(image[rows[:, 0].astype(int)][:, columns[0].astype(int)])
    shape = np.broadcast_shapes(rows.shape, columns.shape)
    x, y = (np.ascontiguousarray(np.broadcast_to(at, shape)) for at in (columns, rows))
    return in_parts(image, lambda part, _: cv2.remap(part, x, y, cv2.INTER_NEAREST, borderMode=cv2.BORDER_REPLICATE))


def _index(at: np.ndarray, extent: int, border: str) -> np.ndarray:
    index = np.floor(at + ((extent - 1) / 2 + 0.5 - NEAREST_BIAS))
    index = np.mod(index, extent) if border == "wrap" else np.clip(index, 0, extent - 1, out=index)
    return index.astype(np.float32)  # whole numbers, so cv2 has nothing to round


def _read(image: np.ndarray, x: np.ndarray, y: np.ndarray, walk: Walk) -> np.ndarray:
    height, width = walk.source
    x, y = x + (width - 1) / 2, y + (height - 1) / 2
    if walk.border == "wrap":
        mode = cv2.BORDER_WRAP
    else:
        x, y, mode = np.clip(x, -2, width + 1), np.clip(y, -2, height + 1), cv2.BORDER_REPLICATE
    x, y = x.astype(np.float32), y.astype(np.float32)
    way = cv2.INTER_CUBIC if walk.interpolation == "bicubic" else cv2.INTER_LINEAR
    out = in_groups(image, lambda part, _: cv2.remap(part, x, y, way, borderMode=mode))
    return np.clip(out, 0, 1, out=out) if way == cv2.INTER_CUBIC else out


def _trace(walk: Walk, nearest: bool) -> tuple[np.ndarray, np.ndarray, list[tuple[int, np.ndarray]]]:
    """Where each output pixel lies on the source, relative to its centre, and the coverage of each leg's canvas."""
    height, width = walk.size
    # beyond a horizon's neighbourhood float32 is too coarse to fold by
    kind = np.float64 if nearest or any(leg.inverse[2, :2].any() for leg in walk.legs) else np.float32
    x, y = np.meshgrid(np.arange(width) - (width - 1) / 2, np.arange(height) - (height - 1) / 2)
    x, y = x.astype(kind), y.astype(kind)
    layers = []
    for i, leg in reversed(list(enumerate(walk.legs))):
        if leg.field is not None:
            x, y = _displaced(leg, x, y, straight=i == len(walk.legs) - 1)
        x, y, seen = _back(leg, x, y)
        if walk.border == "constant":
            if leg.sides is not False:
                cover = covered(x, y, leg.size, leg.sides, nearest)
                layers.append((i, cover if seen is None else cover & seen if nearest else cover * seen))
            elif seen is not None:
                layers.append((i, seen))
        elif walk.fades(leg):
            x, y = _folded(x, leg.size[1], walk.border), _folded(y, leg.size[0], walk.border)
    return x, y, [(i, c if nearest else c.astype(np.float32)) for i, c in reversed(layers)]


def _back(leg: Leg, x: np.ndarray, y: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray | None]:
    """Take coordinates on a leg's output to its input; also returns which are in front of the camera, if not all."""
    (a, b, c), (d, e, f), (g, h, i) = leg.inverse.tolist()
    if (a, b, c, d, e, f) != (1, 0, 0, 0, 1, 0):
        at_x, at_y = x * a + y * b + c, x * d + y * e + f
    else:
        at_x, at_y = x, y
    if not g and not h and i == 1:
        return at_x, at_y, None
    w = x * g + y * h + i
    seen = w > HORIZON
    w = np.where(seen, w, 1)
    return at_x / w, at_y / w, None if seen.all() else seen


def _displaced(leg: Leg, x: np.ndarray, y: np.ndarray, straight: bool) -> tuple[np.ndarray, np.ndarray]:
    field = np.asarray(leg.field, np.float32)
    if not straight:
        height, width = field.shape[:2]
        at = np.clip(x + (width - 1) / 2, 0, width - 1), np.clip(y + (height - 1) / 2, 0, height - 1)
        x_at, y_at = (v.astype(np.float32) for v in at)
        field = in_groups(field, lambda part, _: cv2.remap(part, x_at, y_at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE))
    return x + field[..., 0], y + field[..., 1]


def _folded(x: np.ndarray, extent: int, border: str) -> np.ndarray:
    """Bring coordinates, relative to the centre, back into a canvas as its border says."""
    centre = (extent - 1) / 2
    match border:
        case "reflect":  # d c b a | a b c d
            period = 2 * extent
            x = np.mod(x + (centre + 0.5), period)
            return np.minimum(x, period - x) - (centre + 0.5)
        case "reflect101":  # d c b | a b c d
            if extent == 1:
                return x * 0
            period = 2 * (extent - 1)
            x = np.mod(x + centre, period)
            return np.minimum(x, period - x) - centre
        case "wrap":
            return np.mod(x + centre, extent) - centre
    return np.clip(x, -centre, centre)
