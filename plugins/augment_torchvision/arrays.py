"""A sample of NumPy arrays on the batch kernels."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.engine.checks import check_image, check_mask
from augment.engine.editor import BUILTIN, Editor
from augment.engine.host import Executor
from augment.kernels import extents
from augment.program.lower import Program
from augment.sample import claim
from augment_torchvision.batches import run_one


def run_arrays(program: Program, sample: Mapping[str, Any], values: Any, editor: Editor = BUILTIN) -> dict[str, Any]:
    """Run a program on one sample, NumPy in and NumPy out."""
    targets = claim(sample, program.pipeline.targets)
    images = {name: _tensor(check_image(name, sample[name])) for name, t in targets.items() if t.kind == "image"}
    executor = Executor(program, extents, editor)
    if not images:  # nothing to do, or an error
        return executor(sample, values)
    executor.start(sample, values)  # its checks are those of every backend
    masks = {name: _tensor(check_mask(name, sample[name])) for name, t in targets.items() if t.kind == "mask"}
    out = run_one(program, sample, targets, values, images, masks, editor)
    for name in (*images, *masks):
        raster = out[name][0].permute(1, 2, 0).contiguous().numpy()
        out[name] = raster[..., 0] if np.ndim(sample[name]) == 2 else raster
    return out


def _tensor(raster: np.ndarray) -> Tensor:
    return torch.from_numpy(np.array(raster)).permute(2, 0, 1)[None]
