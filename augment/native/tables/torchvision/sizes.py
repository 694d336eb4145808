"""torchvision's sizes: resize, crops, padding."""

from __future__ import annotations

from typing import Any

from augment.native import form
from augment.native.remark import NoCounterpartError
from augment.native.tables.torchvision.table import MODES, filled, interpolation, smooth
from augment.native.tables.torchvision.table import TABLE as torchvision


@torchvision(
    "Resize Scale",
    "resize",
    "random_shortest_size",
    trap="one number is the shorter side, not a square",
    examples=("Resize(256)", "Resize((224, 224))"),
)
def resize(c, size=None, interpolation="bilinear", max_size=None, antialias=True):
    how = {"interpolation": _way(c, "resize", interpolation), "antialias": smooth(c, antialias)}
    if isinstance(size, list | tuple) and len(size) == 2:
        return c.op("resize", size=form.size(size), **how)
    if size is None:
        return c.op("resize", long=form.whole(max_size), **how)
    short = form.whole(size[0] if isinstance(size, list | tuple) else size)
    if max_size is not None:
        return c.op("random_shortest_size", short=short, long=form.whole(max_size), **how)
    return c.op("resize", short=short, **how)


def _way(c: Any, op: str, raw: Any) -> str | None:
    return interpolation(c, op, raw)


@torchvision(
    "CenterCrop",
    "crop",
    "center_crop",
    trap="half a pixel is rounded to the even one: crop at center does the same, center_crop rounds down",
    examples=("CenterCrop(224)",),
)
def center_crop(c, size):
    height, width = _height_and_width(size)
    before = _size_before(c)
    if before is None or before[0] < height or before[1] < width:
        c.note("a smaller image is padded there, and an error here")
    if before and all(rest % 4 != 3 for rest in (before[0] - height, before[1] - width)):
        return c.op("center_crop", size=form.size(size))
    return c.op("crop", size=form.size(size), at="center")


def _size_before(c: Any) -> tuple[int, int] | None:
    """Height and width of the image that a call is given, where the call right before it says both."""
    before = None
    for call in c.reading.source.calls:
        if call is c.call:
            break
        before = call
    else:
        return None
    if before is None or before.name not in ("Resize", "RandomResizedCrop", "RandomCrop", "CenterCrop"):
        return None
    size = c.reading.bound(before)[1]["size"]
    if before.name == "Resize" and not (isinstance(size, list | tuple) and len(size) == 2):
        return None
    return _height_and_width(size)


def _height_and_width(raw: Any) -> tuple[int, int]:
    found = form.size(raw)
    return (found, found) if isinstance(found, int) else (found[0], found[1])


@torchvision("RandomCrop", "pad", "random_crop", examples=("RandomCrop(224)", "RandomCrop(32, padding=4)"))
def random_crop(c, size, padding=None, pad_if_needed=False, fill=0, padding_mode="constant"):
    side = form.size(size)
    around = padded(c, padding, _sides(c, fill, padding_mode)) if padding else []
    if pad_if_needed:
        around.append(c.op("pad", size=side, **_sides(c, fill, padding_mode)))
    return [*around, c.op("random_crop", size=side)]


def _sides(c: Any, fill: Any, mode: Any) -> dict[str, Any]:
    border = MODES[str(mode)]
    return {"fill": filled(c, fill)} if border == "constant" else {"border": border}


def padded(c: Any, padding: Any, sides: dict[str, Any], p: float = 1.0) -> list[Any]:
    """Return the pad that adds so many pixels on each side: one number for all, two for left and top, or four."""
    numbers = [form.whole(x) for x in padding] if isinstance(padding, list | tuple) else [form.whole(padding)]
    amounts = dict(
        zip(("left", "top", "right", "bottom"), {1: numbers * 4, 2: numbers * 2, 4: numbers}[len(numbers)], strict=True)
    )
    if min(numbers) < 0:
        raise NoCounterpartError(f"padding={padding} cuts where it is negative: write random_crop_from_borders or crop")
    return [c.op("pad", **{side: n for side, n in amounts.items() if n}, **sides, p=p)] if any(numbers) else []


@torchvision("Pad", "pad", examples=("Pad((4, 2), padding_mode='reflect')",))
def pad(c, padding, fill=0, padding_mode="constant"):
    return padded(c, padding, _sides(c, fill, padding_mode))


@torchvision("RandomResizedCrop RandomSizedCrop", "random_resized_crop", examples=("RandomResizedCrop(224, scale=(0.2, 1.0))",))
def random_resized_crop(c, size, scale=(0.08, 1.0), ratio=(0.75, 1.3333333333333333), interpolation="bilinear", antialias=True):
    low, high = form.pair(scale)
    if low <= 0:
        c.differs("an area of 0 is no window: 0.001 of the image at least here")
        low = 0.001
    if high > 1:
        c.differs("a window cannot be larger than the image: its area ends at 1 here")
        high = 1
    aspect = form.value(form.pair(ratio))
    return c.op(
        "random_resized_crop", size=form.size(size), area=form.value((low, high)),
        aspect=None if aspect == [0.75, 1.333333333] else aspect,
        interpolation=_way(c, "random_resized_crop", interpolation), antialias=smooth(c, antialias),
    )  # fmt: skip


