"""Ours as Keras' preprocessing layers."""

from __future__ import annotations

import math
from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.writer import ROUNDED_DOWN, Style, Writer, Writes, constant, ends, levels, number, pixels, share


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


@WRITES("brightness")
def brightness(w, node):
    if node.add is None:
        raise NoCounterpartError("it adds to brightness, and has no way to multiply it")
    return w.call("RandomBrightness", factor=ends(node.add, "add"))


@WRITES("contrast")
def contrast(w, node):
    if node.about != "channel_mean":
        raise NoCounterpartError(f"its contrast is about the mean of each channel, not about {node.about}")
    low, high = ends(node.factor, "factor") or (1, 1)
    if not low <= 1 <= high <= 2:
        raise NoCounterpartError("its contrast goes from at most 1 to at least 1, and to 2 at most")
    return w.call("RandomContrast", factor=(number(1 - low), number(high - 1)))


@WRITES("saturation")
def saturation(w, node):
    low, high = ends(node.factor, "factor") or (1, 1)
    if high <= 1:
        return w.call("RandomColorDegeneration", factor=(number(1 - high), number(1 - low)))
    return w.call("RandomSaturation", factor=(number(low / (1 + low)), number(high / (1 + high))))


@WRITES("hue")
def hue(w, node):
    low, high = ends(node.degrees, "degrees") or (0, 0)
    if low != -high:
        raise NoCounterpartError("its hue turns either way alike")
    return w.call("RandomHue", factor=number(high / 180))


@WRITES("grayscale")
def grayscale(w, node):
    return w.call("RandomGrayscale", factor=w.likely(node))


@WRITES("invert")
def invert(w, node):
    p = w.likely(node)
    return w.call("RandomInvert", factor=(p, p))


@WRITES("solarize")
def solarize(w, node):
    value = ends(node.threshold, "threshold") or (0.5, 0.5)
    return w.call("Solarization", threshold_factor=(number(value[0] * 255), value[1]))


@WRITES("posterize")
def posterize(w, node):
    bits = constant(node.bits, "bits")
    return w.call("RandomPosterization", factor=(bits, bits))


@WRITES("equalize")
def equalize(w, node):
    return w.call("Equalization")


@WRITES("auto_contrast")
def auto_contrast(w, node):
    return w.call("AutoContrast")


@WRITES("clahe")
def clahe(w, node):
    return w.call("CLAHE", clip_limit=constant(node.limit, "limit"), tile_grid_size=tuple(node.tiles))


@WRITES("sharpness")
def sharpness(w, node):
    low, high = ends(node.factor, "factor") or (1, 1)
    return w.call("RandomSharpness", factor=(number(low / 2), number(high / 2)))


@WRITES("gaussian_blur")
def gaussian_blur(w, node):
    from augment.native.writes.writer import kernel

    low, high = pixels(node.sigma, "sigma")
    if high > 1:
        raise NoCounterpartError("its sigma is at most 1")
    p = w.likely(node)
    return w.call("RandomGaussianBlur", factor=(p, p), kernel_size=node.size or kernel(high), sigma=(low, high))


@WRITES("gaussian_noise")
def gaussian_noise(w, node):
    if node.mean.support != (0, 0) or not node.per_channel:
        raise NoCounterpartError("its noise has no mean, and is another in each channel")
    return w.call("GaussianNoise", stddev=number(constant(node.std, "std") * 255))


@WRITES("coarse_dropout")
def coarse_dropout(w, node):
    if node.holes.support != (1, 1):
        raise NoCounterpartError("RandomErasing erases one rectangle")
    height, width = share(node.height, "height"), share(node.width, "width")
    if height != width:
        raise NoCounterpartError("height and width of what it erases have the same ends")
    p, fill = w.likely(node), None if node.fill == "noise" else levels(node.fill)
    return w.call("RandomErasing", factor=(p, p), scale=(number(height[0] ** 2), number(height[1] ** 2)), fill_value=fill)


@WRITES("normalize")
def normalize(w, node):
    from augment.ops.tail import STATISTICS

    mean, std = STATISTICS[node.preset] if node.preset else (node.mean, node.std)
    return w.call("Normalization", mean=[number(m * 255) for m in mean], variance=[number((s * 255) ** 2) for s in std])


@WRITES("to_float")
def to_float(w, node):
    if node.max:
        raise NoCounterpartError(
            f"a full scale of {node.max:g}: Rescaling(1/{node.max:g}), and value_range=(0, 1) in what follows"
        )
    return Call("Rescaling", (number(1 / 255),))


@WRITES("identity")
def identity(w, node):
    return w.call("Identity")


@WRITES("mixup")
def mixup(w, node):
    return w.call("MixUp", alpha=constant(node.alpha, "alpha"))


@WRITES("cutmix")
def cutmix(w, node):
    raise NoCounterpartError("CutMix draws its alpha for each batch, from 0 to factor")


@WRITES("rand_augment")
def rand_augment(w, node):
    if node.table != "torchvision" or node.spread:
        raise NoCounterpartError("it has one table of strengths, its own, and one magnitude for all")
    return w.call("RandAugment", num_ops=node.n, factor=number(node.magnitude / 30))


@WRITES("aug_mix")
def aug_mix(w, node):
    return w.call(
        "AugMix", num_chains=node.width, chain_depth=node.depth, factor=number(node.severity / 10),
        alpha=constant(node.alpha, "alpha"), all_ops=None if node.all_ops else False,
    )  # fmt: skip


@WRITES("sequence")
def sequence(w, node):
    if node.shuffle:
        raise NoCounterpartError("its layers run in the order that they are written")
    if [(child.name(), child.probability) for child in node.ops] == [
        ("horizontal_flip", 1),
        ("vertical_flip", 1),
    ] and node.probability == 0.5:
        w.likely(node)
        return Call("RandomFlip", ("horizontal_and_vertical",))
    return [call for calls in w.each(node) for call in calls]
