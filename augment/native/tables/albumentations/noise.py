"""Albumentations' noise."""

from __future__ import annotations

from typing import Any

from augment.native import form
from augment.native.remark import NoCounterpartError
from augment.native.tables.albumentations.colour import strength_of_noise
from augment.native.tables.albumentations.table import TABLE as albumentations


@albumentations(
    "GaussNoise",
    "gaussian_noise",
    trap="std_range is (0.2, 0.44) of full scale unless it is said: hardly anything is left to see",
    examples=("GaussNoise(std_range=(0.02, 0.1))",),
)
def gauss_noise(c, std_range=(0.2, 0.44), mean_range=(0.0, 0.0), per_channel=True, noise_scale_factor=1, p=0.5):
    return _noisy(c, form.pair(std_range), form.pair(mean_range), per_channel, noise_scale_factor, p)


def _noisy(c: Any, std: form.Pair, mean: form.Pair, per_channel: Any, coarse: Any, p: Any) -> Any:
    if coarse != 1:
        c.differs(f"noise_scale_factor={coarse} makes the noise coarser; here every pixel has its own")
    return c.op(
        "gaussian_noise", std=form.value(std), mean=form.value(mean) or None, per_channel=None if per_channel else False, p=p
    )


@albumentations(
    "GaussNoise",
    "gaussian_noise",
    era="1",
    trap="var_limit is a variance in levels squared: (10, 50) is a deviation of 3 to 7 levels; 2.0 drops it with a warning",
    examples=("GaussNoise(var_limit=(10.0, 50.0))",),
)
def gauss_noise_1(c, var_limit=(10.0, 50.0), mean=0, per_channel=True, noise_scale_factor=1, p=0.5):
    low, high = strength_of_noise(var_limit)
    if low != high:
        c.note("the variance is uniform there, the deviation here: the same ends, and a mean within 2 %")
    means = form.each(form.pair(mean), lambda x: x / 255)
    return _noisy(c, (round(low, 5), round(high, 5)), means, per_channel, noise_scale_factor, p)


@albumentations(
    "IAAAdditiveGaussianNoise", "gaussian_noise", era="1", trap="scale is a standard deviation in levels; gone since 1.0"
)
def iaa_noise(c, loc=0, scale=(2.5500000000000003, 12.75), per_channel=False, p=0.5):
    std, mean = (form.each(form.pair(x), lambda level: level / 255) for x in (scale, loc))
    return _noisy(c, std, mean, per_channel, 1, p)


@albumentations(
    "MultiplicativeNoise", "multiplicative_noise", examples=("MultiplicativeNoise(multiplier=(0.9, 1.1), elementwise=True)",)
)
def multiplicative(c, multiplier=(0.9, 1.1), per_channel=False, elementwise=False, p=0.5):
    if not elementwise:
        factor = form.value(form.pair(multiplier))
        if per_channel:
            c.note("a factor for each channel of red, green and blue")
            return c.joined([c.op("brightness", factor=factor, channels=[channel]) for channel in range(3)], p)
        c.note("one factor for the whole image")
        return c.op("brightness", factor=factor, p=p)
    return c.op("multiplicative_noise", factor=form.value(form.pair(multiplier)), per_channel=bool(per_channel), p=p)


@albumentations("ISONoise", "iso_noise", trap="hue noise of color_shift 0.05 is about a hundredth of a degree for floats")
def iso_noise(c, color_shift=(0.01, 0.05), intensity=(0.1, 0.5), p=0.5):
    c.differs("its colour noise turns hues that are counted in degrees there, and so hardly at all; here by shares of the circle")
    return c.op("iso_noise", colour=form.value(form.pair(color_shift)), intensity=form.value(form.pair(intensity)), p=p)


@albumentations("ShotNoise", "shot_noise")
def shot_noise(c, scale_range=(0.1, 0.3), p=0.5):
    photons = form.each(form.pair(scale_range), lambda x: max(1.0, 1 / max(x, 1e-5) ** 2))
    c.differs(
        "its scale is one over the square root of the photons, uniform there; here photons are uniform between the same ends"
    )
    return c.op("shot_noise", photons=form.value((round(photons[0], 2), round(photons[1], 2))), linear=True, p=p)


@albumentations("SaltAndPepper", "salt_and_pepper")
def salt_and_pepper(c, amount=(0.01, 0.06), salt_vs_pepper=(0.4, 0.6), p=0.5):
    return c.op("salt_and_pepper", share=form.value(form.pair(amount)), salt=form.value(form.pair(salt_vs_pepper)), p=p)


