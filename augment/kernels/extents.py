"""Kernels that know the size of a raster and nothing else: for boxes, keypoints and texts whose pixels are elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from typing import Any

import numpy as np

from augment.engine.checks import array
from augment.engine.editor import BUILTIN, Editor
from augment.engine.host import Executor
from augment.engine.state import State
from augment.errors import SampleError
from augment.program.lower import Program, Step
from augment.sample import claim

name = "extents"


def without_pixels(
    program: Program, sample: Mapping[str, Any], values: Any, editor: Editor = BUILTIN, dropped: dict[str, Any] | None = None
) -> tuple[State, dict[str, Any]]:
    """Run all of a program on a sample but for its pixels.

    Returns the state, which knows the ops that the sample's captions forbid (``closed``), and the sample, whose rasters are
    hollow; ``dropped`` is filled with the rows that were dropped.
    """
    executor = _Hollow(program, sys.modules[__name__], editor)
    kinds = {name: target.kind for name, target in claim(sample, program.pipeline.targets).items()}
    rasters = {name: array(name, sample[name], kind) for name, kind in kinds.items() if kind in ("image", "mask")}
    hollowed = {**sample, **{name: hollow(raster.shape, raster.dtype) for name, raster in rasters.items()}}
    state = executor.advance(executor.start(hollowed, values), 0, len(program.steps))
    return state, executor.finish(state, dropped)


class _Hollow(Executor):
    """Leaves values alone: there are none. So no other kernels are asked for, as a mix needs another sample."""

    def _colour(self, step: Step, state: State) -> None:
        pass

    def locate(self, state: State, uniform: Any, ignore: tuple[int, ...]) -> Any:
        fix = "here captions and rows go ahead of the pixels; give arrays, or tensors of the CPU, or use albumentations"
        raise SampleError(f"reads the pixels of a mask, and {fix}")

    def components(self, state: State, ignore: tuple[int, ...]) -> Any:
        return self.locate(state, 0, ignore)


def hollow(shape: tuple[int, ...], dtype: Any = np.uint8) -> np.ndarray:
    """An array of zeros that takes no memory."""
    return np.broadcast_to(np.zeros((), dtype), shape)


def enter(image: np.ndarray) -> np.ndarray:
    return image


def leave(image: np.ndarray, dtype: np.dtype) -> np.ndarray:
    return image


def resample(image: np.ndarray, walk: Any, fill: Any = None, nearest: bool | None = None) -> np.ndarray:
    return hollow((*walk.size, image.shape[2]), image.dtype)


def resize(image: np.ndarray, window: Any, size: tuple[int, int], interpolation: str) -> np.ndarray:
    return hollow((*size, image.shape[2]), image.dtype)


def resize_nearest(mask: np.ndarray, window: Any, size: tuple[int, int]) -> np.ndarray:
    return hollow((*size, mask.shape[2]), mask.dtype)
