"""What a sample holds: targets, their kinds and policies, as a spec declares them.

A sample is a mapping from target names to arrays. Images are (H, W) or (H, W, C), masks (H, W) or (H, W, C) integers or
floats, boxes (N, 4), keypoints (N, 2), labels per image or per box. Keys that no target claims pass untouched.
"""

from __future__ import annotations

import difflib
from collections.abc import Container, Iterable, Mapping
from typing import Annotated, Any, Literal, get_args

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, PlainSerializer, model_validator

from augment.errors import SampleError, suggest
from augment.sides import PRESETS, FlipPairs, read_flip_pairs, write_flip_pairs
from augment.tags import check_names
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
Rule = Literal["sides", "heights", "axes", "rotation", "compass", "clock", "writing", "colours", "crops"]
RULES: tuple[Rule, ...] = get_args(Rule)
"""What keeps a caption true to its image: left and right; above and below; clockwise; east and west; o'clock; writing that a
mirror makes illegible; words of colour; the phrases of boxes that a crop removes."""

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
PICTURES: dict[str, tuple[str, ...]] = {"image": ("L", "RGB", "RGBA", "I;16"), "mask": ("L", "P", "I", "I;16")}
"""kind -> the modes of PIL whose numbers are what the kind holds."""


def check_picture(name: str, picture: Any, kind: str) -> None:
    """Raise `SampleError` on a PIL image whose numbers are no levels, or no labels, with a way that loses none of them."""
    mode = picture.mode
    if mode in PICTURES[kind]:
        return
    deep = mode in ("I", "F") or mode.startswith("I;16")
    if kind == "mask":
        fix = "give np.asarray(picture)"
        if not deep and mode != "1":
            layers = f"{fix} if its channels are layers, else labels made of its colours"
            fix = f"give picture.getchannel({mode[0]!r})" if mode in ("LA", "PA") else layers
    elif deep:
        fix = "give np.asarray(picture) and begin with to_float: {max: ...}, as a conversion would clip what is above 255"
    elif mode == "LAB":
        fix = "convert it by its profile (PIL.ImageCms)"
    else:
        to = {"1": "L", "LA": "RGBA", "La": "LA", "PA": "RGBA", "RGBa": "RGBA"}.get(mode, "RGB")
        fix = f"give picture.convert({to!r})"
    raise SampleError(f"{name}: a PIL image of mode {mode} is no {kind} (only {', '.join(PICTURES[kind])}); {fix}")


def refuse_gradient(name: str, raw: Any) -> None:
    """Raise `SampleError` on a tensor that requires a gradient, which an array would lose."""
    if getattr(raw, "requires_grad", False):
        raise lost_gradient(name)


def lost_gradient(name: str) -> SampleError:
    """Return the error of a tensor that requires a gradient where it would become an array."""
    fix = f"give {name}.detach(); the backend torchvision keeps gradients of images and masks"
    return SampleError(f"{name}: requires a gradient, which would be lost here: {fix}")


def _read_rules(raw: Any) -> Any:
    if raw == "none":
        return ()
    if isinstance(raw, Mapping):
        if wrong := [name for name, on in raw.items() if not isinstance(on, bool)]:
            raise ValueError(f"switches rules on and off: {{{wrong[0]}: false}}, not {{{wrong[0]}: {raw[wrong[0]]}}}")
        names = [*(rule for rule in RULES if raw.get(rule, True)), *(name for name in raw if name not in RULES)]
    else:
        names = list(raw) if isinstance(raw, list | tuple) else [raw]
    for name in names:
        if name not in RULES:
            raise ValueError(f"has no {name!r}{suggest(str(name), RULES)}; there are {', '.join(RULES)}, and none")
    return tuple(rule for rule in RULES if rule in names)


Rules = Annotated[
    Short[tuple[Rule, ...]],
    BeforeValidator(_read_rules, json_schema_input_type=Literal["none"] | Rule | list[Rule] | dict[Rule, bool]),
]
"""Those that are on: a list of them, 'none', or a switch for some: ``{compass: false}``."""


_ROLES = ("system", "developer", "user", "assistant", "tool", "function", "model", "human", "gpt")


