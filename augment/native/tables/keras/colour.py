"""Keras' colours, blur, noise and holes."""

from __future__ import annotations

from typing import Any

from augment.native import form
from augment.native.tables.keras.table import TABLE as keras
from augment.native.tables.keras.table import bounded, chance


@keras(
    "RandomBrightness",
    "brightness",
    trap="it adds a share of the range; eager uint8 images wrap around",
    examples=("RandomBrightness(0.2)",),
)
def brightness(c, factor):
    return c.op("brightness", add=form.value(bounded(factor, -1, 1)))


@keras(
    "RandomContrast",
    "contrast",
    trap="one number f is [1, 1 + f], never less; about the mean of each channel",
    examples=("RandomContrast(0.2)", "RandomContrast((0.2, 0.2))"),
)
def contrast(c, factor):
    low, high = bounded(factor, 0, 1)
    return c.op("contrast", factor=form.value((max(0.0, form.tidy(1 - low)), form.tidy(1 + high))), about="channel_mean")


@keras(
    "RandomSaturation",
    "saturation",
    trap="0.5 changes nothing: the factor is f/(1 - f), of HSV",
    examples=("RandomSaturation((0.4, 0.6))",),
)
def saturation(c, factor):
    c.differs(
        "it multiplies the saturation of HSV; here colours are blended with their grey: up to 52 levels in saturated colours"
    )
    return c.op("saturation", factor=form.value(_odds(factor, 0, 1)))


def _odds(factor: Any, low: float, high: float) -> form.Pair:
    return form.each(bounded(factor, low, high), lambda f: min(f / (1 - f + 1e-7), 3.0))


@keras("RandomHue", "hue", trap="1 is half a turn either way", examples=("RandomHue(0.1)",))
def hue(c, factor):
    low, high = bounded(factor, 0, 1)
    turn = form.tidy(180 * high)
    if low > 0:
        near = form.tidy(180 * low)
        return c.op("one_of", ops=[c.op("hue", degrees=[near, turn]), c.op("hue", degrees=[-turn, -near])])
    return c.op("hue", degrees=f"±{turn}")


@keras(
    "RandomColorJitter",
    "brightness",
    "contrast",
    "saturation",
    "hue",
    trap="in a fixed order: brightness, contrast, saturation, hue",
    examples=("RandomColorJitter(brightness_factor=0.2, contrast_factor=0.2)",),
)
def color_jitter(c, value_range=(0, 255), brightness_factor=None, contrast_factor=None, saturation_factor=None, hue_factor=None):
    if not isinstance(value_range, list | tuple):
        c.note(f"value_range={value_range!r} is its first argument, and no factor is given: it does nothing there")
    parts = ((brightness, brightness_factor), (contrast, contrast_factor), (saturation, saturation_factor), (hue, hue_factor))
    made = [meaning(c, factor) for meaning, factor in parts if factor is not None]
    return made or c.op("identity")


@keras("RandomColorDegeneration", "saturation", trap="0 changes nothing, 1 is grey")
def degeneration(c, factor):
    low, high = bounded(factor, 0, 1)
    return c.op("saturation", factor=form.value((form.tidy(1 - high), form.tidy(1 - low))))


@keras("RandomSharpness", "sharpness", trap="0.5 changes nothing: the factor is 2f", examples=("RandomSharpness((0.4, 0.6))",))
def sharpness(c, factor):
    c.differs("beyond the edge it is black there, so that the outermost pixels are sharpened or darken; here they stay")
    return c.op("sharpness", factor=form.value(form.each(bounded(factor, 0, 1), lambda f: 2 * f)))


@keras("RandomGrayscale", "grayscale", examples=("RandomGrayscale(0.2)",))
def random_grayscale(c, factor=0.5):
    return c.op("grayscale", p=form.number(factor))


@keras("Grayscale", "grayscale", trap="of keras_cv")
def grayscale(c, output_channels=1):
    return c.op("grayscale", p=1)


@keras(
    "RandomInvert",
    "invert",
    trap="factor is a range of probabilities: 1.0 inverts half of the images",
    examples=("RandomInvert(0.2)",),
)
def invert(c, factor=1.0):
    return c.op("invert", p=chance(factor))


@keras("Solarization", "solarize", trap="the threshold's lower end is not scaled by the range")
def solarize(c, addition_factor=0.0, threshold_factor=0.0):
    if form.pair(addition_factor) != (0, 0):
        c.differs("it adds to what is below the threshold as well")
    low, high = (
        form.pair(threshold_factor) if isinstance(threshold_factor, list | tuple) else (0.0, form.number(threshold_factor))
    )
    return c.op("solarize", threshold=form.value((form.tidy(low / 255), high)))


