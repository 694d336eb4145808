"""Runs a program on one sample on the host, with any kernel set that offers the primitives of `augment.kernels.reference`.

The state of a sample between two steps is explicit, so that a mix op can bring another sample to the same point.
"""

from __future__ import annotations

import copy
from collections.abc import Callable, Container, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

import numpy as np

from augment.beside import Beside, refuse_unmoved, texts_in
from augment.errors import SampleError
from augment.ops.kinds import Erase, Filter, Geometric, LinearColour, Mix, Noise, Photometric, Resizing, Tail, Valued, Window
from augment.ops.tail import ToFloat
from augment.program import points as pts
from augment.program.consistency import Changes, keep_true, rewritten
from augment.program.flatten import Leaf, exclusive
from augment.program.lower import Program, Step
from augment.program.texts import BUILTIN, Editor, Passage, edit_step, leave_passages, read_passages, texts_alone
from augment.program.walk import host_walk
from augment.sample import TEXTS, Target, check_picture, claim

CLAIMS = 64
"""Sets of keys whose targets are remembered."""
Values = Mapping[str, Mapping[str, Any]]
Size = tuple[int, int]


class Claimed(NamedTuple):
    """What the keys of a sample say."""

    targets: dict[str, Target]
    beside: Beside
    """What is no target."""
    images: tuple[str, ...]
    others: dict[str, Target]
    """The targets that are no images."""


@dataclass
class State:
    """A sample on its way: rasters as (H, W, C) in the kernel set's form, points, and labels."""

    sample: Mapping[str, Any]
    targets: dict[str, Target]
    values: Values
    rasters: dict[str, Any] = field(default_factory=dict)
    sizes: dict[str, Size] = field(default_factory=dict)
    points: dict[str, pts.Points] = field(default_factory=dict)
    labels: dict[str, Any] = field(default_factory=dict)
    passages: dict[str, Passage] = field(default_factory=dict)
    dtypes: dict[str, np.dtype] = field(default_factory=dict)
    tails: dict[str, tuple[np.ndarray, np.ndarray]] = field(default_factory=dict)
    """Gain and offset of normalize, for the images that it ran on: colours written as fractions go through it."""
    walks: dict[Any, Any] = field(default_factory=dict)
    closed: set[str] = field(default_factory=set)
    """Keys of the ops that are not done to this sample, since its caption would be in doubt."""
    skipped: list[dict[str, Any]] = field(default_factory=list)
    """Why they are not done."""
    unclear: list[dict[str, Any]] = field(default_factory=list)
    """What was in doubt and left."""
    chains: dict[str, list[tuple[Any, Mapping[str, Any]]]] = field(default_factory=dict)
    """Colour ops that wait for a step that needs the pixels: one chain, also where an op between was not drawn."""


Donor = Callable[[float, int], State]
"""Brings another sample, chosen by a uniform, to the step of that number."""


