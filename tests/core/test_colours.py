"""Colours against colorsys, Pillow and torchvision's float kernels."""

import colorsys
import itertools

import numpy as np
import pytest
import torch
import torchvision.transforms.v2.functional as tv
from PIL import Image, ImageOps

import augment
from augment import ops
from augment.errors import SampleError, SpecError
from augment.ops.tail import STATISTICS


def chw(image):
    return torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1)


def hwc(tensor):
    return tensor.permute(1, 2, 0).numpy()


@pytest.mark.parametrize("factor", [0.0, 0.4, 1.0, 1.7])
@pytest.mark.parametrize(
    ("op", "kernel", "bound"),
    [
        (ops.Brightness, tv.adjust_brightness, 1e-6),
        (ops.Contrast, tv.adjust_contrast, 2e-4),  # torchvision's grey is (0.2989, 0.587, 0.114)
        (ops.Saturation, tv.adjust_saturation, 2e-4),
    ],
    ids=["brightness", "contrast", "saturation"],
)
def test_factors_are_torchvisions(op, kernel, bound, factor, fphoto, run):
    assert np.abs(run(fphoto, op(factor=factor)) - hwc(kernel(chw(fphoto), factor))).max() < bound


@pytest.mark.parametrize("gamma", [0.5, 1.0, 2.2])
def test_gamma_is_torchvisions(gamma, fphoto, run):
    assert np.abs(run(fphoto, ops.Gamma(gamma=gamma)) - hwc(tv.adjust_gamma(chw(fphoto), gamma))).max() < 1e-5


@pytest.mark.parametrize("degrees", [-180, -77, -10, 0, 36, 120, 179.5])
def test_hue_is_torchvisions(degrees, fphoto, run):
    want = hwc(tv.adjust_hue(chw(fphoto), degrees / 360))
    assert np.abs(run(fphoto, ops.Hue(degrees=degrees)) - want).max() < 1e-5


def test_hue_is_colorsys(run):
    colours = np.random.default_rng(0).random((1, 500, 3)).astype(np.float32)
    colours[0, :8] = [[0, 0, 0], [1, 1, 1], [0.5, 0.5, 0.5], [1, 0, 0], [0, 1, 0], [0, 0, 1], [1, 1, 0], [1, 0, 1]]
    for degrees in (-90, 25, 180):
        want = []
        for r, g, b in colours[0].tolist():
            h, s, v = colorsys.rgb_to_hsv(r, g, b)
            want.append(colorsys.hsv_to_rgb((h + degrees / 360) % 1, s, v))
        assert np.abs(run(colours, ops.Hue(degrees=degrees))[0] - want).max() < 2e-6


def test_grayscale_is_pillows(photo, run):
    want = np.asarray(Image.fromarray(photo).convert("L")).astype(int)
    got = run(photo, ops.Grayscale(p=1))
    assert (got[..., :1] == got).all() and np.abs(got[..., 0] - want).max() <= 1
    exact = photo @ [0.299, 0.587, 0.114]
    assert np.abs(got[..., 0] - exact).max() <= 0.5 + 1e-4


def test_invert_solarize_and_posterize_are_pillows(photo, run):
    pil = Image.fromarray(photo)
    assert np.array_equal(run(photo, ops.Invert(p=1)), ImageOps.invert(pil))
    for bits in range(1, 9):
        assert np.array_equal(run(photo, ops.Posterize(bits=bits)), ImageOps.posterize(pil, bits))
    for threshold in (0, 1, 97, 128, 254, 255):
        got = run(photo, ops.Solarize(threshold=threshold / 255))
        assert np.array_equal(got, ImageOps.solarize(pil, threshold)), threshold


def test_thresholds_are_on_the_8_bit_grid(run):
    """Float images are first rounded to levels, so that backends cannot fall on two sides of a jump."""
    levels = (np.arange(256) / 255).astype(np.float32).reshape(16, 16, 1)
    for shift in (-0.4 / 255, 0.4 / 255):
        image = np.clip(levels + np.float32(shift), 0, 1).astype(np.float32)
        for op in (ops.Posterize(bits=3), ops.Solarize(threshold=0.5)):
            assert np.array_equal(run(image, op), run(levels, op))