@torchvision(
    "RandomErasing",
    "random_erasing",
    trap="value is in the units of the tensor: after Normalize 0 is the mean, not black",
    examples=("RandomErasing(p=0.25)",),
)
def erasing(c, p=0.5, scale=(0.02, 0.33), ratio=(0.3, 3.3), value=0, inplace=False):
    aspect = form.value(form.pair(ratio))
    return c.op(
        "random_erasing",
        area=form.value(form.pair(scale)),
        aspect=None if aspect == [0.3, 3.3] else aspect,
        fill=_erased(c, value),
        p=p,
    )


def _erased(c: Any, value: Any) -> Any:
    if isinstance(value, str):
        c.differs(f"value={value!r} fills with normal noise there, in the units of the tensor, with uniform noise here")
        return "noise"
    statistics = _normalized(c)
    if statistics is None:
        return form.level(value, 1) or None
    mean, std = statistics
    numbers = value if isinstance(value, list | tuple) else [value] * len(mean)
    return [form.tidy(m + s * form.number(v)) for m, s, v in zip(mean, std, numbers, strict=False)]


def _normalized(c: Any) -> tuple[list[float], list[float]] | None:
    """Mean and deviation of what normalizes before a call."""
    for call in c.reading.source.calls:
        if call is c.call:
            return None
        if call.name == "Normalize":
            given = dict(zip(("mean", "std"), call.args, strict=False)) | dict(call.kwargs)
            mean, std = (given[name] if isinstance(given[name], list | tuple) else [given[name]] for name in ("mean", "std"))
            return list(mean), list(std)
    return None


@torchvision(
    "FiveCrop", "five_crop", trap="the crops are a view: a list, behind which each goes on alone", examples=("FiveCrop(224)",)
)
def five_crop(c, size):
    return c.op("five_crop", size=form.size(size))


@torchvision("TenCrop", "ten_crop", trap="the crops are a view: a list, behind which each goes on alone")
def ten_crop(c, size, vertical_flip=False):
    return c.op("ten_crop", size=form.size(size), vertical=bool(vertical_flip) or None)


@torchvision("RandomZoomOut", "zoom_out", examples=("RandomZoomOut(side_range=(1.0, 4.0), p=0.5)",))
def zoom_out(c, fill=0, side_range=(1.0, 4.0), p=0.5):
    return c.op("zoom_out", factor=form.value(form.pair(side_range)), fill=filled(c, fill), p=p)


@torchvision("RandomIoUCrop", "iou_crop", examples=("RandomIoUCrop()",))
def iou_crop(c, min_scale=0.3, max_scale=1.0, min_aspect_ratio=0.5, max_aspect_ratio=2.0, sampler_options=None, trials=40):
    sides = form.value((form.number(min_scale), form.number(max_scale)))
    overlap = {"choice": list(sampler_options)} if sampler_options else None
    aspects = {"min_aspect": form.number(min_aspect_ratio), "max_aspect": form.number(max_aspect_ratio)}
    return c.op("iou_crop", overlap=overlap, height=sides, width=sides, **aspects)


@torchvision("ScaleJitter", "scale_jitter")
def scale_jitter(c, target_size, scale_range=(0.1, 2.0), interpolation="bilinear", antialias=True):
    return c.op(
        "scale_jitter",
        size=form.size(target_size),
        factor=form.value(form.pair(scale_range)),
        interpolation=_way(c, "scale_jitter", interpolation),
        antialias=smooth(c, antialias),
    )


@torchvision("FixedSizeCrop", "pad", "random_crop")
def fixed_size_crop(c, size, fill=0, padding_mode="constant"):
    return [c.op("pad", size=form.size(size), **_sides(c, fill, padding_mode)), c.op("random_crop", size=form.size(size))]


@torchvision("RandomShortestSize", "random_shortest_size", examples=("RandomShortestSize([480, 512], max_size=800)",))
def shortest(c, min_size, max_size=None, interpolation="bilinear", antialias=True):
    sides = [form.whole(x) for x in min_size] if isinstance(min_size, list | tuple) else [form.whole(min_size)]
    return _shortest(c, form.choice(sides), max_size, interpolation, antialias)


@torchvision("RandomResize", "random_shortest_size")
def random_resize(c, min_size, max_size, interpolation="bilinear", antialias=True):
    ends = form.whole(min_size), max(form.whole(min_size), form.whole(max_size) - 1)
    return _shortest(c, form.value(ends), None, interpolation, antialias)


def _shortest(c: Any, short: Any, longest: Any, way: Any, antialias: Any) -> Any:
    c.note("the other side is rounded down there, to the nearest pixel here")
    return c.op(
        "random_shortest_size", short=short, long=None if longest is None else form.whole(longest),
        interpolation=_way(c, "random_shortest_size", way), antialias=smooth(c, antialias),
    )  # fmt: skip
