"""What the backend supports, and how it compiles a program."""

from typing import TYPE_CHECKING, ClassVar, Protocol

from augment.backend import MATCHES, Backend, Options, Support
from augment.engine.host import Executor
from augment.ops.primitives import Primitives

EIGHT_BITS = "Pillow's colour operations read 8 bits, so what lies between two levels is rounded first"
TURNED = "its hue is that of Pillow's HSV, in 8 bits"

PILLOW = Primitives("pillow", "augment_pillow.kernels", {
    "resample": "PIL.Image.transform (border constant), numpy (others)",
    "resize": "PIL.Image.resize",
    "pointwise": "PIL.Image.point, convert",
    "erase": "PIL.Image.paste",
    "fill": "numpy where",
    "noise": "numpy.random.Philox",
})

if TYPE_CHECKING:  # mypy holds the kernels to what is declared
    from augment.kernels import protocol
    from augment_pillow import kernels

    class Promised(
        protocol.Layout, protocol.Entering, protocol.Resample, protocol.Resize, protocol.Pointwise, protocol.Erase,
        protocol.Fill, protocol.Noise, Protocol,
    ):  # fmt: skip
        """What the table says."""

    _: Promised = kernels


class PillowBackend(Backend):
    name = "pillow"
    requires = ("PIL",)
    install = "pip install augment-pillow"
    kernel_set = PILLOW
    exceptions: ClassVar = {
        ("elastic", "*"): Support("refuses", reason="Pillow bends images by quadrilaterals only", instead="use perspective"),
        ("normalize", "image"): MATCHES,
        ("to_float", "image"): MATCHES,
        ("pointwise", "image"): Support("approximate", bound="1.5 levels", reason=EIGHT_BITS),
        ("gamma", "image"): Support("approximate", bound="1.5 levels but on 2 %", reason=f"{EIGHT_BITS}, and black is steep"),
        ("hue", "image"): Support("approximate", bound="7 levels", reason="Pillow's HSV has 8 bits"),
        ("photometric_distort", "image"): Support("approximate", bound="7 levels", reason=TURNED),
        ("color_jitter", "image"): Support("approximate", bound="7 levels", reason=TURNED),
    }

    def compile(self, program, options: Options):  # type: ignore[override]  # it takes no options of its own
        from augment_pillow.container import Transform

        return Transform(program)

    def executor(self, program, options: Options):
        from augment_pillow import kernels

        return Executor(program, kernels)

    def run(self, program, sample, values, options: Options):
        return self.compile(program, options).with_values(values)(sample)