@dataclass(frozen=True)
class Executor:
    """A program with the kernels that run it."""

    program: Program
    kernels: Any
    editor: Editor = BUILTIN
    """Runs the text ops."""
    planar: bool = False
    """Whether images become tensors: kernels that have ``planes`` then lay the channels of normalized ones apart in memory."""

    def __call__(self, sample: Mapping[str, Any], values: Values, donor: Donor | None = None) -> dict[str, Any]:
        """Run the whole program on a sample: numpy in, numpy out; keys that are no targets pass untouched."""
        return self.finish(self.advance(self.start(sample, values), 0, len(self.program.steps), donor))

    # Entering --------------------------------------------------------------------------------------------------------

    def start(self, sample: Mapping[str, Any], values: Values) -> State:
        targets, beside, images, others = self._claim(sample)
        beside.check(sample)
        if beside.unlabelled and (name := beside.labels(sample, bool(images))):
            targets = {**targets, name: targets[name].model_copy(update={"carry": ("labels",)})}
        state = State(sample, targets, values)
        if any(t.kind in TEXTS for t in others.values()):
            state.passages = read_passages(sample, targets)
        if not images and (moved := [name for name, t in others.items() if t.kind in ("mask", "boxes", "keypoints")]):
            raise SampleError(f"{moved[0]} stands without an image, whose size it needs")
        if not images and self._pictures:
            self._refuse_without_image(state, beside)
        for name in images:
            image = check_image(name, sample[name])
            self._check_ops(name, image.shape[2])
            state.dtypes[name] = image.dtype
            state.rasters[name] = self.kernels.enter(self._to_float(name, image))
            state.sizes[name] = image.shape[:2]
        if not images:
            return state
        size = state.sizes[images[0]]
        refuse_unmoved(sample, beside.rest, size)
        for key in beside.texts:
            self._changes.refuse(repr(key), texts_in(sample[key]), key)
        for name, target in others.items():
            if target.kind == "mask":
                state.rasters[name] = kept(check_mask(name, sample[name], (target.fill, *self._mask_fills)))
                state.sizes[name] = state.rasters[name].shape[:2]
        for name, own in state.sizes.items():
            if own != size:
                raise SampleError(f"{name} is {_by(own)}, but {images[0]} is {_by(size)} (height x width)")
        if not others:
            return state
        claimed = {c: name for name, t in targets.items() for c in t.carry}
        for name, target in others.items():
            carried = {c: self._carried(c, state) for c in target.carry if c in sample}
            if target.kind == "boxes":
                state.points[name] = pts.read_boxes(name, sample[name], target, size, carried, self._outline)
            elif target.kind == "keypoints":
                state.points[name] = pts.read_keypoints(name, sample[name], target, size, carried)
            elif target.kind == "labels" and claimed.get(name) not in sample:
                state.labels[name] = self._label(name, target, sample[name])
        return state

    def targets(self, sample: Mapping[str, Any]) -> Mapping[str, Target]:
        """What the entries of a sample are."""
        return self._claim(sample).targets

    def _claim(self, sample: Mapping[str, Any]) -> Claimed:
        """What the keys of a sample say, remembered for samples of the same keys."""
        keys = tuple([(key, entry is None) for key, entry in sample.items()]) if isinstance(sample, Mapping) else None
        if keys in self._claims:
            return self._claims[keys]
        targets = claim(sample, self.program.pipeline.targets)
        if self.kernels is None:
            targets = texts_alone(targets)
        check_mixed_labels(self.program, sample)
        images = tuple(name for name, target in targets.items() if target.kind == "image")
        others = {name: target for name, target in targets.items() if target.kind != "image"}
        there = [key for key, entry in sample.items() if entry is not None]
        beside = Beside.of(there, targets, rewritten(self.program, targets), self.program.mixes)
        claimed = Claimed(targets, beside, images, others)
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

    @cached_property
    def _outline(self) -> int:
        return 16 if any(getattr(leaf.op, "displaces", False) for leaf in self.program.leaves) else 4

    @cached_property
    def _mask_fills(self) -> tuple[int, ...]:
        """The labels that erase ops write."""
        ops = (leaf.op for leaf in self.program.leaves)
        return tuple(op.fill_mask for op in ops if isinstance(op, Erase) and op.fill_mask is not None)

    @cached_property
    def _full_scale(self) -> float | None:
        first = next((leaf.op for leaf in self.program.leaves if leaf.op.modality == "image"), None)
        return first.max if isinstance(first, ToFloat) else None

    def _to_float(self, name: str, image: np.ndarray) -> np.ndarray:
        if self._full_scale is not None and image.dtype != np.uint8:
            high = float(image.max())
            if not high <= self._full_scale or not image.min() >= 0:  # not a number is neither
                raise SampleError(f"{name}: has values up to {high:g}; to_float: {{max: {self._full_scale:g}}} must cover them")
            return image.astype(np.float32) / np.float32(self._full_scale)
        if image.dtype == np.uint8 or image.dtype.kind == "f":
            return check_range(name, image)
        fix = "begin with to_float: {max: ...}"
        raise SampleError(f"{name}: is {image.dtype}; only uint8 and floats have a known full scale: {fix}")

    def _label(self, name: str, target: Target, raw: Any) -> Any:
        if not self.program.mixes and target.classes is None:
            return raw
        label = array(name, raw)
        if label.dtype.kind not in "buif":
            raise SampleError(f"{name}: only numbers can be mixed, not {str(raw)[:60]!r}; whole numbers or one-hot rows")
        if label.ndim == 0 and label.dtype.kind in "iu":
            if target.classes is None:
                fix = f"declare targets: {{{name}: {{kind: labels, classes: N}}}}, or give one-hot rows"
                raise SampleError(f"{name}: a whole number cannot be mixed; {fix}")
            if not 0 <= label < target.classes:
                raise SampleError(f"{name}: {label} is not one of {target.classes} classes")
            return np.eye(target.classes, dtype=np.float32)[label]
        return label.astype(np.float32) if label.dtype.kind in "iub" else label

    # Steps -----------------------------------------------------------------------------------------------------------

    def advance(self, state: State, first: int, last: int, donor: Donor | None = None) -> State:
        """Run the steps ``first`` to ``last`` (excluded)."""
        for i in range(first, last):
            step = self.program.steps[i]
            try:
                if state.passages:
                    keep_true(step, state)
                if step.primitive == "edit":
                    self._edit(step.leaves[0], state)
                elif step.primitive == "mix":
                    self._mix(step.leaves[0], state, donor, i)
                elif step.primitive in ("resample", "resize"):
                    self._geometry(step, state)
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
        values, closed = state.values, state.closed
        leaves = [x for x in step.leaves if not x.gate or x.active(values)]
        if step.limited:
            leaves = [x for x in leaves if x.op.on is None or name in x.op.on]
        return tuple([x for x in leaves if x.key not in closed] if closed else leaves)

    def _edit(self, leaf: Leaf, state: State) -> None:
        if leaf.active(state.values) and leaf.key not in state.closed:
            edit_step(leaf, state.passages, state.values, self.editor, state.sample)

    def _raster(self, state: State, name: str) -> Any:
        """An image or a mask, with the colours that it should have by now."""
        chain = state.chains.pop(name, None)
        if chain:
            state.rasters[name] = self.kernels.pointwise(state.rasters[name], chain)
        return state.rasters[name]

    def _geometry(self, step: Step, state: State) -> None:
        for name, target in state.targets.items():
            if target.kind not in ("image", "mask", "boxes", "keypoints"):
                continue
            leaves = self._leaves(step, name, state)
            if not leaves:
                continue
            if target.kind in step.forsaken:
                for leaf in leaves:
                    refuse_unmovable(leaf.op, {name: target})
            size = state.points[name].size if name in state.points else state.sizes[name]
            key = (id(step), tuple(id(leaf) for leaf in leaves), size)
            if key not in state.walks:
                state.walks[key] = self._way(step, leaves, state.values, size)
            walk, window = state.walks[key]
            if name in state.points:
                for leg in walk.legs:
                    state.points[name].go(leg)
            else:
                state.rasters[name] = self._move(step, state, name, target, walk, window)
                state.sizes[name] = walk.size

    def _way(self, step: Step, leaves: tuple[Leaf, ...], values: Values, size: Size) -> tuple[Any, Window | None]:
        border, interpolation = step.border
        walk = host_walk(leaves, values, size, border, interpolation)
        if step.primitive != "resize":
            return walk, None
        op = leaves[0].op
        assert isinstance(op, Resizing)
        return walk, Window(*(int(x) for x in op.window(values.get(leaves[0].key, {}), size, np)))

    def _move(self, step: Step, state: State, name: str, target: Target, walk: Any, window: Window | None) -> Any:
        raster = self._raster(state, name)
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
                    self._chain(leaves, state, name)
                elif leaves:
                    state.rasters[name] = self._paint(leaves[0], state, name)
            elif target.kind == "mask" and step.primitive == "erase":
                self._erase_mask(self._leaves(step, name, state), state, name)

    def _chain(self, leaves: tuple[Leaf, ...], state: State, name: str) -> None:
        chain = state.chains.setdefault(name, [])
        for leaf in leaves:
            chain.append((leaf.op, state.values.get(leaf.key, {})))
            if isinstance(leaf.op, Tail) and not isinstance(leaf.op, ToFloat):
                gain, offset = leaf.op.affine()
                state.tails[name] = np.array(gain), np.array(offset)
        if not self.program.fused:
            self._raster(state, name)

    def _paint(self, leaf: Leaf, state: State, name: str) -> Any:
        image, size = self._raster(state, name), state.sizes[name]
        op, v = leaf.op, state.values[leaf.key]
        match op:
            case Filter():
                return limited(op, image, lambda part: self.kernels.convolve(part, op.taps(v, size, np)))
            case Noise():
                words = int(v["key0"]), int(v["key1"])
                return limited(op, image, lambda part: self.kernels.noise(part, op.deviation(v, np), words))
            case Erase():
                colour = np.array(op.fill)
                if name in state.tails:
                    colour = colour * state.tails[name][0] + state.tails[name][1]
                return self.kernels.erase(image, op.rectangles(v, size, np), colour)
        raise AssertionError(op)

    def _erase_mask(self, leaves: tuple[Leaf, ...], state: State, name: str) -> None:
        for leaf in leaves:
            assert isinstance(leaf.op, Erase)
            if leaf.op.fill_mask is not None:
                rectangles = leaf.op.rectangles(state.values[leaf.key], state.sizes[name], np)
                state.rasters[name] = erase_mask(state.rasters[name], rectangles, leaf.op.fill_mask)

    def _mix(self, leaf: Leaf, state: State, donor: Donor | None, at: int) -> None:
        op = leaf.op
        assert isinstance(op, Mix)
        targets = {name: t for name, t in state.targets.items() if op.on is None or name in op.on}
        refuse_unmovable(op, targets)
        if donor is None:  # also where this sample would stay as it is: an error must not depend on the draw
            raise SampleError("joins two samples, and was given one: use .over(dataset), or .collate on a batch (docs/mixing.md)")
        if not leaf.active(state.values) or leaf.key in state.closed:
            return
        v = state.values[leaf.key]
        other = donor(float(v["partner"]), at)
        size = next(iter(state.sizes.values()))
        weight, rectangle = op.blend(v, size, np)
        for name, target in targets.items():
            if name not in other.targets:
                raise SampleError(f"{name} is missing in the sample that it is mixed with")
            if target.kind in ("image", "mask"):
                one, two = self._raster(state, name), self._raster(other, name)
                if one.shape != two.shape:
                    has, other_has = (" x ".join(map(str, raster.shape)) for raster in (one, two))
                    raise SampleError(f"{name} is {has} in one sample and {other_has} in the other (height x width x channels)")
                if target.kind == "image":
                    state.rasters[name] = self.kernels.mix(one, two, float(weight), rectangle)
                else:
                    state.rasters[name] = mix_masks(one, two, float(weight), rectangle, self.kernels)
            elif name in state.labels:
                state.labels[name] = mix_labels(name, state.labels[name], other.labels[name], float(weight))
            elif name in state.passages:
                state.passages[name].join(other.passages[name], getattr(op, "between", " "))
            elif target.kind == "boxes":
                state.points[name] = join_boxes(state.points[name], other.points[name], rectangle)

    # Leaving ---------------------------------------------------------------------------------------------------------

    @cached_property
    def _float_out(self) -> bool:
        return any(isinstance(leaf.op, Tail) for leaf in self.program.leaves)

    def finish(self, state: State, dropped: dict[str, Any] | None = None) -> dict[str, Any]:
        """Return the sample; ``dropped`` is filled with what was dropped of each target, and why."""
        out = dict(state.sample)
        for name, target in state.targets.items():
            if target.kind == "image":
                dtype = state.dtypes[name]
                dtype = np.dtype(np.float32) if self._float_out or dtype.kind not in "uf" or dtype == np.uint16 else dtype
                out[name] = _squeeze(self._image(state, name, dtype), state.sample[name])
            elif target.kind == "mask":
                mask = state.rasters[name]
                out[name] = _squeeze(mask if mask.flags.writeable else mask.copy(), state.sample[name])
            elif name in state.points:
                out |= self._points_out(name, state, dropped)
            elif name in state.labels:
                label = state.labels[name]
                out[name] = apart(label) if label is state.sample[name] else label
        if state.passages:
            out |= leave_passages(state.passages, out, dropped)
        return out

    def _image(self, state: State, name: str, dtype: np.dtype) -> np.ndarray:
        chain = state.chains.get(name)
        if self.planar and chain and isinstance(chain[-1][0], Tail) and dtype == np.float32:
            return self.kernels.planes(state.rasters[name], chain)
        return self.kernels.leave(self._raster(state, name), dtype)

    def _points_out(self, name: str, state: State, dropped: dict[str, Any] | None) -> dict[str, Any]:
        points = state.points[name]
        if points.target.kind == "boxes":
            points.clip()
            rows = pts.write_boxes(points, state.sample[name])
        else:
            rows = pts.write_keypoints(points, state.sample[name])
        if dropped is not None and points.dropped:
            dropped[name] = points.dropped
        return {name: rows, **points.carried}


