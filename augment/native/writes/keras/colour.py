"""Whatever changes the values of pixels."""

from __future__ import annotations

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.keras.style import WRITES
from augment.native.writes.writer import constant, ends, kernel, levels, number, pixels, share

WRITES.plain("equalize", "Equalization", p=False)
WRITES.plain("auto_contrast", "AutoContrast", p=False)


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


@WRITES("clahe")
def clahe(w, node):
    return w.call("CLAHE", clip_limit=constant(node.limit, "limit"), tile_grid_size=tuple(node.tiles))


@WRITES("sharpness")
def sharpness(w, node):
    low, high = ends(node.factor, "factor") or (1, 1)
    return w.call("RandomSharpness", factor=(number(low / 2), number(high / 2)))


@WRITES("gaussian_blur")
def gaussian_blur(w, node):
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
