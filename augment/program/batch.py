"""Runs a program on a batch, every sample with its own draws, as one static graph: for torch and ``keras.ops``.

Choices are parameters: a gate that is closed makes a matrix the identity and a colour function neutral; only what is left is
selected per sample. Values have the shape (B,) or (B, count); canvases have one size for the batch, or an array (B,) of them
inside a run whose last canvas is fixed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from augment.errors import SampleError, UnsupportedOpError
from augment.ops.kinds import (
    Curve,
    Erase,
    Filter,
    Geometric,
    HueShift,
    Linear,
    LinearColour,
    Mix,
    Noise,
    Photometric,
    Resizing,
    Tail,
    Valued,
    Window,
)
from augment.ops.tail import ToFloat
from augment.program.flatten import Condition, Leaf, exclusive
from augment.program.lower import Program, Step
from augment.program.walk import HORIZON, INVERSIONS, Leg, Walk

Array = Any
Values = Mapping[str, Mapping[str, Any]]
IDENTITY = np.eye(3, dtype=np.float32)


# Gates ---------------------------------------------------------------------------------------------------------------


def gate(leaf: Leaf, values: Values, xp: Any) -> Any:
    """(B,) bool: where a leaf is active; True if it always is."""
    out: Any = True
    for condition in leaf.gate:
        holds = _holds(condition, values, xp)
        out = holds if out is True else xp.logical_and(out, holds)
    return out


def _holds(condition: Condition, values: Values, xp: Any) -> Array:
    drawn = values[condition.key][condition.field]
    if condition.element is not None:
        drawn = drawn[..., condition.element]
    # comparisons instead of a look-up: tables are short, and XLA fuses them
    return xp.any(xp.stack([drawn == i for i, opens in enumerate(condition.table) if opens], axis=0), axis=0)


# Geometry ------------------------------------------------------------------------------------------------------------


def batch_walk(leaves: Iterable[Leaf], values: Values, size: tuple[Any, Any], step: Step, xp: Any) -> Walk:
    """Build the walk of a batch: matrices (B, 3, 3), or (3, 3) where nothing is drawn."""
    border, interpolation = step.border
    if step.free:
        interpolation = "nearest"  # whole pixels move: there is nothing to weigh
    legs = []
    for leaf in leaves:
        op = leaf.op
        assert isinstance(op, Geometric)
        move = op.move(values.get(leaf.key, {}), size, xp)
        open_ = gate(leaf, values, xp)
        inverse, sides, out, bend = move.inverse, move.sides, move.size, move.field
        if open_ is not True:
            inverse = xp.where(open_[:, None, None], inverse, xp.array(IDENTITY))
            sides = _both(sides, open_, xp)
            bend = None if bend is None else xp.where(open_[:, None, None, None], bend, xp.zeros_like(bend))
            if _keeps(op, out, size):
                out = size
            else:
                out = tuple(xp.where(open_, a * 1.0, b * 1.0) for a, b in zip(out, size, strict=True))
        out = _settled(out[0]), _settled(out[1])
        legs.append(Leg(inverse, size, sides, op.fill, bend, out, leaf.path, op.projective))
        size = out
    return Walk(tuple(legs), size, border, interpolation)


def _keeps(op: Geometric, out: tuple[Any, Any], size: tuple[Any, Any]) -> bool:
    """Whether the canvas stays: the op says so, or its sides are known; those that are tensors never tell."""
    known = all(isinstance(side, int) for side in (*out, *size))
    return op.canvas == "same" or (known and out == size)


def _settled(extent: Any) -> Any:
    """A side that is known on the host and the same for all samples is a number."""
    if isinstance(extent, np.ndarray | np.generic) and np.all(extent == np.ravel(extent)[0]):
        return int(np.ravel(extent)[0])
    return extent


def _both(sides: Any, open_: Array, xp: Any) -> Any:
    if isinstance(sides, tuple):
        return tuple(_both(s, open_, xp) for s in sides)
    if isinstance(sides, bool | np.bool_):
        return open_ if sides else False
    return xp.logical_and(sides, open_)


def inverse3(m: Array, xp: Any) -> Array:
    """The inverse of (..., 3, 3) matrices by cofactors: there is no such kernel that every compiler has."""
    a, b, c, d, e, f, g, h, i = (m[..., r, k] for r in range(3) for k in range(3))
    rows = (
        (e * i - f * h, c * h - b * i, b * f - c * e),
        (f * g - d * i, a * i - c * g, c * d - a * f),
        (d * h - e * g, b * g - a * h, a * e - b * d),
    )
    determinant = a * rows[0][0] + b * rows[1][0] + c * rows[2][0]
    return xp.stack([xp.stack([x / determinant for x in row], axis=-1) for row in rows], axis=-2)


def through(leg: Leg, at: Array, xp: Any, read_field: Any) -> tuple[Array, Array]:
    """Carry points (B, n, 2), relative to the centre of a leg's input canvas, to its output: as `walk.through`, batched.

    ``read_field(field, at)`` samples a displacement field (B, h, w, 2) at (B, n, 2).
    """
    m = inverse3(leg.inverse, xp)[..., None, :, :]
    x, y = at[..., 0], at[..., 1]
    w = m[..., 2, 0] * x + m[..., 2, 1] * y + m[..., 2, 2]
    seen = xp.logical_and(w > 0, w < 1 / HORIZON)
    w = xp.where(seen, w, xp.ones_like(w))
    moved = xp.stack([(m[..., r, 0] * x + m[..., r, 1] * y + m[..., r, 2]) / w for r in range(2)], axis=-1)
    if leg.field is None:
        return moved, seen

    def nearer(_: Any, at: Array) -> Array:
        return moved - read_field(leg.field, at)

    if hasattr(xp, "fori_loop"):  # a graph then holds one turn, not all
        return xp.fori_loop(0, INVERSIONS, nearer, moved), seen
    out = moved
    for turn in range(INVERSIONS):
        out = nearer(turn, out)
    return out, seen


def refuse_drawn_canvases(program: Program, size: tuple[Any, Any] | None = None) -> None:
    """Refuse what would give the samples of one batch different sizes, or would bend a canvas while they have.

    Of images that nobody has seen yet (no ``size``) what has no chance is refused; a side that is no whole number is not known.

    Raises:
        UnsupportedOpError: without a size: no batch can run the program.
        SampleError: this batch cannot.
    """
    refusals = [f"{leaf.path}: {why}" for leaf, why in _without_one_size(program, size)]
    if refusals and size is None:
        raise UnsupportedOpError(refusals)
    if refusals:
        raise SampleError("\n".join(refusals))


_ONE_SIZE = "draws the size of its output, and a batch has one size"
_TURNS = f"{_ONE_SIZE}; let a crop, or a resize with antialias: false, follow right after it, or make the images square before it"
_GATED = f"is not applied to all, so it {_ONE_SIZE}; resize to its size before it, or leave p out"


def _without_one_size(program: Program, size: tuple[Any, Any] | None) -> Iterator[tuple[Leaf, str]]:
    at = size if size is not None and all(isinstance(side, int) for side in size) else None
    square = size is None if at is None else at[0] == at[1]
    for step in program.steps:
        drawn: tuple[Leaf, str] | None = None
        for leaf in step.leaves if step.primitive in ("resample", "resize") else ():
            op = leaf.op
            assert isinstance(op, Geometric)
            if drawn is not None and op.displaces:
                fix = "crop or resize to a fixed size between them"
                yield leaf, f"needs one size, and {drawn[0].path} draws that of its output; {fix}"
            if op.canvas == "same":
                continue
            after = _size_after(program, leaf, at)
            if op.canvas == "drawn":
                if _turns(leaf) and not square:
                    drawn, at = (leaf, _TURNS), None
                elif after is not None and not _turns(leaf):
                    at = after
            elif leaf.gate and (after is None or after != at):
                drawn, at, square = (leaf, _GATED), None, False
            elif not leaf.gate:
                declared = getattr(op, "size", None)
                known = after or declared
                square = known[0] == known[1] if known else square
                at = after
                if op.canvas == "fixed" and declared is not None:
                    drawn = None
        if drawn is not None:
            yield drawn


def _size_after(program: Program, leaf: Leaf, size: tuple[int, int] | None) -> tuple[int, int] | None:
    """Of the canvas after an op, if it is known."""
    op = leaf.op
    assert isinstance(op, Geometric)
    if op.canvas == "fixed" and getattr(op, "size", None) is not None:
        return op.size  # type: ignore[attr-defined, no-any-return]
    if size is None:
        return None
    height, width = op.move(program.values(0).get(leaf.key, {}), size, np).size
    return int(height), int(width)


def _turns(leaf: Leaf) -> bool:
    """Whether an op with a canvas of its own draw gives some samples another than others."""
    return bool(leaf.gate) or any(not draw.value.constant for draw in leaf.op.draws())  # type: ignore[attr-defined]


# Execution -----------------------------------------------------------------------------------------------------------


@dataclass
class BatchPoints:
    """Boxes or keypoints: ``at`` (B, n, k, 2) in index coordinates, ``alive`` (B, n), on a canvas of ``size``."""

    at: Array
    alive: Array
    size: tuple[Any, Any]


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
    tails: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    """Gain and offset of normalize, for the images that it ran on."""
    sizes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    """The canvas of each target; ops that are limited with ``on`` make them differ."""
    partner: Array | None = None
    """(B,) where each sample's partner stands in the batch; set by a mix step."""
    donors: Batch | None = None
    """The samples as partners of the mix step that runs: without what stands in a branch beside it. None: as they are."""

    def fork(self) -> Batch:
        """Return a batch that goes a way of its own from here."""
        points = {name: replace(points) for name, points in self.points.items()}
        copies: dict[str, Any] = {name: dict(getattr(self, name)) for name in ("images", "masks", "labels", "tails", "sizes")}
        return replace(self, points=points, donors=None, **copies)

    def size_of(self, name: str) -> tuple[Any, Any]:
        return self.sizes[name]


