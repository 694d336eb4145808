"""Compiles programs to an `albumentations.Compose`."""

from __future__ import annotations

from augment.backend import Backend, Options
from augment.errors import SpecError, suggest
from augment.kernels import OPENCV
from augment.sample import DEFAULT_TARGETS, MOVED, TEXTS

OPTIONS = ("bbox_params", "keypoint_params", "additional_targets", "p")


class AlbumentationsBackend(Backend):
    name = "albumentations"
    requires = ("albumentations", "cv2")
    install = "pip install 'augment-spec[albumentations]'"
    targets = Backend.targets | MOVED | TEXTS
    kernel_set = OPENCV
    unkeyed = "the generator of set_random_seed, in workers with torch's"

    def compile(self, program, options: Options, **backend_options):
        for name in backend_options:
            if name not in OPTIONS:
                raise SpecError(f"albumentations has no option {name!r}{suggest(name, OPTIONS)} (it has: {', '.join(OPTIONS)})")
        from augment_albumentations.container import SpecCompose

        return SpecCompose(program, precision=options.precision, output=options.output, text=options.text, **backend_options)

    def tail(self, scale):
        from augment_albumentations.tail import Tail

        return Tail(scale)

    def several(self, spec, parts):
        from augment_albumentations.views import ViewsCompose

        return ViewsCompose(spec, parts)

    def executor(self, program, options: Options):
        from augment_albumentations.kernels import executor

        return executor(program, options.text)

    def run(self, program, sample, values, options):
        from augment.engine.checks import array

        targets = dict(program.pipeline.targets) or DEFAULT_TARGETS
        pictures = {name: targets[name].kind for name, entry in sample.items() if hasattr(entry, "getbands") and name in targets}
        arrays = {name: array(name, sample[name], kind) for name, kind in pictures.items()}  # the library takes no others
        return self.compile(program, options).with_values(values)(**{**sample, **arrays})
