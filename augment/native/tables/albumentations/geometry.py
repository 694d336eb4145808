"""Albumentations' flips, turns and warps."""

from __future__ import annotations

import math
from typing import Any

from augment.native import form
from augment.native.tables.albumentations.arguments import border, interpolation, sheared_after
from augment.native.tables.albumentations.table import TABLE as albumentations

HALF = "p=0.5 unless it is said: half of all images stay as they are"
BORDER = "2.0 fills with black where 1.x mirrored the image (BORDER_REFLECT_101)"


@albumentations("HorizontalFlip TimeReverse", "horizontal_flip", trap=HALF, examples=("HorizontalFlip()",))
def horizontal_flip(c, p=0.5):
    return c.op("horizontal_flip", p=p)


@albumentations("VerticalFlip", "vertical_flip", trap=HALF, examples=("VerticalFlip(p=0.2)",))
def vertical_flip(c, p=0.5):
    return c.op("vertical_flip", p=p)


@albumentations("Transpose", "transpose", trap=HALF, examples=("Transpose()",))
def transpose(c, p=0.5):
    return c.op("transpose", p=p)


@albumentations(
    "Flip",
    "horizontal_flip",
    "vertical_flip",
    era="1",
    trap="one of three is drawn: both, vertical, horizontal; gone in 2.0",
    examples=("Flip()",),
)
def flip(c, p=0.5):
    both = c.op("sequence", ops=[c.op("horizontal_flip", p=1), c.op("vertical_flip", p=1)])
    return c.op("one_of", p=p, ops=[both, c.op("vertical_flip", p=1), c.op("horizontal_flip", p=1)])


@albumentations(
    "RandomRotate90",
    "rotate90",
    trap="2.0.8: p=1; 1.x: p=0.5; a quarter of what it is applied to is turned by nothing",
    examples=("RandomRotate90()", "RandomRotate90(p=0.5)"),
)
def random_rotate90(c, p=1):
    return c.op("rotate90", p=p)


@albumentations("RandomRotate90", "rotate90", era="1")
def random_rotate90_1(c, p=0.5):
    return c.op("rotate90", p=p)


@albumentations("D4 SquareSymmetry", "d4", examples=("D4()",), trap="one of the eight symmetries of a square")
def d4(c, p=1):
    return c.op("d4", p=p)


@albumentations(
    "Rotate", "rotate", trap=f"limit=90 is ±90, and {BORDER}", examples=("Rotate(limit=15)", "Rotate(limit=(-10, 30), p=1)")
)
def rotate(
    c, limit=(-90, 90), interpolation=1, border_mode=0, rotate_method="largest_box", crop_border=False, mask_interpolation=0,
    fill=0, fill_mask=0, p=0.5,
):  # fmt: skip
    return _turned(
        c, "rotate", limit, interpolation, border_mode, rotate_method, crop_border, mask_interpolation, fill, fill_mask, p
    )


@albumentations("Rotate", "rotate", era="1")
def rotate_1(
    c,
    limit=90,
    interpolation=1,
    border_mode=4,
    value=None,
    mask_value=None,
    rotate_method="largest_box",
    crop_border=False,
    p=0.5,
):
    return _turned(c, "rotate", limit, interpolation, border_mode, rotate_method, crop_border, 0, value, mask_value, p)


@albumentations("SafeRotate", "safe_rotate", trap=BORDER, examples=("SafeRotate(limit=10)",))
def safe_rotate(
    c,
    limit=(-90, 90),
    interpolation=1,
    border_mode=0,
    rotate_method="largest_box",
    mask_interpolation=0,
    fill=0,
    fill_mask=0,
    p=0.5,
):
    return _turned(
        c, "safe_rotate", limit, interpolation, border_mode, rotate_method, False, mask_interpolation, fill, fill_mask, p
    )


