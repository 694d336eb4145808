"""Which entries of a sample are targets: by their names alone, and refused where a name is nearly that of one."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping
from typing import Any

from augment.errors import SampleError
from augment.sample.items import not_a_sample
from augment.sample.target import DEFAULT_TARGETS, MOVED, Target

ALIASES = {  # what other libraries call the same thing
    "img": "image", "images": "image", "masks": "mask", "segmentation_mask": "mask", "segmentation_masks": "mask",
    "bbox": "boxes", "bboxes": "boxes", "bndbox": "boxes", "bounding_boxes": "boxes", "box": "boxes",
    "keypoint": "keypoints", "kps": "keypoints",
    "points": "keypoints", "landmark": "keypoints", "landmarks": "keypoints", "label": "labels", "class": "labels",
    "captions": "caption",
}  # fmt: skip


def in_braces(entries: Iterable[str]) -> str:
    """Return ``: t({'image': image})`` for the names of entries that were given as arguments, or an empty string."""
    told = ", ".join(f"{name!r}: {name}" for name in entries)
    return f": t({{{told}}})" if told else ""


def claim(sample: Mapping[str, Any], declared: Mapping[str, Target]) -> dict[str, Target]:
    """Return the target of each entry of a sample that is one.

    ``declared`` is the ``targets`` of the spec; where it is empty the plain names are the targets. The values of the entries
    count for nothing, but for which are None; `augment.sample.beside.Beside` looks at them.

    Raises:
        SampleError: an entry has nearly the name of a target that the sample lacks ('bboxes'), or of what a target carries, or is
            one that ``targets`` leaves out although its name says that it has to move.
    """
    if not isinstance(sample, Mapping):
        raise not_a_sample(sample)
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
    from difflib import get_close_matches

    near = get_close_matches(name, [str(n) for n in names], n=1, cutoff=0.8)
    return near[0] if near and near[0] not in name.split("_") and name not in near[0].split("_") else ""


__all__ = ["ALIASES", "claim", "in_braces", "misnamed", "refuse_slips_of_carry", "slipped"]
