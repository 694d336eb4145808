"""Versions of an image that are made beside each other, and blended."""

from typing import Any, ClassVar

from augment.ops.kinds.drawn import Draw, Drawn, Values
from augment.ops.kinds.geometric import RASTERS_AND_POINTS
from augment.values import Beta, Value


class Branch(Drawn):
    """Stands before each branch of a blend, and behind the last: the version that was made is put aside, and the image is what
    it was before the first; behind the last it is the blend of all."""

    number: int
    """Of the branch that begins, from 0 on; it has ``count`` behind the last."""
    count: int
    alpha: float
    share: Value

    primitive: ClassVar[str] = "branch"

    @classmethod
    def primitives(cls):
        return frozenset()

    def draws(self):
        # a stick is broken: each part of what is left has a Beta distribution
        parts = (Beta(a=self.alpha, b=self.alpha * (self.count - 1 - i)) for i in range(self.count - 1))
        return Draw("share", self.share), *(Draw(f"part{i}", part, exact=True) for i, part in enumerate(parts))

    def weights(self, v: Values) -> list[Any]:
        """Of the image as it was, and of each version; they sum to 1."""
        left = v["share"] * 1.0
        weights = [1 - left]
        for i in range(self.count - 1):
            weights.append(left * v[f"part{i}"])
            left = left * (1 - v[f"part{i}"])
        return [*weights, left]

    def blend(self, versions: list[Any], v: Values, kernels: Any) -> Any:
        """Of the image as it was and the versions, in the form of a kernel set."""
        out: Any = 0
        for version, weight in zip(versions, self.weights(v), strict=True):
            floats = kernels.unpack(version)
            out = out + floats * kernels.spread(weight, floats)
        return kernels.pack(kernels.xp.clip(out, 0, 1))


class MovingBranch(Branch):
    """One of a blend whose branches move pixels."""

    disturbs: ClassVar[frozenset[str]] = RASTERS_AND_POINTS
    instead: ClassVar[str] = "a blend of versions that are moved apart has no one place for it: leave ops that move pixels out"


__all__ = ["Branch", "MovingBranch"]
