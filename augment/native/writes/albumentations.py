"""Ours as Albumentations 2.0.8."""

from __future__ import annotations

from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.writer import ROUNDED_DOWN, Style, Writer, Writes, constant, ends, levels, number, pixels, share
from augment.values import Constant, Value


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


@WRITES("horizontal_flip")
def horizontal_flip(w, node):
    return w.call("HorizontalFlip", p=w.likely(node))


@WRITES("vertical_flip")
def vertical_flip(w, node):
    return w.call("VerticalFlip", p=w.likely(node))


@WRITES("transpose")
def transpose(w, node):
    return w.call("Transpose", p=w.likely(node))


@WRITES("rotate90")
def rotate90(w, node):
    if isinstance(node.turns, Constant) and node.turns.number == 2:
        return [w.call("HorizontalFlip", p=1), w.call("VerticalFlip", p=1)]
    if node.turns.support != (0, 3):
        raise NoCounterpartError(f"it turns by 0 to 3 quarters, each alike, not by {node.turns}")
    return w.call("RandomRotate90", p=w.likely(node))


@WRITES("d4")
def d4(w, node):
    return w.call("D4", p=w.likely(node))


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


def _jitter(w: Writer, node: Any, **fields: Any) -> Call:
    still = {"brightness": (1, 1), "contrast": (1, 1), "saturation": (1, 1), "hue": (0, 0)}
    return w.call(
        "ColorJitter", **{name: still[name] if fields.get(name) is None else fields[name] for name in still}, p=w.likely(node)
    )


def _turn(value: Any) -> Any:
    found = ends(value, "hue")
    return None if found is None else (number(found[0] / 360), number(found[1] / 360))


@WRITES("color_jitter")
def color_jitter(w, node):
    return _jitter(
        w,
        node,
        brightness=ends(node.brightness, "brightness"),
        contrast=ends(node.contrast, "contrast"),
        saturation=ends(node.saturation, "saturation"),
        hue=_turn(node.hue),
    )


@WRITES("brightness")
def brightness(w, node):
    if node.factor is not None:
        return _jitter(w, node, brightness=ends(node.factor, "factor"))
    return w.call("RandomBrightnessContrast", brightness_limit=ends(node.add, "add"), contrast_limit=(0, 0), p=w.likely(node))


@WRITES("contrast")
def contrast(w, node):
    if node.about == 0:
        low, high = ends(node.factor, "factor") or (1, 1)
        return w.call(
            "RandomBrightnessContrast",
            brightness_limit=(0, 0),
            contrast_limit=(number(low - 1), number(high - 1)),
            p=w.likely(node),
        )
    if node.about != "gray_mean":
        raise NoCounterpartError(f"its contrast is about the mean grey or black, not about {node.about}")
    return _jitter(w, node, contrast=ends(node.factor, "factor"))


@WRITES("brightness_contrast")
def brightness_contrast(w, node):
    low, high = ends(node.contrast, "contrast") or (1, 1)
    return w.call(
        "RandomBrightnessContrast",
        brightness_limit=ends(node.brightness, "brightness"),
        contrast_limit=(number(low - 1), number(high - 1)),
        p=w.likely(node),
    )


@WRITES("saturation")
def saturation(w, node):
    return _jitter(w, node, saturation=ends(node.factor, "factor"))


@WRITES("hue")
def hue(w, node):
    return _jitter(w, node, hue=_turn(node.degrees))


@WRITES("gamma")
def gamma(w, node):
    low, high = ends(node.gamma, "gamma") or (1, 1)
    return w.call("RandomGamma", gamma_limit=(number(low * 100), number(high * 100)), p=w.likely(node))


@WRITES("grayscale")
def grayscale(w, node):
    return w.call("ToGray", p=w.likely(node))


@WRITES("invert")
def invert(w, node):
    return w.call("InvertImg", p=w.likely(node))


@WRITES("solarize")
def solarize(w, node):
    return w.call("Solarize", threshold_range=ends(node.threshold, "threshold"), p=w.likely(node))


@WRITES("posterize")
def posterize(w, node):
    return w.call("Posterize", num_bits=ends(node.bits, "bits"), p=w.likely(node))


@WRITES("equalize")
def equalize(w, node):
    return w.call("Equalize", mode="pil", p=w.likely(node))


@WRITES("clahe")
def clahe(w, node):
    return w.call("CLAHE", clip_limit=ends(node.limit, "limit"), tile_grid_size=tuple(node.tiles), p=w.likely(node))


@WRITES("auto_contrast")
def auto_contrast(w, node):
    return w.call("AutoContrast", method="pil", p=w.likely(node))


@WRITES("channel_shuffle")
def channel_shuffle(w, node):
    return w.call("ChannelShuffle", p=w.likely(node))


@WRITES("gaussian_blur")
def gaussian_blur(w, node):
    size = (node.size, node.size) if node.size else 0
    return w.call("GaussianBlur", blur_limit=size, sigma_limit=pixels(node.sigma, "sigma"), p=w.likely(node))


