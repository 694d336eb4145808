"""Geometry in a batch: one walk for what has one canvas, and what the ops look at before they move it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial, reduce
from typing import Any

from augment.engine.batch.state import Batch, BatchPoints
from augment.engine.batch.tools import Tools, groups_for
from augment.engine.batch.walk import batch_walk, rows_of, through, with_rows
from augment.engine.canvases import window_lacks
from augment.engine.gates import Array, Values, gate
from augment.ops.kinds import Geometric, Resizing, Window, blind
from augment.program.alternatives import Group
from augment.program.leaf import Leaf
from augment.program.steps import Step
from augment.program.walk import Leg, Walk


@dataclass(frozen=True)
class Mover(Tools):
    """Resamples images and masks, and carries points along."""

    limited: bool
    """Whether any geometric op is limited to some targets, whose canvases may then differ."""

    def move(self, step: Step, batch: Batch) -> None:
        """Do a run of moves, or a resize."""
        if step.looks:
            self._aim(step.leaves[0], batch)
        walks: dict[Any, tuple[Walk, Any]] = {}

        def way(name: str) -> tuple[Walk, Any] | None:
            groups, size = groups_for(step, name), batch.size_of(name)
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

        for name, image in batch.images.items():
            if (found := way(name)) is not None:
                walk, window = found
                if window is None:
                    walk = self._colours(walk, batch, name)
                    batch.images[name] = self._resampled(image, walk, groups_for(step, name), batch.values)
                else:
                    batch.images[name] = self._resized(image, window, walk.size, step.groups[0], batch.values)
        for name, mask in batch.masks.items():
            if (found := way(name)) is not None:
                walk, window = found
                if window is None:
                    fill = (batch.mask_fills[name],)
                    batch.masks[name] = self._resampled(mask, walk, groups_for(step, name), batch.values, fill, nearest=True)
                else:
                    batch.masks[name] = self.kernels.resize_nearest(mask, window, walk.size)
        for name in batch.points:
            if (found := way(name)) is not None:
                for leg in found[0].legs:
                    batch.points[name] = self._carry(batch.points[name], leg)
        if walks:
            batch.size = next(iter(walks.values()))[0].size

    def _resampled(
        self, raster: Array, walk: Walk, groups: tuple[Group, ...], values: Values, fill: Any = None, nearest: bool | None = None
    ) -> Array:
        """A raster through a walk; kernels may spare samples to which none of the ops is done."""

        def run(raster: Array, walk: Walk) -> Array:
            return self.kernels.resample(raster, walk, fill, nearest)

        gates = [gate(leaf, values, self.xp) for group in groups for leaf in group]
        if any(open_ is True for open_ in gates) or walk.size != walk.source:
            return run(raster, walk)
        open_ = reduce(self.xp.logical_or, gates)
        return self.kernels.where_open(open_, lambda part, rows: run(part, with_rows(walk, rows)), raster, rows_of(walk), True)

    def _aim(self, leaf: Leaf, batch: Batch) -> None:
        """Let an op look at boxes and masks before it moves them."""
        op, xp, v = leaf.op, self.xp, batch.values.get(leaf.key, {})
        assert isinstance(op, Geometric)
        self.demand(leaf)
        if "window" in v:
            return
        sight = blind(op, v, xp)
        boxes = [p for p in batch.points.values() if p.at.shape[2] > 1]  # keypoints have no outline
        if boxes:
            corners = [xp.concatenate([xp.min(p.at, axis=2), xp.max(p.at, axis=2)], axis=-1) + 0.5 for p in boxes]
            there = xp.concatenate([sight.there, *(p.alive for p in boxes)], axis=1)
            sight = sight._replace(boxes=xp.concatenate([sight.boxes, *corners], axis=1), there=there)
        if batch.masks:
            sight = sight._replace(locate=partial(self.set.locate, next(iter(batch.masks.values()))))
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

    def _check_room(self, groups: tuple[Group, ...], walk: Walk, batch: Batch) -> None:
        """Raise where a window does not fit into a canvas that the op before it draws for each sample."""
        for (leaf, *_), leg in zip(groups, walk.legs, strict=True):
            op = leaf.op
            drawn = not all(isinstance(side, int) for side in leg.size)
            if drawn and op.least:
                for have, want in zip(leg.size, op.least, strict=True):
                    self.require(have >= want, f"{leaf.path}: {window_lacks(op.least)}")

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
        kernels, (first, *others) = self.set, dict.fromkeys(leaf.op.interpolation for leaf in group)  # type: ignore[attr-defined]
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

    def _carry(self, points: BatchPoints, leg: Leg) -> BatchPoints:
        xp = self.xp
        batch, n, k, _ = xp.shape(points.at)
        if isinstance(n, int) and n == 0:  # of no rows there is no lowest
            points.size = leg.output
            return points
        flat = xp.reshape(points.at, (batch, n * k, 2))
        moved, seen = through(leg, flat - self._centre(leg.size), xp, self.kernels.read_field)
        moved = moved + self._centre(leg.output)
        points.at = xp.reshape(moved, (batch, n, k, 2))
        seen = xp.all(xp.reshape(seen, (batch, n, k)), axis=-1)
        low, high = xp.min(points.at, axis=2) + 0.5, xp.max(points.at, axis=2) + 0.5
        extent = self._centre(leg.output) * 2 + 1
        inside = xp.all(xp.logical_and(high > 0, low < extent), axis=-1)
        points.leave(xp.logical_not(xp.logical_and(seen, inside)))
        points.size = leg.output
        return points.turn(leg.inverse)

    def _centre(self, size: tuple[Any, Any]) -> Array:
        """(2,) or (B, 1, 2): x and y of the centre of a canvas."""
        height, width = size
        if isinstance(height, int) and isinstance(width, int):
            return self.xp.array([(width - 1) / 2, (height - 1) / 2], "float32")
        xp = self.xp
        zero = (height + width) * 0.0
        centre = xp.stack([(zero + width - 1) / 2, (zero + height - 1) / 2], axis=-1)
        return centre[..., None, :]
