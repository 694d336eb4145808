"""What an outer composition says of a call of the one that stands in it: boxes as fractions, rows by number, kinds of targets."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from typing import Any, NamedTuple

import albumentations as A
import numpy as np

from augment.errors import SampleError
from augment.sample import Target
from augment_albumentations.samples import KINDS, NUMBERS, highest


class Around(NamedTuple):
    """What stands around a composition says of a call."""

    scaled: frozenset[str] = frozenset()
    """Boxes that come as fractions of the image."""
    keep: bool = False
    """Whether keypoints that leave the image stay."""
    left: frozenset[str] = frozenset()
    """Entries that are not looked at."""
    handed: tuple[str, ...] = ()
    """Kinds that its params declare, as for any transform, and the spec has none of."""


def around(
    processors: Mapping[str, Any], spec: Mapping[str, Target], targets: Mapping[str, Target], named: Container[str],
    data: Mapping[str, Any],
) -> Around:  # fmt: skip
    """What the ``processors`` of an outer composition say of a call with ``data``, beside the targets of the spec, those of the
    composition, and the entries that are ``named`` by something."""
    boxes, points = processors.get("bboxes"), processors.get("keypoints")
    if points is not None and set(points.params.format) & set("as"):
        raise SampleError(f"keypoints: angle and scale ({points.params.format}) are not moved; use the format xy")
    declared = any(target.kind == "keypoints" for target in spec.values())
    known = {target.kind for target in targets.values()}
    return Around(
        frozenset(boxes.data_fields if boxes is not None else ()),  # which it has converted
        points is not None and not points.params.remove_invisible and not declared,
        frozenset() if boxes is None else _numbered(boxes.params.label_fields or (), named, data),
        tuple(key for key in processors if KINDS[key] not in known),
    )


def _numbered(fields: Any, named: Container[str], data: Mapping[str, Any]) -> frozenset[str]:
    """Entries beside boxes that an outer composition numbers: who wrote the numbers takes from these the rows left."""
    column = next((i - len(fields) for i, field in enumerate(fields) if NUMBERS.search(field)), None)
    last = None if column is None else highest(data.get("bboxes"), column)
    if last is None:
        return frozenset()
    rows = (key for key, value in data.items() if key not in named and isinstance(value, list | tuple | np.ndarray))
    return frozenset(key for key in rows if np.ndim(data[key]) and len(data[key]) > last)


def needs_boxes(processors: Mapping[str, Any], spec: Mapping[str, Target], transforms: Sequence[Any]) -> None:
    """Raise `SampleError` where the spec declares boxes, which the ``transforms`` move, and an outer composition is not told of
    any and would leave them."""
    boxes = [name for name, target in spec.items() if target.kind == "boxes"]
    if boxes and "bboxes" not in processors and isinstance(transforms[0], A.DualTransform):
        fix = f"give it bbox_params, or take {boxes[0]} out of the spec's targets if there are none"
        why = "but the composition around it has no bbox_params: they would stay"
        raise SampleError(f"the spec declares {boxes[0]}, {why}; {fix}")
