"""``output="uint8"`` leaves out what makes floats at the end, and `augment.tail` makes it up on batches of bytes."""

import pickle

import numpy as np
import pytest

import augment
from augment.errors import SpecError

WORKERS = ("torchvision", "albumentations")
STD = 0.25
STEPS = (
    [{"random_resized_crop": {"size": 24, "area": [0.5, 1]}}, {"color_jitter": {"brightness": "1±0.3", "hue": "±20"}}],
    [{"rotate": {"degrees": "±20"}}, {"gaussian_blur": {"sigma": "1px", "p": 0.5}}, {"resize": {"size": 24}}],
    [{"to_float": {}}, {"contrast": {"factor": "1±0.4"}}, {"resize": {"size": 24}}],
)
TAILS = ([{"normalize": {"mean": 0.4, "std": STD}}], [{"to_float": {}}], [{"to_float": {}}, {"normalize": "imagenet"}])


def _spec(steps, tail, **more):
    return {"seed": 3, **more, "pipeline": [*steps, *tail]}


def _image(channels=3, seed=0):
    low = np.random.default_rng(seed).random((6, 8, channels))
    return (np.kron(low, np.ones((6, 6, 1))) * 255).astype(np.uint8)


def _within(found, whole, spec):
    """Within one level of 255, over the least standard deviation."""
    tail = augment.compiler.prepared(spec, "reference", "train", None, True, True)[1].tail
    assert np.abs(np.asarray(found, float) - np.asarray(whole, float)).max() <= max(tail.gain) / 255 + 1e-5


@pytest.mark.parametrize("steps", STEPS)
@pytest.mark.parametrize("tail", TAILS)
def test_the_tail_of_what_a_worker_gives_is_what_the_whole_gives(steps, tail):
    torch = pytest.importorskip("torch")
    spec, image = _spec(steps, tail), _image()
    for i in range(4):
        vision = augment.compile(spec, "torchvision", output="uint8").at(i)(torch.from_numpy(image).permute(2, 0, 1))
        assert vision.dtype == torch.uint8 and vision.shape == (3, 24, 24)
        whole = augment.compile(spec, "torchvision").at(i)(torch.from_numpy(image).permute(2, 0, 1))
        _within(augment.tail(spec, "torchvision")(vision[None])[0], whole, spec)

        arrays = augment.compile(spec, "albumentations", output="uint8").at(i)(image=image)["image"]
        assert arrays.dtype == np.uint8 and arrays.shape == (24, 24, 3)
        whole = augment.compile(spec, "albumentations", output="torch").at(i)(image=image)["image"]
        _within(augment.tail(spec, "albumentations")(torch.from_numpy(arrays)), whole, spec)


@pytest.mark.parametrize("tail", TAILS)
def test_keras_finishes_what_a_worker_gives(tail):
    keras = pytest.importorskip("keras")
    spec, image = _spec(STEPS[0], tail), _image()
    layer = augment.tail(spec, "keras")
    assert type(layer) is keras.layers.Rescaling  # which loads without this package
    arrays = augment.compile(spec, "albumentations", output="uint8").at(5)(image=image)["image"]
    whole = augment.compile(spec, "albumentations").at(5)(image=image)["image"]
    _within(keras.ops.convert_to_numpy(layer(arrays[None]))[0], whole, spec)
    again = keras.layers.Rescaling.from_config(layer.get_config())
    np.testing.assert_array_equal(*(keras.ops.convert_to_numpy(one(arrays[None])) for one in (layer, again)))


def test_whatever_images_were_they_are_bytes_then():
    torch = pytest.importorskip("torch")
    from PIL import Image

    spec = _spec(STEPS[0], TAILS[0])
    worker, image = augment.compile(spec, "torchvision", output="uint8"), _image()
    plain = worker.at(1)(torch.from_numpy(image).permute(2, 0, 1))
    for other in (Image.fromarray(image), image, torch.from_numpy(image).permute(2, 0, 1).float() / 255):
        found = worker.at(1)(other)
        assert found.dtype == torch.uint8 and found.shape == plain.shape
        assert (found.int() - plain.int()).abs().max() <= 2  # the tolerance of chains of 8 bits
    deep = _spec([{"to_float": {"max": 1000}}, *STEPS[1]], TAILS[0])
    wide = (image.astype(np.uint16) * 3)[..., :1]
    for backend, sample in (("torchvision", wide), ("albumentations", {"image": wide})):
        compiled = augment.compile(deep, backend, output="uint8").at(2)
        found = compiled(sample) if backend == "torchvision" else compiled(**sample)["image"]
        assert found.dtype in (torch.uint8, np.uint8)


