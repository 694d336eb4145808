"""How strong each op of a policy is at each magnitude, as published code has it.

A `Table` maps the names of ops to nodes. A magnitude is given as a share of the largest, 0 to 1; of several shares each is as
likely as the next, and where a strength has a sign, both signs are.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from augment.ops.affine import Rotate, Shear, Translate
from augment.ops.colour import Brightness, Contrast, Invert, Saturation
from augment.ops.curves import Posterize, Solarize, SolarizeAdd
from augment.ops.histogram import AutoContrast, Equalize
from augment.ops.sharpening import Sharpness
from augment.ops.tail import Identity
from augment.spec.node import Op
from augment.values import Choice, Constant, Value

Strength = Callable[[float], float]
"""From a share of the largest magnitude to a strength."""


class Entry(NamedTuple):
    """An op, the field of its strength, and the strength."""

    op: type[Op]
    field: str = ""
    strength: Strength = float
    signed: bool = False
    """Whether either sign may be drawn."""
    neutral: float = 0.0
    """What the strength is added to: 1 of factors."""
    moves: bool = False
    """Whether it moves pixels, and so takes the border, the fill and the interpolation of its policy."""
    fixed: Mapping[str, Any] = {}
    unit: str = ""

    def node(self, shares: Sequence[float], shared: Mapping[str, Any], around: Mapping[str, Any]) -> Op:
        """The op at these magnitudes; ``shared`` are fields of all ops, ``around`` those of ops that move pixels."""
        given = {**shared, **(around if self.moves else {}), **self.fixed}
        if self.field:
            given[self.field] = self._value(shares)
        elif self.op.needs_p:
            given.setdefault("p", 1)
        return self.op(**given)

    def _value(self, shares: Sequence[float]) -> Value:
        strengths = [self.strength(share) for share in shares]
        ends = [sign * s for s in strengths for sign in ((1, -1) if self.signed else (1,))]
        options = [round(self.neutral + end, 9) for end in ends]
        if len(set(options)) == 1:
            return Constant(number=options[0], unit=self.unit)
        return Choice(options=tuple(int(o) if o == int(o) else o for o in options), unit=self.unit)


Table = Mapping[str, Entry]


def _by(most: float) -> Strength:
    return lambda share: share * most


def _slant(most: float) -> Strength:
    """In degrees; the tables give tangents."""
    return lambda share: math.degrees(math.atan(share * most))


def _geometry(slant: float, way: float, turn: float, unit: str = "") -> Table:
    """``way`` is the largest shift, as a fraction or in px."""
    shift = Entry(Translate, "x", _by(way), True, moves=True, unit=unit)
    return {
        "shear_x": Entry(Shear, "x", _slant(slant), True, moves=True, fixed={"about": "corner"}),
        "shear_y": Entry(Shear, "y", _slant(slant), True, moves=True, fixed={"about": "corner"}),
        "translate_x": shift, "translate_y": shift._replace(field="y"),
        "rotate": Entry(Rotate, "degrees", _by(turn), True, moves=True),
    }  # fmt: skip


def _factors(strength: Strength, signed: bool = True, neutral: float = 1.0) -> Table:
    """Brightness, saturation, contrast and sharpness, whose factors are alike in all tables."""
    ops: dict[str, type[Op]] = {"brightness": Brightness, "saturation": Saturation, "contrast": Contrast, "sharpness": Sharpness}
    return {name: Entry(op, "factor", strength, signed, neutral) for name, op in ops.items()}


PLAIN: Table = {
    "identity": Entry(Identity), "auto_contrast": Entry(AutoContrast), "equalize": Entry(Equalize), "invert": Entry(Invert)
}  # fmt: skip

FULL = 255
"""The highest threshold, which inverts full scale alone; where timm's is 256, it inverts nothing."""
WIDE = 30
"""Steps of magnitude in torchvision's tables of RandAugment and TrivialAugment."""


def _only(table: Table, names: str) -> Table:
    return {name: table[name] for name in names.split()}


