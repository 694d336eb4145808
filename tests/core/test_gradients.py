"""A gradient that goes into a transform comes out of it, or is refused: never lost in silence, in any form of sample."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

import augment
from augment.errors import SampleError, UnsupportedOpError
from augment.ops import CORE
from augment.ops.kinds import Partnered
from augment.plugins import backends
from augment.testing.examples import examples

torch = pytest.importorskip("torch")
pytest.importorskip("torchvision")
pytest.importorskip("albumentations")

from torchvision import tv_tensors  # noqa: E402

ROTATE = {"pipeline": [{"rotate": {"degrees": 20}}]}
PLACES = {"boxes": [[4.0, 5, 18, 16]], "keypoints": [[9.0, 8]]}
TORCHVISION = backends()["torchvision"]
ALONE = [op for op in CORE.values() if op.modality == "image" and not issubclass(op, Partnered)]
OPS = [(op, i) for op in ALONE if TORCHVISION.in_batches(op).level != "refuses" for i in range(len(examples(op)))]
HOSTED = [op for op in ALONE if TORCHVISION.lacking(op) and TORCHVISION.support(op).level != "refuses"]
"""Ops that single samples have, and kernels of tensors have not."""


def floats(*shape: int) -> Any:
    return torch.rand(shape, generator=torch.Generator().manual_seed(0))


def sample(kind: str, form: str) -> dict[str, Any]:
    """A sample whose entry of a kind requires a gradient."""
    out = {"image": floats(3, 24, 30), "mask": floats(24, 30), **{name: torch.tensor(rows) for name, rows in PLACES.items()}}
    out["labels"] = torch.tensor([0.5])  # scores of the boxes
    if form == "tv_tensors":
        out |= {"image": tv_tensors.Image(out["image"]), "mask": tv_tensors.Mask(out["mask"])}
        out["boxes"] = tv_tensors.BoundingBoxes(out["boxes"], format="XYXY", canvas_size=(24, 30))
        out["keypoints"] = tv_tensors.KeyPoints(out["keypoints"], canvas_size=(24, 30))
    if form == "rows" and kind in PLACES:
        out[kind] = [row.clone().requires_grad_() for row in out[kind]]
    else:
        out[kind] = out[kind].requires_grad_()
    return out


def requires(entry: Any) -> bool:
    return any(requires(row) for row in entry) if isinstance(entry, list | tuple) else getattr(entry, "requires_grad", False)


WAYS = ["call", "at", "over", "tuple", "output", "collate"]
KINDS = ["image", "mask", "boxes", "keypoints", "labels"]


def run(way: str, given: dict[str, Any]) -> dict[str, Any]:
    transform = augment.compile(ROTATE, "torchvision", output="torch" if way == "output" else None)
    match way:
        case "at":
            return transform.at(0)(given)
        case "over":
            return transform.over([given])[0]
        case "tuple":
            rest = {name: entry for name, entry in given.items() if name != "image"}
            image, out = transform(given["image"], rest)
            return {"image": image, **out}
        case "collate":
            return transform.collate([given, given])
    return transform(given)


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("form", ["tensors", "tv_tensors", "rows"])
@pytest.mark.parametrize("kind", KINDS)
def test_of_a_single_sample(way, form, kind):
    given = sample(kind, form)
    try:
        out = run(way, given)
    except SampleError as error:
        assert kind in str(error) and "gradient" in str(error) and "detach()" in str(error)
        assert kind not in ("image", "mask") or way == "collate", "pixels keep theirs"
    else:
        assert requires(out[kind])
    with torch.no_grad():  # nobody asks for one
        assert not requires(run(way, given)[kind])


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("way", ["reference", "albumentations", "compiled", "apply"])
def test_of_the_containers_of_arrays(way, kind):
    given = {"image": np.zeros((24, 30, 3), np.float32), "mask": np.zeros((24, 30), np.float32), **PLACES, "labels": [0.5]}
    entry = torch.tensor(np.asarray(given[kind], np.float32)).requires_grad_()
    given = {**given, kind: entry}
    with pytest.raises(SampleError, match=rf"{kind}.*(gradient.*detach\(\)|takes a NumPy array)"):
        if way == "albumentations":
            augment.compile(ROTATE, way)(**given)
        elif way == "compiled":
            augment.compile(ROTATE)(given)
        else:
            augment.apply(ROTATE, given, backend="reference" if way == "reference" else "torchvision")


@pytest.mark.parametrize("kind, which", OPS)
def test_of_pixels_it_is_that_of_a_batch(kind, which):
    """Every op: what a single sample gives back to its image is what a batch of one gives."""
    op = examples(kind)[which]
    transform = augment.compile(augment.Pipeline([op]), "torchvision").at(3)
    batched = augment.compile(augment.Pipeline([op]), "torchvision").at([3])
    got = []
    for t, image in ((transform, floats(3, 64, 80)), (batched, floats(3, 64, 80)[None])):
        image.requires_grad_()
        out = t(image)
        assert out.requires_grad
        weight = torch.linspace(0, 1, out.numel()).reshape(out.shape)
        (out * weight).sum().backward()
        got.append(image.grad.reshape(3, 64, 80))
    assert torch.equal(*got)
    assert torch.isfinite(got[0]).all()


@pytest.mark.parametrize("kind", HOSTED)
def test_of_pixels_it_is_refused_where_no_kernel_keeps_it(kind):
    transform = augment.compile(augment.Pipeline([examples(kind)[0]]), "torchvision").at(3)
    with pytest.raises(UnsupportedOpError, match="the kernels of batches on torch have no"):
        transform(floats(3, 64, 80).requires_grad_())


def test_a_mirror_brings_it_back_mirrored():
    image = floats(3, 24, 30).requires_grad_()
    weight = floats(3, 24, 30)
    flip = augment.compile({"pipeline": [{"horizontal_flip": {"p": 1}}]}, "torchvision")
    (flip(image) * weight).sum().backward()
    assert torch.equal(image.grad, weight.flip(-1))


@pytest.mark.parametrize("kind", ["image", "mask"])
def test_a_result_has_memory_of_its_own(kind):
    given = sample(kind, "tensors")
    out = augment.compile({"pipeline": [{"horizontal_flip": {"p": 0}}]}, "torchvision")(given)
    for name in ("image", "mask"):
        assert out[name].untyped_storage().data_ptr() != given[name].untyped_storage().data_ptr()


def test_beside_a_picture_that_has_none_it_is_refused():
    from PIL import Image

    given = {"image": floats(3, 24, 30).requires_grad_(), "mask": Image.new("L", (30, 24))}
    with pytest.raises(SampleError, match=r"mask: is an Image.*tensor"):
        augment.compile(ROTATE, "torchvision")(given)
