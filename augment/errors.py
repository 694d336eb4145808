"""Every error that the project raises on purpose, under one root.

Wording lives here, in three parts: what happened, where, what to do.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


def suggest(word: str, known: Iterable[str]) -> str:
    """Return ``; did you mean 'x'?`` for the nearest known word, or an empty string."""
    from difflib import get_close_matches

    near = get_close_matches(word, list(known), n=1, cutoff=0.55)
    return f"; did you mean {near[0]!r}?" if near else ""


class AugmentError(Exception):
    """Root of all errors of the project.

    What is wrong with something that was given, a spec or a sample, is a `ValueError` as well, whatever its type: so code that
    was written for the libraries below, and skips what they refuse, skips it too.
    """

    # that of ValueError does the same; TensorFlow raises an error again, out of a graph that it traces, as what it was only
    # where its constructor is this very one
    __init__ = Exception.__init__


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong in a spec: where it stands, and what to do."""

    where: str  # 'train.yaml:7:15 pipeline[2].rotate.degrees', or the path alone
    message: str

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" if self.where else self.message


class SpecError(AugmentError, ValueError):
    """A spec that does not mean anything; holds every mistake found in it."""

    def __init__(self, mistakes: Sequence[Mistake] | str):
        self.mistakes = (Mistake("", mistakes),) if isinstance(mistakes, str) else tuple(mistakes)
        super().__init__("\n".join(map(str, self.mistakes)))

    def __reduce__(self):
        return type(self), (self.mistakes,)


class UnknownOpError(SpecError):
    """A name that no installed plugin declares."""

    @classmethod
    def from_name(cls, name: str, known: Iterable[str], where: str = "") -> UnknownOpError:
        return cls([Mistake(where, f"unknown op {name!r}{suggest(name, known)} ('augment ops' lists all)")])


class UnsupportedOpError(AugmentError):
    """A backend that refuses parts of a spec; holds every refusal, found before anything runs."""

    def __init__(self, refusals: Sequence[str] | str):
        self.refusals = (refusals,) if isinstance(refusals, str) else tuple(refusals)
        super().__init__("\n".join(self.refusals))

    def __reduce__(self):
        return type(self), (self.refusals,)


class ResourceMissingError(UnsupportedOpError):
    """A word list, a tagger or a model that an op needs and that is not there; holds what brings each."""


OTHER_NAMES = {
    "tf": "keras", "tensorflow": "keras", "torch": "torchvision", "pytorch": "torchvision", "cv2": "opencv", "numpy": "reference",
}  # fmt: skip
"""Frameworks, and the backends that run on them."""


class BackendMissingError(AugmentError):
    """A backend that is unknown, or whose framework is not installed."""

    @classmethod
    def from_unknown(cls, name: str, known: Iterable[str]) -> BackendMissingError:
        known = sorted(known)
        meant = OTHER_NAMES.get(str(name).lower(), "")
        near = f"; did you mean {meant!r}?" if meant in known else suggest(name, known)
        return cls(f"unknown backend {name!r}{near} (installed plugins offer: {', '.join(known)})")

    @classmethod
    def from_missing(cls, name: str, packages: Sequence[str], install: str) -> BackendMissingError:
        return cls(f"backend {name!r} needs {', '.join(packages)}, not installed here\n  {install}")


class EngineMissingError(AugmentError):
    """An engine that is unknown, or whose library is not installed."""


class PluginError(AugmentError):
    """A plugin that could not be loaded or that broke the contract of a hook."""


class SampleError(AugmentError, ValueError):
    """An image, mask, box or label that cannot be augmented as it is."""

    path = ""
    """Of the op that met it, once that is known."""

    def at(self, path: str) -> SampleError:
        """Return the error with the path of the op in front; the first that says one is right."""
        if self.path:
            return self
        located = SampleError(f"{path}: {self}")
        located.path = path
        return located


class FileError(SampleError):
    """A file that cannot be read as a sample, or written; its message begins with the path."""


class PassError(AugmentError):
    """An optimisation pass that produced a program with another meaning: a bug of ours."""