_SOLARIZE = Entry(Solarize, "threshold", lambda share: 1 - share)
_TORCHVISION: Table = {
    **PLAIN, **_geometry(0.3, 150 / 331, 30), **_factors(_by(0.9)), "solarize": _SOLARIZE,
    "posterize": Entry(Posterize, "bits", lambda share: 8 - round(share * 4)),
}  # fmt: skip
_FOURTEEN = (
    "identity shear_x shear_y translate_x translate_y rotate brightness saturation contrast posterize solarize sharpness "
    "auto_contrast equalize"
)
AUTO: Table = _TORCHVISION
"""What AutoAugment's sub-policies are made of."""
TORCHVISION = _only(_TORCHVISION, _FOURTEEN)
"""RandAugment's fourteen ops in torchvision."""
TRIVIAL = _only(
    {
        **_TORCHVISION, **_geometry(0.99, 32, 135, "px"), **_factors(_by(0.99)),
        "posterize": Entry(Posterize, "bits", lambda share: 8 - round(share * 6)),
    },
    _FOURTEEN,
)  # fmt: skip
"""TrivialAugment's wide space (Müller and Hutter 2021), as torchvision has it."""

MIXED = _only(
    {
        **_TORCHVISION, **_geometry(0.3, 1 / 3, 30),
        # 4 - .. reaches 0 bits at the largest magnitude, which is a black image: one bit is kept
        "posterize": Entry(Posterize, "bits", lambda share: max(1, 4 - round(share * 4))),
    },
    "shear_x shear_y translate_x translate_y rotate brightness saturation contrast posterize solarize sharpness auto_contrast "
    "equalize",
)  # fmt: skip
"""AugMix's ops, as torchvision has them with ``all_ops``."""
PURE = _only(MIXED, "shear_x shear_y translate_x translate_y rotate posterize solarize auto_contrast equalize")
"""Those of them that are no corruption of ImageNet-C."""

_FIFTEEN = (
    "rotate shear_x shear_y translate_x translate_y saturation contrast brightness posterize solarize solarize_add invert "
    "sharpness auto_contrast equalize"
)
_TIMM: Table = {
    **PLAIN, **_geometry(0.3, 0.45, 30),
    "solarize_add": Entry(SolarizeAdd, "add", lambda share: min(128, int(share * 110)) / 255),
}  # fmt: skip
TIMM = _only(
    {
        **_TIMM, **_factors(lambda share: max(-0.9, share * 0.9)),
        # 4 - int(..) reaches 0 bits at the largest magnitude, which is a black image: one bit is kept
        "posterize": Entry(Posterize, "bits", lambda share: max(1, 4 - int(share * 4))),
        "solarize": Entry(Solarize, "threshold", lambda share: min(FULL, 256 - int(share * 256)) / FULL),
    },
    _FIFTEEN,
)  # fmt: skip
"""timm's RandAugment whose severity grows with the magnitude (``inc1``)."""
_ORIGINAL: Table = {
    **_TIMM, **_factors(lambda share: share * 1.8 + 0.1, signed=False, neutral=0.0),
    "posterize": Entry(Posterize, "bits", lambda share: int(share * 4) + 4),
    "solarize": Entry(Solarize, "threshold", lambda share: min(FULL, int(share * 256)) / FULL),
}  # fmt: skip
_INCREASING: Table = {**_ORIGINAL, "posterize": TIMM["posterize"]}
TIMM_AUTO: Mapping[str, Mapping[str, Table]] = {
    "timm": {
        "imagenet": _ORIGINAL,
        # int(..) reaches 0 bits at the magnitude that the policy has, which is a black image: one bit is kept
        "v0": {**_ORIGINAL, "posterize": Entry(Posterize, "bits", lambda share: max(1, int(share * 4)))},
    },
    "timm_increasing": {"imagenet": _INCREASING, "v0": _INCREASING},
}
"""What timm makes of AutoAugment's sub-policies: factors grow with the magnitude, bits and thresholds with it; in those that it
calls originalr and v0r bits are the fewer."""
