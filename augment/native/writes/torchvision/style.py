"""How calls of torchvision look, and what its warps are told alike."""

from __future__ import annotations

from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.writer import Style, Writer, Writes, levels, number


def probable(w: Writer, calls: list[Call], p: float) -> list[Call]:
    return [w.call("RandomApply", *calls, p=number(p))]


STYLE = Style(
    imports=("import torch", "from torchvision.transforms import AutoAugmentPolicy, InterpolationMode, v2"),
    prefix={"": "v2."}, container="Compose",
)  # fmt: skip
WRITES = Writes("torchvision", STYLE, probable)
MODES = {"constant": "constant", "replicate": "edge", "reflect101": "reflect", "reflect": "symmetric"}


def outside(node: Any) -> dict[str, Any]:
    """Return fill and interpolation of a warp; torchvision's warps fill, and have no other border."""
    if node.border != "constant":
        raise NoCounterpartError(f"its warps have no border but a fill, so none for border: {node.border}")
    fill = levels(node.fill)
    return {"interpolation": f"InterpolationMode.{node.interpolation.upper()}", "fill": fill or None}
