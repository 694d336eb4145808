"""Photographs in a batch, detection batches under Keras' own names, and programs in a process of their own."""

import os
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from augment.testing.photographs import photographs, sample_of

COUNT = 4


@pytest.fixture(scope="session")
def photos() -> np.ndarray:
    """(4, 96, 112, 3) uint8: parts of a photograph that differ."""
    (photo,) = photographs(((120, 140),))
    return np.stack([photo[6 * i : 6 * i + 96, 9 * i : 9 * i + 112] for i in range(COUNT)])


@pytest.fixture(scope="session")
def detection(photos: np.ndarray) -> dict[str, Any]:
    """A batch with everything that moves, keyed; the last box of each sample is padding."""
    samples = [sample_of(photo) for photo in photos]
    boxes = np.stack([np.concatenate([s["boxes"], np.zeros((1, 4))]) for s in samples]).astype(np.float32)
    labels = np.stack([np.append(s["labels"], -1) for s in samples]).astype(np.int32)
    return {
        "images": photos, "segmentation_masks": np.stack([s["mask"] for s in samples]).astype(np.int32),
        "bounding_boxes": {"boxes": boxes, "labels": labels},
        "keypoints": np.stack([s["keypoints"] for s in samples]).astype(np.float32), "index": np.arange(COUNT),
    }  # fmt: skip


@pytest.fixture(scope="session")
def of_host() -> Callable[[dict[str, Any], int], dict[str, Any]]:
    """One sample of a detection batch, as the reference takes it."""

    def take(batch: dict[str, Any], i: int) -> dict[str, Any]:
        boxes = batch["bounding_boxes"]
        real = boxes["labels"][i] >= 0
        return {
            "image": batch["images"][i], "mask": batch["segmentation_masks"][i], "boxes": boxes["boxes"][i][real],
            "labels": boxes["labels"][i][real], "keypoints": batch["keypoints"][i],
        }  # fmt: skip

    return take


@pytest.fixture(scope="session")
def as_numpy() -> Callable[[Any], Any]:
    """A structure of tensors as arrays, by whichever engine."""
    import keras

    return lambda structure: keras.tree.map_structure(keras.ops.convert_to_numpy, structure)


@pytest.fixture
def fresh_process(tmp_path: Any) -> Callable[..., str]:
    """Runs a program in a process of its own, in an empty folder, and returns what it prints."""

    def run(program: str, engine: str = "tensorflow") -> str:
        environment = {**os.environ, "KERAS_BACKEND": engine, "OMP_NUM_THREADS": "1"}
        command = [sys.executable, "-c", program]
        done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False)
        assert done.returncode == 0, done.stderr[-4000:]
        return done.stdout

    return run


@pytest.fixture(autouse=True)
def layers_are_compiled() -> None:
    """As for users, by XLA."""
