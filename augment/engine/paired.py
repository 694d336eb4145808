"""Keypoints of paired parts without `flip_pairs`: a mirror leaves their rows, so that a left eye is a right one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from augment.engine.undeclared import turns_of
from augment.program.lower import Program
from augment.sample import Target

_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SIDE = re.compile(r"(?<![a-z])(left|right|lhs|rhs|l|r)(?![a-z])", re.IGNORECASE)


def side_in(names: Iterable[str]) -> str:
    """Return the first name that speaks of a side: 'left_eye', 'eyeRight', 'l_wrist'; '' if none does."""
    return next((name for name in names if _SIDE.search(_HUMP.sub("_", name))), "")


def mirrored_keypoints(program: Program, targets: Mapping[str, Target] | None = None) -> Iterator[tuple[str, str, Target]]:
    """Yield the path of each op that may mirror keypoints without pairs, with their name and target; these are what ``targets``
    of the spec declares unless they are given."""
    declared = program.pipeline.targets if targets is None else targets
    points = {name: target for name, target in declared.items() if target.kind == "keypoints" and not target.flip_pairs.pairs}
    for path, op in {leaf.path: leaf.op for leaf in program.leaves}.items() if points else ():
        moved = {name: target for name, target in points.items() if op.on is None or name in op.on}
        if moved and any(turn.mirrored for turn in turns_of(op)):
            yield from ((path, name, target) for name, target in moved.items())


def sides_at_risk(program: Program) -> Iterator[tuple[str, str, str]]:
    """Yield path and name as `mirrored_keypoints` does, where the name, or one that they carry, is of a side, and that name."""
    for path, name, target in mirrored_keypoints(program):
        if said := side_in((name, *target.carry)):
            yield path, name, said
