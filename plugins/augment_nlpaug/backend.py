"""Compiles text specs to nlpaug augmenters."""

from __future__ import annotations

from augment.backend import Backend, Options
from augment.sample import TEXTS


class NlpaugBackend(Backend):
    name = "nlpaug"
    modality = "text"
    requires = ("nlpaug",)
    install = "pip install 'augment-spec[nlpaug]'"
    primitives = frozenset({"edit"})
    targets = TEXTS
    kernel_set = "augment_nlpaug.kernels"

    def compile(self, program, options: Options):
        from augment_nlpaug.container import Flow

        return Flow(program, options)

    def editor(self, program):
        from augment_nlpaug.kernels import Editor

        return Editor()
