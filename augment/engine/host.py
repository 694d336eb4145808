"""Runs a program on one sample on the host, with any kernel set that offers the primitives of `augment.kernels.reference`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from typing import Any

import numpy as np

from augment.engine.checks import check_shares, refuse_unmovable
from augment.engine.editor import BUILTIN, Editor
from augment.engine.entering import Entrance
from augment.engine.leaving import leave
from augment.engine.state import Donor, Size, State, Values
from augment.errors import SampleError
from augment.ops.kinds import REFERENCE, Branch, Context, Labelling, Painting, Scale, Window
from augment.ops.primitives import KernelSet
from augment.program.block import Row, opened
from augment.program.chain import step_strokes
from augment.program.leaf import Leaf, exclusive
from augment.program.lower import Program, Step
from augment.program.walk import step_walk
from augment.sample import MOVED, Target


@dataclass(frozen=True)
class Executor:
    """A program with the kernels that run it."""

    program: Program
    kernels: Any
    editor: Editor = BUILTIN
    """Runs the text ops."""
    planar: bool = False
    """Whether images become tensors: kernels, which then have ``planes``, lay their channels apart in memory."""

    def __call__(self, sample: Mapping[str, Any], values: Values, donor: Donor | None = None) -> dict[str, Any]:
        """Run the whole program on a sample: numpy in, numpy out; keys that are no targets pass untouched."""
        return self.finish(self.advance(self.start(sample, values), 0, len(self.program.steps), donor))

    # Entering --------------------------------------------------------------------------------------------------------

    @cached_property
    def entrance(self) -> Entrance:
        """What lets samples in, for whoever asks what their entries are."""
        return Entrance(self.program, self.kernels)

    def start(self, sample: Mapping[str, Any], values: Values, apart: Iterable[str] = ()) -> State:
        """Bring a sample to the first step; ``apart`` are the labels that whoever calls sets himself."""
        return self.entrance.start(sample, values, apart)

    # Steps -----------------------------------------------------------------------------------------------------------

    def advance(self, state: State, first: int, last: int, donor: Donor | None = None) -> State:
        """Run the steps ``first`` to ``last`` (excluded)."""
        for i in range(first, last):
            step = self.program.steps[i]
            try:
                if step.looks:
                    from augment.engine.aiming import aim

                    aim(self, step.leaves[0], state)
                if state.passages:
                    from augment.engine.consistency import keep_true

                    keep_true(step, state)
                if step.primitive == "edit":
                    self._edit(step.leaves[0], state)
                elif step.primitive == "label":
                    self._relabel(step.leaves[0], state)
                elif step.partnered:
                    from augment.engine.joining import join

                    join(self, step.leaves[0], state, donor, i)
                elif step.primitive in ("resample", "resize"):
                    self._geometry(step, state)
                elif step.primitive == "branch":
                    self._branch(step.leaves[0], state)
                else:
                    self._colour(step, state)
            except SampleError as error:
                raise error.at(step.leaves[0].path) from None
        return state

    def bring(self, state: State, step: int, donor: Donor | None) -> State:
        """Run a donor to a mix step: by its own draws through what stands before, and never through a branch beside it."""
        state.closed |= self._beside(self.program.steps[step].leaves[0])
        return self.advance(state, 0, step, donor)

    def _beside(self, mix: Leaf) -> set[str]:
        """The keys of the ops that stand in a branch beside that of a mix."""
        return {leaf.key for leaf in self.program.leaves if exclusive(leaf, mix)}

    def _leaves(self, step: Step, name: str, state: State) -> tuple[Leaf, ...]:
        """The active leaves of a step that apply to a target."""
        leaves, closed = opened(step, state.values), state.closed
        if step.limited:
            whole = state.whole(name)
            leaves = tuple(x for x in leaves if x.op.on is None or whole in x.op.on)
        return tuple(x for x in leaves if x.key not in closed) if closed else leaves

    def _edit(self, leaf: Leaf, state: State) -> None:
        if leaf.active(state.values) and leaf.key not in state.closed:
            from augment.engine.texts import edit_step

            edit_step(leaf, state.passages, state.values, self.editor, state.sample)

    def pixels(self, state: State, name: str) -> np.ndarray:
        """An image as it is by now: (H, W, C), uint8 or float32 in [0, 1]."""
        return self.primitives.pixels(self.raster(state, name))

    def raster(self, state: State, name: str) -> Any:
        """An image or a mask, with the colours that it should have by now."""
        chain = state.chains.pop(name, None)
        if chain:
            state.rasters[name] = self.kernels.pointwise(state.rasters[name], chain)
        return state.rasters[name]

    def locate(self, state: State, uniform: Any, ignore: tuple[int, ...]) -> tuple[Any, Any, Any]:
        """A pixel of the first mask; see `Sight.locate`."""
        masks = [name for name, target in state.targets.items() if target.kind == "mask"]
        return self.primitives.locate(state.rasters[masks[0]], uniform, ignore) if masks else (False, 0, 0)

    def components(self, state: State, ignore: tuple[int, ...]) -> Any:
        """The objects of the first mask; see `Sight.components`."""
        masks = [name for name, target in state.targets.items() if target.kind == "mask"]
        size = next(iter(state.sizes.values()))
        return self.primitives.components(state.rasters[masks[0]], ignore) if masks else np.zeros(size, int)

    def _geometry(self, step: Step, state: State) -> None:
        for name, target in state.targets.items():
            if target.kind not in MOVED:
                continue
            leaves = self._leaves(step, name, state)
            if not leaves:
                continue
            if target.kind in step.forsaken:
                for leaf in leaves:
                    refuse_unmovable(leaf.op, {name: target})
            size = state.rows[name].size if name in state.rows else state.sizes[name]
            key = (id(step), size, *map(id, leaves))
            if key not in state.walks:
                state.walks[key] = self._way(step, leaves, state.values, size)
            walk, window = state.walks[key]
            if name in state.rows:
                state.rows[name].move(walk, window, self.kernels)
            else:
                state.rasters[name] = self._move(step, state, name, target, walk, window)
                state.sizes[name] = walk.size

    def _way(self, step: Step, leaves: tuple[Leaf, ...], values: Values, size: Size) -> tuple[Any, Window | None]:
        walk = step_walk(step, leaves, values, size)
        window = walk.legs[0].window if step.primitive == "resize" else None
        return walk, window and Window(*map(int, window))

    def _move(self, step: Step, state: State, name: str, target: Target, walk: Any, window: Window | None) -> Any:
        raster = self.raster(state, name)
        if target.kind == "mask":
            if window is not None:
                return self.kernels.resize_nearest(raster, window, walk.size)
            return self.kernels.resample(raster, walk, fill=(target.fill,), nearest=True)
        if window is not None:
            return self.kernels.resize(raster, window, walk.size, walk.interpolation)
        fill = None
        if name in state.tails:
            walk = _through_tail(walk, state.tails[name])
        return self.kernels.resample(raster, walk, fill=fill)

    def _colour(self, step: Step, state: State) -> None:
        for name, target in state.targets.items():
            if target.kind == "image":
                leaves = self._leaves(step, name, state)
                if step.primitive == "pointwise":
                    self._chain(step, leaves, state, name)
                elif leaves:
                    state.rasters[name] = self.paint(leaves[0], state, name)
                    if (tail := leaves[0].op.tail) is not None:
                        state.tails[name] = tail
            elif target.kind in step.painted:
                for leaf in self._leaves(step, name, state):
                    assert isinstance(leaf.op, Painting)
                    v, context = _drawn(leaf, state, name), self._context(state, name)
                    state.rasters[name] = leaf.op.change_mask(state.rasters[name], v, context, self.primitives)

    def _chain(self, step: Step, leaves: tuple[Leaf, ...], state: State, name: str) -> None:
        strokes = step_strokes(step, leaves, state.values)
        state.chains.setdefault(name, []).extend(strokes)
        if step.normalizes:
            for leaf, stroke in zip(leaves, strokes, strict=True):
                if leaf.op.normalizes and isinstance(stroke.form, Scale):
                    state.tails[name] = stroke.form
        if not self.program.fused:
            self.raster(state, name)

    @cached_property
    def primitives(self) -> KernelSet:
        """The kernels, and what plugins add to them."""
        return KernelSet(self.kernels)

    def _context(self, state: State, name: str) -> Context:
        return Context(state.sizes[name], np, state.tails.get(name, Scale()))

    def paint(self, leaf: Leaf, state: State, name: str, reference: Any = None) -> Any:
        """An image as an op changes it, after the ``reference`` that it adapts it to, if it does."""
        image, op = self.raster(state, name), leaf.op
        assert isinstance(op, Painting)
        v, context, pixels = _drawn(leaf, state, name), self._context(state, name), self.primitives.pixels
        if reference is not None:
            v = {**v, REFERENCE: pixels(reference)[..., list(op.only)] if op.only else reference}
        if not op.only:
            return op.change(image, v, context, self.primitives)
        return limited(op.only, pixels(image), lambda part: pixels(op.change(part, v, context, self.primitives)))

    def _branch(self, leaf: Leaf, state: State) -> None:
        op = leaf.op
        assert isinstance(op, Branch)
        refuse_unmovable(op, state.targets)
        if not leaf.active(state.values) or leaf.key in state.closed:
            return
        for name in [name for name, target in state.targets.items() if target.kind == "image"]:
            versions = state.branches.setdefault((leaf.key, name), [])
            versions.append(self.raster(state, name))
            if op.number < op.count:
                state.rasters[name] = versions[0].copy()
            else:
                state.rasters[name] = op.blend(state.branches.pop((leaf.key, name)), state.values[leaf.key], self.primitives)

    def _relabel(self, leaf: Leaf, state: State) -> None:
        op = leaf.op
        assert isinstance(op, Labelling)
        if not leaf.active(state.values) or leaf.key in state.closed:
            return
        for name, labels in state.labels.items():
            if op.on is None or name in op.on:
                check_shares(name, labels.shape)
                state.labels[name] = op.relabel(labels)

    # Leaving ---------------------------------------------------------------------------------------------------------

    def finish(self, state: State, dropped: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the sample; ``dropped`` is filled with what was dropped of each target, and why."""
        return leave(state, partial(self._image, state), self.program.makes, dropped)

    def _image(self, state: State, name: str, dtype: np.dtype) -> np.ndarray:
        if self.planar:
            return self.kernels.planes(state.rasters[name], state.chains.get(name, ()), dtype)
        return self.kernels.leave(self.raster(state, name), dtype)


def _drawn(leaf: Leaf, state: State, name: str) -> Values:
    """What is drawn for an op on a raster, and what followed from that for the samples of a block at once."""
    op, values, size = leaf.op, state.values, state.sizes[name]
    v = values.get(leaf.key, {})
    assert isinstance(op, Painting)
    if op.foresees and isinstance(values, Row) and values.block.pays(leaf, size):
        return {**v, **values.block.ahead(leaf, size, lambda own, _: op.foreseen(own, size))[values.number]}
    return v


def limited(only: Iterable[int], image: np.ndarray, run: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Run a kernel on the channels of an image that an op is limited to; an image of 8 bits may become float32 by it,
    and channels of float32 may become 8 bits."""
    chosen = list(only)
    part = run(np.ascontiguousarray(image[..., chosen]))
    if part.dtype != image.dtype:
        image, part = (x * np.float32(1 / 255) if x.dtype == np.uint8 else x for x in (image, part))
    whole = image.copy()
    whole[..., chosen] = part
    return whole


def _through_tail(walk: Any, scale: Scale) -> Any:
    return replace(walk, legs=tuple(replace(leg, fill=scale.of(leg.fill)) for leg in walk.legs))


__all__ = ["Executor"]
