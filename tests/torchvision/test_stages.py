"""Inference through the same spec, and both ways of running a sample against the reference."""

import numpy as np
import PIL.Image
import pytest
import torch
from torchvision.transforms import v2

import augment
from augment.backend import Options
from augment.plugins import get_backend
from augment.program.lower import lower

SPEC = {"pipeline": [
    {"random_resized_crop": {"size": [48, 40], "area": [0.4, 1]}}, {"horizontal_flip": {"p": 0.5}},
    {"color_jitter": {"brightness": "1±0.3"}}, {"random_crop": {"size": 32}},
    {"coarse_dropout": {"height": 0.2, "width": 0.2}}, {"normalize": "imagenet"},
]}  # fmt: skip


def test_inference_is_resize_crop_and_normalize(photos):
    picture = PIL.Image.fromarray(photos[1])
    by_hand = v2.Compose([
        v2.ToImage(), v2.ToDtype(torch.float32, scale=True), v2.Resize((48, 40)), v2.CenterCrop(32),
        v2.Normalize([0.485, 0.456, 0.406], [0.229, 0.224, 0.225]),
    ])  # fmt: skip
    transform = augment.compile(SPEC, "torchvision")
    wanted = by_hand(picture)
    assert not torch.allclose(transform(picture), wanted, atol=0.05)
    for ours in (transform.eval(), augment.compile(SPEC, "torchvision", stage="eval")):
        assert torch.allclose(ours(picture), wanted, atol=3e-4)
        batch = torch.from_numpy(np.stack(photos)).permute(0, 3, 1, 2)
        assert torch.allclose(ours(batch)[1], wanted, atol=3e-4)
    state = torch.get_rng_state()
    transform(picture)
    assert torch.equal(torch.get_rng_state(), state)
    assert transform.train().program.stage == "train"
    assert augment.compile(SPEC, "torchvision", stage="eval").train().program.stage == "eval"


@pytest.mark.parametrize("precision", ["auto", "float"])
@pytest.mark.parametrize("dtype", [np.uint8, np.float32])
def test_run_on_the_host_and_on_the_batch_kernels(photos, masks, precision, dtype):
    """``precision="float"`` runs arrays on the torch kernels; boxes and keypoints go with either."""
    spec = augment.compile({"pipeline": [
        {"rotate90": {}}, {"perspective": {"distortion": [0, 0.4]}}, {"elastic": {"alpha": "1px", "sigma": "12px", "p": 0.5}},
        {"random_resized_crop": {"size": 56, "area": [0.4, 1]}}, {"gamma": {"gamma": [0.5, 2]}},
        {"coarse_dropout": {"height": 0.2, "width": 0.2, "fill_mask": 2}},
    ]}, "reference").spec  # fmt: skip
    image = photos[2] if dtype == np.uint8 else photos[2].astype(np.float32) / 255
    sample = {
        "image": image, "mask": masks[0], "boxes": np.array([[10.0, 10, 40, 30], [50, 20, 80, 55]]),
        "labels": np.array([1, 2]), "keypoints": np.array([[20.0, 30], [60, 40]]), "image_id": 5,
    }  # fmt: skip
    backend, program = get_backend("torchvision"), lower(spec)
    for index in range(4):
        values = program.values(index)
        ours = backend.run(program, sample, values, Options(precision))
        theirs = get_backend("reference").run(program, sample, values, Options())
        assert ours.keys() == theirs.keys()
        assert ours["image"].dtype == dtype
        scale = 1 if dtype == np.uint8 else 255
        off = np.abs(ours["image"].astype(float) - theirs["image"]) * scale
        assert (off > (2 if dtype == np.uint8 else 0.03)).mean() <= 0.001
        assert (ours["mask"] != theirs["mask"]).mean() <= 0.0005
        for name in ("boxes", "keypoints"):
            assert np.allclose(ours[name], theirs[name], atol=0.01)
        assert np.array_equal(ours["labels"], theirs["labels"])
        assert ours["image_id"] == 5


def test_float_run_of_what_has_no_image():
    with pytest.raises(augment.errors.SampleError, match="the sample has no image"):
        augment.apply(SPEC, {"caption": "a cat"}, backend="torchvision", precision="float")
    with pytest.raises(augment.errors.SampleError, match="without an image"):
        augment.apply(SPEC, {"mask": np.zeros((4, 4), np.uint8)}, backend="torchvision", precision="float")


def test_records_replay(photos):
    record = augment.record(SPEC, index=3, epoch=1)
    ours = augment.replay(record, {"image": photos[0]}, backend="torchvision")["image"]
    alone = augment.compile(SPEC, "torchvision").at(3, 1)(torch.from_numpy(photos[0]).permute(2, 0, 1))
    assert np.array_equal(ours, alone.permute(1, 2, 0).numpy())


def test_classes_make_one_hot_rows_at_inference_too(photos):
    """In every form of a sample, as on the reference; and in training where nothing mixes."""
    targets = {"image": "image", "labels": {"kind": "labels", "classes": 3}}
    mixes = {"targets": targets, "pipeline": [{"mixup": {"alpha": 0.4}}]}
    wanted = augment.apply(mixes, {"image": photos[0], "labels": 2}, stage="eval")["labels"].tolist()
    assert wanted == [0, 0, 1]
    image = torch.from_numpy(photos[0]).permute(2, 0, 1)
    data = [{"image": image, "labels": i} for i in range(3)]
    plain = augment.compile({"targets": targets, "pipeline": [{"horizontal_flip": {"p": 0.5}}]}, "torchvision")
    for transform in (
        augment.compile(mixes, "torchvision", stage="eval"), augment.compile(mixes, "torchvision").eval(), plain, plain.eval()
    ):  # fmt: skip
        assert transform.over(data)[2]["labels"].tolist() == wanted
        assert transform.collate(data)["labels"].tolist() == np.eye(3).tolist()
        assert transform(image, 2)[1].tolist() == transform((image, torch.tensor(2)))[1].tolist() == wanted
        for batch in ((torch.stack([image] * 2), torch.tensor([0, 2])), [torch.stack([image] * 2), torch.tensor([0, 2])]):
            assert transform(batch)[1].tolist() == [[1, 0, 0], wanted]
        assert transform({"image": torch.stack([image]), "labels": torch.tensor([2])})["labels"].tolist() == [wanted]
        alone = transform._on_device(transform._read((image, torch.tensor(2))), transform.program.values(0))
        assert alone[1].tolist() == wanted


def test_classes_leave_what_boxes_carry(photos):
    targets = {"image": "image", "boxes": "boxes", "labels": {"kind": "labels", "classes": 3}}
    flip = augment.compile({"targets": targets, "pipeline": [{"horizontal_flip": {"p": 1}}]}, "torchvision")
    target = {"boxes": torch.tensor([[2.0, 3, 20, 30]]), "labels": torch.tensor([2])}
    assert flip(torch.from_numpy(photos[0]).permute(2, 0, 1), target)[1]["labels"].tolist() == [2]
