"""A label is a name: whatever type a mask has, each label comes out as it went in, or the mask is refused."""

from __future__ import annotations

from typing import Any

import keras
import numpy as np
import pytest

import augment
from augment.errors import SampleError

torch = pytest.importorskip("torch")
BACKENDS = ["reference", "albumentations", "torchvision", "keras"]
TYPES = ["bool", "uint8", "int8", "uint16", "int16", "uint32", "int32", "uint64", "int64", "float16", "float32", "float64"]
OPS = {
    "flip": "horizontal_flip: {p: 1}", "turn": "rotate: 30", "turn about": "rotate: {degrees: 30, border: reflect}",
    "resize": "resize: [9, 14]", "bend": "elastic: {alpha: 0.1, sigma: 0.1}",
    "holes": "coarse_dropout: {holes: 2, height: 0.4, width: 0.4, fill_mask: 1}", "nothing": "identity",
    "seldom": "rotate: {degrees: 9, p: 0}",
}  # fmt: skip
FILL = 0


def names(dtype: str) -> np.ndarray:
    """Labels of a type that are hard to keep; the first two are those that ops write."""
    kind = np.dtype(dtype).kind
    if kind == "b":
        return np.array([False, True])
    if kind == "f":
        info = np.finfo(dtype)
        return np.array([0, 1, info.max, info.min, info.smallest_subnormal, 1 + info.eps, -0.5], dtype)
    info = np.iinfo(dtype)
    more = [2**24 + 1, 2**31 + 5, 2**53 + 1] if info.bits == 64 else [2**31 + 5] if dtype == "uint32" else []
    return np.array([0, 1, info.max, info.min, info.max - 1, *more], dtype)


def codes(count: int, seed: int = 0) -> np.ndarray:
    return np.random.default_rng(seed).integers(0, count, (12, 17), dtype=np.uint8)


def spec(op: str, **mask: Any) -> augment.Pipeline:
    declared = {"image": "image", "mask": {"kind": "mask", "fill": FILL, **mask}}
    return augment.loads(f"pipeline: [{op}]").replace(targets=declared)


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("dtype", TYPES)
def test_labels_of_any_type_move_as_their_numbers_do(backend, dtype) -> None:
    labels = names(dtype)
    number = codes(len(labels))
    image = np.zeros((12, 17, 3), np.uint8)
    for name, op in OPS.items():
        if (backend, dtype, name) == ("keras", "float64", "holes"):  # two marks, and labels between them
            with pytest.raises(SampleError, match="more labels between 0 and 1 than Keras can tell apart: cast it to float32"):
                augment.apply(spec(op), {"image": image, "mask": labels[number]}, backend=backend)
            continue
        want = labels[augment.apply(spec(op), {"image": image, "mask": number}, index=3)["mask"]]
        got = augment.apply(spec(op), {"image": image, "mask": labels[number]}, backend=backend, index=3)["mask"]
        assert got.dtype == dtype, f"{name}: {got.dtype}"
        assert (got == want).mean() > 0.97, f"{name}: {sorted(set(got.ravel()) - set(want.ravel()))} are new"
        assert set(got.ravel().tolist()) <= set(labels.tolist()), f"{name}: {set(got.ravel()) - set(labels)} are new"


@pytest.mark.parametrize("dtype", ["uint32", "int64", "uint64", "float64"])
def test_labels_of_any_type_keep_their_order(dtype) -> None:
    labels, image = names(dtype), np.zeros((12, 17, 3), np.uint8)
    mask = labels[codes(len(labels))]
    grown, given = augment.loads("pipeline: [rotate: 20, dilate: {size: 3, masks: true}]"), {"image": image, "mask": mask}
    want, got = (augment.apply(grown, given, backend=backend)["mask"] for backend in ("reference", "keras"))
    assert (got == want).mean() > 0.97 and got.max() == labels.max()


