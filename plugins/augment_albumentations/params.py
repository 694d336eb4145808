"""Albumentations' ``BboxParams`` and ``KeypointParams`` against a spec's targets: read as options, and shown as attributes."""

from __future__ import annotations

from typing import Any

import albumentations as A

from augment.errors import SpecError
from augment.sample import Target
from augment.spec.node import Pipeline

FORMATS = {"pascal_voc": "xyxy", "coco": "xywh", "yolo": "yolo", "albumentations": "xyxy"}
_SPELLINGS = {"xyxy": "pascal_voc", "xywh": "coco", "yolo": "yolo"}
_NEUTRAL = {
    "min_area": 0, "min_visibility": 0, "min_width": 0, "min_height": 0, "max_accept_ratio": None, "filter_invalid_bboxes": False,
}  # fmt: skip


def boxes_as(params: Any, targets: dict[str, Target], pipeline: Pipeline) -> frozenset[str]:
    """Put given ``bbox_params`` into the targets; returns the boxes that are fractions, of the format 'albumentations'."""
    if params is None:
        return frozenset()
    params = _read("bbox_params", params, A.BboxParams, pipeline)
    for name, neutral in _NEUTRAL.items():
        if getattr(params, name) != neutral:
            fix = "write the policy in the spec: targets: {boxes: {kind: boxes, min_area: 16px, min_visibility: 0.1}}"
            raise SpecError(f"bbox_params: {name} is not read; {fix}")
    if params.format not in FORMATS:
        raise SpecError(f"bbox_params: the format is one of {', '.join(FORMATS)}, not {params.format!r}")
    carry = tuple(params.label_fields or ())
    targets["boxes"] = Target(kind="boxes", format=FORMATS[params.format], carry=carry)
    return frozenset({"boxes"}) if params.format == "albumentations" else frozenset()


def keypoints_as(params: Any, targets: dict[str, Target], pipeline: Pipeline) -> None:
    """Put given ``keypoint_params`` into the targets."""
    if params is None:
        return
    params = _read("keypoint_params", params, A.KeypointParams, pipeline)
    if params.format != "xy":
        raise SpecError(f"keypoint_params: the format is xy, not {params.format!r}: angle and scale are not moved")
    invisible = "drop" if params.remove_invisible else "keep"
    targets["keypoints"] = Target(kind="keypoints", carry=tuple(params.label_fields or ()), invisible=invisible)


def _read(option: str, params: Any, kind: type, pipeline: Pipeline) -> Any:
    if pipeline.targets:
        raise SpecError(f"{option}: the spec declares targets, which say the format already; leave one of them out")
    try:
        return kind(**params) if isinstance(params, dict) else params
    except TypeError as error:
        raise SpecError(f"{option}: {error}") from None


def box_params(targets: dict[str, Target], fractions: frozenset[str]) -> A.BboxParams | None:
    """The first boxes among the targets, as Albumentations says it; its filters stay neutral, those of the spec decide."""
    for name, target in targets.items():
        if target.kind == "boxes" and target.format in _SPELLINGS:
            form = "albumentations" if name in fractions else _SPELLINGS[target.format]
            return A.BboxParams(form, label_fields=list(target.carry))
    return None


def keypoint_params(targets: dict[str, Target]) -> A.KeypointParams | None:
    """The first keypoints among the targets, as Albumentations says it."""
    for target in targets.values():
        if target.kind == "keypoints":
            return A.KeypointParams("xy", label_fields=list(target.carry), remove_invisible=target.invisible == "drop")
    return None
