"""Compiles text specs to nlpaug augmenters."""

from __future__ import annotations

from augment.backend import Backend, Options
from augment.ops.primitives import Primitives
from augment.sample import TEXTS


class NlpaugBackend(Backend):
    name = "nlpaug"
    modality = "text"
    requires = ("nlpaug",)
    brings = ("torchvision",)  # with transformers
    install = "pip install 'augment-spec[nlpaug]'"
    kernel_set = Primitives("nlpaug", "augment_nlpaug.kernels", {"edit": "nlpaug"})
    targets = TEXTS

    def kernel(self, primitive, ops=()):
        from augment_nlpaug.kernels import augmenter_of

        used = [type(augmenter).__name__ if augmenter else "the op itself" for augmenter in map(augmenter_of, ops)]
        return f"{self.name}: {', '.join(dict.fromkeys(used))}" if used else self.name

    def compile(self, program, options: Options):
        from augment_nlpaug.container import Flow

        return Flow(program, options)

    def editor(self, program):
        from augment_nlpaug.kernels import Editor

        return Editor()