@pytest.mark.parametrize("dtype", [dtype for dtype in TYPES if dtype != "uint64"])
@pytest.mark.parametrize("name", OPS)
def test_also_in_a_batch_of_the_layer(name, dtype) -> None:
    labels = names(dtype)
    number = np.stack([codes(len(labels), i) for i in range(2)])
    images = np.zeros((2, 12, 17, 3), np.uint8)
    layer = augment.compile(spec(OPS[name]), "keras", jit_compile=False)
    want = np.asarray(layer.at(3)({"images": images, "segmentation_masks": number})["segmentation_masks"])
    out = layer.at(3)({"images": images, "segmentation_masks": labels[number]})["segmentation_masks"]
    assert keras.backend.standardize_dtype(out.dtype) == dtype
    assert np.array_equal(np.asarray(out), labels[want])


@pytest.mark.parametrize("dtype", ["uint8", "int16", "int32", "int64", "float16", "float32", "float64"])
@pytest.mark.parametrize("name", OPS)
def test_also_in_a_batch_of_tensors(name, dtype) -> None:
    labels = names(dtype)
    number = np.stack([codes(len(labels), i) for i in range(2)])
    images = torch.zeros(2, 3, 12, 17, dtype=torch.uint8)
    transform = augment.compile(spec(OPS[name]), "torchvision")
    want = transform.at(3)({"image": images, "mask": torch.from_numpy(number)})["mask"].numpy()
    got = transform.at(3)({"image": images, "mask": torch.from_numpy(labels[number])})["mask"].numpy()
    assert got.dtype == dtype and np.array_equal(got, labels[want])


def test_a_layer_refuses_what_its_engine_would_cut() -> None:
    layer = augment.compile(spec("identity"), "keras")
    masks = np.full((1, 12, 17), 2**63, np.uint64)
    with pytest.raises(SampleError, match="segmentation_masks: is uint64, of which Keras keeps 32 bits: cast it to int64"):
        layer({"images": np.zeros((1, 12, 17, 3), np.uint8), "segmentation_masks": masks})


UNFIT = [("uint8", 300), ("int8", 200), ("uint16", -1), ("bool", 2)]
UNFIT += [("float16", 70000), ("float16", 2049), ("float32", 2**24 + 1)]


@pytest.mark.parametrize(("dtype", "fill"), UNFIT)
@pytest.mark.parametrize("where", [*BACKENDS, "layer", "tensors"])
@pytest.mark.parametrize("by", ["target", "op"])
def test_a_fill_that_a_mask_cannot_hold_is_refused(where, dtype, fill, by) -> None:
    own = spec("rotate: 30", fill=fill) if by == "target" else spec(OPS["holes"].replace("fill_mask: 1", f"fill_mask: {fill}"))
    if by == "op" and fill < 0:
        pytest.skip("labels that ops write are not negative")
    image, mask = np.zeros((12, 17, 3), np.uint8), codes(2).astype(dtype)
    with pytest.raises(SampleError, match=f"which has no {fill}: choose another fill, or a wider type"):
        if where == "layer":
            augment.compile(own, "keras")({"images": image[None], "segmentation_masks": mask[None]})
        elif where == "tensors":
            if dtype == "uint16":
                pytest.skip("torch does little with uint16")
            images = torch.zeros(2, 3, 12, 17, dtype=torch.uint8)
            augment.compile(own, "torchvision")({"image": images, "mask": torch.from_numpy(np.stack([mask] * 2))})
        else:
            augment.apply(own, {"image": image, "mask": mask}, backend=where)


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_fill_that_it_holds_is_written(backend) -> None:
    for dtype, fill in (("float16", 2048), ("float32", 70000), ("int64", 2**31 + 5), ("int64", -(2**40)), ("uint8", 255)):
        own, sample = spec("rotate: 30", fill=fill), {"image": np.zeros((12, 17), np.uint8), "mask": np.ones((12, 17), dtype)}
        if backend == "keras" and abs(fill) > 2**31:
            with pytest.raises(SampleError, match=r"int32, which has no|on Keras a fill has 32 bits"):
                augment.apply(own, sample, backend=backend)
            continue
        out = augment.apply(own, sample, backend=backend)["mask"]
        assert set(out.ravel().tolist()) == {1, fill}, f"{dtype}: {set(out.ravel().tolist())}"
