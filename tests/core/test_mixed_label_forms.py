"""Labels of a mix where classes are declared are whole numbers, or rows with a share for each; nothing else is blended."""

import numpy as np
import pytest

import augment
from augment.errors import SampleError

torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")
SPEC = {"targets": {"image": "image", "labels": {"kind": "labels", "classes": 5}}, "pipeline": [{"mixup": {"alpha": 1}}]}
IMAGES = np.zeros((2, 8, 9, 3), np.uint8)
WRONG = {
    "columns": (np.array([[1], [2]]), r"1 number.*5 classes"),
    "rows of others": (np.ones((2, 4), np.float32), r"4 numbers.*5 classes"),
    "floats": (np.array([1.0, 2.0], np.float32), "whole number"), "fractions": (np.array([1.5, 2.5]), "whole number"),
}  # fmt: skip
RIGHT = {"numbers": np.array([1, 2]), "bytes": np.array([1, 2], np.uint8), "one-hot": np.eye(5, dtype=np.float32)[[1, 2]]}


def samples(labels):
    return [{"image": image, "labels": label} for image, label in zip(IMAGES, labels, strict=True)]


WAYS = {
    "reference": lambda labels: augment.compile(SPEC, "reference").over(samples(labels))[0],
    "torchvision": lambda labels: augment.compile(SPEC, "torchvision").over(samples(labels))[0],
    "batch": lambda labels: augment.compile(SPEC, "torchvision")(
        {"image": torch.from_numpy(IMAGES).permute(0, 3, 1, 2), "labels": torch.from_numpy(labels)}),
    "keras": lambda labels: augment.compile(SPEC, "keras")({"images": IMAGES, "labels": labels}),
    "keras over": lambda labels: augment.compile(SPEC, "keras").over(samples(labels))[0],
}  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", WRONG)
def test_what_is_no_class_is_not_blended(kind, way):
    labels, told = WRONG[kind]
    with pytest.raises(SampleError, match=f"(?s)labels.*{told}"):
        WAYS[way](labels)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("kind", RIGHT)
def test_classes_and_shares_are(kind, way):
    assert np.asarray(WAYS[way](RIGHT[kind])["labels"]).shape[-1] == 5
