"""Ours as torchvision.transforms.v2."""

from __future__ import annotations

from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.writer import Style, Writer, Writes, constant, ends, kernel, levels, number, pixels, share
from augment.spec.node import Combinator


def probable(w: Writer, calls: list[Call], p: float) -> list[Call]:
    return [w.call("RandomApply", *calls, p=number(p))]


STYLE = Style(
    imports=("import torch", "from torchvision.transforms import AutoAugmentPolicy, InterpolationMode, v2"),
    prefix={"": "v2."}, container="Compose",
)  # fmt: skip
WRITES = Writes("torchvision", STYLE, probable)
MODES = {"constant": "constant", "replicate": "edge", "reflect101": "reflect", "reflect": "symmetric"}


def outside(node: Any) -> dict[str, Any]:
    """Return fill and interpolation of a warp; torchvision's warps fill, and have no other border."""
    if node.border != "constant":
        raise NoCounterpartError(f"its warps have no border but a fill, so none for border: {node.border}")
    fill = levels(node.fill)
    return {"interpolation": f"InterpolationMode.{node.interpolation.upper()}", "fill": fill or None}


@WRITES("horizontal_flip")
def horizontal_flip(w, node):
    return w.call("RandomHorizontalFlip", p=w.likely(node))


@WRITES("vertical_flip")
def vertical_flip(w, node):
    return w.call("RandomVerticalFlip", p=w.likely(node))


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


def _jitter(w: Writer, **fields: Any) -> Call:
    return w.call("ColorJitter", **fields)


@WRITES("color_jitter")
def color_jitter(w, node):
    turn = ends(node.hue, "hue")
    hue = None if turn is None else (number(turn[0] / 360), number(turn[1] / 360))
    return _jitter(
        w,
        brightness=ends(node.brightness, "brightness"),
        contrast=ends(node.contrast, "contrast"),
        saturation=ends(node.saturation, "saturation"),
        hue=hue,
    )


@WRITES("brightness")
def brightness(w, node):
    if node.factor is None:
        raise NoCounterpartError("it multiplies brightness, and has no way to add to it")
    return _jitter(w, brightness=ends(node.factor, "factor"))


@WRITES("contrast")
def contrast(w, node):
    if node.about != "gray_mean":
        raise NoCounterpartError(f"its contrast is about the mean grey, not about {node.about}")
    return _jitter(w, contrast=ends(node.factor, "factor"))


@WRITES("saturation")
def saturation(w, node):
    return _jitter(w, saturation=ends(node.factor, "factor"))


@WRITES("hue")
def hue(w, node):
    low, high = ends(node.degrees, "degrees") or (0, 0)
    return _jitter(w, hue=(number(low / 360), number(high / 360)))


@WRITES("grayscale")
def grayscale(w, node):
    return w.call("RandomGrayscale", p=w.likely(node))


@WRITES("invert")
def invert(w, node):
    return w.call("RandomInvert", p=w.likely(node))


@WRITES("solarize")
def solarize(w, node):
    return w.call("RandomSolarize", threshold=number(constant(node.threshold, "threshold") * 255), p=w.likely(node))


@WRITES("posterize")
def posterize(w, node):
    return w.call("RandomPosterize", bits=constant(node.bits, "bits"), p=w.likely(node))


@WRITES("equalize")
def equalize(w, node):
    return w.call("RandomEqualize", p=w.likely(node))


@WRITES("auto_contrast")
def auto_contrast(w, node):
    return w.call("RandomAutocontrast", p=w.likely(node))


@WRITES("sharpness")
def sharpness(w, node):
    return w.call("RandomAdjustSharpness", sharpness_factor=constant(node.factor, "factor"), p=w.likely(node))


@WRITES("channel_shuffle")
def channel_shuffle(w, node):
    return w.call("RandomChannelPermutation")


@WRITES("gaussian_blur")
def gaussian_blur(w, node):
    low, high = pixels(node.sigma, "sigma")
    return w.call("GaussianBlur", kernel_size=node.size or kernel(high), sigma=(max(low, 0.01), max(high, 0.01)))


@WRITES("gaussian_noise")
def gaussian_noise(w, node):
    if not node.per_channel:
        raise NoCounterpartError("its noise is another in each channel")
    return w.call("GaussianNoise", mean=constant(node.mean, "mean") or None, sigma=constant(node.std, "std"))


@WRITES("jpeg")
def jpeg(w, node):
    low, high = ends(node.quality, "quality") or (75, 75)
    return w.call("JPEG", quality=(low, high))


@WRITES("random_erasing")
def random_erasing(w, node):
    if isinstance(node.fill, str) and node.fill != "noise":
        raise NoCounterpartError(f"fill: {node.fill} has no word there")
    value = ["random"] if node.fill == "noise" else [number(x) for x in node.fill]
    return w.call(
        "RandomErasing", p=w.likely(node), scale=ends(node.area, "area"), ratio=ends(node.aspect, "aspect", ("log_uniform",)),
        value=value[0] if len(set(value)) == 1 else value,
    )  # fmt: skip


@WRITES("normalize")
def normalize(w, node):
    from augment.ops.tail import STATISTICS

    mean, std = STATISTICS[node.preset] if node.preset else (node.mean, node.std)
    return [*to_float(w, node), w.call("Normalize", mean=list(mean), std=list(std))]


@WRITES("to_float")
def to_float(w, node):
    if getattr(node, "max", None):
        raise NoCounterpartError(f"a full scale of {node.max:g} has no class there")
    return [w.call("ToImage"), Call("ToDtype", ("torch.float32",), {"scale": True})]


@WRITES("identity")
def identity(w, node):
    return w.call("Identity")


@WRITES("mixup")
def mixup(w, node):
    return w.call("MixUp", alpha=constant(node.alpha, "alpha"))


@WRITES("cutmix")
def cutmix(w, node):
    return w.call("CutMix", alpha=constant(node.alpha, "alpha"))


@WRITES("rand_augment")
def rand_augment(w, node):
    if node.table != "torchvision" or node.spread:
        raise NoCounterpartError("it has one table of strengths, its own, and one magnitude for all")
    return w.call("RandAugment", num_ops=node.n, magnitude=number(node.magnitude), **outside(node))


@WRITES("auto_augment")
def auto_augment(w, node):
    return w.call("AutoAugment", policy=f"AutoAugmentPolicy.{node.policy.upper()}", **outside(node))


@WRITES("trivial_augment_wide")
def trivial_augment(w, node):
    return w.call("TrivialAugmentWide", **outside(node))


@WRITES("aug_mix")
def aug_mix(w, node):
    return w.call(
        "AugMix", severity=node.severity, mixture_width=node.width, chain_depth=-1 if node.depth == 3 else node.depth,
        alpha=node.alpha, all_ops=None if node.all_ops else False, **outside(node),
    )  # fmt: skip


@WRITES("sequence")
def sequence(w, node):
    made = w.each(node)
    if node.shuffle:
        return w.call("RandomOrder", *(_one(w, calls) for calls in made))
    return [call for calls in made for call in calls]


@WRITES("one_of")
def one_of(w, node):
    made = [_one(w, calls) for calls in w.each(node)]
    return w.call("RandomChoice", *made, p=weights(node))


def weights(node: Combinator) -> list[float] | None:
    """Return the weights of children; None where all are alike."""
    found = [1.0 if child.weight is None else child.weight for child in node.ops]
    return None if len(set(found)) == 1 else [number(x) for x in found]


def _one(w: Writer, calls: list[Call]) -> Call:
    return calls[0] if len(calls) == 1 else w.call("Compose", *calls)
