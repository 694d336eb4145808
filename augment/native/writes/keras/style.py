"""How calls of Keras look, and what its warps are told alike."""

from __future__ import annotations

from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.writer import Style, Writer, Writes, levels


def probable(w: Writer, calls: list[Call], p: float) -> list[Call]:
    raise NoCounterpartError(f"its layers have no p, and nothing applies one to a share of {p:g} of the images")


STYLE = Style(imports=("import keras",), prefix={"": "keras.layers.", "Sequential": "keras."}, container="Sequential")
WRITES = Writes("keras", STYLE, probable)
MODES = {"constant": "constant", "replicate": "nearest", "reflect": "reflect", "wrap": "wrap"}


def outside(node: Any) -> dict[str, Any]:
    if node.border not in MODES:
        raise NoCounterpartError(f"border: {node.border} runs on its torch engine alone")
    fill = levels(node.fill)
    if isinstance(fill, tuple):
        raise NoCounterpartError("it fills all channels alike")
    return {
        "fill_mode": MODES[node.border], "fill_value": fill or None,
        "interpolation": None if node.interpolation == "bilinear" else node.interpolation,
    }  # fmt: skip
