"""What several ops move pixels by: canvases that grow, displacements of a lens, lattices of weights."""

from typing import Any, Literal

import numpy as np

from augment.ops.kinds import Array, Move, Size, matrix

Spot = Literal["top_left", "top_right", "bottom_left", "bottom_right", "center"]


def padded(size: Size, out: Size, corner: Size, xp: Any) -> Move:
    """Put an image on a larger canvas, with its top left corner at ``corner``."""
    top, left = corner
    bottom, right = out[0] - size[0] - top, out[1] - size[1] - left
    shift_x, shift_y = (right - left) * -0.5, (bottom - top) * -0.5
    # x_in = x_out − left, and the centres are (out − 1)/2 and (size − 1)/2
    inverse = matrix(xp, (1, 0, -shift_x), (0, 1, -shift_y), (0, 0, 1))
    return Move(inverse, out, sides=(left > 0, top > 0, right > 0, bottom > 0))


def lens(k1: Array, k2: Array, size: Size, xp: Any) -> Array:
    """(..., h, w, 2): the displacement of OpenCV's lens model, ``k1·r² + k2·r⁴`` times the distance from the centre, for a camera
    whose focal lengths are the width and the height."""
    height, width = size
    y, x = middle(height, xp)[:, None], middle(width, xp)[None, :]
    r2 = (x / width) ** 2 + (y / height) ** 2
    more = k1[..., None, None] * r2 + k2[..., None, None] * r2**2
    return xp.stack([x * more, y * more], axis=-1)


def middle(extent: Any, xp: Any) -> Array:
    """(extent,): the pixels of a side, from its middle."""
    return xp.multiply(xp.arange(extent), 1.0) - (extent - 1) * 0.5


def smooth(extent: Any, sigma: Array, knots: int, xp: Any) -> Array:
    """(..., extent, knots): the weight of each knot of a lattice at each pixel, a Gaussian; the squares of a row sum to one."""
    sigma = sigma[..., None, None]
    at = xp.multiply(xp.arange(extent)[:, None], 1.0)
    knot = xp.array(np.linspace(0, 1, knots, dtype=np.float32))[None, :]
    centre = (extent - 1 + 4 * sigma) * knot - 2 * sigma
    weight = xp.exp(-0.5 * ((at - centre) / sigma) ** 2)
    return weight / xp.sqrt(xp.sum(weight**2, axis=-1, keepdims=True))
