"""Flips, warps and sizes."""

from __future__ import annotations

import math
from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.keras.style import WRITES, outside
from augment.native.writes.writer import ROUNDED_DOWN, constant, ends, levels, number, share


@WRITES("horizontal_flip", "vertical_flip")
def flip(w, node):
    if node.probability != 0.5:
        raise NoCounterpartError(f"RandomFlip flips half of the images, not a share of {node.probability:g}")
    w.likely(node)
    return Call("RandomFlip", ("horizontal" if node.name() == "horizontal_flip" else "vertical",))


@WRITES("rotate")
def rotate(w, node):
    low, high = ends(node.degrees, "degrees") or (0, 0)
    return w.call("RandomRotation", factor=(number(low / 360), number(high / 360)), **outside(node))


@WRITES("translate")
def translate(w, node):
    return w.call("RandomTranslation", height_factor=share(node.y, "y"), width_factor=share(node.x, "x"), **outside(node))


def _zoom(value: Any) -> Any:
    low, high = ends(value, "the scale", ("inverse_uniform", "uniform")) or (1, 1)
    if low < 0.5:
        raise NoCounterpartError(f"RandomZoom shrinks to a half at most, not to {low:g}")
    return number(1 / high - 1), number(1 / low - 1)


@WRITES("scale")
def scale(w, node):
    if node.factor is not None:
        return w.call("RandomZoom", height_factor=_zoom(node.factor), **outside(node))
    return w.call("RandomZoom", height_factor=_zoom(node.y), width_factor=_zoom(node.x), **outside(node))


@WRITES("shear")
def shear(w, node):
    fields = {}
    for axis in ("x", "y"):
        low, high = ends(getattr(node, axis), axis) or (0, 0)
        if low != -high:
            raise NoCounterpartError(f"it slants either way alike, not along {axis} from {low:g} to {high:g} degrees")
        if high > 45:
            raise NoCounterpartError(f"it slants by 45 degrees at most, not by {high:g}")
        if high:
            fields[f"{axis}_factor"] = number(round(math.tan(math.radians(high)), 6))
    return w.call("RandomShear", **fields, **outside(node))


@WRITES("affine")
def affine(w, node):
    """One layer for each part, in the order of the map; between them the image is sampled anew."""
    if node.shear_x.support != (0, 0) or node.shear_y.support != (0, 0):
        raise NoCounterpartError("RandomShear slants about the corner, which no other layer makes up for")
    calls = []
    scales = node.scale_y or node.scale, node.scale_x or node.scale
    if any(value.support != (1, 1) for value in scales):
        height, width = (_zoom(value) for value in scales)
        apart = node.scale_x is not None or node.scale_y is not None
        calls.append(w.call("RandomZoom", height_factor=height, width_factor=width if apart else None, **outside(node)))
    if node.rotate.support != (0, 0):
        low, high = ends(node.rotate, "rotate") or (0, 0)
        calls.append(w.call("RandomRotation", factor=(number(low / 360), number(high / 360)), **outside(node)))
    moves = {"height_factor": share(node.translate_y, "translate_y"), "width_factor": share(node.translate_x, "translate_x")}
    if any(ends != (0, 0) for ends in moves.values()):
        calls.append(w.call("RandomTranslation", **moves, **outside(node)))
    return calls or w.call("Identity")


@WRITES("perspective")
def perspective(w, node):
    how = outside(node)
    if how.pop("fill_mode") != "constant":
        raise NoCounterpartError(f"it fills what lies outside, and has no border: {node.border}")
    p = w.likely(node)
    return w.call("RandomPerspective", factor=(p, p), scale=number(2 * (ends(node.distortion, "distortion") or (0, 0))[1]), **how)


@WRITES("elastic")
def elastic(w, node):
    """Its scale s gives a sigma of 0.05·s of the shorter side, and displacements of a deviation of 0.1·s/(2·√π) of the longer."""
    alpha, sigma = constant(node.alpha, "alpha"), constant(node.sigma, "sigma")
    if "px" in (node.alpha.unit, node.sigma.unit):
        raise NoCounterpartError("its alpha and sigma are shares of the image")
    scale = sigma / 0.05
    if abs(alpha - 0.1 * scale / (2 * math.sqrt(math.pi))) > 0.02 * alpha:
        raise NoCounterpartError(f"its alpha is {0.1 / (2 * math.sqrt(math.pi)) / 0.05:.3f} of its sigma")
    p = w.likely(node)
    return w.call("RandomElasticTransform", factor=(p, p), scale=(number(scale), number(scale)), **outside(node))


@WRITES("pad")
def pad(w, node):
    if node.size or node.multiple or node.border != "constant" or levels(node.fill) != 0:
        raise NoCounterpartError("ZeroPadding2D adds so many black pixels, and knows no size, no colour and no border")
    return w.call("ZeroPadding2D", padding=((node.top, node.bottom), (node.left, node.right)))


@WRITES("letterbox")
def letterbox(w, node):
    return w.call(
        "Resizing", height=node.size[0], width=node.size[1],
        interpolation=None if node.interpolation == "bilinear" else node.interpolation, pad_to_aspect_ratio=True,
        fill_value=levels(node.fill) or None, antialias=True if node.antialias else None,
    )  # fmt: skip


@WRITES("resize")
def resize(w, node):
    if not node.size:
        raise NoCounterpartError("it has no resize that keeps the aspect and the whole image")
    way = None if node.interpolation == "bilinear" else node.interpolation
    return w.call(
        "Resizing", height=node.size[0], width=node.size[1], interpolation=way, antialias=True if node.antialias else None
    )


@WRITES("center_crop")
def center_crop(w, node):
    return w.call("CenterCrop", height=node.size[0], width=node.size[1])


@WRITES("crop")
def crop(w, node):
    if node.at != "center":
        raise NoCounterpartError("its crops are random or in the middle")
    w.note(ROUNDED_DOWN)
    return center_crop(w, node)


@WRITES("random_crop")
def random_crop(w, node):
    return w.call("RandomCrop", height=node.size[0], width=node.size[1])
