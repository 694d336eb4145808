"""Runs a program on a batch, every sample with its own draws, as one static graph: for torch and ``keras.ops``.

Choices are parameters: a gate that is closed makes a matrix the identity and a colour function neutral; only what is left is
selected per sample. Values have the shape (B,) or (B, count); canvases have one size for the batch, or an array (B,) of them
inside a run whose last canvas is fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial, reduce
from types import MappingProxyType
from typing import Any

import numpy as np

from augment.engine.batch_walk import batch_walk, through
from augment.engine.canvases import window_lacks
from augment.engine.checks import check_shares
from augment.engine.gates import Array, Values, either, gate
from augment.errors import SampleError, UnsupportedOpError
from augment.ops.kinds import (
    REFERENCE,
    Bend,
    Branch,
    Composition,
    Context,
    Form,
    Geometric,
    Labelling,
    Linear,
    Mix,
    Mixture,
    Painting,
    Partnered,
    Resizing,
    Scale,
    Turn,
    Window,
    blind,
)
from augment.ops.primitives import KernelSet
from augment.program.alternatives import Group, linear
from augment.program.flatten import Leaf, exclusive
from augment.program.lower import Program, Step
from augment.program.walk import Leg, Walk


@dataclass
class BatchPoints:
    """Boxes or keypoints: ``at`` (B, n, k, 2) in index coordinates, ``alive`` (B, n), on a canvas of ``size``."""

    at: Array
    alive: Array
    size: tuple[Any, Any]

    def turn(self, inverse: Array) -> None:
        """Let rows that are pairs change places where a move, given by its way back ((B,) 3, 3), is a mirror."""


@dataclass
class Batch:
    """A batch on its way."""

    values: Values
    size: tuple[Any, Any]
    images: dict[str, Array] = field(default_factory=dict)
    masks: dict[str, Array] = field(default_factory=dict)
    mask_fills: dict[str, int] = field(default_factory=dict)
    points: dict[str, BatchPoints] = field(default_factory=dict)
    labels: dict[str, Array] = field(default_factory=dict)
    tails: dict[str, Scale] = field(default_factory=dict)
    """What normalize did to the images that it ran on."""
    sizes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """The canvas of each target; ops that are limited with ``on`` make them differ."""
    branches: dict[tuple[str, str], list[Array]] = field(default_factory=dict)
    """Of each blend and image: the image as it was, and the versions that are made by now."""
    donors: Batch | None = None
    """The samples as partners of the step that runs: without what stands in a branch beside it. None: as they are."""

    def fork(self) -> Batch:
        """Return a batch that goes a way of its own from here."""
        points = {name: replace(points) for name, points in self.points.items()}
        copies: dict[str, Any] = {name: dict(getattr(self, name)) for name in ("images", "masks", "labels", "tails", "sizes")}
        branches = {place: list(versions) for place, versions in self.branches.items()}
        return replace(self, points=points, branches=branches, donors=None, **copies)

    def size_of(self, name: str) -> tuple[Any, Any]:
        return self.sizes[name]


@dataclass(frozen=True)
class BatchExecutor:
    """A program with batched kernels and their array functions ``xp``."""

    program: Program
    kernels: Any
    xp: Any

    def __call__(self, batch: Batch) -> Batch:
        batch.sizes = dict.fromkeys((*batch.images, *batch.masks, *batch.points), batch.size)
        ways: dict[int, Batch] = {}
        for i, step in enumerate(self.program.batch_steps):
            for at, mix in self._partnered.items():
                left = tuple(leaf for leaf in step.leaves if not exclusive(leaf, mix)) if at > i else ()
                if at > i and at not in ways and len(left) < len(step.leaves):  # the first branch beside this mix begins
                    ways[at] = batch.fork()
                if left and at in ways:
                    self._step(replace(step, leaves=left), ways[at])
            batch.donors = ways.pop(i, None)
            self._step(step, batch)
        return batch

    def _step(self, step: Step, batch: Batch) -> None:
        if step.primitive == "edit":
            return  # texts are no part of a batch: the host edits them
        if step.primitive in ("resample", "resize"):
            self._geometry(step, batch)
        elif step.primitive == "pointwise":
            self._pointwise(step, batch)
        elif step.primitive == "branch":
            self._branch(step.leaves[0], batch)
        elif step.primitive == "label":
            self._relabel(step.leaves[0], batch)
        elif step.partnered:
            self._with_partners(step, batch)
        else:
            self._paint(step, batch)

    @cached_property
    def _set(self) -> KernelSet:
        return KernelSet(self.kernels)

    def _demand(self, leaf: Leaf) -> None:
        """Raise `UnsupportedOpError` where the kernel set of batches lacks what an op needs."""
        if lacking := self._set.lacks(leaf.op.primitives()):
            fix = "run samples one by one (.over, .collate of samples), or use another backend for it"
            raise UnsupportedOpError(f"{leaf.path}: the kernels of batches on {self._set.name} have no {lacking[0]}; {fix}")

    @cached_property
    def _partnered(self) -> dict[int, Leaf]:
        """The ops that need partners, by the numbers of their steps: none passes through a branch that stands beside one."""
        return {at: step.leaves[0] for at, step in enumerate(self.program.batch_steps) if step.partnered}

    def _for(self, step: Step, name: str) -> tuple[Group, ...]:
        """The ops of a step that are for a target; those of a group are limited alike."""
        return tuple(group for group in step.groups if _concerns(group[0], name))

    @cached_property
    def limited(self) -> bool:
        """Whether any geometric op is limited to some targets, whose canvases may then differ."""
        return any(leaf.op.relocates and leaf.op.on is not None for leaf in self.program.leaves)

    def _aim(self, leaf: Leaf, batch: Batch) -> None:
        """Let an op look at boxes and masks before it moves them."""
        op, xp, v = leaf.op, self.xp, batch.values.get(leaf.key, {})
        assert isinstance(op, Geometric)
        self._demand(leaf)
        if "window" in v:
            return
        sight = blind(op, v, xp)
        boxes = [p for p in batch.points.values() if p.at.shape[2] > 1]  # keypoints have no outline
        if boxes:
            corners = [xp.concatenate([xp.min(p.at, axis=2), xp.max(p.at, axis=2)], axis=-1) + 0.5 for p in boxes]
            there = xp.concatenate([sight.there, *(p.alive for p in boxes)], axis=1)
            sight = sight._replace(boxes=xp.concatenate([sight.boxes, *corners], axis=1), there=there)
        if batch.masks:
            sight = sight._replace(locate=partial(self._set.locate, next(iter(batch.masks.values()))))
        aimed, kept = op.aim(v, batch.size, sight, xp)
        batch.values = {**batch.values, leaf.key: {**v, **aimed}}
        if kept is None:
            return
        start, open_ = 1, gate(leaf, batch.values, xp)
        for points in boxes:
            stop = start + xp.shape(points.alive)[1]
            own = kept[:, start:stop]
            own = own if open_ is True else xp.logical_or(own, xp.logical_not(open_)[:, None])
            points.alive, start = xp.logical_and(points.alive, own), stop

    def _geometry(self, step: Step, batch: Batch) -> None:
        if step.looks:
            self._aim(step.leaves[0], batch)
        walks: dict[Any, tuple[Walk, Any]] = {}

        def way(name: str) -> tuple[Walk, Any] | None:
            groups, size = self._for(step, name), batch.size_of(name)
            found = name if self.limited else ""
            if groups and found not in walks:
                walk = batch_walk(groups, batch.values, size, step, self.xp)
                self._check_room(groups, walk, batch)
                window = None
                if step.primitive == "resize":
                    window = self._window(groups[0], batch.values, size)
                walks[found] = walk, window
            if groups:
                batch.sizes[name] = walks[found][0].size
            return walks[found] if groups else None

        kernels = self.kernels
        for name in batch.images:
            if (found := way(name)) is not None:
                walk, window = found
                if window is None:
                    batch.images[name] = kernels.resample(batch.images[name], self._colours(walk, batch, name), None, None)
                else:
                    batch.images[name] = self._resized(batch.images[name], window, walk.size, step.groups[0], batch.values)
        for name in batch.masks:
            if (found := way(name)) is not None:
                walk, window = found
                if window is None:
                    batch.masks[name] = kernels.resample(batch.masks[name], walk, (batch.mask_fills[name],), True)
                else:
                    batch.masks[name] = kernels.resize_nearest(batch.masks[name], window, walk.size)
        for name in batch.points:
            if (found := way(name)) is not None:
                for leg in found[0].legs:
                    self._carry(batch.points[name], leg)
        if walks:
            batch.size = next(iter(walks.values()))[0].size

    def _check_room(self, groups: tuple[Group, ...], walk: Walk, batch: Batch) -> None:
        """Raise where a window does not fit into a canvas that the op before it draws for each sample."""
        for (leaf, *_), leg in zip(groups, walk.legs, strict=True):
            op = leaf.op
            drawn = not all(isinstance(side, int) for side in leg.size)
            if drawn and op.least:
                for have, want in zip(leg.size, op.least, strict=True):
                    self._require(have >= want, f"{leaf.path}: {window_lacks(op.least)}")

    def _require(self, condition: Array, message: str) -> None:
        """Raise where a condition does not hold for all samples."""
        if not np.all(condition):
            raise SampleError(message)

    def _window(self, group: Group, values: Values, size: tuple[Any, Any]) -> Window:
        """The window that is resized: all of it where no gate is open, as the size is then the same."""
        window = Window(0, 0, *size)
        for leaf in group:
            assert isinstance(leaf.op, Resizing)
            own, open_ = leaf.op.window(values.get(leaf.key, {}), size, self.xp), gate(leaf, values, self.xp)
            if open_ is True:
                return own
            window = Window(*(self.xp.where(open_, new * 1.0, old * 1.0) for new, old in zip(own, window, strict=True)))
        return window

    def _resized(self, image: Array, window: Window, size: tuple[Any, Any], group: Group, values: Values) -> Array:
        """An image (B, ...), each sample with the interpolation of that op of a group which is done to it."""
        kernels, (first, *others) = self._set, dict.fromkeys(leaf.op.interpolation for leaf in group)  # type: ignore[attr-defined]
        out = kernels.resize(image, window, size, first)
        for other in others:
            gates = [gate(leaf, values, self.xp) for leaf in group if leaf.op.interpolation == other]  # type: ignore[attr-defined]
            here = kernels.spread(reduce(self.xp.logical_or, gates), image)
            out = kernels.xp.where(here, kernels.resize(image, window, size, other), out)
        return out

    def _colours(self, walk: Walk, batch: Batch, name: str) -> Walk:
        if name not in batch.tails:
            return walk
        return replace(walk, legs=tuple(replace(leg, fill=batch.tails[name].of(leg.fill)) for leg in walk.legs))

    def _carry(self, points: BatchPoints, leg: Leg) -> None:
        xp = self.xp
        batch, n, k, _ = xp.shape(points.at)
        if isinstance(n, int) and n == 0:  # of no rows there is no lowest
            points.size = leg.output
            return
        flat = xp.reshape(points.at, (batch, n * k, 2))
        moved, seen = through(leg, flat - self._centre(leg.size), xp, self.kernels.read_field)
        moved = moved + self._centre(leg.output)
        points.at = xp.reshape(moved, (batch, n, k, 2))
        seen = xp.all(xp.reshape(seen, (batch, n, k)), axis=-1)
        low, high = xp.min(points.at, axis=2) + 0.5, xp.max(points.at, axis=2) + 0.5
        extent = self._centre(leg.output) * 2 + 1
        inside = xp.all(xp.logical_and(high > 0, low < extent), axis=-1)
        points.alive = xp.logical_and(points.alive, xp.logical_and(seen, inside))
        points.size = leg.output
        points.turn(leg.inverse)

    def _centre(self, size: tuple[Any, Any]) -> Array:
        """(2,) or (B, 1, 2): x and y of the centre of a canvas."""
        height, width = size
        if isinstance(height, int) and isinstance(width, int):
            return self.xp.array([(width - 1) / 2, (height - 1) / 2], "float32")
        xp = self.xp
        zero = (height + width) * 0.0
        centre = xp.stack([(zero + width - 1) / 2, (zero + height - 1) / 2], axis=-1)
        return centre[..., None, :]

    # Colour ----------------------------------------------------------------------------------------------------------

    def _pointwise(self, step: Step, batch: Batch) -> None:
        for name in batch.images:
            image = batch.images[name]
            for group in self._for(step, name):
                image = self._colour(group, image, batch)
            batch.images[name] = image
            for leaf, *_ in self._for(step, name):
                if leaf.op.tail is not None:
                    batch.tails[name] = leaf.op.tail

    def _colour(self, group: Group, image: Array, batch: Batch) -> Array:
        first, values, kernels = group[0], batch.values, self.kernels
        op = first.op
        assert isinstance(op, Painting)
        part = kernels.take_channels(image, op.only) if op.only else image
        if linear(first):  # a gate that is closed makes it neutral
            out = self._shaded(part, self._linear(group, values))
        else:
            out = self._where_open(group, values, part, lambda part, v: self._stroke(op, part, v))
        return kernels.put_channels(image, op.only, out) if op.only else out

    def _stroke(self, op: Painting, image: Array, v: Mapping[str, Any]) -> Array:
        form, _, rounds = op.stroke(v, self.xp)
        return self._shaded(self.kernels.round8(image) if rounds else image, form)

    def _shaded(self, image: Array, form: Form) -> Array:
        kernels = self.kernels
        match form:
            case Linear():
                return kernels.linear(image, form)
            case Bend():
                return kernels.curve(image, form)
            case Mixture():
                return kernels.mixture(image, form)
            case Turn():
                return kernels.turn_hue(image, form)
            case Scale():
                return kernels.affine(image, form.gain, form.offset)
        raise TypeError(f"{kernels.name} has no kernel for {form}")

    def _where_open(
        self, group: Group, values: Values, raster: Array, make: Callable[[Array, Mapping[str, Any]], Array]
    ) -> Array:
        """``make(raster, v)``, with the values of the op of a group whose gate is open, where one is; kernels may give it those
        samples alone."""
        v, open_ = either(group, values, self.xp)
        op = group[0].op
        assert isinstance(op, Painting)
        return make(raster, v) if open_ is True else self.kernels.where_open(open_, make, raster, v, op.heavy)

    def _linear(self, group: Group, values: Values) -> Linear:
        """One linear function for a group of ops that exclude each other."""
        out = Linear()
        for leaf in group:
            assert isinstance(leaf.op, Painting)
            form, open_ = leaf.op.stroke(values.get(leaf.key, {}), self.xp).form, gate(leaf, values, self.xp)
            assert isinstance(form, Linear)
            statistic = form.statistic or out.statistic
            if open_ is not True:
                gain, gray, offset, mean = (
                    o if isinstance(n, float) and isinstance(o, float) and n == o else self.xp.where(open_, n, o)
                    for n, o in zip(form[:4], out[:4], strict=True)
                )  # fmt: skip
                form = Linear(gain, gray, offset, mean)
            out = form._replace(statistic=statistic)
        return out

    # The rest --------------------------------------------------------------------------------------------------------

    def _paint(self, step: Step, batch: Batch, beside: Mapping[str, Array] = MappingProxyType({})) -> None:
        """Change the values of images, and of masks where the op moves those; ``beside`` are images of the partners."""
        (group,) = step.groups
        leaf = group[0]
        op, kernels = leaf.op, self._set
        assert isinstance(op, Painting)
        self._demand(leaf)

        def change(image: Array, v: Any, context: Context) -> Array:
            if not op.only:
                return op.change(image, v, context, kernels)
            if REFERENCE in v:
                v = {**v, REFERENCE: kernels.take_channels(v[REFERENCE], op.only)}
            part = op.change(kernels.take_channels(image, op.only), v, context, kernels)
            return kernels.put_channels(image, op.only, part)

        def change_mask(mask: Array, v: Any, context: Context) -> Array:
            return op.change_mask(mask, v, context, kernels)

        for rasters, make in ((batch.images, change), (batch.masks, change_mask)):
            for name, raster in rasters.items():
                if _concerns(leaf, name) and (make is change or "mask" in op.moves):
                    context = Context(batch.size_of(name), self.xp, batch.tails.get(name, Scale()))
                    values = batch.values
                    if name in beside:
                        values = {**values, leaf.key: {**values[leaf.key], REFERENCE: beside[name]}}
                    rasters[name] = self._where_open(group, values, raster, partial(make, context=context))

    def _branch(self, leaf: Leaf, batch: Batch) -> None:
        op, kernels = leaf.op, self._set
        assert isinstance(op, Branch)
        for name in (*batch.masks, *batch.points) if op.disturbs else ():
            raise SampleError(f"{leaf.path}: cannot move {name}; {op.instead}")
        open_ = gate(leaf, batch.values, self.xp)
        for name, image in batch.images.items():
            versions = batch.branches.setdefault((leaf.key, name), [])
            versions.append(image)
            if op.number < op.count:
                made = versions[0]
            else:
                made = op.blend(batch.branches.pop((leaf.key, name)), batch.values[leaf.key], kernels)
            if open_ is not True:
                made = kernels.xp.where(kernels.spread(open_, image), made, image)
            batch.images[name] = made

    def _relabel(self, leaf: Leaf, batch: Batch) -> None:
        op, open_ = leaf.op, gate(leaf, batch.values, self.xp)
        assert isinstance(op, Labelling)
        for name, rows in batch.labels.items():
            if _concerns(leaf, name):
                check_shares(name, rows.shape[1:])
                made, share = op.relabel(rows), None if open_ is True else self.xp.where(open_, 1.0, 0.0)
                batch.labels[name] = made if share is None else self.kernels.mix_labels([made, rows], [share, 1 - share])

    def _with_partners(self, step: Step, batch: Batch) -> None:
        """Partners are from the batch: the sample itself is never its own."""
        leaf = step.leaves[0]
        op, drawn = leaf.op, batch.values[leaf.key]["partner"]
        assert isinstance(op, Partnered)
        self._demand(leaf)
        partners = self.kernels.partners(drawn[:, None] if op.sources == 2 else drawn)
        if step.mixes:
            self._mix(leaf, batch, partners)
        else:
            self._adapt(step, batch, partners[0])

    def _adapt(self, step: Step, batch: Batch, partner: Array) -> None:
        images = (batch.donors or batch).images
        beside = {name: self.kernels.pick(images[name], partner) for name in images if _concerns(step.leaves[0], name)}
        self._paint(step, batch, beside)

    def _mix(self, leaf: Leaf, batch: Batch, partners: Sequence[Array]) -> None:
        op, xp, v = leaf.op, self.xp, batch.values[leaf.key]
        assert isinstance(op, Mix)
        composition, open_ = op.compose(v, [batch.size] * op.sources, xp), gate(leaf, batch.values, xp)
        donors = batch.donors or batch

        def sources(own: Array, theirs: Array) -> list[Array]:
            return [own, *(self.kernels.pick(own if donors is batch else theirs, partner) for partner in partners)]

        first, *others = composition.weights
        if open_ is not True:
            first = xp.where(open_, first, xp.ones_like(first))
            others = [xp.where(open_, weight, xp.zeros_like(weight)) for weight in others]
        composition = composition._replace(weights=(first, *others))
        if composition.pair is None:
            composition = self._gated(composition, open_, batch)
        for group, theirs in ((batch.images, donors.images), (batch.masks, donors.masks)):
            for name, raster in group.items():
                if _concerns(leaf, name):
                    group[name] = self._composed(name, sources(raster, theirs[name]), composition, open_, batch)
        for name, rows in batch.labels.items():
            if _concerns(leaf, name):
                batch.labels[name] = self.kernels.mix_labels(sources(rows, donors.labels[name]), composition.weights)
        if batch.points:
            self.kernels.mix_points(leaf, batch, composition, partners, open_)

    def _gated(self, composition: Composition, open_: Any, batch: Batch) -> Composition:
        if open_ is True:
            return composition
        placements = tuple(placement.where(open_, batch.size, self.xp) for placement in composition.placements)
        return composition._replace(placements=placements)

    def _composed(self, name: str, rasters: list[Array], composition: Composition, open_: Any, batch: Batch) -> Array:
        """An image or a mask, of which several become one."""
        xp, kernels, mask = self.xp, self.kernels, name in batch.masks
        if composition.pair is None:
            scale = batch.tails.get(name, Scale())
            fill = (batch.mask_fills[name],) if mask else scale.of(composition.fill)
            return kernels.compose(rasters, composition, fill, mask)
        if (shown := composition.pair.shown) is not None:
            shown = shown if open_ is True else xp.logical_and(shown, open_[:, None, None])
            return kernels.fill(rasters[0], shown, rasters[1])
        weight, rectangle = composition.weights[0], composition.pair.rectangle
        if rectangle is None and mask and not kernels.is_float(rasters[0]):
            weight = xp.where(weight >= 0.5, xp.ones_like(weight), xp.zeros_like(weight))
        if rectangle is not None and open_ is not True:
            rectangle = xp.where(open_[:, None], rectangle, xp.zeros_like(rectangle))
        return kernels.mix(*rasters, weight, rectangle)


def _concerns(leaf: Leaf, name: str) -> bool:
    """Whether an op is for a target."""
    return leaf.op.on is None or name in leaf.op.on
