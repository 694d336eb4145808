"""Colour chains: tables while the image is uint8 and channels keep apart, then matrices on float32.

Neighbouring matrices are multiplied as long as the clip between them cannot matter, which their coefficients tell: nothing leaves
[0, 1], or what has left it at one end stays beyond that end, where the next clip brings it back as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from augment.kernels.opencv.form import leave
from augment.kernels.opencv.levels import Table
from augment.kernels.opencv.matrix import Matrix
from augment.ops.kinds import Bend, Scale, Stroke


def pointwise(image: np.ndarray, chain: Sequence[Stroke]) -> np.ndarray:
    """Run a chain of pointwise ops."""
    return _through(image, chain).done()


def planes(image: np.ndarray, chain: Sequence[Stroke], dtype: np.dtype) -> np.ndarray:
    """The same for images that leave as tensors: (H, W, C), whose channels lie apart in memory where that costs nothing."""
    if not chain or not isinstance(chain[-1].form, Scale) or dtype != np.float32:
        return leave(pointwise(image, chain) if chain else image, dtype)
    work = _through(image, chain)
    return work.planes() if isinstance(work, Matrix) else work.done()


def _through(image: np.ndarray, chain: Sequence[Stroke]) -> Table | Matrix:
    # matrices are quicker than tables, but not than curves on every pixel
    curved = image.dtype == np.uint8 and any(isinstance(stroke.form, Bend) for stroke in chain)
    work: Table | Matrix = Table(image) if curved else Matrix(image)
    for stroke in chain:
        if isinstance(work, Table):
            if work.add(stroke):
                continue
            work = Matrix(work.done())
        work.add(stroke)
    return work
