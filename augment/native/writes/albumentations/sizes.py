"""Sizes: resize, crops and padding."""

from __future__ import annotations

from augment.native.remark import NoCounterpartError
from augment.native.writes.albumentations.style import WRITES, outside, way
from augment.native.writes.writer import ROUNDED_DOWN, ends


@WRITES("resize")
def resize(w, node):
    if node.size:
        return w.call("Resize", height=node.size[0], width=node.size[1], **way(node), p=w.likely(node))
    if node.short or node.long:
        return w.call(
            "SmallestMaxSize" if node.short else "LongestMaxSize", max_size=node.short or node.long, **way(node), p=w.likely(node)
        )
    raise NoCounterpartError("it has no resize to a height or a width that keeps the aspect")


@WRITES("center_crop")
def center_crop(w, node):
    return w.call("CenterCrop", height=node.size[0], width=node.size[1], p=w.likely(node))


@WRITES("crop")
def crop(w, node):
    if node.at == "center":
        w.note(ROUNDED_DOWN)
        return center_crop(w, node)
    if node.at != "top_left":
        raise NoCounterpartError("the place of a Crop is counted from the top left corner")
    (height, width), top, left = node.size, node.top, node.left
    return w.call("Crop", x_min=left, y_min=top, x_max=left + width, y_max=top + height, p=w.likely(node))


@WRITES("random_crop")
def random_crop(w, node):
    return w.call("RandomCrop", height=node.size[0], width=node.size[1], p=w.likely(node))


@WRITES("random_resized_crop")
def random_resized_crop(w, node):
    return w.call(
        "RandomResizedCrop",
        size=tuple(node.size),
        scale=ends(node.area, "area"),
        ratio=ends(node.aspect, "aspect", ("log_uniform",)),
        **way(node),
        p=w.likely(node),
    )


@WRITES("pad")
def pad(w, node):
    how = {"position": None if node.at == "center" else node.at, **outside(node)}
    if node.size:
        return w.call("PadIfNeeded", min_height=node.size[0], min_width=node.size[1], **how, p=w.likely(node))
    if node.multiple:
        sides = {"pad_height_divisor": node.multiple, "pad_width_divisor": node.multiple}
        made = w.call("PadIfNeeded", **sides, **how, p=w.likely(node))
        return made.replace(kwargs={"min_height": None, "min_width": None, **made.kwargs})
    return w.call("Pad", padding=(node.left, node.top, node.right, node.bottom), **outside(node), p=w.likely(node))
