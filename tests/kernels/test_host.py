"""The kernel sets of the host, OpenCV's and the fused one, against the reference, within the bounds of the language."""

from __future__ import annotations

import numpy as np
import pytest

import augment
from augment import ops
from augment.engine.host import Executor
from augment.kernels import reference
from augment.ops.kinds import BORDERS, Expression, Partnered
from augment.program.lower import lower
from augment.testing.examples import examples
from augment.testing.generate import moves_all, pipelines
from augment.testing.tolerance import assert_images_close


def forms(image: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    return image, (image / 255).astype(np.float32)


ALONE = [op for op in ops.CORE.values() if op.modality == "image" and not issubclass(op, Partnered)]


@pytest.mark.parametrize("op", ALONE, ids=lambda op: op.name())
def test_op(op, photos, compare):
    for example in examples(op):
        for i, photo in enumerate(photos.values()):
            mask = (photo[..., 0] // 32).astype(np.int64) if moves_all(op) else None
            for image in forms(photo):
                compare(augment.Pipeline([example]), image, mask, index=i)


@pytest.mark.parametrize(("number", "spec"), list(enumerate(pipelines(41, 60))))
def test_pipeline(number, spec, photos, compare):
    photo = list(photos.values())[number % len(photos)]
    for image in forms(photo):
        compare(spec, image, (photo[..., 1] > 99).astype(np.uint8), index=number)


RUNS = {
    "rotate": [ops.Rotate(degrees=33)],
    "translate": [ops.Translate(x=-0.7, y="9.5px")],
    "shrink": [ops.Scale(factor=0.3)],
    "perspective": [ops.Perspective(distortion=0.66)],
    "horizon": [ops.Perspective(distortion=0.66)] * 4,  # which one alone does not reach
    "elastic": [ops.Elastic(alpha="5px", sigma="10px")],
    "bent between": [ops.Rotate(degrees=20), ops.Elastic(alpha="5px", sigma="10px"), ops.Scale(factor=0.7)],
    "three": [ops.Rotate(degrees=30), ops.HorizontalFlip(p=1), ops.Translate(x=0.3), ops.Scale(factor=0.8)],
    "crop within": [ops.RandomCrop(size=(40, 48)), ops.Rotate(degrees=20), ops.Shear(x=20)],
    "pad one way": [ops.Pad(size=(90, 140)), ops.Rotate(degrees=20)],
    "whole pixels": [ops.Translate(x="8px", y="-90px"), ops.Rotate90(turns=1), ops.Pad(multiple=32), ops.VerticalFlip(p=1)],
    "window": [ops.RandomResizedCrop(size=48, area=(0.1, 0.5), antialias=False), ops.Rotate(degrees=(-9, 9))],
    "mirrored window": [ops.RandomResizedCrop(size=(40, 52), area=(0.2, 0.9), antialias=False), ops.HorizontalFlip(p=1)],
    "cubic window": [
        ops.RandomResizedCrop(size=(40, 52), area=(0.2, 0.9), antialias=False, interpolation="bicubic"),
        ops.HorizontalFlip(p=1), ops.VerticalFlip(p=1),
    ],
    "cubic inside": [ops.Scale(factor=1.7, interpolation="bicubic"), ops.HorizontalFlip(p=1)],
}  # fmt: skip


FILLED = {"image": "image", "mask": {"kind": "mask", "fill": 1}}


@pytest.mark.parametrize("border", BORDERS)
@pytest.mark.parametrize("run", RUNS)
def test_border(run, border, photos, compare):
    spec = augment.Pipeline([op.replace(border=border) for op in RUNS[run]], targets=FILLED)
    photo = photos["coffee"]
    for image in forms(photo):
        compare(spec, image, photo[..., 2] // 64)


@pytest.mark.parametrize("fills", [((0.5, 0.2, 0.8), 0.0), (0.3, 0.3), (0.0, (0.1, 0.9, 0.4))])
def test_fill_of_each_canvas(fills, photos, compare):
    spec = [ops.Rotate(degrees=30, fill=fills[0]), ops.Translate(x=0.3, fill=fills[1]), ops.Scale(factor=0.7, fill=fills[0])]
    for image in forms(photos["astronaut"]):
        compare(augment.Pipeline(spec), image)
        compare(augment.Pipeline([op.replace(interpolation="nearest") for op in spec]), image)
        compare(augment.Pipeline([ops.Normalize("imagenet"), *spec]), image)


@pytest.mark.parametrize("channels", [1, 2, 4, 5, 6, 7])
def test_channels(channels, photos, compare):
    image = np.concatenate([photos["chelsea"]] * 3, axis=2)[..., :channels]
    fill = tuple(i / 10 for i in range(channels))
    spec = [
        ops.Brightness(factor=1.3), ops.Contrast(factor=0.6, about="channel_mean"), ops.Gamma(gamma=0.7),
        ops.Resize(size=(70, 90)), ops.Rotate(degrees=20, fill=fill), ops.Scale(factor=0.8, fill=fill),
        ops.GaussianBlur(sigma="1.3px"), ops.Elastic(alpha="3px", sigma="9px", fill=fill), ops.Posterize(bits=4),
        ops.CoarseDropout(height=0.3, width=0.2, fill=fill), ops.Pad(size=100, fill=fill), ops.Normalize(mean=0.4, std=0.2),
    ]  # fmt: skip
    for op in spec:
        for raster in forms(image):
            compare(augment.Pipeline([op]), raster)
    compare(augment.Pipeline(spec[:8]), image)


MIXING = (ops.Hue, {"degrees": 70}), (ops.Contrast, {"factor": 1.4}), (ops.Saturation, {"factor": 1.5})


@pytest.mark.parametrize("own", [(0,), (2, 1, 0), (3, 0, 1)])
def test_chosen_channels(own, photos, compare):
    photo = np.concatenate([photos["chelsea"], photos["chelsea"][..., 1:2]], axis=2)
    chain = [ops.Brightness(factor=1.2, channels=own), ops.Gamma(gamma=1.4, channels=own), ops.Contrast(factor=1.3, about=0.4)]
    if len(own) == 3:
        chain += [op(**fields, channels=own) for op, fields in MIXING]
    for image in forms(photo):
        compare(augment.Pipeline(chain), image)


@pytest.mark.parametrize("size", [(1, 1), (1, 7), (6, 1), (2, 3), (33, 47)])
def test_small_and_odd(size, photos, compare):
    image = np.ascontiguousarray(photos["coffee"][: size[0], : size[1]])
    for border in BORDERS:
        geometry = {"border": border}
        for nodes in (
            [ops.Rotate(degrees=40, **geometry)], [ops.Translate(x="1px", y="0.5px", **geometry)], [ops.HorizontalFlip(p=1)],
            [ops.Scale(factor=0.4, **geometry), ops.Shear(x=20, **geometry)], [ops.Pad(size=9, **geometry)],
        ):  # fmt: skip
            compare(augment.Pipeline(nodes), image, image[..., 0])
    cubic = ops.Resize(size=5, interpolation="bicubic")
    sized = [
        ops.Resize(size=5),
        cubic,
        *(op.replace(antialias=False, size=n) for op in (ops.Resize(size=5), cubic) for n in (2, 5)),
    ]
    for op in (*sized, ops.GaussianBlur(sigma="2px"), ops.MotionBlur(length="9px"), ops.Grayscale(p=1)):
        compare(augment.Pipeline([op]), image, image[..., 0])


@pytest.mark.parametrize("kind", [bool, np.uint8, np.int16, np.uint16, np.int32, np.int64, np.float16, np.float32, np.float64])
@pytest.mark.parametrize("layers", [0, 2, 5])
def test_masks_of_any_type(kind, layers, photos, compare):
    mask = photos["astronaut"][..., 0].astype(np.int64) - (0 if np.dtype(kind).kind in "bu" else 100)
    mask = (mask * 1001 % 257 if np.dtype(kind).itemsize > 1 else mask).astype(kind)
    mask = np.stack([mask + np.array(i).astype(kind) for i in range(layers)], axis=-1) if layers else mask
    spec = [ops.Rotate(degrees=30), ops.HorizontalFlip(p=1), ops.Scale(factor=0.7), ops.Resize(size=(50, 61))]
    compare(augment.Pipeline(spec, targets=FILLED), photos["astronaut"], mask)
    compare(augment.Pipeline([ops.Perspective(distortion=0.6, border="reflect")]), photos["astronaut"], mask)
    compare(augment.Pipeline([ops.Rotate90(turns=3), ops.Pad(size=200)], targets=FILLED), photos["astronaut"], mask)


def test_labels_beyond_float_precision(host):
    mask = np.arange(35, dtype=np.int64).reshape(5, 7) + 2**60
    program = lower(augment.Pipeline([ops.Rotate(degrees=25)]))
    samples = {"image": np.zeros((5, 7, 3), np.uint8), "mask": mask}
    got, want = (Executor(program, k)(samples, program.values(0))["mask"] for k in (host, reference))
    assert set(np.unique(got)) - {0} <= set(mask.ravel().tolist())
    assert np.array_equal(got == 0, want == 0)


@pytest.mark.parametrize("extent", [3, 17, 96, 300])
@pytest.mark.parametrize("interpolation", ["bilinear", "bicubic"])
def test_antialiased_resizing(extent, interpolation, photos, compare):
    for size in ((extent, 41), (29, extent)):
        for image in forms(photos["astronaut"]):
            compare(augment.Pipeline([ops.Resize(size=size, interpolation=interpolation)]), image)


def test_whole_pixels_stay_exact(photos, host):
    image = photos["chelsea"]
    turns = [ops.HorizontalFlip(p=1), ops.Rotate90(turns=3), ops.RandomCrop(size=60), ops.Transpose(p=1)]
    program = lower(augment.Pipeline([*turns, ops.Pad(size=80, fill=0.2)]))
    rasters = [Executor(program, k)({"image": image}, program.values(3))["image"] for k in (host, reference)]
    assert np.array_equal(*rasters)
    assert rasters[0].flags.c_contiguous


@pytest.mark.parametrize("interpolation", ["bilinear", "nearest"])
def test_sides_beyond_16_bits(interpolation, compare):
    image = np.random.default_rng(0).integers(0, 256, (32_800, 3, 1), np.uint8)
    spec = [ops.Translate(y="2.5px", fill=0.3, interpolation=interpolation), ops.Contrast(factor=3, about=0.5)]
    compare(augment.Pipeline(spec), image, image[..., 0])


@pytest.mark.parametrize("gamma", [0.05, 0.2, 0.6, 1.0, 2.4, 9.0])
def test_powers(gamma, photos, compare):
    image = photos["coffee"].copy()
    image[:20] = 0
    for chain in ([ops.Gamma(gamma=gamma)], [ops.Saturation(factor=1.2), ops.Gamma(gamma=gamma)]):
        for form in forms(image):
            compare(augment.Pipeline(chain), form)


def test_planes_of_another_library(photos, host):
    image = photos["astronaut"]
    planes = np.ascontiguousarray(image.transpose(2, 0, 1)).transpose(1, 2, 0)
    program = lower(augment.Pipeline([ops.Rotate(degrees=20), ops.Resize(size=50)]))
    executor, values = Executor(program, host), program.values(0)
    assert np.array_equal(executor({"image": image}, values)["image"], executor({"image": planes}, values)["image"])


@pytest.mark.parametrize("degrees", [-180, -90.5, -1, 0, 59, 120, 180])
def test_hue_all_around(degrees, photos, compare):
    rng = np.random.default_rng(0)
    dull = (photos["coffee"].astype(float) * 0.02 + 120).astype(np.uint8)
    corners = (rng.random((40, 40, 3)) > 0.5).astype(np.uint8) * 255
    for image in (photos["coffee"], dull, corners):
        for form in forms(image):
            compare(augment.Pipeline([ops.Hue(degrees=degrees)]), form)


def test_noise_is_that_of_the_reference(photos, host):
    program = lower(augment.Pipeline([ops.GaussianNoise(std=0.1)]))
    image = forms(photos["coffee"])[1]
    got, want = (Executor(program, k)({"image": image}, program.values(5))["image"] for k in (host, reference))
    assert np.abs(got - want).max() < 1e-6


@pytest.mark.parametrize("op", [op for op in ALONE if issubclass(op, Expression)], ids=lambda op: op.name())
def test_expressions_are_computed_in_float32(op, photos, host, monkeypatch):
    pack, packed = host.pack, []
    monkeypatch.setattr(host, "pack", lambda image: packed.append(image.dtype) or pack(image))
    for example in examples(op):
        program = lower(augment.Pipeline([example]))
        Executor(program, host)({"image": photos["coffee"]}, program.values(0))
    assert set(packed) <= {np.dtype(np.float32)}


def test_mixing(photos, host):
    a, b = photos["coffee"], photos["coffee"][::-1].copy()
    for image, other in ((a, b), (forms(a)[1], forms(b)[1]), (a, forms(b)[1])):
        entered = [(k.enter(image), k.enter(other)) for k in (host, reference)]
        for weight, rectangle in ((0.3, None), (0.3, np.array([3, 4, 30, 50]))):
            mixed = [k.mix(*pair, weight, rectangle) for k, pair in zip((host, reference), entered, strict=True)]
            assert_images_close(*(k.leave(m, np.dtype(np.float32)) for k, m in zip((host, reference), mixed, strict=True)))


LINEAR = [
    ops.Brightness(add=0.3), ops.Brightness(add=-0.3), ops.Brightness(factor=1.6), ops.Contrast(factor=1.7, about=0.5),
    ops.Contrast(factor=0.6, about=0.0), ops.Contrast(factor=0.6, about=1.0), ops.Contrast(factor=1.4),
    ops.Saturation(factor=1.8), ops.Invert(p=1),
]  # fmt: skip


@pytest.mark.parametrize("first", LINEAR, ids=str)
def test_clips_that_wait_are_not_lost(first, photos, compare):
    image = forms(photos["chelsea"])[1]
    for second in LINEAR:
        for end in ([], [ops.Gamma(gamma=0.8)], [ops.Normalize("imagenet")]):
            compare(augment.Pipeline([first, second, *end]), image)


@pytest.mark.parametrize("pipeline", [
    [ops.Identity()], [ops.HorizontalFlip(p=1)], [ops.CenterCrop(size=20)], [ops.Resize(size=(30, 40))], [ops.Gamma(gamma=1.5)],
    [ops.Brightness(add=0.2), ops.Hue(degrees=30)], [ops.CoarseDropout(height=0.5, width=0.5, fill=0.5)],
    [ops.CoarseDropout(height=0.5, width=0.5), ops.Normalize("imagenet")], [ops.Brightness(add=0.2, channels=[1])],
    [ops.CenterCrop(size=20), ops.CoarseDropout(height=0.5, width=0.5), ops.Brightness(factor=0.5)],
], ids=lambda pipeline: "+".join(op.name() for op in pipeline))  # fmt: skip
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
def test_a_sample_is_never_written_to_nor_handed_back(pipeline, kind, host):
    image = np.random.default_rng(0).integers(0, 256, (30, 40, 3), np.uint8)
    image = image if kind == np.uint8 else image.astype(kind) / 255
    before = image.copy()
    program = lower(augment.Pipeline(pipeline))
    out = Executor(program, host)({"image": image}, program.values(0))["image"]
    assert out.flags.writeable and not np.shares_memory(out, image)
    out[:] = 0
    assert np.array_equal(image, before)
