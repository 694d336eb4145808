"""Labels of words that say where entities begin and end: IOB (Ramshaw and Marcus 1995), IOB2, BIOES, BILOU.

They are read once, as parts of entities, and written again for the words that are left, in the order in which they stand.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, NamedTuple

TAG = re.compile(r"O|[BIESLU]-\S+")
"""One of them."""
_ENDS = {"E": ("E", "S"), "S": ("E", "S"), "L": ("L", "U"), "U": ("L", "U")}
"""Of the schemes that mark ends: the letters of a last word, and of one that is first and last."""
_WHOLE = ({"B"}, {"B", "I"}, {"S"}, {"B", "E", "S"}, {"B", "I", "E", "S"}, {"U"}, {"B", "L", "U"}, {"B", "I", "L", "U"})
"""The letters that a kind of entity may have."""


class Part(NamedTuple):
    """A word of an entity."""

    tags: tuple[str, ...]
    """Those of all words of the entity."""
    at: int
    """Which of them it is."""
    entity: object
    """What all its words share, and nothing else."""

    @property
    def kind(self) -> str:
        return self.tags[0][2:]


def read_tags(tags: Sequence[Any]) -> list[Part | None] | None:
    """Return the part that each word is of, None for a word outside; None altogether where these are no such labels."""
    if not all(isinstance(tag, str) and TAG.fullmatch(tag) for tag in tags) or all(tag == "O" for tag in tags):
        return None
    runs: list[list[str]] = []
    for before, tag in zip(["O", *tags], tags, strict=False):
        joins = tag[0] in "IEL" and before[0] in "BI" and before[2:] == tag[2:]
        if joins:
            runs[-1].append(tag)
        else:
            runs.append([tag])
    parts: list[Part | None] = []
    for run in runs:
        entity = object()
        parts += [None if tag == "O" else Part(tuple(run), i, entity) for i, tag in enumerate(run)]
    return parts


def write_tags(parts: Sequence[Part | None], apart: Sequence[bool]) -> list[str]:
    """Return the labels of words in their order; ``apart`` says of each whether another word stands before it that has none.

    Words of one entity that follow each other are one; where others came between them, each stretch is an entity of its own. What
    is whole keeps its labels as they were, also in a scheme that begins most entities with I.
    """
    written: list[str] = []
    before: Part | None = None
    stretches: list[tuple[list[Part | None], bool]] = []
    for part, gap in zip(parts, apart, strict=True):
        last = stretches[-1][0][-1] if stretches else None
        if part is not None and last is not None and last.entity is part.entity and not gap:
            stretches[-1][0].append(part)
        else:
            stretches.append(([part], gap))
    for stretch, gap in stretches:
        first = stretch[0]
        if first is None:
            written.append("O")
            before = None
            continue
        whole = [part.at for part in stretch if part] == list(range(len(first.tags)))
        own = list(first.tags) if whole else _encoded(first, len(stretch))
        if own[0][0] == "I" and before is not None and before.kind == first.kind and not gap:
            own[0] = f"B-{first.kind}"
        written += own
        before = first
    return written


def _encoded(first: Part, count: int) -> list[str]:
    """The labels of so many words of an entity, in the scheme of its own."""
    last, alone = _ENDS.get(first.tags[-1][0], ("I", "B"))
    letters = alone if count == 1 else "B" + "I" * (count - 2) + last
    return [f"{letter}-{first.kind}" for letter in letters]


def check_names(names: Sequence[str]) -> None:
    """Raise ValueError where the names of labels are no scheme, or lack one that the words that are left may need."""
    for name in names:
        if not TAG.fullmatch(name) or names.count(name) > 1:
            again = " stands twice" if names.count(name) > 1 else " is no label of a word: O, B-KIND, I-KIND"
            raise ValueError(f"{name!r}{again}")
    kinds: dict[str, set[str]] = {}
    for name in names:
        if name != "O":
            kinds.setdefault(name[2:], set()).add(name[0])
    for kind, letters in kinds.items():
        if letters not in _WHOLE:
            missing = sorted(next((whole for whole in _WHOLE if letters < whole), letters) - letters)
            lacks = f"needs '{missing[0]}-{kind}'" if missing else f"mixes schemes: {', '.join(sorted(letters))}"
            raise ValueError(f"'{min(letters)}-{kind}' {lacks}")
