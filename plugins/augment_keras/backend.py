"""Compiles programs to Keras layers. Importing this imports no framework."""

from __future__ import annotations

from augment.backend import Backend, Options

PRIMITIVES = frozenset({"resample", "resize", "pointwise", "convolve", "noise", "erase", "mix"})


class KerasBackend(Backend):
    name = "keras"
    requires = ("keras",)
    install = "pip install 'augment-spec[keras]'"
    primitives = PRIMITIVES
    kernel_set = "augment_keras.kernels"
    unkeyed = "keras.random"

    def compile(self, program, options: Options, **backend_options):
        from augment_keras.container import Augment

        return Augment.of(program, options, **backend_options)
