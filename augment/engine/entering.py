"""How a sample enters a program on the host: what its entries are, whether they fit, and the state before the first step."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from augment.engine.affected_texts import rewritten
from augment.engine.checks import (
    array,
    check_classes,
    check_image,
    check_levels,
    check_mask,
    check_mixed_labels,
    check_ops,
    check_range,
)
from augment.engine.kinds import ROWS
from augment.engine.paired import mirrored_keypoints, side_in
from augment.engine.state import Size, State, Values
from augment.engine.undeclared import Changes
from augment.errors import SampleError
from augment.program.lower import Program
from augment.sample import DEFAULT_TARGETS, MOVED, TEXTS, Target, claim
from augment.sample.beside import Beside, refuse_unmoved
from augment.sample.holding import held_in
from augment.sample.pointing import texts_in

LEVELS = np.dtype(np.uint8)  # the type itself takes five times as long to compare with
FRAME = Target(kind="image")
CLAIMS = 64
"""Sets of keys whose targets are remembered."""


class Claimed(NamedTuple):
    """What the keys of a sample say."""

    targets: dict[str, Target]
    beside: Beside
    """What is no target."""
    images: tuple[str, ...]
    others: dict[str, Target]
    """The targets that are no images."""
    stacks: tuple[str, ...]
    """Those that are several images."""
    said: bool
    """Whether there are texts."""


@dataclass(frozen=True)
class Entrance:
    """The way into a program, whose ops are asked once and not for every sample."""

    program: Program
    kernels: Any

    def start(self, sample: Mapping[str, Any], values: Values, apart: Iterable[str] = ()) -> State:
        """Bring a sample to the first step; ``apart`` are the labels that whoever calls sets himself."""
        targets, beside, images, others, stacks, said = self.claim(sample, frozenset(apart))
        if any(beside):
            beside.check(sample)
        if beside.unlabelled and (name := beside.labels(sample, bool(images))):
            targets = {**targets, name: targets[name].model_copy(update={"carry": ("labels",)})}
        entries, state = sample, State(sample, targets, values)
        if stacks:
            frames = {name: {f"{name}[{i}]": frame for i, frame in enumerate(_stack(name, sample[name]))} for name in stacks}
            every = {own: frame for stack in frames.values() for own, frame in stack.items()}
            entries, images = {**sample, **every}, (*images, *every)
            state.frames = {name: tuple(own) for name, own in frames.items()}
            targets = {**{name: t for name, t in targets.items() if name not in stacks}, **dict.fromkeys(every, FRAME)}
            state.targets = targets
        if said:
            from augment.engine.reading import read_passages

            state.passages = read_passages(sample, targets)
        if not images and (moved := [name for name, t in others.items() if t.kind in MOVED]):
            raise SampleError(f"{moved[0]} stands without an image, whose size it needs")
        if not images and self._pictures:
            self._refuse_without_image(state, beside)
        for name in images:
            image = check_image(name, entries[name])
            self._check_ops(state.whole(name), image.shape[2])
            state.dtypes[name] = image.dtype
            state.rasters[name] = self.kernels.enter(self._to_float(name, image))
            state.sizes[name] = image.shape[:2]
        if not images:
            return state
        size = state.sizes[images[0]]
        if beside.rest or beside.assumed:
            held = [name for name in beside.assumed if isinstance(sample[name], list | tuple) or held_in(sample[name])]
            refuse_unmoved(sample, (*beside.rest, *held), size)
        for key in beside.texts:
            self._changes.refuse(repr(key), texts_in(sample[key]), key)
        for name, target in others.items():
            if target.kind == "mask":
                state.rasters[name] = kept(check_mask(name, sample[name], (target.fill, *self.program.fill_labels)))
                state.sizes[name] = state.rasters[name].shape[:2]
        if not others and len(images) == 1:
            return state
        instances = {name: sample[name] for name, t in others.items() if t.kind == "instances"}
        for name, own in {**state.sizes, **(_sizes(instances) if instances else {})}.items():
            if own != size:
                raise SampleError(f"{name} is {_by(own)}, but {images[0]} is {_by(size)} (height x width)")
        if not others:
            return state
        claimed = {c: name for name, t in targets.items() for c in t.carry}
        rowed = {name for name, t in others.items() if t.kind in ROWS}
        state.follows = {name: claimed[name] for name in rowed if claimed.get(name) in rowed}
        _refuse_two_carriers(sample, others, state.follows)
        for name, target in others.items():
            carried = {c: self._carried(c, state) for c in target.carry if c in sample}
            if target.kind in ROWS:
                rows = ROWS[target.kind].read(name, sample[name], target, size, carried, self.program.outline)
                state.rows[name] = rows
                if target.kind == "keypoints":
                    _refuse_pairs_of_others(name, target, state.follows)
                    self._tell_sides(name, carried)
            elif target.kind == "labels" and claimed.get(name) not in sample:
                state.labels[name] = self._label(name, target, sample[name])
        return state

    def look_beside(self, sample: Mapping[Any, Any]) -> None:
        """Raise `SampleError` where an entry would stay behind; parts of a tuple have their place as a key."""
        self.claim(sample).beside.check(sample)

    def targets(self, sample: Mapping[str, Any]) -> Mapping[str, Target]:
        """What the entries of a sample are."""
        return self.claim(sample).targets

    def claim(self, sample: Mapping[str, Any], apart: frozenset[str] = frozenset()) -> Claimed:
        """What the keys of a sample say, remembered for samples of the same keys."""
        keys = (*[(key, entry is None) for key, entry in sample.items()], apart) if isinstance(sample, Mapping) else None
        if keys in self._claims:
            return self._claims[keys]
        declared = targets = claim(sample, self.program.pipeline.targets)
        if self.kernels is None:
            from augment.engine.reading import texts_alone

            targets = texts_alone(declared)
        check_mixed_labels(self.program, {*sample, *apart})
        images = tuple(name for name, target in targets.items() if target.kind == "image")
        others = {name: target for name, target in targets.items() if target.kind != "image"}
        # what the spec says of other kinds than texts is left as it is; labels may be those of spans
        left = {name for name in declared if name not in targets and name in self.program.pipeline.targets} - {"labels"}
        there = [key for key, entry in sample.items() if entry is not None and key not in left]
        beside = Beside.of(there, targets, rewritten(self.program, targets), self.program.relabels)
        stacks = tuple(name for name, target in others.items() if target.kind == "frames")
        claimed = Claimed(targets, beside, images, others, stacks, any(target.kind in TEXTS for target in others.values()))
        if len(self._claims) < CLAIMS:
            self._claims[keys] = claimed
        return claimed

    def _refuse_without_image(self, state: State, beside: Beside) -> None:
        """Raise `SampleError` where the ops would do nothing for want of an image; text ops may have texts to edit."""
        rest = {key: state.sample[key] for key in beside.rest}
        pictures = [key for key, entry in rest.items() if len(getattr(entry, "shape", ())) == 3 or hasattr(entry, "convert")]
        if pictures or not state.passages or not any(leaf.op.modality == "text" for leaf in self.program.leaves):
            fix = f": call {pictures[0]!r} image, or declare it: targets: {{{pictures[0]}: image}}" if pictures else ""
            raise SampleError(f"the sample has no image (it has: {', '.join(map(str, state.sample)) or 'nothing'}){fix}")

    @cached_property
    def _pictures(self) -> bool:
        """Whether there are ops on images."""
        return any(leaf.op.modality == "image" for leaf in self.program.leaves)

    @cached_property
    def _changes(self) -> Changes:
        return Changes.of(self.program)

    @cached_property
    def _claims(self) -> dict[Any, Claimed]:
        return {}

    def _check_ops(self, name: str, channels: int) -> None:
        if (name, channels) not in self._fitting:
            check_ops(self.program, name, channels)
            self._fitting.add((name, channels))

    @cached_property
    def _fitting(self) -> set[tuple[str, int]]:
        """Images, with their numbers of channels, that fit all ops."""
        return set()

    def _carried(self, name: str, state: State) -> Any:
        """An entry that boxes or keypoints carry; phrases as rows, which edits of their text move."""
        rows = (passage.spans[name].rows for passage in state.passages.values() if name in passage.spans)
        return next(rows, state.sample[name])

    def _tell_sides(self, name: str, carried: Mapping[str, Any]) -> None:
        """Warn where what keypoints carry calls them by a side, and an op may mirror them: their rows keep their names."""
        said = side_in(row for rows in carried.values() for row in rows if isinstance(row, str))
        if said and (path := self._mirrors.get(name)):
            what = f"{path} may mirror {name}, which carry {said!r}, the name of a side"
            warnings.warn(f"{what}: the points move and their rows keep their order", stacklevel=2)

    @cached_property
    def _mirrors(self) -> dict[str, str]:
        """Keypoints that an op may mirror, with the path of the first: the ops are asked once, not for every sample."""
        found: dict[str, str] = {}
        for path, name, _ in mirrored_keypoints(self.program, {**DEFAULT_TARGETS, **self.program.pipeline.targets}):
            found.setdefault(name, path)
        return found

    def _to_float(self, name: str, image: np.ndarray) -> np.ndarray:
        if image.dtype == LEVELS:
            return image
        scale = self.program.full_scale
        if scale is not None:
            high = float(image.max())
            if not high <= scale or not image.min() >= 0:  # not a number is neither
                raise SampleError(f"{name}: has values up to {high:g}; to_float: {{max: {scale:g}}} must cover them")
            return image.astype(np.float32) / np.float32(scale)
        if image.dtype.kind == "f":
            return check_range(name, image, self.program.mixes)
        check_levels(name, image.dtype, int(image.min()), int(image.max()))
        return image.astype(LEVELS)

    def _label(self, name: str, target: Target, raw: Any) -> Any:
        if not self.program.relabels and target.classes is None:
            return raw
        label = array(name, raw)
        if label.dtype.kind not in "buif":
            fix = "give whole numbers or one-hot rows"
            raise SampleError(f"{name}: only numbers can be mixed or smoothed, not {str(raw)[:60]!r}; {fix}")
        check_classes(name, label.shape, label.dtype.kind in "iu", target.classes)
        if label.ndim == 0 and label.dtype.kind in "iu":
            if target.classes is None:
                fix = f"declare targets: {{{name}: {{kind: labels, classes: N}}}}, or give one-hot rows"
                raise SampleError(f"{name}: a whole number cannot be mixed or smoothed; {fix}")
            if not 0 <= label < target.classes:
                raise SampleError(f"{name}: {label} is not one of {target.classes} classes")
            return np.eye(target.classes, dtype=np.float32)[label]
        return label.astype(np.float32) if label.dtype.kind in "iub" else label


def _refuse_pairs_of_others(name: str, target: Target, follows: Mapping[str, str]) -> None:
    """Raise `SampleError` where rows would change places that belong to other rows, one to each."""
    if target.flip_pairs.pairs and name in follows:
        fix = f"leave out flip_pairs, or declare {follows[name]} without carrying {name}"
        raise SampleError(f"{name}: has a row for each of {follows[name]}, so its rows cannot change places in a mirror: {fix}")


def _sizes(instances: Mapping[str, Any]) -> dict[str, Size]:
    """Height and width of the layers of instances."""
    from augment.engine.instances import layers

    return {name: layers(name, entry).shape[1:] for name, entry in instances.items()}


def _refuse_two_carriers(sample: Mapping[str, Any], rows: Mapping[str, Target], follows: Mapping[str, str]) -> None:
    """Raise `SampleError` where an entry belongs to the rows of two targets that may lose different ones."""
    owner: dict[str, str] = {}
    for name, target in rows.items():
        leader = follows.get(name, name)
        for carried in target.carry:
            if carried in sample and owner.setdefault(carried, leader) != leader:
                fix = f"say whose it is, targets: {{{leader}: {{carry: []}}}}"
                raise SampleError(f"{carried} would be carried by {owner[carried]} and by {leader}: {fix}")


def _stack(name: str, raw: Any) -> np.ndarray:
    stack = array(name, raw, "image")
    if stack.ndim not in (3, 4) or 0 in stack.shape:
        raise SampleError(f"{name}: frames have the shape (n, height, width) or (n, height, width, channels), not {stack.shape}")
    return stack


def kept(raster: np.ndarray) -> np.ndarray:
    """A raster of a sample as a view that nobody may write to; what comes out and still is one, has to be copied."""
    raster = raster.view()
    raster.flags.writeable = False
    return raster


def _by(size: Size) -> str:
    return f"{size[0]} x {size[1]}"
