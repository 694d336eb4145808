"""What a transform of torchvision takes and ours does not is refused, with what to do; and what to do works."""

import pytest
import torch
from torchvision import tv_tensors
from torchvision.transforms.v2 import functional as F

import augment
from augment.errors import SampleError

SIZE = (20, 24)
TURN = "pipeline: [rotate: ±30]"
DECLARED = f"targets: {{image: image, mask: mask, boxes: boxes, keypoints: keypoints}}\n{TURN}"
IMAGE = torch.zeros(3, *SIZE)


def boxes(form="XYXY", row=(1.0, 2, 5, 6)):
    return tv_tensors.BoundingBoxes([list(row)], format=form, canvas_size=SIZE)


ALONE = {
    "mask": lambda: tv_tensors.Mask(torch.zeros(SIZE, dtype=torch.uint8)),
    "instances": lambda: tv_tensors.Mask(torch.zeros(2, *SIZE, dtype=torch.uint8)),
    "boxes": boxes,
    "keypoints": lambda: tv_tensors.KeyPoints([[1.0, 2]], canvas_size=SIZE),
}
ROTATED = {"XYWHR": (1, 2, 5, 6, 30), "CXCYWHR": (9, 9, 5, 6, 30), "XYXYXYXY": (1, 2, 5, 2, 5, 6, 1, 6)}


@pytest.mark.parametrize("spec", [TURN, DECLARED])
@pytest.mark.parametrize("kind", ALONE)
@pytest.mark.parametrize("form", ["alone", "pair", "mapping", "list"])
def test_what_moves_without_an_image(spec, kind, form):
    entry, name = ALONE[kind](), "mask" if kind == "instances" else kind
    sample = {"alone": entry, "pair": (entry, 3), "mapping": {name: entry}, "list": [entry]}[form]
    transform = augment.compile(augment.loads(spec), "torchvision")
    for run in (transform, transform.at(0), lambda s: transform.over([s])[0], lambda s: transform.collate([s])):
        with pytest.raises(SampleError, match=rf"no image: {name} is moved together with one only; give both in one sample"):
            run(sample)
    _, out = transform(IMAGE, entry)
    assert type(out) is type(entry)


@pytest.mark.parametrize("kind", ALONE)
def test_a_type_that_targets_leave_out_is_told_to_be_declared(kind):
    transform = augment.compile(augment.loads(f"targets: {{image: image}}\n{TURN}"), "torchvision")
    name = "mask" if kind == "instances" else kind
    with pytest.raises(SampleError, match=rf"of {name} targets declares none: add another, {{NAME: {name}}}"):
        transform(IMAGE, ALONE[kind]())


@pytest.mark.parametrize("spec", [TURN, DECLARED])
@pytest.mark.parametrize("form", ["alone", "pair", "mapping"])
def test_videos(spec, form):
    video = tv_tensors.Video(torch.rand(4, 3, *SIZE))
    sample = {"alone": video, "pair": (video, 3), "mapping": {"video": video, "label": 3}}[form]
    spec = spec.replace("mask: mask, boxes: boxes, keypoints: keypoints", "extra: labels")
    transform = augment.compile(augment.loads(spec), "torchvision")
    with pytest.raises(SampleError, match=r"a video is not moved; its frames are, as a batch under one key: t\.at\(\[i\] \*"):
        transform(sample)
    with pytest.raises(SampleError, match=r"is no batch .* a video is not moved, but its frames are"):
        transform(torch.rand(2, 4, 3, *SIZE))
    frames = transform.at([5] * len(video))(video.as_subclass(torch.Tensor))
    one = transform.at([5])(video[2:3].as_subclass(torch.Tensor))
    assert torch.equal(frames[2:3], one)


@pytest.mark.parametrize("form", ROTATED)
def test_rotated_boxes(form):
    flip = augment.compile(augment.loads("pipeline: [horizontal_flip: {p: 1}]"), "torchvision")
    given = boxes(form, [float(n) for n in ROTATED[form]])
    for sample in ((IMAGE, given), given, {"image": IMAGE, "boxes": given}):
        with pytest.raises(SampleError, match=rf"rotated ones \({form}\) are not moved.*corners are, as keypoints.*- 0\.5"):
            flip(sample)
    corners = F.convert_bounding_box_format(given, new_format="XYXYXYXY").as_subclass(torch.Tensor).reshape(-1, 4, 2)
    moved = flip({"image": IMAGE, "keypoints": corners - 0.5})["keypoints"] + 0.5
    assert torch.allclose(moved, torch.stack([SIZE[1] - corners[..., 0], corners[..., 1]], -1))


@pytest.mark.parametrize("kind", ["boxes", "keypoints"])
def test_batches_with_rows(kind):
    transform = augment.compile(augment.loads(TURN), "torchvision")
    for rows in (torch.rand(2, 3, 4), ALONE[kind]()):
        with pytest.raises(SampleError, match=rf"{kind}: batches hold tensors .*sample by sample, as \.over\(dataset\) and"):
            transform({"image": torch.zeros(2, 3, *SIZE), kind: rows})


@pytest.mark.parametrize("op", ["mixup: 0.4", "cutmix: 1"])
@pytest.mark.parametrize("backend", ["torchvision", "albumentations", "reference"])
@pytest.mark.parametrize("way", ["batch", "over", "collate"])
def test_mixing_what_is_normalized(op, backend, way):
    spec = "targets: {image: image, labels: {kind: labels, classes: 3}}\npipeline: [%s]"
    image = torch.linspace(-2, 2, 3 * 20 * 24).reshape(3, *SIZE)
    if backend != "torchvision":
        image = image.permute(1, 2, 0).numpy()

    def run(text, image):
        transform, sample = augment.compile(augment.loads(spec % text), backend), {"image": image, "labels": 1}
        if way == "batch" and backend == "torchvision":
            return transform(torch.stack([image] * 3), torch.tensor([0, 1, 2]))
        return transform.over([sample] * 3)[0] if way == "over" else transform.collate([sample] * 3)

    with pytest.raises(SampleError, match=r"before it is normalized, and write normalize behind the mix: pipeline: \[mixup"):
        run(op, image)
    run(f"{op}, normalize: imagenet", (image + 2) / 4)
