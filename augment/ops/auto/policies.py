"""RandAugment, TrivialAugment, AutoAugment and AugMix: trees of ops, drawn for each sample."""

from collections.abc import Sequence as Row
from typing import Any, ClassVar, Literal

from pydantic import Field, field_validator

from augment.ops.auto.subpolicies import SUBPOLICIES
from augment.ops.auto.tables import AUTO, MIXED, PURE, TIMM, TIMM_AUTO, TORCHVISION, TRIVIAL, WIDE, Table
from augment.ops.kinds import Border, Colour, Expansion, Interpolation, Policy
from augment.spec.node import Blend, Node, OneOf, Op, Sequence, SomeOf
from augment.values import Beta

STEPS = 33
"""In so many equally likely steps a magnitude is drawn that varies."""


class _Searched(Policy):
    """Ops from a table."""

    border: Border = Field(default="constant", description="what lies outside the image")
    fill: Colour = Field(default=(0.0,), description="colour of the constant border")
    interpolation: Interpolation = Field(
        default="bilinear", description="of images that are moved; torchvision's own default is nearest"
    )

    def _node(self, table: Table, name: str, shares: Row[float], **more: Any) -> Op:
        around = {"border": self.border, "fill": self.fill, "interpolation": self.interpolation}
        return table[name].node(shares, {"on": self.on, **more}, around)


class RandAugment(_Searched):
    """Apply ``n`` ops of a list, each drawn anew for each sample, all at one magnitude (Cubuk et al. 2020).

    ``table: torchvision`` has the fourteen ops of torchvision's `RandAugment`, with magnitudes from 0 to 30; ``timm`` the fifteen
    of timm's ``rand-m9-mstd0.5-inc1``, with magnitudes from 0 to 10, each done with probability a half. Where a strength has a
    sign, either is as likely. Shears keep the top left corner, as there. Shifts are not rounded to whole pixels (torchvision cuts
    the fraction off), and posterize keeps one bit at least (timm's largest magnitude keeps none).

    Keras' `RandAugment` draws its ops once for a batch, from eleven, and their strengths for each image.
    """

    n: int = Field(default=2, ge=0, le=16, description="how many, with replacement")
    magnitude: float = Field(default=9, ge=0, le=WIDE, description="of all of them: 0 to 30 (torchvision) or 0 to 10 (timm)")
    spread: float = Field(
        default=0, ge=0, le=WIDE, description="standard deviation of the magnitude, drawn for each op (timm's mstd)"
    )
    table: Literal["torchvision", "timm"] = Field(default="torchvision", description="which ops, and how strong they are")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"n": 3, "table": "timm", "magnitude": 7, "spread": 0.5})

    @field_validator("table")
    @classmethod
    def _within(cls, table: str, info: Any) -> str:
        most, magnitude = _MOST[table], info.data.get("magnitude", 0)
        if magnitude > most:
            raise ValueError(f"of {table} has magnitudes from 0 to {most}, not {magnitude:g}")
        return table

    def expand(self):
        table, most = _TABLES[self.table], _MOST[self.table]
        shares = _around(self.magnitude, self.spread, most)
        half: dict[str, Any] = {"p": 0.5} if self.table == "timm" else {}
        nodes = tuple(self._node(table, name, shares, **half) for name in table)
        return (Expansion("ops", SomeOf(nodes, n=self.n, replacement=True)),)


_TABLES: dict[str, Table] = {"torchvision": TORCHVISION, "timm": TIMM}
_MOST = {"torchvision": WIDE, "timm": 10}


def _around(magnitude: float, spread: float, most: float) -> list[float]:
    """A magnitude as a share of the most, or such shares, each as likely as the next, of one that varies by a normal number."""
    if not spread:
        return [magnitude / most]
    from statistics import NormalDist

    drawn = NormalDist(magnitude, spread)
    return [min(max(drawn.inv_cdf((i + 0.5) / STEPS), 0), most) / most for i in range(STEPS)]


class TrivialAugmentWide(_Searched):
    """Apply one of fourteen ops at one of 31 magnitudes, each equally likely (Müller and Hutter 2021).

    The wide space of torchvision's `TrivialAugmentWide`; what differs is said of `rand_augment`.
    """

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"border": "reflect101"})

    def expand(self):
        shares = [i / WIDE for i in range(WIDE + 1)]
        return (Expansion("op", OneOf(tuple(self._node(TRIVIAL, name, shares) for name in TRIVIAL))),)


