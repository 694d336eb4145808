"""Runs a program on a batch of tensors, on their device: pixels with the torch kernels, points on the host."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import torch
from torch import Tensor

from augment.errors import SampleError
from augment.kernels import extents
from augment.ops.kinds import Erase, Tail
from augment.ops.tail import ToFloat
from augment.program.batch import Batch, BatchExecutor, refuse_drawn_canvases
from augment.program.execute import check_ops, out_of_range
from augment.program.lower import Program
from augment.program.texts import BUILTIN, Editor
from augment.sample import TEXTS, Target
from augment_torchvision import kernels

Values = Mapping[str, Mapping[str, Any]]
Rasters = dict[str, Tensor]


def run_pixels(
    program: Program, values: Values, images: Rasters, masks: Rasters, fills: Mapping[str, int], labels: Rasters | None = None
) -> Batch:
    """Run a program on images (N, C, H, W), masks (N, layers, H, W) and rows of labels, with values of shape (N, ...)."""
    batch = Batch(values, _common_size({**images, **masks}), masks=dict(masks), mask_fills=dict(fills), labels=dict(labels or {}))
    for name, image in images.items():
        check_ops(program, name, image.shape[1])
        batch.images[name] = _enter(name, image, _full_scale(program))
    for name, mask in masks.items():
        _check_fills(program, name, mask, fills[name])
    if len(next(iter(images.values()))) > 1:
        refuse_drawn_canvases(program, batch.size)
    BatchExecutor(program, kernels, np)(batch)
    floats = any(isinstance(leaf.op, Tail) for leaf in program.leaves)
    for name, image in images.items():
        batch.images[name] = _leave(batch.images[name], torch.float32 if floats else image.dtype)
    return batch


def run_one(
    program: Program, sample: Mapping[str, Any], targets: Mapping[str, Target], values: Values, images: Rasters, masks: Rasters,
    editor: Editor = BUILTIN,
) -> dict[str, Any]:  # fmt: skip
    """Run a program on one sample: its rasters (1, C, H, W) as a batch of one, and the rest of ``sample`` on the host."""
    rest: dict[str, Any] = {}
    if any(t.kind in {"boxes", "keypoints"} | TEXTS or t.classes for t in targets.values()):
        # the same executor as on the host, with rasters that have a size and no pixels
        hollow = {name: extents.hollow((*r.shape[2:], r.shape[1])) for name, r in {**images, **masks}.items()}
        state, moved = extents.without_pixels(program, {**sample, **hollow}, values, editor)
        rest = {name: moved[name] for name in moved if name not in hollow}
        program = program.without(state.closed)
    one = {key: {name: np.asarray(v)[None] for name, v in own.items()} for key, own in values.items()}
    batch = run_pixels(program, one, images, masks, {name: targets[name].fill for name in masks})
    return {**sample, **batch.images, **batch.masks, **rest}


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
    erasing = (leaf.op.fill_mask for leaf in program.leaves if isinstance(leaf.op, Erase))
    for label in (fill, *(label for label in erasing if label is not None)):
        if not mask.dtype.is_floating_point and int(torch.tensor(label).to(mask.dtype)) != label:
            raise SampleError(f"{name}: is {mask.dtype}, which has no {label}: choose another fill, or a wider type")


def _full_scale(program: Program) -> float | None:
    first = next((leaf.op for leaf in program.leaves if leaf.op.modality == "image"), None)
    return first.max if isinstance(first, ToFloat) else None


def _enter(name: str, image: Tensor, full_scale: float | None) -> Tensor:
    """As float32 in [0, 1]."""
    if 0 in image.shape:
        raise SampleError(f"{name}: has no pixels (shape {tuple(image.shape)})")
    if image.dtype == torch.uint8:
        return image.to(torch.float32) / 255
    if full_scale is None and not image.dtype.is_floating_point:
        fix = "begin with to_float: {max: ...}"
        raise SampleError(f"{name}: is {image.dtype}; only uint8 and floats have a known full scale: {fix}")
    image = image.to(torch.float32)
    low, high = (float(x) for x in torch.aminmax(image))
    if not 0 <= low <= high <= (full_scale or 1):  # not a number is neither
        if full_scale is not None:
            raise SampleError(f"{name}: has values up to {high:g}; to_float: {{max: {full_scale:g}}} must cover them")
        raise out_of_range(name, low, high)
    return image if full_scale is None else image / full_scale


def _leave(image: Tensor, dtype: torch.dtype) -> Tensor:
    """In the type that came in, rounded once; integers with a declared full scale stay floats."""
    if dtype == torch.uint8:
        return (image * 255).round_().clamp_(0, 255).to(torch.uint8)
    return image.to(dtype) if dtype.is_floating_point else image