# Checks --------------------------------------------------------------------------------------------------------------


def refuse_unmovable(op: Any, targets: Mapping[str, Target]) -> None:
    """Raise `SampleError` where an op would leave a target behind."""
    for name, target in targets.items():
        if target.kind in op.disturbs - op.moves:
            raise SampleError(f"cannot move {name} ({target.kind}); {op.instead}")


def array(name: str, raw: Any, kind: str = "") -> np.ndarray:
    """Return an array; raises `SampleError` on lists without a common shape, and on pictures that are none of their kind."""
    if hasattr(raw, "getbands"):
        check_picture(name, raw, kind)
    try:
        return np.asarray(raw)
    except ValueError:
        raise SampleError(f"{name}: its rows are not of one length") from None


def check_image(name: str, image: Any) -> np.ndarray:
    """Return an image as (H, W, C); raises `SampleError` on what is none."""
    image = array(name, image, "image")
    if image.ndim not in (2, 3) or image.dtype.kind not in "uif":
        form = "(height, width) or (height, width, channels) and numbers"
        raise SampleError(f"{name}: an image has the shape {form}, not {image.dtype} {image.shape}")
    if 0 in image.shape:
        raise SampleError(f"{name}: has no pixels (shape {image.shape})")
    if image.ndim == 3 and image.shape[0] in (1, 3, 4) and image.shape[2] > 16:
        raise SampleError(f"{name}: the shape {image.shape} looks like (channels, height, width); channels come last here")
    return image[..., None] if image.ndim == 2 else image


