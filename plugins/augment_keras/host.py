"""``tf.data`` under another engine than TensorFlow: samples run on the host, in ``tf.numpy_function``, with OpenCV if there."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import keras
import numpy as np

from augment.engine.boxes import to_xyxy
from augment.engine.host import Executor
from augment.engine.points import Keypoints
from augment.engine.state import State
from augment.kernels.host import running
from augment.partners import partner_indices
from augment.plugins import editor_of
from augment.program.lower import Program
from augment_keras.backend import HOST
from augment_keras.draws import numbered
from augment_keras.jit import ENGINE
from augment_keras.running import Entries, Runner
from augment_keras.targets import GONE, nothing, of_a_class

Words = tuple[np.ndarray, np.ndarray]
PLACE = ""
"""What rows carry to tell where they stood. No number for the engine, so that it stays where pairs of rows change places."""


def executor(program: Program, text: str = "builtin") -> Executor:
    """Return what runs a program on the host; ``text`` is the backend that edits texts."""
    return Executor(program, running(HOST).load(), editor_of(program, text))


def is_foreign(inputs: Any) -> bool:
    """Whether a call brings tensors of TensorFlow, and Keras runs on another engine."""
    tf = sys.modules.get("tensorflow") if ENGINE != "tensorflow" else None
    return tf is not None and any(tf.is_tensor(x) for x in keras.tree.flatten(inputs))


def mapped(function: Callable[[Any], Any], inputs: Any, like: Any) -> Any:
    """Run a function of arrays on tensors of TensorFlow; ``like`` has the shapes and types of what it returns."""
    import tensorflow as tf

    flat, expected = keras.tree.flatten(inputs), keras.tree.flatten(like)

    def on_host(*arrays: np.ndarray) -> list[np.ndarray]:
        out = keras.tree.flatten(function(keras.tree.pack_sequence_as(inputs, arrays)))
        return [x if e.dtype == "string" else np.asarray(x, e.dtype) for x, e in zip(out, expected, strict=True)]

    out = tf.numpy_function(on_host, flat, [e.dtype for e in expected])
    out = out if isinstance(out, list | tuple) else [out]  # eagerly, a single one is no list
    for tensor, e in zip(out, expected, strict=True):
        tensor.set_shape(e.shape)
    return keras.tree.pack_sequence_as(like, out)


def unconverted(function: Callable[..., Any]) -> Callable[..., Any]:
    """Return a function that TensorFlow calls as it is."""
    import tensorflow as tf

    return tf.autograph.experimental.do_not_convert(function)


@dataclass(frozen=True, eq=False)
class HostBatch:
    """Runs a program on entries of arrays, as `Runner` does on tensors."""

    runner: Runner
    fresh: Callable[[int], Words]

    def __call__(self, entries: Entries, index: Any, epoch: Any) -> Entries:
        run = executor(self.runner.program)
        count = len(next(entry for name, entry in entries.items() if self.runner.targets[name].kind == "image"))
        values = self._values(count, index, epoch)
        steps = self.runner.program.steps

        def donor_of(at: int) -> Any:
            brought: Counter[int] = Counter()

            def donor(uniforms: Sequence[float], step: int) -> list[State]:
                return [bring(other, step) for other in partner_indices(uniforms, at, count)]

            def bring(other: int, step: int) -> State:
                state = run.bring(self._start(run, entries, other, values[other]), step, donor_of(other))
                brought[step] += 1
                for name, points in state.rows.items():  # its rows come after mine, and those of the donors before it
                    mixed = self.runner.program.joined(name, step) * brought[step]
                    points.carried[PLACE] = points.carried[PLACE] + entries[name]["rows"].shape[1] * mixed
                return state

            return donor

        states = [run.advance(self._start(run, entries, b, v), 0, len(steps), donor_of(b)) for b, v in enumerate(values)]
        finished = [run.finish(state) for state in states]
        return {name: self._finish(name, entry, states, finished) for name, entry in entries.items()}

    def _values(self, count: int, index: Any, epoch: Any) -> list[Any]:
        program = self.runner.program
        if index is None:
            first, second = self.fresh(count)
            return [program.plan.draw((first[b], second[b])) for b in range(count)]
        epochs, indices = numbered(index, 0 if epoch is None else epoch, count)
        return [program.values(i, e) for i, e in zip(indices, epochs, strict=True)]

    def _start(self, run: Executor, entries: Entries, b: int, values: Any) -> State:
        sample, carried, labels = {}, {}, {}
        for name, entry in entries.items():
            target = self.runner.targets[name]
            if target.kind == "labels":
                labels[name] = self._label(name, entry[b])
            elif target.kind in ("boxes", "keypoints"):
                # all keypoints have a place, also those that are padding
                alive = np.ones(len(entry["rows"][b]), bool) if target.kind == "keypoints" else self._alive(name, entry, b)
                sample[name] = np.asarray(entry["rows"][b], np.float64)[alive]
                carried[name] = {key: rows[b][alive] for key, rows in entry.items() if key != "rows"}
                carried[name][PLACE] = np.flatnonzero(alive).astype(object)
            else:
                sample[name] = self._unit(entry[b]) if target.kind == "image" else entry[b]
        state = run.start(sample, values, labels)
        # boxes and images may both have labels here, so neither goes by its name alone
        for name, rows in carried.items():
            points = state.rows[name]
            points.carried = rows
            if isinstance(points, Keypoints):
                points.alive = self._alive(name, entries[name], b)
        state.labels |= labels
        state.targets |= {name: self.runner.targets[name] for name in labels}
        return state

    def _alive(self, name: str, entry: dict[str, np.ndarray], b: int) -> np.ndarray:
        rows, target = np.asarray(entry["rows"][b], np.float64), self.runner.targets[name]
        if target.kind == "keypoints":
            return (rows[:, :2] != GONE).any(axis=1)
        boxes = to_xyxy(rows, target.format, (1, 1))
        alive = (boxes[:, 2:] > boxes[:, :2]).all(axis=1)
        return alive & of_a_class({key: rows[b] for key, rows in entry.items() if key != "rows"}, 1, np)

    def _unit(self, image: np.ndarray) -> np.ndarray:
        if image.dtype.kind != "f" or self.runner.program.full_scale:
            return image
        return (image.astype(np.float32) - np.float32(self.runner.low)) / np.float32(self.runner.high - self.runner.low)

    def _label(self, name: str, label: np.ndarray) -> np.ndarray:
        if not self.runner.mixes or label.dtype.kind == "f":
            return label
        if label.ndim:
            return label.astype(np.float32)
        return np.eye(self.runner.classes(name), dtype=np.float32)[label]

    def _finish(self, name: str, entry: Any, states: list[State], finished: list[dict[str, Any]]) -> Any:
        kind = self.runner.targets[name].kind
        if kind == "labels":
            return np.stack([state.labels[name] for state in states])
        if kind in ("boxes", "keypoints"):
            size = entry["rows"].shape[1] * self.runner.program.joined(name)
            places = [state.rows[name].carried[PLACE].astype(int) for state in states]
            rows = [out[name] for out in finished]
            own = {"rows": _placed(rows, places, size, entry["rows"], GONE if kind == "keypoints" else 0)}
            if kind == "keypoints":
                own["rows"][..., 2:] *= (own["rows"][..., :1] != GONE) | (own["rows"][..., 1:2] != GONE)
            for key in entry.keys() - {"rows"}:
                carried = [state.rows[name].carried[key] for state in states]
                own[key] = _placed(carried, places, size, entry[key], nothing(key, entry[key].dtype.name))
            return own
        stacked = np.stack([out[name] for out in finished])
        if kind == "image" and entry.dtype.kind == "f" and not self.runner.program.floats:
            stacked = (stacked * np.float32(self.runner.high - self.runner.low) + np.float32(self.runner.low)).astype(entry.dtype)
        return stacked


def _placed(rows: list[np.ndarray], places: list[np.ndarray], size: int, like: np.ndarray, padding: float) -> np.ndarray:
    """(B, size, ...): the rows of each sample where they were, and padding where they are gone."""
    out = np.full((len(rows), size, *like.shape[2:]), padding, like.dtype)
    for b, (some, at) in enumerate(zip(rows, places, strict=True)):
        out[b, at] = some
    return out
