"""Sizes: resize, crops and padding."""

from __future__ import annotations

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.torchvision.style import MODES, WRITES
from augment.native.writes.writer import ends, levels


@WRITES("resize")
def resize(w, node):
    how = {
        "interpolation": f"InterpolationMode.{node.interpolation.upper()}" if node.interpolation != "bilinear" else None,
        "antialias": None if node.antialias else False,
    }
    if node.size:
        return w.call("Resize", size=tuple(node.size), **how)
    if node.short:
        return w.call("Resize", size=node.short, **how)
    if node.long:
        return Call("Resize", (), {"size": None, **w.call("Resize", max_size=node.long, **how).kwargs})
    raise NoCounterpartError("it has no resize to a height or a width that keeps the aspect")


@WRITES("center_crop")
def center_crop(w, node):
    w.note("half a pixel is rounded to the even one there, down here: one pixel off where 3, 7, 11 or so many are left over")
    return w.call("CenterCrop", size=tuple(node.size))


@WRITES("crop")
def crop(w, node):
    if node.at != "center":
        raise NoCounterpartError("its crops are random or in the middle")
    return w.call("CenterCrop", size=tuple(node.size))


@WRITES("random_crop")
def random_crop(w, node):
    return w.call("RandomCrop", size=tuple(node.size))


@WRITES("pad")
def pad(w, node):
    if node.size or node.multiple:
        raise NoCounterpartError("it pads by so many pixels, and not to a size; CenterCrop pads to a size and cuts to it as well")
    if node.border not in MODES:
        raise NoCounterpartError(f"it has no border: {node.border}")
    return w.call(
        "Pad", padding=[node.left, node.top, node.right, node.bottom], fill=levels(node.fill) or None,
        padding_mode=MODES[node.border],
    )  # fmt: skip


@WRITES("random_resized_crop")
def random_resized_crop(w, node):
    return w.call(
        "RandomResizedCrop", size=tuple(node.size), scale=ends(node.area, "area"),
        ratio=ends(node.aspect, "aspect", ("log_uniform",)),
        interpolation=f"InterpolationMode.{node.interpolation.upper()}" if node.interpolation != "bilinear" else None,
        antialias=None if node.antialias else False,
    )  # fmt: skip
