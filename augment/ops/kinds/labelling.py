"""Ops on the labels of a sample."""

from typing import Any, ClassVar

from augment.ops.kinds.drawn import Drawn

Array = Any


class Labelling(Drawn):
    """Changes the labels of the whole sample, and nothing else; those that boxes carry are rows of theirs, and stay."""

    primitive: ClassVar[str] = "label"
    moves: ClassVar[frozenset[str]] = frozenset({"labels"})
    relabels: ClassVar[bool] = True

    def relabel(self, labels: Array) -> Array:
        """Return what labels (..., classes), floats of any library, become."""
        raise NotImplementedError


__all__ = ["Labelling"]
