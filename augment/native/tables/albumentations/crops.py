"""Albumentations' sizes: resize, crops, padding, and what ends a pipeline."""

from __future__ import annotations

from typing import Any

from augment.native import form
from augment.native.remark import NoCounterpartError, UnfitError
from augment.native.tables.albumentations.arguments import WAY_NAMES, WAYS, border, constant, interpolation
from augment.native.tables.albumentations.table import TABLE as albumentations

PLAIN = "OpenCV samples without antialiasing: antialias: false"


def resized(c: Any, op: str, way: Any, mask_way: Any = 0) -> dict[str, Any]:
    """Return how an op resizes: OpenCV takes single pixels, but for INTER_AREA, which is antialiased."""
    name = WAYS.get(constant(way, "INTER_", WAY_NAMES), str(way))
    if name == "area":
        c.differs(
            "INTER_AREA is the mean of the pixels below; here a triangle over them (up to 28 levels at edges, the same "
            "brightness)"
        )
        return {}
    found = interpolation(c, op, way, mask_way)
    return {"interpolation": found, "antialias": False}


def cropped(c: Any, size: Any, pad: bool, position: str, mode: Any, fill: Any, fill_mask: Any) -> list[Any]:
    """Return the pad that comes before a crop which pads where it must."""
    if not pad:
        return []
    if position == "random":
        c.differs("pad_position='random': here the padding is the same on both sides")
    at = None if position in ("center", "random") else position
    return [c.op("pad", size=size, at=at, **border(c, mode, fill, fill_mask))]


@albumentations("Resize", "resize", trap=PLAIN, examples=("Resize(224, 224)",))
def resize(c, height, width, interpolation=1, mask_interpolation=0, area_for_downscale=None, p=1):
    return c.op("resize", size=form.size((height, width)), **resized(c, "resize", interpolation, mask_interpolation), p=p)


@albumentations("LongestMaxSize", "resize", trap=PLAIN, examples=("LongestMaxSize(max_size=512)",))
def longest(c, max_size=1024, max_size_hw=None, interpolation=1, mask_interpolation=0, area_for_downscale=None, p=1):
    return _one_side(c, "long", max_size, max_size_hw, interpolation, mask_interpolation, p)


@albumentations("SmallestMaxSize", "resize", trap=PLAIN, examples=("SmallestMaxSize(max_size=256)",))
def smallest(c, max_size=1024, max_size_hw=None, interpolation=1, mask_interpolation=0, area_for_downscale=None, p=1):
    return _one_side(c, "short", max_size, max_size_hw, interpolation, mask_interpolation, p)


def _one_side(c: Any, side: str, length: Any, hw: Any, way: Any, mask_way: Any, p: Any) -> Any:
    how = resized(c, "resize", way, mask_way)
    if hw is not None:
        height, width = hw
        if height is None or width is None:
            return c.op("resize", **{"height" if width is None else "width": form.whole(height or width)}, **how, p=p)
        return c.op("resize", **{"inside" if side == "long" else "cover": form.size(hw)}, **how, p=p)
    if isinstance(length, list | tuple):
        return c.op("one_of", p=p, ops=[c.op("resize", **{side: form.whole(x)}, **how) for x in length])
    return c.op("resize", **{side: form.whole(length)}, **how, p=p)


@albumentations("CenterCrop", "center_crop", examples=("CenterCrop(224, 224)",))
def center_crop(c, height, width, pad_if_needed=False, pad_position="center", border_mode=0, fill=0.0, fill_mask=0.0, p=1.0):
    size = form.size((height, width))
    return c.joined(
        [*cropped(c, size, pad_if_needed, pad_position, border_mode, fill, fill_mask), c.op("center_crop", size=size)], p
    )


@albumentations(
    "RandomCrop",
    "random_crop",
    trap="an image that is too small is an error unless pad_if_needed=True",
    examples=("RandomCrop(224, 224)", "RandomCrop(512, 512, pad_if_needed=True)"),
)
def random_crop(c, height, width, pad_if_needed=False, pad_position="center", border_mode=0, fill=0.0, fill_mask=0.0, p=1.0):
    size = form.size((height, width))
    nodes = [*cropped(c, size, pad_if_needed, pad_position, border_mode, fill, fill_mask), c.op("random_crop", size=size)]
    return nodes if p == 1 else c.joined(nodes, p)


