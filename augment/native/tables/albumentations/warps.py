"""Albumentations' displacement fields."""

from __future__ import annotations

import math
from typing import Any

from augment.native import form
from augment.native.tables.albumentations.arguments import border, interpolation
from augment.native.tables.albumentations.table import TABLE as albumentations

UNIFORM, NORMAL = 1 / math.sqrt(3), 1 / 4.5
"""Deviation of noise before it is smoothed: uniform in ±1, and normal divided by its largest value (about 4.5 of 500,000)."""


@albumentations(
    "ElasticTransform",
    "elastic",
    trap="alpha counts before the field is smoothed: alpha=120, sigma=6 moves pixels by a pixel or two",
)
def elastic(
    c, alpha=1, sigma=50, interpolation=1, approximate=False, same_dxdy=False, mask_interpolation=0,
    noise_distribution="gaussian",
    keypoint_remapping_method="mask", border_mode=0, fill=0, fill_mask=0, p=0.5,
):  # fmt: skip
    spread = NORMAL if noise_distribution == "gaussian" else UNIFORM
    return _elastic(
        c, alpha, sigma, spread, 0, interpolation, mask_interpolation, same_dxdy, border(c, border_mode, fill, fill_mask), p
    )


@albumentations("ElasticTransform", "elastic", era="1", trap="alpha_affine moves three points by up to so many pixels, before")
def elastic_1(
    c, alpha=1, sigma=50, alpha_affine=50, interpolation=1, border_mode=4, value=None, mask_value=None, approximate=False,
    same_dxdy=False, p=0.5,
):  # fmt: skip
    return _elastic(
        c, alpha, sigma, UNIFORM, alpha_affine or 0, interpolation, 0, same_dxdy, border(c, border_mode, value, mask_value), p
    )


def _elastic(c, alpha, sigma, spread, affine, way, mask_way, same, sides, p):
    alpha, sigma = form.number(alpha), form.number(sigma)
    if same:
        c.differs("same_dxdy=True moves along one diagonal only; here x and y apart")
    nodes = [*three_points(c, form.number(affine), sides)]
    std = alpha * spread / (2 * math.sqrt(math.pi) * sigma) if sigma else alpha * spread
    if std < 0.01:
        c.note(f"the field moves pixels by {std:.2g} of a pixel, which nobody can see")
    c.note(
        "a field of the same deviation and smoothness; the largest value of the noise, by which it is divided, is taken for 4.5"
        if spread == NORMAL
        else "a field of the same deviation and smoothness"
    )
    nodes.append(
        c.op(
            "elastic",
            alpha=f"{max(std, 1e-4):.4g}px",
            sigma=f"{max(sigma, 0.5):g}px",
            interpolation=interpolation(c, "elastic", way, mask_way),
            **sides,
        )
    )
    return c.joined(nodes, p)


def three_points(c: Any, reach: float, sides: dict[str, Any]) -> list[Any]:
    """Return an affine map about as wild as one whose three points move by up to ``reach`` pixels each, on an image of 256."""
    if not reach:
        return []
    side = 256 / 3
    share = min(reach / side, 0.9)
    c.differs(
        f"alpha_affine={reach:g} moves three points by up to {reach:g} px each; here a turn, a scale, a slant and a shift "
        "of the same "
        "deviation, for an image of 256 px"
    )
    degrees = min(round(math.degrees(share * 0.58)), 60)
    return [c.op(
        "affine", rotate=f"±{degrees}", scale=[form.tidy(round(1 - 0.58 * share, 2)), form.tidy(round(1 + 0.58 * share, 2))],
        shear_x=f"±{min(degrees, 40)}", translate_x=form.px((-round(reach * 0.58), round(reach * 0.58))),
        translate_y=form.px((-round(reach * 0.58), round(reach * 0.58))), **sides,
    )]  # fmt: skip


@albumentations("GridDistortion", "grid_distortion")
def grid_distortion(
    c, num_steps=5, distort_limit=(-0.3, 0.3), interpolation=1, normalized=True, mask_interpolation=0,
    keypoint_remapping_method="mask",
    p=0.5, border_mode=0, fill=0, fill_mask=0,
):  # fmt: skip
    sides = border(c, border_mode, fill, fill_mask)
    return _grid(c, num_steps, distort_limit, interpolation, mask_interpolation, sides, p, normalized)


@albumentations("GridDistortion", "grid_distortion", era="1")
def grid_distortion_1(
    c, num_steps=5, distort_limit=0.3, interpolation=1, border_mode=4, value=None, mask_value=None, normalized=False, p=0.5
):
    return _grid(c, num_steps, distort_limit, interpolation, 0, border(c, border_mode, value, mask_value), p, normalized)


def _grid(c, steps, limit, way, mask_way, sides, p, normalized=True):
    low, high = form.either_way(limit)
    if low < -0.95 or high > 0.95:
        c.differs(f"distort_limit={limit} turns columns inside out there; here 0.95 at most")
        low, high = max(low, -0.95), min(high, 0.95)
    if not normalized:
        c.differs(
            "without normalized=True each column adds to the next, and the last one goes beyond the image, or ends inside it; "
            "here all of them share the image, so that the far edge stays "
            f"(it moves by up to {max(-low, high):.0%} of a step each there)"
        )
    way = interpolation(c, "grid_distortion", way, mask_way)
    return c.op("grid_distortion", distort=form.value((low, high)), steps=form.whole(steps), interpolation=way, **sides, p=p)


