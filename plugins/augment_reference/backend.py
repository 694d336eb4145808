"""Compiles programs to callables on samples, with the reference kernels."""

from __future__ import annotations

from augment.backend import Backend, Options
from augment.kernels import reference
from augment.plugins import editor_of
from augment.program.execute import Executor
from augment.sample import TEXTS


class ReferenceBackend(Backend):
    name = "reference"
    install = "pip install augment-spec"
    primitives = frozenset(reference.kernels)
    targets = Backend.targets | TEXTS
    needs_image = False
    kernel_set = "augment.kernels.reference"

    def compile(self, program, options: Options):  # type: ignore[override]  # it takes no options of its own
        from augment_reference.container import Callable

        return Callable(program, options)

    def executor(self, program, options):
        return Executor(program, reference, editor_of(program, options.text))
