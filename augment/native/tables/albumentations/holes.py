"""Albumentations' holes."""

from __future__ import annotations

from typing import Any

from augment.native import form
from augment.native.tables.albumentations.arguments import filled
from augment.native.tables.albumentations.table import TABLE as albumentations

FILLS = {"random": "noise", "random_uniform": "random"}


def content(c: Any, fill: Any) -> Any:
    """Return what fills a hole: levels, or a word for noise, a random colour, or what OpenCV paints in."""
    if not isinstance(fill, str):
        return filled(c, fill)
    if fill not in FILLS:
        c.differs(f"fill={fill!r} paints in what stands around; here the mean of each channel")
    return FILLS.get(fill, "mean")


def side(raw: Any, high: float) -> Any:
    """Return a length: numbers of 1 and more are pixels, below it fractions."""
    low, top = form.pair(raw)
    return form.px((max(1, int(low)), int(top))) if high >= 1 else form.value((low, top))


@albumentations(
    "CoarseDropout",
    "coarse_dropout",
    trap="2.0 and 1.x share the name and hardly an argument: 2.0 drops max_holes, max_height, … with a warning",
    examples=("CoarseDropout(num_holes_range=(1, 8), hole_height_range=(8, 32), hole_width_range=(8, 32))",),
)
def coarse_dropout(
    c, num_holes_range=(1, 2), hole_height_range=(0.1, 0.2), hole_width_range=(0.1, 0.2), fill=0, fill_mask=None, p=0.5
):
    high = form.pair(hole_height_range)[1]
    return _dropped(
        c, form.pair(num_holes_range), side(hole_height_range, high), side(hole_width_range, high), fill, fill_mask, p
    )


@albumentations("CoarseDropout", "coarse_dropout", era="1", examples=("CoarseDropout(max_holes=8, max_height=32, max_width=32)",))
def coarse_dropout_1(
    c,
    max_holes=8,
    max_height=8,
    max_width=8,
    min_holes=None,
    min_height=None,
    min_width=None,
    fill_value=0,
    mask_fill_value=None,
    p=0.5,
):
    holes = form.whole(max_holes if min_holes is None else min_holes), form.whole(max_holes)
    sides = []
    for low, high in ((min_height, max_height), (min_width, max_width)):
        least = high if low is None else low
        sides.append(form.value((least, high)) if isinstance(high, float) and high < 1 else form.px((int(least), int(high))))
    return _dropped(c, holes, sides[0], sides[1], fill_value, mask_fill_value, p)


@albumentations(
    "Cutout",
    "coarse_dropout",
    era="1",
    trap="its holes are centred anywhere, also at the edge, where they are cut off; gone since 1.0",
    examples=("Cutout(num_holes=8, max_h_size=32, max_w_size=32)",),
)
def cutout(c, num_holes=8, max_h_size=8, max_w_size=8, fill_value=0, p=0.5):
    c.differs(
        "its holes may leave the image, here they lie wholly inside: a hole of a share h of the side covers up to h/2 "
        "less of the border there"
    )
    return _dropped(
        c,
        (form.whole(num_holes),) * 2,
        form.px((form.whole(max_h_size),) * 2),
        form.px((form.whole(max_w_size),) * 2),
        fill_value,
        None,
        p,
    )


def _dropped(c, holes, height, width, fill, fill_mask, p):
    fills = {"fill": content(c, fill), "fill_mask": None if fill_mask is None else form.whole(fill_mask)}
    return c.op("coarse_dropout", holes=form.value(holes), height=height, width=width, **fills, p=p)


albumentations.refuse(
    "ConstrainedCoarseDropout",
    "its holes lie on the objects of a mask or on boxes; mask_dropout hides whole objects, coarse_dropout lays holes anywhere",
)


@albumentations(
    "Erasing", "random_erasing", trap="the ratio is uniform, and width over height", examples=("Erasing(scale=(0.02, 0.33))",)
)
def erasing(c, scale=(0.02, 0.33), ratio=(0.3, 3.3), fill=0, fill_mask=None, p=0.5):
    low, high = form.pair(ratio)
    return c.op(
        "random_erasing", area=form.value(form.pair(scale)),
        aspect={"inverse_uniform": [form.tidy(1 / high), form.tidy(1 / low)]},
        fill=content(c, fill), fill_mask=None if fill_mask is None else form.whole(fill_mask), p=p,
    )  # fmt: skip


@albumentations("GridDropout", "grid_dropout")
def grid_dropout(
    c, ratio=0.5, random_offset=True, unit_size_range=None, holes_number_xy=None, shift_xy=(0, 0), fill=0, fill_mask=None, p=0.5
):
    return _grid(c, ratio, random_offset, unit_size_range, holes_number_xy, fill, fill_mask, p)