class AutoAugment(_Searched):
    """Apply one of 25 pairs of ops, each with probability and magnitude of its own, found by search (Cubuk et al. 2019).

    The pairs are those of torchvision's `AutoAugment`, and with ``table: timm`` those of timm's ``original`` (``imagenet``) and
    ``v0`` (the policy of EfficientNet's code), with its strengths: factors of colours from 0.1 to 1.9 that grow with the
    magnitude, and a posterize and a solarize that grow weaker with it. ``table: timm_increasing`` has timm's ``originalr`` and
    ``v0r``, whose posterize grows stronger. Where timm keeps no bit (a black image) one is kept. What else differs is said of
    `rand_augment`.
    """

    policy: Literal["imagenet", "cifar10", "svhn", "v0"] = Field(
        default="imagenet", kw_only=False, description="the data set that the pairs were found on, or v0, which timm has"
    )
    spread: float = Field(
        default=0, ge=0, le=10, description="standard deviation of the magnitude, drawn for each op (timm's mstd)"
    )
    table: Literal["torchvision", "timm", "timm_increasing"] = Field(default="torchvision", description="how strong the ops are")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"policy": "cifar10"}, {"policy": "svhn"})

    @field_validator("table")
    @classmethod
    def _has_the_policy(cls, table: str, info: Any) -> str:
        policy = info.data.get("policy", "imagenet")
        if (table, policy) not in _PAIRED:
            has = ", ".join(policy for own, policy in _PAIRED if own == table)
            instead = next(own for own, one in _PAIRED if one == policy)
            raise ValueError(f"{table} has {has}; for {policy} write table: {instead}")
        return table

    def expand(self):
        table, most = _PAIRED[self.table, self.policy]

        def pair(parts: Any) -> Node:
            ops = [self._node(table, name, _around(level, self.spread, most), p=chance / 10) for name, chance, level in parts]
            return Sequence(tuple(ops))

        return (Expansion("pair", OneOf(tuple(pair(parts) for parts in SUBPOLICIES[self.policy]))),)


_PAIRED: dict[tuple[str, str], tuple[Table, float]] = {
    **{("torchvision", policy): (AUTO, 9) for policy in ("imagenet", "cifar10", "svhn")},
    **{(name, policy): (table, 10) for name, tables in TIMM_AUTO.items() for policy, table in tables.items()},
}
"""Strengths of a library and pairs -> the strengths, and the largest magnitude."""


class AugMix(_Searched):
    """Blend the image with versions of it, each made by a chain of ops (Hendrycks et al. 2020).

    Each of ``width`` chains has one to ``depth`` ops, at one of the ``severity`` least of ten magnitudes; the weights of the
    chains are drawn from Dirichlet(alpha), the share of all of them from Beta(alpha, alpha). Ops and strengths are those of
    torchvision's `AugMix`; what differs is said of `rand_augment`. Keras' `AugMix` draws its chains once for a batch.
    """

    severity: int = Field(default=3, ge=1, le=10, description="how many of ten magnitudes may be drawn, from the least on")
    width: int = Field(default=3, ge=1, le=8, description="how many chains")
    depth: int = Field(default=3, ge=1, le=8, description="of how many ops a chain is, at most")
    alpha: float = Field(default=1.0, gt=0, le=1000, description="of the distributions of weights")
    all_ops: bool = Field(
        default=True, description="also brightness, saturation, contrast and sharpness, which ImageNet-C has as corruptions"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({}, {"width": 2, "depth": 1, "severity": 8, "all_ops": False})

    def expand(self):
        table, shares = MIXED if self.all_ops else PURE, [i / 9 for i in range(self.severity)]
        nodes = tuple(self._node(table, name, shares) for name in table)
        chain = SomeOf(nodes, n=[1, self.depth] if self.depth > 1 else 1, replacement=True)
        share = Beta(a=self.alpha, b=self.alpha)
        return (Expansion("chains", Blend((chain,) * self.width, alpha=self.alpha, share=share)),)
