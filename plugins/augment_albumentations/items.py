"""The items of a data set as calls of a composition, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.errors import SampleError
from augment_albumentations.samples import Reading

if TYPE_CHECKING:
    from augment_albumentations.container import SpecCompose


class Items:
    """The items of a dataset as samples under the names of targets: dicts, (image, label) pairs, or bare images."""

    def __init__(self, compose: SpecCompose, dataset: Any):
        self.compose, self.dataset = compose, dataset

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: int) -> dict[str, Any]:
        return self.read(self.dataset[index])

    def __iter__(self) -> Iterator[dict[str, Any]]:
        return (self[i] for i in range(len(self)))

    def read(self, item: Any) -> dict[str, Any]:
        data = self.data(item)
        return self.compose.reading(data)[0].read(data)

    def write(self, way: Reading, out: Mapping[str, Any], item: Any) -> Any:
        result = self.compose.leave(way, out, self.data(item))
        if isinstance(item, Mapping):
            return result
        image, label = self._names()
        if isinstance(item, np.ndarray):
            return result[image]
        rest = {key: result[key] for key in item[1]} if isinstance(item[1], Mapping) else result[label]
        return result[image], rest

    def data(self, item: Any) -> dict[str, Any]:
        """The item as the entries of a call."""
        if isinstance(item, Mapping):
            return dict(item)
        image, label = self._names()
        if isinstance(item, np.ndarray):
            return {image: item}
        if not (isinstance(item, tuple | list) and len(item) == 2):
            kinds = "a dict, a pair (image, label), or an image as an array"
            raise SampleError(f"an item of the dataset is {kinds}, not {type(item).__name__}")
        return {image: item[0], **item[1]} if isinstance(item[1], Mapping) else {image: item[0], label: item[1]}

    def _names(self) -> tuple[str, str]:
        targets = self.compose._targets.items()
        image = next((name for name, target in targets if target.kind == "image"), "image")
        return image, next((name for name, target in targets if target.kind == "labels"), "labels")
