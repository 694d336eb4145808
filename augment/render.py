"""Draws samples: pictures with their masks, boxes and keypoints over them, and sheets of captioned pictures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.program.points import to_xyxy
from augment.sample import Target

if TYPE_CHECKING:
    from PIL import Image, ImageDraw, ImageFont

INK, MUTED, LINE, PAPER, EMPTY = "#1c2024", "#6b7280", "#d8dde3", "#ffffff", "#f3f5f7"
COLOURS = ("#19c3e6", "#ffd23f", "#a06be8", "#3fcf7f", "#ff7a3d", "#e8457c", "#4d8df7")
Legend = dict[str, int]
"""The number of each label's colour; filled as labels are first seen, so that a name keeps its colour on a sheet."""
FINE = 3  # shapes are drawn this much larger and reduced, which smooths their edges
GAP, MARGIN = 14, 28


@dataclass(frozen=True)
class Cell:
    """A picture with what is written below it."""

    picture: Image.Image
    caption: str
    detail: str = ""


@dataclass(frozen=True)
class Block:
    """Cells that belong together, under a heading."""

    heading: str
    cells: Sequence[Cell] = field(default_factory=tuple)


# Samples -------------------------------------------------------------------------------------------------------------


def draw_sample(
    sample: Mapping[str, Any], targets: Mapping[str, Target], size: int, legend: Legend, tail: Any = None
) -> Image.Image:
    """Return the first image of a sample, within a square of ``size`` pixels, with everything else drawn over it.

    ``tail`` is gain and offset of a normalize, which is undone for looking.
    """
    from PIL import Image

    name = next(name for name, target in targets.items() if target.kind == "image")
    pixels = as_bytes(sample[name], tail)
    height, width = pixels.shape[:2]
    scale = min(size / width, size / height)
    shape = max(1, round(width * scale)), max(1, round(height * scale))
    picture = Image.fromarray(pixels).resize(shape, Image.Resampling.NEAREST if scale >= 2 else Image.Resampling.LANCZOS)
    layer = Image.new("RGBA", (shape[0] * FINE, shape[1] * FINE), (0, 0, 0, 0))
    for target_name, target in targets.items():
        if target.kind == "mask" and target_name in sample:
            layer.alpha_composite(_mask_layer(np.asarray(sample[target_name]), layer.size))
    _draw_points(layer, sample, targets, (height, width), legend)
    picture = picture.convert("RGBA")
    picture.alpha_composite(layer.resize(shape, Image.Resampling.BOX))
    return picture.convert("RGB")


def as_bytes(image: Any, tail: Any = None) -> np.ndarray:
    """Return an image of any type and number of channels as (H, W, 3) of bytes: of more than three channels the first three."""
    image = np.asarray(image)
    image = image[..., None] if image.ndim == 2 else image
    if tail is not None:
        gain, offset = (np.asarray(x, np.float32) for x in tail)
        image = (image - offset) / gain
    if image.dtype != np.uint8:
        scale = 255 if image.dtype.kind == "f" else 255 / np.iinfo(image.dtype).max
        image = np.rint(np.clip(np.nan_to_num(image * scale), 0, 255)).astype(np.uint8)
    return np.ascontiguousarray(image[..., :3] if image.shape[2] >= 3 else np.repeat(image[..., :1], 3, axis=2))


