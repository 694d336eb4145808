"""The native library, if it was built: loaded by ctypes, and checked to be that of the sources beside it."""

from __future__ import annotations

import ctypes
import os
from functools import cache
from pathlib import Path

from augment.kernels.native.build import LIBRARY, SOURCES, fingerprint

HOW = "python -m augment.kernels.native builds them where there is a C++ compiler"
FAST = ("avx2", "avx512")
"""The variants that are quicker than OpenCV."""
TILE = 512


class Library:
    """The functions of the library."""

    def __init__(self, path: Path):
        own = ctypes.CDLL(str(path))
        own.augment_source.restype = own.augment_variant.restype = ctypes.c_char_p
        self.source = own.augment_source().decode()
        self.run, self.pick, self.axis, self.adapt = own.augment_run, own.augment_pick, own.augment_axis, own.augment_adapt
        self.way = own.augment_way
        for function in (self.axis, self.adapt, self.way):
            function.argtypes = [ctypes.c_void_p, ctypes.c_void_p]
        self.noise = own.augment_noise
        self.noise.argtypes = [ctypes.c_void_p]
        for function in (self.run, self.pick):
            function.argtypes = [ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int64]
        self._choose = own.augment_choose
        self.variants: list[str] = []
        while (name := own.augment_variant(len(self.variants))) is not None:
            self.variants.append(name.decode())
        self.tile = TILE

    def choose(self, variant: str) -> None:
        """Use a variant of the code from now on, in all threads."""
        if self._choose(variant.encode()):
            raise ValueError(f"this processor does not run {variant!r} (it runs: {', '.join(self.variants)})")
        self.variant = variant


class Found:
    """What there is of the library: itself, or why it is not used."""

    def __init__(self, path: Path):
        self.library: Library | None = None
        wanted = os.environ.get("AUGMENT_FUSED", "")
        if wanted == "0":
            self.why = "AUGMENT_FUSED is 0"
        elif not path.exists():
            self.why = f"not built; {HOW}"
        else:
            self.why = self._load(path, wanted)

    def _load(self, path: Path, wanted: str) -> str:
        try:
            library = Library(path)
        except (OSError, AttributeError) as error:
            return f"cannot be loaded ({error}); {HOW}"
        if SOURCES.exists() and library.source != fingerprint():
            return f"built from other sources; {HOW}"
        fast = [name for name in library.variants if name in FAST]
        chosen = wanted or (fast[-1] if fast else "")
        if not chosen:
            return "this processor has no AVX2, and without it OpenCV is quicker"
        if chosen not in library.variants:
            return f"AUGMENT_FUSED is {wanted!r}, and this processor runs {', '.join(library.variants)}"
        library.choose(chosen)
        self.library = library
        return ""


@cache
def found() -> Found:
    """Look for the library, once in a process."""
    return Found(Path(os.environ.get("AUGMENT_FUSED_LIBRARY", LIBRARY)))


def library() -> Library:
    """The native code, where it is known to be there."""
    own = found().library
    assert own is not None
    return own


def check(result: int) -> None:
    """Raise where the native code refused a job: those that it cannot do are not given to it."""
    if result == -3:
        raise MemoryError("the fused kernels found no memory for an image")
    if result:
        raise RuntimeError(f"the fused kernels refused a job ({result})")


def state() -> str:
    """In a line, for whoever lists what there is."""
    own = found()
    return f"fused kernels, on {own.library.variant}" if own.library else f"OpenCV alone, without the fused kernels: {own.why}"


__all__ = ["HOW", "Found", "Library", "check", "found", "library", "state"]
