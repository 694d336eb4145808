"""Words that other libraries take as values, for formats, borders and interpolations, and what they are here."""

from __future__ import annotations

from augment.sample import ALIASES

# Values of other libraries -> ours, where a field takes words.
VALUES: dict[str, tuple[str, ...]] = {
    # formats of boxes
    "coco": ("xywh",),
    "pascal_voc": ("xyxy",),
    "voc": ("xyxy",),
    "corners": ("xyxy",),
    "center_xywh": ("cxcywh",),
    # borders and interpolations
    "zeros": ("constant",),
    "border": ("replicate",),
    "edge": ("replicate",),
    "nearest": ("replicate",),
    "symmetric": ("reflect",),
    "mirror": ("reflect101",),
    "reflect_101": ("reflect101",),
    "reflection": ("reflect101",),
    "linear": ("bilinear",),
    "cubic": ("bicubic",),
    # kinds of targets
    **{alias: (kind,) for alias, kind in ALIASES.items()},
}
NORMALISED = frozenset({"albumentations", "rel_xyxy", "xyxyn"})
"""Formats of boxes that are corners as fractions, which is none of ours."""


__all__ = ["NORMALISED", "VALUES"]