def check_range(name: str, image: np.ndarray) -> np.ndarray:
    """Raise `SampleError` if a float image leaves [0, 1]."""
    if image.dtype.kind == "f":
        low, high = float(image.min()), float(image.max())
        if not (low >= 0 and high <= 1):  # not a number is neither
            raise out_of_range(name, low, high)
    return image


def out_of_range(name: str, low: float, high: float) -> SampleError:
    """Return the error of a float image that leaves [0, 1], with what may be behind it."""
    if not (np.isfinite(low) and np.isfinite(high)):
        return SampleError(f"{name}: holds a value that is not finite")
    if low < -0.01:
        fix = "give it before it is normalized (normalize is an op too), or scale it to 0..1"
    elif high <= 1.01:
        fix = "that is rounding: clip it, as np.clip(image, 0, 1) does"
    elif high < 2:
        fix = "clip it if it was made brighter before, else divide by its full scale"
    elif high <= 255:
        fix = "divide by 255 if they are 0 to 255 (or give uint8), else by their full scale"
    else:
        fix = "divide by their full scale, which may be 65535"
    return SampleError(f"{name}: floats are 0 to 1, but these are {low:.6g} to {high:.6g}; {fix}")


def check_mask(name: str, mask: Any, fills: Iterable[int] = ()) -> np.ndarray:
    """Return a mask as (H, W, C); raises `SampleError` on what is none, or cannot hold the labels of what is filled."""
    mask = array(name, mask, "mask")
    if mask.ndim not in (2, 3) or mask.dtype.kind not in "buif" or 0 in mask.shape:
        form = "(height, width) or (height, width, layers) and numbers"
        raise SampleError(f"{name}: a mask has the shape {form}, not {mask.dtype} {mask.shape}")
    for fill in fills:
        if mask.dtype.kind != "f" and np.array(fill).astype(mask.dtype) != fill:
            raise SampleError(f"{name}: is {mask.dtype}, which has no {fill}: choose another fill, or a wider type")
    return mask[..., None] if mask.ndim == 2 else mask


