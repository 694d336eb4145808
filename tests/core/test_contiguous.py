"""What comes out lies in order in memory: ``.view(-1)`` works on every tensor, and arrays are C-contiguous, after every op."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import augment
from augment.ops import CORE
from augment.ops.kinds import Partnered
from augment.testing.examples import examples
from augment.testing.generate import moves_all

torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")
pytest.importorskip("albumentations")

from torchvision import tv_tensors  # noqa: E402

ALL = [op for op in CORE.values() if op.modality == "image" and not issubclass(op, Partnered) and moves_all(op)]
OPS = [(op, i) for op in ALL for i in range(len(examples(op)))]
SIZE = (64, 80)
MASKS = {"mask": SIZE, "layers": (*SIZE, 3)}
TARGETS = {"image": "image", "mask": "mask", "layers": "mask", "boxes": "boxes", "keypoints": "keypoints"}


def sample(dtype: Any, channels: int = 3) -> dict[str, Any]:
    rng = np.random.default_rng(0)
    image = rng.integers(0, 256, (*SIZE, channels)).astype(np.uint8)
    masks = {name: rng.integers(0, 9, shape).astype(np.int64) for name, shape in MASKS.items()}
    rows = {
        "boxes": np.array([[4.0, 5, 40, 30], [20, 20, 60, 60]]),
        "keypoints": np.array([[9.0, 8]]),
        "labels": np.array([1, 2]),
    }
    return {"image": image if dtype is np.uint8 else (image / 255).astype(dtype), **masks, **rows}


def tensors(given: dict[str, Any]) -> dict[str, Any]:
    first = {name: entry.transpose(2, 0, 1) if entry.ndim == 3 else entry for name, entry in given.items()}
    return {name: torch.from_numpy(np.ascontiguousarray(entry)) for name, entry in first.items()}


def assert_in_order(out: Any) -> None:
    for name, entry in out.items():
        if isinstance(entry, torch.Tensor):
            assert entry.is_contiguous(), name
            entry.view(-1)
        else:
            assert entry.flags.c_contiguous, name


@pytest.mark.parametrize("kind, which", OPS)
def test_after_every_op(kind, which):
    op = examples(kind)[which]
    spec = augment.Pipeline([op], targets=TARGETS)
    transform = augment.compile(spec, "torchvision")
    for dtype in (np.uint8, np.float32):
        given = tensors(sample(dtype))
        assert_in_order(transform.at(0)(given))
        wrapped = {**given, "image": tv_tensors.Image(given["image"]), "mask": tv_tensors.Mask(given["mask"])}
        assert_in_order(transform.at(0)(wrapped))
        assert_in_order(transform.at(0)(sample(dtype)))
        # square, so that turns fit; of samples with sizes of their own there is no batch
        many = 2 if getattr(op, "canvas", "same") != "drawn" or op.upends else 1
        batch = {key: torch.stack([given[key][..., :64]] * many) for key in ("image", "mask", "layers")}
        only = {key: TARGETS[key] for key in batch}
        batched = augment.compile(augment.Pipeline([op], targets=only), "torchvision")
        assert_in_order(batched.at(0)(batch))
        last = {
            key: entry.contiguous(memory_format=torch.channels_last) if entry.ndim == 4 else entry for key, entry in batch.items()
        }
        assert_in_order(batched.at(0)(last))
    for backend in ("reference", "albumentations"):
        for output in (None, "torch"):
            out = augment.compile(spec, backend, output=output).over([sample(np.uint8)])[0]
            assert_in_order(out)


@pytest.mark.parametrize("channels", [1, 2, 3, 4, 5, 130])
@pytest.mark.parametrize("dtype", [np.uint8, np.float16, np.float32, np.float64])
@pytest.mark.parametrize("op", ["identity", "horizontal_flip: {p: 1}", "horizontal_flip: {p: 0}", "center_crop: 40"])
def test_of_any_type_and_number_of_channels(channels, dtype, op):
    spec = augment.loads(f"targets: {{image: image, mask: mask, layers: mask}}\npipeline: [{op}]")
    given = {name: entry for name, entry in sample(dtype, channels).items() if name in ("image", *MASKS)}
    transform = augment.compile(spec, "torchvision")

    def run(entries):
        return transform({**entries, "image": tv_tensors.Image(entries["image"])})  # which may have any number of channels

    out = run(tensors(given))
    assert_in_order(out)
    assert_in_order(run({name: entry.flip(0) for name, entry in tensors(given).items()}))
    assert_in_order(run({name: entry.mT.contiguous().mT for name, entry in tensors(given).items()}))
    wanted = augment.apply(spec, given)
    for name, entry in out.items():
        array = entry.numpy().transpose(1, 2, 0) if entry.ndim == 3 else entry.numpy()
        np.testing.assert_array_equal(array, wanted[name])


@pytest.mark.parametrize("way", ["call", "device", "over", "collate"])
def test_of_instances_and_pictures(way):
    from PIL import Image

    target = {
        "boxes": torch.tensor([[4.0, 5, 40, 30], [20, 20, 60, 60]]),
        "masks": torch.ones(2, *SIZE),
        "labels": torch.tensor([1, 2]),
    }
    transform = augment.compile(augment.loads("pipeline: [center_crop: [50, 30], rotate90: 1]"), "torchvision", output="torch")
    picture = Image.fromarray(sample(np.uint8)["image"])
    image = tensors(sample(np.uint8))["image"] if way == "device" else picture
    if way == "device":
        out = transform._on_device(transform._read((image, target)), transform.program.values(0))
    elif way == "over":
        out = transform.over([(image, target)])[0]
    elif way == "collate":
        batch, listed = transform.collate([(image, target)] * 2)
        out = batch, {name: entries[0] for name, entries in listed.items()}
    else:
        out = transform(image, target)
    assert_in_order({"image": out[0], **out[1]})