def test_batches_and_grey_images():
    torch = pytest.importorskip("torch")
    spec = _spec(STEPS[1], TAILS[0])
    batch = torch.stack([torch.from_numpy(_image(seed=i)).permute(2, 0, 1) for i in range(3)])
    whole = augment.compile(spec, "torchvision").at(7)(batch)
    for images in (batch, batch.bfloat16() / 256):  # on the kernels of the host, and on those of torch
        found = augment.compile(spec, "torchvision", output="uint8").at(7)(images)
        assert found.dtype == torch.uint8
        if images is batch:
            _within(augment.tail(spec, "torchvision")(found), whole, spec)
    grey = _image(1)[..., 0]
    worker = augment.compile(spec, "albumentations", output="uint8").at(7)(image=grey)["image"]
    assert worker.shape == (24, 24, 1)
    whole = augment.compile(spec, "albumentations", output="torch").at(7)(image=grey)["image"]
    _within(augment.tail(spec, "albumentations")(torch.from_numpy(worker)), whole, spec)


@pytest.mark.parametrize("backend", WORKERS)
def test_what_stands_beside_images_stays_as_it_is(backend):
    torch = pytest.importorskip("torch")
    targets = {"image": "image", "mask": "mask", "boxes": {"kind": "boxes", "carry": ["labels"]}}
    spec = _spec(STEPS[0], TAILS[2], targets=targets)
    image, mask = _image(), np.arange(36 * 48, dtype=np.uint8).reshape(36, 48) % 7
    sample = {"image": image, "mask": mask, "boxes": np.array([[4.0, 5, 30, 31]]), "labels": [3]}
    options = {} if backend == "torchvision" else {"output": "torch"}
    call = (lambda t: t(sample)) if backend == "torchvision" else (lambda t: t(**sample))
    found = call(augment.compile(spec, backend, output="uint8").at(4))
    whole = call(augment.compile(spec, backend, **options).at(4))
    for name in ("mask", "boxes", "labels"):
        np.testing.assert_array_equal(np.asarray(found[name]), np.asarray(whole[name]), name)
    assert np.asarray(found["image"]).dtype == np.uint8
    pair = augment.compile(_spec(STEPS[0], TAILS[0]), "torchvision", output="uint8").at(4)((image, 3))
    assert pair[0].dtype == torch.uint8 and pair[1] == 3


@pytest.mark.parametrize("backend", WORKERS)
def test_workers_draw_as_the_whole_does_and_travel(backend):
    torch = pytest.importorskip("torch")
    spec, images = _spec(STEPS[0], TAILS[0]), [{"image": _image(seed=i)} for i in range(4)]
    worker = augment.compile(spec, backend, output="uint8")
    loader = torch.utils.data.DataLoader(worker.over(images), batch_size=4)
    found = augment.tail(spec, backend)(next(iter(loader))["image"])
    options = {} if backend == "torchvision" else {"output": "torch"}
    whole = augment.compile(spec, backend, **options).over(images)
    assert found.shape == (4, 3, 24, 24) and found.dtype == torch.float32
    for i in range(4):
        made = torch.as_tensor(np.asarray(whole[i]["image"]))
        _within(found[i], made if made.shape[0] == 3 else made.permute(2, 0, 1), spec)
    again = pickle.loads(pickle.dumps(worker)).over(images)[2]["image"]
    np.testing.assert_array_equal(np.asarray(again), np.asarray(worker.over(images)[2]["image"]))
    torch.manual_seed(1)
    unkeyed = worker(images[0]) if backend == "torchvision" else worker(**images[0])
    assert np.asarray(unkeyed["image"]).dtype == np.uint8


