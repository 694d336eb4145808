"""What must hold of a call and of the entries of a batch, said before anything runs; of values, where they are known by then."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from augment.errors import SampleError
from augment.program.execute import check_mixed_labels
from augment_keras.jit import concrete, require
from augment_keras.running import Runner
from augment_keras.structure import Intake

PAIR = (
    "the layer takes images, or a mapping such as {'images': x, 'labels': y}, and was given two things; for a dataset of pairs "
    "write dataset.map(lambda x, y: (layer(x), y)), or layer({'images': x, 'labels': y}) where the spec mixes samples"
)
ALONE = (
    "the spec mixes samples, and only images were given, whose labels would stay as they are; give {'images': x, 'labels': y}, "
    "or declare targets: {image: image} if there are none"
)
FORMS = {
    "image": "height, width, channels", "mask": "height, width, and layers if there are several", "boxes": "boxes, 4",
    "keypoints": "keypoints, 2 or more",
}  # fmt: skip


def check_call(inputs: Any, args: tuple[Any, ...]) -> None:
    """Raise `SampleError` where labels stand beside the images, in a tuple or in the place of ``training``."""
    if isinstance(inputs, list | tuple) or (args and not isinstance(args[0], bool | np.bool_ | int | None)):
        raise SampleError(PAIR)


def looks_right(images: Any, low: float, high: float) -> bool:
    """Warn where floats beyond 1 are expected and none is; returns whether anything could be told, so that nobody looks again."""
    if "float" not in keras.backend.standardize_dtype(images.dtype) or (low, high) != (0, 255):
        return True
    known = concrete(images)
    if known is None or not known.size or not known.any():
        return False
    if known.max() <= 1:
        taken = f"the images are floats up to {float(known.max()):g}, and value_range is (0, 255), in which they are almost black"
        fix = "for floats in 0..1: augment.compile(spec, 'keras', value_range=(0, 1))"
        warnings.warn(f"{taken}; {fix}", stacklevel=2)
    return True


def check_shapes(intake: Intake, runner: Runner) -> None:
    """Raise `SampleError` where the entries of a batch are incomplete, or do not belong together."""
    check_mixed_labels(runner.program, intake.places or intake.entries)
    if runner.program.mixes and not runner.program.pipeline.targets and not isinstance(intake.inputs, Mapping):
        raise SampleError(ALONE)
    kinds = {name: runner.targets[name].kind for name in intake.entries}
    first = next(name for name, kind in kinds.items() if kind == "image")
    images, named = intake.entries[first], intake.places.get(first, "images")
    for name, entry in intake.entries.items():
        place = intake.places.get(name, "images")
        rows = entry["rows"] if isinstance(entry, Mapping) else entry
        _check_form(place, kinds[name], rows, intake.batched)
        _check_count(f"{place} has", rows, f"{named} {{}}", images, "samples")
        for part, carried in entry.items() if isinstance(entry, Mapping) else ():
            if len(carried.shape) < 2:
                raise SampleError(f"{part!r} has the shape {tuple(carried.shape)}, and needs a row for each of {place}")
            dtype = keras.backend.standardize_dtype(carried.dtype)
            if dtype.startswith("uint"):
                raise SampleError(f"{part!r} beside {place} is {dtype}, which has no −1 for rows that are gone: cast it to int32")
            _check_count(f"{part!r} beside {place} has", carried, f"{named} {{}}", images, "samples")
            _check_count(f"{part!r} beside {place} has", carried, f"there are {{}} {place}", rows, "rows", axis=1)


def _check_form(place: str, kind: str, tensor: Any, batched: bool) -> None:
    shape = tuple(tensor.shape)
    fits = len(shape) == {"image": 4, "mask": 4, "boxes": 3, "keypoints": 3}.get(kind, len(shape))
    if fits and shape and shape[-1] is not None:
        fits = {"boxes": shape[-1] == 4, "keypoints": shape[-1] >= 2}.get(kind, True)
    if not fits:
        form = f"(batch, {FORMS[kind]})" if batched else f"({FORMS[kind]}), as the image has no batch axis"
        raise SampleError(f"{place}: the shape {shape if batched else shape[1:]} is not {form}")


def _check_count(what: str, tensor: Any, wanted: str, like: Any, unit: str, axis: int = 0) -> None:
    count, other = tensor.shape[axis], like.shape[axis]
    if None not in (count, other) and count != other:
        raise SampleError(f"{what} {count} {unit}, and {wanted.format(other)}")


def check_labels(intake: Intake, runner: Runner) -> None:
    """Raise `SampleError` where a label that is to become a row is no class; a graph of TensorFlow says so when it runs."""
    for name, labels in intake.entries.items():
        if not runner.mixes or runner.targets[name].kind != "labels":
            continue
        place, classes, dtype = intake.places[name], runner.targets[name].classes, keras.backend.standardize_dtype(labels.dtype)
        if "int" not in dtype and "float" not in dtype:
            raise SampleError(f"{place}: only numbers can be mixed, not {dtype}; give whole numbers or one-hot rows")
        if classes is not None and len(labels.shape) == 1 and "int" in dtype:
            require(labels, classes, f"{place}: a label is not one of {classes} classes, which count from 0")
