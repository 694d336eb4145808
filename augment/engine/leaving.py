"""How a sample leaves a program on the host: in the types that it came in, with memory of its own."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import numpy as np

from augment.engine.state import State

TYPES = {name: np.dtype(name) for name in ("uint8", "float32")}


def leave(
    state: State, image: Callable[[str, np.dtype], np.ndarray], makes: str | None, dropped: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the sample.

    ``image(name, dtype)`` is an image as it has become, of a type; ``makes``: the one in which images come out, whatever
    they were; ``dropped`` is filled with what was dropped of each target, and why.
    """
    out = dict(state.sample)

    def left(name: str, like: Any) -> np.ndarray:
        if makes:
            return _squeeze(image(name, TYPES[makes]), like)
        dtype = state.dtypes[name]
        return _squeeze(image(name, dtype if dtype.kind == "f" else TYPES["uint8"]).astype(dtype, copy=False), like)

    stacked: set[str] = set()
    for name, frames in state.frames.items():
        out[name] = np.stack([left(frame, like) for frame, like in zip(frames, state.sample[name], strict=True)])
        stacked.update(frames)
    for name, target in state.targets.items():
        if target.kind == "image" and name not in stacked:
            out[name] = left(name, state.sample[name])
        elif target.kind == "mask":
            mask = state.rasters[name]
            out[name] = _squeeze(mask if mask.flags.writeable else mask.copy(), state.sample[name])
        elif name in state.labels:
            label = state.labels[name]
            out[name] = apart(label) if label is state.sample.get(name) else label
    if state.rows:
        out |= _rows(state, dropped)
    if state.passages:
        from augment.engine.passages import leave_passages

        out |= leave_passages(state.passages, out, dropped)
    return out


def _rows(state: State, dropped: dict[str, Any] | None) -> dict[str, Any]:
    """What is left of the rows of targets, with what they carry."""
    every = state.rows
    out: dict[str, Any] = {}
    for name in sorted(every, key=lambda name: name in state.follows):  # those that are followed first
        rows = every[name]
        rows.settle()
        if name in state.follows:
            rows.follow(every[state.follows[name]])
        rows.keep_alive()
        if dropped is not None and rows.dropped:
            dropped[name] = rows.dropped
        out |= rows.carried
        out[name] = rows.write(state.sample[name])
    return out


def apart(entry: Any) -> Any:
    """An entry that nothing changed, with memory of its own: who writes to a result must not change the data set."""
    return entry.clone() if hasattr(entry, "clone") else copy.deepcopy(entry)


def _squeeze(raster: np.ndarray, like: Any) -> np.ndarray:
    axes = like.ndim if isinstance(like, np.ndarray) else np.ndim(like)
    return raster[..., 0] if axes == 2 else raster
