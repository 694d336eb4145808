"""The one transform that a composition of ours holds, for whoever looks into ``.transforms``.

Libraries take compositions apart to learn whether boxes, masks and keypoints move (an `A.DualTransform` does that), and put the
parts together anew. So the part says what the spec does, and does it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import albumentations as A
from albumentations.core.type_definitions import Targets

from augment_albumentations.randomness import Source

if TYPE_CHECKING:
    from augment_albumentations.container import SpecCompose

BESIDE = frozenset({"mask", "boxes", "keypoints"})


class Whole(A.BasicTransform):
    """All ops of a spec as one transform of another composition: the same draws, written to dicts as the composition itself."""

    compose: SpecCompose

    def _hold(self, compose: SpecCompose) -> None:
        self.compose = inner = object.__new__(type(compose))
        inner.__dict__.update(compose.__dict__, main_compose=False, processors={}, transforms=[], _readings={}, _source=Source())
        inner._targets, inner._additional_targets = dict(compose._targets), dict(compose._additional_targets)
        self.p = compose.p

    def __call__(self, *args: Any, force_apply: bool = False, **data: Any) -> Any:
        for name in ("replay_mode", "applied_in_replay"):
            setattr(self.compose, name, getattr(self, name))
        self.compose.__dict__.pop("params", None)
        out = self.compose(*args, force_apply=force_apply, **data)
        self.params = self.compose.__dict__.get("params", {})
        return out

    def set_random_seed(self, seed: int | None) -> None:
        super().set_random_seed(seed)
        self.compose.set_random_seed(seed)

    def set_random_state(self, random_generator: Any, py_random: Any) -> None:
        super().set_random_state(random_generator, py_random)
        self.compose.set_random_state(random_generator, py_random)

    def set_processors(self, processors: Any) -> None:
        super().set_processors(processors)
        self.compose.processors = processors

    def set_deterministic(self, flag: bool, save_key: str = "replay") -> Any:
        self.compose.set_deterministic(flag, save_key)
        return super().set_deterministic(flag, save_key)

    def _set_keys(self) -> None:
        """Nothing: the keys are those of the composition."""

    @property
    def available_keys(self) -> set[str]:
        return self.compose.available_keys

    def add_targets(self, additional_targets: dict[str, str]) -> None:
        self.compose.add_targets(additional_targets)

    @property
    def mask_interpolation(self) -> int | None:
        return self.compose.mask_interpolation

    @mask_interpolation.setter
    def mask_interpolation(self, value: int | None) -> None:
        self.compose.set_mask_interpolation(value)

    def to_dict_private(self) -> dict[str, Any]:
        return self.compose.to_dict_private()

    def get_dict_with_id(self) -> dict[str, Any]:
        return self.compose.get_dict_with_id()

    def __repr__(self) -> str:
        return self.compose.indented_repr()


class SpecDual(Whole, A.DualTransform):
    """The ops move what stands beside the image, too."""

    _targets = (Targets.IMAGE, Targets.MASK, Targets.BBOXES, Targets.KEYPOINTS)

    def __init__(self, compose: SpecCompose):
        self._hold(compose)
        super().__init__(compose.p)


class SpecImageOnly(Whole, A.ImageOnlyTransform):
    """The ops change nothing but the image."""

    _targets = Targets.IMAGE

    def __init__(self, compose: SpecCompose):
        self._hold(compose)
        super().__init__(compose.p)


def whole(compose: SpecCompose) -> Whole:
    """Return the transform that a composition holds: an `A.DualTransform` where an op moves masks, boxes or keypoints."""
    moving = any(leaf.op.moves & BESIDE for leaf in compose.program.leaves)
    return SpecDual(compose) if moving else SpecImageOnly(compose)


__all__ = ["Whole", "whole"]
