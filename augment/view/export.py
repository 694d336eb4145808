"""Keeps what is seen on the page: a sheet as a grid of pictures, or its draws one after the other, as a GIF that goes round."""

from __future__ import annotations

import io

from augment.errors import SampleError
from augment.report.model import Report, Sheet

SECONDS = 0.7
"""How long a GIF shows a picture."""
SIDE = 320


def picture(sheet: Sheet) -> bytes:
    """Return a sheet as PNG. Raises `FileError` where it has no pictures."""
    from augment.report.render import draw_report

    file = io.BytesIO()
    draw_report(Report(sheet.title, "", (), "", (sheet,))).save(file, "png")
    return file.getvalue()


def moving(sheet: Sheet) -> bytes:
    """Return the pictures of a sheet as frames of a GIF. Raises `SampleError` where it has none."""
    from PIL import Image

    from augment.report.render import draw_figure

    figures = [panel.figure for group in sheet.groups for panel in group.panels if panel.figure]
    if not figures:
        raise SampleError(f"the sheet {sheet.name} has no pictures")
    drawn = [draw_figure(figure, SIDE) for figure in figures]
    size = max(one.width for one in drawn), max(one.height for one in drawn)
    frames = []
    for one in drawn:
        frame = Image.new("RGB", size, "#f3f5f7")
        frame.paste(one, ((size[0] - one.width) // 2, (size[1] - one.height) // 2))
        frames.append(frame.quantize(255))
    file = io.BytesIO()
    frames[0].save(file, "gif", save_all=True, append_images=frames[1:], duration=int(1000 * SECONDS), loop=0)
    return file.getvalue()
