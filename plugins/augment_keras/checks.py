"""What must hold of a call and of the entries of a batch, said before anything runs; of values, where they are known by then."""

from __future__ import annotations

import warnings
from collections.abc import Mapping
from typing import Any

import keras
import numpy as np

from augment.engine.checks import check_fills, check_levels, check_mixed_labels, other_way_round
from augment.errors import SampleError
from augment.sample import Target
from augment_keras.host import is_foreign
from augment_keras.jit import ENGINE, concrete, refuse_cut, require
from augment_keras.running import Runner
from augment_keras.structure import KEYS, Intake, target_of, with_arrays

PAIR = (
    "the layer takes images, or a mapping such as {'images': x, 'labels': y}, and was given two things; for a dataset of pairs "
    "write dataset.map(lambda x, y: (layer(x), y)), or layer({'images': x, 'labels': y}) where the spec changes labels"
)
ALONE = (
    "the spec changes labels, and only images were given, whose labels would stay as they are; give {'images': x, 'labels': y}, "
    "or declare targets: {image: image} if there are none"
)
FORMS = {
    "image": "height, width, channels", "mask": "height, width, and layers if there are several", "boxes": "boxes, 4",
    "keypoints": "keypoints, 2 or more",
}  # fmt: skip


def arrived(inputs: Any, args: tuple[Any, ...], targets: Mapping[str, Target]) -> Any:
    """Return what a layer was called with, lists as arrays; raises `SampleError` where it cannot be taken as it stands."""
    check_call(inputs, args)
    inputs = with_arrays(inputs)
    check_known(inputs, targets)
    if not is_foreign(inputs):
        refuse_cut(inputs)
    return inputs


def check_call(inputs: Any, args: tuple[Any, ...]) -> None:
    """Raise `SampleError` where labels stand beside the images, in a tuple or in the place of ``training``, and on what is
    neither an array nor a tensor nor a mapping of them."""
    if isinstance(inputs, list | tuple) or (args and not isinstance(args[0], bool | np.bool_ | int | None)):
        raise SampleError(PAIR)
    if not isinstance(inputs, Mapping) and not hasattr(inputs, "shape"):
        fix = "np.asarray makes one" if hasattr(inputs, "__array_interface__") else "texts are edited by builtin or nlpaug"
        raise SampleError(f"the layer takes arrays and tensors, not {type(inputs).__name__}: {fix}")


def check_known(inputs: Any, targets: Mapping[str, Target]) -> None:
    """Raise `SampleError` where targets have no shape of their own: ragged, sparse, or of unknown rank."""
    entries = inputs if isinstance(inputs, Mapping) else {"images": inputs}
    for key, entry in entries.items():
        passes = isinstance(inputs, Mapping) and key not in KEYS and target_of(key, targets) is None
        if passes and not is_foreign(inputs):
            continue
        parts = entry if isinstance(entry, Mapping) else {"": entry}
        for part, tensor in parts.items():
            place = f"{key}.{part}" if part else str(key)
            if type(tensor).__name__.startswith("RaggedTensor"):
                raise SampleError(f"{place}: is ragged: images by a resize before .batch, rows by to_tensor(-1), which pads them")
            if type(tensor).__name__.startswith("SparseTensor"):
                raise SampleError(f"{place}: is sparse: make it dense before, with tf.sparse.to_dense")
            if getattr(getattr(tensor, "shape", ()), "rank", 0) is None:
                fix = "on the tensor before, such as [None, None, 3]"
                raise SampleError(f"{place}: the number of axes must be known: set_shape {fix}")


def looks_right(images: Any, low: float, high: float) -> bool:
    """Warn where floats beyond 1 are expected and none is, and where many are beyond the range, by more than a resize overshoots.

    Returns whether anything could be told, so that nobody looks again.
    """
    if "float" not in keras.backend.standardize_dtype(images.dtype):
        return True
    known = concrete(images)
    if known is None or not known.size or known.min() == known.max():
        return False  # flat ones tell nothing: Keras calls with ones to learn shapes
    least, most, slack = float(known.min()), float(known.max()), (high - low) / 4
    if least < low - slack or most > high + slack:
        taken = f"the images are floats from {least:g} to {most:g}, and value_range is {low, high}: what is beyond it is cut"
        warnings.warn(f"{taken}; name theirs: augment.compile(spec, 'keras', value_range=...)", stacklevel=2)
    elif most <= 1 and (low, high) == (0, 255):
        taken = f"the images are floats up to {most:g}, and value_range is (0, 255), in which they are almost black"
        fix = "for floats in 0..1: augment.compile(spec, 'keras', value_range=(0, 1))"
        warnings.warn(f"{taken}; {fix}", stacklevel=2)
    return True


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
        _check_form(place, kinds[name], rows, intake.batched)
        _check_count(f"{place} has", rows, f"{named} {{}}", images, "samples")
        if kinds[name] == "image":
            _check_order(place, rows.shape, intake)
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


def check_labels(intake: Intake, runner: Runner) -> None:
    """Raise `SampleError` where a label that is to become a row is no class; a graph of TensorFlow says so when it runs."""
    for name, labels in intake.entries.items():
        if not runner.mixes or runner.targets[name].kind != "labels":
            continue
        place, classes, dtype = intake.places[name], runner.targets[name].classes, keras.backend.standardize_dtype(labels.dtype)
        if "int" not in dtype and "float" not in dtype:
            raise SampleError(f"{place}: only numbers can be mixed or smoothed, not {dtype}; give whole numbers or one-hot rows")
        if classes is not None and len(labels.shape) == 1 and "int" in dtype:
            require(labels, classes, f"{place}: a label is not one of {classes} classes, which count from 0")
