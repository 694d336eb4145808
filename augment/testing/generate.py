"""Random pipelines that are valid by construction, of the ops in the catalogue with combinators among them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import numpy as np

from augment.ops import catalogue
from augment.ops.cropping import CenterCrop, RandomCrop
from augment.ops.kinds import Drawn, Policy, stands_for
from augment.spec.node import Node, OneOf, Op, Pipeline, Repeat, Sequence, SomeOf
from augment.testing.examples import examples

FIXED = 40
"""Side of the fixed canvas at the end; every canvas before it is at least as large, on photographs of 64 pixels and more."""


def pipelines(seed: int, count: int, ops: Iterable[type[Op]] | None = None) -> Iterator[Pipeline]:
    """Yield ``count`` pipelines of 3 to 8 nodes; the same for the same seed and catalogue.

    ``ops`` limits them. Ops whose pixels backends draw themselves (noise), or that need other samples, are left out.
    """
    given = filter(moves_all, catalogue("image").values()) if ops is None else ops
    known = [op for op in given if not getattr(op, "partnered", False) and _shared(op)]
    for i in range(count):
        yield _Generator(np.random.default_rng((seed, i)), known).pipeline(seed * 1000 + i)


def moves_all(op: type[Op]) -> bool:
    """Whether an op, or each part of a policy, moves all that would no longer fit the image."""
    parts = op.parts() if issubclass(op, Policy) else (op,)
    return all(getattr(part, "disturbs", frozenset()) <= getattr(part, "moves", frozenset()) for part in parts)


class _Generator:
    def __init__(self, rng: np.random.Generator, ops: list[type[Op]]):
        self.rng = rng
        moving = [op for op in ops if issubclass(op, Drawn) and op.relocates]
        self.drawn = _with(moving, _upends)
        self.derived = [op for op in moving if op.canvas == "derived" and not op.resizes]
        self.inner = _with(ops, _keeps_canvas)
        self.resizing = _with([op for op in moving if op.resizes], large_enough)
        self.tails = [op for op in ops if issubclass(op, Drawn) and op.floats]

    def pipeline(self, seed: int) -> Pipeline:
        nodes: list[Node] = [self.node() for _ in range(self.rng.integers(3, 6))]
        if self.resizing and self.chance(0.3):
            nodes[0] = self.example(self.rng.choice(np.array(self.resizing, object)), large_enough)
        if self.derived and self.chance(0.2):
            nodes.insert(int(self.rng.integers(len(nodes))), self.example(self.rng.choice(np.array(self.derived, object))))
        if self.chance(0.5):  # a fixed canvas, which also ends the run of an op that draws its own
            if self.drawn and self.chance(0.4):
                nodes.append(self.maybe(self.example(self.rng.choice(np.array(self.drawn, object)), _upends)))
            nodes.append((CenterCrop if self.chance(0.5) else RandomCrop)(size=[FIXED, FIXED]))
        if self.tails and self.chance(0.3) and len(nodes) < 8:
            nodes.append(self.example(self.rng.choice(np.array(self.tails, object))))
        return Pipeline(nodes, seed=seed)

    def node(self) -> Node:
        kind = self.rng.choice(["op", "one_of", "some_of", "repeat", "sequence"], p=[0.68, 0.12, 0.08, 0.06, 0.06])
        if kind == "op":
            return self.maybe(self.op())
        children = [self.maybe(self.op()) for _ in range(self.rng.integers(2, 4))]
        p: dict[str, Any] = {"p": float(self.rng.choice([0.4, 0.8]))} if self.chance(0.4) else {}
        match kind:
            case "one_of":
                weighted = [child.replace(weight=float(self.rng.integers(1, 4))) for child in children]
                return OneOf(ops=weighted, **p)
            case "some_of":
                return SomeOf(ops=children, n=[1, 2], replacement=bool(self.chance(0.3)), **p)
            case "repeat":
                return Repeat(ops=children[:1], times=[1, 2], **p)
        return Sequence(ops=children, **p)

    def op(self) -> Op:
        return self.example(self.rng.choice(np.array(self.inner, object)), _keeps_canvas)

    def example(self, op: type[Op], fits: Callable[[Any], bool] = lambda op: True) -> Op:
        found = [example for example in _shared(op) if fits(example)]
        return found[self.rng.integers(len(found))]

    def maybe(self, op: Op) -> Op:
        return op.replace(p=float(self.rng.choice([0.3, 0.5, 0.8]))) if self.chance(0.5) else op

    def chance(self, p: float) -> bool:
        return bool(self.rng.random() < p)


def large_enough(op: Any) -> bool:
    """Whether the fixed canvas at the end is within its output, also for an elongated image."""
    fixed = op.canvas == "fixed"
    return fixed and all(side >= FIXED for size in ((64, 192), (192, 64)) for side in op.output({}, size, np))


def _shared(op: type[Op]) -> list[Any]:
    """The examples of an op whose pixels backends do not draw themselves."""
    return [example for example in examples(op) if not getattr(example, "noisy", False)]


def _with(ops: Iterable[type[Op]], fits: Callable[[Any], bool]) -> list[type[Op]]:
    """The ops of which an example fits."""
    return [op for op in ops if any(map(fits, examples(op)))]


def _upends(op: Any) -> bool:
    return getattr(op, "upends", False)


def _keeps_canvas(op: Any) -> bool:
    """Whether it leaves the size of the image as it is, or what it stands for does."""
    return all(part.canvas == "same" and not part.resizes and not part.floats for part in stands_for(op))
