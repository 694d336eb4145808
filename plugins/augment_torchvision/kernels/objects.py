"""What masks hold: a pixel of an object."""

from __future__ import annotations

from typing import Any

import numpy as np
import torch
from torch import Tensor


def locate(mask: Tensor, uniform: Any, ignore: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """As the reference's, of masks (B, C, H, W) and uniforms (B,); the answers are on the host."""
    filled = mask != 0
    for label in ignore:
        filled &= mask != label
    upto = filled.any(1).flatten(1).cumsum(1)
    count = upto[:, -1].cpu().numpy()
    which = np.minimum(np.floor(np.asarray(uniform, np.float32) * count.astype(np.float32)).astype(np.int64), count - 1)
    at = torch.searchsorted(upto, torch.from_numpy(which + 1).to(mask.device)[:, None])[:, 0].cpu().numpy()
    return count > 0, at // mask.shape[3], at % mask.shape[3]
