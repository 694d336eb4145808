"""What a layer may be called with: arrays and tensors that can be read, alone or in a mapping; said before Keras sees it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import keras
import numpy as np

from augment.engine.checks import check_finite_pixels, check_type
from augment.errors import SampleError
from augment.sample import Target, refuse_masked
from augment_keras.host import is_foreign
from augment_keras.jit import ENGINE, refuse_cut
from augment_keras.structure import KEYS, target_of, with_arrays

PAIR = (
    "the layer takes images, or a mapping such as {'images': x, 'labels': y}, and was given two things; for a dataset of pairs "
    "write dataset.map(lambda x, y: (layer(x), y)), or layer({'images': x, 'labels': y}) where the spec changes labels"
)


def arrived(inputs: Any, args: tuple[Any, ...], targets: Mapping[str, Target]) -> Any:
    """Return what a layer was called with, lists as arrays; raises `SampleError` where it cannot be taken as it stands."""
    check_call(inputs, args)
    inputs = with_arrays(inputs)
    check_known(inputs, targets)
    for place, kind, entry in _entries(inputs, targets):
        _check_entry(place, kind, entry)
    if not is_foreign(inputs):
        refuse_cut(inputs)
    return keras.tree.map_structure(_native, inputs) if any(_swapped(x) for x in keras.tree.flatten(inputs)) else inputs


def _swapped(entry: Any) -> bool:
    """Whether the bytes of an array stand in another order than that of the machine, which torch does not read."""
    return isinstance(entry, np.ndarray) and not entry.dtype.isnative


def _native(entry: Any) -> Any:
    return entry.astype(entry.dtype.newbyteorder("=")) if _swapped(entry) else entry


def images_of(inputs: Any, targets: Mapping[str, Target]) -> Iterator[np.ndarray]:
    """The images of a call that came as arrays of NumPy, whose values cost little to look at."""
    return (entry for _, kind, entry in _entries(inputs, targets) if kind == "image" and isinstance(entry, np.ndarray))


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


def _entries(inputs: Any, targets: Mapping[str, Target]) -> Iterator[tuple[str, str | None, Any]]:
    """What a call brings: where each stands, the kind of the target that it is (None of others), and itself."""
    if not isinstance(inputs, Mapping):
        yield "images", "image", inputs
        return
    for key, entry in inputs.items():
        name = target_of(key, targets)
        kind = None if name is None else targets[name].kind
        names = () if name is None else (key, kind)
        for place, own, part in _parts(str(key), key, entry, names):
            yield place, kind if own in names else None, part


def _parts(place: str, key: Any, entry: Any, names: tuple[Any, ...]) -> Iterator[tuple[str, Any, Any]]:
    """What stands in mappings, and in lists, which Keras takes where they are none of the target under these ``names``."""
    if isinstance(entry, Mapping):
        for own, part in entry.items():
            yield from _parts(f"{place}.{own}", own, part, names)
    elif isinstance(entry, list | tuple) and entry and key not in names:
        for i, part in enumerate(entry):
            yield from _parts(f"{place}[{i}]", key, part, names)
    else:
        yield place, key, entry


def _check_entry(place: str, kind: str | None, entry: Any) -> None:
    """Raise `SampleError` on what is no tensor and what Keras makes none of, and where its numbers would be lost."""
    if entry is None:
        return
    if not hasattr(entry, "shape"):
        if isinstance(entry, str | bytes) and kind in ("image", "mask"):
            raise SampleError(f"{place}: a text is no {kind}: read the file, as with keras.utils.load_img, and np.asarray")
        several = isinstance(entry, list | tuple) and any(hasattr(e, "__array_interface__") or hasattr(e, "shape") for e in entry)
        fix = "np.stack makes one of several of one shape" if several else "np.asarray makes one"
        raise SampleError(f"{place}: the layer takes arrays and tensors, not {type(entry).__name__}: {fix}")
    if hasattr(entry, "to_numpy"):
        raise SampleError(f"{place}: the layer takes arrays and tensors, not {type(entry).__name__}: give x.to_numpy()")
    if not isinstance(entry, np.ndarray | np.generic):
        return
    refuse_masked(place, entry)
    if entry.dtype == object and not all(isinstance(e, str | bytes) for e in np.asarray(entry).flat):
        fix = "np.stack makes one of arrays of one shape, astype('float32') one of numbers; leave out what is neither"
        raise SampleError(f"{place}: is an array of objects, of which there is no tensor: {fix}")
    if entry.dtype.kind in "fc" and entry.dtype.itemsize > 8 * (1 + (entry.dtype.kind == "c")):
        raise SampleError(f"{place}: is {entry.dtype}, which no engine of Keras has: cast it to float64")
    check_type(place, entry.dtype, kind or "")
    if entry.dtype.kind in "OUS" and ENGINE != "tensorflow":
        raise SampleError(f"{place}: is text, and {ENGINE} has no tensors of texts: number them, or leave them out")
    if kind == "image":
        check_finite_pixels(place, np.asarray(entry))


__all__ = ["arrived", "check_call", "check_known", "images_of"]
