"""A new spec is ready to run, and cheap to read."""

from __future__ import annotations

import subprocess
import sys
import time

from augment import ops
from augment.language import as_pipeline, loads
from augment.spec.foreign import foreign_hint
from augment.spec.foreign.ops import NEEDLESS, OURS, REFUSED
from augment.spec.node import COMBINATORS
from augment.spec.starter import SCHEMA_FILE, starter

TWENTY = "pipeline:\n" + "  - rotate: {degrees: ±15, p: 0.5}\n  - color_jitter: {brightness: 1±0.2, hue: ±36}\n" * 10


def test_the_starter_is_a_good_spec():
    text = starter()
    assert text.startswith(f"# yaml-language-server: $schema={SCHEMA_FILE}\n")
    assert len(loads(text)) == 7
    assert starter(schema=None).startswith("# An")
    assert max(map(len, text.splitlines())) <= 120


def test_commented_targets_of_the_starter_are_good_too():
    lines = [line[2:] if line.startswith(("# targets", "#   ")) else line for line in starter().splitlines()]
    assert list(loads("\n".join(lines)).targets) == ["image", "mask", "boxes"]


def test_names_of_other_libraries_lead_to_ours():
    known = {**COMBINATORS, **ops.catalogue()}
    for name in ("HFlip", "RandomHorizontalFlip", "ShiftScaleRotate", "RandomBrightnessContrast", "GridMask", "GaussNoise",
                 "RandomRotation", "RandomZoom", "random_zoom", "ToTensorV2"):  # fmt: skip
        assert foreign_hint(name, known), name
    assert foreign_hint("ColourJitter", known) == "; that is 'color_jitter' here"
    assert foreign_hint("rotat", known) == ""
    assert not set(OURS) & set(NEEDLESS) and not {*OURS, *NEEDLESS} & set(REFUSED)
    assert not [name for name in (*OURS, *NEEDLESS, *REFUSED) if name != name.lower() or "_" in name]


def test_a_spec_of_twenty_ops_is_read_quickly():
    loads(TWENTY)
    times = []
    for _ in range(5):
        start = time.process_time()
        as_pipeline(loads(TWENTY))
        times.append(time.process_time() - start)
    assert min(times) < 0.02


def test_nothing_heavy_is_imported_before_it_is_needed():
    code = "import sys, augment.language; assert not {'yaml', 'pydantic', 'numpy', 'torch', 'keras'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)
