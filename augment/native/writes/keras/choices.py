"""Ops that hold others, policies, and mixes."""

from __future__ import annotations

from augment.native.call import Call
from augment.native.remark import NoCounterpartError
from augment.native.writes.keras.style import WRITES
from augment.native.writes.writer import constant, number

WRITES.plain("identity", "Identity", p=False)
WRITES.plain("mixup", "MixUp", read=constant, p=False, alpha="alpha")


@WRITES("cutmix")
def cutmix(w, node):
    raise NoCounterpartError("CutMix draws its alpha for each batch, from 0 to factor")


@WRITES("rand_augment")
def rand_augment(w, node):
    if node.table != "torchvision" or node.spread:
        raise NoCounterpartError("it has one table of strengths, its own, and one magnitude for all")
    return w.call("RandAugment", num_ops=node.n, factor=number(node.magnitude / 30))


@WRITES("aug_mix")
def aug_mix(w, node):
    return w.call(
        "AugMix", num_chains=node.width, chain_depth=node.depth, factor=number(node.severity / 10),
        alpha=constant(node.alpha, "alpha"), all_ops=None if node.all_ops else False,
    )  # fmt: skip


@WRITES("sequence")
def sequence(w, node):
    if node.shuffle:
        raise NoCounterpartError("its layers run in the order that they are written")
    if [(child.name(), child.probability) for child in node.ops] == [
        ("horizontal_flip", 1),
        ("vertical_flip", 1),
    ] and node.probability == 0.5:
        w.likely(node)
        return Call("RandomFlip", ("horizontal_and_vertical",))
    return [call for calls in w.each(node) for call in calls]
