"""Policies that were found by search or made to need none: N of a list of ops, at strengths that tables give."""

from augment.ops.auto.policies import AugMix, AutoAugment, RandAugment, ThreeAugment, TrivialAugmentWide

__all__ = ["AugMix", "AutoAugment", "RandAugment", "ThreeAugment", "TrivialAugmentWide"]
