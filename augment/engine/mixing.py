"""What becomes of images, masks, labels and rows where a sample is composed of several: one rule for each kind of target."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from augment.engine.objects import Objects
from augment.engine.rows import Rows
from augment.engine.state import State
from augment.engine.visible import paste, views
from augment.errors import SampleError
from augment.ops.kinds import Composition, Window


def compose_images(name: str, rasters: Sequence[Any], composition: Composition, fill: Sequence[float], kernels: Any) -> Any:
    """Compose images (H, W, C) in the form of a kernel set, which has `mix` for two that are aligned and `compose` for others."""
    if composition.pair is None:
        same_channels(name, rasters)

        def resized(raster: Any, window: Window, size: tuple[int, int]) -> Any:
            return kernels.resize(raster, window, size, "bilinear")

        return kernels.compose(*_as_they_lie(rasters, composition, resized), fill)
    one, two = _aligned(name, rasters)
    if composition.pair.alpha is not None:
        return kernels.fade(one, two, composition.pair.alpha)
    if composition.pair.shown is not None:
        return kernels.fill(one, composition.pair.shown, two)
    return kernels.mix(one, two, float(composition.weights[0]), composition.pair.rectangle)


def compose_masks(name: str, masks: Sequence[np.ndarray], composition: Composition, fill: int, kernels: Any) -> np.ndarray:
    """Compose masks: pasted like images; blended if they are floats; else those of the sample with the larger weight."""
    if composition.pair is None:
        same_channels(name, masks)
        masks, composition = _as_they_lie(masks, composition, kernels.resize_nearest)
        out = np.full((*composition.size, masks[0].shape[2]), fill, np.result_type(*masks))
        for placement in composition.placements:
            paste(out, masks[placement.source], placement)
        return out
    (one, two), weight = _aligned(name, masks), float(composition.weights[0])
    if composition.pair.rectangle is not None:
        return kernels.mix(one, two, weight, composition.pair.rectangle)
    if composition.pair.shown is not None:
        return np.where(composition.pair.shown[..., None], two, one)
    if one.dtype.kind == "f":
        return (one * weight + two * (1 - weight)).astype(one.dtype)
    return one if weight >= 0.5 else two


def _as_they_lie(
    rasters: Sequence[Any], composition: Composition, resize: Callable[[Any, Window, tuple[int, int]], Any]
) -> tuple[Sequence[Any], Composition]:
    """Rasters and a composition in which no window is resized: what was to be is a raster of its own."""
    made, placements = list(rasters), []
    for placement in composition.placements:
        if placement.resized is not None:
            height, width = (int(n) for n in placement.resized)
            made.append(resize(rasters[placement.source], Window(*(int(n) for n in placement.window)), (height, width)))
            placement = placement._replace(source=len(made) - 1, window=Window(0, 0, height, width), resized=None)
        placements.append(placement)
    return made, composition._replace(placements=tuple(placements))


def compose_labels(name: str, labels: Sequence[np.ndarray], composition: Composition) -> np.ndarray:
    """Blend label vectors by the weights of their samples."""
    out: Any = 0
    for label, weight in zip(labels, composition.weights, strict=True):
        if label.shape != labels[0].shape:
            raise SampleError(f"{name} has the shape {labels[0].shape} in one sample and {label.shape} in the other")
        out = out + label * np.float32(weight)
    return out


def compose_rows(states: Sequence[State], names: Sequence[str], composition: Composition, kernels: Any) -> None:
    """Give the first sample the rows of all, boxes, points, polygons and instances: of each sample what its view shows.

    Rows that follow others go with them. Raises `SampleError` where only some of those that go together are ``names``.
    """
    first, seen = states[0], dict(views(composition))
    _refuse_parted(first, names)
    chosen = None if composition.pair is None else composition.pair.rows
    objects = [] if chosen is None else [Objects.of(own, names, seen[i], chosen if i else None) for i, own in enumerate(states)]
    shown: dict[str, list[Rows]] = {name: [] for name in names}
    for name in sorted(names, key=lambda name: name in first.follows):  # those that are followed first
        for source, own in enumerate(states):
            rows, view = own.rows[name], seen.get(source)
            if view is None:
                rows.drop(np.ones(len(rows), bool), "its sample is not shown")
            elif objects and name in objects[source].names:
                objects[source].show(rows, view)
            else:
                rows.join_view(view, kernels)
            if name in own.follows:
                rows.follow(own.rows[own.follows[name]])
            rows.keep_alive()
            shown[name].append(rows)
    for name, (rows, *others) in shown.items():
        rows.join(others, apart=[other for other, leader in first.follows.items() if leader == name])
        first.sizes[name] = composition.size


def _refuse_parted(state: State, names: Sequence[str]) -> None:
    for name, leader in sorted(state.follows.items()):
        if (name in names) != (leader in names):
            left = name if leader in names else leader
            raise SampleError(f"{name} has a row for each of {leader}, so both are joined or neither: add {left} to on")


def _aligned(name: str, rasters: Sequence[Any]) -> Sequence[Any]:
    one, two = rasters
    if one.shape != two.shape:
        has, other_has = (" x ".join(map(str, raster.shape)) for raster in (one, two))
        raise SampleError(f"{name} is {has} in one sample and {other_has} in the other (height x width x channels)")
    return rasters


def same_channels(name: str, rasters: Sequence[Any]) -> None:
    """Raise `SampleError` where rasters of one target differ in their number of channels."""
    counts = sorted({raster.shape[2] for raster in rasters})
    if len(counts) > 1:
        raise SampleError(f"{name} has {counts[0]} channels in one sample and {counts[-1]} in another")
