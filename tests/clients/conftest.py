"""Pictures that show by themselves where things are, so that a client's samples tell whether all of one moved together."""

from __future__ import annotations

import warnings
from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import pytest

import augment

SPEC = """
seed: 5
targets: TARGETS
pipeline: [horizontal_flip: {p: 0.5}, vertical_flip: {p: 0.5}, random_crop: 56, brightness: {factor: 1±0.1}]
"""


class Picture(NamedTuple):
    """A bright block on a dark ground (64 x 64); ``box`` is its edges (x1, y1, x2, y2)."""

    image: np.ndarray
    mask: np.ndarray
    box: list[float]
    label: int


@pytest.fixture
def pictures() -> list[Picture]:
    """Eight pictures, each with its block elsewhere, at least 8 pixels inside: what the spec crops never cuts it."""
    rng = np.random.default_rng(3)
    made = []
    for i in range(8):
        image, mask = rng.integers(0, 90, (64, 64, 3), np.uint8), np.zeros((64, 64), np.uint8)
        x, y = 9 + 3 * i, 10 + 2 * i
        image[y : y + 8, x : x + 14], mask[y : y + 8, x : x + 14] = 230, 1
        made.append(Picture(image, mask, [x, y, x + 14, y + 8], i % 3))
    return made


@pytest.fixture
def spec() -> Callable[[str], augment.Pipeline]:
    """Make the spec of these tests with targets, as YAML."""
    return lambda targets="{image: image, mask: mask, boxes: {kind: boxes, carry: [labels]}, labels: labels}": augment.loads(
        SPEC.replace("TARGETS", targets)
    )


@pytest.fixture
def block() -> Callable[[np.ndarray], list[float]]:
    """Return the edges of what is bright in (H, W), (H, W, C) or (C, H, W), of any range."""

    def edges(image: np.ndarray) -> list[float]:
        pixels = np.asarray(image, np.float32)
        if pixels.ndim == 3:
            pixels = pixels.max(0 if pixels.shape[0] in (1, 3) else 2)
        ys, xs = np.nonzero(pixels > pixels.min() + 0.6 * (pixels.max() - pixels.min()))
        return [xs.min(), ys.min(), xs.max() + 1, ys.max() + 1]

    return edges


@pytest.fixture(autouse=True)
def nothing_warns() -> Iterator[None]:
    """Fail where something of ours warns, or a client because of us: what clients say of themselves is left out by the tests."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", ResourceWarning)  # files that a client leaves to the garbage collector
        warnings.filterwarnings("ignore", "`get_trial_id` is meant")  # Ultralytics asks Ray, where there is one
        yield


@pytest.fixture(autouse=True)
def layers_are_compiled() -> None:
    """As for users, by XLA."""
