"""Albumentations' filters: blurs, sharpening, morphology."""

from __future__ import annotations

import math
from typing import Any

from augment.native import form
from augment.native.tables.albumentations.table import TABLE as albumentations


def kernels(limit: Any, least: int = 3) -> list[int]:
    """Return the sizes of kernel that a limit allows: a range, or up to one number."""
    return form.odds(form.pair(limit) if isinstance(limit, list | tuple) else (least, max(form.number(limit), least)))


@albumentations("Blur", "box_blur", trap="blur_limit is a range of odd sizes from 3", examples=("Blur(blur_limit=7)",))
def blur(c, blur_limit=(3, 7), p=0.5):
    sizes = kernels(blur_limit)
    if c.known("box_blur"):
        return c.op("box_blur", size=sizes[0] if len(sizes) == 1 else [sizes[0], sizes[-1]], p=p)
    c.differs("the mean of a square there, a Gaussian of the same spread here")
    return c.op("gaussian_blur", sigma=form.choice([f"{round(((k * k - 1) / 12) ** 0.5, 2)}px" for k in sizes]), p=p)


@albumentations(
    "GaussianBlur",
    "gaussian_blur",
    trap="2.0: sigma from 0.5 to 3, and a blur_limit cuts the kernel off; 1.x: the size of the kernel gives sigma",
    examples=("GaussianBlur()", "GaussianBlur(blur_limit=(3, 7))"),
)
def gaussian_blur(c, blur_limit=0, sigma_limit=(0.5, 3.0), p=0.5):
    sigma = (0.0, form.number(sigma_limit)) if not isinstance(sigma_limit, list | tuple) else form.pair(sigma_limit)
    limit = form.pair(blur_limit) if isinstance(blur_limit, list | tuple) else (0, form.number(blur_limit))
    if limit == (0, 0):
        return c.op("gaussian_blur", sigma=form.px(sigma), p=p)
    sizes = form.odds((max(limit[0], 3), limit[1]) if not isinstance(blur_limit, list | tuple) else limit)
    return cut(c, sizes, sigma, p)


def cut(c: Any, sizes: list[int], sigma: form.Pair, p: Any) -> Any:
    """Return a Gaussian blur whose kernel is cut off at one of some sizes."""
    ends, reach = form.px((max(sigma[0], 0.05), max(sigma[1], 0.05))), 2 * math.ceil(4 * max(sigma[1], 0.05)) + 1

    def blur(size: int) -> Any:
        if size < 3:
            return c.op("identity")
        return c.op("gaussian_blur", sigma=ends, size=size if size < reach else None)

    if len(sizes) == 1 or min(sizes) >= reach:
        return c.likely(blur(sizes[0]), p)
    return c.op("one_of", ops=[blur(size) for size in sizes], p=p)


@albumentations("GaussianBlur", "gaussian_blur", era="1")
def gaussian_blur_1(c, blur_limit=(3, 7), sigma_limit=0, p=0.5):
    sigma = (0.0, form.number(sigma_limit)) if not isinstance(sigma_limit, list | tuple) else form.pair(sigma_limit)
    sizes = kernels(blur_limit)
    if sigma != (0, 0):
        return cut(c, sizes, sigma, p)
    made = [c.op("gaussian_blur", sigma=f"{form.kernel_sigma(k)}px", size=k) for k in sizes if k > 1]
    made = [*(c.op("identity") for k in sizes if k == 1), *made]
    return c.likely(made[0], p) if len(made) == 1 else c.op("one_of", ops=made, p=p)


@albumentations(
    "MotionBlur", "motion_blur", trap="blur_limit is a range of odd sizes from 3", examples=("MotionBlur(blur_limit=7)",)
)
def motion_blur(c, blur_limit=(3, 7), allow_shifted=True, angle_range=(0, 360), direction_range=(-1.0, 1.0), p=0.5):
    return _moved(c, blur_limit, allow_shifted and form.pair(direction_range) != (0, 0), p, form.pair(angle_range))


@albumentations("MotionBlur", "motion_blur", era="1")
def motion_blur_1(c, blur_limit=7, allow_shifted=True, p=0.5):
    return _moved(c, blur_limit, allow_shifted, p, (0, 180))


def _moved(c, limit, shifted, p, angles):
    sizes = kernels(limit)
    if shifted:
        c.differs(f"the line need not go through the pixel there, so that the image shifts by up to {sizes[-1] // 2} px with it")
    c.differs("its lines are drawn from whole pixel to whole pixel; here antialiased, and as long as the kernel is wide")
    turned = None if angles in ((0, 360), (0, 180)) else form.value(angles)
    return c.op("motion_blur", length=form.choice([f"{k}px" for k in sizes]), degrees=turned, p=p)


@albumentations(
    "MedianBlur", "median_blur", trap="blur_limit is a range of odd sizes from 3", examples=("MedianBlur(blur_limit=5)",)
)
def median_blur(c, blur_limit=(3, 7), p=0.5):
    sizes = kernels(blur_limit)
    if sizes[-1] > 7:
        c.differs(f"sizes up to {sizes[-1]} there, up to 7 here")
        sizes = [k for k in sizes if k <= 7] or [7]
    return c.op("median_blur", size=sizes[0] if len(sizes) == 1 else [sizes[0], sizes[-1]], p=p)


