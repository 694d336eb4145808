"""What an entry must not be to become an array: a PIL image whose numbers are no levels, a tensor that requires a gradient,
an array with a mask."""

from __future__ import annotations

from typing import Any

import numpy as np

from augment.errors import SampleError

PICTURES: dict[str, tuple[str, ...]] = {"image": ("L", "RGB", "RGBA", "I;16"), "mask": ("L", "P", "I", "I;16")}
"""kind -> the modes of PIL whose numbers are what the kind holds."""


def check_picture(name: str, picture: Any, kind: str) -> None:
    """Raise `SampleError` on a PIL image whose numbers are no levels, or no labels, with a way that loses none of them."""
    mode = picture.mode
    if mode in PICTURES[kind]:
        return
    deep = mode in ("I", "F") or mode.startswith("I;16")
    if kind == "mask":
        fix = "give np.asarray(picture)"
        if not deep and mode != "1":
            layers = f"{fix} if its channels are layers, else labels made of its colours"
            fix = f"give picture.getchannel({mode[0]!r})" if mode in ("LA", "PA") else layers
    elif deep:
        fix = "give np.asarray(picture) and begin with to_float: {max: ...}, as a conversion would clip what is above 255"
    elif mode == "LAB":
        fix = "convert it by its profile (PIL.ImageCms)"
    else:
        to = {"1": "L", "LA": "RGBA", "La": "LA", "PA": "RGBA", "RGBa": "RGBA"}.get(mode, "RGB")
        fix = f"give picture.convert({to!r})"
    raise SampleError(f"{name}: a PIL image of mode {mode} is no {kind} (only {', '.join(PICTURES[kind])}); {fix}")


def refuse_gradient(name: str, raw: Any) -> None:
    """Raise `SampleError` on a tensor that requires a gradient, which an array would lose."""
    if getattr(raw, "requires_grad", False):
        raise lost_gradient(name)


def refuse_masked(name: str, raw: Any) -> None:
    """Raise `SampleError` on a masked array of NumPy, whose mask an array would lose."""
    if isinstance(raw, np.ma.MaskedArray):
        fix = "give its numbers, x.filled(0), and what is masked as a mask of its own"
        raise SampleError(f"{name}: is a masked array, whose mask would be lost here: {fix}")


def lost_gradient(name: str) -> SampleError:
    """Return the error of a tensor that requires a gradient where it would become an array."""
    fix = f"give {name}.detach(); the backend torchvision keeps gradients of images and masks"
    return SampleError(f"{name}: requires a gradient, which would be lost here: {fix}")


__all__ = ["PICTURES", "check_picture", "lost_gradient", "refuse_gradient", "refuse_masked"]