@albumentations("SafeRotate", "safe_rotate", era="1")
def safe_rotate_1(c, limit=90, interpolation=1, border_mode=4, value=None, mask_value=None, p=0.5):
    return _turned(c, "safe_rotate", limit, interpolation, border_mode, "largest_box", False, 0, value, mask_value, p)


def _turned(c, op, limit, way, mode, method, crop, mask_way, fill, fill_mask, p):
    if crop:
        c.differs("crop_border=True cuts out the largest rectangle without a border, of another size each time; here it stays in")
    if method != "largest_box":
        _boxes(c, method)
    more = {"interpolation": interpolation(c, op, way, mask_way), **border(c, mode, fill, fill_mask)}
    return c.op(op, degrees=form.value(form.either_way(limit)), **more, p=p)


def _boxes(c: Any, method: str) -> None:
    c.note(f"rotate_method={method!r}: boxes are the hull of their corners here, which is larger")


@albumentations(
    "ShiftScaleRotate",
    "affine",
    trap=f"limits are either way, and the scale's is 1 ± limit; {BORDER}",
    examples=("ShiftScaleRotate(shift_limit=0.06, scale_limit=0.1, rotate_limit=15)",),
)
def shift_scale_rotate(
    c, shift_limit=(-0.0625, 0.0625), scale_limit=(-0.1, 0.1), rotate_limit=(-45, 45), interpolation=1, border_mode=0,
    shift_limit_x=None, shift_limit_y=None, rotate_method="largest_box", mask_interpolation=0, fill=0, fill_mask=0, p=0.5,
):  # fmt: skip
    if rotate_method != "largest_box":
        _boxes(c, rotate_method)
    c.note("it shifts by whole pixels there, by parts of a pixel here")
    return _shifted(
        c, shift_limit, scale_limit, rotate_limit, interpolation, border_mode, shift_limit_x, shift_limit_y, mask_interpolation,
        fill, fill_mask, p,
    )  # fmt: skip


@albumentations("ShiftScaleRotate", "affine", era="1")
def shift_scale_rotate_1(
    c, shift_limit=0.0625, scale_limit=0.1, rotate_limit=45, interpolation=1, border_mode=4, value=None, mask_value=None,
    shift_limit_x=None, shift_limit_y=None, rotate_method="largest_box", p=0.5,
):  # fmt: skip
    if rotate_method != "largest_box":
        _boxes(c, rotate_method)
    return _shifted(
        c,
        shift_limit,
        scale_limit,
        rotate_limit,
        interpolation,
        border_mode,
        shift_limit_x,
        shift_limit_y,
        0,
        value,
        mask_value,
        p,
    )


def _shifted(c, shift, scale, rotate, way, mode, shift_x, shift_y, mask_way, fill, fill_mask, p):
    return plainest(c, {
        "rotate": form.value(form.either_way(rotate)),
        "translate_x": form.value(form.either_way(shift if shift_x is None else shift_x)),
        "translate_y": form.value(form.either_way(shift if shift_y is None else shift_y)),
        "scale": form.value(form.plus_one(scale)),
        "interpolation": interpolation(c, "affine", way, mask_way), **border(c, mode, fill, fill_mask), "p": p,
    })  # fmt: skip


@albumentations(
    "Affine",
    "affine",
    trap="rotate=15 is always 15, not ±15; a range scales the axes apart unless keep_ratio=True",
    examples=("Affine(rotate=(-15, 15), scale=(0.9, 1.1), keep_ratio=True, p=1)", "Affine(shear=(-5, 5))"),
)
def affine(
    c, scale=(1.0, 1.0), translate_percent=None, translate_px=None, rotate=0.0, shear=(0.0, 0.0), interpolation=1,
    mask_interpolation=0, fit_output=False, keep_ratio=False, rotate_method="largest_box", balanced_scale=False, border_mode=0,
    fill=0, fill_mask=0, p=0.5,
):  # fmt: skip
    return _affine(
        c, scale, translate_percent, translate_px, rotate, shear, interpolation, mask_interpolation, fit_output, keep_ratio,
        rotate_method, balanced_scale, border_mode, fill, fill_mask, p,
    )  # fmt: skip


