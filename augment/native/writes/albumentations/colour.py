"""Colour, value by value, and towards that of another image."""

from __future__ import annotations

from typing import Any

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.albumentations.style import WRITES
from augment.native.writes.writer import Writer, ends, number

WRITES.plain("grayscale", "ToGray")
WRITES.plain("invert", "InvertImg")
WRITES.plain("solarize", "Solarize", threshold_range="threshold")
WRITES.plain("posterize", "Posterize", num_bits="bits")
WRITES.plain("channel_shuffle", "ChannelShuffle")
WRITES.plain("histogram_matching", "HistogramMatching", blend_ratio="blend")
WRITES.plain("fda", "FDA", beta_limit="beta")


def _jitter(w: Writer, node: Any, **fields: Any) -> Call:
    still = {"brightness": (1, 1), "contrast": (1, 1), "saturation": (1, 1), "hue": (0, 0)}
    return w.call(
        "ColorJitter", **{name: still[name] if fields.get(name) is None else fields[name] for name in still}, p=w.likely(node)
    )


def _turn(value: Any) -> Any:
    found = ends(value, "hue")
    return None if found is None else (number(found[0] / 360), number(found[1] / 360))


@WRITES("color_jitter")
def color_jitter(w, node):
    return _jitter(
        w,
        node,
        brightness=ends(node.brightness, "brightness"),
        contrast=ends(node.contrast, "contrast"),
        saturation=ends(node.saturation, "saturation"),
        hue=_turn(node.hue),
    )


@WRITES("brightness")
def brightness(w, node):
    if node.factor is not None:
        return _jitter(w, node, brightness=ends(node.factor, "factor"))
    return w.call("RandomBrightnessContrast", brightness_limit=ends(node.add, "add"), contrast_limit=(0, 0), p=w.likely(node))


@WRITES("contrast")
def contrast(w, node):
    if node.about == 0:
        low, high = ends(node.factor, "factor") or (1, 1)
        return w.call(
            "RandomBrightnessContrast",
            brightness_limit=(0, 0),
            contrast_limit=(number(low - 1), number(high - 1)),
            p=w.likely(node),
        )
    if node.about != "gray_mean":
        raise NoCounterpartError(f"its contrast is about the mean grey or black, not about {node.about}")
    return _jitter(w, node, contrast=ends(node.factor, "factor"))


@WRITES("brightness_contrast")
def brightness_contrast(w, node):
    low, high = ends(node.contrast, "contrast") or (1, 1)
    return w.call(
        "RandomBrightnessContrast",
        brightness_limit=ends(node.brightness, "brightness"),
        contrast_limit=(number(low - 1), number(high - 1)),
        p=w.likely(node),
    )


@WRITES("saturation")
def saturation(w, node):
    return _jitter(w, node, saturation=ends(node.factor, "factor"))


@WRITES("hue")
def hue(w, node):
    return _jitter(w, node, hue=_turn(node.degrees))


@WRITES("gamma")
def gamma(w, node):
    low, high = ends(node.gamma, "gamma") or (1, 1)
    return w.call("RandomGamma", gamma_limit=(number(low * 100), number(high * 100)), p=w.likely(node))


@WRITES("equalize")
def equalize(w, node):
    return w.call("Equalize", mode="pil", p=w.likely(node))


@WRITES("clahe")
def clahe(w, node):
    return w.call("CLAHE", clip_limit=ends(node.limit, "limit"), tile_grid_size=tuple(node.tiles), p=w.likely(node))


@WRITES("auto_contrast")
def auto_contrast(w, node):
    return w.call("AutoContrast", method="pil", p=w.likely(node))


@WRITES("normalize")
def normalize(w, node):
    from augment.ops.tail import STATISTICS

    mean, std = STATISTICS[node.preset] if node.preset else (node.mean, node.std)
    return w.call("Normalize", mean=tuple(mean), std=tuple(std))


@WRITES("standardize")
def standardize(w, node):
    return w.call("Normalize", normalization="image_per_channel" if node.per_channel else "image")


@WRITES("to_float")
def to_float(w, node):
    return w.call("ToFloat", max_value=number(node.max) if node.max else 255)


@WRITES("pixel_distribution")
def pixel_distribution(w, node):
    kind = {"min_max": "minmax"}.get(node.statistics, node.statistics)
    return w.call("PixelDistributionAdaptation", blend_ratio=ends(node.blend, "blend"), transform_type=kind, p=w.likely(node))
