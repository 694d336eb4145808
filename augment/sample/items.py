"""The forms of a sample: entries by name, an image and what stands beside it, or an image alone.

A dataset hands out items of one of these forms, and what comes out has the form that came in. Libraries with forms of their own
(trees of tensors, keyword arguments) read those themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from augment.errors import SampleError
from augment.sample.target import DEFAULT_TARGETS, Target


@dataclass(frozen=True)
class Items:
    """How items become samples and back, under the names of the targets that a spec declares.

    Args:
        image: the name of an image that stands alone, or first in a pair.
        labels: the name of what is second in a pair, unless that is a mapping of entries by name.
    """

    image: str
    labels: str
    told: bool = False
    """Whether the spec declares labels, which may have any shape then."""

    @classmethod
    def of(cls, declared: Mapping[str, Target]) -> Items:
        """Of a spec's ``targets``; without any, of the plain names."""
        names = {target.kind: name for name, target in reversed((dict(declared) or DEFAULT_TARGETS).items())}
        own = {target.kind for name, target in declared.items() if target is not DEFAULT_TARGETS.get(name)}
        return cls(names.get("image", "image"), names.get("labels", "labels"), "labels" in own)

    def enter(self, item: Any) -> dict[str, Any]:
        """Return an item as entries by name. Raises `SampleError` on what has none of the forms."""
        if isinstance(item, Mapping):
            return dict(item)
        if _is_raster(item):
            return {self.image: item}
        if _is_pair(item):
            if not self.told:
                check_beside(item[1])
            return {self.image: item[0], **(item[1] if isinstance(item[1], Mapping) else {self.labels: item[1]})}
        raise not_a_sample(item)

    def leave(self, out: Mapping[str, Any], item: Any) -> Any:
        """Return what became of the entries of an item in its form."""
        if isinstance(item, Mapping):
            return out
        if _is_raster(item):
            return out[self.image]
        beside = {name: out[name] for name in item[1]} if isinstance(item[1], Mapping) else out.get(self.labels)
        return out[self.image], beside


@dataclass(frozen=True)
class Samples:
    """A dataset whose items are read as entries by name."""

    dataset: Any
    items: Items

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return self.items.enter(self.dataset[index])


def check_beside(second: Any) -> None:
    """Raise `SampleError` where what stands beside an image can be no label: a mask, boxes or points would stay behind."""
    rows = isinstance(second, list | tuple) and any(isinstance(row, list | tuple) or np.ndim(row) for row in second)
    if rows or (_is_raster(second) and len(getattr(second, "shape", (0, 0))) > 1):  # a PIL image has no shape
        fix = "(image, {'mask': ...}), (image, {'boxes': ...}); or declare it: targets: {image: image, labels: labels}"
        raise SampleError(
            f"a {type(second).__name__} of two axes or more beside an image may have to move with it: name it, {fix}"
        )


def _is_raster(item: Any) -> bool:
    """Whether it is an array, a tensor or a PIL image: what it may hold is looked at where it is read."""
    return hasattr(item, "__array__") or hasattr(item, "__array_interface__")


def _is_pair(item: Any) -> bool:
    """Whether it is an image with its label, or with other entries by name."""
    return isinstance(item, tuple | list) and len(item) == 2 and _is_raster(item[0])


def not_a_sample(item: Any) -> SampleError:
    """Return the error of what has none of the forms."""
    several = isinstance(item, tuple | list)
    found = f"{type(item).__name__} of {len(item)}" if several else type(item).__name__
    fix = "name its parts, {'image': item[0], ...}" if several else "name it, {'text': item}"
    forms = "entries by name, an image (an array, or a PIL image), or a pair of an image and its labels"
    return SampleError(f"a sample is {forms}, not {found}: {fix}")


__all__ = ["Items", "Samples", "not_a_sample"]
