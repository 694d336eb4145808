"""A batch of tensors on the CPU, sample by sample on the kernels of the host, by as many threads as torch has."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor

import numpy as np
import torch

from augment.engine.host import Executor
from augment.program.block import Block
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
    executor: Executor, values: Values, images: Rasters, masks: Rasters, fills: Mapping[str, int], labels: Rasters
) -> tuple[Rasters, Rasters, Rasters]:
    """Run a program on images (N, C, H, W), masks (N, layers, H, W) and rows of labels, with values of shape (N, ...).

    The result depends on the samples alone, and not on the threads.
    """
    check_batch(executor.program, images, masks, fills)
    count = len(next(iter(images.values())))
    drawn = Block(values, count).rows()
    arrays = {name: np.moveaxis(raster.detach().numpy(), 1, 3) for name, raster in {**images, **masks}.items()}
    rows = {name: own.detach().cpu().numpy() for name, own in labels.items()} if executor.program.relabels else {}
    out: dict[str, np.ndarray] = {}

    def run(i: int) -> dict[str, np.ndarray]:
        made = executor({name: array[i] for name, array in {**arrays, **rows}.items()}, drawn[i])
        return {name: entry if name in rows else np.moveaxis(entry, 2, 0) for name, entry in made.items()}

    def fill(i: int) -> None:
        for name, entry in run(i).items():
            out[name][i] = entry

    for name, first in run(0).items():  # its sizes and types are those of all
        out[name] = np.empty((count, *first.shape), first.dtype)
        out[name][0] = first
    _for_each(fill, range(1, count), min(torch.get_num_threads(), count - 1))
    made = {name: torch.from_numpy(array) for name, array in out.items()}
    changed = {name: made[name].to(own.device) if name in made else own for name, own in labels.items()}
    return {name: made[name] for name in images}, {name: made[name] for name in masks}, changed


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
