"""The README's pictures and numbers are those of the tool and of the table of benchmarks, and are light."""

import importlib.util
import re
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

ROOT = Path(__file__).parents[2]
README = (ROOT / "README.md").read_text(encoding="utf-8")
_spec = importlib.util.spec_from_file_location("docs_landing", ROOT / "docs" / "landing.py")
assert _spec and _spec.loader
landing = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(landing)


@pytest.mark.parametrize("degrees", [0, 100, 280])
def test_the_slider_shows_what_the_op_does(degrees):
    """But for the few colours of a GIF."""
    with Image.open(landing.PICTURES / "slider.gif") as film:
        assert film.n_frames == 360 // landing.STEP
        film.seek(degrees // landing.STEP)
        had, now = (np.asarray(picture.convert("RGB"), float) for picture in (film, landing.frame(degrees)))
    assert np.abs(had - now).mean() < 6, "run python docs/landing.py slider"


def test_bars_are_those_of_the_table():
    drawn = (landing.PICTURES / "benchmarks.svg").read_text(encoding="utf-8")
    assert drawn == landing.benchmarks(), "run python docs/landing.py benchmarks"


@pytest.mark.parametrize("library", ["torchvision", "Keras", "Albumentations"])
def test_speeds_are_those_of_the_table(library):
    """From the slowest run of all rows of a library to the quickest."""
    rows = [row for row in landing.measured() if row.native.startswith(library)]
    told = f"{min(row.low for row in rows):g} to {max(row.high for row in rows):g} times as fast as\\s+{library}"
    assert re.search(told, README), told


def test_pictures_are_light():
    files = re.findall(r"!\[.*?\]\((docs/images/.+?)\)", README)
    assert {"slider.gif", "benchmarks.svg", "live.webp", "backends.webp"} <= {Path(file).name for file in files}
    assert sum((ROOT / file).stat().st_size for file in files) < 1_000_000


def test_the_policy_in_python_is_the_one_in_yaml(tmp_path, monkeypatch):
    import augment

    first = re.search(r"^```yaml\n(.*?)^```", README, re.MULTILINE | re.DOTALL)
    code = re.search(r"^```python\n(import augment\nfrom augment import ops\n.*?)^assert ", README, re.MULTILINE | re.DOTALL)
    assert first and code
    made: dict = {}
    exec(code[1], made)
    assert made["policy"] == augment.loads(first[1])