def kept(raster: np.ndarray) -> np.ndarray:
    """A raster of a sample as a view that nobody may write to; what comes out and still is one, has to be copied."""
    raster = raster.view()
    raster.flags.writeable = False
    return raster


def apart(entry: Any) -> Any:
    """An entry that nothing changed, with memory of its own: who writes to a result must not change the data set."""
    return entry.clone() if hasattr(entry, "clone") else copy.deepcopy(entry)


def check_mixed_labels(program: Program, names: Container[str]) -> None:
    """Raise `SampleError` where a mix would leave a label behind that ``targets`` declares."""
    missing = [name for name, t in program.pipeline.targets.items() if t.kind == "labels" and name not in names]
    if program.mixes and missing:
        raise SampleError(f"the sample has no {missing[0]!r}, which targets declares: a mixed image needs its mixed label")


def limited(op: Valued, image: np.ndarray, run: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Run a kernel on the channels of an image that an op is limited to; an 8-bit image may become float32 by it."""
    if not op.channels:
        return run(image)
    chosen = list(op.channels)
    part = run(np.ascontiguousarray(image[..., chosen]))
    whole = image.copy() if part.dtype == image.dtype else image * np.float32(1 / 255)
    whole[..., chosen] = part
    return whole


def check_channels(op: Any, count: int, name: str) -> None:
    """Raise `SampleError` where a colour op does not fit the number of channels."""
    if isinstance(op, Tail) and len(op.affine()[0]) not in (1, count):
        raise SampleError(f"{name} has {_channels(count)}, and mean and std have {len(op.affine()[0])}")
    if isinstance(op, Valued) and op.channels and max(op.channels) >= count:
        raise SampleError(f"{name} has {_channels(count)}, and channels names number {max(op.channels)} (counted from 0)")
    if not isinstance(op, Photometric):
        return
    used = len(op.channels) if op.channels else count
    if op.rgb and used != 3 and not (used == 1 and isinstance(op, LinearColour)):
        fix = "name them: channels: [0, 1, 2]" if count > 3 else "turn it into an RGB image before, or leave the op out"
        raise SampleError(f"needs red, green and blue, but {name} has {_channels(count)}; {fix}")


def _channels(count: int) -> str:
    return f"{count} channel{'s' * (count != 1)}"


def check_ops(program: Program, name: str, channels: int) -> None:
    """Raise `SampleError` where an op of a program does not fit an image of so many channels, whether it is drawn or not."""
    for leaf in program.leaves:
        op = leaf.op
        if op.on is not None and name not in op.on:
            continue
        try:
            check_channels(op, channels, name)
            if isinstance(op, Geometric | Erase) and len(op.fill) not in (1, channels):
                fix = "write one number" if channels != 3 else "write one number, three, or '#rrggbb'"
                raise SampleError(f"fill has {len(op.fill)} numbers and {name} has {_channels(channels)}; {fix}")
        except SampleError as error:
            raise error.at(leaf.path) from None


def _through_tail(walk: Any, tail: tuple[np.ndarray, np.ndarray]) -> Any:
    from dataclasses import replace

    legs = tuple(replace(leg, fill=tuple(np.atleast_1d(np.array(leg.fill) * tail[0] + tail[1]))) for leg in walk.legs)
    return replace(walk, legs=legs)


def _squeeze(raster: np.ndarray, like: Any) -> np.ndarray:
    return raster[..., 0] if np.ndim(like) == 2 else raster


def _by(size: Size) -> str:
    return f"{size[0]} x {size[1]}"


# Mixing --------------------------------------------------------------------------------------------------------------


def erase_mask(mask: np.ndarray, rectangles: np.ndarray, label: int) -> np.ndarray:
    """Fill rectangles of a mask; no kernel does it, as those take a colour for a fraction of full scale."""
    mask = mask.copy()
    for y0, x0, y1, x1 in rectangles.astype(int):
        mask[y0:y1, x0:x1] = label
    return mask


def mix_masks(mask: np.ndarray, other: np.ndarray, weight: float, rectangle: Any, kernels: Any) -> np.ndarray:
    """Mix masks: pasted like the image; blended if they are floats; else those of the sample with the larger weight."""
    if rectangle is not None:
        return kernels.mix(mask, other, weight, rectangle)
    if mask.dtype.kind == "f":
        return (mask * weight + other * (1 - weight)).astype(mask.dtype)
    return mask if weight >= 0.5 else other


def mix_labels(name: str, mine: np.ndarray, other: np.ndarray, weight: float) -> np.ndarray:
    """Blend two label vectors."""
    if mine.shape != other.shape:
        raise SampleError(f"{name} has the shape {mine.shape} in one sample and {other.shape} in the other")
    return mine * np.float32(weight) + other * np.float32(1 - weight)


def join_boxes(mine: pts.Points, other: pts.Points, rectangle: Any) -> pts.Points:
    """The boxes of both samples; with a rectangle, what stays visible of mine outside it and of the other's inside."""
    for points in (mine, other):
        points.clip()
    if rectangle is not None:
        y0, x0, y1, x1 = np.asarray(rectangle, float)
        hulls = mine.hulls()
        mine.cut(_outside(hulls, (x0, y0, x1, y1)), pts.areas(hulls))
        hulls = other.hulls()
        other.cut(np.clip(hulls, [x0, y0, x0, y0], [x1, y1, x1, y1]), pts.areas(hulls))
    for points in (mine, other):
        points.keep_alive()
    missing = set(mine.carried) ^ set(other.carried)
    if missing:
        raise SampleError(f"{', '.join(sorted(missing))} is carried by the boxes of one sample only")
    carried = {name: _concatenate(rows, other.carried[name]) for name, rows in mine.carried.items()}
    joined = pts.Points(mine.target, np.concatenate([mine.at, other.at]), carried, mine.size)
    joined.dropped = mine.dropped + [{**row, "sample": "other"} for row in other.dropped]
    return joined


def _outside(boxes: np.ndarray, cut: tuple[float, float, float, float]) -> np.ndarray:
    """The hull of what a cut leaves of each box: smaller only where the cut spans it from side to side."""
    x0, y0, x1, y1 = cut
    out = boxes.copy()
    tall = (boxes[:, 1] >= y0) & (boxes[:, 3] <= y1)
    wide = (boxes[:, 0] >= x0) & (boxes[:, 2] <= x1)
    out[:, 0] = np.where(tall & (boxes[:, 0] >= x0) & (boxes[:, 0] < x1), np.minimum(x1, boxes[:, 2]), out[:, 0])
    out[:, 2] = np.where(tall & (boxes[:, 2] <= x1) & (boxes[:, 2] > x0), np.maximum(x0, out[:, 0]), out[:, 2])
    out[:, 1] = np.where(wide & (boxes[:, 1] >= y0) & (boxes[:, 1] < y1), np.minimum(y1, boxes[:, 3]), out[:, 1])
    out[:, 3] = np.where(wide & (boxes[:, 3] <= y1) & (boxes[:, 3] > y0), np.maximum(y0, out[:, 1]), out[:, 3])
    return out


def _concatenate(a: Any, b: Any) -> Any:
    return [*a, *b] if isinstance(a, list) else (*a, *b) if isinstance(a, tuple) else np.concatenate([a, b])


__all__ = ["Donor", "Executor", "State"]
