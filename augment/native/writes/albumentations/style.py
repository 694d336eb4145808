"""How calls of Albumentations look, and what several of them are told alike."""

from __future__ import annotations

from typing import Any

from augment.native.call import Call
from augment.native.writes.writer import Style, Writer, Writes, levels, number


def probable(w: Writer, calls: list[Call], p: float) -> list[Call]:
    if len(calls) == 1:
        return [calls[0].replace(kwargs={**calls[0].kwargs, "p": number(p)})]
    return [w.call("Sequential", *calls, p=number(p))]


STYLE = Style(
    imports=("import albumentations as A", "import cv2"), prefix={"": "A.", "ToTensorV2": "A.pytorch."}, container="Compose",
)  # fmt: skip
WRITES = Writes("albumentations", STYLE, probable)
BORDERS = {"constant": "CONSTANT", "replicate": "REPLICATE", "reflect": "REFLECT", "wrap": "WRAP", "reflect101": "REFLECT_101"}
FILLS: dict[Any, str] = {"noise": "random", "random": "random_uniform"}
WAYS = {"bilinear": "LINEAR", "nearest": "NEAREST", "bicubic": "CUBIC"}


def outside(node: Any) -> dict[str, Any]:
    fill = levels(node.fill)
    return {"border_mode": f"cv2.BORDER_{BORDERS[node.border]}", **({"fill": fill} if fill else {})}


def way(node: Any) -> dict[str, Any]:
    return {} if node.interpolation == "bilinear" else {"interpolation": f"cv2.INTER_{WAYS[node.interpolation]}"}
