"""The draws of a block of samples, and what follows from draws alone: for all at once, which is hardly more work than for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from augment.program.leaf import Leaf

if TYPE_CHECKING:
    from augment.program.steps import Step

Values = dict[str, dict[str, Any]]
T = TypeVar("T")
OFTEN = 8
"""What is found for all samples of a block takes as long as for so many of them alone."""


class Block:
    """The draws of several samples: ``values[key][field]`` of shape (n,) or (n, count)."""

    def __init__(self, values: Mapping[str, Mapping[str, Any]], count: int):
        self.values, self.count = values, count
        self.known: dict[Any, tuple[Leaf, dict[int, Any]]] = {}
        """What was found out ahead, by op and what it is about."""
        self._opened: dict[int, tuple[Step, list[tuple[Leaf, ...]]]] = {}
        self._asked: dict[tuple[int, Any], int] = {}

    def rows(self) -> list[Row]:
        """The draws of each sample."""
        samples = [Row(self, number) for number in range(self.count)]
        for key, fields in self.values.items():
            own: list[dict[str, Any]] = [{} for _ in samples]
            for name, column in fields.items():  # in half the time of rows made by zip
                for row, number in zip(own, column, strict=True):
                    row[name] = number
            for values, row in zip(samples, own, strict=True):
                values[key] = row
        return samples

    def opened(self, step: Step) -> list[tuple[Leaf, ...]]:
        """The leaves of a step whose gate is open, of each sample."""
        if id(step) not in self._opened:
            marks = [mark.tobytes() for mark in np.array([self.gate(leaf) for leaf in step.leaves]).T]
            alike = {m: tuple(leaf for leaf, open_ in zip(step.leaves, m, strict=True) if open_) for m in dict.fromkeys(marks)}
            self._opened[id(step)] = step, [alike[mark] for mark in marks]
        return self._opened[id(step)][1]

    def pays(self, leaf: Leaf, size: Any) -> bool:
        """Whether what follows from a size is to be found `ahead`: an op before fixes it, or so many samples had it that for all
        of them it is no more work."""
        if leaf.sized:
            return True
        asked = self._asked[id(leaf), size] = self._asked.get((id(leaf), size), 0) + 1
        return asked > OFTEN

    def ahead(self, leaf: Leaf, about: Any, make: Callable[[dict[str, np.ndarray], int], Iterable[T]]) -> dict[int, T]:
        """What follows from the draws of the samples to which an op is done, by their numbers: for all of them at once.

        ``make`` is given the draws, with an axis of samples, and how many these are; ``about``: what else it depends on.
        """
        if (id(leaf), about) not in self.known:
            rows = np.flatnonzero(self.gate(leaf))
            drawn = {name: column[rows] for name, column in self.values.get(leaf.key, {}).items()}
            self.known[id(leaf), about] = leaf, dict(zip(rows.tolist(), make(drawn, len(rows)), strict=True))
        return self.known[id(leaf), about][1]

    def gate(self, leaf: Leaf) -> np.ndarray:
        """(n,) bool: where a leaf is active."""
        open_ = np.ones(self.count, bool)
        for condition in leaf.gate:
            drawn = self.values[condition.key][condition.field]
            own = drawn if condition.element is None else drawn[:, condition.element]
            open_ &= np.array(condition.table)[own.astype(int)]
        return open_


class Row(dict[str, dict[str, Any]]):
    """The draws of one sample of a block."""

    __slots__ = ("block", "number")

    def __init__(self, block: Block, number: int):
        self.block, self.number = block, number

    def __reduce__(self) -> Any:
        return dict, (dict(self),)


def opened(step: Step, values: Mapping[str, Any]) -> tuple[Leaf, ...]:
    """The leaves of a step whose gate is open for a sample."""
    if isinstance(values, Row):
        return values.block.opened(step)[values.number]
    return tuple([leaf for leaf in step.leaves if leaf.active(values)])


__all__ = ["Block", "Row", "Values", "opened"]
