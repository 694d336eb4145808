"""A photograph with a mask, boxes and keypoints."""

import numpy as np
import pytest
from PIL import Image


@pytest.fixture(scope="session")
def photo():
    import augment

    path = f"{augment.__path__[0]}/photos/coffee.jpg"
    return np.asarray(Image.open(path).convert("RGB").resize((150, 110)))


@pytest.fixture
def sample(photo):
    mask = (photo[..., 0] > 120).astype(np.uint8) + (photo[..., 1] > 90)
    return {
        "image": photo, "mask": mask, "boxes": np.array([[10.0, 20, 70, 90], [100, 5, 149, 60], [0, 0, 8, 6]]),
        "labels": np.array([3, 1, 2]), "keypoints": np.array([[20.0, 30], [140, 100.5], [75, 55]]),
    }  # fmt: skip
