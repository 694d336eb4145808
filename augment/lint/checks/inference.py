"""Training and validation: what validates must not be random, and must come in the form of training."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from augment.lint.chance import constant
from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject
from augment.ops.kinds import Drawn
from augment.spec.ledger import path_text
from augment.spec.node import Combinator, Node

VALIDATES = ("val", "valid", "validation", "test", "eval", "evaluation", "inference")
_WORD = re.compile(rf"(?<![a-z])({'|'.join(VALIDATES)})(?![a-z])", re.IGNORECASE)
_PHRASE = re.compile(
    r"\bfor (?:validation|evaluation|testing|inference)\b|"
    r"\b(?:validation|evaluation|test) (?:set|split|images|pictures|data|photographs)\b",
    re.IGNORECASE,
)


@rule("warning")
def augmented_validation(subject: Subject) -> Iterator[Hit]:
    """Validation data is augmented: an op with `stage: always` that draws, or random ops in a spec that is for validation or
    tests by its `name`, `about` or file, or the folder of the given files."""
    said = for_validation(subject)
    random = [(path, op.name()) for path, op in subject.ops if _random(op)]
    if said and random:
        ops = ", ".join(dict.fromkeys(name for _, name in random))
        yield Hit(
            random[0][0], f"{ops} draw{'s' * (len(random) == 1)} at random in a spec for validation ({said})",
            "scores then vary from run to run, and are not those of the pictures as they are",
            "leave what draws out; or compile the spec of training with stage eval, which has its sizes and its range",
        )  # fmt: skip
    for place in subject.nodes:
        if place.node.stage == "always" and any(map(_random, _below(place.node))):
            path = path_text(place.path)
            yield Hit(
                f"{path}.stage", f"{place.node.name()} draws at inference too, since it has stage: always",
                "validation and predictions are then made from pictures that were changed at random",
                "leave stage out: at inference an op is then left out, or does the same to every picture",
            )  # fmt: skip


@rule("warning")
def not_at_inference(subject: Subject) -> Iterator[Hit]:
    """An op with `stage: train` that sizes or scales what the model sees, which gets something else at inference then."""
    for place in subject.nodes:
        if place.node.stage != "train":
            continue
        kept = [node for node in _below(place.node) if isinstance(node, Drawn) and _shapes(node)]
        if kept:
            yield Hit(
                f"{path_text(place.path)}.stage",
                f"{kept[0].name()} is left out at inference, since it has stage: train",
                "the model then gets pictures of another size or range than those that it was trained on",
                "leave stage out: its form at inference draws nothing",
            )


def for_validation(subject: Subject) -> str:
    """What says that a spec is for validation or tests; '' if nothing does."""
    pipeline = subject.pipeline
    place = next(iter(subject.places.values()), "")
    file = Path(place.rsplit(":", 2)[0]).name if place else ""
    if pipeline.name and _WORD.search(pipeline.name):
        return f"its name is {pipeline.name!r}"
    if pipeline.about and (found := _PHRASE.search(pipeline.about)):
        return f"about says {found[0]!r}"
    if _WORD.search(file):
        return f"its file is {file}"
    return f"its pictures are below {subject.names.stage}" if subject.names.stage in VALIDATES else ""


def _below(node: Node) -> Iterator[Node]:
    if isinstance(node, Combinator):
        for child in node.ops:
            yield from _below(child)
    yield node


def _random(node: Node) -> bool:
    if node.p == 0:
        return False
    if node.probability < 1:
        return True
    if isinstance(node, Combinator):
        return node.picks and len(node.ops) > 1
    return not constant(node)


def _shapes(op: Drawn) -> bool:
    return op.inference() is not None and op.primitive != "none"
