"""Policies that were found by search or made to need none: N of a list of ops, at strengths that tables give; and presets."""

from augment.ops.auto.policies import AugMix, AutoAugment, RandAugment, ThreeAugment, TrivialAugmentWide
from augment.ops.auto.presets import Preset

__all__ = ["AugMix", "AutoAugment", "Preset", "RandAugment", "ThreeAugment", "TrivialAugmentWide"]
