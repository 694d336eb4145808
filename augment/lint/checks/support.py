"""What the chosen backends only approximate."""

from __future__ import annotations

from collections.abc import Iterator

from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject


@rule("advice", needs="backends")
def approximate(subject: Subject) -> Iterator[Hit]:
    """A chosen backend does an op only approximately, within the bound that it declares and its tests hold."""
    told = set()
    for backend in subject.backends:
        for leaf in subject.leaves:
            on = leaf.op.on
            kinds = {leaf.op.modality, *(t.kind for name, t in subject.pipeline.targets.items() if on is None or name in on)}
            for kind in sorted(kinds):
                support = backend.support(type(leaf.op), kind)
                message = f"{leaf.op.name()} on {kind} is approximate on {backend.name}, within {support.bound}"
                if support.level == "approximate" and (leaf.path, message) not in told:
                    told.add((leaf.path, message))
                    yield Hit(leaf.path, message, support.reason, support.instead or "take another backend if that is too much")
