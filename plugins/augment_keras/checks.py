"""What must hold of a call and of the entries of a batch, said before anything runs; of values, where they are known by then."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from augment.engine.boxes import check_extents, tell_of_units
from augment.engine.checks import check_classes, check_fills, check_levels, check_mixed_labels, check_type, other_way_round
from augment.engine.rows import check_finite, tell_of_fractions
from augment.errors import SampleError
from augment_keras.jit import ENGINE, concrete, require
from augment_keras.running import Runner
from augment_keras.structure import Intake
from augment_keras.targets import CLASSES, GONE, of_a_class

ALONE = (
    "the spec changes labels, and only images were given, whose labels would stay as they are; give {'images': x, 'labels': y}, "
    "or declare targets: {image: image} if there are none"
)
FORMS = {
    "image": "height, width, channels", "mask": "height, width, and layers if there are several", "boxes": "boxes, 4",
    "keypoints": "keypoints, 2 or more",
}  # fmt: skip


def judged(images: Any, low: float, high: float) -> bool | None:
    """Warn where floats beyond 1 are expected and none is, and where many are beyond the range, by more than a resize overshoots.

    Returns whether there was something to tell, and None where nothing could be seen.
    """
    if "float" not in keras.backend.standardize_dtype(images.dtype):
        return None
    known = concrete(images)
    if known is None or not known.size or known.min() == known.max():
        return None  # flat ones tell nothing: Keras calls with ones to learn shapes
    least, most, slack = float(known.min()), float(known.max()), (high - low) / 4
    if least < low - slack or most > high + slack:
        taken = f"the images are floats from {least:g} to {most:g}, and value_range is {low, high}: what is beyond it is cut"
        warnings.warn(f"{taken}; name theirs: augment.compile(spec, 'keras', value_range=...)", stacklevel=2)
        return True
    if most <= 1 and (low, high) == (0, 255):
        taken = f"the images are floats up to {most:g}, and value_range is (0, 255), in which they are almost black"
        fix = "for floats in 0..1: augment.compile(spec, 'keras', value_range=(0, 1))"
        warnings.warn(f"{taken}; {fix}", stacklevel=2)
        return True
    return False


def check_shapes(intake: Intake, runner: Runner) -> None:
    """Raise `SampleError` where the entries of a batch are incomplete, or do not belong together."""
    check_mixed_labels(runner.program, intake.places or intake.entries)
    if runner.program.relabels and not runner.program.pipeline.targets and not isinstance(intake.inputs, Mapping):
        raise SampleError(ALONE)
    kinds = {name: runner.targets[name].kind for name in intake.entries}
    first = next(name for name, kind in kinds.items() if kind == "image")
    images, named = intake.entries[first], intake.places.get(first, "images")
    for name, entry in intake.entries.items():
        place = intake.places.get(name, "images")
        rows = entry["rows"] if isinstance(entry, Mapping) else entry
        check_type(place, keras.backend.standardize_dtype(rows.dtype), kinds[name])
        _check_form(place, kinds[name], rows, intake.batched)
        _check_count(f"{place} has", rows, f"{named} {{}}", images, "samples")
        if kinds[name] == "image":
            _check_order(place, rows.shape, intake)
            if 0 in rows.shape[1:]:
                raise SampleError(f"{place}: has no pixels (shape {tuple(rows.shape)})")
        if kinds[name] == "mask":
            fills = (runner.targets[name].fill, *runner.program.fill_labels)
            _check_labels_of(place, keras.backend.standardize_dtype(entry.dtype), fills)
        for part, carried in entry.items() if isinstance(entry, Mapping) else ():
            if len(carried.shape) < 2:
                raise SampleError(f"{part!r} has the shape {tuple(carried.shape)}, and needs a row for each of {place}")
            dtype = keras.backend.standardize_dtype(carried.dtype)
            if dtype.startswith("uint"):
                raise SampleError(f"{part!r} beside {place} is {dtype}, which has no −1 for rows that are gone: cast it to int32")
            _check_count(f"{part!r} beside {place} has", carried, f"{named} {{}}", images, "samples")
            _check_count(f"{part!r} beside {place} has", carried, f"there are {{}} {place}", rows, "rows", axis=1)


def _check_order(place: str, shape: Any, intake: Intake) -> None:
    """Raise where the channels stand at the other end than ``data_format`` says; the shape has them last."""
    if not other_way_round(shape[2 if intake.channels_first else 1], shape[3]):
        return
    given, form, fix = tuple(shape), "channels, height, width", "channels_first"
    if intake.channels_first:
        given, form, fix = (shape[0], shape[3], *shape[1:3]), "height, width, channels", "channels_last"
    given = given if intake.batched else given[1:]
    gray = "" if intake.batched else ", or of a batch of gray images images[..., None]"
    raise SampleError(
        f"{place}: the shape {given} looks like ({form}); give augment.compile(spec, 'keras', data_format={fix!r}){gray}"
    )


def _check_labels_of(place: str, dtype: str, fills: tuple[int, ...]) -> None:
    if dtype == "uint64":  # ops of Keras make 32 bits of it
        raise SampleError(f"{place}: is uint64, of which Keras keeps 32 bits: cast it to int64, or to a narrower type")
    check_fills(place, dtype, fills)


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


def check_levels_of(intake: Intake, runner: Runner) -> None:
    """Raise `SampleError` where whole numbers of an image are no levels; a graph of TensorFlow says so when it runs."""
    for name, image in intake.entries.items():
        if runner.targets[name].kind != "image" or runner.program.full_scale is not None:
            continue
        dtype = keras.backend.standardize_dtype(image.dtype)
        if dtype == "uint8" or "int" not in dtype:
            continue
        place, known = intake.places.get(name, "images"), concrete(image)
        if known is not None or dtype == "int8":
            check_levels(place, dtype, *((int(known.min()), int(known.max())) if known is not None and known.size else (0, 0)))
        elif ENGINE == "tensorflow":
            require(image, 256, f"{place}: is {dtype}; whole numbers are levels from 0 to 255: begin with to_float: {{max: ...}}")
        else:
            raise SampleError(f"{place}: is {dtype}, and a compiled function cannot look at its values: cast levels to uint8")


def check_rows(intake: Intake, runner: Runner) -> None:
    """Raise `SampleError` on boxes and keypoints that are no places, and warn where they seem to be fractions; a graph cannot
    look."""
    for name, entry in intake.entries.items():
        target = runner.targets[name]
        if target.kind not in ("boxes", "keypoints"):
            continue
        known = {key: concrete(rows) for key, rows in entry.items() if key == "rows" or key in CLASSES}
        if any(rows is None for rows in known.values()):
            continue
        place, width = intake.places[name], {"boxes": 4, "keypoints": 2}[target.kind]
        at = np.asarray(known.pop("rows")[..., :width], np.float64)
        real = np.logical_and((at != GONE).any(axis=-1), of_a_class(known, 2, np))
        check_finite(place, at[real])
        if target.kind == "keypoints":
            tell_of_fractions(place, at[real])
        else:
            tell_of_units(place, at[real & (at != 0).any(axis=-1)], target.format)
            check_extents(place, np.where(real[..., None], at, 0), target.format)


def check_labels(intake: Intake, runner: Runner) -> None:
    """Raise `SampleError` where a label that is to become a row is no class; a graph of TensorFlow says so when it runs."""
    for name, labels in intake.entries.items():
        if not runner.mixes or runner.targets[name].kind != "labels":
            continue
        place, classes, dtype = intake.places[name], runner.targets[name].classes, keras.backend.standardize_dtype(labels.dtype)
        if "int" not in dtype and "float" not in dtype:
            raise SampleError(f"{place}: only numbers can be mixed or smoothed, not {dtype}; give whole numbers or one-hot rows")
        check_classes(place, labels.shape[1:], "int" in dtype, classes)
        if classes is not None and len(labels.shape) == 1 and "int" in dtype:
            require(labels, classes, f"{place}: a label is not one of {classes} classes, which count from 0")
