"""What in a nested sample is one entry, and not a container of entries."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
import torch
from torchvision import tv_tensors

from augment.sample import DEFAULT_TARGETS, TEXTS, Target

POINTS = ("boxes", "keypoints")
FOLLOWERS = ("labels", "area", "iscrowd")
"""Entries beside boxes that have a row for each, in the detection datasets of torchvision."""


class Whole:
    """Tells what is not taken apart: rows, what they carry, and what stands under the keys of texts, which may be chats.

    It is asked for a mapping before it is asked for what that holds.
    """

    def __init__(self, declared: Mapping[str, Target]):
        known = (declared or DEFAULT_TARGETS).items()
        self.names = [name for name, target in known if target.kind in TEXTS]
        self.rows = [name for name, target in known if target.kind in POINTS]
        self.carried = {name for _, target in known for name in target.carry} | (set() if declared else {*FOLLOWERS})
        self.declared, self.held = bool(declared), set[int]()

    def __call__(self, x: Any) -> bool:
        if id(x) in self.held:
            return True
        if isinstance(x, dict):
            self.held.update(id(x[name]) for name in self.names if name in x and (self.declared or _is_said(x[name])))
            self.held.update(id(x[name]) for name in self.rows if isinstance(x.get(name), list | tuple | Mapping))
            if any(name in x for name in self.rows) or any(isinstance(entry, _PLACES) for entry in x.values()):
                self.held.update(id(x[name]) for name in self.carried if isinstance(x.get(name), list | tuple))
        return _is_row(x)


_PLACES = tv_tensors.BoundingBoxes | tv_tensors.KeyPoints


def _is_said(x: Any) -> bool:
    """Whether it is a list of texts or messages, though there may be gaps in it."""
    return isinstance(x, list | tuple) and all(e is None or isinstance(e, str | Mapping) for e in x)


def _is_row(x: Any) -> bool:
    """Lists of numbers or words are values, not containers."""
    if not isinstance(x, list | tuple):
        return False
    if x and all(isinstance(e, torch.Tensor | np.ndarray) and e.ndim == 1 for e in x):
        return True  # boxes, each a tensor of its own
    inner = list(_flat(x))
    return all(isinstance(e, int | float | str | np.number) for e in inner) and (isinstance(x, list) or bool(inner))


def _flat(x: Any) -> Iterator[Any]:
    for e in x:
        if isinstance(e, list | tuple):
            yield from _flat(e)
        else:
            yield e


def are_numbers(x: list[Any]) -> bool:
    return bool(x) and all(isinstance(e, int | float | np.number) for e in x)


def is_words(x: Any) -> bool:
    return isinstance(x, str) or (isinstance(x, list | tuple) and bool(x) and all(isinstance(e, str) for e in x))