@albumentations(
    "AdditiveNoise", "additive_noise", "rgb_shift", trap='spatial_mode is "constant" unless it is said: a shift of each channel',
    examples=('AdditiveNoise(noise_type="gaussian", spatial_mode="per_pixel", noise_params={"std_range": (0.05, 0.1)})',),
)  # fmt: skip
def additive(c, noise_type="uniform", spatial_mode="constant", noise_params=None, approximation=1.0, p=0.5):
    given = dict(noise_params or {})
    if noise_type not in ("uniform", "gaussian"):
        raise NoCounterpartError(
            f"noise_type={noise_type!r} is no distribution that additive_noise has in this range: take uniform or gaussian"
        )
    if noise_type == "uniform":
        ranges = [form.value(form.pair(ends)) for ends in given.get("ranges", [(-0.1, 0.1)])]
    else:
        (low, high), (least, most) = form.pair(given.get("mean_range", 0)), form.pair(given.get("std_range", 0.1))
        if low != high or (spatial_mode == "constant" and least != most):
            c.differs("the mean and the deviation are drawn there; here the middles of their ranges")
        ranges = [{"normal": [form.tidy((low + high) / 2), form.tidy((least + most) / 2)]}]
        if spatial_mode != "constant" and low == high == 0:
            ranges, strength = [{"normal": [0, 1]}], form.value((least, most))
            return c.op("additive_noise", noise=ranges[0], strength=strength, **_shared(spatial_mode), p=p)
    if spatial_mode == "constant":
        shifts = ranges * 3 if len(ranges) == 1 else ranges
        return c.op("rgb_shift", **dict(zip(("red", "green", "blue"), shifts, strict=False)), p=p)
    if len(ranges) > 1:
        c.differs("each channel has a range of its own there; here the first serves all")
    return c.op("additive_noise", noise=ranges[0], strength=1, **_shared(spatial_mode), p=p)


def _shared(mode: str) -> dict[str, Any]:
    return {"per_channel": False} if mode == "shared" else {}


@albumentations(
    "Downscale", "downscale", trap="scale is the share of the side that is left", examples=("Downscale(scale_range=(0.5, 0.75))",)
)
def downscale(c, scale_range=(0.25, 0.25), interpolation_pair=None, p=0.5):
    return c.op("downscale", scale=form.value(form.pair(scale_range)), p=p)


@albumentations("Downscale", "downscale", era="1")
def downscale_1(c, scale_min=0.25, scale_max=0.25, interpolation=None, p=0.5):
    return c.op("downscale", scale=form.value((form.number(scale_min), form.number(scale_max))), p=p)


@albumentations(
    "ImageCompression",
    "jpeg",
    trap="quality is (99, 100) unless it is said, and red and blue are swapped before JPEG: other colours suffer",
    examples=("ImageCompression(quality_range=(50, 90))",),
)
def compression(c, compression_type="jpeg", quality_range=(99, 100), p=0.5):
    return _compressed(c, compression_type, quality_range, p)


@albumentations("ImageCompression", "jpeg", era="1")
def compression_1(c, quality_lower=99, quality_upper=100, compression_type=0, p=0.5):
    return _compressed(c, compression_type, (quality_lower, quality_upper), p)


@albumentations("JpegCompression", "jpeg", era="1")
def jpeg(c, quality_lower=99, quality_upper=100, p=0.5):
    return _compressed(c, "jpeg", (quality_lower, quality_upper), p)


def _compressed(c, kind, quality, p):
    ends = form.each(form.pair(quality), lambda x: max(1, form.whole(x)))
    if str(kind).lower().rpartition(".")[2] not in ("jpeg", "0"):
        return c.op("webp", quality=form.value(ends), p=p)
    c.differs("it encodes RGB as if it were BGR: on average 3 levels, most 43, in saturated colours")
    return c.op("jpeg", quality=form.value(ends), p=p)


@albumentations("PixelDropout", "pixel_dropout")
def pixel_dropout(c, dropout_prob=0.01, per_channel=False, drop_value=0, mask_drop_value=None, p=0.5):
    label = None if mask_drop_value is None else form.whole(mask_drop_value)
    fields = {"per_channel": per_channel or None, "fill_mask": label, "p": p}
    if drop_value is None:  # random, which None says in a spec, too
        return c.op("pixel_dropout", share=form.number(dropout_prob), **fields).replace(fill=None)
    return c.op("pixel_dropout", share=form.number(dropout_prob), fill=form.level(drop_value) or None, **fields)
