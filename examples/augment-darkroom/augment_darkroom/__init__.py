"""A plugin of augment: ops that no kind of its own covers, on every backend. Importing it imports no framework."""

from typing import TYPE_CHECKING

from augment import hookimpl
from augment.ops.primitives import Primitives

if TYPE_CHECKING:
    from augment_darkroom import opencv, reference

    _: tuple[reference.DarkChannel, reference.DarkChannel] = (reference, opencv)


@hookimpl
def register_ops():
    from augment_darkroom.ops import Dehaze, Development, Filmstrip, Vignette

    return [Vignette, Dehaze, Filmstrip, Development]


@hookimpl
def register_primitives():
    return [
        Primitives("reference", "augment_darkroom.reference", {"dark_channel": "numpy minima"}),
        Primitives("opencv", "augment_darkroom.opencv", {"dark_channel": "cv2.erode"}),
    ]
