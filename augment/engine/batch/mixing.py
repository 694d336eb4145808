"""What comes of several samples of a batch: mixes, images that take after a partner's, and labels."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from augment.engine.batch.painting import Painter
from augment.engine.batch.state import Batch
from augment.engine.batch.tools import Tools
from augment.engine.checks import check_shares
from augment.engine.gates import Array, gate
from augment.ops.kinds import Composition, Labelling, Mix, Partnered, Scale
from augment.program.flatten import Leaf
from augment.program.lower import Step


@dataclass(frozen=True)
class Mixer(Tools):
    """Gives each sample partners from the batch."""

    painter: Painter

    def mix(self, step: Step, batch: Batch) -> None:
        """Partners are from the batch: the sample itself is never its own."""
        leaf = step.leaves[0]
        op, drawn = leaf.op, batch.values[leaf.key]["partner"]
        assert isinstance(op, Partnered)
        self.demand(leaf)
        partners = self.kernels.partners(drawn[:, None] if op.sources == 2 else drawn)
        if step.mixes:
            self._compose(leaf, batch, partners)
        else:
            self._adapt(step, batch, partners[0])

    def _adapt(self, step: Step, batch: Batch, partner: Array) -> None:
        images = (batch.donors or batch).images
        beside = {name: self.kernels.pick(images[name], partner) for name in images if step.leaves[0].concerns(name)}
        self.painter.paint(step, batch, beside)

    def _compose(self, leaf: Leaf, batch: Batch, partners: Sequence[Array]) -> None:
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
                if leaf.concerns(name):
                    group[name] = self._composed(name, sources(raster, theirs[name]), composition, open_, batch)
        for name, rows in batch.labels.items():
            if leaf.concerns(name):
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

    def relabel(self, leaf: Leaf, batch: Batch) -> None:
        op, open_ = leaf.op, gate(leaf, batch.values, self.xp)
        assert isinstance(op, Labelling)
        for name, rows in batch.labels.items():
            if leaf.concerns(name):
                check_shares(name, rows.shape[1:])
                made, share = op.relabel(rows), None if open_ is True else self.xp.where(open_, 1.0, 0.0)
                batch.labels[name] = made if share is None else self.kernels.mix_labels([made, rows], [share, 1 - share])
