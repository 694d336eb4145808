"""The photographs that come with the package, as samples of the targets that a spec declares."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from augment.data.folder import Folder
from augment.data.photos import NAMES, PHOTOS, photo
from augment.engine.boxes import from_xyxy
from augment.sample import DEFAULT_TARGETS, Target

CAPTIONS = (
    "A white cup of coffee stands on a red saucer, and a silver spoon lies to the right of it.",
    "A tabby cat with green eyes looks at something beside the camera.",
)


def bundled(targets: Mapping[str, Target]) -> list[dict[str, Any]]:
    """Return the photographs, each with what the targets ask for: masks, boxes in their format, keypoints, labels."""
    folder = Folder(list(map(photo, NAMES)), {}, masks=PHOTOS / "masks", labels=PHOTOS)
    order = {item.key: i for i, item in enumerate(folder.items)}
    return [_as_declared(folder[order[name]], targets or DEFAULT_TARGETS, i) for i, name in enumerate(NAMES)]


def _as_declared(sample: Mapping[str, Any], targets: Mapping[str, Target], number: int) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for name, target in targets.items():
        match target.kind:
            case "image" | "mask" | "keypoints":
                out[name] = sample[target.kind]
            case "boxes":
                out[name] = from_xyxy(np.array(sample["boxes"], float), target.format, sample["image"].shape[:2])
            case "labels" if target.classes:
                out[name] = number
            case "text" | "caption":
                out[name] = CAPTIONS[number]
        for carried in target.carry:
            out[carried] = sample["labels"] if target.kind == "boxes" else list(range(len(sample["keypoints"])))
    return out
