"""Whatever changes the values of pixels."""

from __future__ import annotations

from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.torchvision.style import WRITES
from augment.native.writes.writer import Writer, constant, ends, kernel, number, pixels

WRITES.plain("grayscale", "RandomGrayscale")
WRITES.plain("invert", "RandomInvert")
WRITES.plain("posterize", "RandomPosterize", read=constant, bits="bits")
WRITES.plain("equalize", "RandomEqualize")
WRITES.plain("auto_contrast", "RandomAutocontrast")
WRITES.plain("sharpness", "RandomAdjustSharpness", read=constant, sharpness_factor="factor")
WRITES.plain("channel_shuffle", "RandomChannelPermutation", p=False)


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


@WRITES("solarize")
def solarize(w, node):
    return w.call("RandomSolarize", threshold=number(constant(node.threshold, "threshold") * 255), p=w.likely(node))


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
