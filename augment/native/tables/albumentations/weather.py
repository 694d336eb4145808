"""Albumentations' weather."""

from __future__ import annotations

from augment.native import form
from augment.native.tables.albumentations.table import TABLE as albumentations

DRAWN = "its drops, circles and shapes are drawn by its own code; here what they look like is, with the same density and strength"


@albumentations("RandomFog", "fog")
def fog(c, alpha_coef=0.08, fog_coef_range=(0.3, 1), p=0.5):
    return _fog(c, alpha_coef, fog_coef_range, p)


@albumentations("RandomFog", "fog", era="1")
def fog_1(c, fog_coef_lower=0.3, fog_coef_upper=1, alpha_coef=0.08, p=0.5):
    return _fog(c, alpha_coef, (fog_coef_lower, fog_coef_upper), p)


def _fog(c, alpha, coefficient, p):
    c.differs(
        "it paints white circles at random places, from the middle out; here a smooth field, of the same strength where "
        "it is thickest"
    )
    return c.op("fog", strength=form.value(form.each(form.pair(coefficient), lambda x: min(x, 1))), p=p)


@albumentations("RandomRain", "rain")
def rain(
    c, slant_range=(-10, 10), drop_length=None, drop_width=1, drop_color=(200, 200, 200), blur_value=7,
    brightness_coefficient=0.7,
    rain_type="default", p=0.5,
):  # fmt: skip
    return _rain(c, slant_range, drop_length, drop_width, drop_color, blur_value, brightness_coefficient, rain_type, p)


@albumentations("RandomRain", "rain", era="1")
def rain_1(
    c, slant_lower=-10, slant_upper=10, drop_length=20, drop_width=1, drop_color=(200, 200, 200), blur_value=7,
    brightness_coefficient=0.7, rain_type=None, p=0.5,
):  # fmt: skip
    return _rain(
        c, (slant_lower, slant_upper), drop_length, drop_width, drop_color, blur_value, brightness_coefficient, rain_type, p
    )


def _rain(c, slant, length, width, colour, blur, brightness, kind, p):
    c.differs(DRAWN)
    drops = {"drizzle": [600, 1000], "heavy": [400, 800], "torrential": [300, 600]}.get(kind or "", [200, 500])
    long = f"{form.whole(length)}px" if length else None
    ends = form.value(form.pair(slant))
    if brightness != 1:
        c.differs(f"it darkens the image to {brightness:g} as well, and blurs it by {blur} px; here a brightness follows")
    shade = c.op("brightness", factor=form.number(brightness))
    return c.joined([c.op("rain", drops=drops, length=long, width=f"{width}px", slant=ends, colour=form.level(colour)), shade], p)


@albumentations("RandomSnow", "snow_cover", "snow")
def snow(c, brightness_coeff=2.5, snow_point_range=(0.1, 0.3), method="bleach", p=0.5):
    return _snow(c, snow_point_range, brightness_coeff, method, p)


@albumentations("RandomSnow", "snow_cover", "snow", era="1")
def snow_1(c, snow_point_lower=0.1, snow_point_upper=0.3, brightness_coeff=2.5, snow_point_value=None, p=0.5):
    return _snow(c, (snow_point_lower, snow_point_upper), brightness_coeff, "bleach", p)


def _snow(c, point, brightness, method, p):
    c.differs("it lightens what is darker than a point there; here the same, by our own lightness")
    below = form.each(form.pair(point), lambda x: min(x / 2 + 1 / 3, 1))
    return c.op("snow_cover", below=form.value(below), factor=form.number(brightness), p=p)


@albumentations("RandomSunFlare", "sun_flare")
def flare(
    c, flare_roi=(0, 0, 1, 0.5), src_radius=400, src_color=(255, 255, 255), angle_range=(0, 1), num_flare_circles_range=(6, 10),
    method="overlay", p=0.5,
):  # fmt: skip
    return _flare(c, flare_roi, src_radius, src_color, p)


@albumentations("RandomSunFlare", "sun_flare", era="1")
def flare_1(
    c, flare_roi=(0, 0, 1, 0.5), angle_lower=0, angle_upper=1, num_flare_circles_lower=6, num_flare_circles_upper=10,
    src_radius=400,
    src_color=(255, 255, 255), p=0.5,
):  # fmt: skip
    return _flare(c, flare_roi, src_radius, src_color, p)


def _flare(c, roi, radius, colour, p):
    c.differs(DRAWN)
    x0, y0, x1, y1 = (form.number(v) for v in roi)
    return c.op(
        "sun_flare", strength=[0.5, 0.9], radius=f"{form.whole(radius)}px", x=[x0, x1], y=[y0, y1], colour=form.level(colour), p=p
    )


@albumentations("RandomShadow", "shadow")
def shadow(c, shadow_roi=(0, 0.5, 1, 1), num_shadows_limit=(1, 2), shadow_dimension=5, shadow_intensity_range=(0.5, 0.5), p=0.5):
    return _shadow(c, shadow_roi, num_shadows_limit, shadow_intensity_range, p)


@albumentations("RandomShadow", "shadow", era="1")
def shadow_1(c, shadow_roi=(0, 0.5, 1, 1), num_shadows_lower=1, num_shadows_upper=2, shadow_dimension=5, p=0.5):
    return _shadow(c, shadow_roi, (num_shadows_lower, num_shadows_upper), (0.5, 0.5), p)


def _shadow(c, roi, count, strength, p):
    c.differs(DRAWN)
    x0, y0, x1, y1 = (form.number(v) for v in roi)
    darkness = form.value(form.pair(strength))
    return c.op("shadow", darkness=darkness, shadows=form.value(form.pair(count)), x=[x0, x1], y=[y0, y1], p=p)


@albumentations("PlasmaShadow", "plasma_shadow")
def plasma_shadow(c, shadow_intensity_range=(0.3, 0.7), plasma_size=256, roughness=3.0, p=0.5):
    c.differs(f"roughness={roughness:g} and plasma_size={plasma_size} shape its clouds; here those of the default")
    return c.op("plasma_shadow", strength=form.value(form.pair(shadow_intensity_range)), p=p)


@albumentations("RandomGravel", "gravel")
def gravel(c, gravel_roi=(0.1, 0.4, 0.9, 0.9), number_of_patches=2, p=0.5):
    c.differs(DRAWN)
    x0, y0, x1, y1 = (form.number(v) for v in gravel_roi)
    return c.op("gravel", grains=[20, 60 * form.whole(number_of_patches)], x=[x0, x1], y=[y0, y1], p=p)


@albumentations("Spatter", "spatter")
def spatter(
    c, mean=(0.65, 0.65), std=(0.3, 0.3), gauss_sigma=(2, 2), cutout_threshold=(0.68, 0.68), intensity=(0.6, 0.6), mode="rain",
    color=None, p=0.5,
):  # fmt: skip
    c.differs(DRAWN)
    return c.op("spatter", drops=[10, 60], colour=[0.93, 0.93, 0.69] if mode == "rain" else [0.08, 0.16, 0.25], p=p)
