"""From the tree of a spec to leaves: ops in order, each with the conditions under which it is applied, and the plan of draws.

A choice is not a branch: every op is a leaf with a gate, so that a program is the same for all samples, on any backend.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from augment.errors import Mistake, SpecError
from augment.ops.kinds import Geometric, Policy
from augment.ops.tail import Identity
from augment.program.plan import BITS, Plan, Subset, form_of, thresholds
from augment.spec.node import Combinator, Node, OneOf, Op, Pipeline, Repeat, Sequence, SomeOf
from augment.values import Integers


@dataclass(frozen=True)
class Condition:
    """The gate is open where ``table[values[key][field]]`` (of its ``element``, if it has several)."""

    key: str
    field: str
    table: tuple[bool, ...]
    element: int | None = None

    def holds(self, values: Mapping[str, Mapping[str, Any]]) -> bool:
        """For one sample, on the host."""
        drawn = values[self.key][self.field]
        return self.table[int(drawn if self.element is None else drawn[self.element])]


@dataclass(frozen=True)
class Leaf:
    """An op of the program."""

    op: Op
    key: str
    """Of its values and its record: the address, and the iteration if it is repeated."""
    path: str
    """Where it stands in the spec: 'pipeline[2].one_of[0].rotate'."""
    gate: tuple[Condition, ...] = ()

    def active(self, values: Mapping[str, Mapping[str, Any]]) -> bool:
        """Whether the gate is open, for one sample on the host."""
        for condition in self.gate:  # noqa: SIM110  # a generator takes twice the time, for every op of every sample
            if not condition.holds(values):
                return False
        return True


def exclusive(a: Leaf, b: Leaf) -> bool:
    """Whether two leaves can never both be active."""
    tables = {(c.key, c.field, c.element): c.table for c in a.gate}
    for c in b.gate:
        table = tables.get((c.key, c.field, c.element))
        if table and not any(x and y for x, y in zip(table, c.table, strict=True)):
            return True
    return False


class Break:
    """Between two leaves: a run of geometric ops ends here."""


BREAK = Break()


def addresses(pipeline: Pipeline) -> dict[str, str]:
    """Return path -> address of every node: its ``id``, or its name and, from the second of that name on, its ordinal."""
    found: dict[str, str] = {}
    seen: Counter[str] = Counter()
    taken: dict[str, str] = {}
    mistakes = []
    for path, node in walk(pipeline):
        seen[node.name()] += node.id is None
        ordinal = seen[node.name()]
        address = node.id or (node.name() if ordinal == 1 else f"{node.name()}#{ordinal}")
        if address in taken:
            mistakes.append(Mistake(path, f"the address {address!r} is taken by {taken[address]}: give one of them another id"))
        taken[address] = found[path] = address
    if mistakes:
        raise SpecError(mistakes)
    return found


def walk(pipeline: Pipeline) -> Iterator[tuple[str, Node]]:
    """Yield every node with its path, in document order."""

    def visit(nodes: tuple[Node, ...], prefix: str) -> Iterator[tuple[str, Node]]:
        for i, node in enumerate(nodes):
            path = f"{prefix}[{i}].{node.name()}"
            yield path, node
            if isinstance(node, Combinator):
                yield from visit(node.ops, path)

    return visit(pipeline.pipeline, "pipeline")


def flatten(pipeline: Pipeline, stage: str) -> tuple[list[Leaf | Break], Plan]:
    """Return the leaves of a stage ('train' or 'eval'), with breaks between them, and the plan of their draws."""
    return _Flattener(pipeline, stage).result()


class _Flattener:
    def __init__(self, pipeline: Pipeline, stage: str):
        self.pipeline, self.stage = pipeline, stage
        self.addresses = addresses(pipeline)
        self.items: list[Leaf | Break] = []
        self.plan = Plan()

    def result(self) -> tuple[list[Leaf | Break], Plan]:
        self._all(self.pipeline.pipeline, "pipeline", (), 0, 1, self.stage)
        return self.items, self.plan

    def _all(self, nodes: tuple[Node, ...], prefix: str, gate: Any, iteration: int, times: int, stage: str) -> None:
        for i, node in enumerate(nodes):
            self._visit(node, f"{prefix}[{i}].{node.name()}", gate, iteration, times, stage)

    def _visit(self, node: Node, path: str, gate: Any, iteration: int, times: int, stage: str) -> None:
        """``iteration`` of ``times``: which copy of a repeated node this is."""
        if self.stage == "eval" and node.stage == "train":
            return
        if stage == "eval" and node.p == 0:  # what is never done in training is not done at inference either
            return
        if node.stage == "always":
            stage = "train"
        address = self.addresses[path]
        key = address if times == 1 else f"{address}[{iteration}]"
        if stage == "train" and node.probability < 1:
            closed = 2**BITS - round(node.probability * 2**BITS)
            # the coin is 1 for the upper bits; p = 0 has a threshold that no bits reach
            self.plan.add(address, key, "p", "index", iteration=iteration, thresholds=(closed,))
            gate = (*gate, Condition(key, "p", (False, True)))
        if isinstance(node, Combinator):
            mixed = not all(_geometric(n) for n in _leaves(node))
            if mixed:
                self.items.append(BREAK)
            combine = self._combine if stage == "train" else self._combine_eval
            combine(node, path, address, key, gate, iteration, times)
            if mixed:
                self.items.append(BREAK)
        elif isinstance(node, Op):
            self._op(node, path, address, key, gate, iteration, stage)

    def _combine(self, node: Combinator, path: str, address: str, key: str, gate: Any, iteration: int, times: int) -> None:
        weights = [n.weight or 1.0 for n in node.ops]
        match node:
            case Sequence():
                self._all(node.ops, path, gate, iteration, times, "train")
            case OneOf():
                self.plan.add(address, key, "choice", "index", iteration=iteration, thresholds=thresholds(weights))
                for i, child in enumerate(node.ops):
                    open_ = (*gate, Condition(key, "choice", _only(i, len(node.ops))))
                    self._visit(child, f"{path}[{i}].{child.name()}", open_, iteration, times, "train")
            case SomeOf(replacement=False):
                count = len(node.ops)
                self._count(address, key, "n", node.n, iteration)
                if count > 1:  # of one, the number alone decides
                    self.plan.add(address, key, "order", "bits", count=count, iteration=iteration)
                    self.plan.subsets.append(Subset(key, count))
                for i, child in enumerate(node.ops):
                    chosen = Condition(key, "pick", (False, True), i) if count > 1 else Condition(key, "n", (False, True))
                    open_ = (*gate, chosen)
                    self._visit(child, f"{path}[{i}].{child.name()}", open_, iteration, times, "train")
            case SomeOf():
                most = int(node.n.support[1])
                self._count(address, key, "n", node.n, iteration)
                self.plan.add(
                    address, key, "pick", "index", count=most, iteration=iteration, thresholds=thresholds(weights)
                )
                for slot in range(most):
                    more = Condition(key, "n", tuple(n > slot for n in range(most + 1)))
                    for i, child in enumerate(node.ops):
                        chosen = Condition(key, "pick", _only(i, len(node.ops)), slot if most > 1 else None)
                        name = f"{path}[{i}].{child.name()}"
                        self._visit(child, name, (*gate, more, chosen), iteration * most + slot, times * most, "train")
            case Repeat():
                most = int(node.times.support[1])
                self._count(address, key, "times", node.times, iteration)
                for turn in range(most):
                    more = Condition(key, "times", tuple(n > turn for n in range(most + 1)))
                    open_ = gate if node.times.constant else (*gate, more)
                    self._all(node.ops, path, open_, iteration * most + turn, times * most, "train")

    def _combine_eval(self, node: Combinator, path: str, address: str, key: str, gate: Any, iteration: int, times: int) -> None:
        """At inference nothing is drawn: of a choice, the first children that do anything, as many as it chooses at least;
        a repeat, its least number of times."""
        if isinstance(node, Repeat):
            least = int(node.times.support[0])
            for turn in range(least):
                self._all(node.ops, path, gate, iteration * least + turn, times * least, "eval")
            return
        left = 1 if isinstance(node, OneOf) else int(node.n.support[0]) if isinstance(node, SomeOf) else len(node.ops)
        for i, child in enumerate(node.ops):
            if left == 0:
                return
            before = sum(isinstance(item, Leaf) for item in self.items)
            self._visit(child, f"{path}[{i}].{child.name()}", gate, iteration, times, "eval")
            left -= sum(isinstance(item, Leaf) for item in self.items) > before

    def _count(self, address: str, key: str, name: str, value: Any, iteration: int) -> None:
        low, high = (int(x) for x in value.support)
        if value.constant:
            value = Integers(low=low, high=high)
        self.plan.add(address, key, name, form_of(value), iteration=iteration, value=value)

    def _op(self, op: Op, path: str, address: str, key: str, gate: Any, iteration: int, stage: str) -> None:
        if stage == "eval":
            counterpart = op.inference()  # type: ignore[attr-defined]
            if counterpart is None:
                return
            op = counterpart
        for draw in op.draws():  # type: ignore[attr-defined]
            form = form_of(draw.value, draw.exact)
            self.plan.add(address, key, draw.field, form, count=draw.count, iteration=iteration, value=draw.value)
        if not isinstance(op, Policy):
            self.items.append(Leaf(op, key, path, tuple(gate)))
            return
        for part in op.expand():
            open_ = gate if part.draw is None else (*gate, Condition(key, part.draw, part.when))
            self._op(part.op, path, f"{address}.{part.part}", f"{key}.{part.part}", open_, iteration, "train")


def _leaves(node: Node) -> Iterator[Node]:
    if isinstance(node, Combinator):
        for child in node.ops:
            yield from _leaves(child)
    else:
        yield node


def _geometric(node: Node) -> bool:
    return isinstance(node, Geometric | Identity) and not getattr(node, "separable", False)


def _only(i: int, count: int) -> tuple[bool, ...]:
    return tuple(j == i for j in range(count))
