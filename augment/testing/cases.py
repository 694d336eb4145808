"""What the suite of a backend tries: the examples of every op, and the share of them that runs where time is short."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

import numpy as np
import pytest

from augment.ops import catalogue
from augment.spec.node import Modality, Op
from augment.testing.examples import examples


class Case(NamedTuple):
    """An example of an op, named by the op and its number."""

    name: str
    op: Op


def cases(modality: Modality = "image") -> list[Case]:
    """Return every example of every op of a modality."""
    return [Case(f"{name}-{i}", example) for name, op in catalogue(modality).items() for i, example in enumerate(examples(op))]


def noisy(op: Op) -> bool:
    """Whether backends draw pixels of it themselves."""
    return getattr(op, "noisy", False)


def partnered(op: Op) -> bool:
    """Whether it needs other samples."""
    return getattr(op, "partnered", False)


PAIRS = ((0, np.float32), (1, np.uint8), (0, np.uint8), (1, np.float32))
"""Photographs and types."""


def comparisons(found: Sequence[Case]) -> Iterator[Any]:
    """Each example on one photograph in one type, in turn, in the quick share, and on all in the matrix."""
    for i, case in enumerate(found):
        for k, (photograph, dtype) in enumerate(PAIRS):
            marks = () if k == i % len(PAIRS) else (pytest.mark.matrix,)
            yield pytest.param(case, photograph, dtype, id=f"{case.name}-{photograph}-{dtype.__name__}", marks=marks)


def quick(found: Sequence[Case]) -> Iterator[Any]:
    """The first example of each op in the quick share, all in the matrix."""
    seen: set[str] = set()
    for case in found:
        yield pytest.param(case, id=case.name, marks=(pytest.mark.matrix,) if case.op.name() in seen else ())
        seen.add(case.op.name())


__all__ = ["PAIRS", "Case", "cases", "comparisons", "noisy", "partnered", "quick"]
