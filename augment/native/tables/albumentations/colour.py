"""Albumentations' colours."""

from __future__ import annotations

import math
from typing import Any

from augment.native import form
from augment.native.remark import UnfitError
from augment.native.tables.albumentations.table import TABLE as albumentations


def factor(c: Any, name: str, raw: Any) -> Any:
    """Return a factor of ColorJitter; None for 1, which changes nothing."""
    ends = form.around_one(raw)
    return None if ends == (1, 1) else list(map(form.tidy, ends))


@albumentations(
    "ColorJitter",
    "color_jitter",
    trap="hue=0.1 is a tenth of the circle either way, ±36 degrees; unless it is said it is the whole circle",
    examples=("ColorJitter(brightness=0.2, contrast=0.2, saturation=0.2, hue=0.1)",),
)
def color_jitter(c, brightness=(0.8, 1.2), contrast=(0.8, 1.2), saturation=(0.8, 1.2), hue=(-0.5, 0.5), p=0.5):
    return jittered(c, brightness, contrast, saturation, hue, p)


@albumentations("ColorJitter", "color_jitter", era="1")
def color_jitter_1(c, brightness=0.2, contrast=0.2, saturation=0.2, hue=0.2, p=0.5):
    return jittered(c, brightness, contrast, saturation, hue, p)


def jittered(c: Any, brightness: Any, contrast: Any, saturation: Any, hue: Any, p: Any) -> Any:
    """Return a jitter of colours whose numbers are factors and shares of the circle."""
    turn = form.each(form.either_way(hue), lambda x: max(-180.0, min(180.0, 360 * x)))
    if max(map(abs, form.either_way(hue))) > 0.5:
        c.differs(f"hue={hue}: more than half of the circle is an error there, or wraps around; ±180 degrees here")
    if turn[0] == turn[1] != 0:
        return c.op("hue", degrees=form.value(turn), p=p)
    fields = {
        "brightness": factor(c, "brightness", brightness), "contrast": factor(c, "contrast", contrast),
        "saturation": factor(c, "saturation", saturation), "hue": form.value(turn) if turn != (0, 0) else None,
    }  # fmt: skip
    done = {name: found for name, found in fields.items() if found is not None}
    if not done:
        return c.op("identity")
    if len(done) == 1:
        [(name, found)] = done.items()
        return c.op(name, **{"degrees" if name == "hue" else "factor": found}, p=p)
    return c.op("color_jitter", **done, p=p)


@albumentations(
    "RandomBrightnessContrast",
    "brightness_contrast",
    trap="contrast is about black, and brightness is added: alpha·x + beta",
    examples=("RandomBrightnessContrast(brightness_limit=0.2, contrast_limit=0.2)",),
)
def brightness_contrast(
    c, brightness_limit=(-0.2, 0.2), contrast_limit=(-0.2, 0.2), brightness_by_max=True, ensure_safe_range=False, p=0.5
):
    if not brightness_by_max and not c.known("brightness_contrast", "of"):
        c.differs("brightness_by_max=False adds a share of the image's mean; here of full scale")
    if ensure_safe_range:
        c.differs("ensure_safe_range=True draws again what would clip; here it clips")
    add, times = form.either_way(brightness_limit), form.plus_one(contrast_limit)
    return _lifted(c, add, (max(times[0], 0.0), times[1]), p)


def _lifted(c: Any, add: form.Pair, times: form.Pair, p: Any) -> Any:
    if c.known("brightness_contrast", "brightness", "contrast") and times != (1, 1) and add != (0, 0):
        return c.op("brightness_contrast", brightness=form.value(add), contrast=form.value(times), p=p)
    parts = []
    if times != (1, 1):
        parts.append(c.op("contrast", factor=form.value(times), about=0.0))
    if add != (0, 0):
        parts.append(c.op("brightness", add=form.value(add)))
    if len(parts) == 2 and times[1] > 1 and add[0] < 0:
        c.differs(
            "what contrast lifts above white is cut off before brightness is added here, after it there: up to "
            f"{min(times[1] - 1, -add[0]):.0%} of full scale, where both are drawn so"
        )
    return c.joined(parts, p) or c.op("identity")


