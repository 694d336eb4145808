"""Tensors of every kind that torch has, in every place of a sample: a result, or an error that names the place and the fix."""

import warnings

import pytest
import torch
from torchvision import tv_tensors

import augment
from augment.errors import SampleError

IMAGE = torch.arange(3 * 20 * 30, dtype=torch.uint8).reshape(3, 20, 30)
MASK = IMAGE[0] % 4
BOXES = torch.tensor([[1, 2, 9, 9], [12, 3, 20, 19]])
POINTS = torch.tensor([[3, 4], [12, 15]])
SPECS = {
    "flip": {"pipeline": [{"horizontal_flip": {"p": 1}}]}, "warp": {"pipeline": [{"rotate": 20}, {"brightness": 1.2}]},
}  # fmt: skip
KINDS = {
    "meta": (lambda x: x.to("meta"), "is on the meta device"),
    "sparse": (lambda x: x.to_sparse(), r"is sparse.*to_dense\(\)"),
    "compressed": (lambda x: x.float().reshape(-1, x.shape[-1]).to_sparse_csr(), r"is sparse.*to_dense\(\)"),
    "quantized": (lambda x: torch.quantize_per_tensor(x.float() / 255, 1 / 255, 0, torch.quint8), r"dequantize\(\)"),
    "complex": (lambda x: (x.float() / 255).to(torch.complex64), "is complex64"),
    "bool": (lambda x: x > 2, "is bool"),
    "nested": (lambda x: torch.nested.nested_tensor([x[0].float(), x[1].float()]), "is nested"),
    "jagged": (lambda x: torch.nested.nested_tensor([x[0].float(), x[1].float()], layout=torch.jagged), "is nested"),
    "8 bits": (lambda x: (x.float() / 255).to(torch.float8_e4m3fn), "is float8_e4m3fn"),
}  # fmt: skip
PLACES = {
    "alone": (lambda of: of(IMAGE), "image"),
    "batch": (lambda of: of(torch.stack([IMAGE, IMAGE])), "image"),
    "image": (lambda of: {"image": of(IMAGE), "id": 1}, "image"),
    "pair": (lambda of: (of(IMAGE), 1), "image"),
    "mask": (lambda of: {"image": IMAGE, "mask": of(MASK)}, "mask"),
    "batch of masks": (lambda of: {"image": torch.stack([IMAGE, IMAGE]), "mask": of(torch.stack([MASK, MASK]))}, "mask"),
    "boxes": (lambda of: {"image": IMAGE, "boxes": of(BOXES)}, "boxes"),
    "points": (lambda of: {"image": IMAGE, "keypoints": of(POINTS)}, "keypoints"),
    "carried": (lambda of: {"image": IMAGE, "boxes": BOXES, "labels": of(POINTS)}, "labels"),
}
MAY = {("bool", "mask"), ("bool", "batch of masks"), ("bool", "carried"), ("complex", "carried")}
"""What has a meaning."""
CASES = [(kind, place) for kind in KINDS for place in PLACES]


@pytest.mark.filterwarnings("ignore:.*(Sparse|nested tensors|quantize|deprecated)")
@pytest.mark.parametrize(("kind", "place"), CASES, ids=str)
@pytest.mark.parametrize("spec", SPECS)
def test_a_kind_of_tensor_is_told_or_taken(spec, kind, place):
    of, told = KINDS[kind]
    given, name = PLACES[place]
    sample, transform = given(of), augment.compile(SPECS[spec], "torchvision")
    if (kind, place) in MAY:
        out = transform(sample)
        assert out[name].dtype == sample[name].dtype
        return
    where = rf"(\b{name}\b|\[0\])" if kind in ("nested", "jagged") else rf"\b{name}\b"  # before it is known what it is
    with pytest.raises(SampleError, match=f"{where}.*{told}"):
        transform(sample)


@pytest.mark.parametrize("kind", ["meta", "sparse", "quantized", "complex", "bool", "8 bits"])
def test_what_nothing_moves_passes_as_it_is(kind):
    extra = KINDS[kind][0](torch.arange(8))
    out = augment.compile(SPECS["flip"], "torchvision")({"image": IMAGE, "extra": extra})["extra"]
    assert (out.layout, out.dtype, out.shape, out.device) == (extra.layout, extra.dtype, extra.shape, extra.device)


# Gray images without an axis of channels -----------------------------------------------------------------------------


@pytest.mark.parametrize("shape", [(32, 28, 28), (16, 20, 30), (100, 300, 400)])
@pytest.mark.parametrize("way", ["alone", "pair", "mapping", "at", "gradient"])
def test_what_may_be_a_batch_of_gray_images_is_told(shape, way):
    """As one image, all are turned by one angle, and mixed with nobody."""
    images, transform = torch.zeros(shape), augment.compile(SPECS["warp"], "torchvision")
    with pytest.warns(UserWarning, match=rf"{shape[0]} channels.*\[:, None\].*tv_tensors\.Image"):
        match way:
            case "alone":
                transform(images)
            case "pair":
                transform(images, torch.arange(len(images)))
            case "mapping":
                transform({"image": images, "labels": torch.arange(len(images))})
            case "at":
                transform.at(0)(images)
            case "gradient":
                transform(images.requires_grad_())
    assert transform(images[:, None].detach()).shape == (len(images), 1, *shape[1:])


@pytest.mark.parametrize("channels", [1, 3, 4, 13, 15, 16, 224])
def test_images_of_many_channels_are_taken_where_they_are_plain(channels):
    transform = augment.compile(SPECS["flip"], "torchvision")
    image = torch.randint(0, 256, (channels, 20, 30), dtype=torch.uint8)
    assert torch.equal(transform(tv_tensors.Image(image)), image.flip(-1))
    assert torch.equal(transform(image[None]), image[None].flip(-1))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore" if channels >= 16 else "error")
        assert torch.equal(transform(image), image.flip(-1))


@pytest.mark.parametrize("gradient", [False, True])
def test_channels_come_first_wherever_it_is_computed(gradient):
    image = torch.zeros(20, 30, 3, requires_grad=gradient)
    with pytest.raises(SampleError, match="channels come first"), warnings.catch_warnings():
        augment.compile(SPECS["flip"], "torchvision")(image)
