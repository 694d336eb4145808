"""Ultralytics' knobs for training: hsv_h, degrees, mosaic and the rest of its configuration."""

from __future__ import annotations

from typing import Any

from augment.native import form
from augment.native.entry import Table

TABLE = Table("ultralytics", needless=("close_mosaic", "auto_augment", "crop_fraction", "copy_paste_mode", "augmentations"))


@TABLE(
    "train", "resize", "pad", "mosaic", "affine", "mixup", "copy_paste", "hue", "saturation", "brightness", "vertical_flip",
    "horizontal_flip",
    trap="hsv_h is a share of the circle either way, saturation and value are factors; scale=0.5 is 1±0.5",
    examples=("train(hsv_h=0.015, hsv_s=0.7, hsv_v=0.4, translate=0.1, scale=0.5, fliplr=0.5, mosaic=1.0)",),
)  # fmt: skip
def train(
    c, hsv_h=0.015, hsv_s=0.7, hsv_v=0.4, degrees=0.0, translate=0.1, scale=0.5, shear=0.0, perspective=0.0, flipud=0.0,
    fliplr=0.5,
    bgr=0.0, mosaic=1.0, mixup=0.0, cutmix=0.0, copy_paste=0.0, erasing=0.0, imgsz=640,
):  # fmt: skip
    size = form.size(imgsz)
    nodes: list[Any] = [
        c.op("resize", long=size if isinstance(size, int) else max(size)),
        c.op("pad", size=size, fill=form.tidy(114 / 255)),
    ]
    if form.number(mosaic):
        nodes.append(c.op("mosaic", p=form.number(mosaic)))
        c.differs(
            "the mosaic is twice as large as the image there, and cut back by the affine map; here it is of the image's size"
        )
    if form.number(copy_paste):
        c.differs("copy_paste pastes objects of the mirrored picture where they hide little there; here those of another sample")
        nodes.append(c.op("copy_paste", share=form.number(copy_paste)))
    nodes.append(_map(c, form.number(degrees), form.number(translate), form.number(scale), form.number(shear)))
    if form.number(perspective):
        c.differs(f"perspective={perspective}: the last row of the matrix is drawn there; here corners move inwards")
        nodes.append(c.op("perspective", distortion=min(0.66, form.tidy(200 * form.number(perspective)))))
    nodes += [
        c.op(name, alpha=alpha, p=form.number(p))
        for name, alpha, p in (("mixup", 32, mixup), ("cutmix", 1, cutmix))
        if form.number(p)
    ]
    nodes += _colours(c, form.number(hsv_h), form.number(hsv_s), form.number(hsv_v))
    if form.number(bgr):
        c.differs("bgr swaps red and blue; here nothing does")
    nodes += [
        c.op(name, p=form.number(p)) for name, p in (("vertical_flip", flipud), ("horizontal_flip", fliplr)) if form.number(p)
    ]
    if form.number(erasing):
        c.note("erasing is for classification only")
        nodes.append(c.op("random_erasing", area=[0.02, 0.33], p=form.number(erasing)))
    return nodes


def _map(c: Any, degrees: float, translate: float, scale: float, shear: float) -> Any:
    fields = {
        "rotate": f"±{degrees:g}" if degrees else None, "translate_x": f"±{translate:g}" if translate else None,
        "translate_y": f"±{translate:g}" if translate else None,
        "scale": form.value(form.around_one(scale, 0.01)) if scale else None,
        "shear_x": f"±{shear:g}" if shear else None, "shear_y": f"±{shear:g}" if shear else None,
    }  # fmt: skip
    return c.op("affine", **fields, fill=form.tidy(114 / 255)) if any(fields.values()) else None


def _colours(c: Any, hue: float, saturation: float, value: float) -> list[Any]:
    nodes = []
    if hue:
        nodes.append(c.op("hue", degrees=f"±{form.tidy(360 * hue)}"))
    if saturation:
        c.differs("it multiplies the saturation of HSV; here colours are blended with their grey")
        nodes.append(c.op("saturation", factor=form.value(form.around_one(saturation))))
    if value:
        nodes.append(c.op("brightness", factor=form.value(form.around_one(value))))
    return nodes
