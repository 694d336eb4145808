"""Flips, turns and warps."""

from __future__ import annotations

from typing import Any

from augment.native.remark import NoCounterpartError
from augment.native.writes.albumentations.style import WRITES, outside, way
from augment.native.writes.writer import ends, pixels, share
from augment.values import Constant, Value

WRITES.plain("horizontal_flip", "HorizontalFlip")
WRITES.plain("vertical_flip", "VerticalFlip")
WRITES.plain("transpose", "Transpose")
WRITES.plain("d4", "D4")


@WRITES("rotate90")
def rotate90(w, node):
    if isinstance(node.turns, Constant) and node.turns.number == 2:
        return [w.call("HorizontalFlip", p=1), w.call("VerticalFlip", p=1)]
    if node.turns.support != (0, 3):
        raise NoCounterpartError(f"it turns by 0 to 3 quarters, each alike, not by {node.turns}")
    return w.call("RandomRotate90", p=w.likely(node))


@WRITES("rotate")
def rotate(w, node):
    if getattr(node, "expand", False):
        raise NoCounterpartError("it has no canvas that grows with the turn")
    return w.call("Rotate", limit=ends(node.degrees, "degrees"), **way(node), **outside(node), p=w.likely(node))


@WRITES("safe_rotate")
def safe_rotate(w, node):
    return w.call("SafeRotate", limit=ends(node.degrees, "degrees"), **way(node), **outside(node), p=w.likely(node))


def _moves(x: Value, y: Value) -> dict[str, Any]:
    if x.support == y.support == (0, 0):
        return {}
    if "px" in (x.unit, y.unit):
        return {"translate_px": {"x": tuple(int(v) for v in pixels(x, "x")), "y": tuple(int(v) for v in pixels(y, "y"))}}
    return {"translate_percent": {"x": share(x, "x"), "y": share(y, "y")}}


@WRITES("translate")
def translate(w, node):
    return w.call("Affine", **_moves(node.x, node.y), **way(node), **outside(node), p=w.likely(node))


@WRITES("scale")
def scale(w, node):
    if node.factor is not None:
        return w.call(
            "Affine", scale=ends(node.factor, "factor"), keep_ratio=True, **way(node), **outside(node), p=w.likely(node)
        )
    x, y = (ends(v, "the scale") or (1, 1) for v in (node.x, node.y))
    return w.call("Affine", scale={"x": x, "y": y}, **way(node), **outside(node), p=w.likely(node))


@WRITES("shear")
def shear(w, node):
    return w.call(
        "Affine", shear={"x": ends(node.x, "x"), "y": ends(node.y, "y")}, **way(node), **outside(node), p=w.likely(node)
    )


@WRITES("affine")
def affine(w, node):
    apart = getattr(node, "scale_x", None) is not None or getattr(node, "scale_y", None) is not None
    scales = (
        {"scale": {axis: ends(getattr(node, f"scale_{axis}"), "scale") or (1, 1) for axis in "xy"}}
        if apart
        else {"scale": ends(node.scale, "scale"), "keep_ratio": True}
    )
    slanted = node.shear_x.support != (0, 0) or node.shear_y.support != (0, 0)
    return w.call(
        "Affine", rotate=ends(node.rotate, "rotate"), **scales, **_moves(node.translate_x, node.translate_y),
        shear={"x": ends(node.shear_x, "shear_x"), "y": ends(node.shear_y, "shear_y")} if slanted else None, **way(node),
        **outside(node),
        p=w.likely(node),
    )  # fmt: skip
