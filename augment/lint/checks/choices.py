"""Choices of combinators."""

from __future__ import annotations

from collections.abc import Iterator

from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.spec.ledger import path_text


@rule("warning")
def choice_with_p(subject: Subject) -> Iterator[Hit]:
    """A choice of `one_of` or `some_of` has a `p`: it applies after the choice, and is no weight as it is in Albumentations."""
    for place in subject.nodes:
        node = place.node
        if place.parent is not None and place.parent.picks and node.p is not None and 0 < node.p < 1:
            yield Hit(
                f"{path_text(place.path)}.p",
                f"{node.name()} is a choice, and p: {node.p:g} applies after the choice: {1 - node.p:.0%} of these do nothing",
                "in Albumentations p would be how likely it is chosen, and something always happens",
                f"weight: {node.p:g} makes it less likely than its siblings; p of {place.parent.name()}, that anything is chosen",
            )
