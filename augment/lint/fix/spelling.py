"""What was surely meant by a word that a spec cannot have: the same in another notation, another library's name, or a slip.

A guess is no fix yet: `augment.lint.fix.run` writes it only if the mistake is gone with it, and no other has come.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from functools import cache
from typing import Any, Literal, get_args, get_origin

from pydantic import BaseModel

from augment.errors import Mistake
from augment.lint.fix.source import Source
from augment.sample import Target
from augment.spec.build import OTHER_WORDS
from augment.spec.foreign import alike, same_op, same_value
from augment.spec.node import COMBINATORS, Combinator, Node, Pipeline
from augment.values import notation

SLIP = 0.85
"""How alike a slip is to what was meant, at least: one letter of seven."""
LEVELS = 255
BROKEN = "not YAML"
"""How the mistake begins of a text that cannot be read to its end."""
_WRITTEN = (
    (re.compile(r"\(([-+\d.]+(?:px)?(?:\s*,\s*[-+\d.]+(?:px)?)+)\)"), r"[\1]"),  # a tuple of Python
    (re.compile(r"(?<=[:,\[]\s)\s*(#[0-9a-fA-F]{6})\b"), r"'\1'"),  # a colour that YAML takes for a comment
    (re.compile(r"\bheight:\s*(\d+),\s*width:\s*(\d+)"), r"size: [\1, \2]"),
)
"""What people write over several words of YAML, and how it is written here."""


def guesses(source: Source, mistake: Mistake, line: int, column: int) -> Iterator[str]:
    """Yield texts that may be the one that was meant, the likeliest first."""
    word = source.word(line, column)
    if word is not None:
        yield from (source.rewritten(word, new) for new in _meant(word.raw, mistake.message))
    # where a text stops being YAML is not where that began
    rows = range(len(source.lines)) if mistake.message.startswith(BROKEN) else range(line - 1, min(line, len(source.lines)))
    for row in rows:
        for pattern, new in _WRITTEN:
            for found in pattern.finditer(source.lines[row]):
                if "#" not in source.lines[row][: found.start()]:
                    yield source.replaced((row, found.start()), (row, found.end()), found.expand(new))


def _meant(raw: str, message: str) -> Iterator[str]:
    if ours := notation(raw):
        yield ours
    if (share := _of_full_scale(raw)) and share in message:  # it says what else a number of levels would be
        yield share
    known = _known()
    if raw in OTHER_WORDS:
        yield "pipeline"
    if same := same_op(raw, known):
        yield same
    yield from (name for name in alike(raw, known) if _says_nothing_else(known.get(name)))
    yield from same_value(raw)
    yield from difflib.get_close_matches(raw, [*known, *_words()], n=3, cutoff=SLIP)


def _says_nothing_else(kind: type[Node] | None) -> bool:
    """Whether another library's class of that name cannot mean more or less: there is only a probability to say, or what is held.
    Fields and keys mean what they are called."""
    return kind is None or kind.needs_p or issubclass(kind, Combinator)


def _of_full_scale(raw: str) -> str:
    try:
        return f"{float(raw) / LEVELS:.3f}".rstrip("0")
    except ValueError:
        return ""


@cache
def _known() -> dict[str, type[Node]]:
    from augment.ops import SPREADS, catalogue

    return {**COMBINATORS, **catalogue(), **SPREADS}


@cache
def _words() -> tuple[str, ...]:
    """Names of fields, and words that fields take."""
    models: list[type[BaseModel]] = [*_known().values(), Pipeline, Target]
    fields = {name: info for model in models for name, info in model.model_fields.items()}
    words = [word for info in fields.values() for word in _literals(info.annotation)]
    return tuple(dict.fromkeys([*fields, *words]))


def _literals(annotation: Any) -> Iterator[str]:
    if get_origin(annotation) is Literal:
        yield from (word for word in get_args(annotation) if isinstance(word, str))
        return
    for inside in get_args(annotation):
        yield from _literals(inside)