@keras(
    "RandomPosterization Posterization",
    "posterize",
    trap="factor f is from 1 to f - 1 bits",
    examples=("RandomPosterization(4)",),
)
def posterize(c, factor):
    low, high = (form.whole(x) for x in form.pair(factor)) if isinstance(factor, list | tuple) else (1, form.whole(factor))
    return c.op("posterize", bits=form.value((max(1, low), max(1, high - 1 if high > low else high))))


@keras("Equalization", "equalize", examples=("Equalization()",))
def equalize(c, bins=256):
    c.differs("it counts exact shares, as OpenCV does; here as Pillow and torchvision: up to 25 levels")
    return c.op("equalize", p=1)


@keras("AutoContrast", "auto_contrast", examples=("AutoContrast()",))
def auto_contrast(c):
    return c.op("auto_contrast", p=1)


@keras("CLAHE ContrastLimitedAdaptiveHistogramEqualization", "clahe")
def clahe(c, clip_limit=4.0, tile_grid_size=(8, 8)):
    c.differs("it equalizes each channel there, the brightness alone here, so that colours stay")
    return c.op("clahe", limit=form.number(clip_limit), tiles=[form.whole(x) for x in tile_grid_size])


@keras("RandomGaussianBlur", "gaussian_blur", trap="beyond the edge is black there, so that borders darken; sigma at most 1")
def gaussian_blur(c, factor=1.0, kernel_size=3, sigma=1.0):
    from augment.native.tables.albumentations.filters import cut

    size = form.whole(kernel_size[0] if isinstance(kernel_size, list | tuple) else kernel_size)
    ends = form.pair(sigma) if isinstance(sigma, list | tuple) else (0.0, form.number(sigma))
    c.differs(
        "beyond the edge it is black there, so that a border of the kernel's radius darkens, by up to a half in corners; "
        "here it is mirrored"
    )
    return cut(c, [size | 1], ends, chance(factor))


@keras("GaussianNoise", "gaussian_noise", trap="a regulariser: stddev is in the units of the input")
def gaussian_noise(c, stddev):
    std = form.number(stddev)
    c.note(
        f"stddev={std:g} is in the units of the input: read as a fraction of full scale"
        if std <= 1
        else f"stddev={std:g} is read as levels of 255"
    )
    c.differs("it does not clip there; here all stays within 0 to 1")
    return c.op("gaussian_noise", std=form.tidy(std if std <= 1 else std / 255))


@keras("ChannelShuffle RandomChannelShuffle", "channel_shuffle", trap="of keras_cv")
def channel_shuffle(c, groups=3):
    if groups != 3:
        c.differs(f"groups={groups} of channels change places there, single ones here")
    return c.op("channel_shuffle", p=1)


@keras("RandomChannelShift", "rgb_shift", trap="of keras_cv")
def channel_shift(c, factor, channels=3):
    span = form.value(bounded(factor, -1, 1))
    return c.op("rgb_shift", red=span, green=span, blue=span)


@keras(
    "RandomErasing",
    "coarse_dropout",
    trap="factor is a range of probabilities: 1.0 erases half of the images",
    examples=("RandomErasing(factor=0.5, scale=(0.02, 0.2))",),
)
def erasing(c, factor=1.0, scale=(0.02, 0.33), fill_value=None):
    low, high = (form.tidy(round(form.number(x) ** 0.5, 4)) for x in form.pair(scale))
    c.differs("height and width are the square roots of uniform shares there, uniform here, between the same ends")
    fill: Any = 0.5
    if fill_value is None:
        c.differs("it fills with normal noise there, cut off at black and white, with uniform noise here")
        fill = "noise"
    else:
        fill = form.level(fill_value, 255 if form.number(fill_value) > 1 else 1) or None
    return c.op("coarse_dropout", height=form.value((low, high)), width=form.value((low, high)), fill=fill, p=chance(factor))


@keras("RandomCutout", "coarse_dropout", trap="of keras_cv")
def cutout(c, height_factor, width_factor, fill_mode="constant", fill_value=0.0):
    if fill_mode != "constant":
        c.differs("it fills with normal noise there, with uniform noise here")
    sides = (form.pair(x) if isinstance(x, list | tuple) else (0.01, form.number(x)) for x in (height_factor, width_factor))
    height, width = (form.value((max(low, 0.001), high)) for low, high in sides)
    return c.op("coarse_dropout", height=height, width=width, fill="noise" if fill_mode != "constant" else None)


@keras("GridMask", "grid_dropout", trap="of keras_cv")
def grid_mask(c, ratio_factor=(0, 0.5), rotation_factor=0.15, fill_mode="constant", fill_value=0.0):
    if rotation_factor:
        c.differs(f"rotation_factor={rotation_factor} turns the grid there; here it stays upright")
    low, high = form.pair(ratio_factor) if isinstance(ratio_factor, list | tuple) else (0.0, form.number(ratio_factor))
    c.differs("the unit of the grid is drawn there; here a fifth of each side")
    return c.op("grid_dropout", unit=0.2, ratio=form.value((low, high)))