def test_contrast_about_each_mean(fphoto, run):
    def want(mean):
        return np.clip(0.6 * fphoto + 0.4 * mean, 0, 1)

    grey = (fphoto @ np.array([0.299, 0.587, 0.114])).mean()
    assert np.abs(run(fphoto, ops.Contrast(factor=0.6)) - want(grey)).max() < 1e-6
    channel = ops.Contrast(factor=0.6, about="channel_mean")
    assert np.abs(run(fphoto, channel) - want(fphoto.mean((0, 1), dtype=float))).max() < 1e-6
    assert np.abs(run(fphoto, ops.Contrast(factor=0.6, about=0.25)) - want(0.25)).max() < 1e-6
    assert np.abs(run(fphoto, ops.Contrast(factor=0, about=1)) - 1).max() < 1e-6


def test_brightness_adds(fphoto, run):
    assert np.abs(run(fphoto, ops.Brightness(add=-0.2)) - np.clip(fphoto - 0.2, 0, 1)).max() < 1e-6


def test_each_op_clips(fphoto, run):
    up_and_down = run(fphoto, ops.Brightness(factor=2), ops.Brightness(factor=0.5))
    assert np.abs(up_and_down - np.clip(fphoto, 0, 0.5)).max() < 1e-6


@pytest.mark.parametrize("preset", STATISTICS)
def test_normalize_is_torchvisions(preset, photo, run):
    mean, std = STATISTICS[preset]
    want = hwc(tv.normalize(chw((photo / 255).astype(np.float32)), list(mean) * (3 // len(mean)), list(std) * (3 // len(std))))
    got = run(photo, ops.Normalize(preset))
    assert got.dtype == np.float32 and np.abs(got - want).max() < 1e-5


def test_fill_after_normalize_is_still_a_colour(photo, run):
    tail, turn = ops.Normalize("imagenet"), ops.Rotate(degrees=30, fill=[0.2, 0.4, 0.6])
    assert np.abs(run(photo, tail, turn) - run((photo / 255).astype(np.float32), turn, tail)).max() < 1e-5
    hole = ops.CoarseDropout(height=0.5, width=0.5, fill=0.5)
    assert np.abs(run(photo, tail, hole) - run((photo / 255).astype(np.float32), hole, tail)).max() < 1e-5


def test_a_tail_on_one_image_leaves_the_fill_of_the_other(photo, run):
    targets = {"image": "image", "depth": "image"}
    out = run(
        photo, ops.Normalize("imagenet", on=["image"]), ops.Translate(x=0.5, fill=0.25), depth=photo[..., :1], targets=targets
    )
    assert np.allclose(out["depth"][:, :64], 0.25) and np.allclose(out["image"][:, :64, 0], (0.25 - 0.485) / 0.229, atol=1e-6)


# Channels and types --------------------------------------------------------------------------------------------------

ANY = [
    ops.Brightness(factor=1.3), ops.Contrast(factor=0.7, about="channel_mean"), ops.Contrast(factor=0.7, about=0.5),
    ops.Gamma(gamma=0.8), ops.Invert(p=1), ops.Solarize(threshold=0.5), ops.Posterize(bits=3),
]  # fmt: skip
RGB = [
    ops.Contrast(factor=0.7), ops.Saturation(factor=0.5), ops.Hue(degrees=40), ops.Grayscale(p=1),
    ops.ColorJitter(brightness="1±0.5", saturation="1±0.5", hue="±90"),
]  # fmt: skip


@pytest.mark.parametrize("op", ANY, ids=lambda op: op.name())
@pytest.mark.parametrize("channels", [1, 2, 4, 6])
def test_any_number_of_channels(op, channels, run):
    image = np.random.default_rng(0).integers(0, 256, (20, 30, channels), np.uint8)
    out = run(image, op)
    each = np.concatenate([run(image[..., c : c + 1], op) for c in range(channels)], axis=-1)
    assert np.array_equal(out, each)


@pytest.mark.parametrize("op", RGB, ids=lambda op: op.name())
def test_rgb_ops_want_three_channels(op, run):
    image = np.random.default_rng(0).integers(0, 256, (20, 30, 4), np.uint8)
    with pytest.raises(SampleError, match=r"needs red, green and blue, but image has 4 channels.*channels: \[0, 1, 2\]"):
        run(image, op)
    out = run(image, op.replace(channels=[0, 1, 2]))
    assert np.array_equal(out[..., 3], image[..., 3])
    assert np.array_equal(out[..., :3], run(image[..., :3].copy(), op))
    swapped = run(image, op.replace(channels=[3, 1, 0]))
    assert np.array_equal(swapped[..., [3, 1, 0]], run(image[..., [3, 1, 0]].copy(), op))
    assert np.array_equal(swapped[..., 2], image[..., 2])


@pytest.mark.parametrize("channels", [[], [-1], [0, 0], [True], "red", 1.5])
def test_channels_are_numbers_from_zero(channels):
    with pytest.raises(SpecError, match="channel"):
        ops.Invert(p=1, channels=channels)


def test_a_missing_channel_is_an_error(photo, run):
    with pytest.raises(SampleError, match="names number 3"):
        run(photo, ops.Invert(p=1, channels=[3]))


def test_a_flat_image_keeps_its_shape(photo, run):
    grey = photo[..., 0]
    out = run(grey, ops.Contrast(factor=0.7), ops.Rotate(degrees=10), mask=grey > 100)
    assert out["image"].shape == grey.shape and out["mask"].shape == grey.shape and out["mask"].dtype == bool


@pytest.mark.parametrize("dtype", [np.uint8, np.float16, np.float32, np.float64])
def test_the_type_comes_back(dtype, photo, run):
    image = photo if dtype == np.uint8 else (photo / 255).astype(dtype)
    out = run(image, ops.Brightness(factor=0.5), ops.Rotate(degrees=10))
    assert out.dtype == dtype
    assert run(image, ops.ToFloat()).dtype == np.float32


def test_uint16_enters_through_to_float(photo, run):
    wide = photo.astype(np.uint16) * 257
    assert np.abs(run(wide, ops.ToFloat(max=65535), ops.Gamma(gamma=2)) - (photo / 255) ** 2).max() < 1e-6
    with pytest.raises(SampleError, match="begin with to_float"):
        run(wide, ops.Gamma(gamma=2))
    with pytest.raises(SampleError, match="must cover them"):
        run(wide, ops.ToFloat(max=10000))
    assert run(photo, ops.ToFloat(max=65535)).max() <= 1  # 8 bits have their own full scale
    with pytest.raises(SampleError, match="must cover them"):
        run(np.full((4, 4, 3), np.nan), ops.ToFloat(max=10))


def test_uint8_is_rounded_once(photo, run):
    half = run(photo, ops.Brightness(factor=0.5), ops.Brightness(factor=2))
    assert np.array_equal(half, photo)


def test_color_jitter_is_its_parts_in_the_drawn_order(fphoto, run):
    op = ops.ColorJitter(brightness="1±0.4", contrast="1±0.4", saturation="1±0.4", hue="±60")
    spec = augment.Pipeline([op])
    orders = set()
    for index in range(12):
        record = augment.record(spec, index=index)
        values = record["values"]
        parts = {
            "brightness": lambda v: ops.Brightness(factor=v["factor"]), "contrast": lambda v: ops.Contrast(factor=v["factor"]),
            "saturation": lambda v: ops.Saturation(factor=v["factor"]), "hue": lambda v: ops.Hue(degrees=v["degrees"]),
        }  # fmt: skip
        order = list(itertools.permutations(parts))[int(values["color_jitter"]["order"])]
        orders.add(order)
        chain = [parts[name](values[f"color_jitter.{name}"]) for name in order]
        assert np.abs(run(fphoto, op, index=index) - run(fphoto, *chain)).max() < 1e-5
    assert len(orders) > 6
