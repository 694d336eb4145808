"""``mask_dtype``: masks come out as tensors that torch's losses take, whatever they came as and wherever they run."""

import pickle

import numpy as np
import PIL.Image
import pytest
import torch
from torchvision import tv_tensors

import augment
from augment.errors import SampleError, SpecError

SIZE = (20, 24)
LABELS = np.random.default_rng(0).integers(0, 5, SIZE).astype(np.uint8)
IMAGE = torch.rand(3, *SIZE)
FORMS = {
    "pil": PIL.Image.fromarray(LABELS), "array": LABELS, "wide array": LABELS.astype(np.int32),
    "tensor": torch.from_numpy(LABELS),
    "floats": torch.from_numpy(LABELS).float(), "layer": torch.from_numpy(LABELS)[None],
    "tv_tensor": tv_tensors.Mask(torch.from_numpy(LABELS)), "layers": torch.from_numpy(np.stack([LABELS] * 3)),
    "bool": torch.from_numpy(LABELS > 2),
}  # fmt: skip
SPEC = "targets: {image: image, mask: {kind: mask, fill: 255}}\npipeline: [%s]"
TURN = SPEC % "rotate: 20, center_crop: [16, 16]"


@pytest.mark.parametrize("dtype", ["int64", "float32"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", ["call", "over", "collate", "pickle", "device", "batch"])
def test_of_any_form_and_way(dtype, form, way):
    text = TURN if form != "bool" else TURN.replace("fill: 255", "fill: 1")
    plain = augment.compile(augment.loads(text), "torchvision")
    transform = augment.compile(augment.loads(text), "torchvision", mask_dtype=dtype)
    sample = {"image": IMAGE, "mask": FORMS[form]}
    if way in ("device", "batch") and not isinstance(sample["mask"], torch.Tensor):
        sample["mask"] = torch.from_numpy(np.array(sample["mask"]))
    if way == "batch":
        sample = {name: torch.stack([entry] * 2) for name, entry in sample.items()}
    wanted = torch.as_tensor(np.array((plain.at([0, 1]) if way == "batch" else plain.at(0))(sample)["mask"]))
    if way == "over":
        out = transform.over([sample])[0]["mask"]
    elif way == "collate":
        out = transform.collate([sample] * 2, indices=[0, 1])["mask"][0]
    elif way == "device":
        out = transform._on_device(transform._read(sample), transform.program.values(0))["mask"]
    else:
        transform = pickle.loads(pickle.dumps(transform)) if way == "pickle" else transform
        out = (transform.at([0, 1]) if way == "batch" else transform.at(0))(sample)["mask"]
    assert isinstance(out, torch.Tensor) and out.dtype == getattr(torch, dtype) and out.is_contiguous()
    assert isinstance(out, tv_tensors.Mask) == (form == "tv_tensor" and way != "collate" and way != "batch")
    assert out.shape == wanted.shape and (out == wanted).float().mean() > 0.99  # kernels of batches may differ at an edge


def test_a_loss_takes_it():
    transform = augment.compile(augment.loads(TURN), "torchvision", mask_dtype="int64")
    images, masks = transform.collate([(IMAGE, FORMS["pil"])] * 2)
    scores = torch.rand(2, 5, 16, 16)
    assert torch.isfinite(torch.nn.functional.cross_entropy(scores, masks, ignore_index=255)) and images.shape == (2, 3, 16, 16)


@pytest.mark.parametrize("batched", [False, True])
def test_fractions_are_not_cut(batched):
    transform = augment.compile(augment.loads(SPEC % "identity"), "torchvision", mask_dtype="int64")
    sample = {"image": IMAGE, "mask": torch.full(SIZE, 0.5)}
    with pytest.raises(SampleError, match=r"mask: holds fractions.*'float32'"):
        transform({name: entry[None] for name, entry in sample.items()} if batched else sample)


def test_other_types_are_refused():
    with pytest.raises(SpecError, match="mask_dtype is 'int64' or 'float32', not 'int7'"):
        augment.compile(augment.loads(TURN), "torchvision", mask_dtype="int7")


@pytest.mark.parametrize("backend", ["reference", "torchvision", "albumentations", "builtin", "nlpaug"])
def test_options_that_a_backend_does_not_take(backend):
    spec = {"pipeline": [{"typo_characters": 0.1} if backend in ("builtin", "nlpaug") else {"horizontal_flip": {"p": 1}}]}
    with pytest.raises(
        SpecError, match=rf"{backend} has no option 'mask_dtyp'" + ("; did you mean 'mask_dtype'" * (backend == "torchvision"))
    ):
        augment.compile(spec, backend, mask_dtyp="int64")
