"""Compiles programs to a `torchvision.transforms.v2.Transform`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from augment.backend import Backend, Options
from augment.errors import SpecError
from augment.kernels import OPENCV
from augment.ops.primitives import Primitives
from augment.plugins import editor_of
from augment.sample import TEXTS
from augment.support import Batches, Support

TORCH = Primitives("torch", "augment_torchvision.kernels", {
    "resample": "torch grid_sample", "resize": "torch interpolate (antialias)", "pointwise": "torch",
    "convolve": "torch conv2d", "histogram": "torch bincount and take",
    "clahe": "torch bincount and take", "jpeg": "libjpeg or torch int32",
    "median": "networks of torch.minimum and maximum", "morphology": "torch maxima and minima", "blend": "torch lerp",
    "noise": "torch.Generator", "erase": "torch where", "fill": "torch where", "mix": "torch lerp", "compose": "torch slices",
    "zoom": "torch grid_sample", "displace": "torch grid_sample", "downscale": "torch matmul",
    "locate": "torch cumsum",
})  # fmt: skip

if TYPE_CHECKING:
    from augment.kernels import protocol
    from augment_torchvision import kernels

    _: protocol.Batches = kernels


class TorchvisionBackend(Backend):
    name = "torchvision"
    requires = ("torch", "torchvision", "cv2")
    install = "pip install 'augment-spec[torchvision]'"
    targets = Backend.targets | TEXTS
    exceptions = {  # noqa: RUF012
        ("copy_paste", "*"): Support(
            "refuses", reason="torchvision joins no instances of several samples",
            instead="use the backend albumentations, opencv or reference for it",
        ),
    }  # fmt: skip
    kernel_set = OPENCV
    batches = Batches(TORCH, frozenset({"image", "mask", "labels"}))
    unkeyed = "torch's global generator"

    def compile(self, program, options: Options, mask_dtype: str | None = None):  # type: ignore[override]
        if mask_dtype not in (None, "int64", "float32"):
            raise SpecError(f"mask_dtype is 'int64' or 'float32', not {mask_dtype!r}")
        from augment_torchvision.container import SpecTransform

        return SpecTransform(program, options, mask_dtype)

    def tail(self, scale):
        from augment_torchvision.tail import Tail

        return Tail(scale)

    def several(self, spec, parts):
        from augment_torchvision.views import ViewsTransform

        return ViewsTransform(spec, parts)

    def executor(self, program, options):
        from augment_torchvision.container import host

        return host(program, options)

    def run(self, program, sample, values, options):
        """With ``precision="float"`` on the batch kernels, as a batch of one, unless they cannot; else as a single sample of the
        transform."""
        able = all(self.in_batches(type(leaf.op)).level != "refuses" for leaf in program.leaves)
        if options.precision == "auto" or program.partnered or not able:
            return self.executor(program, options)(sample, values)
        from augment_torchvision.arrays import run_arrays

        return run_arrays(program, sample, values, editor_of(program, options.text))
