"""PIL images whose numbers are no levels or labels are refused on every backend that takes PIL, with a way that loses nothing."""

from __future__ import annotations

import re
from typing import Any

import numpy as np
import pytest

import augment
from augment.errors import SampleError
from augment.sample import PICTURES

Image = pytest.importorskip("PIL.Image")
pytest.importorskip("torchvision")
pytest.importorskip("albumentations")

LEVELS = np.arange(30 * 40).reshape(30, 40)
GREY = Image.fromarray((LEVELS % 256).astype(np.uint8))
COLOUR = Image.fromarray(np.stack([LEVELS % 256, LEVELS % 199, LEVELS % 99], axis=2).astype(np.uint8))
MODES = {
    "1": GREY.convert("1"), "L": GREY, "P": COLOUR.quantize(16), "RGB": COLOUR, "RGBA": COLOUR.convert("RGBA"),
    "CMYK": COLOUR.convert("CMYK"), "YCbCr": COLOUR.convert("YCbCr"), "HSV": COLOUR.convert("HSV"), "LA": GREY.convert("LA"),
    "PA": COLOUR.quantize(16).convert("PA"), "RGBX": COLOUR.convert("RGBX"), "I": Image.fromarray((LEVELS * 70).astype(np.int32)),
    "F": Image.fromarray((LEVELS / 7).astype(np.float32)), "I;16": Image.fromarray((LEVELS * 50).astype(np.uint16)),
}  # fmt: skip


def kinds(raster: np.ndarray) -> int:
    return len(np.unique(raster.reshape(1200, -1), axis=0))


def run(backend: str, sample: dict[str, Any], first: str = "") -> Any:
    transform = augment.compile(augment.loads(f"pipeline: [{first}horizontal_flip: {{p: 1}}]"), backend)
    return transform(**sample) if backend == "albumentations" else transform(sample)


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize("kind", ["image", "mask"])
@pytest.mark.parametrize("backend", ["reference", "torchvision", "albumentations"])
def test_what_the_message_says_keeps_every_number(mode, kind, backend):
    picture = MODES[mode]
    size = np.zeros((30, 40, 3), np.uint8)
    beside = {} if kind == "image" else {"image": Image.fromarray(size) if backend == "torchvision" else size}
    with_ = {**beside, kind: picture}
    if mode in PICTURES[kind]:
        if not (backend == "albumentations" and kind == "image") and not (kind == "image" and mode == "I;16"):
            out = run(backend, with_)[kind]
            np.testing.assert_array_equal(np.asarray(out), np.asarray(picture)[:, ::-1])
        return
    with pytest.raises(SampleError, match=f"mode {mode} is no {kind}") as raised:
        run(backend, with_)
    code = re.search(r"give ((?:np|picture)\.\w+\([^)]*\))", str(raised.value)).group(1)
    given = eval(code, {"np": np, "picture": picture})
    deep = "to_float" in str(raised.value)
    before = np.asarray(given).astype(float)
    if mode not in ("CMYK", "YCbCr", "HSV", "LA", "PA"):  # another space may hold fewer colours; the alpha of a mask is no label
        numbers = np.asarray(picture.convert("RGB") if mode == "P" else picture)
        assert kinds(before) >= kinds(numbers), "numbers that differ still do"
    if deep:
        out = run(backend, {**beside, kind: given}, f"to_float: {{max: {float(before.max()):g}}}, ")[kind]
        np.testing.assert_allclose(np.asarray(out), before[:, ::-1] / float(f"{before.max():g}"), atol=1e-6)
    elif not (backend == "albumentations" and kind == "image"):
        np.testing.assert_array_equal(np.asarray(run(backend, {**beside, kind: given})[kind]), np.asarray(given)[:, ::-1])
