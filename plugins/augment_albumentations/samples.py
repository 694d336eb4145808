"""Albumentations' call style: which keyword is which target, and the forms that its users give them.

``bboxes`` is the spec's boxes, ``masks`` a list or array of masks that travel as layers of the spec's mask, and rows of boxes
may hold more than four columns. The spec's own names work as well.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np

from augment.engine.boxes import check_said
from augment.engine.checks import array
from augment.engine.rows import check_canvas, check_listed
from augment.errors import SampleError
from augment.program.lower import Program
from augment.sample import DEFAULT_TARGETS, Target, check_picture, claim

Size = tuple[int, int]
MANY = "masks"
KINDS = {"image": "image", "mask": "mask", "bboxes": "boxes", "keypoints": "keypoints"}
"""What Albumentations calls a kind of target, in a call and in ``additional_targets``."""
REFUSED = {
    "images": "call .at(index, epoch) on each frame, which gives all of them the same draws",
    "volume": "volumes are not supported", "volumes": "volumes are not supported",
    "mask3d": "volumes are not supported", "masks3d": "volumes are not supported",
}  # fmt: skip
NUMBERS = re.compile("idx|index|indices|mapper|number|row")
"""Names of label fields that number the boxes, so that their caller can take what is left of other entries."""
_OF_BOXES = re.compile("label|class|categor")


@dataclass(frozen=True)
class Reading:
    """How the entries of a call become targets, and back; the same for all calls with the same keys."""

    program: Program
    """With the targets that this call has."""
    names: Mapping[str, str]
    """key of the call -> target."""
    scaled: frozenset[str]
    """Keys of boxes that come as fractions of the image: xyxy, as Albumentations hands them on between transforms."""
    left: frozenset[str] = frozenset()
    """Entries that are not looked at."""

    @cached_property
    def kinds(self) -> Mapping[str, str]:
        """key of the call -> kind of its target."""
        return {key: self.program.pipeline.targets[name].kind for key, name in self.names.items()}

    @cached_property
    def _images(self) -> tuple[str, ...]:
        return tuple(key for key, kind in self.kinds.items() if kind == "image")

    @cached_property
    def _others(self) -> tuple[str, ...]:
        return tuple(key for key, kind in self.kinds.items() if kind != "image")

    def read(self, data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the sample under the names of the targets."""
        sample = {key: value for key, value in data.items() if key not in self.names and key not in self.left}
        size = (0, 0)
        for key in self._images:
            sample[self.names[key]] = image = _image(key, data[key])
            size = image.shape[:2]
        for key in self._others:
            name = self.names[key]
            match self.kinds[key]:
                case "mask" if key == MANY:
                    sample[name] = self._stack(name, data, size)
                case "mask":
                    sample.setdefault(name, data[key])
                case "boxes":
                    check_said(key, data[key], self.program.pipeline.targets[name].format)
                    check_canvas(key, data[key], size)
                    sample[name], sample[columns(name)] = split_rows(key, data[key], size if key in self.scaled else None)
                case _:
                    sample[name] = data[key]
        return sample

    def write(self, out: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the call's entries after the program ran, in the forms that they had; all others as they were."""
        # what is carried may be no target of its own
        result = {key: out.get(key, value) if key not in self.names else value for key, value in data.items()}
        size = (0, 0)
        for key in self._images:
            result[key] = image = out[self.names[key]]
            size = image.shape[:2]
        for key in self._others:
            name = self.names[key]
            match self.kinds[key]:
                case "mask" if MANY in self._sharing(name):
                    if key == MANY:
                        result.update(self._unstack(name, data, out[name], size))
                case "mask":
                    result[key] = np.ascontiguousarray(out[name])
                case "boxes":
                    result[key] = join_rows(out[name], out[columns(name)], data[key], size if key in self.scaled else None)
                case _:
                    result[key] = out[name]
        return result

    # Masks -----------------------------------------------------------------------------------------------------------

    def _sharing(self, name: str) -> tuple[str, ...]:
        """The keys that are layers of one target."""
        return tuple(key for key, target in self.names.items() if target == name)

    def _parts(self, name: str, data: Mapping[str, Any]) -> list[tuple[str, Any]]:
        parts: list[tuple[str, Any]] = []
        for key in self._sharing(name):
            if key == MANY:
                parts += [(f"{MANY}[{i}]", array(f"{MANY}[{i}]", mask, "mask")) for i, mask in enumerate(data[MANY])]
            else:
                parts.append((key, array(key, data[key], "mask")))
        return parts

    def _stack(self, name: str, data: Mapping[str, Any], size: Size) -> np.ndarray:
        if self.program.mixes:
            raise SampleError("masks: a list of masks cannot be mixed, as another sample may have more of them; give one mask")
        parts = self._parts(name, data)
        for part, mask in parts:
            if mask.ndim not in (2, 3) or mask.shape[:2] != size:
                raise SampleError(f"{part}: has the shape {mask.shape}, but the image is {size[0]} x {size[1]} (height x width)")
        layers = [mask if mask.ndim == 3 else mask[..., None] for _, mask in parts]
        # without a mask, one empty layer still finds out which size comes out
        return np.concatenate(layers, axis=2) if layers else np.zeros((*size, 1), np.uint8)

    def _unstack(self, name: str, data: Mapping[str, Any], raster: np.ndarray, size: Size) -> dict[str, Any]:
        found, at = {}, 0
        for part, mask in self._parts(name, data):
            count = 1 if mask.ndim == 2 else mask.shape[2]
            layers = raster[..., at] if mask.ndim == 2 else raster[..., at : at + count]
            found[part] = np.ascontiguousarray(layers, dtype=mask.dtype)
            at += count
        masks = [found.pop(part) for part in list(found) if part.startswith(f"{MANY}[")]
        given = data[MANY]
        if not isinstance(given, np.ndarray):
            return {**found, MANY: type(given)(masks) if isinstance(given, tuple) else masks}
        return {**found, MANY: np.stack(masks) if masks else np.zeros((0, *size, *given.shape[3:]), given.dtype)}


def reading(
    program: Program,
    targets: Mapping[str, Target],
    keys: Collection[str],
    scaled: Collection[str],
    keep_invisible: bool,
    left: frozenset[str] = frozenset(),
) -> Reading:
    """Find out what the keys of a call are. Raises `SampleError` on near misses and on what has no meaning here."""
    names: dict[str, str] = {}
    further = set(targets) - set(program.pipeline.targets or DEFAULT_TARGETS)
    first = {name: target for name, target in targets.items() if name not in further}  # what the library's names mean
    for key in keys:
        if key in targets:
            names[key] = key
        elif key in REFUSED:
            raise SampleError(f"{key}: {REFUSED[key]}")
        elif key in ("bboxes", MANY):
            names[key] = _only(key, "boxes" if key == "bboxes" else "mask", first)
    declared = program.pipeline.targets
    added = {c for target in targets.values() for c in target.carry} - {c for target in declared.values() for c in target.carry}
    added |= further
    claim({names.get(key, key): ... for key in keys if key not in added}, declared)
    if not declared and any(targets[name].kind == "boxes" for name in names.values()):
        for key in (key for key in keys if key not in added | set(names) and _OF_BOXES.search(key)):
            fix = f"call it labels, or say bbox_params={{'format': ..., 'label_fields': [{key!r}]}}, or carry under targets"
            raise SampleError(f"{key}: does it belong to the boxes? It would stay when they are dropped; {fix}")
    taken: dict[str, str] = {}
    for key, name in names.items():
        if targets[name].kind != "mask" and taken.setdefault(name, key) != key:
            raise SampleError(f"{taken[name]} and {key} are the same target: give one of them")
    fractions = {names[key] for key in scaled if key in names}
    used = {name: _target(name, targets[name], name in fractions, keep_invisible) for name in names.values()}
    if not any(target.kind in ("image", "frames") for target in used.values()):
        raise SampleError(f"the sample has no image (it has: {', '.join(keys) or 'nothing'})")
    used |= {name: target for name, target in declared.items() if target.kind == "image" and name not in used}
    carried = {c for target in used.values() for c in target.carry}
    names = {key: name for key, name in names.items() if not (targets[name].kind == "labels" and name in carried)}
    pipeline = program.pipeline.model_copy(update={"targets": used})
    return Reading(replace(program, pipeline=pipeline), names, frozenset(key for key in scaled if key in names), left)


def _only(key: str, kind: str, targets: Mapping[str, Target]) -> str:
    found = [name for name, target in targets.items() if target.kind == kind]
    if len(found) != 1:
        offer = f"call it by its name ({', '.join(found)})" if found else f"declare targets: {{{key}: {kind}}}"
        raise SampleError(f"{key}: the spec has {len(found)} targets of the kind {kind}; {offer}")
    return found[0]


def _target(name: str, target: Target, scaled: bool, keep_invisible: bool) -> Target:
    """A target as the executor shall see it in this call."""
    changes: dict[str, Any] = {}
    if target.kind == "boxes":
        target = target.carrying((*target.carry, columns(name)))
        if scaled:
            changes["format"] = "xyxy"
    elif target.kind == "keypoints" and keep_invisible:
        changes["invisible"] = "keep"
    return target.model_copy(update=changes) if changes else target


def _image(key: str, image: Any) -> np.ndarray:
    if not isinstance(image, np.ndarray):
        if hasattr(image, "getbands"):
            check_picture(key, image, "image")
        form = "a NumPy array (height, width, channels)"
        raise SampleError(f"{key}: Albumentations takes {form}, not {type(image).__name__}; np.asarray makes one")
    return image


# Rows of boxes -------------------------------------------------------------------------------------------------------


def columns(name: str) -> str:
    """The name under which the further columns of boxes are carried along."""
    return f"{name}[:, 4:]"


def split_rows(key: str, rows: Any, scale: Size | None) -> tuple[Any, Any]:
    """Return the coordinates of boxes and their further columns; ``scale`` (height, width) turns fractions into pixels."""
    check_listed(key, rows)
    if not isinstance(rows, list | tuple):
        rows = array(key, rows)
        if rows.size == 0:
            rows = rows.reshape(0, max(rows.shape[-1], 4) if rows.ndim > 1 else 4)
        if rows.ndim != 2 or rows.shape[1] < 4:
            raise SampleError(f"{key}: boxes have the shape (n, 4), or more columns, not {rows.shape}")
        coordinates, more = rows[:, :4], rows[:, 4:]
    else:
        if any(len(row) < 4 for row in rows):
            raise SampleError(f"{key}: each box has four numbers, and maybe further columns")
        coordinates, more = [list(row[:4]) for row in rows], [tuple(row[4:]) for row in rows]
    if scale is None:
        return coordinates, more
    fractions = np.asarray(coordinates, np.float64).reshape(-1, 4)
    if fractions.size and (fractions.min() < -1 or fractions.max() > 2):
        raise SampleError(
            f"{key}: fractions of the image are expected, not numbers from {fractions.min():g} to {fractions.max():g}; "
            "(a transform that stands in an A.Compose is given fractions by it, inside the image unless check_each_transform is "
            "off; compile another one to call it alone)"
        )
    height, width = scale
    return fractions * [width, height, width, height], more


def highest(rows: Any, column: int) -> int | None:
    """The highest number in a column that numbers boxes (whole, not negative, rising); -1 of none, None if it does not."""
    if not isinstance(rows, np.ndarray) or rows.ndim != 2:
        return None
    if not len(rows):
        return -1
    numbers = rows[:, column]
    rising = numbers[0] >= 0 and (numbers == np.floor(numbers)).all() and (np.diff(numbers) > 0).all()
    return int(numbers[-1]) if rising else None


def join_rows(rows: Any, more: Any, like: Any, scale: Size | None) -> Any:
    """Undo `split_rows`: rows in the form that they came in."""
    if scale is not None:
        height, width = scale
        rows = np.asarray(rows, np.float64) / [width, height, width, height]
    if isinstance(like, np.ndarray):
        dtype = like.dtype if like.dtype.kind == "f" else np.float64
        return np.concatenate([rows, more], axis=1).astype(dtype)
    return [[*row, *rest] for row, rest in zip(np.asarray(rows).tolist(), more, strict=True)]