@albumentations("GridDropout", "grid_dropout", era="1")
def grid_dropout_1(
    c, ratio=0.5, unit_size_min=None, unit_size_max=None, holes_number_x=None, holes_number_y=None, shift_x=None, shift_y=None,
    random_offset=False, fill_value=0, mask_fill_value=None, p=0.5,
):  # fmt: skip
    unit = None if unit_size_min is None else (unit_size_min, unit_size_max)
    counts = None if holes_number_x is None else (holes_number_x, holes_number_y)
    return _grid(c, ratio, random_offset, unit, counts, fill_value, mask_fill_value, p)


def _grid(c, ratio, offset, unit, counts, fill, fill_mask, p):
    size = form.px(form.pair(unit)) if unit else None
    if counts and not unit:
        size = form.tidy(round(1 / max(counts), 4))
    if size is None:
        c.differs("its unit is drawn from 2 px to half of the shorter side there; here a tenth of each side")
        size = 0.1
    if not offset:
        c.differs("random_offset=False begins at the corner; here the grid begins anywhere")
    if fill_mask is not None:
        c.differs("the mask gets a label there; here it stays")
    return c.op("grid_dropout", unit=size, ratio=form.number(ratio), fill=content(c, fill), p=p)


@albumentations("MaskDropout", "mask_dropout")
def mask_dropout(c, max_objects=(1, 1), fill=0, fill_mask=0, p=0.5):
    return _objects(c, max_objects, fill, fill_mask, p)


@albumentations("MaskDropout", "mask_dropout", era="1")
def mask_dropout_1(c, max_objects=1, image_fill_value=0, mask_fill_value=0, p=0.5):
    return _objects(c, max_objects, image_fill_value, mask_fill_value, p)


def _objects(c, most, fill, fill_mask, p):
    ends = form.pair(most) if isinstance(most, list | tuple) else (1, form.whole(most))
    return c.op("mask_dropout", objects=form.value(ends), fill=content(c, fill), fill_mask=form.whole(fill_mask), p=p)


@albumentations("XYMasking", "xy_masking")
def xy_masking(c, num_masks_x=0, num_masks_y=0, mask_x_length=0, mask_y_length=0, fill=0, fill_mask=None, p=0.5):
    return _stripes(c, num_masks_x, num_masks_y, mask_x_length, mask_y_length, fill, p)


@albumentations("XYMasking", "xy_masking", era="1")
def xy_masking_1(c, num_masks_x=0, num_masks_y=0, mask_x_length=0, mask_y_length=0, fill_value=0, mask_fill_value=0, p=0.5):
    return _stripes(c, num_masks_x, num_masks_y, mask_x_length, mask_y_length, fill_value, p)


def _stripes(c, count_x, count_y, length_x, length_y, fill, p):
    columns, rows = form.pair(count_x), form.pair(count_y)
    if columns[1] == rows[1] == 0:
        return c.op("identity")
    width, height = (form.pair(x) for x in (length_x, length_y))
    lengths = {name: form.px((max(1, ends[0]), max(1, ends[1]))) for name, ends in (("width", width), ("height", height))}
    if isinstance(fill, list | tuple) and len(fill) > 4:
        c.differs("a fill for each of many channels; here black")
        fill = 0
    return c.op("xy_masking", columns=form.value(columns), rows=form.value(rows), **lengths, fill=content(c, fill), p=p)


@albumentations("TimeMasking", "xy_masking")
def time_masking(c, time_mask_param=40, p=0.5):
    return _stripes(c, 1, 0, (0, time_mask_param), 0, 0, p)


@albumentations("FrequencyMasking", "xy_masking")
def frequency_masking(c, freq_mask_param=30, p=0.5):
    return _stripes(c, 0, 1, 0, (0, freq_mask_param), 0, p)


@albumentations("RandomGridShuffle", "grid_shuffle")
def grid_shuffle(c, grid=(3, 3), p=0.5):
    return c.op("grid_shuffle", grid=[form.whole(x) for x in grid], p=p)


@albumentations(
    "Mosaic",
    "mosaic",
    "resize",
    trap="partners come from the data set by key (.over), not from metadata",
    examples=("Mosaic(grid_yx=(2, 2), target_size=(512, 512))",),
)
def mosaic(
    c, grid_yx=(2, 2), target_size=(512, 512), cell_shape=(512, 512), center_range=(0.3, 0.7), fit_mode="cover", interpolation=1,
    mask_interpolation=0, fill=0, fill_mask=0, metadata_key="mosaic_metadata", p=0.5,
):  # fmt: skip
    low, high = form.pair(center_range)
    c.differs(
        "partners come from the data set by key, and not from mosaic_metadata; cells show windows of their own size, not "
        "resized images"
    )
    return [
        c.op("mosaic", grid=[form.whole(x) for x in grid_yx], jitter=min(1, max(0, form.tidy(high - low))), p=p),
        c.op("resize", size=form.size(target_size)),
    ]
