"""Texts: captions that are let go of, negations that can be lost, and texts of which little is left."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from augment.engine.undeclared import turns_of
from augment.lint.rule import Change, Hit, rule
from augment.lint.subject import Subject
from augment.ops.kinds import Drawn
from augment.ops.possible import possible_values
from augment.program.leaf import Leaf
from augment.spec.node import Op

BETWEEN = 8
WORDLESS = 0.075
"""The share of colours."""
LEFT = 0.5
CAPTION = re.compile(r"caption|description|(?<![a-z])alt(?:_?text)?(?![a-z])", re.I)
SENSE = re.compile(
    r"(?<![\w-])(?:sentiment|reviews?|opinions?|stance|entailment|nli|toxicity|intents?|fact[- ]check\w*)(?![\w-])", re.I
)


@rule("warning")
def caption_let_go(subject: Subject) -> Iterator[Hit]:
    """A flip, a turn or a change of colours, and a caption that does not follow: the rule that keeps it true is switched off, or
    it is declared as `text`."""
    for name, target in subject.pipeline.targets.items():
        named = target.kind == "text" and CAPTION.search(name)
        for path, op, kinds in _tellings(subject) if named or target.kind == "caption" else ():
            lost = [kind for kind in kinds if named or kind not in target.rules]
            if lost:
                off = "which is declared as text" if named else f"whose rules {', '.join(lost)} are off"
                follow = f"declare it: targets: {{{name}: caption}}" if named else "switch them on under targets"
                yield Hit(
                    path, f"{op.name()} changes what {name} says, {off}",
                    "a caption that is no longer true teaches the opposite of what it says",
                    f"{follow}, or leave {op.name()} out",
                    change=Change(f"targets.{name}", "caption") if named and target.model_fields_set == {"kind"} else None,
                )  # fmt: skip


@rule("advice")
def hue_beyond_words(subject: Subject) -> Iterator[Hit]:
    """Colours are changed so far that often no word of a caption's language is left for what they become."""
    for name, target in subject.pipeline.targets.items():
        if target.kind != "caption" or "colours" not in target.rules:
            continue
        from augment.captions.colours import wordless
        from augment.captions.language import language_of
        from augment.engine.consistency import repaint

        if (language := language_of(target.language)) is None:
            continue
        for path, op in {leaf.path: leaf.op for leaf in subject.leaves}.items():
            if not op.recolours or (op.on and not set(op.on) & set(subject.images)):
                continue
            lost = [wordless(partial(repaint, op, v), language) for v in possible_values(op, BETWEEN)]
            if np.mean(lost) > WORDLESS:
                does = "is skipped then" if target.on_ambiguous == "skip_op" else "may be false then"
                what = op.name() if target.on_ambiguous == "skip_op" else name
                yield Hit(
                    path, f"{op.name()} makes colours without a word of {np.mean(lost):.0%} of those that {name} may name",
                    f"{what} {does}: what was red is neither red nor of another name",
                    "change colours less: hue: ±10 keeps a word for each",
                )  # fmt: skip


@rule("advice")
def text_beside_image(subject: Subject) -> Iterator[Hit]:
    """A flip, a turn or a change of colours in a spec with an image and a `text`: only a `caption` follows its image."""
    for name, target in subject.pipeline.targets.items():
        if target.kind == "text" and not CAPTION.search(name):
            for path, op, _ in _tellings(subject):
                yield Hit(
                    path, f"{op.name()} changes the image, and {name} stays as it is",
                    "a text that says where something is, or in which colour, would be false of the image",
                    f"if {name} tells of the image, declare it: targets: {{{name}: caption}}",
                )  # fmt: skip
                break


def _tellings(subject: Subject) -> Iterator[tuple[str, Op, list[str]]]:
    """The ops that change an image so that words can tell, with the rules that would keep them true."""
    for path, op in {leaf.path: leaf.op for leaf in subject.leaves}.items():
        if subject.images and (op.on is None or set(op.on) & set(subject.images)) and (kinds := _changes(op)):
            yield path, op, kinds


@rule("warning")
def negations_at_risk(subject: Subject) -> Iterator[Hit]:
    """An op may take away a `not`, where `about` says that the sense of a text is its label: reviews, sentiment, entailment."""
    found = SENSE.search(subject.pipeline.about or "")
    if not found:
        return
    from augment.ops.kinds import UnitEdit

    for path, op in subject.ops:
        if isinstance(op, UnitEdit) and "negations" not in op.protect and op.p != 0:
            plain = all(isinstance(word, str) for word in op.protect)
            kept = f"[{', '.join([*map(str, op.protect), 'negations'])}]"
            yield Hit(
                path, f"{op.name()} may edit 'not' and 'never', and about says {found[0]!r}",
                "without its negation a text says the opposite, and its label does not change with it",
                f"protect: {kept}", change=Change(f"{path}.protect", kept) if plain else None,
            )  # fmt: skip


@rule("warning")
def little_text_left(subject: Subject) -> Iterator[Hit]:
    """Text ops that are moderate one by one leave less than half of a text as it was, on average."""
    leaves = [leaf for leaf in subject.leaves if leaf.op.modality == "text"]
    if len(leaves) < 2:
        return
    from augment.ops.kinds import UnitEdit

    leaves = [leaf for leaf in leaves if isinstance(leaf.op, UnitEdit)]
    if len({leaf.path for leaf in leaves}) < 2:
        return
    for name in dict.fromkeys(n for n, t in subject.targets.items() if t.kind in ("text", "caption")):
        own = [leaf for leaf in leaves if (name in leaf.op.on if leaf.op.on else subject.targets[name].kind == "text")]
        left = float(np.mean([_left(own, values) for values in subject.drawn]))
        if left < LEFT and len(own) > 1:
            yield Hit(
                own[-1].path, f"{left:.0%} of {name} are left as they were, after {len(own)} text ops",
                "what each changes is changed again by the next, and the label may be true of none of it",
                "put them under one_of or some_of, so that a text gets one or two of them",
            )  # fmt: skip
            return


def _left(leaves: list[Leaf], values: Mapping[str, Any]) -> float:
    return float(np.prod([1 - float(values[leaf.key]["rate"]) for leaf in leaves if leaf.active(values)]))


def _changes(op: Drawn) -> list[str]:
    """The rules that keep a caption true to what an op does."""
    moved, turns = {"sides": "W", "heights": "N"}, turns_of(op)
    rules = [kind for kind, direction in moved.items() if any(turn(direction) != direction for turn in turns)]
    return [*rules, "colours"] if any(op.changes_hue(v) for v in possible_values(op, BETWEEN)) else rules
