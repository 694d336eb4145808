"""Colours in a batch, and whatever else changes the values of images, and of masks where the op moves those."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from types import MappingProxyType
from typing import Any

from augment.engine.batch.state import Batch
from augment.engine.batch.tools import Tools, groups_for
from augment.engine.gates import Array, Values, either, gate
from augment.errors import SampleError
from augment.ops.kinds import REFERENCE, Bend, Branch, Context, Form, Linear, Mixture, Painting, Scale, Turn
from augment.program.alternatives import Group, linear
from augment.program.flatten import Leaf
from augment.program.lower import Step


@dataclass(frozen=True)
class Painter(Tools):
    """Changes values where they stand."""

    def shade(self, step: Step, batch: Batch) -> None:
        for name in batch.images:
            image = batch.images[name]
            for group in groups_for(step, name):
                image = self._colour(group, image, batch)
            batch.images[name] = image
            for leaf, *_ in groups_for(step, name):
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

    def paint(self, step: Step, batch: Batch, beside: Mapping[str, Array] = MappingProxyType({})) -> None:
        """Change the values of images, and of masks where the op moves those; ``beside`` are images of the partners."""
        (group,) = step.groups
        leaf = group[0]
        op, kernels = leaf.op, self.set
        assert isinstance(op, Painting)
        self.demand(leaf)

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
                if leaf.concerns(name) and (make is change or "mask" in op.moves):
                    context = Context(batch.size_of(name), self.xp, batch.tails.get(name, Scale()))
                    values = batch.values
                    if name in beside:
                        values = {**values, leaf.key: {**values[leaf.key], REFERENCE: beside[name]}}
                    rasters[name] = self._where_open(group, values, raster, partial(make, context=context))

    def _where_open(
        self, group: Group, values: Values, raster: Array, make: Callable[[Array, Mapping[str, Any]], Array]
    ) -> Array:
        """``make(raster, v)``, with the values of the op of a group whose gate is open, where one is; kernels may give it those
        samples alone."""
        v, open_ = either(group, values, self.xp)
        op = group[0].op
        assert isinstance(op, Painting)
        return make(raster, v) if open_ is True else self.kernels.where_open(open_, make, raster, v, op.heavy)

    def blend(self, leaf: Leaf, batch: Batch) -> None:
        op, kernels = leaf.op, self.set
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
