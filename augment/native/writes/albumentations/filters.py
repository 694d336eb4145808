"""Blurs, noise, compression, and what is cut out."""

from __future__ import annotations

from augment.native.writes.albumentations.style import FILLS, WRITES
from augment.native.writes.writer import ends, levels, number, pixels, share

WRITES.plain("median_blur", "MedianBlur", blur_limit="size")
WRITES.plain("box_blur", "Blur", blur_limit="size")
WRITES.plain("jpeg", "ImageCompression", quality_range="quality")


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


@WRITES("dilate", "erode")
def morphology(w, node):
    return w.call(
        "Morphological",
        scale=ends(node.size, "size"),
        operation="dilation" if node.name() == "dilate" else "erosion",
        p=w.likely(node),
    )


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
