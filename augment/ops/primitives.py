"""What kernel sets offer: primitives by name, and the array functions of their library.

A kernel set is a module, and what its functions take and return is written in `augment.kernels.protocol`. It is declared by
`Primitives`, without an import of it; `KernelSet` is what a kind is given: the functions of the module, and those of plugins.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from importlib import import_module
from typing import Any, Literal

Array = Any
Down = Literal["nearest", "bilinear", "area"]
"""How a copy of fewer pixels is made; area is the mean."""
Up = Literal["nearest", "bilinear"]
"""How a copy of fewer pixels is enlarged."""
Shape = Literal["square", "ellipse"]
"""Of a neighbourhood; an ellipse of 3 pixels is a cross."""

ARRAY_FUNCTIONS = (
    "abs", "amax", "amin", "arange", "arctan2", "ceil", "clip", "cos", "cumsum", "exp", "floor", "linalg.eigh", "log", "maximum",
    "mean",
    "minimum", "moveaxis", "ones_like", "reshape", "round", "sin", "sqrt", "stack", "sum", "where", "zeros_like",
)  # fmt: skip
"""What an expression may call of ``xp``: functions that NumPy, torch and ``keras.ops`` share, with ``axis`` and ``keepdims``.
``maximum`` and ``minimum`` take two arrays; for a number there is ``clip``."""


@dataclass(frozen=True)
class Primitives:
    """A kernel set, or primitives that a plugin adds to one, to be read without importing it."""

    kernel_set: str
    """The name of the set: reference, opencv, torch or keras, or that of another plugin."""
    module: str
    """Where the functions stand, named as the primitives; imported when one is first called."""
    runs: Mapping[str, str]
    """Primitive -> what runs it, for `explain`; ops that need another primitive are refused."""

    def load(self) -> Any:
        """Return the module."""
        return import_module(self.module)


class KernelSet:
    """The primitives of a module and of the plugins that add to it, as attributes."""

    def __init__(self, module: Any):
        self.module = module
        self.name: str = module.name

    def __getattr__(self, primitive: str) -> Any:
        found = getattr(self.module, primitive, None)
        if found is None:
            found = self._added.get(primitive)
        if found is None:
            raise AttributeError(f"the kernel set {self.name!r} has no primitive {primitive!r}")
        return found

    def pixels(self, image: Array) -> Array:
        """An image of the set as an array: sets whose stages wait run them."""
        settled = getattr(self.module, "settled", None)
        return image if settled is None else settled(image)

    def lacks(self, primitives: Iterable[str]) -> list[str]:
        """Those that it does not have, in order."""
        return sorted(one for one in primitives if getattr(self.module, one, None) is None and one not in self._added)

    @cached_property
    def _added(self) -> dict[str, Callable[..., Any]]:
        from augment.plugins import plugin_primitives

        def of(kernel_set: str) -> dict[str, Callable[..., Any]]:
            added = [own for own in plugin_primitives() if own.kernel_set == kernel_set]
            return {primitive: getattr(own.load(), primitive) for own in added for primitive in own.runs}

        base = getattr(self.module, "base", None)  # a set that stands in for another takes what plugins add to that one
        adopted = {} if base is None else {name: self.module.on_pixels(run) for name, run in of(base.name).items()}
        return {**adopted, **of(self.name)}


ALONE = "run samples one by one (.over, .collate of samples), or use another backend for it"
"""What to do with an op that no batch can hold."""


def without(kernel_set: str, primitive: str) -> str:
    """Return the reason why batches of a kernel set refuse an op that needs a primitive."""
    return f"the kernels of batches on {kernel_set} have no {primitive}"


class Unpacked:
    """A kernel set for expressions: its primitives take and return images with channels last."""

    def __init__(self, kernels: Any):
        self.kernels, self.xp = kernels, kernels.xp

    def __getattr__(self, primitive: str) -> Callable[..., Any]:
        kernels, run = self.kernels, getattr(self.kernels, primitive)
        return lambda image, *parameters: kernels.unpack(run(kernels.pack(image), *parameters))

    def size(self, image: Array) -> tuple[Any, Any]:
        """Height and width: numbers, or tensors of no axes where they are known only when a graph runs."""
        height, width = image.shape[-3], image.shape[-2]
        if height is None or width is None:
            rows, columns = (self.xp.ones_like(line) for line in (image[:1, :, :1, :1], image[:1, :1, :, :1]))
            return self.xp.sum(rows), self.xp.sum(columns)
        return int(height), int(width)

    def grid(self, image: Array) -> tuple[Array, Array]:
        """y and x of each pixel in pixels from the centre, (..., H, 1, 1) and (..., 1, W, 1): for what lies over coordinates."""
        height, width = self.size(image)
        rows, columns = (self.xp.ones_like(line) for line in (image[..., :, :1, :1], image[..., :1, :, :1]))
        y, x = self.xp.cumsum(rows, axis=-3), self.xp.cumsum(columns, axis=-2)  # begin with 1, of the type of the image
        return y - (height + 1) / 2, x - (width + 1) / 2


__all__ = ["ALONE", "ARRAY_FUNCTIONS", "KernelSet", "Primitives", "Unpacked", "without"]
