"""What comes out has memory of its own: who writes to a result does not change the data set."""

from __future__ import annotations

import copy
from typing import Any

import numpy as np
import pytest

import augment

torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")
pytest.importorskip("albumentations")

TARGETS = (
    "targets: {image: image, mask: mask, boxes: {kind: boxes, carry: [ids]}, keypoints: {kind: keypoints, carry: [names]},"
    " labels: labels}"
)
OPS = [
    "identity", "horizontal_flip: {p: 0}", "horizontal_flip: {p: 1}", "brightness: {factor: 1.2, p: 1}", "center_crop: 24",
    "center_crop: 20", "resize: 24", "sequence: {p: 0, ops: [rotate: 10]}", "transpose: {p: 0}",
    "normalize: {mean: 0.5, std: 0.5}",
]  # fmt: skip
PAIRED = ["mixup: 1", "cutmix: {p: 0, alpha: 1}", "mixup: {p: 0, alpha: 1}"]


def sample(form: str) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    rows = {
        "boxes": np.array([[2.0, 3, 9, 9], [1, 1, 20, 20]]), "ids": np.array([1, 2]), "keypoints": np.array([[3.0, 4], [5, 6]]),
        "names": np.array([4, 5]), "labels": np.array([0.0, 1, 0]),
    }  # fmt: skip
    pixels = {"image": rng.integers(0, 255, (24, 24, 3), dtype=np.uint8), "mask": rng.integers(0, 5, (24, 24), dtype=np.int64)}
    if form == "tensors":
        out = {name: torch.from_numpy(values) for name, values in {**pixels, **rows}.items()}
        return out | {"image": out["image"].permute(2, 0, 1).contiguous()}
    return pixels | ({name: values.tolist() for name, values in rows.items()} if form == "lists" else rows)


def memory(entry: Any) -> np.ndarray | None:
    return entry.numpy() if isinstance(entry, torch.Tensor) else entry if isinstance(entry, np.ndarray) else None


def assert_apart(out: dict[str, Any], given: dict[str, Any]) -> None:
    for name, entry in given.items():
        assert out[name] is not entry, f"{name} is the input's"
        mine, theirs = memory(out[name]), memory(entry)
        if mine is not None and theirs is not None:
            assert not np.may_share_memory(mine, theirs), f"{name} shares memory with the input"
            assert mine.flags.writeable, name


BACKENDS = [("reference", "arrays"), ("reference", "lists"), ("albumentations", "arrays"), ("albumentations", "lists")]
BACKENDS += [("keras", "arrays"), ("keras", "lists")]
BACKENDS += [("torchvision", "arrays"), ("torchvision", "lists"), ("torchvision", "tensors")]


@pytest.mark.parametrize("backend, form", BACKENDS)
@pytest.mark.parametrize("op", OPS)
def test_outputs_share_no_memory_with_inputs(backend, form, op):
    transform = augment.compile(augment.loads(f"{TARGETS}\npipeline: [{op}]"), backend)
    given = sample(form)
    before = copy.deepcopy(given)
    data = transform.over([given])
    for _ in range(2):
        out = data[0]
        assert_apart(out, given)
        for name in out:
            if memory(out[name]) is not None:
                memory(out[name])[...] = 0  # what a training loop may do
    for name, entry in given.items():
        np.testing.assert_array_equal(entry, before[name])


@pytest.mark.parametrize("form", ["arrays", "lists"])
@pytest.mark.parametrize("op", OPS)
def test_nor_by_apply_on_keras(op, form):
    """It runs the engine's own kernels, where `over` runs those of the host."""
    given = sample(form)
    assert_apart(augment.apply(augment.loads(f"{TARGETS}\npipeline: [{op}]"), given, backend="keras"), given)


@pytest.mark.parametrize("op", [op for op in OPS if op != "normalize: {mean: 0.5, std: 0.5}"])
def test_nor_by_the_layer_in_eager_batches(op):
    """Tensors may look into arrays, on torch above all: whoever writes to one does not change the data set."""
    one = sample("arrays")
    given = {"images": np.stack([one["image"]] * 2), "segmentation_masks": np.stack([one["mask"]] * 2), "labels": np.arange(2)}
    given["keypoints"] = np.stack([one["keypoints"]] * 2).astype(np.float32)
    given["bounding_boxes"] = {"boxes": np.stack([one["boxes"]] * 2).astype(np.float32), "ids": np.stack([one["ids"]] * 2)}
    layer = augment.compile(augment.loads(f"pipeline: [{op}]"), "keras")
    out = layer(given)
    for name in ("images", "segmentation_masks", "keypoints", "labels"):
        mine = out[name].numpy() if hasattr(out[name], "numpy") else np.asarray(out[name])
        assert not np.may_share_memory(mine, given[name]), name
    for name in ("boxes", "ids"):
        entry = out["bounding_boxes"][name]
        mine = entry.numpy() if hasattr(entry, "numpy") else np.asarray(entry)
        assert not np.may_share_memory(mine, given["bounding_boxes"][name]), name


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
@pytest.mark.parametrize("op", PAIRED)
def test_mixes_share_no_memory_with_either_sample(backend, op):
    spec = f"targets: {{image: image, mask: mask, labels: {{kind: labels, classes: 3}}}}\npipeline: [{op}]"
    transform = augment.compile(augment.loads(spec), backend)
    given = [{**{name: sample("arrays")[name] for name in ("image", "mask", "labels")}} for _ in range(4)]
    for out in [*transform.over(given), *(transform.collate(given) if backend in ("reference", "albumentations") else ())]:
        for one in given:
            assert_apart(out, one)


def test_batches_share_no_memory_with_their_input():
    spec = "targets: {image: image, mask: mask, labels: labels}\npipeline: [%s]"
    for op in OPS:
        one = sample("tensors")
        given = {name: torch.stack([one[name]] * 2) for name in ("image", "mask", "labels")}
        out = augment.compile(augment.loads(spec % op), "torchvision")(given)
        assert_apart(out, given)
