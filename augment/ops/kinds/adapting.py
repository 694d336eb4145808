"""Ops that adapt an image to that of another sample, which only gives statistics."""

from typing import Any

from augment.ops.kinds.drawn import UNIT, Array, Draw
from augment.ops.kinds.filtering import Expression
from augment.ops.kinds.mixing import Partnered
from augment.ops.primitives import Unpacked

REFERENCE = "reference"
"""The value under which an executor hands over the image of the partner, in the form of the kernel set."""


class Beside(Unpacked):
    """A kernel set for adaptations: the image of the partner stands beside it."""

    def __init__(self, kernels: Any, reference: Array):
        super().__init__(kernels)
        self.reference: Array = kernels.unpack(reference)
        """(..., H, W, C); in a batch of the same size, on the host maybe of another."""


class Adaptation(Partnered, Expression):
    """Gives an image statistics of the same image of another sample: an expression that reads ``kernels.reference``, too.

    Nothing else changes: labels, masks and rows are those of the sample itself. The partner is chosen as that of a mix, and comes
    through the ops that stand before.
    """

    def draws(self):
        return (*super().draws(), Draw("partner", UNIT))

    def change(self, image, v, context, kernels):
        drawn = {name: number for name, number in v.items() if name not in (REFERENCE, "partner")}
        return self._expressed(image, drawn, Beside(kernels, v[REFERENCE]))


__all__ = ["REFERENCE", "Adaptation", "Beside"]