def test_inference_and_saved_forms_are_parted_too():
    torch = pytest.importorskip("torch")
    import albumentations as A

    spec, image = _spec(STEPS[0], TAILS[0]), _image()
    worker = augment.compile(spec, "torchvision", output="uint8").eval()
    found = worker(torch.from_numpy(image).permute(2, 0, 1))
    whole = augment.compile(spec, "torchvision", stage="eval")(torch.from_numpy(image).permute(2, 0, 1))
    _within(augment.tail(spec, "torchvision", stage="eval")(found), whole, spec)
    compose = augment.compile(spec, "albumentations", output="uint8")
    again = A.from_dict(A.to_dict(compose))
    np.testing.assert_array_equal(again.at(3)(image=image)["image"], compose.at(3)(image=image)["image"])


def test_views_have_tails_of_their_own():
    torch = pytest.importorskip("torch")
    views = {"a": TAILS[0], "b": [{"brightness": {"factor": "1±0.2"}}, *TAILS[2]]}
    spec = {"pipeline": [{"resize": {"size": 24}}], "views": views}
    image = torch.from_numpy(_image()).permute(2, 0, 1)
    found = augment.compile(spec, "torchvision", output="uint8").at(1)(image)
    whole = augment.compile(spec, "torchvision").at(1)(image)
    for name, module in augment.tail(spec, "torchvision").items():
        _within(module(found[name]), whole[name], {"pipeline": TAILS[0] if name == "a" else TAILS[2]})


@pytest.mark.parametrize("steps, said", [
    ([{"normalize": "imagenet"}, {"horizontal_flip": {"p": 0.5}}], r"pipeline\[1\].horizontal_flip: .* pipeline\[0\].normalize"),
    ([{"normalize": "imagenet"}, {"random_erasing": {"area": 0.1, "p": 0.5}}], r"pipeline\[1\].random_erasing: .* stands behind"),
    ([{"standardize": {}}], r"pipeline\[0\].standardize: .* from each image"),
    ([{"normalize": {"preset": "imagenet", "on": "image"}}], r"pipeline\[0\].normalize: .* limited to image"),
    ([{"horizontal_flip": {"p": 0.5}}], "ends in no normalize or to_float"),
    ([{"to_float": {"max": 1000}}], "ends in no normalize or to_float"),
])  # fmt: skip
def test_what_cannot_be_parted_is_told(steps, said):
    spec = {"pipeline": steps}
    for part in (lambda: augment.compile(spec, "torchvision", output="uint8"), lambda: augment.tail(spec, "keras")):
        with pytest.raises(SpecError, match=said):
            part()


def test_it_is_told_where_it_was_written():
    text = "pipeline:\n  - normalize: imagenet\n  - horizontal_flip: {p: 0.5}\n"
    with pytest.raises(SpecError, match=r"mine.yaml:3:5 pipeline\[1\].horizontal_flip"):
        augment.compile(augment.loads(text, name="mine.yaml"), "albumentations", output="uint8")


def test_labels_may_change_behind_it():
    spec = {"targets": {"image": "image", "labels": {"kind": "labels", "classes": 3}}}
    spec["pipeline"] = [{"resize": {"size": 24}}, {"normalize": "imagenet"}, {"label_smoothing": {"share": 0.1}}]
    found = augment.compile(spec, "albumentations", output="uint8").at(0)(image=_image(), labels=1)
    assert found["image"].dtype == np.uint8
    assert found["labels"].shape == (3,) and found["labels"].max() < 1


def test_other_backends_say_that_they_have_none():
    spec = _spec(STEPS[0], TAILS[0])
    with pytest.raises(SpecError, match="output is None or 'torch'"):
        augment.compile(spec, "reference", output="uint8")
    with pytest.raises(SpecError, match="a Keras layer returns tensors"):
        augment.compile(spec, "keras", output="uint8")
    with pytest.raises(SpecError, match="torchvision, albumentations, keras have"):
        augment.tail(spec, "reference")
