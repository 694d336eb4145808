"""Adaptations and smoothed labels within a batch of a layer: as the reference has them, in the compiled graph."""

import numpy as np
import pytest

import augment
from augment import ops
from augment.testing import assert_images_close, assert_labels_close

TARGETS = {"image": "image", "labels": {"kind": "labels", "classes": 4}}


@pytest.mark.parametrize(
    "op",
    [ops.HistogramMatching(blend=(0.5, 1)), ops.Fda(beta=(0, 0.1), p=0.6), ops.PixelDistribution(blend=1, statistics="pca")],
    ids=lambda op: op.name(),
)
def test_a_batch_is_adapted_to_itself(op, photos, as_numpy) -> None:
    images = np.stack([photo // (1 + i) for i, photo in enumerate(photos[:, :40, :48])])
    spec = augment.Pipeline([op, ops.LabelSmoothing(share=0.2)], targets=TARGETS, seed=6)
    layer = augment.compile(spec, "keras", jit_compile=True)
    out = as_numpy(layer.at(index=3)({"image": images, "labels": np.arange(4)}))
    samples = [{"image": image, "labels": i} for i, image in enumerate(images)]
    for i, want in enumerate(augment.compile(spec).collate(samples, indices=range(3, 7))):
        assert_images_close(out["image"][i], want["image"])
        assert_labels_close(out["labels"][i], want["labels"])
        assert_labels_close(want["labels"], np.eye(4)[i] * 0.8 + 0.05)
    still = as_numpy(layer({"image": images, "labels": np.arange(4)}, training=False))
    assert np.array_equal(still["image"], images) and np.array_equal(still["labels"], np.eye(4))
