"""The items of a data set as calls of a composition, and back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from augment import sample
from augment_albumentations.samples import Reading

if TYPE_CHECKING:
    from augment_albumentations.container import SpecCompose


class Items:
    """The items of a dataset as samples under the names of targets: dicts, (image, label) pairs, or bare images."""

    def __init__(self, compose: SpecCompose, dataset: Any):
        self.compose, self.dataset, self.items = compose, dataset, sample.Items.of(compose._targets)

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
        return self.items.leave(self.compose.leave(way, out, self.data(item)), item)

    def data(self, item: Any) -> dict[str, Any]:
        """The item as the entries of a call."""
        return self.items.enter(item)
