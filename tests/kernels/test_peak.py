"""A sample takes less than four times the memory of its float32 output, on every host kernel set."""

import tracemalloc

import numpy as np
import pytest

from augment import Pipeline, ops
from augment.engine.host import Executor
from augment.program.lower import lower

SIDE = 256
OPS = [
    ops.Resize(size=SIDE), ops.HorizontalFlip(p=0.5), ops.Rotate(degrees="±15"), ops.Affine(scale="1±0.1", shear_x="±10"),
    ops.ColorJitter(brightness="1±0.2", contrast="1±0.2", saturation="1±0.2", hue="±36"), ops.Perspective(distortion=0.2),
    ops.RandomErasing(area=[0.02, 0.3]), ops.Normalize("imagenet"),
]  # fmt: skip


@pytest.mark.parametrize("side", [SIDE, 400])
def test_less_than_four_outputs(host, side):
    run = Executor(lower(Pipeline(OPS)), host, planar=True)
    image = np.random.default_rng(0).integers(0, 256, (side, side, 3), np.uint8)
    for i in range(4):
        values = run.program.values(i)
        run({"image": image}, values)  # tables of weights and the like stay
        tracemalloc.start()
        out = run({"image": image}, values)["image"]
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 4 * out.size * 4, f"{peak / (out.size * 4):.2f} times its float32 output"
