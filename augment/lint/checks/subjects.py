"""Flips and turns that the meaning of a picture does not survive."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from augment.errors import SampleError
from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.lint.topics import topics_of
from augment.ops.kinds import Drawn, Geometric
from augment.ops.possible import possible_values

SIZE = (256, 256)
MANY = 64


@rule("warning")
def orientation(subject: Subject) -> Iterator[Hit]:
    """Flips or large turns of what has an orientation, as `about` says it, or the names of the given files and their folders:
    text, digits, faces, signs, left and right."""
    topics = topics_of(subject.pipeline.about, subject.names)
    effects = {id(op): _effect(op) for op in ({id(leaf.op): leaf.op for leaf in subject.leaves} if topics else {}).values()}
    for topic, said in topics:
        told = set()
        for leaf in subject.leaves:
            if leaf.path in told:
                continue
            mirrors, degrees = effects[id(leaf.op)]
            does = []
            if mirrors and not topic.mirrors:
                does.append("mirrors")
            if degrees > topic.degrees:
                does.append(f"turns by up to {degrees:.0f} degrees")
            if does:
                told.add(leaf.path)
                limit = f"stay within ±{topic.degrees:g} degrees" if degrees > topic.degrees and not mirrors else "leave it out"
                yield Hit(
                    leaf.path, f"{leaf.op.name()} {' and '.join(does)}, and {said}", topic.reason,
                    f"{limit}; or say in about what the pictures show, if this is not it",
                )  # fmt: skip


def _effect(op: Drawn) -> tuple[bool, float]:
    """Whether an op may mirror, and by how many degrees it may turn what is up: at the ends of its draws, and between."""
    if not op.relocates or op.displaces:
        return False, 0.0
    assert isinstance(op, Geometric)
    inverses = []
    for values in possible_values(op, MANY):
        try:
            inverses.append(np.asarray(op.move(values, SIZE, np).inverse, float))
        except SampleError:
            break
    linear = np.linalg.inv(np.reshape(inverses, (-1, 3, 3)))[:, :2, :2]
    x, y = (linear @ (0, -1)).T
    degrees = np.abs(np.degrees(np.arctan2(x, -y))).max(initial=0)
    return bool((np.linalg.det(linear) < 0).any()), float(degrees)
