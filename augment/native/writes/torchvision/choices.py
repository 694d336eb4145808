"""Ops that hold others, policies, and mixes."""

from __future__ import annotations

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.torchvision.style import WRITES, outside
from augment.native.writes.writer import Writer, constant, number
from augment.spec.node import Combinator

WRITES.plain("identity", "Identity", p=False)
WRITES.plain("mixup", "MixUp", read=constant, p=False, alpha="alpha")
WRITES.plain("cutmix", "CutMix", read=constant, p=False, alpha="alpha")


@WRITES("rand_augment")
def rand_augment(w, node):
    if node.table != "torchvision" or node.spread:
        raise NoCounterpartError("it has one table of strengths, its own, and one magnitude for all")
    return w.call("RandAugment", num_ops=node.n, magnitude=number(node.magnitude), **outside(node))


@WRITES("auto_augment")
def auto_augment(w, node):
    return w.call("AutoAugment", policy=f"AutoAugmentPolicy.{node.policy.upper()}", **outside(node))


@WRITES("trivial_augment_wide")
def trivial_augment(w, node):
    return w.call("TrivialAugmentWide", **outside(node))


@WRITES("aug_mix")
def aug_mix(w, node):
    return w.call(
        "AugMix", severity=node.severity, mixture_width=node.width, chain_depth=-1 if node.depth == 3 else node.depth,
        alpha=node.alpha, all_ops=None if node.all_ops else False, **outside(node),
    )  # fmt: skip


@WRITES("sequence")
def sequence(w, node):
    made = w.each(node)
    if node.shuffle:
        return w.call("RandomOrder", *(_one(w, calls) for calls in made))
    return [call for calls in made for call in calls]


@WRITES("one_of")
def one_of(w, node):
    made = [_one(w, calls) for calls in w.each(node)]
    return w.call("RandomChoice", *made, p=weights(node))


def weights(node: Combinator) -> list[float] | None:
    """Return the weights of children; None where all are alike."""
    found = [1.0 if child.weight is None else child.weight for child in node.ops]
    return None if len(set(found)) == 1 else [number(x) for x in found]


def _one(w: Writer, calls: list[Call]) -> Call:
    return calls[0] if len(calls) == 1 else w.call("Compose", *calls)
