"""Compiles programs to Keras layers, and runs them on samples of the host. Importing this imports no framework."""

from __future__ import annotations

from collections.abc import Mapping
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from augment.backend import Backend, Options
from augment.engine.host import Executor
from augment.errors import SpecError
from augment.kernels import OPENCV, REFERENCE
from augment.ops.primitives import Primitives
from augment.program.lower import Program
from augment.support import Batches

KERAS = Primitives("keras", "augment_keras.kernels", {
    "resample": "keras.ops gather, or grid_sample on torch", "resize": "keras.ops einsum", "pointwise": "keras.ops",
    "convolve": "keras.ops depthwise_conv", "histogram": "keras.ops segment_sum and take",
    "clahe": "keras.ops segment_sum and take", "jpeg": "keras.ops int32",
    "median": "networks of keras.ops minimum and maximum", "morphology": "keras.ops maximum and minimum",
    "blend": "keras.ops", "noise": "keras.ops Threefry", "erase": "keras.ops where", "fill": "keras.ops where",
    "mix": "keras.ops take",
    "compose": "keras.ops take", "zoom": "keras.ops gather, or grid_sample on torch",
    "displace": "keras.ops gather, or grid_sample on torch", "downscale": "keras.ops matmul",
    "locate": "keras.ops cumsum",
})  # fmt: skip

HOST = OPENCV if find_spec("cv2") else REFERENCE
"""What runs samples on the host: those of datasets, and those that no batch can hold."""

if TYPE_CHECKING:
    from augment.kernels import protocol
    from augment_keras import kernels

    _: protocol.Batches = kernels
    _points: protocol.MixingPoints = kernels


class KerasBackend(Backend):
    name = "keras"
    requires = ("keras",)
    install = "pip install 'augment-spec[keras]'"
    kernel_set = KERAS
    batches = Batches(KERAS, Backend.targets, only=True, lone=HOST)
    unkeyed = "keras.random"

    def missing(self):
        lacking = super().missing()
        # Keras itself comes without an engine
        return lacking or (() if any(map(find_spec, ("tensorflow", "torch", "jax"))) else ("tensorflow, torch or jax",))

    def compile(self, program, options: Options, **backend_options):
        from augment_keras.container import Augment

        if options.output is not None:
            raise SpecError("output is for backends of the host: a Keras layer returns tensors of its engine")
        return Augment.of(program, text=options.text, **backend_options)

    def tail(self, scale):
        from keras.layers import Rescaling

        gain, offset = ([n / full for n in numbers] for numbers, full in zip(scale, (255, 1), strict=True))
        one = len(gain) == len(offset) == 1
        return Rescaling(gain[0] if one else gain, offset[0] if one else offset, dtype="float32", name="tail")

    def several(self, spec, parts):
        from augment_keras.views import AugmentViews

        return AugmentViews.of(spec, parts)

    def apply(self, program, sample, *, index, epoch, options):
        from augment_keras.container import Augment
        from augment_keras.samples import through

        layer = Augment.of(program, value_range=(0, 1), jit_compile=False, data_format="channels_last")
        return through(program, sample, program.values(index, epoch), layer.at(index, epoch), options.text)

    def run(self, program: Program, sample: Mapping[str, Any], values: Mapping[str, Any], options: Options) -> dict[str, Any]:
        from augment_keras.running import Runner
        from augment_keras.samples import through

        run = Runner(program, 0, 1, mixes=program.soft_labels).given(values)
        return through(program, sample, values, run, options.text)

    def values(self, program: Program, *, index: int, epoch: int) -> dict[str, dict[str, Any]]:
        from keras import ops

        from augment_keras.draws import draw, host_keys

        drawn = draw(program.plan, host_keys(program.seed, epoch, index))
        return {key: {name: ops.convert_to_numpy(v)[0] for name, v in fields.items()} for key, fields in drawn.items()}

    def executor(self, program: Program, options: Options) -> Executor:
        from augment_keras.host import executor

        return executor(program, options.text)
