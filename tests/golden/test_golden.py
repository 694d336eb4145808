"""Version 1 of the language is frozen: the draws and the pixels of these specs, as committed.

A record that changes is a change of meaning. Until the first release it needs a line in docs/changelog.md, afterwards a
version 2. ``pytest tests/golden --update-golden`` writes the records anew.
"""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest

import augment

HERE = Path(__file__).parent
RECORDS = HERE / "records.json"
KEYS = [(0, 0), (1, 0), (7, 3), (2**33 + 5, 1)]
SPECS = {
    "flips": "seed: 1\npipeline: [horizontal_flip: {p: 0.5}, vertical_flip: {p: 0.3}, transpose: {p: 0.5}, rotate90]",
    "warps": "pipeline: [rotate: {degrees: ±15, p: 0.8}, translate: {x: ±0.1, y: ±5px}, scale: [0.8, 1.2], shear: {x: ±8}]",
    "affine": "pipeline: [affine: {rotate: ±30, scale: {log_uniform: [0.5, 2]}, shear_x: {normal: [0, 4]}, border: reflect101}]",
    "perspective": (
        "pipeline: [perspective: {distortion: [0.1, 0.6], fill: '#7f3f10'}, resize: {size: [48, 56], antialias: false}]"
    ),
    "elastic": "pipeline: [elastic: {alpha: [1px, 4px], sigma: 0.2, border: reflect}]",
    "crops": "pipeline: [random_resized_crop: {size: 64, area: [0.2, 1.0]}, pad: {multiple: 48}, random_crop: [50, 60]]",
    "colours": (
        "pipeline: [color_jitter: {brightness: 1±0.3, contrast: 1±0.3, saturation: 1±0.3, hue: ±36}, gamma: [0.7, 1.4]]"
    ),
    "levels": (
        "pipeline: [solarize: [0.3, 0.9], posterize: [2, 6], invert: {p: 0.5}, "
        "contrast: {factor: 1.3, about: channel_mean}]"
    ),
    "blurs": "pipeline: [gaussian_blur: [0.5px, 3px], motion_blur: {length: [3px, 9px], p: 0.5}]",
    "holes": (
        "pipeline: [coarse_dropout: {holes: [1, 5], height: [0.1, 0.3], width: 9px, fill: 0.5}, "
        "random_erasing: {area: [0.02, 0.2]}]"
    ),
    "choices": (
        "seed: 9223372036854775807\npipeline: [one_of: {p: 0.7, ops: [rotate: ±9, invert: {weight: 3}]}, "
        "some_of: {n: [1, 2], ops: [gamma: 2, hue: ±40, grayscale]}, repeat: {times: [0, 3], ops: [translate: {x: ±0.05}]}, "
        "some_of: {n: 2, replacement: true, ops: [brightness: 1±0.2, scale: [0.9, 1.1]]}]"
    ),
    "named": (
        "pipeline: [rotate: {id: tilt, degrees: ±5}, rotate: ±45, rotate: {degrees: {choice: [90, 180]}}, "
        "hue: {degrees: {beta: [2, 3]}}]"
    ),
    "tail": "pipeline: [resize: {short: 60, interpolation: bicubic}, normalize: imagenet, rotate: {degrees: ±20, fill: 0.5}]",
}


def picture() -> np.ndarray:
    """An image that needs no file and no library: waves of three lengths, 72 x 90, uint8."""
    y, x = np.mgrid[:72, :90]
    waves = [(x * x + 3 * y * y) % 256, (5 * x + (y * y) // 3) % 256, ((x + y) * 3) % 256]
    return np.stack(waves, axis=-1).astype(np.uint8)


def sample() -> dict:
    return {
        "image": picture(), "mask": (picture()[..., 0] // 64).astype(np.uint8), "labels": [1, 2],
        "boxes": [[20.0, 15.0, 60.0, 50.0], [5.0, 40.0, 30.0, 70.0]], "keypoints": [[45.0, 36.0], [10.5, 60.25]],
    }  # fmt: skip


def golden(text: str, index: int, epoch: int) -> dict:
    """What is frozen of a spec under a key: the draws, and the sample as it comes out of the reference."""
    spec = augment.loads(text)
    out = augment.apply(spec, sample(), index=index, epoch=epoch)
    values = augment.record(spec, index=index, epoch=epoch)["values"]
    return {
        "index": index, "epoch": epoch,
        "values": {f"{k}.{n}": frozen(v) for k, fields in values.items() for n, v in fields.items()},
        "image": digest(out["image"]), "mask": digest(out["mask"]), "thumbnail": thumbnail(out["image"]),
        "boxes": np.round(out["boxes"], 3).tolist(), "labels": out["labels"], "keypoints": np.round(out["keypoints"], 3).tolist(),
    }  # fmt: skip


def frozen(value):
    """Short fields as numbers of 9 digits, long ones as a hash of them."""
    numbers = [float(f"{v:.9g}") for v in np.ravel(value)]
    return numbers if len(numbers) <= 40 else hashlib.sha256(json.dumps([f"{v:.6g}" for v in numbers]).encode()).hexdigest()[:16]


def digest(raster: np.ndarray) -> str:
    """The shape and a hash of the levels; floats are rounded to a 64th of full scale first, so that no last bit decides."""
    levels = raster if raster.dtype.kind in "ui" else np.round(raster * 64).astype(np.int16)
    return f"{raster.shape} {raster.dtype} {hashlib.sha256(np.ascontiguousarray(levels).tobytes()).hexdigest()[:16]}"


def thumbnail(image: np.ndarray) -> list:
    """The means of a 3 x 3 grid: what tells how far off a changed image is."""
    grid = [np.array_split(row, 3, axis=1) for row in np.array_split(image.astype(float), 3, axis=0)]
    return [[round(float(cell.mean()), 2) for cell in row] for row in grid]


@pytest.fixture(scope="session")
def records(request):
    if request.config.getoption("--update-golden", default=False):
        made = {name: [golden(text, *key) for key in KEYS] for name, text in SPECS.items()}
        RECORDS.write_text(json.dumps(made, indent=1) + "\n")
    return json.loads(RECORDS.read_text())


@pytest.mark.parametrize("key", range(len(KEYS)))
@pytest.mark.parametrize("name", SPECS)
def test_version_1_means_what_it_meant(name, key, records):
    want, got = records[name][key], json.loads(json.dumps(golden(SPECS[name], *KEYS[key])))
    assert got["values"] == want["values"], "the draws have changed: see the docstring of this file"
    assert got == want, "the pixels or the points have changed: see the docstring of this file"


def test_every_record_has_its_spec(records):
    assert set(records) == set(SPECS) and all(len(rows) == len(KEYS) for rows in records.values())


def test_the_picture_is_the_picture():
    assert digest(picture()) == "(72, 90, 3) uint8 122386fc36278cb9"
