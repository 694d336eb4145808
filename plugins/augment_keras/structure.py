"""What a call brings, an image tensor or a mapping under Keras' own names, and the entries of a batch that it stands for."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np

from augment.engine.checks import SIDE, as_square, other_way_round
from augment.errors import SampleError
from augment.sample import ALIASES, DEFAULT_TARGETS, MOVED, TEXTS, Target
from augment.sample.beside import carrying, drops, held, names_places, of_the_size, of_the_whole, unmoved_places
from augment_keras import ops

Tensor = Any
KERAS_NAMES = {  # what Keras calls the first target of a kind
    "images": "image", "segmentation_masks": "mask", "bounding_boxes": "boxes", "keypoints": "keypoints", "labels": "labels",
}  # fmt: skip
KEYS = ("index", "epoch")


def with_arrays(inputs: Any) -> Any:
    """Return a mapping whose ``index`` and ``epoch`` are arrays where they were plain numbers, which Keras refuses."""
    plain = [key for key in KEYS if isinstance(inputs, Mapping) and _plain(inputs.get(key))]
    return {**inputs, **{key: np.asarray(inputs[key]) for key in plain}} if plain else inputs


def _plain(number: Any) -> bool:
    return isinstance(number, int) or (isinstance(number, list | tuple) and all(isinstance(n, int) for n in number))


@dataclass(frozen=True)
class Shaped:
    """A tensor of which only shape and type are known, with what taking inputs apart does to one."""

    shape: tuple[int | None, ...]
    dtype: str

    @classmethod
    def of(cls, tensor: Any) -> Shaped:
        return cls(tuple(tensor.shape), keras.backend.standardize_dtype(tensor.dtype))

    def __getitem__(self, at: Any) -> Shaped:
        if at is None:
            return Shaped((1, *self.shape), self.dtype)
        if at == 0:
            return Shaped(self.shape[1:], self.dtype)
        return Shaped((*self.shape, 1) if at[-1] is None else self.shape[:-1], self.dtype)


def move_axis(tensor: Any, source: int, to: int) -> Any:
    """``moveaxis`` of tensors, arrays and shapes."""
    if isinstance(tensor, Shaped):
        shape = list(tensor.shape)
        axis = shape.pop(source)
        shape.insert(to if to >= 0 else len(shape) + 1 + to, axis)
        return Shaped(tuple(shape), tensor.dtype)
    return np.moveaxis(tensor, source, to) if isinstance(tensor, np.ndarray) else ops.moveaxis(tensor, source, to)


@dataclass
class Intake:
    """The inputs of a call, taken apart: ``entries`` by target, each with a batch axis."""

    inputs: Any
    batched: bool
    channels_first: bool = False
    entries: dict[str, Any] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)
    """target -> its key in the inputs."""
    flat: dict[str, tuple[str, ...]] = field(default_factory=dict)
    """target -> keys of the inputs, beside it, that it carries."""
    index: Tensor | None = None
    epoch: Tensor | None = None

    def restore(self, out: dict[str, Any]) -> Any:
        """Put entries back where they were taken from."""
        if not isinstance(self.inputs, Mapping):
            return self._raster(next(iter(out.values())), self.inputs)
        result = dict(self.inputs)
        for name, entry in out.items():
            place = self.places[name]
            like = self.inputs[place]
            if not isinstance(entry, Mapping):
                result[place] = self._label(entry) if name in self._labels else self._raster(entry, like)
                continue
            rows = {key: value if self.batched else value[0] for key, value in entry.items()}
            if isinstance(like, Mapping):
                name_of_rows = next(kind for kind in ("boxes", "keypoints") if kind in like)
                result[place] = {(name_of_rows if key == "rows" else key): value for key, value in rows.items()}
            else:
                result |= {(place if key == "rows" else key): value for key, value in rows.items()}
        return result

    _labels: set[str] = field(default_factory=set)

    def pass_labels(self) -> None:
        """Leave labels as they came, of whatever type they are."""
        for name in self._labels:
            del self.entries[name]

    def _label(self, entry: Tensor) -> Tensor:
        return entry if self.batched else entry[0]

    def _raster(self, raster: Tensor, like: Tensor) -> Tensor:
        raster = raster if self.batched else raster[0]
        if len(like.shape) < len(raster.shape):
            return raster[..., 0]
        return move_axis(raster, -1, 1 if self.batched else 0) if self.channels_first else raster


def take_apart(inputs: Any, targets: Mapping[str, Target], declared: bool, channels_first: bool) -> Intake:
    """Find the targets among the inputs of a call. Raises `SampleError` on near misses such as 'bboxes'."""
    if not isinstance(inputs, Mapping):
        name = next((name for name, target in targets.items() if target.kind == "image"), None)
        if name is None:
            raise SampleError("an image was given, and targets declares none; give a mapping with its names")
        inputs_of = {name: inputs}
    else:
        inputs_of = {}
        for key in inputs:
            name = target_of(key, targets)
            if name is not None:
                if name in inputs_of:
                    raise SampleError(f"{key!r} and another entry both stand for the target {name!r}")
                inputs_of[name] = inputs[key]
            elif key not in (*KEYS, *targets):
                _refuse_near_miss(key, targets, declared, inputs)
    images = [name for name in inputs_of if targets[name].kind == "image"]
    if not images:
        raise SampleError(f"there is no image: give it as 'images' (there are: {', '.join(map(str, inputs_of)) or 'no targets'})")
    for name, entry in inputs_of.items():
        if targets[name].kind not in TEXTS:
            _check_tensors(name, entry)
    rank = len(inputs_of[images[0]].shape)
    if rank not in (3, 4):
        raise SampleError(f"images have the shape (batch, height, width, channels), or without batch, not {rank} axes")
    if rank == 3:
        _refuse_gray(tuple(inputs_of[images[0]].shape), channels_first)
    intake = Intake(inputs, rank == 4, channels_first)
    if isinstance(inputs, Mapping):
        intake.places = {name: key for key in inputs if (name := target_of(key, targets)) in inputs_of}
        intake.index, intake.epoch = inputs.get("index"), inputs.get("epoch")
        _refuse_left(intake, targets)
    carriers = {c: name for name in inputs_of for c in targets[name].carry if not isinstance(inputs_of[name], Mapping)}
    for name, entry in inputs_of.items():
        if name in carriers and targets[name].kind == "labels":
            continue  # they are carried by boxes
        intake.entries[name] = _entry(intake, name, targets[name], entry)
    return intake


def _refuse_gray(shape: tuple[int | None, ...], channels_first: bool) -> None:
    """Raise where three axes may be a batch of gray images: as one image, its rows would be moved among the samples."""
    height, width, channels = (*shape[1:], shape[0]) if channels_first else shape
    if channels is None or other_way_round(width if channels_first else height, channels):
        return  # told as such
    if channels >= SIDE or as_square(width, channels):
        fix = "a batch of gray images needs an axis of channels; one image of so many is a batch of one, images[None]"
        raise SampleError(f"images: three axes, {shape}, are one image of {channels} channels; {fix}")


def _check_tensors(name: str, entry: Any) -> None:
    """Raise `SampleError` on what is no tensor, or a mapping of some: None, or lists that Keras does not take apart."""
    if isinstance(entry, Mapping):
        for key, part in entry.items():
            _check_tensors(f"{name}[{key!r}]", part)
    elif not hasattr(entry, "shape"):
        raise SampleError(f"{name}: is a tensor or an array, not {str(entry)[:60]}; leave it out where there is none")


def _refuse_left(intake: Intake, targets: Mapping[str, Target]) -> None:
    """Raise where an entry would stay behind: with a row for each box or keypoint, of the size of the image, or places in it.

    Sizes that only the running graph knows count as the same.
    """
    axis, given = int(intake.batched), intake.inputs
    carried = {key for name in intake.places for key in targets[name].carry}
    claimed = {place: name for name, place in intake.places.items()}
    image = next(given[place].shape for name, place in intake.places.items() if targets[name].kind == "image")
    size = tuple(image[axis + 1 : axis + 3] if intake.channels_first else image[axis : axis + 2])
    for key, entry in given.items():
        label = key in claimed and targets[claimed[key]].kind == "labels" and targets[claimed[key]].classes is None
        moved = (key in carried and not isinstance(entry, Mapping)) or (key in claimed and not label)
        if key in KEYS or moved or of_the_whole(key):
            continue
        shape = getattr(entry, "shape", ())
        shape = () if getattr(shape, "rank", 0) is None else tuple(shape)  # of an entry that passes, it may be unknown
        for name, place in intake.places.items():
            told = "carry" in targets[name].model_fields_set and (label or key in targets)
            if not drops(targets[name]) or told or len(shape) <= axis:
                continue
            rows = given[place][targets[name].kind] if isinstance(given[place], Mapping) else given[place]
            if len(rows.shape) > axis and rows.shape[axis] == shape[axis] != 0:
                fix = f"under targets write {carrying(name, targets[name], key)}"
                raise SampleError(f"{key!r} has a row for each of {place}, which would drop without it: {fix}")
        if label or key in targets:
            continue
        for where, inner in held(repr(key), entry):
            sides = tuple(getattr(inner, "shape", ()))
            if len(sides) > axis + 1 and size in (sides[axis : axis + 2], sides[-2:]):
                raise of_the_size(where, key, "images", size)
        if names_places(key) and (isinstance(entry, Mapping) or len(shape) > axis):
            raise unmoved_places(repr(key))


def _entry(intake: Intake, name: str, target: Target, entry: Any) -> Any:
    def batch(tensor: Tensor) -> Tensor:
        return tensor if intake.batched else tensor[None]

    match target.kind:
        case "image" | "mask":
            raster = batch(entry)
            if len(raster.shape) == 3:
                return raster[..., None]
            return move_axis(raster, 1, -1) if intake.channels_first else raster
        case "boxes" | "keypoints" if isinstance(entry, Mapping):
            if target.kind not in entry:
                raise SampleError(f"{intake.places[name]}: has no {target.kind!r} (it has: {', '.join(entry)})")
            return {("rows" if key == target.kind else key): batch(value) for key, value in entry.items()}
        case "boxes" | "keypoints":
            beside = {key: batch(intake.inputs[key]) for key in target.carry if key in intake.inputs}
            return {"rows": batch(entry), **beside}
    intake._labels.add(name)
    return batch(entry)


def target_of(key: str, targets: Mapping[str, Target]) -> str | None:
    """The target that an entry is, unless it is text, which passes."""
    if key in targets:
        return key if targets[key].kind in KERAS_NAMES.values() else None
    kind = KERAS_NAMES.get(key)
    return next((name for name, target in targets.items() if target.kind == kind), None) if kind else None


def _refuse_near_miss(key: str, targets: Mapping[str, Target], declared: bool, given: Mapping[str, Any]) -> None:
    """Raise where an entry has nearly the name of a target, or would stay behind: `augment.sample.claim` under Keras' names."""
    meant = ALIASES.get(key, key if key in DEFAULT_TARGETS else None)
    if meant and (meant in targets or not declared or DEFAULT_TARGETS[meant].kind in MOVED):
        ours = next((name for name, kind in KERAS_NAMES.items() if kind == DEFAULT_TARGETS[meant].kind), meant)
        if key in (ours, meant):
            raise SampleError(f"targets does not declare {key!r}, so nothing would move it: add {{{key}: {meant}}}, or rename it")
        raise SampleError(f"unknown entry {key!r}; did you mean {ours!r}? (or declare it: targets: {{{key}: {meant}}})")
    near = difflib.get_close_matches(str(key), [name for name in (*KERAS_NAMES, *KEYS) if name not in given], n=1, cutoff=0.8)
    if near and not declared:
        raise SampleError(f"unknown entry {key!r}; did you mean {near[0]!r}? (or declare it under targets)")