@albumentations("RandomBrightness", "brightness", era="1", trap="gone since 1.0; it multiplied until 0.4, and added since")
def brightness(c, limit=0.2, p=0.5):
    return c.op("brightness", add=form.value(form.either_way(limit)), p=p)


@albumentations("RandomContrast", "contrast", era="1", trap="gone since 1.0; contrast is about black")
def contrast(c, limit=0.2, p=0.5):
    return c.op("contrast", factor=form.value(form.plus_one(limit)), about=0.0, p=p)


@albumentations(
    "HueSaturationValue",
    "hsv_shift",
    trap="hue is in half degrees of OpenCV, saturation and value in levels of 255",
    examples=("HueSaturationValue(hue_shift_limit=20, sat_shift_limit=30, val_shift_limit=20)",),
)
def hsv(c, hue_shift_limit=(-20, 20), sat_shift_limit=(-30, 30), val_shift_limit=(-20, 20), p=0.5):
    hue, saturation, value = (form.either_way(x) for x in (hue_shift_limit, sat_shift_limit, val_shift_limit))
    if max(map(abs, (*hue, *saturation, *value))) < 1:
        c.note("its limits are in half degrees and levels, so that those below 1 change next to nothing, there as here")
    turn = form.each(hue, lambda x: max(-180.0, min(180.0, 2 * x)))
    share = lambda ends: form.value(form.each(ends, lambda x: max(-1.0, min(1.0, x / 255))))  # noqa: E731
    seen = form.value(turn) if max(map(abs, turn)) >= 1 else None
    return c.op("hsv_shift", hue=seen, saturation=share(saturation), value=share(value), p=p)


@albumentations(
    "RGBShift",
    "rgb_shift",
    trap="limits are levels of 255, either way",
    examples=("RGBShift(r_shift_limit=15, g_shift_limit=15, b_shift_limit=15)",),
)
def rgb_shift(c, r_shift_limit=(-20, 20), g_shift_limit=(-20, 20), b_shift_limit=(-20, 20), p=0.5):
    red, green, blue = (
        form.value(form.each(form.either_way(x), lambda v: v / 255)) for x in (r_shift_limit, g_shift_limit, b_shift_limit)
    )
    return c.op("rgb_shift", red=red, green=green, blue=blue, p=p)


@albumentations("RandomGamma", "gamma", trap="limits are percent: 80 is 0.8", examples=("RandomGamma(gamma_limit=(80, 120))",))
def gamma(c, gamma_limit=(80, 120), eps=None, p=0.5):
    ends = form.pair(gamma_limit) if isinstance(gamma_limit, list | tuple) else form.plus_one(form.number(gamma_limit) / 100)
    scaled = form.each(ends, lambda x: x / 100) if isinstance(gamma_limit, list | tuple) else ends
    return c.op("gamma", gamma=form.value((max(scaled[0], 0.01), scaled[1])), p=p)


@albumentations("ToGray", "grayscale", trap="p=0.5 unless it is said", examples=("ToGray(p=0.1)",))
def to_gray(c, num_output_channels=3, method="weighted_average", p=0.5):
    if num_output_channels != 3:
        c.differs(f"num_output_channels={num_output_channels}: the channels stay as many here, all alike")
    if method != "weighted_average":
        c.differs(f"method={method!r}: here 0.299 red + 0.587 green + 0.114 blue")
    return c.op("grayscale", p=p)


@albumentations("ToRGB", trap="channels stay as many as they are")
def to_rgb(c, num_output_channels=3, p=1.0):
    c.note("a grey image keeps its one channel here")


@albumentations("ToSepia", "sepia")
def sepia(c, p=0.5):
    return c.op("sepia", strength=1 if c.known("sepia", "strength") else None, p=p)


@albumentations("InvertImg", "invert", trap="p=0.5 unless it is said", examples=("InvertImg(p=0.1)",))
def invert(c, p=0.5):
    return c.op("invert", p=p)


