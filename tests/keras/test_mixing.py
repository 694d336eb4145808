"""Mixing within a batch: everything of a sample goes with its image, of whatever type."""

import numpy as np
import pytest

import augment
from augment import ops
from augment.testing import assert_images_close, assert_labels_close, assert_masks_close

TARGETS = {
    "image": "image", "infrared": "image", "classes": "mask", "depth": "mask", "seen": "mask",
    "parts": {"kind": "mask", "fill": 7}, "labels": {"kind": "labels", "classes": 4},
}  # fmt: skip


@pytest.mark.parametrize("op", [ops.Mixup(alpha=0.9), ops.Cutmix(alpha=0.9), ops.Cutmix(alpha=0.9, p=0.5)], ids=str)
def test_images_and_masks_of_several_types(op, photos, as_numpy) -> None:
    grey = photos[..., 1]
    batch = {
        "image": photos, "infrared": photos[..., :1].astype(np.float32), "classes": grey.astype(np.int32) // 40,
        "depth": grey.astype(np.float32) / 255, "parts": np.stack([grey // 30, grey // 50], axis=-1), "seen": grey > 90,
        "labels": np.arange(4),
    }  # fmt: skip
    spec = augment.Pipeline([ops.Rotate(degrees=(-20, 20)), op], targets=TARGETS, seed=6)
    out = as_numpy(augment.compile(spec, "keras").at(index=3)(batch))
    samples = [{name: entry[i] for name, entry in batch.items()} for i in range(4)]
    for sample in samples:
        sample["infrared"] = sample["infrared"] / np.float32(255)
    mixed = 0
    for i, want in enumerate(augment.compile(spec).collate(samples, indices=range(3, 7))):
        assert_images_close(out["image"][i], want["image"])
        assert_images_close(out["infrared"][i] / np.float32(255), want["infrared"])
        for name in ("classes", "parts", "seen"):
            assert_masks_close(out[name][i], want[name])
        assert out["depth"][i].dtype == np.float32 and (np.abs(out["depth"][i] - want["depth"]) > 1e-5).mean() < 0.0005
        assert_labels_close(out["labels"][i], want["labels"])
        mixed += want["labels"].max() < 1
    assert mixed, "nothing was mixed, so this test shows nothing"
