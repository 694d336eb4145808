"""Runs the notebooks, docs/notebooks/*.md: puts what a cell prints under it, and keeps the picture that its last line makes.

Run ``python docs/notebooks.py [NAME ...]`` after a change. A cell is a block of Python, what it printed the block of text that
follows, and its picture the image that follows. Each runs in a process of its own, so that one may import what another must not.
"""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
from contextlib import redirect_stdout
from pathlib import Path
from typing import Any

from PIL import Image

HERE = Path(__file__).parent
PAGES = {page.stem: page for page in sorted((HERE / "notebooks").glob("*.md"))}
PICTURES = HERE / "images" / "notebooks"
CELL = re.compile(
    r"^```python\n(?P<code>.*?)^```$(?P<printed>\n\n```text\n.*?^```$)?(?P<shown>\n\n!\[.*?\]\(\.\./images/notebooks/(?P<file>.+?)\))?",
    re.MULTILINE | re.DOTALL,
)
WIDTH = 900


def renewed(page: str, pictures: Path | None = None) -> str:
    """The page with what its cells print now; their pictures are written to a folder, if one is given."""
    scope: dict[str, Any] = {"__name__": "__main__"}

    def run(cell: re.Match[str]) -> str:
        printed, last = ran(cell["code"], scope)
        if cell["file"] and pictures:
            picture_of(last).save(pictures / cell["file"], "webp", quality=80, method=6)
        text = f"\n\n```text\n{printed.rstrip()}\n```" if printed.strip() else ""
        return f"```python\n{cell['code']}```{text}{cell['shown'] or ''}"

    return CELL.sub(run, page)


def ran(code: str, scope: dict[str, Any]) -> tuple[str, Any]:
    """What a cell prints, and what its last line is where that is an expression."""
    body = ast.parse(code).body
    last = ast.Expression(body.pop().value) if body and isinstance(body[-1], ast.Expr) else None
    with redirect_stdout(io.StringIO()) as printed:
        exec(compile(ast.Module(body, []), "cell", "exec"), scope)
        value = eval(compile(last, "cell", "eval"), scope) if last else None
    sys.stderr.write(printed.getvalue())
    return printed.getvalue(), value


def picture_of(value: Any) -> Image.Image:
    """A figure of Matplotlib, a preview, or a picture, as a picture of some width."""
    if hasattr(value, "savefig"):
        file = io.BytesIO()
        value.savefig(file, format="png", dpi=150, bbox_inches="tight")
        value = Image.open(file)
    picture = getattr(value, "image", value).convert("RGB")
    return picture.resize((WIDTH, WIDTH * picture.height // picture.width), Image.Resampling.LANCZOS)


if __name__ == "__main__":
    os.environ |= {"OMP_NUM_THREADS": "1", "TF_CPP_MIN_LOG_LEVEL": "3", "NO_ALBUMENTATIONS_UPDATE": "1"}
    names = sys.argv[1:] or list(PAGES)
    if len(names) > 1:
        for name in names:
            subprocess.run([sys.executable, __file__, name], check=True)
    else:
        PICTURES.mkdir(exist_ok=True)
        page = PAGES[names[0]]
        page.write_text(renewed(page.read_text(encoding="utf-8"), PICTURES), encoding="utf-8")
