"""Photographs and shorthands for the tests of the core."""

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest
from skimage import data
from skimage.transform import resize

import augment
from augment import ops


def _photo(image: np.ndarray, height: int, width: int) -> np.ndarray:
    return np.rint(resize(image, (height, width), anti_aliasing=True) * 255).astype(np.uint8)


@pytest.fixture(scope="session")
def photo() -> np.ndarray:
    """The astronaut, 96 x 128, uint8: neither side divides the other."""
    return _photo(data.astronaut()[:384], 96, 128)


@pytest.fixture(scope="session")
def big() -> np.ndarray:
    """The cat at 300 x 451, uint8."""
    return np.ascontiguousarray(data.chelsea())


@pytest.fixture(scope="session")
def fphoto(photo: np.ndarray) -> np.ndarray:
    """The astronaut as float32 in [0, 1]."""
    return (photo / 255).astype(np.float32)


@pytest.fixture(scope="session")
def run() -> Callable[..., Any]:
    """Run ops on an image on the reference: ``run(image, op, ...)`` returns the image; with entries, the whole sample."""

    def run(image: np.ndarray, *nodes: Any, index: int = 0, targets: Any = None, stage: str = "train", **entries: Any) -> Any:
        spec = augment.Pipeline(list(nodes), targets=targets or {})
        out = augment.apply(spec, {"image": image, **entries}, index=index, stage=stage)
        return out if entries else out["image"]

    return run


@pytest.fixture(scope="session")
def geometric() -> list[Any]:
    """One op of each geometric kind that keeps the canvas, with constant parameters."""
    return [
        ops.Rotate(degrees=17.3), ops.Translate(x="3.7px", y="-5.2px"), ops.Scale(x=1.2, y=0.8), ops.Shear(x=8, y=-5),
        ops.Affine(rotate=-31, translate_x=0.1, scale=0.9, shear_x=7, shear_y=-4), ops.Perspective(distortion=0.4),
    ]  # fmt: skip


@pytest.fixture(scope="session")
def batch_is_reference() -> Callable[..., None]:
    """Compare six samples of a float image in one batch, on torch and on Keras without and with XLA, with each by itself."""
    import torch

    def check(op: Any, image: np.ndarray, atol: float) -> None:
        spec = augment.Pipeline([op], seed=4)
        images = np.stack([np.roll(image, 7 * i, axis=1) for i in range(6)])
        want = np.stack([augment.apply(spec, {"image": one}, index=i)["image"] for i, one in enumerate(images)])
        batch = torch.from_numpy(images).permute(0, 3, 1, 2)
        got = augment.compile(spec, "torchvision").at(range(6))({"image": batch})["image"]
        np.testing.assert_allclose(got.permute(0, 2, 3, 1).numpy(), want, atol=atol)
        for jit in (False, True):
            layer = augment.compile(spec, "keras", jit_compile=jit, value_range=(0, 1))
            out = np.asarray(layer({"images": images, "index": np.arange(6)}, training=True)["images"])
            np.testing.assert_allclose(out, want, atol=atol)

    return check
