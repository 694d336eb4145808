"""Keras' flips, turns, warps and sizes."""

from __future__ import annotations

import math
from typing import Any

from augment.native import form
from augment.native.tables.keras.table import TABLE as keras
from augment.native.tables.keras.table import bounded, chance, sides


@keras(
    "RandomFlip",
    "horizontal_flip",
    "vertical_flip",
    trap="of horizontal_and_vertical one coin decides both: the image stays, or is turned by half a turn",
    examples=('RandomFlip("horizontal")', 'RandomFlip("horizontal_and_vertical")'),
)
def flip(c, mode="horizontal_and_vertical", rate=0.5):
    p = form.number(rate)
    ways = {"horizontal": ["horizontal_flip"], "vertical": ["vertical_flip"]}
    if mode == "horizontal_vertical":
        c.note("mode='horizontal_vertical' is no mode that Keras documents; it runs as both")
    nodes = [c.op(name, p=1) for name in ways.get(str(mode), ["horizontal_flip", "vertical_flip"])]
    return c.op(nodes[0].name(), p=p) if len(nodes) == 1 else c.op("sequence", ops=nodes, p=p)


@keras(
    "RandomRotation",
    "rotate",
    trap="factor is a share of the full turn: 0.1 is ±36 degrees; what lies outside is mirrored",
    examples=("RandomRotation(0.1)",),
)
def rotation(c, factor, fill_mode="reflect", interpolation="bilinear", fill_value=0.0):
    turn = form.each(bounded(factor, -1, 1), lambda x: 360 * x)
    return c.op("rotate", degrees=form.value(turn), **sides(c, "rotate", fill_mode, fill_value, interpolation))


@keras(
    "RandomTranslation",
    "translate",
    trap="height first; what lies outside is mirrored",
    examples=("RandomTranslation(0.1, 0.2)",),
)
def translation(c, height_factor, width_factor, fill_mode="reflect", interpolation="bilinear", fill_value=0.0):
    x, y = (form.value(bounded(v, -1, 1)) for v in (width_factor, height_factor))
    return c.op("translate", x=x, y=y, **sides(c, "translate", fill_mode, fill_value, interpolation))


@keras(
    "RandomZoom",
    "scale",
    trap="a positive factor zooms out: the scale is 1/(1 + factor), uniform in its inverse",
    examples=("RandomZoom(0.2)", "RandomZoom((-0.3, 0.0), (-0.3, 0.0))"),
)
def zoom(c, height_factor, width_factor=None, fill_mode="reflect", interpolation="bilinear", fill_value=0.0):
    more = sides(c, "scale", fill_mode, fill_value, interpolation)
    if width_factor is None:
        return c.op("scale", factor=_inverse(height_factor), **more)
    return c.op("scale", x=_inverse(width_factor), y=_inverse(height_factor), **more)


def _inverse(raw: Any) -> Any:
    low, high = bounded(raw, -0.99, 1)
    if low == high:
        return form.tidy(1 / (1 + low))
    return {"inverse_uniform": [form.tidy(1 / (1 + high)), form.tidy(1 / (1 + low))]}


@keras("RandomHeight", "scale", trap="the canvas changes with it; gone since Keras 3")
def height(c, factor, interpolation="bilinear"):
    return _stretched(c, "y", "height", factor)


@keras("RandomWidth", "scale", trap="the canvas changes with it; gone since Keras 3")
def width(c, factor, interpolation="bilinear"):
    return _stretched(c, "x", "width", factor)


def _stretched(c: Any, axis: str, name: str, factor: Any) -> Any:
    low, high = bounded(factor, -0.99, 10)
    c.differs(
        f"the {name} of the canvas is drawn anew there, by {low:+.0%} to {high:+.0%}; here the canvas stays, and what is "
        "on it is stretched"
    )
    return c.op("scale", **{axis: form.value((form.tidy(1 + low), form.tidy(1 + high)))}, border="reflect")


@keras(
    "RandomShear",
    "shear",
    trap="factors are tangents, of one sign for both axes, about the top left corner",
    examples=("RandomShear(0.2)",),
)
def shear(c, x_factor=0.0, y_factor=0.0, interpolation="bilinear", fill_mode="reflect", fill_value=0.0):
    ends = {"x": bounded(x_factor, -1, 1), "y": bounded(y_factor, -1, 1)}
    if any(low > 0 for low, _ in ends.values()):
        c.differs("slants of less than its lower ends do not occur there")
    if all(high for _, high in ends.values()):
        c.differs("one sign is drawn for both axes there, and they slant at once; here each has its own, one after the other")
    degrees: dict[str, Any] = {
        axis: f"±{form.tidy(round(math.degrees(math.atan(high)), 4))}" for axis, (_, high) in ends.items() if high
    }
    tell = c.differs if max(high for _, high in ends.values()) > 0.3 else c.note
    tell("tangents are uniform there, angles here")
    return c.op("shear", **(degrees or {"x": 0}), about="corner", **sides(c, "shear", fill_mode, fill_value, interpolation))


