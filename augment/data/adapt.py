"""Samples out of what Python programs have: lists, torch data sets, those of Hugging Face. No framework is imported."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any, overload

import numpy as np

from augment.data.images import image_array
from augment.data.source import Source
from augment.data.voc import EDGES, corners
from augment.engine.boxes import from_xyxy, to_xyxy
from augment.errors import SampleError
from augment.sample import ALIASES, DEFAULT_TARGETS, Target

Sample = dict[str, Any]
OBJECTS = ("objects", "annotations")
CATEGORIES = ("category", "categories", "category_id", "label", "labels", "id")
KEPT = 16
"""How many samples are kept once they are read: whoever looks at a data set asks for the same ones again."""
MASKS = ("annotation", "label", "segmentation", "seg_map")


def samples_of(dataset: Any, targets: Mapping[str, Target] = DEFAULT_TARGETS) -> Sequence[Mapping[str, Any]]:
    """Return a data set as a sequence of samples, each read when it is asked for.

    Args:
        dataset: one sample or image; or anything with a length and an index: a list, a torch ``Dataset``, a Hugging Face
            ``Dataset``. Its elements are images (arrays (H, W, C), tensors (C, H, W), PIL images), tuples of an image and what
            belongs to it (a number: the label; text: a caption; an image: a mask; a mapping; the objects of torchvision's COCO
            and VOC data sets; the detections of supervision, also behind a path), or mappings. In data sets and pairs, other
            libraries' names, such as 'img' and 'bboxes', become ours, and 'objects' with 'bbox' are boxes as COCO has them; a
            list of mappings is taken as it is.
        targets: those of the spec; without it, the plain names.

    Raises:
        SampleError: it is none of that; an element that cannot be understood raises when it is read.
    """
    targets = dict(targets) or DEFAULT_TARGETS
    if isinstance(dataset, Mapping) and any(hasattr(split, "column_names") for split in dataset.values()):
        raise SampleError(f"is several data sets; choose one: dataset[{next(iter(dataset))!r}]")
    if isinstance(dataset, Mapping) or _is_image(dataset):
        dataset = [dataset]
    if not hasattr(dataset, "__len__") or not hasattr(dataset, "__getitem__"):
        fix = "give a list of some: list(itertools.islice(dataset, 8))"
        raise SampleError(f"{type(dataset).__name__} has no length or no index, so its samples have no keys; {fix}")
    return Adapted(dataset, targets)


class Adapted(Sequence[Sample]):
    """The elements of a data set as samples of the targets that a spec declares."""

    def __init__(self, dataset: Any, targets: Mapping[str, Target]):
        self.dataset, self.targets = dataset, targets
        self.image = self._name("image") or "image"
        self.own = isinstance(dataset, list | tuple | Source)
        """Whether its mappings are samples already."""
        self._read = lru_cache(maxsize=KEPT)(self._element)

    def __len__(self) -> int:
        return len(self.dataset)

    @overload
    def __getitem__(self, at: int) -> Sample: ...
    @overload
    def __getitem__(self, at: slice) -> list[Sample]: ...

    def __getitem__(self, at: int | slice) -> Sample | list[Sample]:
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        at += len(self) if at < 0 else 0
        if not 0 <= at < len(self):
            raise IndexError(at)
        return dict(self._read(at))

    def _element(self, at: int) -> Sample:
        if isinstance(self.dataset, Source):  # whose errors name the file
            return self.dataset[at]
        try:
            return self._sample(self.dataset[at])
        except SampleError as error:
            raise SampleError(f"element {at}: {error}") from None

    def _sample(self, element: Any) -> Sample:
        if isinstance(element, Mapping):
            return dict(element) if self.own else self._mapping(element)
        if isinstance(element, tuple) and len(element) == 3 and isinstance(element[0], str) and hasattr(element[2], "xyxy"):
            return {"path": element[0], **self._sample(element[1:])}
        if isinstance(element, tuple) and len(element) == 2 and _is_image(element[0]):
            image = _pixels(element[0])
            return {self.image: image} | self._beside(element[1], image)
        if _is_image(element):
            return {self.image: _pixels(element)}
        raise SampleError(f"must be an image, a pair of image and target, or a mapping, not {type(element).__name__}")

    def _mapping(self, element: Mapping[str, Any]) -> Sample:
        renamed = {self._renamed(name, value, element): value for name, value in element.items() if value is not None}
        image = renamed.get(self.image)
        sample: Sample = {} if image is None else {self.image: _pixels(image)}
        size = sample[self.image].shape[:2] if sample else None
        for name, value in renamed.items():
            if name in OBJECTS and isinstance(value, Mapping) and "bbox" in value and size:
                sample |= self._objects(value, size)
            elif name != self.image:
                sample[name] = self._entry(name, value, size)
        return sample

    def _renamed(self, name: str, value: Any, element: Mapping[str, Any]) -> str:
        """Our name of an entry, if that is free."""
        if name in self.targets:
            return name
        kind = "mask" if name in MASKS and hasattr(value, "convert") else ALIASES.get(name)
        ours = self._name(kind) if kind else None
        return ours if ours and ours not in element else name

    def _name(self, kind: str) -> str | None:
        """The one target of a kind, or that of the plain name."""
        names = [name for name, target in self.targets.items() if target.kind == kind]
        return kind if kind in names else names[0] if len(names) == 1 else None

    def _entry(self, name: str, value: Any, size: Any) -> Any:
        target = self.targets.get(name)
        match target.kind if target else "":
            case "image":
                return _pixels(value)
            case "mask":
                return _mask(value, size)
            case "boxes" if getattr(value, "canvas_size", None) is not None:
                form = str(getattr(value.format, "value", value.format)).lower()
                if form not in ("xyxy", "xywh", "cxcywh"):
                    raise SampleError(f"{name}: boxes of the format {form} are not read")
                return from_xyxy(to_xyxy(_array(value), form, size), target.format, size)  # type: ignore[union-attr]
        value = _array(value)
        return value.item() if isinstance(value, np.ndarray | np.generic) and value.ndim == 0 else value

    def _beside(self, target: Any, image: np.ndarray) -> Sample:
        """What stands beside the image in a pair."""
        size = image.shape[:2]
        if hasattr(target, "xyxy"):
            return self._detections(target, size)
        if isinstance(target, Mapping):
            if isinstance(target.get("annotation"), Mapping):
                return self._voc(target["annotation"].get("object", []), size)
            return {name: value for name, value in self._mapping({self.image: image, **target}).items() if name != self.image}
        if isinstance(target, list) and all(isinstance(row, Mapping) and "bbox" in row for row in target):
            return self._boxes([row["bbox"] for row in target], [row.get("category_id", 0) for row in target], size, "xywh")
        if isinstance(target, str) or (isinstance(target, list) and all(isinstance(text, str) for text in target)):
            return {self._name("caption") or "caption": target}
        if hasattr(target, "convert") or (_is_image(target) and _mask(target, size).shape[:2] == size):
            return {self._name("mask") or "mask": _mask(target, size)}
        value = _array(target)
        if np.ndim(value) <= 1 and np.asarray(value).dtype.kind in "biuf":
            return {self._name("labels") or "labels": value.item() if np.ndim(value) == 0 and hasattr(value, "item") else value}
        raise SampleError(f"what stands beside its image is a {type(target).__name__}, which is not understood; give a mapping")

    def _voc(self, objects: Any, size: Any) -> Sample:
        objects = objects if isinstance(objects, list) else [objects]
        try:
            edges = [corners(*(float(o["bndbox"][edge]) for edge in EDGES)) for o in objects]
            names = [o["name"] for o in objects]
        except (KeyError, TypeError, ValueError) as error:
            raise SampleError(f"an object of its annotation has no name or no box ({error})") from None
        return self._boxes(edges, names, size, "xyxy")

    def _detections(self, found: Any, size: Any) -> Sample:
        """What supervision finds in an image: boxes, of which each may have a class and more."""
        if getattr(found, "mask", None) is not None:
            fix = "set detections.mask = None, or give (image, {boxes, masks, labels}) to a transform of torchvision"
            raise SampleError(f"its detections have masks, of which a dropped box would leave its own; {fix}")
        sample = self._boxes(found.xyxy, found.class_id, size, "xyxy")
        more = {name: getattr(found, name, None) for name in ("confidence", "tracker_id")} | (getattr(found, "data", None) or {})
        return {**{name: _array(rows) for name, rows in more.items() if rows is not None}, **sample}

    def _objects(self, objects: Mapping[str, Any], size: Any) -> Sample:
        labels = next((objects[name] for name in CATEGORIES if name in objects), None)
        return self._boxes(objects["bbox"], labels, size, "xywh")

    def _boxes(self, rows: Any, labels: Any, size: Any, form: str) -> Sample:
        name = self._name("boxes")
        if name is None:
            raise SampleError("has boxes, and the spec declares no target for them; add boxes to its targets")
        target = self.targets[name]
        try:
            boxes = np.asarray(_array(rows), np.float64).reshape(-1, 4)
        except (TypeError, ValueError):
            raise SampleError("its boxes are not rows of four numbers") from None
        out: Sample = {name: from_xyxy(to_xyxy(boxes, form, size), target.format, size)}
        return out | ({target.carry[0]: _array(labels)} if target.carry and labels is not None else {})


def _array(value: Any) -> Any:
    """A tensor of any framework as an array; lists and plain values as they are."""
    if hasattr(value, "detach"):
        value = value.detach().cpu()
    return np.asarray(value) if hasattr(value, "__array__") or hasattr(value, "convert") else value


def _is_image(value: Any) -> bool:
    return hasattr(value, "convert") or (hasattr(value, "__array__") and getattr(value, "ndim", None) in (2, 3))


def _pixels(value: Any) -> np.ndarray:
    """An image as (H, W) or (H, W, C)."""
    if hasattr(value, "convert"):
        return image_array(value)
    if not hasattr(value, "__array__"):
        fix = "let the data set decode it, or give an array, a tensor or a PIL image"
        raise SampleError(f"its image is a {type(value).__name__}; {fix}")
    array = _array(value)
    first = hasattr(value, "detach") and array.ndim == 3
    return np.ascontiguousarray(np.moveaxis(array, 0, -1)) if first else array


def _mask(value: Any, size: Any) -> np.ndarray:
    """A mask as (H, W) or (H, W, layers); tensors have their layers first."""
    array = _array(value)
    if hasattr(value, "detach") and array.ndim == 3:
        array = array[0] if len(array) == 1 else np.moveaxis(array, 0, -1)
    return np.ascontiguousarray(array)


__all__ = ["Adapted", "samples_of"]