def _mask_layer(mask: np.ndarray, size: tuple[int, int]) -> Image.Image:
    """The labels of a mask as tints with firm outlines; label 0 is clear."""
    from PIL import Image

    labels = _labels(mask)
    columns = (np.arange(size[0]) * labels.shape[1] // size[0]).clip(0, labels.shape[1] - 1)
    rows = (np.arange(size[1]) * labels.shape[0] // size[1]).clip(0, labels.shape[0] - 1)
    large = labels[rows][:, columns]
    table = np.array([(0, 0, 0), *map(_rgb, COLOURS)], np.uint8)
    colour = table[np.where(large > 0, (large - 1) % len(COLOURS) + 1, 0)]
    edge = np.zeros(large.shape, bool)
    for axis in (0, 1):
        for reach in (-FINE, FINE):
            edge |= np.roll(large, reach, axis) != large
    edge[:FINE] = edge[-FINE:] = edge[:, :FINE] = edge[:, -FINE:] = False  # rolled around
    alpha = np.where(large > 0, np.where(edge, 235, 60), 0).astype(np.uint8)
    return Image.fromarray(np.dstack([colour, alpha]))


def _labels(mask: np.ndarray) -> np.ndarray:
    """(H, W) whole numbers: layers count from one, colours by their order, fractions as on or off."""
    if mask.dtype.kind == "f":
        mask = mask >= 0.5
    if mask.ndim == 2 or mask.shape[2] == 1:
        mask = mask.reshape(mask.shape[:2])
        return mask.astype(np.int64) if mask.dtype.kind != "b" else mask * 1
    flat, inverse = np.unique(mask.reshape(-1, mask.shape[2]), axis=0, return_inverse=True)
    return np.reshape(inverse, mask.shape[:2]) + (0 if not flat[0].any() else 1)


def _draw_points(
    layer: Image.Image, sample: Mapping[str, Any], targets: Mapping[str, Target], size: tuple[int, int], legend: Legend
) -> None:
    from PIL import ImageDraw

    draw = ImageDraw.Draw(layer)
    scale = np.array([layer.width / size[1], layer.height / size[0]])
    for name, target in targets.items():
        if name not in sample:
            continue
        if target.kind == "boxes":
            boxes = to_xyxy(np.asarray(sample[name], float).reshape(-1, 4), target.format, size) * np.tile(scale, 2)
            labels = sample.get(target.carry[0]) if target.carry else None
            for i, box in enumerate(boxes):
                label = "" if labels is None else str(labels[i])
                _draw_box(draw, box, label, COLOURS[legend.setdefault(label, len(legend)) % len(COLOURS)], layer.size)
        elif target.kind == "keypoints":
            rows = np.asarray(sample[name], float)
            for x, y in (rows.reshape(len(rows), -1)[:, :2] + 0.5) * scale if rows.size else ():
                _draw_dot(draw, x, y)


def _draw_box(draw: ImageDraw.ImageDraw, box: np.ndarray, label: str, colour: str, size: tuple[int, int]) -> None:
    x0, y0, x1, y1 = box.tolist()
    draw.rectangle((x0 - FINE, y0 - FINE, x1 + FINE, y1 + FINE), outline=(0, 0, 0, 90), width=4 * FINE)
    draw.rectangle((x0, y0, x1, y1), outline=colour, width=2 * FINE)
    if not label:
        return
    font = letters(10 * FINE)
    width, height = draw.textlength(label, font) + 8 * FINE, 14 * FINE
    top = y0 - height + 2 * FINE if y0 >= height else y0
    left = min(max(x0, 0), max(size[0] - width, 0))
    draw.rounded_rectangle((left, top, left + width, top + height), 2 * FINE, fill=colour)
    dark = np.dot(_rgb(colour), (0.299, 0.587, 0.114)) < 150
    draw.text((left + 4 * FINE, top + height / 2), label, PAPER if dark else INK, font, anchor="lm")


def _draw_dot(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    for radius, colour in ((4.5, INK), (3.75, PAPER), (2.5, COLOURS[5])):
        r = radius * FINE
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


# Sheets --------------------------------------------------------------------------------------------------------------


def draw_sheet(title: str, about: str, blocks: Iterable[Block], cell: int) -> Image.Image:
    """Return a sheet: a title, and under it each block's cells in rows of equal length, captions below."""
    from PIL import Image, ImageDraw

    blocks = list(blocks)
    columns = columns_for(max(len(block.cells) for block in blocks))
    width = 2 * MARGIN + columns * cell + (columns - 1) * GAP
    rows = [_rows(block.cells, columns) for block in blocks]
    lines = 2 if any(c.detail for block in blocks for c in block.cells) else 1
    caption = 8 + 16 * lines + 10
    top = MARGIN + 50
    headings = sum(34 for block in blocks if block.heading)
    height = top + headings + sum(_tallest(cells) + caption + 6 for own in rows for cells in own)
    sheet = Image.new("RGB", (width, height + MARGIN - 16), PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((MARGIN, MARGIN - 6), _fitted(title, 20, width - 2 * MARGIN), INK, letters(20))
    draw.text((MARGIN, MARGIN + 20), _fitted(about, 13, width - 2 * MARGIN), MUTED, letters(13))
    y = top
    for block, own in zip(blocks, rows, strict=True):
        if block.heading:
            draw.line((MARGIN, y + 2, width - MARGIN, y + 2), LINE)
            draw.text((MARGIN, y + 10), _fitted(block.heading, 14, width - 2 * MARGIN), INK, letters(14))
            y += 34
        for cells in own:
            tallest = _tallest(cells)
            for i, one in enumerate(cells):
                _draw_cell(sheet, draw, one, MARGIN + i * (cell + GAP), y, cell, tallest)
            y += tallest + caption + 6
    return sheet


def columns_for(count: int, most: int = 6) -> int:
    """Return how many cells stand in a row: as many as leave the fewest gaps in the last one."""
    if count <= most:
        return count
    return min(range(3, most + 1), key=lambda n: (-count % n, -n))


def _rows(cells: Sequence[Cell], columns: int) -> list[Sequence[Cell]]:
    return [cells[i : i + columns] for i in range(0, len(cells), columns)]


def _tallest(cells: Sequence[Cell]) -> int:
    return max(cell.picture.height for cell in cells)


def _draw_cell(sheet: Image.Image, draw: ImageDraw.ImageDraw, cell: Cell, x: int, y: int, size: int, height: int) -> None:
    draw.rectangle((x, y, x + size - 1, y + height - 1), fill=EMPTY)
    left, top = x + (size - cell.picture.width) // 2, y + (height - cell.picture.height) // 2
    sheet.paste(cell.picture, (left, top))
    draw.text((x, y + height + 7), _fitted(cell.caption, 13, size), INK, letters(13))
    draw.text((x, y + height + 24), _fitted(cell.detail, 11, size), MUTED, letters(11))


def _fitted(text: str, points: int, width: float) -> str:
    """Shorten a line that is too long."""
    font = letters(points)
    if font.getlength(text) <= width:
        return text
    while text and font.getlength(text + "...") > width:
        text = text[:-1]
    return text.rstrip(" ,") + "..."


@lru_cache(maxsize=16)
def letters(points: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    """Return the font that comes with Pillow: every machine draws the same sheet."""
    from PIL import ImageFont

    return ImageFont.load_default(points)


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)
