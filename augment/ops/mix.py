"""Ops that join a sample with another: mixup, cutmix and mixgen."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator

from augment.ops.kinds import UNIT, Draw, Mix
from augment.sample import TEXTS
from augment.values import Beta, Constant, Quantity, Sensible, Short, Value

Concentration = Annotated[
    Short[Value], Quantity("the parameter of Beta(alpha, alpha)", gt=0),
    Sensible(high=2, why="nearly every sample is half of another"),
]  # fmt: skip


def _one_number(alpha: Value | None) -> Value | None:
    if alpha is not None and not isinstance(alpha, Constant):
        raise ValueError("must be one number")
    return alpha


class _Mixing(Mix):
    alpha: Concentration = Field(
        kw_only=False, description="Beta(alpha, alpha) is the distribution of the weight; small keeps samples apart"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"alpha": 0.8},)
    _is_constant = field_validator("alpha")(_one_number)

    def draws(self):
        alpha = self.alpha.support[0]
        return Draw("weight", Beta(a=alpha, b=alpha), exact=True), Draw("partner", UNIT), *self._place()

    def _place(self) -> tuple[Draw, ...]:
        return ()


class Mixup(_Mixing):
    """Blend with another sample, and the labels with it (Zhang et al. 2018)."""

    def blend(self, v, size, xp):
        return v["weight"], None


class Mixgen(Mix):
    """Blend with another sample and join the texts, whose spans stay with their words (Hao et al. 2023)."""

    alpha: Concentration | None = Field(
        default=None, kw_only=False, description="Beta(alpha, alpha) is the distribution of the weight; without it, it is a half"
    )
    between: str = Field(default=" ", description="what stands between two texts that are joined")

    moves: ClassVar[frozenset[str]] = Mix.moves | TEXTS
    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"alpha": 0.8})
    _is_constant = field_validator("alpha")(_one_number)

    def draws(self):
        alpha = self.alpha.support[0] if self.alpha else 0
        weight = Draw("weight", Beta(a=alpha, b=alpha), exact=True) if alpha else Draw("weight", Constant(number=0.5))
        return weight, Draw("partner", UNIT)

    def blend(self, v, size, xp):
        return v["weight"], None


class Cutmix(_Mixing):
    """Paste a rectangle of another sample; labels count by area (Yun et al. 2019)."""

    def _place(self):
        return Draw("y", UNIT), Draw("x", UNIT)

    def blend(self, v, size, xp):
        height, width = size
        cut = xp.sqrt(1 - v["weight"])
        h, w = xp.floor(cut * height), xp.floor(cut * width)
        cy, cx = xp.floor(v["y"] * height), xp.floor(v["x"] * width)
        top, left = xp.floor(cy - h * 0.5), xp.floor(cx - w * 0.5)
        y0, x0 = xp.clip(top, 0, height), xp.clip(left, 0, width)
        y1, x1 = xp.clip(top + h, 0, height), xp.clip(left + w, 0, width)
        weight = 1 - (y1 - y0) * (x1 - x0) / (height * width)
        return weight, xp.stack([y0, x0, y1, x1], axis=-1)
