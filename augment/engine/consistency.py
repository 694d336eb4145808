"""Captions that stay true to their image: before an op moves or colours it, what that means for what is said.

An op is asked for its geometry, or for what it makes of a colour, never for its name. Where a caption's sense is unclear, its
target says what happens; whether an op is skipped is decided here, on the host, before any pixel is touched.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import copy
from typing import TYPE_CHECKING, Any

import numpy as np

from augment.captions.colours import repainted
from augment.captions.directions import turned
from augment.captions.language import Language, languages
from augment.captions.phrases import without
from augment.captions.turn import STILL, Turn
from augment.captions.verdict import Doubt, Verdict, agreeing
from augment.engine.boxes import Boxes
from augment.ops.kinds import Context, Drawn, Linear, Painting
from augment.ops.primitives import KernelSet
from augment.program.walk import Leg, host_walk

if TYPE_CHECKING:
    from augment.engine.passages import Passage
    from augment.engine.state import State
    from augment.program.leaf import Leaf
    from augment.program.lower import Step

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
