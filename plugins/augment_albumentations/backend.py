"""Compiles programs to an `albumentations.Compose`."""

from __future__ import annotations

from augment.backend import Backend, Options
from augment.errors import SpecError, suggest
from augment.kernels import reference
from augment.sample import TEXTS

OPTIONS = ("bbox_params", "keypoint_params", "additional_targets", "p")


class AlbumentationsBackend(Backend):
    name = "albumentations"
    requires = ("albumentations", "cv2")
    install = "pip install 'augment-spec[albumentations]'"
    primitives = frozenset(reference.kernels)  # the OpenCV kernels are the same set
    targets = Backend.targets | TEXTS
    kernel_set = "augment.kernels.opencv"
    unkeyed = "the generator of set_random_seed, in workers with torch's"

    def compile(self, program, options: Options, **backend_options):
        for name in backend_options:
            if name not in OPTIONS:
                raise SpecError(f"albumentations has no option {name!r}{suggest(name, OPTIONS)} (it has: {', '.join(OPTIONS)})")
        from augment_albumentations.container import SpecCompose

        return SpecCompose(program, precision=options.precision, output=options.output, text=options.text, **backend_options)

    def executor(self, program, options: Options):
        from augment_albumentations.kernels import executor

        return executor(program, options.precision, options.text)

    def run(self, program, sample, values, options):
        return self.compile(program, options).with_values(values)(**sample)
