"""Writes the pictures of the README: a slider that turns a photograph, the benchmarks, the live page, draws on three backends.

Run ``python docs/landing.py [NAME ...]`` after a change; ``live`` needs chromium, ``backends`` Keras and torchvision. The figures
of the benchmarks are those of the table of docs/benchmarks.md, which is their only place.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from html import escape
from pathlib import Path
from shutil import copy, which
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

import augment
from augment.report import make_sheet, prepare
from augment.report.letters import letters
from augment.report.render import draw_figure

HERE = Path(__file__).parent
PICTURES = HERE / "images"
PHOTO = Path(augment.__file__).parent / "photos" / "coffee.jpg"

# The slider ----------------------------------------------------------------------------------------------------------

SIDE, STEP, SPEC = 264, 20, "rotate: {{degrees: {}, fill: '#ffffff'}}"
SAMPLE = {"image": PHOTO, "boxes": [[114, 11, 273, 205], [211, 44, 285, 219]], "labels": ["cup", "spoon"]}
CAPTION = "a spoon on the right of a cup"
INK, LINE, KNOB = "#1c1c1a", "#d4d4d0", "#0b6b5c"


def slider() -> tuple[Image.Image, ...]:
    """A photograph with its boxes and its caption, turned by more and more degrees: all round, frame by frame."""
    return tuple(frame(degrees) for degrees in range(0, 360, STEP))


def frame(degrees: int) -> Image.Image:
    """The picture of one angle."""
    line = SPEC.format(degrees)
    spec = augment.loads(
        f"{{targets: {{image: image, boxes: {{kind: boxes, carry: [labels]}}, caption: caption}}, pipeline: [{{{line}}}]}}"
    )
    sample = {**SAMPLE, "image": np.asarray(Image.open(PHOTO).convert("RGB")), "caption": CAPTION}
    study = prepare(spec, sample, backend="reference", n=1)
    figure = make_sheet("samples", study).groups[0].panels[1].figure
    assert figure
    picture = draw_figure(figure, SIDE)
    made = Image.new("RGB", (SIDE, picture.height + 84), "white")
    made.paste(picture, (0, 0))
    draw, top = ImageDraw.Draw(made), picture.height
    draw.text((SIDE // 2, top + 16), augment.apply(spec, sample)["caption"], INK, letters(15), anchor="mm")
    draw.text((2, top + 46), f"- rotate: {degrees}", INK, letters(14), anchor="lm")
    x = 4 + (SIDE - 16) * degrees // 360
    draw.line((4, top + 70, SIDE - 5, top + 70), LINE, 3)
    draw.ellipse((x, top + 63, x + 14, top + 77), KNOB)
    return made


def write_slider() -> None:
    frames = [one.quantize(48, dither=Image.Dither.NONE) for one in slider()]
    frames[0].save(PICTURES / "slider.gif", save_all=True, append_images=frames[1:], duration=160, loop=0, optimize=True)


# The benchmarks ------------------------------------------------------------------------------------------------------

NUMBERS = r"(?P<{0}>\d[\d.]*)(?: to (?P<{0}_high>\d[\d.]*))?"
RATIO = re.compile("^" + NUMBERS.format("low") + r"(?:; on OpenCV alone " + NUMBERS.format("host") + ")?")


SVG = """\
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 {height}" font-family="system-ui,sans-serif" font-size="13">
<style>text{{fill:#333}}.all{{fill:#0b6b5c}}.some{{fill:#7fb8ac}}.mark{{stroke:#e0a100;stroke-width:3}}.one{{stroke:#888}}
@media(prefers-color-scheme:dark){{text{{fill:#ddd}}.all{{fill:#3fae99}}.some{{fill:#24665a}}}}</style>
<text x="10" y="20" font-weight="600">How many times faster than the library's own pipeline of the same meaning</text>
{body}
</svg>
"""


class Measured(NamedTuple):
    """A row of the table: what was measured, and how many times faster ours was, from the slowest run to the quickest."""

    native: str
    workload: str
    low: float
    high: float
    host: float | None
    """On OpenCV alone, without native code of ours, at the slowest."""


def measured() -> Iterator[Measured]:
    """The rows of the table of docs/benchmarks.md."""
    table = (HERE / "benchmarks.md").read_text(encoding="utf-8").partition("| workload |")[2].partition("\n\n")[0]
    library = ""
    for line in table.splitlines()[2:]:
        workload, native, ratio, _ = (cell.strip() for cell in line.strip("|").split("|"))
        library = library if native.startswith("the same") else re.split(r"[:,]", native)[0]
        found = RATIO.match(ratio)
        assert found, f"no ratio in {ratio!r}"
        low, host = float(found["low"]), found["host"]
        yield Measured(library, workload.partition(":")[0], low, float(found["low_high"] or low), float(host) if host else None)


def benchmarks() -> str:
    """The table as bars, in SVG that is light or dark as the reader's system is."""
    rows, left, unit, height = list(measured()), 440, 12, 28
    body = []
    for i, row in enumerate(rows):
        y = 44 + i * height
        told = f"{row.low:g}×" if row.low == row.high else f"{row.low:g} to {row.high:g}×"
        body += [
            f'<text x="{left - 10}" y="{y + 15}" text-anchor="end">{escape(row.native)}: {escape(row.workload)}</text>',
            f'<rect class="some" x="{left}" y="{y + 3}" width="{row.high * unit:.1f}" height="16"/>',
            f'<rect class="all" x="{left}" y="{y + 3}" width="{row.low * unit:.1f}" height="16"/>',
            f'<text x="{left + row.high * unit + 6:.1f}" y="{y + 15}">{told}</text>',
        ]
        if row.host:
            body.append(f'<path class="mark" d="M{left + row.host * unit:.1f} {y}v22"/>')
    end = 44 + len(rows) * height
    body += [
        f'<path class="one" d="M{left + unit} 36V{end}"/>',
        f'<text x="{left + unit}" y="{end + 18}" text-anchor="middle">1</text>',
        f'<path class="mark" d="M{left + 60} {end + 5}v16"/>',
        f'<text x="{left + 70}" y="{end + 18}">on OpenCV alone, where it differs</text>',
    ]
    return SVG.format(height=end + 34, body="\n".join(body))


def write_benchmarks() -> None:
    (PICTURES / "benchmarks.svg").write_text(benchmarks(), encoding="utf-8")


# The tool ------------------------------------------------------------------------------------------------------------


def write_live() -> None:
    """The live page, as chromium shows it."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as folder, sync_playwright() as play:
        copy(PICTURES / "report.yaml", f"{folder}/photos.yaml")
        command = [sys.executable, "-m", "augment", "view", "photos.yaml", "--port", "0"]
        shown = {**os.environ, "AUGMENT_PLUGINS": "-darkroom,-pillow"}
        server = subprocess.Popen(command, cwd=folder, env=shown, stdout=subprocess.PIPE, text=True)
        try:
            assert server.stdout
            page = play.chromium.launch(executable_path=which("chromium"), args=["--no-sandbox"]).new_page(
                viewport={"width": 1440, "height": 820}
            )
            page.goto(server.stdout.readline().strip())
            page.wait_for_selector('#shown[aria-busy="false"] img', timeout=60_000)
            page.wait_for_function("[...document.images].every((image) => image.complete)")
            page.wait_for_selector("#verdict:has-text('no findings')", timeout=60_000)
            page.wait_for_timeout(3000)  # what says that it works goes
            page.screenshot(path=f"{folder}/live.png")
        finally:
            server.terminate()
        Image.open(f"{folder}/live.png").convert("RGB").save(PICTURES / "live.webp", "webp", quality=75, method=6)


def write_backends() -> None:
    """Four draws of one spec on three backends."""
    with tempfile.TemporaryDirectory() as folder:
        command = [sys.executable, "-m", "augment", "preview", PICTURES / "backends.yaml", "-n", "4", "-o", "backends.png"]
        subprocess.run([*command, "-b", "torchvision,albumentations,keras"], cwd=folder, check=True)
        Image.open(f"{folder}/backends.png").convert("RGB").save(PICTURES / "backends.webp", "webp", quality=80, method=6)


WRITERS = {"slider": write_slider, "benchmarks": write_benchmarks, "live": write_live, "backends": write_backends}

if __name__ == "__main__":
    for name in sys.argv[1:] or WRITERS:
        WRITERS[name]()
