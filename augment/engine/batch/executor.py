"""The steps of a program, done to a batch one after the other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from augment.engine.batch.mixing import Mixer
from augment.engine.batch.moving import Mover
from augment.engine.batch.painting import Painter
from augment.engine.batch.state import Batch
from augment.errors import SampleError
from augment.program.flatten import Leaf, exclusive
from augment.program.lower import Program, Step


def require(condition: Any, message: str) -> None:
    """Raise `SampleError` where a condition does not hold for all samples."""
    if not np.all(condition):
        raise SampleError(message)


@dataclass(frozen=True)
class BatchExecutor:
    """A program with batched kernels and their array functions ``xp``; ``require`` raises a message where a condition (B,) does
    not hold for all samples."""

    program: Program
    kernels: Any
    xp: Any
    require: Callable[[Any, str], None] = require

    def __call__(self, batch: Batch) -> Batch:
        batch.sizes = dict.fromkeys((*batch.images, *batch.masks, *batch.points), batch.size)
        ways: dict[int, Batch] = {}
        for i, step in enumerate(self.program.batch_steps):
            for at, mix in self._partnered.items():
                left = tuple(leaf for leaf in step.leaves if not exclusive(leaf, mix)) if at > i else ()
                if at > i and at not in ways and len(left) < len(step.leaves):  # the first branch beside this mix begins
                    ways[at] = batch.fork()
                if left and at in ways:
                    self._step(replace(step, leaves=left), ways[at])
            batch.donors = ways.pop(i, None)
            self._step(step, batch)
        return batch

    def _step(self, step: Step, batch: Batch) -> None:
        if step.primitive == "edit":
            return  # texts are no part of a batch: the host edits them
        if step.primitive in ("resample", "resize"):
            self._mover.move(step, batch)
        elif step.primitive == "pointwise":
            self._painter.shade(step, batch)
        elif step.primitive == "branch":
            self._painter.blend(step.leaves[0], batch)
        elif step.primitive == "label":
            self._mixer.relabel(step.leaves[0], batch)
        elif step.partnered:
            self._mixer.mix(step, batch)
        else:
            self._painter.paint(step, batch)

    @cached_property
    def _mover(self) -> Mover:
        limited = any(leaf.op.relocates and leaf.op.on is not None for leaf in self.program.leaves)
        return Mover(self.kernels, self.xp, self.require, limited)

    @cached_property
    def _painter(self) -> Painter:
        return Painter(self.kernels, self.xp, self.require)

    @cached_property
    def _mixer(self) -> Mixer:
        return Mixer(self.kernels, self.xp, self.require, self._painter)

    @cached_property
    def _partnered(self) -> dict[int, Leaf]:
        """The ops that need partners, by the numbers of their steps: none passes through a branch that stands beside one."""
        return {at: step.leaves[0] for at, step in enumerate(self.program.batch_steps) if step.partnered}
