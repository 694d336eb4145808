"""What OpenCV's kernels do to spare work."""

from __future__ import annotations

import cv2
import numpy as np
import pytest

import augment
from augment import ops
from augment.engine.host import Executor
from augment.kernels import opencv, reference
from augment.program.lower import lower
from augment.testing.tolerance import assert_images_close


@pytest.mark.parametrize(("first", "second", "passes"), [
    (ops.Brightness(add=0.3), ops.Contrast(factor=1.5, about=0.0), 1), (ops.Brightness(add=-0.3), ops.Brightness(factor=0.5), 1),
    (ops.Brightness(add=0.3), ops.Brightness(factor=0.5), 2), (ops.Brightness(add=0.3), ops.Brightness(add=-0.3), 2),
])  # fmt: skip
def test_a_clip_waits_where_the_next_one_does_for_both(first, second, passes, photos, monkeypatch):
    calls = []
    transform = cv2.transform
    monkeypatch.setattr(cv2, "transform", lambda *a: calls.append(a) or transform(*a))
    program, image = lower(augment.Pipeline([first, second])), (photos["coffee"] / 255).astype(np.float32)
    got, want = (Executor(program, kernels)({"image": image}, program.values(0))["image"] for kernels in (opencv, reference))
    assert_images_close(got, want)
    assert len(calls) == passes


def test_colours_join_where_an_op_between_was_not_drawn(photos, monkeypatch):
    spec = [ops.Brightness(factor=1.1), ops.CoarseDropout(height=0.2, width=0.2, p=0.5), ops.Normalize("imagenet")]
    calls = []
    pointwise = opencv.pointwise
    monkeypatch.setattr(opencv, "pointwise", lambda *a: calls.append(a) or pointwise(*a))
    for fuse, chains in ((True, {1, 2}), (False, {2})):
        program = lower(augment.Pipeline(spec), fuse=fuse)
        seen = set()
        for index in range(20):
            values = program.values(index)
            calls.clear()
            got = Executor(program, opencv)({"image": photos["coffee"]}, values)["image"]
            want = Executor(program, reference)({"image": photos["coffee"]}, values)["image"]
            assert_images_close(got, want, scale=max(spec[-1].scale.gain))
            seen.add(len(calls))
            assert not fuse or len(calls) == 1 + values["coarse_dropout"]["p"]
        assert seen == chains


@pytest.mark.parametrize("channels", [1, 3, 4, 6])
@pytest.mark.parametrize("kind", [np.uint8, np.float32])
@pytest.mark.parametrize("chain", [
    [], [ops.Brightness(add=0.3)], [ops.Contrast(factor=2.0, about="channel_mean"), ops.Brightness(add=0.1)],
    [ops.Gamma(gamma=0.7)], [ops.Saturation(factor=1.5, channels=[0])], [ops.Solarize(threshold=0.5)],
], ids=["none", "brightness", "contrast", "gamma", "saturation", "solarize"])  # fmt: skip
def test_what_becomes_a_tensor_has_its_channels_apart(photos, chain, kind, channels):
    image = np.resize(photos["coffee"], (31, 45, channels))
    image = image if kind == np.uint8 else (image / 255).astype(kind)
    program = lower(augment.Pipeline([*chain, ops.Normalize(mean=[0.4], std=[0.2])]))
    sample, values = {"image": image}, program.values(3)
    got = Executor(program, opencv, planar=True)(sample, values)["image"]
    want = Executor(program, opencv)(sample, values)["image"]
    assert got.dtype == want.dtype == np.float32 and np.abs(got - want).max() < 3e-6
    tabled = kind == np.uint8 and any(op.name() in ("gamma", "solarize") for op in chain)
    assert got.transpose(2, 0, 1).flags.c_contiguous == (channels in (1, 3, 4) and not (tabled and channels > 1))


@pytest.mark.parametrize("channels", [1, 2, 3, 4, 6])
@pytest.mark.parametrize("kind", [np.uint8, np.float32, np.float64])
def test_planes_of_an_image(channels, kind):
    image = np.random.default_rng(channels).uniform(0, 255, (7, 9, channels)).astype(kind)
    out = opencv.planar(image)
    assert out.flags.c_contiguous and out.dtype == kind
    assert np.array_equal(out, np.stack([image[..., i] for i in range(channels)]))
