"""The commands of docs/data.md run as they stand there."""

import re
import shlex
import shutil
from pathlib import Path

import numpy as np
from PIL import Image

from .conftest import BOXES, NAMES, SIZE

PAGE = Path(__file__).parents[2] / "docs" / "data.md"


def test_the_commands_of_the_page_run(augment, spec, images, write_coco, voc, tmp_path, photographs, monkeypatch):
    monkeypatch.chdir(tmp_path)
    spec("pipeline: [rotate: ±10, brightness: 1±0.2]")
    write_coco()
    voc.rename("voc")
    for folder in ("masks", "set/labels", "flowers/rose", "flowers/tulip"):
        Path(folder).mkdir(parents=True)
    shutil.copytree(images, "set/images")
    for name, boxes in BOXES.items():
        Image.fromarray((photographs[name][..., 0] > 99).astype(np.uint8)).save(f"masks/{name}_mask.png")
        corners = np.array(boxes, float).reshape(-1, 2, 2) / SIZE
        rows = [f"0 {x} {y} {w} {h}" for x, y, w, h in np.hstack([corners.mean(1), corners[:, 1] - corners[:, 0]])]
        Path(f"set/labels/{name}.txt").write_text("\n".join(rows))
    Path("set/data.yaml").write_text("names: [thing]")
    Path("captions.csv").write_text("file_name,text\nchina.png,A temple\nflower.png,A flower\n")
    for name in ("rose", "tulip"):
        shutil.copy(images / "flower.png", f"flowers/{name}/{name}.png")
    commands = re.findall(r"^\$ augment (.*)$", PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(commands) >= 9
    for command in commands:
        result = augment(*shlex.split(command))
        assert result.exit_code == 0, f"augment {command}\n{result.stdout}{result.stderr}"
    assert len(NAMES) == len(list(Path("told").glob("images/*.png")))