@albumentations("Affine", "affine", era="1")
def affine_1(
    c, scale=None, translate_percent=None, translate_px=None, rotate=None, shear=None, interpolation=1, mask_interpolation=0,
    cval=0, cval_mask=0, mode=0, fit_output=False, keep_ratio=False, rotate_method="largest_box", balanced_scale=False, p=0.5,
):  # fmt: skip
    if scale is rotate is shear is translate_percent is translate_px is None:  # then it had defaults of its own
        scale, translate_percent, rotate, shear = (0.9, 1.1), (-0.1, 0.1), (-15, 15), {"x": (-10, 10), "y": (-10, 10)}
    return _affine(
        c, 1.0 if scale is None else scale, translate_percent, translate_px, 0.0 if rotate is None else rotate,
        0.0 if shear is None else shear, interpolation, mask_interpolation, fit_output, keep_ratio, rotate_method, balanced_scale,
        mode, cval, cval_mask, p,
    )  # fmt: skip


@albumentations("IAAAffine", "affine", era="1", trap="imgaug's; gone since 1.0", examples=("IAAAffine(rotate=(-10, 10))",))
def iaa_affine(
    c, scale=1.0, translate_percent=None, translate_px=None, rotate=0.0, shear=0.0, order=1, cval=0, mode="reflect", p=0.5
):
    modes = {"constant": 0, "edge": 1, "symmetric": 2, "reflect": 4, "wrap": 3}
    return _affine(
        c, scale, translate_percent, translate_px, rotate, shear, {0: 0, 1: 1}.get(order, 2), 0, False, True, "largest_box",
        False,
        modes.get(mode, -1), cval, 0, p,
    )  # fmt: skip


def _affine(c, scale, percent, pixels, rotate, shear, way, mask_way, fit, keep_ratio, method, balanced, mode, fill, fill_mask, p):
    if fit:
        c.differs("fit_output=True makes the canvas as large as the result; here it stays, and what leaves it is lost")
    if balanced:
        c.differs("balanced_scale=True shrinks as often as it enlarges; here the whole range is as likely everywhere")
    if method != "largest_box":
        _boxes(c, method)
    turn = form.pair(rotate)
    scales, shears, moves = _axes(scale, 1.0), _axes(shear, 0.0), _moves(c, percent, pixels)
    for axis, ends in shears.items():
        share = sheared_after(turn, ends)
        if share > 0.002:
            c.differs(
                f"it shears along {axis} after the turn, here before: corners differ by up to {share:.1%} of the half diagonal"
            )
            break
    fields = {
        "rotate": form.value(turn), **moves,
        "shear_x": form.value(shears["x"]) or None, "shear_y": form.value(shears["y"]) or None,
        "interpolation": interpolation(c, "affine", way, mask_way), **border(c, mode, fill, fill_mask), "p": p,
    }  # fmt: skip
    return plainest(c, {**_scaled(c, scales, keep_ratio), **fields})


def plainest(c: Any, fields: dict[str, Any]) -> Any:
    """Return the op of the fewest words for one affine map: rotate, translate, scale or shear, where it does only one of them."""
    neutral = {"scale": 1, "scale_x": 1, "scale_y": 1}
    maps = ("rotate", "translate_x", "translate_y", "scale", "scale_x", "scale_y", "shear_x", "shear_y")
    done = {name: fields[name] for name in maps if fields.get(name) is not None and fields[name] != neutral.get(name, 0)}
    more = {name: found for name, found in fields.items() if name not in maps}
    if not done:
        return c.op("identity")
    if done.keys() == {"rotate"}:
        return c.op("rotate", degrees=done["rotate"], **more)
    for op, names in PARTS.items():
        if done.keys() <= names.keys():
            return c.op(op.strip(), **{names[name]: found for name, found in done.items()}, **more)
    return c.op("affine", **done, **more)


