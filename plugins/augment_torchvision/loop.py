"""A batch of tensors on the CPU, sample by sample on the kernels of the host, by as many threads as torch has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import torch

from augment.engine.host import Executor
from augment.program.ahead import each
from augment_torchvision.batches import Rasters, Values, check_batch

KNOWN = frozenset({torch.uint8, torch.int16, torch.int32, torch.int64, torch.float16, torch.float32, torch.float64, torch.bool})
"""Types that are NumPy's too."""


def runs_on_host(rasters: Rasters) -> bool:
    """Whether the pixels of a batch lie on the CPU, in types of NumPy's, and nobody asks for their gradients or compiles."""
    if torch.compiler.is_compiling():
        return False
    if torch.is_grad_enabled() and any(raster.requires_grad for raster in rasters.values()):
        return False
    return all(raster.device.type == "cpu" and raster.dtype in KNOWN for raster in rasters.values())


def run_samples(
    executor: Executor, values: Values, images: Rasters, masks: Rasters, fills: Mapping[str, int]
) -> tuple[Rasters, Rasters]:
    """Run a program on images (N, C, H, W) and masks (N, layers, H, W), with values of shape (N, ...).

    The result depends on the samples alone, and not on the threads.
    """
    check_batch(executor.program, images, masks, fills)
    count = len(next(iter(images.values())))
    drawn = each(values, count)
    arrays = {name: np.moveaxis(raster.detach().numpy(), 1, 3) for name, raster in {**images, **masks}.items()}
    out: dict[str, np.ndarray] = {}

    def run(i: int) -> dict[str, Any]:
        return executor({name: array[i] for name, array in arrays.items()}, drawn[i])

    def fill(i: int) -> None:
        for name, raster in run(i).items():
            out[name][i] = np.moveaxis(raster, 2, 0)

    for name, raster in run(0).items():  # its sizes and types are those of all
        first = np.moveaxis(raster, 2, 0)
        out[name] = np.empty((count, *first.shape), first.dtype)
        out[name][0] = first
    _for_each(fill, range(1, count), min(torch.get_num_threads(), count - 1))
    made = {name: torch.from_numpy(array) for name, array in out.items()}
    return {name: made[name] for name in images}, {name: made[name] for name in masks}


def _for_each(run: Callable[[int], None], numbers: range, threads: int) -> None:
    """Call a function with each number, by some threads: kernels let others run while they do."""
    if threads < 2:
        for number in numbers:
            run(number)
        return
    with ThreadPoolExecutor(threads) as pool:  # made for the call: a process that forks between two has no threads to lose
        for _ in pool.map(run, numbers):
            pass


__all__ = ["run_samples", "runs_on_host"]