def _read_roles(raw: Any) -> Any:
    roles = (raw,) if isinstance(raw, str) else raw
    for role in roles if isinstance(roles, list | tuple) else ():
        # any name may be one, but a slip would leave all messages as they are
        near = difflib.get_close_matches(role, _ROLES, n=1, cutoff=0.75) if isinstance(role, str) else ()
        if near and role not in _ROLES:
            raise ValueError(f"{role!r} is no usual role; did you mean {near[0]!r}?")
    return roles


Roles = Annotated[tuple[str, ...], BeforeValidator(_read_roles, json_schema_input_type=str | list[str])]
"""Of a chat: a role, or several."""


def _read_tags(raw: Any) -> Any:
    given = raw if isinstance(raw, Mapping) else dict(raw) if isinstance(raw, tuple) else None
    if given is None or not all(isinstance(names, list | tuple) for names in given.values()):
        raise ValueError("maps what is carried to the labels of words that its numbers stand for: {ner_tags: [O, B-PER, I-PER]}")
    for names in given.values():
        check_names([str(name) for name in names])
    return tuple((carried, tuple(names)) for carried, names in given.items())


Tags = Annotated[
    tuple[tuple[str, tuple[str, ...]], ...],
    BeforeValidator(_read_tags, json_schema_input_type=dict[str, list[str]]),
    PlainSerializer(dict, return_type=dict[str, tuple[str, ...]]),
]
"""Labels of words by their numbers, of what is carried."""


Flips = Annotated[
    FlipPairs,
    BeforeValidator(read_flip_pairs, json_schema_input_type=Literal[*PRESETS] | list[list[int]] | dict[str, Any]),
    PlainSerializer(write_flip_pairs),
]
"""Which rows of keypoints change places in a mirror."""


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

    def carrying(self, carry: tuple[str, ...]) -> Target:
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
    def _defaults_of_the_kind(self) -> Target:
        # not among the fields that were set: they are not written either
        if self.kind in LABELLED and "carry" not in self.model_fields_set:
            object.__setattr__(self, "carry", ("labels",))
        if self.kind == "oriented_boxes" and "format" not in self.model_fields_set:
            object.__setattr__(self, "format", "corners")
        if self.kind == "spans" and "of" not in self.model_fields_set:
            object.__setattr__(self, "of", "text")
        return self

    @model_validator(mode="after")
    def _tags_are_carried(self) -> Target:
        if missing := [name for name, _ in self.tags if name not in self.carry]:
            raise ValueError(f"tags names {missing[0]!r}, which is not carried: carry: [{', '.join([*self.carry, missing[0]])}]")
        return self

    @model_validator(mode="after")
    def _options_fit_the_kind(self) -> Target:
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
ALIASES = {  # what other libraries call the same thing
    "img": "image", "images": "image", "masks": "mask", "segmentation_mask": "mask", "segmentation_masks": "mask",
    "bbox": "boxes", "bboxes": "boxes", "bndbox": "boxes", "bounding_boxes": "boxes", "box": "boxes",
    "keypoint": "keypoints", "kps": "keypoints",
    "points": "keypoints", "landmark": "keypoints", "landmarks": "keypoints", "label": "labels", "class": "labels",
    "captions": "caption",
}  # fmt: skip


TEXTS = frozenset({"text", "caption", "spans"})
"""The kinds that text ops move."""
MOVED = frozenset({"image", "frames", "mask", "instances", "boxes", "oriented_boxes", "polygons", "keypoints"})
"""The kinds that ops on images move."""


def in_braces(entries: Iterable[str]) -> str:
    """Return ``: t({'image': image})`` for the names of entries that were given as arguments, or an empty string."""
    told = ", ".join(f"{name!r}: {name}" for name in entries)
    return f": t({{{told}}})" if told else ""


