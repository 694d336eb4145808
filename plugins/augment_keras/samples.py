"""Samples of the host, numpy in and numpy out, through a layer: each as a batch of one, with its rows numbered.

Rows that come out as padding were dropped; what they carry goes with them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from augment.engine.host import Executor
from augment.engine.leaving import apart
from augment.engine.passages import Passage
from augment.engine.points import of_points
from augment.engine.rows import take
from augment.engine.state import State
from augment.errors import SampleError
from augment.kernels import reference
from augment.kernels.extents import without_pixels
from augment.plugins import editor_of
from augment.program.lower import Program
from augment_keras import ops
from augment_keras.host import executor
from augment_keras.lone import is_lone
from augment_keras.running import Runner

Run = Callable[[dict[str, Any]], dict[str, Any]]


def through(
    program: Program, sample: Mapping[str, Any], values: Mapping[str, Any], run: Run, text: str = "builtin"
) -> dict[str, Any]:
    """Run ``run``, a function of a batch under the names of targets, on a sample; ``values`` tell whether it needs a partner.
    One that no batch can hold runs on the host. Texts, and which ops a caption forbids, are settled on the host before.
    """
    state = Executor(program, reference).start(sample, values)  # its checks are those of every backend
    for leaf in program.leaves:
        if leaf.op.partnered and leaf.active(values):
            raise SampleError(f"{leaf.path}: needs another sample beside this one: call a compiled layer on a batch")
    if is_lone(program, next(iter(state.sizes.values()))):
        return executor(program, text)(sample, values)
    editor = editor_of(program, text)
    result = dict(sample)
    if state.passages:
        state, told = without_pixels(program, sample, values, editor)
        result |= {name: told[name] for p in state.passages.values() for name in _of_texts(p)}
        if state.closed:
            run = Runner(program.without(state.closed), 0, 1, mixes=program.soft_labels).given(values)
        state = _written(Executor(program, reference).start(sample, values), state)
    out = run({name: _batch(program, name, state) for name in (*state.rasters, *state.rows)} | _labels(state))
    for name in state.rasters:
        result[name] = _raster(program, name, state, ops.convert_to_numpy(out[name])[0])
    for name in state.rows:
        result |= _rows(name, state, {key: ops.convert_to_numpy(rows)[0] for key, rows in out[name].items()})
    result |= {name: ops.convert_to_numpy(out[name])[0] for name in _labels(state)}
    return result | {name: apart(sample[name]) for name in state.labels.keys() - _labels(state).keys()}


def _of_texts(passage: Passage) -> list[str]:
    """The entries of a passage: itself, its spans, and what these carry."""
    carry = [c for spans in passage.spans.values() for c in spans.carried]
    return [passage.name, *passage.spans, *carry]


def _written(state: State, told: State) -> State:
    """A state at the start, whose boxes carry the phrases that they have in the end."""
    phrases = {name: rows for p in told.passages.values() for name, (_, rows, _) in p.spans.items()}
    for points in state.rows.values():
        points.carried |= {name: [row.written() for row in phrases[name]] for name in points.carried.keys() & phrases}
    return state


def _labels(state: State) -> dict[str, Any]:
    return {name: rows[None] for name, rows in state.labels.items() if isinstance(rows, np.ndarray) and rows.dtype.kind == "f"}


def _batch(program: Program, name: str, state: State) -> Any:
    raw = np.asarray(state.sample[name])
    kind = state.targets[name].kind
    if kind == "image":
        bytes_ = raw.dtype == np.uint8 or (raw.dtype.kind in "iu" and program.full_scale is None)
        image = raw.astype(np.uint8 if bytes_ else np.float32, copy=False)
        return image.reshape(1, *state.sizes[name], -1)
    if kind == "mask":
        return _coded(state.rasters[name], _fills(program, name, state), name)[0][None]
    count = len(state.rows[name].at)
    rows = raw.astype(np.float32).reshape(1, count, -1) if count else np.zeros((1, 0, 4 if kind == "boxes" else 2), np.float32)
    return {kind: rows, "labels": np.arange(count, dtype=np.int32)[None]}


def _coded(mask: np.ndarray, fills: tuple[int, ...], name: str) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """A mask in a type that every engine has, and the codes and the labels that they stand for; none where it holds the labels.

    Codes have the order of their labels, and what is written into the mask is its own code.
    """
    none = np.zeros(0, np.int64)
    if mask.dtype.kind == "f" and mask.dtype.itemsize <= 4:
        return mask.astype(np.float32), none, mask.ravel()[:0]
    if mask.dtype.kind != "f" and -(2**31) <= int(mask.min()) <= int(mask.max()) < 2**31:
        return mask.astype(np.int32), none, mask.ravel()[:0]
    labels, at = np.unique(mask, return_inverse=True)
    marks = sorted(set(fills))
    own = np.array(marks).astype(mask.dtype)
    below = np.searchsorted(own, labels)
    codes = np.zeros(len(labels), np.int64)
    for k in range(len(marks) + 1):
        between = np.flatnonzero((below == k) & ~np.isin(labels, own))
        codes[between] = (marks[k - 1] + 1 if k else marks[0] - len(between)) + np.arange(len(between))
        if 0 < k < len(marks) and len(between) >= marks[k] - marks[k - 1]:
            what = f"{name}: has more labels between {marks[k - 1]} and {marks[k]} than Keras can tell apart"
            raise SampleError(f"{what}: cast it to float32")
    codes[np.isin(labels, own)] = np.array(marks)[np.isin(own, labels)]
    if marks[0] - len(labels) < -(2**31) or marks[-1] + len(labels) >= 2**31:
        raise SampleError(f"{name}: on Keras a fill has 32 bits: choose another")
    return codes[at].reshape(mask.shape).astype(np.int32), np.append(codes, marks), np.append(labels, own)


def _fills(program: Program, name: str, state: State) -> tuple[int, ...]:
    return (state.targets[name].fill, *program.fill_labels)


def _raster(program: Program, name: str, state: State, raster: np.ndarray) -> np.ndarray:
    like = np.asarray(state.sample[name])
    if state.targets[name].kind == "mask":
        _, codes, labels = _coded(state.rasters[name], _fills(program, name, state), name)
        order = np.argsort(codes, kind="stable")
        found = labels[order][np.searchsorted(codes[order], raster)] if len(codes) else raster.astype(like.dtype)
        return found[..., 0] if like.ndim == 2 else found
    float_out = state.targets[name].kind == "image" and program.floats
    raster = raster.astype(np.float32 if float_out else like.dtype, copy=False)
    return raster[..., 0] if like.ndim == 2 else raster


def _rows(name: str, state: State, out: dict[str, np.ndarray]) -> dict[str, Any]:
    points, raw = state.rows[name], state.sample[name]
    left = out["labels"] >= 0
    came, stand = out["labels"][left], np.flatnonzero(left)  # the same, but for pairs that a mirror has changed
    rows: Any = out[points.target.kind][left]
    if isinstance(raw, np.ndarray):
        rows = rows.astype(raw.dtype if raw.dtype.kind == "f" else np.float64)
    else:
        rows = rows.astype(np.float64).tolist()
    return {name: rows, **{key: take(values, came if of_points(values) else stand) for key, values in points.carried.items()}}