PARTS: dict[str, dict[str, str]] = {  # op -> the fields of affine that it has, under its own names
    "translate": {"translate_x": "x", "translate_y": "y"}, "scale": {"scale": "factor"},
    "scale ": {"scale_x": "x", "scale_y": "y"},
    "shear": {"shear_x": "x", "shear_y": "y"},
}  # fmt: skip


def _scaled(c: Any, scales: dict[str, form.Pair], keep_ratio: bool) -> dict[str, Any]:
    x, y = scales["x"], scales["y"]
    if x == y and (keep_ratio or x[0] == x[1]):
        return {"scale": form.value(x)} if x != (1, 1) else {}
    if c.known("affine", "scale_x", "scale_y"):
        return {"scale_x": form.value(x), "scale_y": form.value(y)}
    c.differs(f"the axes are scaled apart there, by up to {max(x[1] / y[0], y[1] / x[0]) - 1:.0%} of the aspect; alike here")
    return {"scale": form.value((min(x[0], y[0]), max(x[1], y[1])))}


def _axes(raw: Any, default: float) -> dict[str, form.Pair]:
    if isinstance(raw, dict):
        return {axis: form.pair(raw.get(axis, default)) for axis in "xy"}
    return {axis: form.pair(raw) for axis in "xy"}


def _moves(c: Any, percent: Any, pixels: Any) -> dict[str, Any]:
    if percent is None and pixels is None:
        return {}
    found = _axes(pixels if percent is None else percent, 0.0)
    if any(a != b for a, b in found.values()) or percent is not None:
        c.note("it shifts by whole pixels there, by parts of a pixel here")
    say = form.px if percent is None else form.value
    return {f"translate_{axis}": say(ends) for axis, ends in found.items() if ends != (0, 0)}


@albumentations(
    "Perspective",
    "perspective",
    trap="scale is the spread of a normal distribution, cut by mod 0.32: corners move by |N| of the side",
)
def perspective(
    c, scale=(0.05, 0.1), keep_size=True, fit_output=False, interpolation=1, mask_interpolation=0, border_mode=0, fill=0,
    fill_mask=0, p=0.5,
):  # fmt: skip
    return _perspective(c, scale, keep_size, fit_output, interpolation, mask_interpolation, border_mode, fill, fill_mask, p)


@albumentations("Perspective IAAPerspective", "perspective", era="1")
def perspective_1(
    c, scale=(0.05, 0.1), keep_size=True, pad_mode=0, pad_val=0, mask_pad_val=0, fit_output=False, interpolation=1, p=0.5
):
    return _perspective(c, scale, keep_size, fit_output, interpolation, 0, pad_mode, pad_val, mask_pad_val, p)


def _perspective(c, scale, keep_size, fit, way, mask_way, mode, fill, fill_mask, p):
    low, high = (0, abs(form.number(scale))) if not isinstance(scale, list | tuple) else form.pair(scale)
    if not keep_size:
        c.differs("keep_size=False gives the canvas the size of the drawn quadrangle; here the size stays")
    if fit:
        c.differs("fit_output=True keeps all of the image in sight; here corners may leave it")
    # the mean of |N(0, s)| is 0.8 s of the side, that of a uniform up to d half sides is d/4 of the side
    distortion = form.each((low, high), lambda s: min(4 * math.sqrt(2 / math.pi) * s, 0.66))
    c.differs(
        "its corners move by |N(0, scale)| of the side and what is cut out is enlarged to the frame; here uniformly, "
        "with the same "
        f"mean ({form.tidy(round(0.8 * high, 3))} of the side at most), and the other way round: the image shrinks into the frame"
    )
    fields = border(c, mode, fill, fill_mask)
    return c.op(
        "perspective", distortion=form.value((round(distortion[0], 3), round(distortion[1], 3))),
        interpolation=interpolation(c, "perspective", way, mask_way), **fields, p=p,
    )  # fmt: skip