@albumentations(
    "Solarize",
    "solarize",
    trap="2.0: threshold is a fraction of full scale; 1.x: a level of 255",
    examples=("Solarize(threshold_range=(0.5, 0.5))",),
)
def solarize(c, threshold_range=(0.5, 0.5), p=0.5):
    return c.op("solarize", threshold=form.value(form.pair(threshold_range)), p=p)


@albumentations("Solarize", "solarize", era="1")
def solarize_1(c, threshold=128, p=0.5):
    ends = form.pair(threshold) if isinstance(threshold, list | tuple) else (form.number(threshold),) * 2
    return c.op("solarize", threshold=form.value(form.each(ends, lambda x: x / 255)), p=p)


@albumentations("Posterize", "posterize", examples=("Posterize(num_bits=4, p=1)",))
def posterize(c, num_bits=4, p=0.5):
    if isinstance(num_bits, list | tuple) and (len(num_bits) == 3 or isinstance(num_bits[0], list | tuple)):
        bits = [form.value(form.pair(x)) for x in num_bits]  # of each channel
        return c.joined([c.op("posterize", bits=n, channels=[channel], p=1) for channel, n in enumerate(bits)], p)
    return c.op("posterize", bits=form.value(form.pair(num_bits)), p=p)


@albumentations("Equalize", "equalize", examples=("Equalize(p=1)",))
def equalize(c, mode="cv", by_channels=True, mask=None, mask_params=(), p=0.5):
    if mode != "pil":
        c.differs("it takes exact shares, as OpenCV does; here whole steps of a 255th, as Pillow does: up to 25 levels")
    if not by_channels:
        c.differs("by_channels=False equalizes the brightness alone; here each channel")
    if mask is not None:
        c.differs("mask: only part of the image counts there; here all of it")
    return c.op("equalize", p=p)


@albumentations(
    "AutoContrast", "auto_contrast", "equalize", trap="its default method, 'cdf', is an equalisation; 'pil' stretches"
)
def auto_contrast(c, cutoff=0, ignore=None, method="cdf", p=0.5):
    if method == "cdf":
        return (
            c.op("equalize", p=p)
            if not c.differs("method='cdf' is nearer to an equalisation than to a stretch, and becomes one: a few levels")
            else None
        )
    if cutoff or ignore is not None:
        c.differs("cutoff and ignore leave levels out there; here all count")
    return c.op("auto_contrast", p=p)


@albumentations(
    "CLAHE",
    "clahe",
    trap="clip_limit=4 is a range, 1 to 4; one number is an upper end",
    examples=("CLAHE(clip_limit=4.0, tile_grid_size=(8, 8))",),
)
def clahe(c, clip_limit=4.0, tile_grid_size=(8, 8), p=0.5):
    limit = form.pair(clip_limit) if isinstance(clip_limit, list | tuple) else (1, form.number(clip_limit))
    c.differs("it equalizes the lightness of CIE Lab there, luma here: 2 to 6 levels in the mean")
    return c.op("clahe", limit=form.value(limit), tiles=[form.whole(x) for x in tile_grid_size], p=p)


@albumentations("ChannelShuffle", "channel_shuffle", examples=("ChannelShuffle(p=1)",))
def channel_shuffle(c, p=0.5):
    return c.op("channel_shuffle", p=p)


@albumentations("ChannelDropout", "channel_dropout")
def channel_dropout(c, channel_drop_range=(1, 1), fill=0, fill_value=None, p=0.5):
    colour = form.level(fill if fill_value is None else fill_value) or None
    return c.op("channel_dropout", count=form.value(form.pair(channel_drop_range)), fill=colour, p=p)


@albumentations("FancyPCA", "fancy_pca")
def fancy_pca(c, alpha=0.1, p=0.5):
    return c.op("fancy_pca", std=form.number(alpha), p=p)


