"""Ops that join a sample with another: mixup and cutmix."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar

from pydantic import Field, field_validator

from augment.ops.kinds import UNIT, Draw, Mix
from augment.values import Beta, Constant, Quantity, Sensible, Short, Value

Concentration = Annotated[
    Short[Value], Quantity("the parameter of Beta(alpha, alpha)", gt=0),
    Sensible(high=2, why="nearly every sample is half of another"),
]  # fmt: skip


class _Mixing(Mix):
    alpha: Concentration = Field(
        kw_only=False, description="Beta(alpha, alpha) is the distribution of the weight; small keeps samples apart"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"alpha": 0.8},)

    @field_validator("alpha")
    @classmethod
    def _is_constant(cls, alpha: Value) -> Value:
        if not isinstance(alpha, Constant):
            raise ValueError("must be one number")
        return alpha

    def draws(self):
        alpha = self.alpha.support[0]
        return Draw("weight", Beta(a=alpha, b=alpha), exact=True), Draw("partner", UNIT), *self._place()

    def _place(self) -> tuple[Draw, ...]:
        return ()


class Mixup(_Mixing):
    """Blend with another sample, and the labels with it (Zhang et al. 2018)."""

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
