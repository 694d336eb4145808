"""Keras' ImageDataGenerator: one affine map, flips, a shift of the channels, brightness."""

from __future__ import annotations

import math
from typing import Any

from augment.native import form
from augment.native.entry import Table

TABLE = Table("keras_legacy", needless=("seed", "dtype", "data_format", "validation_split", "zca_epsilon", "name"))
BORDERS = {"nearest": "replicate", "constant": "constant", "reflect": "reflect", "wrap": "wrap"}


@TABLE(
    "ImageDataGenerator", "affine", "horizontal_flip", "vertical_flip", "normalize", "standardize", "to_float", "brightness",
    trap="rescale and statistics come after the rest; a shift of 1 and more is in pixels; the axes are zoomed apart",
    examples=(
        "ImageDataGenerator(rotation_range=15, width_shift_range=0.1, zoom_range=0.2, horizontal_flip=True, "
        "rescale=1/255)"
    ,),
)  # fmt: skip
def generator(
    c, featurewise_center=False, samplewise_center=False, featurewise_std_normalization=False, samplewise_std_normalization=False,
    zca_whitening=False, rotation_range=0, width_shift_range=0.0, height_shift_range=0.0, brightness_range=None, shear_range=0.0,
    zoom_range=0.0, channel_shift_range=0.0, fill_mode="nearest", cval=0.0, horizontal_flip=False, vertical_flip=False,
    rescale=None,
    preprocessing_function=None, interpolation_order=1,
):  # fmt: skip
    nodes = _warped(
        c, rotation_range, width_shift_range, height_shift_range, shear_range, zoom_range, fill_mode, cval, interpolation_order
    )
    if channel_shift_range:
        span = form.value(form.each(form.either_way(channel_shift_range), lambda x: x / 255))
        c.note("one shift for all channels, cut off at the image's own least and largest value there, at 0 and 1 here")
        nodes.append(c.op("brightness", add=span))
    nodes += [
        c.op(name, p=0.5) for name, said in (("horizontal_flip", horizontal_flip), ("vertical_flip", vertical_flip)) if said
    ]
    if brightness_range is not None:
        nodes.append(c.op("brightness", factor=form.value(form.pair(brightness_range))))
    if preprocessing_function is not None:
        c.differs(f"preprocessing_function={preprocessing_function} is a function of your own: named, not guessed")
    standardized = samplewise_center and samplewise_std_normalization
    measured = {
        "samplewise_center": samplewise_center and not standardized,
        "samplewise_std_normalization": samplewise_std_normalization and not standardized,
        "featurewise_center": featurewise_center, "featurewise_std_normalization": featurewise_std_normalization,
        "zca_whitening": zca_whitening,
    }  # fmt: skip
    if told := [name for name, said in measured.items() if said]:
        c.differs(f"{', '.join(told)}: fit() measures statistics, which are not in this: augment fit writes them into normalize")
    if standardized:
        nodes.append(c.op("standardize"))
    elif rescale:
        by = form.number(rescale)
        if abs(by * 255 - 1) > 1e-3:
            c.differs(f"rescale={by:g} of 0..255 is no [0, 1]: here floats are 0 to 1")
        nodes.append(c.op("to_float"))
    return nodes or c.op("identity")


def _warped(c: Any, rotation: Any, width: Any, height: Any, shear: Any, zoom: Any, mode: Any, cval: Any, order: Any) -> list[Any]:
    low, high = form.pair(zoom) if isinstance(zoom, list | tuple) else form.around_one(zoom)
    border = BORDERS[str(mode)]
    sides: dict[str, Any] = {"border": border} if border != "constant" else {"fill": form.level(cval) or None}
    if order == 0:
        sides["interpolation"] = "nearest"
    elif order != 1:
        c.differs(f"interpolation_order={order}: splines there, bilinear here")
    fields: dict[str, Any] = {}
    if form.number(rotation):
        fields["rotate"] = f"±{form.tidy(form.number(rotation))}"
    for axis, raw in (("x", width), ("y", height)):
        if shift := _shift(c, raw):
            fields[f"translate_{axis}"] = shift
    if form.number(shear):
        fields["shear_x"] = f"±{form.tidy(form.number(shear))}"
        if fields.get("rotate") or form.number(shear) > 5:
            c.differs(
                "its shear keeps the height by the cosine, and stands between turn and zoom; up to a few per cent of the side"
            )
    scaled: Any = {}
    if (low, high) != (1, 1):
        # the zoom multiplies coordinates of the output: a factor above 1 shrinks
        scaled = {"inverse_uniform": [form.tidy(1 / high), form.tidy(1 / low)]} if low != high else form.tidy(1 / low)
    if not fields and not scaled:
        return []
    c.note("where an image is not square, it turns, zooms and slants about another point than the middle there")
    if not scaled:
        return [c.op("affine", **fields, **sides)]
    apart = math.sin(math.radians(min(form.number(rotation), 90))) * (1 / low - 1 / high)
    if apart > 0.02:
        c.differs(f"axes are zoomed behind the turn there, before it here: corners are up to {apart:.0%} of half a side off")
    return [c.op("affine", **fields, scale_x=scaled, scale_y=scaled, **sides)]


def _shift(c: Any, raw: Any) -> Any:
    if isinstance(raw, list | tuple):
        ways = sorted({sign * form.tidy(form.number(x)) for x in raw for sign in (-1, 1)})
        return {"choice": ways if max(map(abs, ways)) < 1 else [f"{x}px" for x in ways]} if ways else None
    size = abs(form.number(raw))
    if not size:
        return None
    if size >= 1:
        c.note(f"a shift of {size:g} is in pixels")
        return form.px((-size, size))
    return form.value((-size, size))
