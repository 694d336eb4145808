"""Gradients pass through the layer to the images: what trains a generator through it (DiffAugment), or looks for adversaries."""

from __future__ import annotations

import pytest

PROGRAM = """
import keras
import numpy as np

import augment
from augment import ops
from keras import ops as kops

ENGINE = keras.backend.backend()
OPS = [
    ops.Rotate(degrees="±20", p=0.5), ops.OneOf([ops.HorizontalFlip(p=0.5), ops.Affine(shear_x="±10", border="reflect")]),
    ops.GaussianBlur(sigma="1px", p=0.5), ops.Sharpness(factor=[0.5, 2], p=0.5), ops.Gamma(gamma=[0.7, 1.4], p=0.5),
    ops.Elastic(alpha="2px", sigma="5px", p=0.5), ops.GaussianNoise(std=0.05, p=0.5),
]
generator = np.random.default_rng(3)
coarse = generator.uniform(0.3, 0.7, (6, 5, 6, 3)).astype("float32")  # far from 0 and 1, where values are cut
image = keras.ops.convert_to_numpy(keras.ops.image.resize(coarse, (24, 30), data_format="channels_last"))
weights, way = (generator.normal(size=image.shape).astype("float32") for _ in range(2))


def gradient(function):
    if ENGINE == "tensorflow":
        import tensorflow as tf

        x = tf.constant(image)
        with tf.GradientTape() as tape:
            tape.watch(x)
            out = function(x)
        return tape.gradient(out, x).numpy()
    if ENGINE == "jax":
        import jax

        return np.asarray(jax.grad(function)(image))
    import torch

    x = torch.tensor(image, requires_grad=True)
    function(x).backward()
    return x.grad.numpy()


for op in OPS:
    layer = augment.compile(augment.Pipeline([op], seed=5), "keras", value_range=(0, 1)).at(index=np.arange(6))
    value = lambda x: kops.sum(layer(x) * kops.convert_to_tensor(weights))
    changed = [bool(np.abs(kops.convert_to_numpy(layer(image))[i] - image[i]).max() > 1e-4) for i in range(6)]
    assert any(changed) and not all(changed), (op, changed)
    got = float((gradient(value) * way).sum())
    step = 0.02 * way
    want = float(value(kops.convert_to_tensor(image + step)) - value(kops.convert_to_tensor(image - step))) / 0.04
    assert abs(got - want) < 0.02 * image.size**0.5, (op, got, want)  # both are about the root of how many numbers there are
print("gradients", len(OPS))
"""


@pytest.mark.parametrize("engine", ["tensorflow", "torch", "jax"])
def test_they_are_those_of_differences(engine, fresh_process) -> None:
    """Of ops that a part of the samples gets, too: engines differentiate no loop over these."""
    assert "gradients 7" in fresh_process(PROGRAM, engine)
