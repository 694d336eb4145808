"""Which class of nlpaug makes the edits of an op, and how it is driven.

What is edited, and with which random numbers, is ours: a class of nlpaug gets the chosen units as its only tokens, is told to
change all of them, and chooses among our candidates through our stream. What comes back are the new tokens, which replace the
units; nothing else of the text goes through nlpaug, so that its tokenizer cannot rewrite it.

Not used, since measured wrong (nlpaug 1.1.11): RandomWordAug's crop (raises on short texts) and delete (resurrects words),
RandomCharAug's swap (moves protected characters, forces case) and delete (loses emptied tokens), the dictionary of SpellingAug
(replaces words by other correct words, in an order that depends on PYTHONHASHSEED; the class gets our tables), RandomSentAug
(joins with one space), and all flows, which lose entries of lists. Those ops, and what nlpaug lacks, edit as they declare
themselves; a compiled spec of one such op is that op as an augmenter of nlpaug.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextvars import ContextVar
from typing import Any

from nlpaug import Augmenter

from augment.ops.kinds import Replacing, ReplacingSpans, Text, UnitEdit
from augment.text.document import Document, Span
from augment.text.editing import Edit
from augment.text.protect import Guard
from augment.text.stream import Stream

kernels = {"edit": "nlpaug"}

_ALL_CHARACTERS: dict[str, Any] = {
    "min_char": 1, "aug_char_p": 1.0, "aug_char_min": 0, "aug_char_max": None,
    "aug_word_p": 1.0, "aug_word_min": 0, "aug_word_max": None,
}  # fmt: skip
_ALL_WORDS: dict[str, Any] = {"aug_p": 1.0, "aug_min": 0, "aug_max": None}


class Candidates:
    """The table of an op in the place of a model of nlpaug."""

    def __init__(self, op: Any):
        self.op = op
        self.model = self.dict = self

    def __contains__(self, unit: str) -> bool:
        return True

    def __getitem__(self, unit: str) -> Sequence[str]:
        return self.op.candidates(unit)

    def predict(self, unit: str) -> Sequence[str]:
        return self.op.candidates(unit)


# each imports its classes when it is asked for one: nlpaug's room of words brings transformers and torch, seconds and a gigabyte


def _keyboard(op: Any) -> Augmenter:
    from nlpaug.augmenter.char import KeyboardAug

    return _with_model(KeyboardAug(**_ALL_CHARACTERS), op)


def _ocr(op: Any) -> Augmenter:
    from nlpaug.augmenter.char import OcrAug

    return _with_model(OcrAug(**_ALL_CHARACTERS), op)


def _spelling(op: Any) -> Augmenter:
    from nlpaug.augmenter.word import SpellingAug

    return _with_model(SpellingAug(include_reverse=False, **_ALL_WORDS), op)


def _with_model(augmenter: Any, op: Any) -> Augmenter:
    augmenter.model = Candidates(op)
    return augmenter


CLASSES: Mapping[str, Callable[[Any], Augmenter]] = {"typo_characters": _keyboard, "ocr_characters": _ocr}
"""Ops that a class of nlpaug was written for. All others that replace units by candidates are carried out by `SpellingAug`, which
replaces whole tokens by the entries of a dictionary."""

_NOTHING = "\0"
"""In the place of an empty token, which nlpaug would leave out."""
_stream: ContextVar[Stream] = ContextVar("stream")
_tokens: ContextVar[list[str]] = ContextVar("tokens")


def _sample(options: Any, count: int | None = None) -> Any:
    """In the place of ``Augmenter.sample``: tokens are all taken, candidates drawn from our stream."""
    if isinstance(options[0], int):
        return list(options)
    return [_stream.get().choice(options) or _NOTHING]


def _tokenize(text: str) -> list[str]:
    return _tokens.get()


def _joined(tokens: list[str]) -> Any:
    return tokens


def _as_it_is(source: str, new: str) -> str:
    """In the place of ``align_capitalization``: candidates have the case that they are meant to have."""
    return new


def _all(tokens: list[str]) -> list[int]:
    """In the place of ``pre_skip_aug``, which leaves out punctuation: what is chosen is edited."""
    return list(range(len(tokens)))


class Editor:
    """Runs text ops by nlpaug's classes, each made once."""

    def __init__(self) -> None:
        self._augmenters: dict[int, tuple[Text, Any]] = {}

    def edits(self, op: Text, document: Document, v: Mapping[str, Any], guard: Guard, stream: Stream) -> Iterable[Edit]:
        """Return the edits of an op on one text."""
        augmenter = self.augmenter(op)
        if augmenter is None:
            return op.edits(document, v, guard, stream)
        assert isinstance(op, UnitEdit)
        chosen = op.choose(document, v, guard, stream)
        return _run(augmenter, document, [op.span(document, unit) for unit in chosen], stream) if chosen else ()

    def augmenter(self, op: Text) -> Any:
        """Return the class of nlpaug, made for an op, that carries it out; None if the op does it itself."""
        known = self._augmenters.get(id(op))
        if known is None or known[0] is not op:
            known = self._augmenters[id(op)] = (op, augmenter_of(op))
        return known[1]


def augmenter_of(op: Text) -> Any:
    """Make the augmenter of an op, bound to the stream of whoever calls it; None where nlpaug has none that is right."""
    by_table = (Replacing.change, ReplacingSpans.change)
    if not isinstance(op, Replacing) or type(op).change not in by_table:
        return None
    augmenter: Any = CLASSES.get(op.name(), _spelling)(op)
    augmenter.sample, augmenter.tokenizer, augmenter.reverse_tokenizer = _sample, _tokenize, _joined
    augmenter.align_capitalization, augmenter.pre_skip_aug = _as_it_is, _all
    return augmenter


def _run(augmenter: Any, document: Document, chosen: Sequence[Span], stream: Stream) -> Iterable[Edit]:
    tokens = [document[span] for span in chosen]
    bound = _stream.set(stream), _tokens.set(tokens)
    try:
        # what the tokens are says `_tokenize`; of a blank text nlpaug would not ask
        new = getattr(augmenter, augmenter.action)("tokens")
    finally:
        _stream.reset(bound[0])
        _tokens.reset(bound[1])
    assert len(new) == len(tokens), f"{type(augmenter).__name__} returned {len(new)} tokens for {len(tokens)}"
    return [Edit(start, stop, "" if text == _NOTHING else text) for (start, stop), text in zip(chosen, new, strict=True)]