@albumentations(
    "RandomResizedCrop", "random_resized_crop", trap=PLAIN, examples=("RandomResizedCrop(size=(224, 224), scale=(0.8, 1.0))",)
)
def random_resized_crop(
    c,
    size,
    scale=(0.08, 1.0),
    ratio=(0.75, 1.3333333333333333),
    interpolation=1,
    mask_interpolation=0,
    area_for_downscale=None,
    p=1.0,
):
    if not isinstance(size, list | tuple):
        raise UnfitError("size is (height, width)")
    return _random_resized(c, size, scale, ratio, interpolation, mask_interpolation, p)


@albumentations("RandomResizedCrop", "random_resized_crop", era="1", examples=("RandomResizedCrop(224, 224)",))
def random_resized_crop_1(c, height, width, scale=(0.08, 1.0), ratio=(0.75, 1.3333333333333333), interpolation=1, p=1.0):
    return _random_resized(c, (height, width), scale, ratio, interpolation, 0, p)


def _random_resized(c, size, scale, ratio, way, mask_way, p):
    area = form.pair(scale)
    if area[1] > 1:
        c.differs(
            f"scale={list(area)}: a window cannot be larger than the image, which both try in vain; the area ends at 1 here"
        )
        area = (area[0], 1.0)
    aspect = form.value(form.pair(ratio))
    usual = aspect == [0.75, 1.333333333]
    return c.op(
        "random_resized_crop", size=form.size(size), area=form.value(area), aspect=None if usual else aspect,
        **resized(c, "random_resized_crop", way, mask_way), p=p,
    )  # fmt: skip


@albumentations("RandomSizedCrop", "random_sized_crop", trap=PLAIN)
def random_sized_crop(
    c, min_max_height, size, w2h_ratio=1.0, interpolation=1, mask_interpolation=0, area_for_downscale=None, p=1.0
):
    if not isinstance(size, list | tuple):
        raise UnfitError("size is (height, width)")
    return _random_sized(c, min_max_height, size, w2h_ratio, interpolation, mask_interpolation, p)


@albumentations("RandomSizedCrop", "random_sized_crop", era="1")
def random_sized_crop_1(c, min_max_height, height, width, w2h_ratio=1.0, interpolation=1, p=1.0):
    return _random_sized(c, min_max_height, (height, width), w2h_ratio, interpolation, 0, p)


def _random_sized(c, heights, size, ratio, way, mask_way, p):
    low, high = (form.whole(x) for x in form.pair(heights))
    how = resized(c, "resize", way, mask_way)
    if c.known("random_sized_crop"):
        return c.op("random_sized_crop", size=form.size(size), height=form.px((low, high)), aspect=ratio, **how, p=p)
    steps = sorted({low, high, *(round(low + (high - low) * i / 6) for i in range(7))})
    crops = [c.op("random_crop", size=form.size((h, max(1, int(h * ratio))))) for h in steps]
    if len(steps) > 1:
        c.differs(f"each height from {low} to {high} is drawn there, one of {len(steps)} here")
    crop = crops[0] if len(crops) == 1 else c.op("one_of", ops=crops)
    nodes = [crop, c.op("resize", size=form.size(size), **how)]
    return nodes if p == 1 else c.joined(nodes, p)


@albumentations(
    "RandomScale", "random_scale", trap="the canvas changes with the scale", examples=("RandomScale(scale_limit=0.2)",)
)
def random_scale(c, scale_limit=(-0.1, 0.1), interpolation=1, mask_interpolation=0, area_for_downscale=None, p=0.5):
    return c.op(
        "random_scale",
        factor=form.value(form.plus_one(scale_limit)),
        **resized(c, "random_scale", interpolation, mask_interpolation),
        p=p,
    )


@albumentations("PadIfNeeded", "pad", trap="2.0 fills with black, 1.x mirrored the image", examples=("PadIfNeeded(512, 512)",))
def pad_if_needed(
    c, min_height=1024, min_width=1024, pad_height_divisor=None, pad_width_divisor=None, position="center", border_mode=0, fill=0,
    fill_mask=0, p=1.0,
):  # fmt: skip
    return _padded(c, min_height, min_width, pad_height_divisor, pad_width_divisor, position, border_mode, fill, fill_mask, p)


