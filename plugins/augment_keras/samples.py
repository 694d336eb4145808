"""Samples of the host, numpy in and numpy out, through a layer: each as a batch of one, with its rows numbered.

Rows that come out as padding were dropped; what they carry goes with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from keras import ops

from augment.errors import SampleError
from augment.kernels import reference
from augment.kernels.extents import without_pixels
from augment.ops.kinds import Tail
from augment.program.execute import Executor, State
from augment.program.lower import Program
from augment.program.points import select
from augment.program.texts import BUILTIN, Editor, Passage
from augment_keras.running import Runner

Run = Callable[[dict[str, Any]], dict[str, Any]]


def through(
    program: Program, sample: Mapping[str, Any], values: Mapping[str, Any], run: Run, editor: Editor = BUILTIN
) -> dict[str, Any]:
    """Run ``run``, a function of a batch under the names of targets, on a sample; ``values`` tell whether it needs a partner.

    Texts, and which ops a caption forbids, are settled on the host before.
    """
    state = Executor(program, reference).start(sample, values)  # its checks are those of every backend
    for leaf in program.leaves:
        if leaf.op.primitive == "mix" and leaf.active(values):  # type: ignore[attr-defined]
            raise SampleError(f"{leaf.path}: joins two samples, and was given one: call a compiled layer on a batch")
    result = dict(sample)
    if state.passages:
        state, told = without_pixels(program, sample, values, editor)
        result |= {name: told[name] for p in state.passages.values() for name in _of_texts(p)}
        if state.closed:
            run = Runner(program.without(state.closed), 0, 1, mixes=program.soft_labels).given(values)
        state = _written(Executor(program, reference).start(sample, values), state)
    out = run({name: _batch(name, state) for name in (*state.rasters, *state.points)} | _labels(state))
    for name in state.rasters:
        result[name] = _raster(program, name, state, ops.convert_to_numpy(out[name])[0])
    for name in state.points:
        result |= _rows(name, state, {key: ops.convert_to_numpy(rows)[0] for key, rows in out[name].items()})
    result |= {name: ops.convert_to_numpy(out[name])[0] for name in _labels(state)}
    return result


def _of_texts(passage: Passage) -> list[str]:
    """The entries of a passage: itself, its spans, and what these carry."""
    carry = [c for spans in passage.spans.values() for c in spans.carried]
    return [passage.name, *passage.spans, *carry]


def _written(state: State, told: State) -> State:
    """A state at the start, whose boxes carry the phrases that they have in the end."""
    phrases = {name: rows for p in told.passages.values() for name, (_, rows, _) in p.spans.items()}
    for points in state.points.values():
        points.carried |= {name: [row.written() for row in phrases[name]] for name in points.carried.keys() & phrases}
    return state


def _labels(state: State) -> dict[str, Any]:
    return {name: rows[None] for name, rows in state.labels.items() if isinstance(rows, np.ndarray) and rows.dtype.kind == "f"}


def _batch(name: str, state: State) -> Any:
    raw = np.asarray(state.sample[name])
    kind = state.targets[name].kind
    if kind == "image":
        image = raw if raw.dtype == np.uint8 else raw.astype(np.float32)
        return image.reshape(1, *state.sizes[name], -1)
    if kind == "mask":
        mask = raw.astype(np.float32 if raw.dtype.kind == "f" else np.int32)
        return mask.reshape(1, *state.sizes[name], -1)
    count = len(state.points[name].at)
    rows = raw.astype(np.float32).reshape(1, count, -1) if count else np.zeros((1, 0, 4 if kind == "boxes" else 2), np.float32)
    return {kind: rows, "labels": np.arange(count, dtype=np.int32)[None]}


def _raster(program: Program, name: str, state: State, raster: np.ndarray) -> np.ndarray:
    like = np.asarray(state.sample[name])
    float_out = state.targets[name].kind == "image" and any(isinstance(leaf.op, Tail) for leaf in program.leaves)
    raster = raster.astype(np.float32 if float_out else like.dtype, copy=False)
    return raster[..., 0] if like.ndim == 2 else raster


def _rows(name: str, state: State, out: dict[str, np.ndarray]) -> dict[str, Any]:
    points, raw = state.points[name], state.sample[name]
    left = out["labels"] >= 0
    keep = np.zeros(len(points.at), bool)
    keep[out["labels"][left]] = True
    rows: Any = out[points.target.kind][left]
    if isinstance(raw, np.ndarray):
        rows = rows.astype(raw.dtype if raw.dtype.kind == "f" else np.float64)
    else:
        rows = rows.astype(np.float64).tolist()
    return {name: rows, **{key: select(values, keep) for key, values in points.carried.items()}}
