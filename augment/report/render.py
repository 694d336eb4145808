"""Draws figures and sheets as pictures: for reports in PNG."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.errors import FileError
from augment.report.letters import INK, LEADING, draw_lines, letters, lines_of, shortened
from augment.report.look import COLOURS, FINE, Legend, fitted, look, rgb
from augment.report.model import Box, Diff, Figure, Panel, Report, Sheet
from augment.sample import Target

if TYPE_CHECKING:
    from PIL import Image, ImageDraw

MUTED, LINE, PAPER, EMPTY = "#6b7280", "#d8dde3", "#ffffff", "#f3f5f7"
GAP, MARGIN = 14, 28
CELL = 224
ENLARGED = 2  # from here on pixels are shown as squares


@dataclass(frozen=True)
class Cell:
    """A picture with what is written below it: a caption, a detail, and the texts of the sample."""

    picture: Image.Image
    caption: str
    detail: str = ""
    texts: Sequence[Diff] = ()


@dataclass(frozen=True)
class Block:
    """Cells that belong together, under a heading."""

    heading: str
    cells: Sequence[Cell] = field(default_factory=tuple)


# Figures -------------------------------------------------------------------------------------------------------------


def draw_sample(
    sample: Mapping[str, Any], targets: Mapping[str, Target], size: int, legend: Legend, tail: Any = None
) -> Image.Image:
    """Return the first image of a sample, within a square of ``size`` pixels, with everything else drawn over it."""
    return draw_figure(look(sample, targets, size, legend, tail), size)


def draw_figure(figure: Figure, size: int) -> Image.Image:
    """Return a figure within a square of ``size`` pixels, with its layers drawn over it."""
    from PIL import Image

    shape = fitted(figure.size, size)
    scale = shape[0] / figure.size[1]
    way = Image.Resampling.NEAREST if scale >= ENLARGED else Image.Resampling.LANCZOS
    picture = Image.fromarray(figure.pixels).resize(shape, way).convert("RGBA")
    marks = Image.new("RGBA", (shape[0] * FINE, shape[1] * FINE), (0, 0, 0, 0))
    _draw_marks(marks, figure)
    for layer in figure.layers:
        if layer.raster is not None:
            picture.alpha_composite(Image.fromarray(layer.raster).resize(shape, Image.Resampling.BOX))
    picture.alpha_composite(marks.resize(shape, Image.Resampling.BOX))
    return picture.convert("RGB")


def _draw_marks(picture: Image.Image, figure: Figure) -> None:
    from PIL import ImageDraw

    draw = ImageDraw.Draw(picture)
    scale = picture.width / figure.size[1], picture.height / figure.size[0]
    for layer in figure.layers:
        for box in layer.boxes:
            _draw_box(draw, box, scale, picture.size)
        for x, y in layer.points:
            _draw_dot(draw, x * scale[0], y * scale[1])


def _draw_box(draw: ImageDraw.ImageDraw, box: Box, scale: tuple[float, float], size: tuple[int, int]) -> None:
    x0, y0, x1, y1 = box.x0 * scale[0], box.y0 * scale[1], box.x1 * scale[0], box.y1 * scale[1]
    label, colour = box.label, COLOURS[box.colour]
    draw.rectangle((x0 - FINE, y0 - FINE, x1 + FINE, y1 + FINE), outline=(0, 0, 0, 90), width=4 * FINE)
    draw.rectangle((x0, y0, x1, y1), outline=colour, width=2 * FINE)
    if not label:
        return
    font = letters(10 * FINE)
    width, height = draw.textlength(label, font) + 8 * FINE, 14 * FINE
    top = y0 - height + 2 * FINE if y0 >= height else y0
    left = min(max(x0, 0), max(size[0] - width, 0))
    draw.rounded_rectangle((left, top, left + width, top + height), 2 * FINE, fill=colour)
    dark = np.dot(rgb(colour), (0.299, 0.587, 0.114)) < 150
    draw.text((left + 4 * FINE, top + height / 2), label, PAPER if dark else INK, font, anchor="lm")


def _draw_dot(draw: ImageDraw.ImageDraw, x: float, y: float) -> None:
    for radius, colour in ((4.5, INK), (3.75, PAPER), (2.5, COLOURS[5])):
        r = radius * FINE
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


# Sheets --------------------------------------------------------------------------------------------------------------


def draw_report(report: Report) -> Image.Image:
    """Return the pictures of a report as a grid. Raises `FileError` on a sheet that has none."""
    blocks = [block for sheet in report.sheets for block in _blocks(sheet, len(report.sheets) > 1)]
    about = ", ".join(f"{fact.name} {fact.value}" for fact in report.facts)
    return draw_sheet(report.title, about, blocks, CELL)


def _blocks(sheet: Sheet, titled: bool) -> Iterable[Block]:
    found = False
    for group in sheet.groups:
        cells = [_cell(panel) for panel in group.panels if panel.figure is not None]
        if cells:
            words = [sheet.title] if titled else []
            yield Block(": ".join([*words, group.heading] if group.heading else words), cells)
            found = True
    if not found:
        raise FileError(f"the sheet {sheet.name} has no pictures: write it to a .html, as preview.html")


def _cell(panel: Panel) -> Cell:
    assert panel.figure is not None
    return Cell(draw_figure(panel.figure, CELL), panel.title, panel.detail, panel.diffs)


def draw_sheet(title: str, about: str, blocks: Iterable[Block], cell: int) -> Image.Image:
    """Return a sheet: a title, and under it each block's cells in rows of equal length, captions and texts below."""
    from PIL import Image, ImageDraw

    blocks = list(blocks)
    columns = columns_for(max(len(block.cells) for block in blocks))
    width = 2 * MARGIN + columns * cell + (columns - 1) * GAP
    rows = [_rows(block.cells, columns) for block in blocks]
    caption = 34 if any(c.detail for block in blocks for c in block.cells) else 18
    top = MARGIN + 50
    headings = sum(34 for block in blocks if block.heading)
    height = top + headings + sum(_tallest(cells) + caption + _longest(cells, cell) + 22 for own in rows for cells in own)
    sheet = Image.new("RGB", (width, height + MARGIN - 16), PAPER)
    draw = ImageDraw.Draw(sheet)
    draw.text((MARGIN, MARGIN - 6), shortened(title, 20, width - 2 * MARGIN), INK, letters(20))
    draw.text((MARGIN, MARGIN + 20), shortened(about, 13, width - 2 * MARGIN), MUTED, letters(13))
    y = top
    for block, own in zip(blocks, rows, strict=True):
        if block.heading:
            draw.line((MARGIN, y + 2, width - MARGIN, y + 2), LINE)
            draw.text((MARGIN, y + 10), shortened(block.heading, 14, width - 2 * MARGIN), INK, letters(14))
            y += 34
        for cells in own:
            tallest = _tallest(cells)
            for i, one in enumerate(cells):
                x = MARGIN + i * (cell + GAP)
                _draw_cell(sheet, draw, one, x, y, cell, tallest)
                draw_lines(draw, lines_of(one.texts, cell), x, y + tallest + caption + 10)
            y += tallest + caption + _longest(cells, cell) + 22
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


def _longest(cells: Sequence[Cell], width: int) -> int:
    """How high the texts of a row are."""
    return LEADING * max(len(lines_of(cell.texts, width)) for cell in cells)


def _draw_cell(sheet: Image.Image, draw: ImageDraw.ImageDraw, cell: Cell, x: int, y: int, size: int, height: int) -> None:
    draw.rectangle((x, y, x + size - 1, y + height - 1), fill=EMPTY)
    left, top = x + (size - cell.picture.width) // 2, y + (height - cell.picture.height) // 2
    sheet.paste(cell.picture, (left, top))
    draw.text((x, y + height + 7), shortened(cell.caption, 13, size), INK, letters(13))
    draw.text((x, y + height + 24), shortened(cell.detail, 11, size), MUTED, letters(11))