@albumentations("PadIfNeeded", "pad", era="1")
def pad_if_needed_1(
    c, min_height=1024, min_width=1024, pad_height_divisor=None, pad_width_divisor=None, position="center", border_mode=4,
    value=None, mask_value=None, p=1.0,
):  # fmt: skip
    return _padded(c, min_height, min_width, pad_height_divisor, pad_width_divisor, position, border_mode, value, mask_value, p)


def _padded(c, height, width, height_divisor, width_divisor, position, mode, fill, fill_mask, p):
    where = str(position).rpartition(".")[2].lower()
    sides = border(c, mode, fill, fill_mask)
    more: dict[str, Any] = {}
    if where == "random":
        c.differs("position='random': the image stands anywhere there, and in the middle here; what is added is the same")
    elif where != "center":
        more["at"] = where
    if height_divisor or width_divisor:
        if height_divisor != width_divisor:
            c.differs(f"the height to a multiple of {height_divisor}, the width of {width_divisor}; here both of one number")
        return c.op("pad", multiple=form.whole(height_divisor or width_divisor), **sides, **more, p=p)
    return c.op("pad", size=form.size((height, width)), **sides, **more, p=p)


@albumentations("Pad", "pad")
def pad(c, padding=0, fill=0, fill_mask=0, border_mode=0, p=1.0):
    from augment.native.tables.torchvision.sizes import padded

    return padded(c, padding, border(c, border_mode, fill, fill_mask), p)


@albumentations("Crop", "crop")
def crop(
    c,
    x_min=0,
    y_min=0,
    x_max=1024,
    y_max=1024,
    pad_if_needed=False,
    pad_position="center",
    border_mode=0,
    fill=0,
    fill_mask=0,
    p=1.0,
):
    if pad_if_needed:
        c.differs("pad_if_needed=True: a window that leaves the image is an error here")
    top, left = form.whole(y_min), form.whole(x_min)
    return c.op("crop", top=top, left=left, size=form.size((y_max - top, x_max - left)), p=p)


@albumentations("RandomCropFromBorders", "random_crop_from_borders")
def random_crop_from_borders(c, crop_left=0.1, crop_right=0.1, crop_top=0.1, crop_bottom=0.1, p=1.0):
    sides = {"left": crop_left, "right": crop_right, "top": crop_top, "bottom": crop_bottom}
    ranges = {side: form.value((0, form.number(share))) for side, share in sides.items()}
    return c.op("random_crop_from_borders", **ranges, p=p)


@albumentations(
    "CropAndPad", "pad", "random_crop_from_borders", trap="it resizes back unless keep_size=False; what is negative cuts",
    examples=("CropAndPad(px=(-20, 0), keep_size=False)",),
)  # fmt: skip
def crop_and_pad(
    c, px=None, percent=None, keep_size=True, sample_independently=True, interpolation=1, mask_interpolation=0, border_mode=0,
    fill=0, fill_mask=0, p=1.0,
):  # fmt: skip
    given, unit = (px, "px") if percent is None else (percent, "")
    if given is None:
        raise UnfitError("neither px nor percent is given")
    ranges = (
        [form.pair(side) for side in given] if isinstance(given, list | tuple) and len(given) == 4 else [form.pair(given)] * 4
    )
    low, high = min(a for a, _ in ranges), max(b for _, b in ranges)
    if low < 0 < high:
        raise NoCounterpartError(f"{given} cuts or pads as it is drawn: write a one_of of random_crop_from_borders and pad")
    if keep_size:
        c.differs("keep_size=True resizes to what the image was; here its size changes: put a resize behind it")
    sides = border(c, border_mode, fill, fill_mask)
    if high > 0:
        if unit != "px" or any(a != b for a, b in ranges):
            raise NoCounterpartError(
                f"{given} pads by what is drawn, or by a share: pad adds whole pixels, the same for all images"
            )
        return c.op("pad", **dict(zip(EDGES, (form.whole(a) for a, _ in ranges), strict=True)), **sides, p=p)
    if not sample_independently:
        c.differs("one draw serves all sides there; here each has its own")
    cut = form.px if unit else form.value
    strips = {side: cut((-b, -a)) for side, (a, b) in zip(EDGES, ranges, strict=True) if (a, b) != (0, 0)}
    return c.op("random_crop_from_borders", **strips, p=p) if strips else c.op("identity")


