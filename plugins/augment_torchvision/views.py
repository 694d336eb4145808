"""A spec with views as a `torchvision.transforms.v2.Transform`, which returns a mapping of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from torch import nn
from torchvision.transforms import v2

from augment.multiview import Views
from augment.spec.node import Pipeline
from augment_torchvision.datasets import Over


class ViewsTransform(Views, v2.Transform):
    """``t(sample)`` draws anew each time, by torch's generator, once for all views; ``t.at(index, epoch)(sample)`` and
    ``t.over(dataset)`` are keyed. Samples and batches have the forms that a spec without views takes.
    """

    def __init__(self, spec: Pipeline, parts: Mapping[str, Any]):
        v2.Transform.__init__(self)
        Views.__init__(self, spec, parts)
        self.every = nn.ModuleList(self._every)  # so that eval() and train() reach them

    def __call__(self, *inputs: Any, **more: Any) -> Any:
        return v2.Transform.__call__(self, *inputs, **more)

    def forward(self, *inputs: Any) -> dict[str, Any]:
        return self.at(self.fresh())(*inputs)

    def over(self, dataset: Any) -> Over:
        return Over(self, dataset)