@albumentations("OpticalDistortion", "optical_distortion")
def optical(
    c, distort_limit=(-0.05, 0.05), interpolation=1, mask_interpolation=0, mode="camera", keypoint_remapping_method="mask", p=0.5,
    border_mode=0, fill=0, fill_mask=0,
):  # fmt: skip
    return _optical(c, distort_limit, 0, mode, interpolation, mask_interpolation, border(c, border_mode, fill, fill_mask), p)


@albumentations("OpticalDistortion", "optical_distortion", era="1")
def optical_1(c, distort_limit=0.05, shift_limit=0.05, interpolation=1, border_mode=4, value=None, mask_value=None, p=0.5):
    return _optical(c, distort_limit, shift_limit, "camera", interpolation, 0, border(c, border_mode, value, mask_value), p)


def _optical(c, limit, shift, mode, way, mask_way, sides, p):
    if form.either_way(shift) != (0, 0):
        c.note(f"shift_limit={shift} moves the optical centre by up to so many pixels there, and not here")
    low, high = form.either_way(limit)
    if low < -0.33 or high > 4:
        c.differs(f"distort_limit={limit} folds the picture over itself there; here from -0.33 to 4")
        low, high = max(low, -0.33), min(high, 4)
    model = None if mode == "camera" else mode
    way = interpolation(c, "optical_distortion", way, mask_way)
    return c.op("optical_distortion", strength=form.value((low, high)), model=model, interpolation=way, **sides, p=p)


@albumentations("PiecewiseAffine", "piecewise_affine")
def piecewise(
    c, scale=(0.03, 0.05), nb_rows=(4, 4), nb_cols=(4, 4), interpolation=1, mask_interpolation=0, absolute_scale=False,
    keypoint_remapping_method="mask", p=0.5, border_mode=0, fill=0, fill_mask=0,
):  # fmt: skip
    return _pieces(c, scale, nb_rows, nb_cols, interpolation, mask_interpolation, border(c, border_mode, fill, fill_mask), p)


@albumentations("PiecewiseAffine IAAPiecewiseAffine", "piecewise_affine", era="1")
def piecewise_1(
    c, scale=(0.03, 0.05), nb_rows=4, nb_cols=4, interpolation=1, mask_interpolation=0, cval=0, cval_mask=0, mode="constant",
    absolute_scale=False, keypoints_threshold=0.01, order=1, p=0.5,
):  # fmt: skip
    modes = {"constant": 0, "edge": 1, "symmetric": 2, "reflect": 4, "wrap": 3}
    return _pieces(
        c, scale, nb_rows, nb_cols, interpolation, mask_interpolation, border(c, modes.get(mode, 0), cval, cval_mask), p
    )


def _pieces(c, scale, rows, columns, way, mask_way, sides, p):
    c.differs(
        "2.0.8 weighs all knots by their distance, and shrinks the picture towards its middle; here, as in imgaug and before, "
        "triangles between knots, whose deviation is a share of the shorter side"
    )
    counts = {"rows": max(2, form.whole(form.pair(rows)[0])), "columns": max(2, form.whole(form.pair(columns)[0]))}
    way = interpolation(c, "piecewise_affine", way, mask_way)
    return c.op("piecewise_affine", scale=form.value(form.pair(scale)), **counts, interpolation=way, **sides, p=p)


@albumentations("ThinPlateSpline", "thin_plate_spline")
def thin_plate(
    c, scale_range=(0.2, 0.4), num_control_points=4, interpolation=1, mask_interpolation=0, keypoint_remapping_method="mask",
    p=0.5,
    border_mode=0, fill=0, fill_mask=0,
):  # fmt: skip
    scale = form.each(form.pair(scale_range), lambda x: x / 10)  # its deviation is a tenth of it, of each side of its own
    knots = form.whole(num_control_points)
    c.note("the deviation is a share of each side there, of the shorter one here")
    way = _way(c, "thin_plate_spline", interpolation, mask_interpolation)
    sides = border(c, border_mode, fill, fill_mask)
    return c.op("thin_plate_spline", scale=form.value(scale), rows=knots, columns=knots, interpolation=way, **sides, p=p)


def _way(c: Any, op: str, raw: Any, mask: Any) -> str | None:
    return interpolation(c, op, raw, mask)


@albumentations("GridElasticDeform", "piecewise_affine")
def grid_elastic(c, num_grid_xy, magnitude, interpolation=1, mask_interpolation=0, p=1.0):
    rows, columns = (min(16, max(2, form.whole(x) + 1)) for x in reversed(num_grid_xy))
    c.differs("it moves the tiles of a grid, whose corners need not meet; here the knots between them, by the same lengths")
    way = _way(c, "piecewise_affine", interpolation, mask_interpolation)
    reach = f"{form.tidy(round(form.number(magnitude) / 3**0.5, 3))}px"
    return c.op("piecewise_affine", scale=reach, rows=rows, columns=columns, interpolation=way, p=p)