def claim(sample: Mapping[str, Any], declared: Mapping[str, Target]) -> dict[str, Target]:
    """Return the target of each entry of a sample that is one.

    ``declared`` is the ``targets`` of the spec; where it is empty the plain names are the targets. The values of the entries
    count for nothing, but for which are None; `augment.beside.Beside` looks at them.

    Raises:
        SampleError: an entry has nearly the name of a target that the sample lacks ('bboxes'), or of what a target carries, or is
            one that ``targets`` leaves out although its name says that it has to move.
    """
    if not isinstance(sample, Mapping):
        pair = isinstance(sample, tuple | list)
        name = "text" if isinstance(sample, str) else "image"
        fix = "{'image': item[0], 'labels': item[1]}" if pair else f"{{{name!r}: item}}"
        raise SampleError(f"a sample is a mapping of entries by name, not {type(sample).__name__}: make one of each item, {fix}")
    targets = dict(declared) or DEFAULT_TARGETS
    for name in targets:
        if declared and name not in sample and targets[name].kind == "image":
            raise SampleError(f"the sample has no {name!r}, which targets declares (it has: {', '.join(sample)})")
    carried = {name for target in targets.values() for name in target.carry}
    unknown = [key for key in sample if key not in targets and sample[key] is not None]
    pictured = unknown and any(targets[key].kind == "image" if key in targets else ALIASES.get(key) == "image" for key in sample)
    for key in unknown:
        if not pictured and ALIASES.get(key, key) == "labels":  # the class of a text, which no op touches
            continue
        if key not in carried and (mistake := misnamed(key, declared) or slipped(key, declared, sample)):
            raise SampleError(mistake)
    claimed = {name: target for name, target in targets.items() if name in sample}
    for name, target in claimed.items():
        refuse_slips_of_carry(name, target, sample, [key for key in unknown if key not in carried])
    return _of_one_row(claimed)


def _of_one_row(targets: dict[str, Target]) -> dict[str, Target]:
    """The targets; boxes also carry the outlines and the masks of the same objects, where nothing else is said of either."""
    silent = {name: target for name, target in targets.items() if "carry" not in target.model_fields_set}
    boxes = [name for name, target in silent.items() if target.kind in ("boxes", "oriented_boxes")]
    same = tuple(name for name, target in silent.items() if target.kind in ("polygons", "instances"))
    if same and len(boxes) == 1:
        return {**targets, boxes[0]: targets[boxes[0]].carrying((*targets[boxes[0]].carry, *same))}
    return targets


def misnamed(key: Any, declared: Mapping[str, Target]) -> str:
    """Return what is wrong with the name of an entry that no target claims: it means one; '' if it means none."""
    targets = declared or DEFAULT_TARGETS
    meant = ALIASES.get(key, key if key in DEFAULT_TARGETS else None)
    if not meant or not (meant in targets or not declared or DEFAULT_TARGETS[meant].kind in MOVED):
        return ""
    if key == meant:
        return f"targets does not declare {key!r}, so nothing would move it: add {{{key}: {meant}}}, or rename it"
    nested = "; the objects of a Hugging Face data set are read by augment.data.samples_of(dataset)" if key == "bbox" else ""
    return f"unknown sample key {key!r}; did you mean {meant!r}? (or declare it: targets: {{{key}: {meant}}}){nested}"


def slipped(key: Any, declared: Mapping[str, Target], present: Container[str]) -> str:
    """Return what is wrong with a name near that of a target that is not ``present``, such as 'imgae'; '' if nothing is."""
    near = _near(str(key), [name for name in declared or DEFAULT_TARGETS if name not in present])
    if not near:
        return ""
    if declared:
        return f"the sample has no {near!r}, which targets declares; is it {key!r}? Give both one name, or declare {key!r}, too"
    return f"unknown sample key {key!r}; did you mean {near!r}? (or declare it under targets)"


def refuse_slips_of_carry(name: str, target: Target, present: Container[str], unclaimed: Iterable[str]) -> None:
    """Raise `SampleError` where a target would carry an entry that the sample does not have, but has under nearly that name."""
    for carry in target.carry if "carry" in target.model_fields_set else ():
        if carry not in present and (near := _near(carry, unclaimed)):
            raise SampleError(f"{name} carries {carry!r}, which the sample does not have; did you mean {near!r}?")


def _near(name: str, names: Iterable[str]) -> str:
    """The name that another is a slip of; one with a further word ('image_id' of 'image') is no slip."""
    near = difflib.get_close_matches(name, [str(n) for n in names], n=1, cutoff=0.8)
    return near[0] if near and near[0] not in name.split("_") and name not in near[0].split("_") else ""
