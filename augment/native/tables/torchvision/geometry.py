"""torchvision's flips, turns and warps."""

from __future__ import annotations

import math
from typing import Any

from augment.native import form
from augment.native.tables.albumentations.geometry import plainest
from augment.native.tables.torchvision.table import TABLE as torchvision
from augment.native.tables.torchvision.table import filled, interpolation

NEAREST = "nearest interpolation unless it is said: edges are jagged"


@torchvision("RandomHorizontalFlip", "horizontal_flip", examples=("RandomHorizontalFlip()",))
def horizontal_flip(c, p=0.5):
    return c.op("horizontal_flip", p=p)


@torchvision("RandomVerticalFlip", "vertical_flip", examples=("RandomVerticalFlip(p=0.1)",))
def vertical_flip(c, p=0.5):
    return c.op("vertical_flip", p=p)


@torchvision(
    "RandomRotation",
    "rotate",
    trap=NEAREST,
    examples=("RandomRotation(15)", 'RandomRotation((0, 90), interpolation="InterpolationMode.BILINEAR")'),
)
def rotation(c, degrees, interpolation="nearest", expand=False, center=None, fill=0):
    _centre(c, center)
    more = {}
    if expand:
        if c.known("rotate", "expand"):
            more["expand"] = True
        else:
            c.differs("expand=True makes the canvas as large as the turned image; here it stays, and corners are lost")
    return c.op(
        "rotate",
        degrees=form.value(form.either_way(degrees)),
        interpolation=_way(c, "rotate", interpolation),
        fill=filled(c, fill),
        **more,
    )


def _way(c: Any, op: str, raw: Any) -> str | None:
    return interpolation(c, op, raw)


def _centre(c: Any, center: Any) -> None:
    if center is not None:
        c.differs(f"center={center}: it turns about that point; here about the middle")


@torchvision(
    "RandomAffine",
    "affine",
    trap=f"positive angles are clockwise, unlike RandomRotation's; {NEAREST}",
    examples=("RandomAffine(degrees=10, translate=(0.1, 0.1), scale=(0.9, 1.1))",),
)
def affine(c, degrees, translate=None, scale=None, shear=None, interpolation="nearest", fill=0, center=None):
    _centre(c, center)
    turn = form.each(form.either_way(degrees), lambda x: -x)
    fields: dict[str, Any] = {"rotate": form.value(turn)}
    if translate is not None:
        x, y = (form.number(v) for v in translate)
        fields |= {"translate_x": form.value((-x, x)), "translate_y": form.value((-y, y))}
        c.note("it shifts by whole pixels there, by parts of a pixel here")
    if scale is not None:
        fields["scale"] = form.value(form.pair(scale))
    if shear is not None:
        slants = [form.number(v) for v in shear] if isinstance(shear, list | tuple) else [-form.number(shear), form.number(shear)]
        fields["shear_x"] = form.value((slants[0], slants[1]))
        if len(slants) == 4:
            fields["shear_y"] = form.value((slants[2], slants[3]))
    return plainest(c, {**fields, "interpolation": _way(c, "affine", interpolation), "fill": filled(c, fill)})


@torchvision(
    "RandomPerspective",
    "perspective",
    trap="corners move by whole pixels",
    examples=("RandomPerspective(distortion_scale=0.3, p=0.5)",),
)
def perspective(c, distortion_scale=0.5, p=0.5, interpolation="bilinear", fill=0):
    share = form.number(distortion_scale)
    if share > 0.66:
        c.differs(f"distortion_scale={share} lets corners cross their neighbours; here 0.66 at most")
    return c.op(
        "perspective", distortion=min(share, 0.66), interpolation=_way(c, "perspective", interpolation), fill=filled(c, fill), p=p
    )


@torchvision("ElasticTransform", "elastic", trap="alpha counts before the field is smoothed, in half pixels")
def elastic(c, alpha=50.0, sigma=5.0, interpolation="bilinear", fill=0):
    lengths, smooth = form.pair(alpha), form.pair(sigma)
    if lengths[0] != lengths[1] or smooth[0] != smooth[1]:
        c.differs("x and y have an alpha and a sigma of their own there; here the means serve both")
    sigma_px = sum(smooth) / 2
    # a field of U(-1, 1), blurred, times alpha/2: the deviation that is left of it
    std = sum(lengths) / 4 / math.sqrt(3) / (2 * math.sqrt(math.pi) * sigma_px)
    c.note("a field of the same deviation and smoothness")
    return c.op(
        "elastic",
        alpha=f"{std:.4g}px",
        sigma=f"{sigma_px:g}px",
        interpolation=_way(c, "elastic", interpolation),
        fill=filled(c, fill),
    )