@albumentations("AdvancedBlur", "advanced_blur")
def advanced_blur(
    c, blur_limit=(3, 7), sigma_x_limit=(0.2, 1.0), sigma_y_limit=(0.2, 1.0), rotate_limit=(-90, 90), beta_limit=(0.5, 8.0),
    noise_limit=(0.9, 1.1), p=0.5,
):  # fmt: skip
    sizes = kernels(blur_limit)
    ends = {"sigma_x": form.pair(sigma_x_limit), "sigma_y": form.pair(sigma_y_limit), "beta": form.pair(beta_limit)}
    values = {name: form.value((max(pair[0], 0.1), max(pair[1], 0.1))) for name, pair in ends.items()}
    noise = form.value(form.each(form.pair(noise_limit), lambda x: abs(x - 1)))
    size = sizes[0] if len(sizes) == 1 else [sizes[0], sizes[-1]]
    return c.op("advanced_blur", size=size, degrees=form.value(form.either_way(rotate_limit)), noise=noise, **values, p=p)


@albumentations("Defocus", "defocus")
def defocus(c, radius=(3, 10), alias_blur=(0.1, 0.5), p=0.5):
    return c.op("defocus", radius=form.px(form.pair(radius)), softness=form.value(form.pair(alias_blur)), p=p)


@albumentations("ZoomBlur", "zoom_blur")
def zoom_blur(c, max_factor=(1, 1.31), step_factor=(0.01, 0.03), p=0.5):
    c.note(f"steps of {step_factor} there; as many as are needed here")
    return c.op("zoom_blur", zoom=form.value(form.pair(max_factor)), p=p)


@albumentations("GlassBlur", "gaussian_blur")
def glass_blur(c, sigma=0.7, max_delta=4, iterations=2, mode="fast", p=0.5):
    spread = round((2 * form.number(sigma) ** 2 + form.whole(iterations) * form.whole(max_delta) ** 2 / 3) ** 0.5, 2)
    c.differs("neighbouring pixels change places between two blurs there; here one blur of the same spread")
    return c.op("gaussian_blur", sigma=f"{spread}px", p=p)


@albumentations("RingingOvershoot", "ringing")
def ringing(c, blur_limit=(7, 15), cutoff=(0.7853981633974483, 1.5707963267948966), p=0.5):
    sizes = kernels(blur_limit, 7)
    return c.op("ringing", size=[sizes[0], sizes[-1]], cutoff=form.value(form.pair(cutoff)), p=p)


@albumentations("Sharpen", "sharpen", examples=("Sharpen(alpha=(0.2, 0.5), lightness=(0.5, 1.0))",))
def sharpen(c, alpha=(0.2, 0.5), lightness=(0.5, 1.0), method="kernel", kernel_size=5, sigma=1.0, p=0.5):
    return c.op("sharpen", alpha=form.value(form.pair(alpha)), lightness=form.value(form.pair(lightness)), p=p)


@albumentations("IAASharpen", "sharpen", era="1")
def iaa_sharpen(c, alpha=(0.2, 0.5), lightness=(0.5, 1.0), p=0.5):
    return c.op("sharpen", alpha=form.value(form.pair(alpha)), lightness=form.value(form.pair(lightness)), p=p)


@albumentations("Emboss IAAEmboss", "emboss", examples=("Emboss(alpha=(0.2, 0.5), strength=(0.2, 0.7))",))
def emboss(c, alpha=(0.2, 0.5), strength=(0.2, 0.7), p=0.5):
    return c.op("emboss", alpha=form.value(form.pair(alpha)), strength=form.value(form.pair(strength)), p=p)


@albumentations("UnsharpMask", "unsharp_mask")
def unsharp_mask(c, blur_limit=(3, 7), sigma_limit=0.0, alpha=(0.2, 0.5), threshold=10, p=0.5):
    sigma = form.pair(sigma_limit)
    lengths = form.px(sigma) if sigma[1] else form.choice([f"{form.kernel_sigma(k)}px" for k in kernels(blur_limit)])
    return c.op("unsharp_mask", sigma=lengths, amount=form.value(form.pair(alpha)), threshold=form.level(threshold), p=p)


@albumentations(
    "Morphological",
    "dilate",
    "erode",
    trap="dilation makes what is bright grow",
    examples=('Morphological(scale=(2, 3), operation="dilation")',),
)
def morphological(c, scale=(2, 3), operation="dilation", p=0.5):
    if operation not in ("dilation", "erosion"):
        raise ValueError(f"operation {operation!r}")
    low, high = (2, form.whole(scale)) if not isinstance(scale, list | tuple) else map(form.whole, form.pair(scale))
    sizes = sorted({k | 1 for k in range(low, high + 1)})
    if any(k % 2 == 0 for k in range(low, high + 1)):
        c.differs("an even size has no middle, and shifts the image by half a pixel; here the next odd one")
    size = sizes[0] if len(sizes) == 1 else [sizes[0], sizes[-1]]
    return c.op("dilate" if operation == "dilation" else "erode", size=size, masks=True, p=p)


albumentations.refuse(
    "Superpixels IAASuperpixels",
    "segments follow the picture (SLIC), by rounds over all pixels that no graph can run; downscale makes blocks of one colour",
)
