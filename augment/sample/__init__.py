"""What a sample holds: targets, their kinds and policies, as a spec declares them.

A sample is a mapping from target names to arrays; `Items` makes one of an image alone, or of a pair. Images are (H, W) or
(H, W, C), masks (H, W) or (H, W, C) integers or floats, boxes (N, 4), keypoints (N, 2), labels per image or per box. Keys that no
target claims pass untouched.
"""

from __future__ import annotations

from augment.sample.claiming import ALIASES, claim, in_braces, misnamed, refuse_slips_of_carry, slipped
from augment.sample.items import Items, Samples
from augment.sample.options import RULES, Rule
from augment.sample.pictures import PICTURES, check_picture, lost_gradient, refuse_gradient, refuse_masked
from augment.sample.target import DEFAULT_TARGETS, FORMATS, LABELLED, MOVED, POLICIES, TEXTS, BoxFormat, Kind, Target

__all__ = [
    "ALIASES", "DEFAULT_TARGETS", "FORMATS", "LABELLED", "MOVED", "PICTURES", "POLICIES", "RULES", "TEXTS",
    "BoxFormat", "Items", "Kind", "Rule", "Samples", "Target",
    "check_picture", "claim", "in_braces", "lost_gradient", "misnamed", "refuse_gradient", "refuse_masked",
    "refuse_slips_of_carry", "slipped",
]  # fmt: skip
