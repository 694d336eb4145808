"""Time that a spec wastes."""

from __future__ import annotations

from collections.abc import Iterator

from augment.lint.checks.sizes import NEARLY
from augment.lint.neutral import does_nothing
from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.ops.kinds import Drawn
from augment.spec.ledger import path_text
from augment.spec.node import Op, Repeat, SomeOf

SMALLER = 1.5
"""A crop or resize to less than this share of the area is worth to come first."""


@rule("advice")
def late_resize(subject: Subject) -> Iterator[Hit]:
    """Colours or filters run on the whole picture, and a later crop or resize throws most of that away."""
    for name in subject.images:
        before: list[str] = []
        for leaf in subject.leaves:
            if not leaf.concerns(name):
                continue
            if (leaf.op.ranged and not leaf.op.floats) or leaf.op.displaces:
                before.append(leaf.path.rpartition(".")[2])
            elif leaf.op.canvas == "fixed" and not leaf.gate and before:
                known, after = subject.canvases[name].before(leaf.path), subject.canvases[name].after(leaf.path)
                if not (known and after) or known[0] * known[1] > SMALLER * after[0] * after[1]:
                    yield Hit(
                        leaf.path, f"{leaf.op.name()} stands after {', '.join(dict.fromkeys(before))}",
                        "they work on pixels that are thrown away here",
                        f"put {leaf.op.name()} before them; lengths in px then count on the smaller picture",
                    )  # fmt: skip
                before = []


@rule("advice")
def antialias_for_nothing(subject: Subject) -> Iterator[Hit]:
    """An antialiased resize to nearly the same size: a step of its own, where a warp would join the run of its neighbours."""
    for leaf in dict.fromkeys(leaf.path for leaf in subject.leaves if leaf.op.separable):
        op = next(x.op for x in subject.leaves if x.path == leaf)
        for name in subject.images:
            before, after = subject.canvases[name].before(leaf), subject.canvases[name].after(leaf)
            if before and after and not op.draws():
                factor = max(before[0] / after[0], before[1] / after[1])
                if 1 < factor < NEARLY and min(before[0] / after[0], before[1] / after[1]) >= 1:
                    yield Hit(
                        leaf, f"{op.name()} shrinks {before[0]} x {before[1]} to {after[0]} x {after[1]} with antialiasing",
                        "so near to the same size there is hardly anything to weigh, and the step stands alone",
                        "antialias: false, or choose the size in the step before",
                    )  # fmt: skip


@rule("advice")
def early_normalize(subject: Subject) -> Iterator[Hit]:
    """Geometry after `normalize`: it moves floats, where whole numbers of 8 bits would do."""
    ended = ""
    for leaf in subject.leaves:
        if leaf.op.floats and not leaf.op.full_scale:
            ended = leaf.path
        elif ended and leaf.op.relocates:
            yield Hit(
                leaf.path, f"{leaf.op.name()} stands after {ended}",
                "pixels are floats there, four times as many bytes to move",
                "put normalize and to_float last",
            )  # fmt: skip
            return


@rule("advice")
def no_op(subject: Subject) -> Iterator[Hit]:
    """An op that does nothing: `identity`, `p: 0`, a constant that changes nothing, an image op where `targets` has no image."""
    for place in subject.nodes:
        node = place.node
        picked = place.parent is not None and place.parent.picks
        if node.p == 0:
            why = "p: 0 never applies it"
        elif isinstance(node, Repeat) and node.times.support[1] == 0:
            why = "it is repeated 0 times"
        elif isinstance(node, SomeOf) and node.n.support[1] == 0:
            why = "it chooses 0 ops"
        elif isinstance(node, Drawn) and node.primitive == "none":
            if picked:  # the choice to do nothing
                continue
            why = "it is there to be a choice of one_of"
        elif isinstance(node, Op) and does_nothing(node):
            why = "its strength is the one that changes nothing"
        elif isinstance(node, Op) and node.modality == "image" and not subject.images:
            yield Hit(
                path_text(place.path), f"{node.name()} does nothing: targets has no image",
                "a written targets says all that there is, so it has nothing to run on",
                "declare the image: targets: {image: image}, or remove the op",
            )  # fmt: skip
            continue
        else:
            continue
        yield Hit(
            path_text(place.path), f"{node.name()} does nothing: {why}",
            "it makes readers look for an effect, and takes part in the numbering of draws",
            "remove it, or give it a strength; to try a spec without an op, --set OP.p=0 changes no file",
        )  # fmt: skip
