"""Targets as a spec declares them: their kinds, and the policy of each."""

from typing import Annotated, Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from augment.sample.options import RULES, Flips, Roles, Rules, Tags
from augment.sample.sides import FlipPairs
from augment.values import MOST_AREA, Constant, Quantity, Short, Value

Kind = Literal[
    "image", "frames", "mask", "instances", "boxes", "oriented_boxes", "polygons", "keypoints", "labels",
    "text", "caption", "spans",
]  # fmt: skip
BoxFormat = Literal["xyxy", "xywh", "cxcywh", "yolo", "corners", "cxcywha"]
FORMATS: dict[str, tuple[BoxFormat, ...]] = {
    "boxes": ("xyxy", "xywh", "cxcywh", "yolo"), "oriented_boxes": ("corners", "cxcywha"),
}  # fmt: skip
"""kind -> the formats of its rows, the default first."""

POLICIES: dict[str, frozenset[str]] = {  # kind -> the options that mean something for it
    "mask": frozenset({"fill"}),
    "instances": frozenset({"min_area", "carry"}),
    "boxes": frozenset({"format", "min_area", "min_visibility", "carry"}),
    "oriented_boxes": frozenset({"format", "min_area", "min_visibility", "carry"}),
    "polygons": frozenset({"min_area", "min_visibility", "carry"}),
    "keypoints": frozenset({"carry", "invisible", "flip_pairs"}),
    "labels": frozenset({"classes"}),
    "text": frozenset({"roles"}),
    "caption": frozenset({"language", "on_ambiguous", "rules"}),
    "spans": frozenset({"of", "carry", "tags"}),
}
LABELLED = frozenset({"boxes", "oriented_boxes", "polygons", "instances"})
"""The kinds whose rows carry the labels of a sample, where nothing is said."""
TEXTS = frozenset({"text", "caption", "spans"})
"""The kinds that text ops move."""
MOVED = frozenset({"image", "frames", "mask", "instances", "boxes", "oriented_boxes", "polygons", "keypoints"})
"""The kinds that ops on images move."""


class Target(BaseModel):
    """One entry of ``targets``: the kind of a sample's entry, and what happens to what leaves the image."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    kind: Kind = Field(description="what the entry is; it decides which ops move it, and how")
    fill: int = Field(default=0, description="mask: the label of what comes from outside the image")
    format: BoxFormat = Field(
        default="xyxy",
        description="boxes: xyxy, xywh (COCO), cxcywh in pixels, or yolo (cxcywh as fractions); oriented_boxes: corners, or "
        "cxcywha (centre, size, and angle in degrees counter-clockwise)",
    )
    min_area: Annotated[Short[Value], Quantity("px²", ge=0, le=1, pixels=True, most_pixels=MOST_AREA)] = Field(
        default=Constant(number=0),
        description="boxes, polygons, instances: drop those with less area, as '16px' or as a fraction of the image's area",
    )
    min_visibility: float = Field(
        default=0, ge=0, le=1, description="boxes, polygons: drop those of which less than this share is left"
    )
    carry: tuple[str, ...] = Field(
        default=(), description="boxes, polygons, instances, keypoints, spans: entries with one row for each, dropped with it"
    )
    invisible: Literal["drop", "keep"] = Field(
        default="drop", description="keypoints: what becomes of those that leave the image"
    )
    flip_pairs: Flips = Field(
        default=FlipPairs(),
        description="keypoints: the rows that change places in a mirror, counted from 0: [[1, 2], [3, 4]], or coco and others",
    )
    classes: int | None = Field(
        default=None, gt=1, le=2**24, description="labels: how many classes; whole numbers become one-hot rows for mix ops"
    )
    of: str | None = Field(default=None, description="spans: the text that they index")
    tags: Tags = Field(
        default=(),
        description="spans: what numbers that are carried mean as labels of words, in order: {ner_tags: [O, B-PER, I-PER]}",
    )
    roles: Roles = Field(default=(), description="text: of a chat, whose messages are edited; without it everybody's")
    language: str = Field(
        default="en", pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$", description="caption: the language of its words, as a code"
    )
    on_ambiguous: Literal["skip_op", "leave", "rewrite"] = Field(
        default="skip_op",
        description="caption: where it is unclear if it stays true, the op is skipped for that sample, or it is left, or changed",
    )
    rules: Rules = Field(default=RULES, description="caption: what keeps it true to its image; a list, none, or {compass: false}")

    def carrying(self, carry: tuple[str, ...]) -> Self:
        """Return a copy that carries other entries; whether the spec says what it carries stays known."""
        copy = self.model_copy(update={"carry": carry})
        if "carry" not in self.model_fields_set:
            copy.model_fields_set.discard("carry")
        return copy

    @model_validator(mode="before")
    @classmethod
    def _short_form(cls, raw: Any) -> Any:
        return {"kind": raw} if isinstance(raw, str) else raw

    @model_validator(mode="after")
    def _defaults_of_the_kind(self) -> Self:
        # not among the fields that were set: they are not written either
        if self.kind in LABELLED and "carry" not in self.model_fields_set:
            object.__setattr__(self, "carry", ("labels",))
        if self.kind == "oriented_boxes" and "format" not in self.model_fields_set:
            object.__setattr__(self, "format", "corners")
        if self.kind == "spans" and "of" not in self.model_fields_set:
            object.__setattr__(self, "of", "text")
        return self

    @model_validator(mode="after")
    def _tags_are_carried(self) -> Self:
        if missing := [name for name, _ in self.tags if name not in self.carry]:
            raise ValueError(f"tags names {missing[0]!r}, which is not carried: carry: [{', '.join([*self.carry, missing[0]])}]")
        return self

    @model_validator(mode="after")
    def _options_fit_the_kind(self) -> Self:
        for name in self.model_fields_set - {"kind"} - POLICIES.get(self.kind, frozenset()):
            raise ValueError(f"{name!r} means nothing for {self.kind}")
        if self.format not in (formats := FORMATS.get(self.kind, (self.format,))):
            raise ValueError(f"the format of {self.kind} is one of {', '.join(formats)}, not {self.format!r}")
        return self


DEFAULT_TARGETS: dict[str, Target] = {
    "image": Target(kind="image"),
    "mask": Target(kind="mask"),
    "boxes": Target(kind="boxes"),
    "keypoints": Target(kind="keypoints"),
    "labels": Target(kind="labels"),
    "text": Target(kind="text"),
    "caption": Target(kind="caption"),
    "spans": Target(kind="spans"),
}

__all__ = ["DEFAULT_TARGETS", "FORMATS", "LABELLED", "MOVED", "POLICIES", "TEXTS", "BoxFormat", "Kind", "Target"]
