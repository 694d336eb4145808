"""Captions that stay true to their image: before an op moves or colours it, what that means for what is said.

An op is asked for its geometry, or for what it makes of a colour, never for its name. Where a caption's sense is unclear, its
target says what happens; whether an op is skipped is decided here, on the host, before any pixel is touched.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.captions.colours import repainted
from augment.captions.directions import turned
from augment.captions.language import Language, languages
from augment.captions.phrases import without
from augment.captions.turn import STILL, Turn
from augment.captions.verdict import Doubt, Verdict, agreeing
from augment.engine.boxes import Boxes
from augment.errors import SampleError
from augment.ops.kinds import Context, Drawn, Geometric, Linear, Painting
from augment.ops.possible import possible_values
from augment.ops.primitives import KernelSet
from augment.program.walk import Leg, host_walk
from augment.sample import DEFAULT_TARGETS, RULES, TEXTS, Target

if TYPE_CHECKING:
    from augment.engine.passages import Passage
    from augment.engine.state import State
    from augment.program.leaf import Leaf
    from augment.program.lower import Program, Step

MIDDLE = 0.5
"""What the mean of an image is taken for, where an op needs it: captions are judged before there are pixels."""


def keep_true(step: Step, state: State) -> None:
    """Change the captions of a sample as the ops of a step will change its image, or close those ops for it."""
    passages = [p for p in state.passages.values() if p.target.kind == "caption" and p.target.rules]
    images = [name for name, target in state.targets.items() if target.kind == "image"]
    if not passages or not images:
        return
    size = state.sizes[images[0]]
    points = {name: copy(p) for name, p in state.rows.items() if isinstance(p, Boxes)}
    for leaf in step.leaves:
        op = leaf.op
        if not leaf.active(state.values) or not any(op.on is None or name in op.on for name in images):
            continue
        if op.relocates:
            leg = host_walk((leaf,), state.values, size, *step.border).legs[0]
            moved = {name: _moved(p, leg) for name, p in points.items() if op.on is None or name in op.on}
            verdicts = _of_move(leg, passages, points, moved)
            if not _settle(leaf, state, verdicts, skippable=leg.output == size or op.canvas == "drawn"):
                continue
            size, points = leg.output, {**points, **moved}
        elif op.recolours:
            v = state.values.get(leaf.key, {})
            _settle(leaf, state, _of_colours(op, v, passages), skippable=True)


Verdicts = list[tuple["Passage", int, Verdict]]


def _settle(leaf: Leaf, state: State, verdicts: Verdicts, skippable: bool) -> bool:
    """Edit the captions by verdicts, or close the op for this sample; returns whether the op is done."""
    skipping = [(p, i, d) for p, i, verdict in verdicts for d in verdict.doubts if p.target.on_ambiguous == "skip_op"]
    if skipping and skippable:
        state.closed.add(leaf.key)
        state.skipped += [{"op": leaf.key, **_noted(p, i, doubt)} for p, i, doubt in skipping]
        return False
    for passage, number, verdict in verdicts:
        language = languages()[passage.target.language]
        edits = verdict.all_edits() if passage.target.on_ambiguous == "rewrite" else verdict.edits
        left = [d for d in verdict.doubts if passage.target.on_ambiguous != "rewrite" or not d.guess]
        state.unclear += [{"op": leaf.key, **_noted(passage, number, doubt)} for doubt in left]
        text = passage.documents[number].text
        passage.edit(number, agreeing(text, edits, language), {"op": leaf.key})
    return True


def _noted(passage: Passage, number: int, doubt: Doubt) -> dict[str, Any]:
    return {"target": passage.name, "text": number, "start": doubt.start, "stop": doubt.stop, "reason": doubt.reason}


def _tables(passages: Sequence[Passage]) -> Iterator[tuple[Passage, int, str, Language]]:
    tables = languages()
    for passage in passages:
        for number, document in enumerate(passage.documents):
            yield passage, number, document.text, tables[passage.target.language]


# Moves ---------------------------------------------------------------------------------------------------------------


def _of_move(leg: Leg, passages: Sequence[Passage], before: dict[str, Any], after: dict[str, Any]) -> Verdicts:
    tables, found = list(_tables(passages)), []
    spoken = any(language.mentions(text) or language.foreign(text) for _, _, text, language in tables)
    turn = Turn.of(leg.inverse) if spoken else STILL
    for passage, number, text, language in tables:
        verdict = turned(text, turn, language, passage.target.rules)
        if "crops" in passage.target.rules:
            gone = [span for name in after for span in _gone(before[name], after[name], passage, number)]
            if gone:
                more = without(text, gone, passage.over(number), language)
                verdict.doubts += more.doubts
                for edit in more.edits:
                    verdict.edit(*edit[:3])
        if verdict.edits or verdict.doubts:
            found.append((passage, number, verdict))
    return found


def _moved(points: Any, leg: Leg) -> Any:
    """Boxes after a move, as they would be if it were the last."""
    out = copy(points)
    out.alive, out.dropped = points.alive.copy(), []
    out.go(leg)
    return out


def _gone(before: Any, after: Any, passage: Passage, number: int) -> Iterator[tuple[int, int]]:
    """The spans of the boxes that a move removes, unless another box that stays has them, too."""
    end = copy(after)
    end.alive, end.dropped = after.alive.copy(), []
    end.settle()
    for name in before.carried.keys() & passage.spans.keys():
        rows = before.carried[name]
        stay = {place for row, alive in zip(rows, end.alive, strict=True) if alive for place in row.places}
        for row, was, is_ in zip(rows, before.alive, end.alive, strict=True):
            if was and not is_:
                yield from ((a, b) for which, a, b in row.places if which == number and (which, a, b) not in stay)


# Colours -------------------------------------------------------------------------------------------------------------


def _of_colours(op: Drawn, v: Any, passages: Sequence[Passage]) -> Verdicts:
    found: Verdicts = []
    for passage, number, text, language in _tables(passages):
        if "colours" in passage.target.rules:
            verdict = repainted(text, lambda rgb: repaint(op, v, rgb), language)
            if verdict.edits or verdict.doubts:
                found.append((passage, number, verdict))
    return found


def repaint(op: Drawn, v: Any, rgb: np.ndarray) -> np.ndarray:
    """Return what an op makes of colours (n, 3) in 0..1, in an image whose mean is a middle grey."""
    from augment.kernels import reference

    assert isinstance(op, Painting)
    if max(op.only or (0,)) > 2:
        return rgb  # channels beside those that people see
    if op.primitive != "pointwise":
        strip, chosen = reference.pack(rgb[None]).copy(), list(op.only or range(3))
        strip[..., chosen] = op.change(strip[..., chosen], v, Context(strip.shape[:2], np), KernelSet(reference))
        return strip[0]
    stroke = op.stroke(v, np)
    if isinstance(stroke.form, Linear):
        f = stroke.form
        stroke = stroke._replace(form=f._replace(offset=f.offset + f.mean * MIDDLE, mean=0.0, statistic=None))
    return reference.pointwise(rgb[None], [stroke])[0]


def refuse_texts(program: Program, names: Iterable[str]) -> None:
    """Raise `SampleError` where a batch on a device would leave texts behind."""
    for name, why in texts_left(program, names):
        raise SampleError(f"{name} {why}")


def texts_left(program: Program, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts that a batch on a device would leave behind, and why: nothing edits them there, and a caption would be
    false of its image."""
    targets = program.pipeline.targets or DEFAULT_TARGETS
    edits = any(leaf.op.modality == "text" or leaf.op.mixes for leaf in program.leaves)
    changes = any(leaf.op.relocates or leaf.op.recolours for leaf in program.leaves)
    for name in names:
        target = targets.get(name)
        ruled = target is not None and target.kind == "caption" and bool(target.rules)
        if target is not None and target.kind in TEXTS and (edits or (ruled and changes)):
            fix = "use .over(dataset), or augment.apply, which take one sample at a time"
            yield name, f"is {target.kind}, and texts cannot be changed in a batch on a device; {fix}"


