"""A joint sample, and image backends in an order in which their frameworks can be imported."""

from __future__ import annotations

import importlib.util
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import torchvision  # noqa: F401  # before TensorFlow, which Keras may import

import augment


@pytest.fixture(scope="session")
def measuring() -> Any:
    """The module that measures the rules."""
    spec = importlib.util.spec_from_file_location("captions_measuring", Path(__file__).parent / "measuring.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def photo() -> np.ndarray:
    """32 x 32 of noise: any move shows."""
    return np.random.default_rng(5).integers(0, 256, (32, 32, 3), dtype=np.uint8)


JOINT = """
seed: 11
targets:
  image: image
  question: text
  caption: {kind: caption}
  phrases: {kind: spans, of: caption}
  boxes: {kind: boxes, carry: [labels, phrases]}
pipeline:
  - horizontal_flip: {p: 0.5}
  - rotate90: {p: 0.5}
  - delete_words: {rate: 0.3, on: [question, caption]}
  - grayscale: {p: 0.5}
  - center_crop: 24
"""


@pytest.fixture(scope="session")
def joint() -> Any:
    """A spec with moves, colours, a crop and edits of the question and the caption."""
    return augment.loads(JOINT)


@pytest.fixture
def sample(photo: np.ndarray) -> dict[str, Any]:
    """A picture with a caption whose phrases belong to boxes."""
    return {
        "image": photo,
        "question": "how many animals are to be seen here",
        "caption": "A dog above the cat and a red ball on the left.",
        "boxes": [[0, 0, 3, 3], [2, 2, 17, 17], [6, 6, 26, 26]],
        "labels": ["dog", "cat", "ball"],
        "phrases": [[0, 5], [12, 19], [24, 34]],
    }