@dataclass(frozen=True)
class BatchExecutor:
    """A program with batched kernels (see docs/backends.md for what they offer) and their array functions ``xp``."""

    program: Program
    kernels: Any
    xp: Any

    def __call__(self, batch: Batch) -> Batch:
        batch.sizes = dict.fromkeys((*batch.images, *batch.masks, *batch.points), batch.size)
        ways: dict[int, Batch] = {}
        for i, step in enumerate(self.program.steps):
            for at, mix in self._mixes.items():
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
        else:
            getattr(self, f"_{step.primitive}")(step.leaves[0], batch)

    @cached_property
    def _mixes(self) -> dict[int, Leaf]:
        """The mix ops, by the numbers of their steps: no partner passes through a branch that stands beside one."""
        return {at: step.leaves[0] for at, step in enumerate(self.program.steps) if step.primitive == "mix"}

    def _for(self, leaves: Iterable[Leaf], name: str) -> tuple[Leaf, ...]:
        return tuple(leaf for leaf in leaves if leaf.op.on is None or name in leaf.op.on)

    @cached_property
    def limited(self) -> bool:
        """Whether any geometric op is limited to some targets, whose canvases may then differ."""
        return any(isinstance(leaf.op, Geometric) and leaf.op.on is not None for leaf in self.program.leaves)

    def _geometry(self, step: Step, batch: Batch) -> None:
        walks: dict[Any, tuple[Walk, Any]] = {}

        def way(name: str) -> tuple[Walk, Any] | None:
            leaves, size = self._for(step.leaves, name), batch.size_of(name)
            found = name if self.limited else ""
            if leaves and found not in walks:
                walk = batch_walk(leaves, batch.values, size, step, self.xp)
                window = None
                if step.primitive == "resize":
                    window = self._window(leaves[0], batch.values, size)
                walks[found] = walk, window
            if leaves:
                batch.sizes[name] = walks[found][0].size
            return walks[found] if leaves else None

        kernels = self.kernels
        for name in batch.images:
            if (found := way(name)) is not None:
                walk, window = found
                if window is None:
                    batch.images[name] = kernels.resample(batch.images[name], self._colours(walk, batch, name), None, None)
                else:
                    batch.images[name] = kernels.resize(batch.images[name], window, walk.size, walk.interpolation)
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

    def _window(self, leaf: Leaf, values: Values, size: tuple[Any, Any]) -> Window:
        """The window that is resized: all of it where the gate is closed, as the size is then the same."""
        assert isinstance(leaf.op, Resizing)
        window, open_ = leaf.op.window(values.get(leaf.key, {}), size, self.xp), gate(leaf, values, self.xp)
        if open_ is True:
            return window
        return Window(*(self.xp.where(open_, own * 1.0, all_ * 1.0) for own, all_ in zip(window, (0, 0, *size), strict=True)))

    def _colours(self, walk: Walk, batch: Batch, name: str) -> Walk:
        if name not in batch.tails:
            return walk
        gain, offset = batch.tails[name]
        legs = tuple(replace(leg, fill=tuple(np.atleast_1d(np.array(leg.fill) * gain + offset))) for leg in walk.legs)
        return replace(walk, legs=legs)

    def _carry(self, points: BatchPoints, leg: Leg) -> None:
        xp = self.xp
        batch, n, k, _ = xp.shape(points.at)
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
            for group in merge_exclusive(self._for(step.leaves, name)):
                image = self._colour(group, image, batch)
            batch.images[name] = image
            for leaf in self._for(step.leaves, name):
                if isinstance(leaf.op, Tail) and not isinstance(leaf.op, ToFloat):
                    gain, offset = leaf.op.affine()
                    batch.tails[name] = np.array(gain), np.array(offset)

    def _colour(self, group: tuple[Leaf, ...], image: Array, batch: Batch) -> Array:
        op, values, kernels = group[0].op, batch.values, self.kernels
        if isinstance(op, Tail):
            return kernels.affine(image, *op.affine())
        assert isinstance(op, Photometric)
        part = kernels.take_channels(image, op.channels) if op.channels else image
        if isinstance(op, LinearColour):
            out = kernels.linear(part, *self._linear(group, values))
        else:
            out = self._where_open(group[0], values, part, lambda part, v: self._curved(op, part, v))
        return kernels.put_channels(image, op.channels, out) if op.channels else out

    def _curved(self, op: Photometric, image: Array, v: Mapping[str, Any]) -> Array:
        image = self.kernels.round8(image) if op.rounds else image
        match op:
            case Curve():
                return self.kernels.curve(image, op, v)
            case HueShift():
                return self.kernels.turn_hue(image, op.turns(v, self.xp))
        raise AssertionError(type(op))

    def _where_open(self, leaf: Leaf, values: Values, raster: Array, make: Callable[[Array, Mapping[str, Any]], Array]) -> Array:
        """``make(raster, v)``, with the values of a leaf, where its gate is open; kernels may give it those samples alone."""
        v, open_ = values.get(leaf.key, {}), gate(leaf, values, self.xp)
        return make(raster, v) if open_ is True else self.kernels.where_open(open_, make, raster, v)

    def _linear(self, group: tuple[Leaf, ...], values: Values) -> tuple[Linear, str | None]:
        """One linear function for a group of ops that exclude each other."""
        neutral = Linear()
        out: tuple[Any, ...] = neutral
        statistic = None
        for leaf in group:
            op = leaf.op
            assert isinstance(op, LinearColour)
            statistic = op.statistic or statistic
            f, open_ = op.linear(values.get(leaf.key, {}), self.xp), gate(leaf, values, self.xp)
            out = f if open_ is True else tuple(
                o if isinstance(n, float) and isinstance(o, float) and n == o else self.xp.where(open_, n, o)
                for n, o in zip(f, out, strict=True)
            )  # fmt: skip
        return Linear(*out), statistic

    # The rest --------------------------------------------------------------------------------------------------------

    def _filtered(self, leaf: Leaf, batch: Batch, rasters: dict[str, Array], make: Any) -> None:
        """Replace the rasters that a leaf applies to by ``make(raster, name, v)``, where its gate is open."""

        def of(name: str) -> Callable[[Array, Mapping[str, Any]], Array]:
            return lambda raster, v: make(raster, name, v)

        for name, raster in rasters.items():
            if self._for([leaf], name):
                rasters[name] = self._where_open(leaf, batch.values, raster, of(name))

    def _valued(self, leaf: Leaf, batch: Batch, make: Any) -> None:
        """The same of images, for the channels that an op is limited to."""
        assert isinstance(leaf.op, Valued)
        chosen, kernels = leaf.op.channels, self.kernels

        def change(image: Array, name: str, v: Any) -> Array:
            if not chosen:
                return make(image, name, v)
            return kernels.put_channels(image, chosen, make(kernels.take_channels(image, chosen), name, v))

        self._filtered(leaf, batch, batch.images, change)

    def _convolve(self, leaf: Leaf, batch: Batch) -> None:
        op = leaf.op
        assert isinstance(op, Filter)
        kernels, xp = self.kernels, self.xp
        self._valued(leaf, batch, lambda part, name, v: kernels.convolve(part, op.taps(v, batch.size_of(name), xp)))

    def _noise(self, leaf: Leaf, batch: Batch) -> None:
        op = leaf.op
        assert isinstance(op, Noise)
        noise, xp = self.kernels.noise, self.xp
        self._valued(leaf, batch, lambda part, _, v: noise(part, op.deviation(v, xp), (v["key0"], v["key1"])))

    def _erase(self, leaf: Leaf, batch: Batch) -> None:
        op = leaf.op
        assert isinstance(op, Erase)

        def erased(raster: Array, name: str, v: Any) -> Array:
            gain, offset = batch.tails.get(name, (1.0, 0.0))
            colour = np.array(op.fill) * gain + offset if name in batch.images else np.array([op.fill_mask])
            return self.kernels.erase(raster, op.rectangles(v, batch.size_of(name), self.xp), colour)

        self._filtered(leaf, batch, batch.images, erased)
        if op.fill_mask is not None:
            self._filtered(leaf, batch, batch.masks, erased)

    def _mix(self, leaf: Leaf, batch: Batch) -> None:
        """Partners are from the batch: the sample itself is never its own."""
        op, xp, v = leaf.op, self.xp, batch.values[leaf.key]
        assert isinstance(op, Mix)
        weight, rectangle = op.blend(v, batch.size, xp)
        open_ = gate(leaf, batch.values, xp)
        if open_ is not True:
            weight = xp.where(open_, weight, xp.ones_like(weight))
            rectangle = None if rectangle is None else xp.where(open_[:, None], rectangle, xp.zeros_like(rectangle))
        batch.partner = self.kernels.partners(v["partner"])
        donors = batch.donors or batch
        for group, theirs in ((batch.images, donors.images), (batch.masks, donors.masks)):
            for name, raster in group.items():
                if self._for([leaf], name):
                    other = self.kernels.pick(theirs[name] if donors is not batch else raster, batch.partner)
                    blend = weight
                    if rectangle is None and group is batch.masks and not self.kernels.is_float(raster):
                        blend = xp.where(weight >= 0.5, xp.ones_like(weight), xp.zeros_like(weight))
                    group[name] = self.kernels.mix(raster, other, blend, rectangle)
        for name, rows in batch.labels.items():
            if self._for([leaf], name):
                batch.labels[name] = self.kernels.mix_labels(rows, self.kernels.pick(donors.labels[name], batch.partner), weight)
        if batch.points:
            self.kernels.mix_points(self, leaf, batch, rectangle, open_)


def merge_exclusive(leaves: tuple[Leaf, ...]) -> list[tuple[Leaf, ...]]:
    """Group neighbouring linear ops that exclude each other: a graph then computes one of them, not all."""
    groups: list[tuple[Leaf, ...]] = []
    for leaf in leaves:
        if groups and isinstance(leaf.op, LinearColour) and isinstance(groups[-1][0].op, LinearColour):
            last = groups[-1]
            statistics = {x.op.statistic for x in (*last, leaf)} - {None}  # type: ignore[attr-defined]
            alike = {(x.op.channels, x.op.on) for x in (*last, leaf)}  # type: ignore[attr-defined]
            if all(exclusive(leaf, other) for other in last) and len(statistics) <= 1 and len(alike) == 1:
                groups[-1] = (*last, leaf)
                continue
        groups.append((leaf,))
    return groups
