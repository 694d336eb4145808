"""Sentences and paragraphs for the tests of text ops, and ops at work on one text."""

from pydoc_data.topics import topics

import pytest

from augment.program.texts import BUILTIN
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
