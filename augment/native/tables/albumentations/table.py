"""The table itself, and what a `Compose` says about the targets."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from augment.native.call import Call
from augment.native.entry import Table
from augment.spec.node import Node

FORMATS = {"coco": "xywh", "pascal_voc": "xyxy", "yolo": "yolo"}
KINDS = {"image": "image", "mask": "mask", "masks": "mask", "bboxes": "boxes", "keypoints": "keypoints"}


class Albumentations(Table):
    """Its eras are 2, and 1, which stands for 0.x too: those were of one meaning where a class was in both."""

    def dated(self, call: Call) -> bool:
        return "always_apply" in call.kwargs

    def settled(self, call: Call, era: str | None, arguments: dict[str, Any]) -> dict[str, Any]:
        """``always_apply=True`` stood above p, until 2.0 dropped it; in a choice p is still the weight."""
        always = era == "1" and call.kwargs.get("always_apply") is True
        return {**arguments, "p": 1.0} if always and "p" in arguments else arguments


def container(reading: Any, settings: Mapping[str, Any], steps: list[Node]) -> dict[str, Any]:
    """What `Compose` is given beside its transforms: how likely it is, boxes, keypoints, further targets."""
    p = settings.get("p", 1.0)
    if isinstance(p, int | float) and p != 1 and steps:
        sequence = reading.known["sequence"]
        if any(getattr(step, "floats", False) for step in steps):
            reading.remark(
                None, "differs", f"its p is {p}, and a spec normalizes all images or none: what stands before is drawn alone"
            )
            first = next(i for i, step in enumerate(steps) if getattr(step, "floats", False))
            steps = [*([sequence(p=p, ops=steps[:first])] if first else []), *steps[first:]]
        else:
            steps = [sequence(p=p, ops=steps)]
    targets = _targets(reading, settings)
    return {"pipeline": steps, **({"targets": targets} if targets else {})}


def _targets(reading: Any, settings: Mapping[str, Any]) -> dict[str, Any]:
    boxes, keypoints = settings.get("bbox_params"), settings.get("keypoint_params")
    more = settings.get("additional_targets") or {}
    found: dict[str, Any] = {}
    if isinstance(boxes, Mapping):
        found["boxes"] = _boxes(reading, boxes)
    if isinstance(keypoints, Mapping):
        found["keypoints"] = _keypoints(reading, keypoints)
    for name, kind in more.items() if isinstance(more, Mapping) else ():
        if kind in KINDS:
            found[name] = KINDS[kind]
        else:
            reading.remark(None, "differs", f"additional_targets: {name!r} is a {kind!r}, which is no kind of target here")
    for name in ("strict", "is_check_shapes", "seed", "mask_interpolation", "save_applied_params"):
        if name == "mask_interpolation" and settings.get(name) not in (None, 0, "cv2.INTER_NEAREST"):
            reading.remark(None, "differs", "mask_interpolation: masks are always nearest here")
        if name == "seed" and settings.get(name) is not None:
            reading.remark(
                None, "note", "seed: every transform of Albumentations draws from it alike; here each op has draws of its own"
            )
    return {"image": "image", "mask": "mask", **found} if found else {}


def _boxes(reading: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    form = given.get("format")
    made: dict[str, Any] = {"kind": "boxes"}
    if form in FORMATS:
        made["format"] = FORMATS[form]
    else:
        reading.remark(None, "differs", f"bbox_params: format {form!r} is none here: multiply by width and height, and give xyxy")
    if given.get("min_area"):
        made["min_area"] = f"{given['min_area']}px"
    if given.get("min_visibility"):
        made["min_visibility"] = given["min_visibility"]
    made["carry"] = list(given.get("label_fields") or [])
    for name in ("min_width", "min_height", "max_accept_ratio"):
        if given.get(name):
            reading.remark(
                None, "differs", f"bbox_params: {name}={given[name]} drops boxes there; say it by min_area or min_visibility"
            )
    return made


def _keypoints(reading: Any, given: Mapping[str, Any]) -> dict[str, Any]:
    if given.get("format", "xy") != "xy":
        reading.remark(
            None,
            "differs",
            f"keypoint_params: format {given['format']!r}; here a row is x, y, and more columns are no part of it",
        )
    made: dict[str, Any] = {"kind": "keypoints", "carry": list(given.get("label_fields") or [])}
    if given.get("remove_invisible") is False:
        made["invisible"] = "keep"
    return made


NEEDLESS = (  # how things are found, checked, kept and approximated
    "always_apply", "transforms", "first", "second", "seed", "strict", "is_check_shapes", "save_applied_params", "save_key",
    "mask_interpolation", "keypoint_remapping_method", "area_for_downscale", "approximate", "approximation", "metadata_key",
    "mask_params", "eps", "transpose_mask",
)  # fmt: skip
TABLE = Albumentations("albumentations", eras=("2", "1"), needless=NEEDLESS, container=container)
