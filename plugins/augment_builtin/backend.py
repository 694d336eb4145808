"""Compiles text specs to callables: ops themselves say what they edit."""

from __future__ import annotations

from augment.backend import Backend, Options
from augment.engine.editor import BUILTIN
from augment.ops.primitives import Primitives
from augment.sample import TEXTS


class BuiltinBackend(Backend):
    name = "builtin"
    modality = "text"
    install = "pip install augment-spec"
    kernel_set = Primitives("builtin", "augment.engine.texts", {"edit": "builtin"})
    targets = TEXTS

    def compile(self, program, options: Options):
        from augment_builtin.container import Callable

        return Callable(program, options)

    def editor(self, program):
        return BUILTIN
