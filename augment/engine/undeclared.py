"""Texts that nobody declared: whether a program could make them false of their image."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from augment.captions.turn import Turn
from augment.errors import SampleError
from augment.ops.kinds import Drawn, Geometric
from augment.ops.possible import possible_values
from augment.program.lower import Program
from augment.sample import DEFAULT_TARGETS, RULES

BETWEEN = 8
SIZE = (256, 256)


@dataclass(frozen=True)
class Changes:
    """What a program may do to its images that words can tell: the turns, and the changes of colours."""

    turns: tuple[tuple[str, Turn], ...]
    """With the path of the op."""
    paints: tuple[tuple[str, Drawn, Any], ...]
    """With the path of the op, and the values of its fields."""
    edits: str
    """The path of an op that edits texts; '' where there is none."""

    @classmethod
    def of(cls, program: Program) -> Changes:
        """Ask the ops with their lowest, their highest and some other values, so that nothing depends on a draw."""
        targets = program.pipeline.targets or DEFAULT_TARGETS
        images = {name for name, target in targets.items() if target.kind == "image"}
        turns: dict[tuple[str, Turn], None] = {}
        paints: list[tuple[str, Drawn, Any]] = []
        edits = ""
        for leaf in program.leaves:
            op = leaf.op
            if op.modality == "text":
                edits = edits or (leaf.path if op.on is None else "")
            elif op.on is None or images & set(op.on):
                if op.relocates:
                    turns |= dict.fromkeys((leaf.path, turn) for turn in turns_of(op) if not turn.still)
                elif op.recolours:
                    paints += ((leaf.path, op, v) for v in possible_values(op, BETWEEN))
        return cls(tuple(turns), tuple(paints), edits)

    def refuse(self, where: str, texts: Iterable[str], key: str = "") -> None:
        """Raise `SampleError` where the program could make texts false of their image: nobody said what they are.

        ``key`` is the name of their entry; without one, ops that edit texts might be meant for them.
        """
        if key:
            declared = f"{{image: image, {key}: caption}}, or {{image: image, {key}: text}}"
        else:
            declared = "{image: image, caption: caption}, or {image: image, name: labels}"
        edits = "" if key else self.edits
        for text in texts:
            if path := edits or self._falsified_by(text):
                does = "edits texts" if edits else "could make it false"
                what = f"{where} is a text beside the image, {text[:60]!r}, and {path} {does}"
                raise SampleError(f"{what}; say what it is: targets: {declared} to leave it as it is")

    def _falsified_by(self, text: str) -> str:
        """The path of the first op that could make a text false; '' if none could."""
        from augment.captions.colours import repainted
        from augment.captions.directions import turned
        from augment.captions.language import languages
        from augment.engine.consistency import repaint

        tables = languages().values()
        for language in [table for table in tables if not table.foreign(text)] or tables:
            if language.mentions(text):
                for path, turn in self.turns:
                    verdict = turned(text, turn, language, RULES)
                    if verdict.edits or verdict.doubts:
                        return path
            if self.paints and language.colour_pattern and language.colour_pattern.search(text):
                for path, op, v in self.paints:
                    verdict = repainted(text, partial(repaint, op, v), language)
                    if verdict.edits or verdict.doubts:
                        return path
        return ""


def turns_of(op: Drawn) -> list[Turn]:
    """Return the turns nearest to what an op may draw; none of one that moves no pixels or bends lines, nor of a crop
    that is larger than the image."""
    if not op.relocates or op.displaces:
        return []
    assert isinstance(op, Geometric)
    try:
        return [Turn.of(op.move(v, SIZE, np).inverse) for v in possible_values(op, BETWEEN)]
    except SampleError:
        return []
