"""From the tree of a spec to leaves: ops in order, each with the conditions under which it is applied, and the plan of draws.

A choice is not a branch: every op is a leaf with a gate, so that a program is the same for all samples, on any backend.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from augment.errors import Mistake, SpecError
from augment.ops.kinds import Draw, Drawn, Policy, branch_of, stands_for
from augment.program.addresses import addresses
from augment.program.leaf import Condition, Leaf
from augment.program.plan import BITS, Plan, Shuffle, Subset, form_of, thresholds
from augment.spec.node import Blend, Combinator, Node, OneOf, Op, Pipeline, Repeat, Sequence, SomeOf
from augment.values import Integers


class Break:
    """Between two leaves: a run of geometric ops ends here."""


BREAK = Break()


def flatten(pipeline: Pipeline, stage: str) -> tuple[list[Leaf | Break], Plan]:
    """Return the leaves of a stage ('train' or 'eval'), with breaks between them, and the plan of their draws."""
    return _Flattener(pipeline, stage).result()


class Spot(NamedTuple):
    """Where a node stands: in the spec, or inside a policy that stands there."""

    path: str
    address: str
    known: Mapping[str, str] | None
    """The addresses of the spec by path; None inside a policy, whose nodes are told apart by their names there."""

    def child(self, nodes: tuple[Node, ...], i: int) -> Spot:
        """That of the i-th of its children."""
        name = nodes[i].name()
        if self.known is not None:
            path = f"{self.path}[{i}].{name}"
            return Spot(path, self.known[path], self.known)
        ordinal = 1 + sum(node.name() == name and node.id is None for node in nodes[:i])
        own = nodes[i].id or (name if ordinal == 1 else f"{name}#{ordinal}")
        return self.part(own)

    def part(self, name: str) -> Spot:
        """That of a part of a policy, or of something inside it."""
        return Spot(self.path, f"{self.address}.{name}", None)


class _Flattener:
    def __init__(self, pipeline: Pipeline, stage: str):
        self.pipeline, self.stage = pipeline, stage
        self.items: list[Leaf | Break] = []
        self.sized = False
        self.plan = Plan()

    def result(self) -> tuple[list[Leaf | Break], Plan]:
        top = Spot("pipeline", "", addresses(self.pipeline))
        self._all(self.pipeline.pipeline, top, (), 0, 1, self.stage)
        return self.items, self.plan

    def _all(self, nodes: tuple[Node, ...], spot: Spot, gate: Any, iteration: int, times: int, stage: str) -> None:
        for i, node in enumerate(nodes):
            self._visit(node, spot.child(nodes, i), gate, iteration, times, stage)

    def _visit(self, node: Node, spot: Spot, gate: Any, iteration: int, times: int, stage: str) -> None:
        """``iteration`` of ``times``: which copy of a repeated node this is."""
        if self.stage == "eval" and node.stage == "train":
            return
        if node.p == 0 and (stage == "eval" or isinstance(node, Policy)):  # what is never done in training is not done at all
            return
        if node.stage == "always":
            stage = "train"
        key = spot.address if times == 1 else f"{spot.address}[{iteration}]"
        if stage == "train" and node.probability < 1:
            closed = 2**BITS - round(node.probability * 2**BITS)
            # the coin is 1 for the upper bits; p = 0 has a threshold that no bits reach
            self.plan.add(spot.address, key, "p", "index", iteration=iteration, thresholds=(closed,))
            gate = (*gate, Condition(key, "p", (False, True)))
        if isinstance(node, Combinator | Policy):
            mixed = not all(_geometric(op) for op in stands_for(node))
            if mixed:
                self.items.append(BREAK)
            if isinstance(node, Policy):
                self._policy(node, spot, key, gate, iteration, times, stage)
            else:
                combine = self._combine if stage == "train" else self._combine_eval
                combine(node, spot, key, gate, iteration, times)
            if mixed:
                self.items.append(BREAK)
        elif isinstance(node, Op):
            self._op(node, spot, key, gate, iteration, stage)

    def _combine(self, node: Combinator, spot: Spot, key: str, gate: Any, iteration: int, times: int) -> None:
        weights = [n.weight or 1.0 for n in node.ops]
        count = len(node.ops)
        address = spot.address
        match node:
            case Sequence(shuffle=True) if count > 1:
                self.plan.add(address, key, "order", "bits", count=count, iteration=iteration)
                self.plan.shuffles.append(Shuffle(key, count))
                for place in range(count):  # each child at each place, with the same draws
                    for i, child in enumerate(node.ops):
                        chosen = Condition(key, "sequence", _only(i, count), place)
                        self._visit(child, spot.child(node.ops, i), (*gate, chosen), iteration, times, "train")
            case Sequence():
                self._all(node.ops, spot, gate, iteration, times, "train")
            case OneOf():
                self.plan.add(address, key, "choice", "index", iteration=iteration, thresholds=thresholds(weights))
                for i, child in enumerate(node.ops):
                    open_ = (*gate, Condition(key, "choice", _only(i, count)))
                    self._visit(child, spot.child(node.ops, i), open_, iteration, times, "train")
            case SomeOf(replacement=False):
                self._count(address, key, "n", node.n, iteration)
                if count > 1:  # of one, the number alone decides
                    self.plan.add(address, key, "order", "bits", count=count, iteration=iteration)
                    self.plan.subsets.append(Subset(key, count))
                for i, child in enumerate(node.ops):
                    alone = node.n.support[1] <= 1
                    chosen = Condition(key, "pick", (False, True), i, alone) if count > 1 else Condition(key, "n", (False, True))
                    self._visit(child, spot.child(node.ops, i), (*gate, chosen), iteration, times, "train")
            case SomeOf():
                most = node.turns
                self._count(address, key, "n", node.n, iteration)
                if most:
                    self.plan.add(
                        address, key, "pick", "index", count=most, iteration=iteration, thresholds=thresholds(weights)
                    )
                for slot in range(most):
                    more = Condition(key, "n", tuple(n > slot for n in range(most + 1)))
                    for i, child in enumerate(node.ops):
                        chosen = Condition(key, "pick", _only(i, count), slot if most > 1 else None)
                        open_ = (*gate, more, chosen)
                        self._visit(child, spot.child(node.ops, i), open_, iteration * most + slot, times * most, "train")
            case Repeat():
                most = node.turns
                self._count(address, key, "times", node.times, iteration)
                for turn in range(most):
                    more = Condition(key, "times", tuple(n > turn for n in range(most + 1)))
                    open_ = gate if node.times.constant else (*gate, more)
                    self._all(node.ops, spot, open_, iteration * most + turn, times * most, "train")
            case Blend():
                self._blend(node, spot, key, gate, iteration, times)
            case _:
                raise TypeError(f"no way to flatten {node.name()}")

    def _blend(self, node: Blend, spot: Spot, key: str, gate: Any, iteration: int, times: int) -> None:
        """Each branch begins with a break, as it reads the image that it is given."""
        if wrong := next((op for op in stands_for(node) if not _blends(op)), None):
            raise SpecError([Mistake(spot.path, f"cannot hold {wrong.name()}: its branches change an image and keep its canvas")])
        fields: dict[str, Any] = {"count": len(node.ops), "alpha": node.alpha, "share": node.share}
        for i in range(len(node.ops) + 1):
            branch = branch_of(node)(number=i, **fields)
            self._draws(branch.draws(), spot.address, key, iteration)
            self.items += [BREAK, Leaf(branch, key, spot.path, tuple(gate)), BREAK]
            if i < len(node.ops):
                self._visit(node.ops[i], spot.child(node.ops, i), gate, iteration, times, "train")

    def _combine_eval(self, node: Combinator, spot: Spot, key: str, gate: Any, iteration: int, times: int) -> None:
        """At inference nothing is drawn: of a choice, the first children that do anything, as many as it chooses at least;
        a repeat, its least number of times; of a blend nothing, since the image itself is one of its versions."""
        if isinstance(node, Repeat):
            least = int(node.times.support[0])
            for turn in range(least):
                self._all(node.ops, spot, gate, iteration * least + turn, times * least, "eval")
            return
        if isinstance(node, Blend):
            return
        left = 1 if isinstance(node, OneOf) else int(node.n.support[0]) if isinstance(node, SomeOf) else len(node.ops)
        for i, child in enumerate(node.ops):
            if left == 0:
                return
            before = sum(isinstance(item, Leaf) for item in self.items)
            self._visit(child, spot.child(node.ops, i), gate, iteration, times, "eval")
            left -= sum(isinstance(item, Leaf) for item in self.items) > before

    def _count(self, address: str, key: str, name: str, value: Any, iteration: int) -> None:
        low, high = (int(x) for x in value.support)
        if value.constant:
            value = Integers(low=low, high=high)
        self.plan.add(address, key, name, form_of(value), iteration=iteration, value=value)

    def _policy(self, policy: Policy, spot: Spot, key: str, gate: Any, iteration: int, times: int, stage: str) -> None:
        if stage == "train":
            self._draws(policy.draws(), spot.address, key, iteration)
        for part in policy.expansion:
            open_ = gate if part.draw is None or stage == "eval" else (*gate, Condition(key, part.draw, part.when))
            self._visit(part.node, spot.part(part.part), open_, iteration, times, stage)

    def _op(self, op: Op, spot: Spot, key: str, gate: Any, iteration: int, stage: str) -> None:
        assert isinstance(op, Drawn)
        if stage == "eval":
            counterpart = op.inference()
            if counterpart is None:
                return
            assert isinstance(counterpart, Drawn)
            op = counterpart
        self._draws(op.draws(), spot.address, key, iteration)
        self.items.append(Leaf(op, key, spot.path, tuple(gate), self.sized))
        if op.canvas in ("fixed", "drawn"):
            self.sized = op.fixed_size is not None and not gate

    def _draws(self, draws: tuple[Draw, ...], address: str, key: str, iteration: int) -> None:
        for draw in draws:
            form = form_of(draw.value, draw.exact)
            self.plan.add(address, key, draw.field, form, count=draw.count, iteration=iteration, value=draw.value)


def _geometric(op: Drawn) -> bool:
    return (op.relocates or op.primitive == "none") and not op.separable


def _blends(op: Drawn) -> bool:
    """Whether an op may stand in a branch of a blend."""
    return op.modality == "image" and op.canvas == "same" and op.stage is None and not op.partnered and not op.floats


def _only(i: int, count: int) -> tuple[bool, ...]:
    return tuple(j == i for j in range(count))
