"""Subclasses of tensors come out as they came in, with what they hold; a map to the world is not left untrue."""

import pytest
import torch

import augment
from augment.errors import SampleError


class Named(torch.Tensor):
    """A tensor that knows more than its numbers, as those of other libraries do."""


class Placed(torch.Tensor):
    @property
    def affine(self):
        return self.__dict__["_affine"]


def made(kind, *shape, dtype=torch.uint8):
    out = torch.randint(0, 200, shape).to(dtype).as_subclass(kind)
    out.__dict__["_affine"] = torch.eye(4)
    out.__dict__["source"] = {"file": "a.nii"}
    return out


FORMS = [(3, 20, 24), (2, 3, 20, 24)]


@pytest.mark.parametrize("shape", FORMS)
@pytest.mark.parametrize(
    "op", ["horizontal_flip: {p: 1}", "brightness: 1.2", "identity", "horizontal_flip: {p: 0}", "center_crop: 10"]
)
def test_a_subclass_is_kept(shape, op):
    transform = augment.compile(augment.loads(f"pipeline: [{op}]"), "torchvision")
    given = {"image": made(Named, *shape), "mask": made(Named, *shape[:-3], *shape[-2:], dtype=torch.int64)}
    out = transform(given)
    plain = transform({name: entry.as_subclass(torch.Tensor) for name, entry in given.items()})
    for name, entry in given.items():
        assert type(out[name]) is Named
        assert out[name].source == entry.source
        assert out[name].source is not entry.source
        assert torch.equal(out[name].as_subclass(torch.Tensor), plain[name])


@pytest.mark.parametrize("shape", FORMS)
def test_a_map_to_the_world_is_refused_where_pixels_move(shape):
    image = made(Placed, *shape)
    kept = augment.compile(augment.loads("pipeline: [brightness: 1.2]"), "torchvision")(image)
    assert type(kept) is Placed
    assert torch.equal(kept.affine, image.affine)
    flip = augment.compile(augment.loads("pipeline: [horizontal_flip: {p: 1}]"), "torchvision")
    for sample in (image, {"image": image.as_subclass(torch.Tensor), "mask": image}):
        with pytest.raises(SampleError, match=r"Placed.*affine.*as_subclass\(torch\.Tensor\)"):
            flip(sample)
    assert torch.equal(flip(image.as_subclass(torch.Tensor)), image.as_subclass(torch.Tensor).flip(-1))
