"""Runs a spec on pictures, one op after the other, and notes what each op does to sizes, levels, boxes and masks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.errors import AugmentError
from augment.ops.kinds import Drawn
from augment.program.leaf import Leaf
from augment.program.lower import Program
from augment.sample import DEFAULT_TARGETS

if TYPE_CHECKING:
    from augment.engine.host import Executor
    from augment.engine.state import State

PICTURES = 16
"""At most, evenly spread over those that are given."""
DRAWS = 32
"""In all."""
PIXELS = 24_000_000
"""In all draws together, so that a check stays quick on large pictures; each picture is drawn at least once."""
LEVELS = Path(__file__).parent / "levels.npy"
"""Of the photograph that comes with the package, uint8 (H, W, 3): each pixel is the mean of 6 x 6 of it, so that neighbours are
as near to each other as in a photograph. Levels need no more, and no reader of pictures."""
EDGE = 0.5 / 255
"""Levels nearer to 0 or 1 than this are 0 or 255 in 8 bits."""
Size = tuple[int, int]


@dataclass
class Tally:
    """What one op did, over all draws in which it was applied."""

    sizes: set[Size] = field(default_factory=set)
    """Of the images that came to it."""
    enlarged: list[float] = field(default_factory=list)
    """By how much it enlarged the side of an image, had it taken the whole."""
    clipped: list[tuple[float, float]] = field(default_factory=list)
    """The share of values at either end of the range, before and after."""
    idle: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    """By the name of an op that recolours, of which a policy has several: of each draw, whether the image came without colours
    and was left as it was; up to the first where it was not."""
    rims: list[float] = field(default_factory=list)
    """How light the outermost pixels of the images were that came to an op that moves them, from 0 to 1."""
    boxes: int = 0
    lost: int = 0
    masks: int = 0
    emptied: int = 0


@dataclass
class Measured:
    """What a spec did to pictures."""

    pictures: int = 0
    draws: int = 0
    """Of each picture."""
    bundled: bool = False
    """Whether no files were given, and a photograph of the package took their place."""
    ops: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    failures: dict[str, str] = field(default_factory=dict)
    """Path of the op (or '') -> why a picture could not be augmented; the first of each."""

    def __str__(self) -> str:
        count = "1 picture" if self.pictures == 1 else f"each of {self.pictures} pictures"
        what = "a photograph of the package" if self.bundled else count
        return f"{self.draws} draw{'s' * (self.draws != 1)} of {what}"


def measure(program: Program, samples: Sequence[Any] | None) -> Measured:
    """Measure a program that is not fused on ``samples``; without any, its colours alone on what comes with the package."""
    if samples is not None:
        from augment.backend import Options
        from augment.plugins import quickest

        executor = quickest(program).executor(program, Options())
        assert executor is not None
        return _measure(executor, samples, Measured())
    steps = tuple(step for step in program.steps if step.leaves[0].op.ranged and not step.partnered)
    targets = {name: t for name, t in (dict(program.pipeline.targets) or DEFAULT_TARGETS).items() if t.kind == "image"}
    if not steps or not targets:
        return Measured(bundled=True)
    from augment.engine.host import Executor
    from augment.kernels import reference

    colour = np.load(LEVELS)
    executor = Executor(replace(program, steps=steps, unfused=steps), reference)  # in which no step edits texts

    def measured(image: np.ndarray) -> Measured:
        return _measure(executor, [dict.fromkeys(targets, image)], Measured(bundled=True))

    first = measured(colour)
    return second if first.failures and not (second := measured(colour[..., 0])).failures else first


def _measure(executor: Executor, samples: Sequence[Any], out: Measured) -> Measured:
    from augment.partners import Donors

    out.pictures = min(len(samples), PICTURES)
    for at in range(out.pictures):
        i = at * len(samples) // out.pictures
        try:
            sample = samples[i]
            if at == 0:
                out.draws = _draws(sample, out.pictures)
            for epoch in range(out.draws):
                values = executor.program.values(i, epoch)
                _watch(executor, executor.start(sample, values), Donors(executor, samples, epoch).of(i), out.ops)
        except AugmentError as error:
            out.failures.setdefault(getattr(error, "path", ""), str(error))
    return out


def _draws(sample: Mapping[str, Any], pictures: int) -> int:
    pixels = max((a.shape[0] * a.shape[1] for a in map(np.asarray, sample.values()) if a.ndim >= 2), default=1)
    return max(1, min(DRAWS // pictures, PIXELS // (pictures * pixels)))


def _watch(executor: Executor, state: State, donor: Any, ops: dict[str, Tally]) -> None:
    """Take one sample through all steps."""
    from augment.lint.boxes import Watched

    boxes = Watched(state)
    for i, step in enumerate(executor.program.steps):
        leaf = step.leaves[0]
        if not leaf.active(state.values):
            if step.partnered:  # which refuses what it cannot do whether or not it is done
                executor.advance(state, i, i + 1, donor)
            continue
        tally = ops[leaf.path]
        images = [n for n, t in state.targets.items() if t.kind == "image" and leaf.concerns(n)]
        before = {name: _ends(executor.pixels(state, name)) for name in images} if _bends_levels(leaf.op) else {}
        idle = tally.idle[leaf.op.name()] if leaf.op.recolours else [False]
        shown = {name: executor.pixels(state, name) for name in images} if all(idle) else {}  # once is enough
        full = {name: _labelled(state, name) for name in state.rasters if state.targets[name].kind == "mask"}
        sizes = {name: state.sizes[name] for name in images}
        tally.sizes.update(sizes.values())
        tally.rims += [_rim(executor.pixels(state, name)) for name in images if leaf.op.relocates]
        executor.advance(state, i, i + 1, donor)
        tally.clipped += [(share, _ends(executor.pixels(state, name))) for name, share in before.items()]
        for name, image in shown.items():
            idle.append(_colourless(image) and _alike(image, executor.pixels(state, name)))
        if leaf.op.relocates:
            if leaf.op.canvas == "fixed":
                tally.enlarged += [_factor(sizes[name], leaf, state) for name in images]
            tally.masks += sum(full.values())
            tally.emptied += sum(had and not _labelled(state, name) for name, had in full.items())
            tally.boxes += boxes.follow(leaf.path)
        elif leaf.op.mixes:
            boxes = Watched(state)
    for path in boxes.lost():
        ops[path].lost += 1


def _bends_levels(op: Drawn) -> bool:
    # thresholds set levels to the ends on purpose
    return op.ranged and not op.floats and not op.rounds


def _ends(image: np.ndarray) -> float:
    if image.dtype == np.uint8:
        return np.count_nonzero((image == 0) | (image == 255)) / image.size
    return np.count_nonzero((image <= EDGE) | (image >= 1 - EDGE)) / image.size


def _rim(image: np.ndarray) -> float:
    sides = image[0], image[-1], image[:, 0], image[:, -1]
    return float(np.concatenate([_full_scale(side).ravel() for side in sides]).mean())


def _colourless(image: np.ndarray) -> bool:
    """Whether all channels of a colour image are the same."""
    return image.ndim == 3 and image.shape[-1] == 3 and _alike(image[..., :1], image)


def _alike(a: np.ndarray, b: np.ndarray) -> bool:
    """Whether no value differs by more than one in 8 bits, in which an op may have rounded."""
    return bool(np.abs(_full_scale(a) - _full_scale(b)).max(initial=0) <= 1.01 / 255)


def _full_scale(image: np.ndarray) -> np.ndarray:
    return image.astype(np.float32) / (255 if image.dtype == np.uint8 else 1)


def _labelled(state: State, name: str) -> bool:
    mask, fill = state.rasters[name], state.targets[name].fill
    return bool(((mask != 0) & (mask != fill)).any())


def _factor(size: Size, leaf: Leaf, state: State) -> float:
    if not leaf.op.resizes:
        return 1.0
    height, width = leaf.op.canvas_after(state.values.get(leaf.key, {}), size)
    return float(np.sqrt(height * width / (size[0] * size[1])))


__all__ = ["Measured", "Tally", "measure"]