def rewritten(program: Program, targets: Mapping[str, Target]) -> set[str]:
    """Return the texts of a sample that a program may change."""
    names: set[str] = set()
    for leaf in program.leaves:
        op = leaf.op
        for name, target in targets.items():
            if op.modality == "text":
                changes = target.kind == "text" if op.on is None else name in op.on
            elif op.mixes:
                changes = target.kind in op.moves & TEXTS
            else:
                changes = target.kind == "caption" and bool(target.rules) and (op.relocates or op.recolours)
            if changes and target.kind != "spans":
                names.add(name)
    return names


# What it means for a spec ----------------------------------------------------------------------------------------------


def caption_notes(program: Program) -> Iterator[tuple[str, str]]:
    """Yield what becomes of captions, by the place in the spec: for people, before anything runs."""
    for name, target in program.pipeline.targets.items():
        if target.kind == "caption":
            yield f"targets.{name}", _in_words(target)
            if "crops" in target.rules and target.on_ambiguous == "skip_op" and _linked(name, program):
                for leaf in program.leaves:
                    if leaf.op.canvas in ("fixed", "derived"):
                        yield leaf.path, f"sets the size of the image and is never skipped for {name}: what is unclear stays"


def _linked(name: str, program: Program) -> bool:
    targets = program.pipeline.targets
    spans = {span for span, t in targets.items() if t.kind == "spans" and t.of == name}
    return any(spans & set(t.carry) for t in targets.values() if t.kind == "boxes")


def _in_words(target: Target) -> str:
    if not target.rules:
        return "is left as it is, whatever becomes of the image (rules: none)"
    unclear = {"skip_op": "the op is skipped for that sample", "leave": "it is left", "rewrite": "the likelier sense is taken"}
    rules = ", ".join(target.rules)
    return f"is kept true to its image ({target.language}): {rules}; where it is unclear, {unclear[target.on_ambiguous]}"


# Texts that nobody declared --------------------------------------------------------------------------------------------

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
