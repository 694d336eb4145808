"""Runs a program on a batch of tensors, on their device: pixels with the torch kernels, points on the host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.engine.batch import Batch, BatchExecutor, BatchPoints
from augment.engine.boxes import Boxes
from augment.engine.canvases import refuse_drawn_canvases
from augment.engine.checks import check_fills, check_levels, check_ops, out_of_range
from augment.engine.editor import BUILTIN, Editor
from augment.engine.host import Executor
from augment.errors import SampleError
from augment.kernels import extents
from augment.program.lower import Program
from augment.sample import TEXTS, Target
from augment_torchvision import kernels

Values = Mapping[str, Mapping[str, Any]]
Rasters = dict[str, Tensor]


def run_pixels(
    program: Program, values: Values, images: Rasters, masks: Rasters, fills: Mapping[str, int], labels: Rasters | None = None,
    points: Mapping[str, BatchPoints] | None = None,
) -> Batch:  # fmt: skip
    """Run a program on images (N, C, H, W), masks (N, layers, H, W) and rows of labels, with values of shape (N, ...)."""
    size = check_batch(program, images, masks, fills)
    batch = Batch(values, size, masks=dict(masks), mask_fills=dict(fills), labels=dict(labels or {}))
    batch.points = dict(points or {})
    for name, image in images.items():
        batch.images[name] = _enter(name, image, program)
    BatchExecutor(program, kernels, np)(batch)
    made = getattr(torch, program.makes) if program.makes else None
    for name, image in images.items():
        batch.images[name] = _leave(batch.images[name], made or image.dtype)
    return batch


def check_batch(program: Program, images: Rasters, masks: Rasters, fills: Mapping[str, int]) -> tuple[int, int]:
    """Raise `SampleError` where a program cannot run on a batch; returns the size of its images."""
    size = _common_size({**images, **masks})
    for name, image in images.items():
        check_ops(program, name, image.shape[1])
        if 0 in image.shape:
            raise SampleError(f"{name}: has no pixels (shape {tuple(image.shape)})")
    for name, mask in masks.items():
        _check_fills(program, name, mask, fills[name])
    if len(next(iter(images.values()))) > 1:
        refuse_drawn_canvases(program, size)
    return size


def run_one(
    program: Program, sample: Mapping[str, Any], targets: Mapping[str, Target], values: Values, images: Rasters, masks: Rasters,
    editor: Editor = BUILTIN,
) -> dict[str, Any]:  # fmt: skip
    """Run a program on one sample: its rasters (1, C, H, W) as a batch of one, and the rest of ``sample`` on the host."""
    rest: dict[str, Any] = {}
    fills = {name: targets[name].fill for name in masks}
    if any("mask" in leaf.op.reads for leaf in program.leaves if leaf.op.relocates):
        values = _aimed(program, sample, values, images, masks, fills)
    if any(t.kind in {"boxes", "keypoints"} | TEXTS or t.classes for t in targets.values()):
        # the same executor as on the host, with rasters that have a size and no pixels
        hollow = {name: extents.hollow((*r.shape[2:], r.shape[1])) for name, r in {**images, **masks}.items()}
        state, moved = extents.without_pixels(program, {**sample, **hollow}, values, editor)
        rest = {name: moved[name] for name in moved if name not in hollow}
        program, values = program.without(state.closed), state.values
    batch = run_pixels(program, _as_batch(values), images, masks, fills)
    return {**sample, **batch.images, **batch.masks, **rest}


def _as_batch(values: Values) -> dict[str, dict[str, Any]]:
    return {key: {name: np.asarray(v)[None] for name, v in own.items()} for key, own in values.items()}


def _aimed(
    program: Program, sample: Mapping[str, Any], values: Values, images: Rasters, masks: Rasters, fills: Mapping[str, int]
) -> Values:
    """The values of a sample with the windows of the ops that look at its masks, whose pixels the host does not have."""
    hollow = {name: extents.hollow((*r.shape[2:], r.shape[1])) for name, r in {**images, **masks}.items()}
    start = Executor(program, extents).start({**sample, **hollow}, values)
    points = {name: BatchPoints(p.at[None], p.alive[None], p.size) for name, p in start.rows.items() if isinstance(p, Boxes)}
    seen = run_pixels(program, _as_batch(values), images, masks, fills, points=points).values
    return {
        key: {**own, "window": seen[key]["window"][0]} if "window" in seen.get(key, {}) else own for key, own in values.items()
    }


def _common_size(rasters: Rasters) -> tuple[int, int]:
    sizes = {name: tuple(raster.shape[2:]) for name, raster in rasters.items()}
    first = next(iter(sizes))
    for name, size in sizes.items():
        if size != sizes[first]:
            ours, theirs = (" x ".join(map(str, s)) for s in (size, sizes[first]))
            raise SampleError(f"{name} is {ours}, but {first} is {theirs} (height x width)")
        if len(rasters[name]) != len(rasters[first]):
            raise SampleError(f"{name} is a batch of {len(rasters[name])}, but {first} of {len(rasters[first])}")
    return sizes[first]  # type: ignore[return-value]


def _check_fills(program: Program, name: str, mask: Tensor, fill: int) -> None:
    """Refuse a mask that cannot hold the labels that are written into it."""
    check_fills(name, mask.dtype, (fill, *program.fill_labels), lambda label, dtype: torch.tensor(label).to(dtype))


def _enter(name: str, image: Tensor, program: Program) -> Tensor:
    """As float32 in [0, 1]."""
    full_scale = program.full_scale
    if image.dtype == torch.uint8:
        return image.to(torch.float32) / 255
    if full_scale is None and not image.dtype.is_floating_point:
        levels = image.to(torch.int64)  # few functions take unsigned numbers of 16 bits
        check_levels(name, image.dtype, *(int(x) for x in torch.aminmax(levels)))
        return levels.to(torch.float32) / 255
    image = image.to(torch.float32)
    low, high = (float(x) for x in torch.aminmax(image.detach()))
    if not 0 <= low <= high <= (full_scale or 1):  # not a number is neither
        if full_scale is not None:
            raise SampleError(f"{name}: has values up to {high:g}; to_float: {{max: {full_scale:g}}} must cover them")
        raise out_of_range(name, low, high, program.mixes)
    return image if full_scale is None else image / full_scale


def _leave(image: Tensor, dtype: torch.dtype) -> Tensor:
    """In the type that came in, rounded once."""
    return image.to(dtype) if dtype.is_floating_point else (image * 255).round_().clamp_(0, 255).to(dtype)
