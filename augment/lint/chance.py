"""What a spec leaves to chance: which ops happen always, and which of them always do the same."""

from __future__ import annotations

from collections.abc import Iterable

from augment.ops.kinds import Drawn, Policy
from augment.program.leaf import Leaf
from augment.spec.check import Place
from augment.spec.node import Node


def varies(leaf: Leaf) -> bool:
    """Whether an op of a program does not do the same to every picture, or not to every picture."""
    sometimes = any(len(set(condition.table)) > 1 for condition in leaf.gate)
    return sometimes or leaf.op.mixes or any(not draw.value.constant for draw in leaf.op.draws())


def constant(node: Node) -> bool:
    """Whether a node does the same whenever it is applied; of combinators it is not known."""
    if isinstance(node, Policy):
        return not node.draws() and all(part.node.probability == 1 and constant(part.node) for part in node.expansion)
    return isinstance(node, Drawn) and not node.mixes and all(draw.value.constant for draw in node.draws())


def always(place: Place, places: Iterable[Place]) -> bool:
    """Whether a node is applied to every picture of training: neither it nor what holds it is left to chance."""
    return all(one.node.probability == 1 and not (one.parent is not None and one.parent.picks) for one in _way(place, places))


def chosen(place: Place, places: Iterable[Place]) -> bool:
    """Whether a node, or what holds it, is one choice of several."""
    return any(one.parent is not None and one.parent.picks for one in _way(place, places))


def kept_at_inference(place: Place, places: Iterable[Place]) -> bool:
    """Whether inference does the same as training, or something in its place."""
    own = place.node.inference() if isinstance(place.node, Drawn) else None
    return own is not None or any(one.node.stage == "always" for one in _way(place, places))


def _way(place: Place, places: Iterable[Place]) -> list[Place]:
    """A node and all that hold it."""
    return [one for one in places if place.steps[: len(one.steps)] == one.steps]
