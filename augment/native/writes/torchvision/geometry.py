"""Flips and warps."""

from __future__ import annotations

from typing import Any

from augment.native.remark import NoCounterpartError
from augment.native.writes.torchvision.style import WRITES, outside
from augment.native.writes.writer import constant, ends, share

WRITES.plain("horizontal_flip", "RandomHorizontalFlip")
WRITES.plain("vertical_flip", "RandomVerticalFlip")


@WRITES("rotate")
def rotate(w, node):
    expand = getattr(node, "expand", None) or None
    return w.call("RandomRotation", degrees=ends(node.degrees, "degrees"), expand=expand, **outside(node))


def _either_way(value: Any, what: str) -> Any:
    low, high = share(value, what)
    if low != -high:
        raise NoCounterpartError(f"{what} goes from {low} to {high}, and either way alike there")
    return high


@WRITES("translate")
def translate(w, node):
    return w.call("RandomAffine", degrees=0, translate=(_either_way(node.x, "x"), _either_way(node.y, "y")), **outside(node))


@WRITES("scale")
def scale(w, node):
    if node.factor is None:
        raise NoCounterpartError("it scales both axes alike")
    return w.call("RandomAffine", degrees=0, scale=ends(node.factor, "factor"), **outside(node))


@WRITES("shear")
def shear(w, node):
    return w.call("RandomAffine", degrees=0, shear=_slants(node.x, node.y), **outside(node))


def _slants(x: Any, y: Any) -> Any:
    across, down = ends(x, "shear along x"), ends(y, "shear along y")
    if across is None or down is None:
        return None
    return across if down == (0, 0) else (*across, *down)


@WRITES("affine")
def affine(w, node):
    if getattr(node, "scale_x", None) is not None or getattr(node, "scale_y", None) is not None:
        raise NoCounterpartError("it scales both axes alike")
    low, high = ends(node.rotate, "rotate") or (0, 0)
    still = node.translate_x.support == node.translate_y.support == (0, 0)
    slanted = node.shear_x.support != (0, 0) or node.shear_y.support != (0, 0)
    return w.call(
        "RandomAffine", degrees=(-high, -low) if (low, high) != (0, 0) else 0,
        translate=None if still else (_either_way(node.translate_x, "translate_x"), _either_way(node.translate_y, "translate_y")),
        scale=None if node.scale.support == (1, 1) else ends(node.scale, "scale"),
        shear=_slants(node.shear_x, node.shear_y) if slanted else None, **outside(node),
    )  # fmt: skip


@WRITES("perspective")
def perspective(w, node):
    return w.call(
        "RandomPerspective", distortion_scale=constant(node.distortion, "distortion"), p=w.likely(node), **outside(node)
    )
