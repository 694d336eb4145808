"""Ops on batches in graphs: every sample as the reference computes it, images, masks, boxes and keypoints together."""

import numpy as np
import pytest
import tensorflow as tf

import augment
from augment import ops
from augment.ops import catalogue
from augment.ops.kinds import Geometric, Noise, Partnered
from augment.program.lower import lower
from augment.testing import pipelines
from augment.testing.examples import examples
from augment.testing.generate import moves_all
from augment.testing.runs import stretch
from augment.testing.tolerance import (
    assert_boxes_close,
    assert_images_close,
    assert_keypoints_close,
    assert_masks_close,
    nudged,
)

OPS = [op for op in catalogue("image").values() if not issubclass(op, Noise | Partnered) and moves_all(op)]


def spec_of(op):
    example = examples(op)[0]
    crop = []
    if isinstance(example, Geometric) and example.canvas == "drawn":
        example = example.replace(antialias=False) if getattr(example, "separable", False) else example
        crop = [ops.CenterCrop(size=40) if example.upends else ops.Resize(size=40, antialias=False)]
    p = {"p": 0.8} if example.canvas == "same" or crop else {}
    return augment.Pipeline([example.replace(**p), *crop], seed=11)


def graph(layer):
    return tf.function(lambda batch: layer(batch), autograph=False)


def assert_batch_is_reference(spec, batch, out, of_host):
    scale = stretch(lower(spec))
    for i in range(len(batch["images"])):
        sample = of_host(batch, i)
        want = augment.apply(spec, sample, index=i)

        def again(sample=sample, i=i):
            return [augment.apply(spec, {**sample, "image": shade}, index=i)["image"] for shade in nudged(sample["image"])]

        assert_images_close(out["images"][i], want["image"], scale=scale, again=again)
        assert_masks_close(out["segmentation_masks"][i], want["mask"].astype(np.int32))
        labels = out["bounding_boxes"]["labels"][i]
        assert labels[labels >= 0].tolist() == want["labels"].tolist()
        assert_boxes_close(out["bounding_boxes"]["boxes"][i][labels >= 0], want["boxes"])
        assert (out["bounding_boxes"]["boxes"][i][labels < 0] == 0).all()
        points = out["keypoints"][i]
        assert_keypoints_close(points[(points != -1).any(axis=1)], want["keypoints"])


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.name())
def test_an_op_in_a_graph_is_that_of_the_reference(op, detection, of_host, as_numpy) -> None:
    spec = spec_of(op) if issubclass(op, Geometric) else augment.Pipeline([examples(op)[0]], seed=11)
    layer = augment.compile(spec, "keras", jit_compile=False)
    assert_batch_is_reference(spec, detection, as_numpy(graph(layer)(detection)), of_host)


@pytest.mark.parametrize("number", range(6))
def test_a_generated_pipeline_is_that_of_the_reference(number, detection, of_host, as_numpy) -> None:
    spec = list(pipelines(77, 6))[number]
    layer = augment.compile(spec, "keras", jit_compile=False)
    assert_batch_is_reference(spec, detection, as_numpy(layer(detection)), of_host)


XLA = {
    "two warps with a mean between them": [
        ops.Rotate(degrees=(-30, 30), border="reflect"), ops.Contrast(factor=(0.5, 1.5)), ops.Translate(x=(-0.2, 0.2), fill=0.5),
    ],
    "resize, blur, dropout": [
        ops.RandomResizedCrop(size=64, area=(0.3, 1.0)), ops.GaussianBlur(sigma=("0.5px", "2px")),
        ops.CoarseDropout(holes=(1, 4), height=(0.1, 0.3), width=(0.1, 0.3), fill=0.5),
    ],
    "gates, perspective, elastic": [
        ops.OneOf([ops.Perspective(distortion=0.4), ops.Elastic(alpha=0.02, sigma=0.1)]), ops.SomeOf([ops.Hue(degrees=60),
        ops.Posterize(bits=(2, 6)), ops.HorizontalFlip()], n=(1, 2)),
    ],
    "a warp that leaves out some": [ops.OneOf([ops.Perspective(distortion=0.4, border="reflect101"), ops.Grayscale()])],
}  # fmt: skip


@pytest.mark.parametrize("name", XLA)
def test_xla_computes_the_same(name, detection, of_host, as_numpy) -> None:
    spec = augment.Pipeline(XLA[name], seed=5)
    assert_batch_is_reference(spec, detection, as_numpy(augment.compile(spec, "keras")(detection)), of_host)


def test_only_declared_ops_are_projective() -> None:
    """Kernels trust the declaration, and divide by w for those alone."""
    for op in OPS:
        for example in examples(op):
            if not isinstance(example, Geometric):
                continue
            values = lower(augment.Pipeline([example])).values(np.arange(8))
            (own,) = values.values() if values else ({},)
            last = np.asarray(example.move(own, (90, 100), np).inverse)[..., 2, :]
            assert type(example).projective or np.array_equal(last, np.broadcast_to([0.0, 0.0, 1.0], last.shape)), op.name()


def test_noise_is_normal_clipped_and_its_own_in_every_sample(as_numpy) -> None:
    grey = np.full((6, 64, 64, 3), 127.5, np.float32)
    layer = augment.compile(augment.Pipeline([ops.GaussianNoise(std=0.05)]), "keras")
    noise = (as_numpy(layer.at(index=3)(grey)) - grey) / 255
    flat = noise.reshape(6, -1)
    assert np.abs(flat.mean(axis=1)).max() < 5 * 0.05 / np.sqrt(flat.shape[1])
    assert np.abs(flat.std(axis=1) / 0.05 - 1).max() < 0.03
    inside = [(np.abs(flat) < k * 0.05).mean() for k in (1, 2, 3)]
    assert np.abs(np.array(inside) - [0.6827, 0.9545, 0.9973]).max() < 0.006
    assert np.abs(np.corrcoef(flat) - np.eye(6)).max() < 0.05
    # neighbours and channels are independent too
    assert abs(np.corrcoef(noise[0, :, :-1, 0].ravel(), noise[0, :, 1:, 0].ravel())[0, 1]) < 0.06
    assert abs(np.corrcoef(noise[0, ..., 0].ravel(), noise[0, ..., 1].ravel())[0, 1]) < 0.06
    white = np.full((1, 64, 64, 3), 255, np.uint8)
    assert as_numpy(layer.at(index=0)(white)).max() == 255
