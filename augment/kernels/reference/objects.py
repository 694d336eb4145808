"""What masks hold: a pixel of an object, and the objects."""

from __future__ import annotations

from typing import Any

import numpy as np


def locate(mask: np.ndarray, uniform: Any, ignore: tuple[int, ...]) -> tuple[bool, int, int]:
    """A pixel of a mask (H, W, C) by a uniform, of those that are neither 0 nor ignored: whether there is one, its y and x."""
    found = np.flatnonzero(((mask != 0) & ~np.isin(mask, ignore)).any(axis=-1))
    if not found.size:
        return False, 0, 0
    # a product of two float32, the same everywhere
    which = min(int(np.float32(uniform) * np.float32(found.size)), found.size - 1)
    y, x = divmod(int(found[which]), mask.shape[1])
    return True, y, x


def components(mask: np.ndarray, ignore: tuple[int, ...]) -> np.ndarray:
    """(H, W): the objects of a mask (H, W, C), pixels of one label that touch, also at a corner: numbered from 1 in the order of
    their first pixels; 0 where the label is 0 or ignored."""
    labels = classes(mask, ignore)
    numbers, parents = np.zeros(labels.shape, np.int64), [0]
    above: list[tuple[int, int, int]] = []

    def root(number: int) -> int:
        while parents[number] != number:
            number = parents[number]
        return number

    for y, row in enumerate(labels):
        edges = np.flatnonzero(np.diff(row, prepend=-1, append=-1))
        runs = []
        for start, stop in zip(edges.tolist(), edges[1:].tolist(), strict=False):
            if not row[start]:
                continue
            parents.append(len(parents))
            own = len(parents) - 1
            for first, last, number in above:  # of the row before
                if first <= stop and last >= start and labels[y - 1, first] == row[start]:
                    low, high = sorted((root(own), root(number)))
                    parents[high] = low
            numbers[y, start:stop] = own
            runs.append((start, stop, own))
        above = runs
    roots = np.array([root(number) for number in range(len(parents))])
    return in_order(roots[numbers])


def classes(mask: np.ndarray, ignore: tuple[int, ...]) -> np.ndarray:
    """(H, W): the labels of a mask (H, W, C) as numbers from 1, 0 where all its channels have 0 or what is ignored."""
    empty = ((mask == 0) | np.isin(mask, ignore)).all(axis=-1)
    rows = mask.reshape(-1, mask.shape[2])
    _, found = np.unique(rows[:, 0], return_inverse=True) if rows.shape[1] == 1 else np.unique(rows, axis=0, return_inverse=True)
    return np.where(empty, 0, found.reshape(empty.shape) + 1)


def in_order(numbers: np.ndarray) -> np.ndarray:
    """Numbers of objects, 0 where there is none, as those from 1 in the order of their first pixels."""
    found, first = np.unique(numbers, return_index=True)
    there = found > 0
    order = np.zeros(int(found.max()) + 1, np.int32)
    order[found[there][np.argsort(first[there])]] = np.arange(1, there.sum() + 1)
    return order[numbers]