@keras("RandomPerspective", "perspective", trap="factor is a range of probabilities: 1.0 warps half of the images")
def perspective(c, factor=1.0, scale=1.0, interpolation="bilinear", fill_value=0.0, fill_mode="constant"):
    reach = form.pair(scale)[1]
    c.differs(
        "each corner's coordinates are multiplied by 1 ± scale/2 there, so that the top left one stays; here all four "
        "move inwards"
    )
    return c.op(
        "perspective",
        distortion=min(form.tidy(reach / 2), 0.66),
        p=chance(factor),
        **sides(c, "perspective", "constant", fill_value, interpolation),
    )


@keras("RandomElasticTransform", "elastic", trap="factor is a range of probabilities; masks get another field there")
def elastic(c, factor=1.0, scale=1.0, interpolation="bilinear", fill_mode="reflect", fill_value=0.0):
    reach = form.pair(scale)[1]
    c.differs("masks are moved by another field than images there, which nobody wants; here by the same")
    side, sigma = 256, 0.05 * reach
    std = 0.1 * reach * side * sigma * side / (2 * math.sqrt(math.pi) * sigma * side) / side
    return c.op(
        "elastic",
        alpha=form.tidy(round(std, 4)),
        sigma=form.tidy(round(max(sigma, 0.005), 4)),
        p=chance(factor),
        **sides(c, "elastic", fill_mode, fill_value, interpolation),
    )


@keras("Resizing", "resize", trap="without antialiasing unless it is said", examples=("Resizing(224, 224)",))
def resizing(
    c, height, width, interpolation="bilinear", crop_to_aspect_ratio=False, pad_to_aspect_ratio=False, fill_mode="constant",
    fill_value=0.0, antialias=False,
):  # fmt: skip
    size = form.size((height, width))
    way = str(interpolation)
    how: dict[str, Any] = {"antialias": None if antialias else False}
    if way in ("nearest", "bicubic"):
        how["interpolation"] = way
        if way == "bicubic":
            c.differs("TensorFlow's bicubic has a = -0.5, ours -0.75: up to 13 levels")
    elif way != "bilinear":
        c.differs(f"it interpolates by {way} there, bilinear here")
    if crop_to_aspect_ratio:
        return [c.op("resize", cover=size, **how), c.op("center_crop", size=size)]
    if pad_to_aspect_ratio:
        return c.op("letterbox", size=size, fill=form.level(fill_value, 255 if fill_value > 1 else 1) or None, **how)
    return c.op("resize", size=size, **how)


@keras("CenterCrop", "center_crop", examples=("CenterCrop(224, 224)",))
def center_crop(c, height, width):
    c.note("an image that is smaller is resized there; an error here")
    return c.op("center_crop", size=form.size((height, width)))


@keras("RandomCrop", "random_crop", trap="one window for the whole batch there", examples=("RandomCrop(224, 224)",))
def random_crop(c, height, width):
    c.note(
        "one window for the whole batch, and a smaller image is resized there; here each image has its own, and a "
        "smaller one is an error"
    )
    return c.op("random_crop", size=form.size((height, width)))


@keras("RandomResizedCrop RandomCropAndResize", "random_resized_crop", trap="of keras_cv")
def random_crop_and_resize(
    c, target_size, crop_area_factor=(0.8, 1.0), aspect_ratio_factor=(3 / 4, 4 / 3), interpolation="bilinear"
):
    return c.op(
        "random_resized_crop",
        size=form.size(target_size),
        area=form.value(form.pair(crop_area_factor)),
        aspect=form.value(form.pair(aspect_ratio_factor)),
        antialias=False,
    )


@keras("ZeroPadding2D", "pad")
def zero_padding(c, padding=(1, 1)):
    from augment.native.tables.torchvision.sizes import padded

    rows, columns = padding if isinstance(padding, list | tuple) else (padding, padding)
    top, bottom = rows if isinstance(rows, list | tuple) else (rows, rows)
    left, right = columns if isinstance(columns, list | tuple) else (columns, columns)
    return padded(c, [left, top, right, bottom], {})
