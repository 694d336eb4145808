"""What a batch of torchvision's is: stacks of images and masks, and labels as rows."""

from __future__ import annotations

from typing import Any

import torch

from augment.engine.checks import check_classes
from augment.errors import SampleError
from augment.sample import TEXTS
from augment_torchvision.reading import Reading
from augment_torchvision.samples import FRAMES


def rasters(reading: Reading) -> tuple[dict[str, Any], dict[str, Any], dict[str, Any]]:
    """Images and masks of a batch as (N, C, H, W), and labels as rows."""
    images: dict[str, Any] = {}
    masks: dict[str, Any] = {}
    labels: dict[str, Any] = {}
    for name, target in reading.targets.items():
        value = reading.places[name].value
        if target.kind in TEXTS:
            continue
        if target.kind in ("boxes", "keypoints") or not isinstance(value, torch.Tensor):
            points = target.kind in ("boxes", "keypoints")
            alone = f"transform {target.kind} sample by sample, as .over(dataset) and .collate do"
            fix = alone if points else "give it as a tensor"
            raise SampleError(f"{name}: batches hold tensors of images, masks and labels; {fix}")
        plain = value.as_subclass(torch.Tensor)
        if target.kind == "labels":
            labels[name] = _rows(name, plain, target.classes)
        elif target.kind == "mask" and plain.ndim == 3:
            masks[name] = plain[:, None]
        elif plain.ndim != 4:
            fix = f"; a video is not moved, but {FRAMES}" if plain.ndim == 5 else ""
            what = f"a tensor of the shape {tuple(value.shape)} is no batch (N, channels, height, width)"
            raise SampleError(f"{name}: {what}{fix}")
        else:
            (masks if target.kind == "mask" else images)[name] = plain
    return images, masks, labels


def _rows(name: str, labels: torch.Tensor, classes: int | None) -> torch.Tensor:
    """Labels of a batch as rows that can be mixed."""
    check_classes(name, labels.shape[1:], not labels.is_floating_point(), classes)
    if labels.ndim > 1:
        return labels if labels.is_floating_point() else labels.float()
    if classes is None:
        fix = f"declare targets: {{{name}: {{kind: labels, classes: N}}}}, or give one-hot rows"
        raise SampleError(f"{name}: whole numbers cannot be mixed or smoothed; {fix}")
    if not ((labels >= 0) & (labels < classes)).all():
        raise SampleError(f"{name}: {int(labels.max())} is not one of {classes} classes")
    return torch.nn.functional.one_hot(labels.long(), classes).float()