EDGES = ("top", "right", "bottom", "left")


albumentations.refuse(
    "AtLeastOneBBoxRandomCrop",
    "its window of a given size holds a part of some box at least; random_sized_bbox_safe_crop holds all boxes, and iou_crop "
    "overlaps with one as much as is drawn",
)
albumentations.refuse(
    "RandomCropNearBBox",
    "it crops around a box that comes with each sample under a name of its own: crop before, or write crop_non_empty_mask",
)


@albumentations("CropNonEmptyMaskIfExists", "crop_non_empty_mask")
def crop_mask(c, height, width, ignore_values=None, ignore_channels=None, p=1.0):
    ignored = list(map(form.whole, ignore_values)) if ignore_values else None
    if ignore_channels:
        c.differs(f"ignore_channels={ignore_channels}: here all channels of a mask count")
    return c.op("crop_non_empty_mask", size=form.size((height, width)), ignore=ignored, p=p)


@albumentations("RandomSizedBBoxSafeCrop", "random_sized_bbox_safe_crop")
def bbox_safe(c, height, width, erosion_rate=0.0, interpolation=1, mask_interpolation=0, p=1.0):
    how = resized(c, "random_sized_bbox_safe_crop", interpolation, mask_interpolation)
    size, erosion = form.size((height, width)), form.number(erosion_rate)
    return c.op("random_sized_bbox_safe_crop", size=size, erosion=erosion or None, **how, p=p)


@albumentations("BBoxSafeRandomCrop", "bbox_safe_random_crop")
def bbox_safe_crop(c, erosion_rate=0.0, p=1.0):
    return c.op("bbox_safe_random_crop", erosion=form.number(erosion_rate) or None, p=p)


@albumentations(
    "Normalize",
    "normalize",
    "standardize",
    "min_max",
    trap="max_pixel_value=255 is full scale; mean and std are fractions of it; normalization='image' is standardize",
    examples=("Normalize()", "Normalize(mean=(0.5, 0.5, 0.5), std=(0.5, 0.5, 0.5))"),
)
def normalize(c, mean=(0.485, 0.456, 0.406), std=(0.229, 0.224, 0.225), max_pixel_value=255.0, normalization="standard", p=1.0):
    if p != 1:
        c.differs(f"p={p}: normalized or not, by chance; here always")
    if normalization != "standard":
        own = {"per_channel": True} if str(normalization).endswith("_per_channel") else {}
        if str(normalization).startswith("image"):
            return c.op("standardize", **own)
        return [c.op("min_max", **own), c.op("to_float")]
    if form.number(max_pixel_value) == 1:
        c.note("max_pixel_value=1 is for floats of 0..1; a uint8 image would come out 255 times too large there")
    elif form.number(max_pixel_value) != 255:
        c.differs(
            f"max_pixel_value={max_pixel_value} is full scale there; here that of the image's type (to_float: "
            f"{{max: {max_pixel_value}}} says another)"
        )
    return normalized(c, mean, std)


def normalized(c: Any, mean: Any, std: Any) -> Any:
    """Return the op that normalizes, by the name of its statistics where they have one."""
    from augment.ops.tail import STATISTICS

    means, stds = (tuple(map(form.number, x)) if isinstance(x, list | tuple) else (form.number(x),) for x in (mean, std))
    preset = next((name for name, known in STATISTICS.items() if known == (means, stds)), None)
    if preset:
        return c.op("normalize", preset=preset)
    if set(means) == {0} and set(stds) == {1}:
        return c.op("to_float")
    return c.op("normalize", mean=list(map(form.tidy, means)), std=list(map(form.tidy, stds)))


@albumentations("ToFloat", "to_float", examples=("ToFloat(max_value=255)",))
def to_float(c, max_value=None, p=1.0):
    deep = max_value is not None and form.number(max_value) not in (255, 1)
    return c.op("to_float", max=form.number(max_value) if deep else None)


@albumentations("FromFloat", trap="images come out as they came in")
def from_float(c, dtype="uint8", max_value=None, p=1.0):
    c.note("images come out in the type that they came in, until to_float or normalize")
