"""Runs a program on the entries of a batch: from what Keras brings to [0, 1] and padded rows, and back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import keras
import numpy as np

from augment.engine.batch import Batch, BatchExecutor
from augment.engine.canvases import refuse_drawn_canvases
from augment.engine.checks import check_ops
from augment.errors import SampleError
from augment.program.lower import Program, Step
from augment.sample import DEFAULT_TARGETS, Target
from augment_keras import kernels, ops
from augment_keras.draws import Keys, draw
from augment_keras.jit import ENGINE, compiling, concrete, demand, settled
from augment_keras.structure import take_apart
from augment_keras.targets import KINDS, Rows

Tensor = Any
Entries = dict[str, Any]
"""By target: tensors (B, ...); boxes and keypoints as mappings of "rows" and what they carry."""


@dataclass(frozen=True, eq=False)
class Runner:
    """A program, and the range of float images."""

    program: Program
    low: float
    high: float
    mixes: bool
    """Whether labels come out as rows that can be blended: `Program.soft_labels`, of training also at inference."""

    @cached_property
    def targets(self) -> dict[str, Target]:
        return dict(self.program.pipeline.targets) or DEFAULT_TARGETS

    @cached_property
    def executor(self) -> BatchExecutor:
        return GraphExecutor(self.program, kernels, ops, _require)

    def __call__(self, entries: Entries, keys: Keys) -> Entries:
        """Run with values that are drawn for these keys."""
        return self.run(entries, draw(self.program.plan, keys))

    def run(self, entries: Entries, values: dict[str, dict[str, Tensor]]) -> Entries:
        """Run with given values, of shape (B,) or (B, count)."""
        batch = self._start(entries, values)
        self.executor(batch)
        return self._finish(entries, batch)

    def given(self, values: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
        """Return the function that runs a batch of one sample with values that were drawn on the host."""

        def tensor(value: Any) -> Tensor:
            value = np.asarray(value)
            return ops.convert_to_tensor(value.astype(np.int32 if value.dtype.kind in "iu" else np.float32)[None])

        drawn = {key: {field: tensor(value) for field, value in own.items()} for key, own in values.items()}
        whole = {(e.key, e.field) for e in self.program.plan.entries.values() if e.form == "integer"}
        for key, field in whole & {(key, field) for key, own in drawn.items() for field in own}:
            drawn[key][field] = ops.cast(drawn[key][field], "float32")

        def run(inputs: dict[str, Any]) -> dict[str, Any]:
            inputs = keras.tree.map_structure(ops.convert_to_tensor, inputs)
            intake = take_apart(inputs, self.targets, bool(self.program.pipeline.targets), channels_first=False)
            return intake.restore(self.run(intake.entries, drawn))

        return run

    # Entering --------------------------------------------------------------------------------------------------------

    def _start(self, entries: Entries, values: Any) -> Batch:
        kinds = {name: self.targets[name].kind for name in entries}
        images = [name for name, kind in kinds.items() if kind == "image"]
        if not images:
            raise SampleError(f"there is no image among {', '.join(entries) or 'nothing'}")
        size = canvas(entries[images[0]])
        drawn = next((number for own in values.values() for number in own.values()), 0)
        # a graph of TensorFlow tells when it runs
        told = (concrete(drawn) is not None or ENGINE == "tensorflow") and not compiling()
        refuse_drawn_canvases(self.program, size, windows=not told or entries[images[0]].shape[0] != 1)
        batch = Batch(values, size)
        for name, entry in entries.items():
            target = self.targets[name]
            match target.kind:
                case "image":
                    self._check(name, entry)
                    batch.images[name] = self._enter(name, entry)
                case "mask":
                    batch.masks[name], batch.mask_fills[name] = entry, target.fill
                case "boxes" | "keypoints":
                    read = KINDS[target.kind].read
                    batch.points[name] = read(entry["rows"], target, size, _carried(entry), self.program.outline)
                case "labels":
                    batch.labels[name] = self._label(name, entry)
            if target.kind in ("image", "mask"):
                own = canvas(entry)
                if all(map(_known, (*own, *size))) and own != size:
                    raise SampleError(f"{name} is {_by(own)}, but {images[0]} is {_by(size)} (height x width)")
        return batch

    def _check(self, name: str, image: Tensor) -> None:
        channels = image.shape[-1]
        if channels is None:
            raise SampleError(f"{name}: the number of channels must be known: set_shape([None, None, 3]) before")
        check_ops(self.program, name, channels)

    def _enter(self, name: str, image: Tensor) -> Tensor:
        dtype = keras.backend.standardize_dtype(image.dtype)
        if self.program.full_scale and dtype != "uint8":
            return ops.cast(image, "float32") / self.program.full_scale
        if "float" not in dtype:
            return ops.cast(image, "float32") / 255
        image = ops.cast(image, "float32")
        return image if (self.low, self.high) == (0, 1) else (image - self.low) / (self.high - self.low)

    def _label(self, name: str, rows: Tensor) -> Tensor:
        if not self.mixes:
            return rows
        dtype = keras.backend.standardize_dtype(rows.dtype)
        if "float" in dtype:
            return rows
        if len(rows.shape) > 1:
            return ops.cast(rows, "float32")
        return ops.one_hot(ops.cast(rows, "int32"), self.classes(name), dtype="float32")

    def classes(self, name: str) -> int:
        """How many classes the whole numbers of a label target stand for."""
        classes = self.targets[name].classes
        if classes is None:
            raise SampleError(
                f"{name}: whole numbers cannot be mixed or smoothed; declare targets: {{{name}: {{kind: labels, classes: N}}}}, "
                "or give one-hot rows"
            )
        return classes

    # What comes out --------------------------------------------------------------------------------------------------

    def outcome(self, entries: Entries, lone: bool = False) -> Entries:
        """Shapes and types of what a batch becomes, or ``lone``, one sample, as Keras tensors; ``entries`` need no more than
        these."""

        def spec(tensor: Any, shape: tuple[Any, ...], dtype: str | None = None) -> Any:
            return keras.KerasTensor(shape, dtype or keras.backend.standardize_dtype(tensor.dtype))

        out: Entries = {}
        for name, entry in entries.items():
            kind = self.targets[name].kind
            if kind in ("image", "mask"):
                if kind == "image":
                    self._check(name, entry)
                batch, height, width, channels = entry.shape
                dtype = "float32" if kind == "image" and self.program.floats else None
                out[name] = spec(entry, (batch, *output_size(self.program, (height, width), name, lone), channels), dtype)
            elif kind in ("boxes", "keypoints"):
                grow = self.program.joined(name)
                out[name] = {k: spec(r, (r.shape[0], r.shape[1] and r.shape[1] * grow, *r.shape[2:])) for k, r in entry.items()}
            elif self.mixes and "float" not in keras.backend.standardize_dtype(entry.dtype):
                shape = entry.shape if len(entry.shape) > 1 else (entry.shape[0], self.classes(name))
                out[name] = spec(entry, tuple(shape), "float32")
            else:
                out[name] = spec(entry, tuple(entry.shape))
        return out

    # Leaving ---------------------------------------------------------------------------------------------------------

    def _finish(self, entries: Entries, batch: Batch) -> Entries:
        out: Entries = {}
        for name, entry in entries.items():
            if name in batch.images:
                out[name] = self._leave(batch.images[name], keras.backend.standardize_dtype(entry.dtype))
            elif name in batch.masks:
                out[name] = batch.masks[name]
            elif name in batch.points:
                rows = batch.points[name]
                assert isinstance(rows, Rows)
                dtype = keras.backend.standardize_dtype(entry["rows"].dtype)
                at, carried = rows.write(dtype if "float" in dtype else "float32")
                out[name] = {"rows": at, **carried}
            else:
                out[name] = batch.labels.get(name, entry)
        return out

    def _leave(self, image: Tensor, dtype: str) -> Tensor:
        if self.program.floats:
            return image
        if "float" not in dtype:
            return ops.cast(ops.round(ops.clip(image, 0, 1) * 255), dtype)
        return ops.cast(image if (self.low, self.high) == (0, 1) else image * (self.high - self.low) + self.low, dtype)


class GraphExecutor(BatchExecutor):
    """Settles images before a step that reads several pixels of them."""

    def _step(self, step: Step, batch: Batch) -> None:
        if step.leaves[0] is not self.program.batch_steps[0].leaves[0] and _reads_several(step):
            batch.images = {name: settled(image) for name, image in batch.images.items()}
        super()._step(step, batch)


def _reads_several(step: Step) -> bool:
    """Whether a step reads several pixels to make one; a statistic settles what it reads by itself."""
    return step.primitive not in ("edit", "branch", "label", "pointwise")


def _require(condition: Tensor, message: str) -> None:
    demand(ops.all(ops.convert_to_tensor(condition)), message)


def output_size(
    program: Program, size: tuple[int | None, int | None], name: str, lone: bool = False
) -> tuple[int | None, int | None]:  # fmt: skip
    """The canvas of a target after a program, of all its samples; None where it is not known, or ``lone`` samples differ."""
    values = None
    if lone:
        size = (None, None)
    elif None not in size:
        refuse_drawn_canvases(program, size)
    for leaf in program.leaves:
        op = leaf.op
        if op.canvas == "same" or (op.on is not None and name not in op.on):
            continue
        if None not in size:
            values = program.values(0) if values is None else values
            size = op.canvas_after(values.get(leaf.key, {}), size)
        elif not lone or not leaf.gate:
            size = op.fixed_size or (None, None)
        elif size != op.fixed_size:
            size = (None, None)
    return size


def canvas(raster: Tensor) -> tuple[Any, Any]:
    """Height and width of rasters (B, H, W, C): whole numbers where they are known, else float32 scalars."""
    height, width = ops.shape(raster)[1:3]
    return tuple(n if isinstance(n, int) else ops.cast(n, "float32") for n in (height, width))  # type: ignore[return-value]


def _known(extent: Any) -> bool:
    return isinstance(extent, int)


def _carried(entry: dict[str, Tensor]) -> dict[str, Tensor]:
    return {name: rows for name, rows in entry.items() if name != "rows"}


def _by(size: tuple[Any, Any]) -> str:
    return f"{size[0]} x {size[1]}"