@WRITES("motion_blur")
def motion_blur(w, node):
    low, high = pixels(node.length, "length")
    return w.call(
        "MotionBlur",
        blur_limit=(max(3, int(low) | 1), max(3, int(high) | 1)),
        allow_shifted=False,
        direction_range=(0, 0),
        p=w.likely(node),
    )


@WRITES("median_blur")
def median_blur(w, node):
    return w.call("MedianBlur", blur_limit=ends(node.size, "size"), p=w.likely(node))


@WRITES("box_blur")
def box_blur(w, node):
    return w.call("Blur", blur_limit=ends(node.size, "size"), p=w.likely(node))


@WRITES("dilate", "erode")
def morphology(w, node):
    return w.call(
        "Morphological",
        scale=ends(node.size, "size"),
        operation="dilation" if node.name() == "dilate" else "erosion",
        p=w.likely(node),
    )


@WRITES("jpeg")
def jpeg(w, node):
    return w.call("ImageCompression", quality_range=ends(node.quality, "quality"), p=w.likely(node))


@WRITES("gaussian_noise")
def gaussian_noise(w, node):
    mean = None if node.mean.support == (0, 0) else ends(node.mean, "mean")
    each = None if node.per_channel else False
    return w.call("GaussNoise", std_range=ends(node.std, "std"), mean_range=mean, per_channel=each, p=w.likely(node))


@WRITES("coarse_dropout")
def coarse_dropout(w, node):
    sides = {}
    for name in ("height", "width"):
        value = getattr(node, name)
        sides[f"hole_{name}_range"] = tuple(int(x) for x in pixels(value, name)) if value.unit == "px" else share(value, name)
    return w.call(
        "CoarseDropout",
        num_holes_range=ends(node.holes, "holes"),
        **sides,
        fill=FILLS.get(node.fill) or levels(node.fill) or None,
        fill_mask=node.fill_mask,
        p=w.likely(node),
    )


@WRITES("random_erasing")
def random_erasing(w, node):
    ratio = ends(node.aspect, "aspect", ("inverse_uniform",))
    assert ratio is not None
    return w.call(
        "Erasing",
        scale=ends(node.area, "area"),
        ratio=(number(1 / ratio[1]), number(1 / ratio[0])),
        fill=FILLS.get(node.fill) or levels(node.fill) or None,
        fill_mask=node.fill_mask,
        p=w.likely(node),
    )


@WRITES("normalize")
def normalize(w, node):
    from augment.ops.tail import STATISTICS

    mean, std = STATISTICS[node.preset] if node.preset else (node.mean, node.std)
    return w.call("Normalize", mean=tuple(mean), std=tuple(std))


@WRITES("standardize")
def standardize(w, node):
    return w.call("Normalize", normalization="image_per_channel" if node.per_channel else "image")


@WRITES("histogram_matching")
def histogram_matching(w, node):
    return w.call("HistogramMatching", blend_ratio=ends(node.blend, "blend"), p=w.likely(node))


@WRITES("fda")
def fda(w, node):
    return w.call("FDA", beta_limit=ends(node.beta, "beta"), p=w.likely(node))


@WRITES("pixel_distribution")
def pixel_distribution(w, node):
    kind = {"min_max": "minmax"}.get(node.statistics, node.statistics)
    return w.call("PixelDistributionAdaptation", blend_ratio=ends(node.blend, "blend"), transform_type=kind, p=w.likely(node))


@WRITES("to_float")
def to_float(w, node):
    return w.call("ToFloat", max_value=number(node.max) if node.max else 255)


@WRITES("identity")
def identity(w, node):
    return w.call("NoOp")


@WRITES("sequence")
def sequence(w, node):
    calls = [call for made in w.each(node) for call in made]
    if node.shuffle:
        return w.call("RandomOrder", *(_one(w, made) for made in w.each(node)), n=len(node.ops), p=w.likely(node))
    return calls if node.probability == 1 else w.call("Sequential", *calls, p=w.likely(node))


def _one(w: Writer, calls: list[Call]) -> Call:
    return calls[0] if len(calls) == 1 else w.call("Sequential", *calls, p=1)


@WRITES("one_of")
def one_of(w, node):
    most = max(1.0 if child.weight is None else child.weight for child in node.ops)
    made = []
    for child, calls in zip(node.ops, w.each(node), strict=True):
        weight = number((1.0 if child.weight is None else child.weight) / most)
        # OneOf applies what it chose without asking for its p; SomeOf asks
        call = w.call("SomeOf", *calls, n=1) if child.probability != 1 and len(calls) == 1 else _one(w, calls)
        made.append(call.replace(kwargs={**call.kwargs, "p": weight}))
        if call.name == "SomeOf" and weight != 1:
            raise NoCounterpartError("a choice that has a weight and a p of its own: OneOf takes p for the weight")
    return w.call("OneOf", *made, p=w.likely(node))


@WRITES("some_of")
def some_of(w, node):
    if node.replacement:
        raise NoCounterpartError("SomeOf with replace=True runs in the order of the list, not in that of the draws")
    return w.call("SomeOf", *(_one(w, calls) for calls in w.each(node)), n=constant(node.n, "n"), p=w.likely(node))
