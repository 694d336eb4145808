"""What the steps of a batch are done with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from augment.errors import UnsupportedOpError
from augment.ops.primitives import ALONE, KernelSet, without
from augment.program.alternatives import Group
from augment.program.flatten import Leaf
from augment.program.lower import Step


@dataclass(frozen=True)
class Tools:
    """Batched kernels, their array functions ``xp``, and what raises a message where a condition (B,) does not hold for all."""

    kernels: Any
    xp: Any
    require: Callable[[Any, str], None]

    @cached_property
    def set(self) -> KernelSet:
        """The kernels, with what plugins add to them."""
        return KernelSet(self.kernels)

    def demand(self, leaf: Leaf) -> None:
        """Raise `UnsupportedOpError` where the kernel set of batches lacks what an op needs."""
        if lacking := self.set.lacks(leaf.op.primitives()):
            raise UnsupportedOpError(f"{leaf.path}: {without(self.set.name, lacking[0])}; {ALONE}")


def groups_for(step: Step, name: str) -> tuple[Group, ...]:
    """The ops of a step that are for a target; those of a group are limited alike."""
    return tuple(group for group in step.groups if group[0].concerns(name))
