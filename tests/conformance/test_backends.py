"""Every backend of this distribution against the reference, by the published kit.

The whole matrix, 200 random pipelines on 4 photographs of different sizes, runs with ``pytest -m matrix tests/conformance``.
"""

from typing import Any

import numpy as np
from skimage import data
from skimage.transform import resize

from augment.backend import Options
from augment.testing import BackendSuite


def photograph(image: np.ndarray, height: int, width: int) -> np.ndarray:
    return np.rint(resize(image, (height, width), anti_aliasing=True) * 255).astype(np.uint8)


class Suite(BackendSuite):
    """On real photographs, of sizes that share no factor."""

    def photographs(self):
        return PHOTOGRAPHS[:2]

    def matrix_photographs(self):
        return PHOTOGRAPHS


PHOTOGRAPHS = [
    photograph(data.astronaut(), 96, 128), photograph(data.chelsea(), 131, 84),
    photograph(data.coffee(), 224, 224), photograph(data.rocket(), 161, 303),
]  # fmt: skip


class TestReference(Suite):
    backend = "reference"


class TestAlbumentations(Suite):
    backend = "albumentations"

    def call(self, compiled: Any, image: np.ndarray, index: int) -> np.ndarray:
        return compiled.at(index=index)(image=image)["image"]


class TestTorchvision(Suite):
    backend = "torchvision"


class TestTorchvisionFloat(Suite):
    """The batch kernels of torch, as a batch of one."""

    backend = "torchvision"
    draws_canvases = False
    options = Options(precision="float")