@albumentations("PlanckianJitter", "planckian_jitter")
def planckian(c, mode="blackbody", temperature_limit=None, sampling_method="uniform", p=0.5):
    if sampling_method != "uniform":
        c.differs(f"sampling_method={sampling_method!r}: a normal distribution of temperatures there, a uniform one here")
    limit = temperature_limit or ((3000, 15000) if mode == "blackbody" else (4000, 15000))
    light = "blackbody" if mode == "blackbody" else "daylight"
    return c.op("planckian_jitter", kelvin=form.value(form.pair(limit)), light=light, p=p)


@albumentations("RandomToneCurve", "tone_curve")
def tone_curve(c, scale=0.1, per_channel=False, p=0.5):
    if per_channel:
        c.differs("per_channel=True draws a curve for each channel; here one for all")
    c.differs("its points are normal about thirds, with a deviation of scale; here drawn between ends of the same spread")
    return c.op("tone_curve", strength=form.value((0, form.number(scale))), p=p)


@albumentations("Illumination", "illumination")
def illumination(
    c, mode="linear", intensity_range=(0.01, 0.2), effect_type="both", angle_range=(0, 360), center_range=(0.1, 0.9),
    sigma_range=(0.2, 1.0), p=0.5,
):  # fmt: skip
    patterns = {"linear": "linear", "corner": "corner", "gaussian": "spot"}
    if mode not in patterns:
        raise UnfitError(f"mode {mode!r}")
    low, high = form.pair(intensity_range)
    ends = {"brighten": [(low, high)], "darken": [(-high, -low)]}.get(effect_type, [(low, high), (-high, -low)])
    made = [c.op("illumination", pattern=patterns[mode], strength=form.value(pair)) for pair in ends]
    return c.likely(made[0], p) if len(made) == 1 else c.op("one_of", ops=made, p=p)


@albumentations("HEStain", "he_stain")
def he_stain(
    c, method="random_preset", preset=None, intensity_scale_range=(0.7, 1.3), intensity_shift_range=(-0.2, 0.2),
    augment_background=False, p=0.5,
):  # fmt: skip
    if method not in ("random_preset", "preset"):
        c.differs(f"method={method!r} measures the stains of each image; here those of one table")
    else:
        c.differs(f"one of its tables of stains ({preset or 'any'}) there, Ruifrok's here")
    factor, add = form.value(form.pair(intensity_scale_range)), form.value(form.pair(intensity_shift_range))
    return c.op("he_stain", factor=factor, add=add, background=augment_background or None, p=p)


@albumentations("PlasmaBrightnessContrast", "plasma_brightness_contrast")
def plasma(c, brightness_range=(-0.3, 0.3), contrast_range=(-0.3, 0.3), plasma_size=256, roughness=3.0, p=0.5):
    c.differs(f"roughness={roughness:g} and plasma_size={plasma_size} shape its clouds; here those of the default")
    brightness, contrast = form.value(form.pair(brightness_range)), form.value(form.pair(contrast_range))
    return c.op("plasma_brightness_contrast", brightness=brightness, contrast=contrast, p=p)


@albumentations("ChromaticAberration", "chromatic_aberration")
def chromatic(
    c,
    primary_distortion_limit=(-0.02, 0.02),
    secondary_distortion_limit=(-0.05, 0.05),
    mode="green_purple",
    interpolation=1,
    p=0.5,
):
    ends = {"k1": form.either_way(primary_distortion_limit), "k2": form.either_way(secondary_distortion_limit)}
    if any(max(-low, high) > 0.3 for low, high in ends.values()):
        c.differs("a limit above 0.3 folds the picture over itself there; here 0.3 at most")
    limits = {name: form.value((max(low, -0.3), min(high, 0.3))) for name, (low, high) in ends.items()}
    if interpolation != 1:
        c.differs("it is always bilinear here")
    fringe = None if mode == "green_purple" else {"random": "any"}.get(mode, mode)
    return c.op("chromatic_aberration", **limits, fringe=fringe, p=p)


def strength_of_noise(var: Any) -> form.Pair:
    """Return standard deviations as fractions of full scale, of variances in levels squared."""
    low, high = (0.0, form.number(var)) if not isinstance(var, list | tuple) else form.pair(var)
    return math.sqrt(max(low, 0)) / 255, math.sqrt(high) / 255
