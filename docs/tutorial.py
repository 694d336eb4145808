"""Runs docs/tutorial.md: writes its files, runs its commands, puts what they print under them, and takes its pictures.

Run ``python docs/tutorial.py`` after a change; pictures need chromium. The tests run the page and compare what is printed.
"""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path
from shutil import copy

from PIL import Image

HERE = Path(__file__).parent
PAGE = HERE / "tutorial.md"
BLOCK = re.compile(r"^```(?P<kind>\w+)(?: (?P<name>\S+))?\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)
SHOTS = {"digits": ("digits.html", 510, 875), "boxes": ("boxes.html", 500, 1325), "captions": ("captions.html", 510, 1500)}
"""Pictures of the page: a report, and from where to where its sheet of samples is shown, in pixels."""
BROWSER = (
    "chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync",
    "--no-first-run", "--disable-component-update", "--hide-scrollbars",
)  # fmt: skip
WIDTH = 1200


def renewed(page: str, folder: Path) -> str:
    """The page with what its commands print now, after they were run in a folder."""

    def run(block: re.Match[str]) -> str:
        if block["name"]:
            (folder / block["name"]).write_text(block["text"], encoding="utf-8")
            return block[0]
        if block["kind"] != "console":
            return block[0]
        lines = [line for line in block["text"].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{printed(line[2:], folder)}" for line in lines) + "```"

    return BLOCK.sub(run, page)


def printed(command: str, folder: Path) -> str:
    """What a command prints, errors and notes included."""
    program, *words = shlex.split(command)
    start = {"python": [sys.executable], "augment": [sys.executable, "-m", "augment.cli"]}[program]
    variables = {**os.environ, "COLUMNS": "120", "NO_COLOR": "1", "PYTHONWARNINGS": "ignore", "PYTHONIOENCODING": "utf-8"}
    done = subprocess.run(
        [*start, *words], cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, timeout=300, text=True,
        encoding="utf-8",
    )  # fmt: skip
    if done.returncode not in (0, 1):
        raise RuntimeError(f"{command}\n{done.stdout}")
    return done.stdout


def shoot(report: Path, picture: Path, top: int, bottom: int) -> None:
    """Take a picture of a part of a report."""
    with tempfile.TemporaryDirectory() as folder:
        raw = Path(folder) / "page.png"
        size = f"--window-size={WIDTH},{bottom}"
        subprocess.run([*BROWSER, size, f"--screenshot={raw}", report.as_uri()], check=True, capture_output=True, timeout=120)
        with Image.open(raw) as seen:
            seen.convert("RGB").crop((0, top, WIDTH, bottom)).save(picture, "webp", quality=80, method=6)


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        PAGE.write_text(renewed(PAGE.read_text(encoding="utf-8"), folder), encoding="utf-8")
        pictures = HERE / "images" / "tutorial"
        pictures.mkdir(parents=True, exist_ok=True)
        for name, (report, top, bottom) in SHOTS.items():
            shoot(folder / report, pictures / f"{name}.webp", top, bottom)
        copy(HERE / "images" / "captions.yaml", folder)
        printed("augment preview captions.yaml --n 3 --out readme.html", folder)
        shoot(folder / "readme.html", HERE / "images" / "captions.webp", 470, 910)
