"""Compiles programs to a `torchvision.transforms.v2.Transform`."""

from __future__ import annotations

from augment.backend import Backend, Options
from augment.errors import SpecError
from augment.kernels import reference
from augment.plugins import editor_of
from augment.sample import TEXTS


class TorchvisionBackend(Backend):
    name = "torchvision"
    requires = ("torch", "torchvision", "cv2")
    install = "pip install 'augment-spec[torchvision]'"
    primitives = frozenset(reference.kernels)
    targets = Backend.targets | TEXTS
    kernel_set = "augment_torchvision.kernels"
    unkeyed = "torch's global generator"

    def compile(self, program, options: Options, **backend_options):
        if backend_options:
            raise SpecError(f"torchvision has no option {next(iter(backend_options))!r}")
        from augment_torchvision.container import SpecTransform

        return SpecTransform(program, options)

    def kernel(self, primitive, ops=()):
        """Samples on the host run on OpenCV, batches and CUDA on torch."""
        from augment.kernels import opencv

        return f"{opencv.kernels.get(primitive, self.name)}; batches: {super().kernel(primitive)}"

    def executor(self, program, options):
        from augment_torchvision.container import host

        return host(program, options)

    def run(self, program, sample, values, options):
        """With ``precision="float"`` on the batch kernels, as a batch of one; else as a single sample of the transform."""
        if options.precision == "auto" or program.mixes:
            return self.executor(program, options)(sample, values)
        from augment_torchvision.arrays import run_arrays

        return run_arrays(program, sample, values, editor_of(program, options.text))
