"""The draws of a block of samples, and what follows from draws alone: for all at once, which is hardly more work than for one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from augment.program.leaf import Leaf

if TYPE_CHECKING:
    from augment.program.steps import Step

Values = Mapping[str, Mapping[str, Any]]
T = TypeVar("T")
OFTEN, SHARE = 8, 8
"""What is found for all samples of a block takes as long as for so many of them alone, or for one of so many, if that is more."""


class Block:
    """The draws of several samples: ``values[key][field]`` of shape (n,) or (n, count); ``often`` was met in a block before."""

    def __init__(self, values: Mapping[str, Mapping[str, Any]], count: int, often: Iterable[tuple[int, Any]] = ()):
        self.values, self.count = values, count
        self.known: dict[Any, tuple[Leaf | Step, Any]] = {}
        """What was found out once, by the part of the program and what else it depends on."""
        self._opened: dict[int, tuple[Step, list[tuple[Leaf, ...]]]] = {}
        self._enough = max(OFTEN, count // SHARE)
        self._asked = dict.fromkeys(often, self._enough)

    def rows(self) -> list[Row]:
        """The draws of each sample."""
        return [Row(self, number) for number in range(self.count)]

    def opened(self, step: Step) -> list[tuple[Leaf, ...]]:
        """The leaves of a step whose gate is open, of each sample."""
        found = self._opened.get(id(step))  # asked for each step of every sample
        if found is None:
            found = self._opened[id(step)] = step, self._leaves(step)
        return found[1]

    def _leaves(self, step: Step) -> list[tuple[Leaf, ...]]:
        marks = [mark.tobytes() for mark in np.array([self.gate(leaf) for leaf in step.leaves]).T]
        alike = {m: tuple(leaf for leaf, open_ in zip(step.leaves, m, strict=True) if open_) for m in dict.fromkeys(marks)}
        return [alike[mark] for mark in marks]

    def alike(self, step: Step) -> Iterator[tuple[tuple[Leaf, ...], list[int]]]:
        """The samples, by their numbers, for which the same leaves of a step are open, if any are."""
        found: dict[int, tuple[tuple[Leaf, ...], list[int]]] = {}
        for number, leaves in enumerate(self.opened(step)):
            found.setdefault(id(leaves), (leaves, []))[1].append(number)
        return (one for one in found.values() if one[0])

    def pays(self, part: Leaf | Step, size: Any) -> bool:
        """Whether what follows from a size is to be found `ahead`: an op before fixes it, or so many samples had it that for all
        of them it is no more work."""
        if part.sized:
            return True
        asked = self._asked[id(part), size] = self._asked.get((id(part), size), 0) + 1
        return asked > self._enough

    @property
    def often(self) -> list[tuple[int, Any]]:
        """The parts of the program, and the sizes, that so many samples had that it did pay."""
        return [key for key, asked in self._asked.items() if asked > self._enough]

    def once(self, part: Leaf | Step, about: Any, make: Callable[[], T]) -> T:
        """What is found out about a part of the program, and ``about`` what else it depends on, for all samples."""
        key = id(part), about
        try:
            return self.known[key][1]
        except KeyError:
            self.known[key] = part, make()  # the part is kept, so that its number stays its own
            return self.known[key][1]

    def ahead(self, leaf: Leaf, about: Any, make: Callable[[dict[str, np.ndarray], int], Iterable[T]]) -> dict[int, T]:
        """What follows from the draws of the samples to which an op is done, by their numbers: for all of them at once.

        ``make`` is given the draws, with an axis of samples, and how many these are; ``about``: what else it depends on.
        """
        return self.once(leaf, about, partial(self._ahead, leaf, make))

    def _ahead(self, leaf: Leaf, make: Callable[[dict[str, np.ndarray], int], Iterable[T]]) -> dict[int, T]:
        rows = np.flatnonzero(self.gate(leaf))
        drawn = {name: column[rows] for name, column in self.values.get(leaf.key, {}).items()}
        return dict(zip(rows.tolist(), make(drawn, len(rows)), strict=True))

    def gate(self, leaf: Leaf) -> np.ndarray:
        """(n,) bool: where a leaf is active."""
        open_ = np.ones(self.count, bool)
        for condition in leaf.gate:
            drawn = self.values[condition.key][condition.field]
            own = drawn if condition.element is None else drawn[:, condition.element]
            open_ &= np.array(condition.table)[own.astype(int)]
        return open_


class Row(Mapping[str, Mapping[str, Any]]):
    """The draws of one sample of a block, taken out of it when somebody asks for those of an op."""

    __slots__ = ("_taken", "block", "number")

    def __init__(self, block: Block, number: int):
        self.block, self.number = block, number
        self._taken: dict[str, dict[str, Any]] = {}

    def __getitem__(self, key: str) -> dict[str, Any]:
        taken = self._taken.get(key)
        if taken is None:
            number = self.number
            taken = self._taken[key] = {name: column[number] for name, column in self.block.values[key].items()}
        return taken

    def get(self, key: str, default: Any = None) -> Any:
        return self[key] if key in self.block.values else default

    def __iter__(self) -> Iterator[str]:
        return iter(self.block.values)

    def __len__(self) -> int:
        return len(self.block.values)

    def __repr__(self) -> str:
        return repr(dict(self))

    def __reduce__(self) -> Any:
        return dict, (dict(self),)


def opened(step: Step, values: Mapping[str, Any]) -> tuple[Leaf, ...]:
    """The leaves of a step whose gate is open for a sample."""
    if isinstance(values, Row):
        return values.block.opened(step)[values.number]
    return tuple([leaf for leaf in step.leaves if leaf.active(values)])


__all__ = ["Block", "Row", "Values", "opened"]
