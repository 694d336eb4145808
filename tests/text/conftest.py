"""Sentences and paragraphs for the tests of text ops, and ops at work on one text."""

from pydoc_data.topics import topics

import pytest

from augment.engine.editor import BUILTIN
from augment.text.document import Document
from augment.text.editing import NewForms, apply_edits, in_order
from augment.text.protect import protected
from augment.text.shifting import Shift
from augment.text.stream import Stream


@pytest.fixture(scope="session")
def sentences():
    """5,000 sentences and parts of sentences of Python's own help texts, of all lengths, with code, quotes and paths in them."""
    joined = " ".join(" ".join(text.split()) for text in topics.values())
    found = [joined[a:b] for a, b in Document(joined).sentences]
    parts = [part.strip() for s in found for part in s.split(", ") if part != s]
    found = list(dict.fromkeys(s for s in found + parts if 1 < len(s.split()) < 60))
    assert len(found) > 5000
    return found[:5000]


@pytest.fixture(scope="session")
def paragraphs(sentences):
    """5,000 texts of two to nine sentences."""
    return [" ".join(sentences[(i * 7 + j) % len(sentences)] for j in range(2 + i % 8)) for i in range(5000)]


class Work:
    """An op at work on one text, at a rate, with the stream of a seed."""

    def __init__(self, op, text, rate, seed=0, spans=()):
        self.document = Document(text)
        self.guard = protected(self.document, op.protect, spans)
        v = {"rate": rate}
        self.chosen = [op.span(self.document, unit) for unit in op.choose(self.document, v, self.guard, Stream(seed))]
        edits = BUILTIN.edits(op, self.document, v, self.guard, Stream(seed))
        self.edits = in_order(edits)
        self.out = apply_edits(text, self.edits)
        if isinstance(edits, NewForms):
            assert edits.applied() == self.out, "new forms of words are another text than their edits"
        self.shifted = Shift(self.document, self.edits, Document(self.out))
        self.free = [op.span(self.document, unit) for unit in op.free(self.document, self.guard)]


@pytest.fixture(scope="session")
def work():
    return Work


class Traced:
    """The characters of an edited text: which of the old text each was, or which edit wrote it."""

    def __init__(self, text, work):
        self.words, self.new_words, self.out = Document(text).words, Document(work.out).words, work.out
        self.origins = []
        at = 0
        for e in [*work.edits, None]:
            end = len(text) if e is None else e.start
            self.origins += [(i, None) for i in range(at, end)]
            if e is not None:
                self.origins += [(e.origin[0] + k if e.origin else None, e) for k in range(len(e.text))]
                at = e.stop

    def word_at(self, i):
        return next((w for w in self.words if w[0] <= i < w[1]), None)

    def replaces_word(self, e):
        return any(a < e.stop and e.start < b for a, b in self.words)

    def owner(self, p):
        """The old word that a new character is part of, also as a letter of its new form; None for what is between words."""
        old, e = self.origins[p]
        if old is not None:
            return self.word_at(old)
        return next((w for w in self.words if (w[0] < e.stop and e.start < w[1]) or w[0] <= e.start == e.stop < w[1]), None)

    def in_new_word(self, p):
        return any(a <= p < b for a, b in self.new_words)

    def cuts(self, p):
        """Whether a place is inside of a new word that was one word before."""
        inside = any(a < p < b for a, b in self.new_words)
        return inside and self.owner(p - 1) is not None and self.owner(p - 1) == self.owner(p)

    def strange(self, p, edge):
        """Whether a character is a blank or punctuation, neither of the new form of a word nor one of those at an old edge."""
        old, e = self.origins[p]
        new_form = e is not None and self.replaces_word(e) and (e.origin is None or self.word_at(e.start) == self.word_at(old))
        letter = self.in_new_word(p) or self.out[p].isalnum()
        return not letter and not new_form and old not in edge


@pytest.fixture(scope="session")
def traced():
    return Traced
