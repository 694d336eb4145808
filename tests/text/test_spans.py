"""Where spans lie after edits: over the same words or their new forms, whole, without what stood beside them, or nowhere."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import augment
from augment.text.document import Document
from tests.text.test_laws import SOME_TEXT, each_op


class Made:
    """The characters of an edited text: which of the old text each was, or which edit wrote it; worked out anew for the test."""

    def __init__(self, work, text):
        self.work, self.text = work, text
        self.words, self.new_words = Document(text).words, Document(work.out).words
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
        return not self.in_new_word(p) and not new_form and old not in edge


@each_op
@settings(max_examples=60, deadline=None)
@given(text=SOME_TEXT, rate=st.floats(0, 1), seed=st.integers(0, 2**48), data=st.data())
def test_spans_keep_whole_words_and_nothing_else(op, work, text, rate, seed, data):
    words = Document(text).words
    if not text:
        return
    edges = sorted({0, len(text), *(x for w in words for x in w)})
    place = st.one_of(st.sampled_from(edges), st.integers(0, len(text)))
    start, stop = sorted((data.draw(place), data.draw(place)))
    if start == stop:
        return
    one = work(op, text, rate, seed)
    made, span = Made(one, text), one.shifted((start, stop))
    letters = [i for i in range(start, stop) if made.word_at(i)]
    whole = [e for e in one.edits if start <= e.start and e.stop <= stop]
    partial = [e for e in one.edits if e not in whole and e.start < stop and start < e.stop]
    if span is None:
        kept = [old for old, _ in made.origins if old in (letters or range(start, stop))]
        formed = [e for e in whole if e.text.strip() and made.replaces_word(e)]
        torn = [e for e in partial if sum(a < e.stop and e.start < b for a, b in words) > 1]
        moved = any(e.origin for e in one.edits)
        assert moved or torn or not (kept or formed), "a span was lost of which something is left"
        return
    low, high = span
    assert 0 <= low < high <= len(one.out)
    assert any(a < start < b for a, b in words) or not made.cuts(low), "it begins inside of a word"
    assert any(a < stop < b for a, b in words) or not made.cuts(high), "it ends inside of a word"
    if letters and (whole or partial):
        assert not made.strange(low, range(start, letters[0])), "it begins with what it did not have"
        assert not made.strange(high - 1, range(letters[-1] + 1, stop)), "it ends with what it did not have"
        form = [e for _, e in made.origins[low:high] if e is not None and made.replaces_word(e)]
        assert form or any(made.in_new_word(p) for p in range(low, high)), "no letter or digit of it is left"
    if not partial and not any(e.origin for e in one.edits):
        inside = [o for o, _ in made.origins[low:high] if o is not None]
        assert inside == [i for i in inside if start <= i < stop], "it took in what was not its own"
        assert set(letters) & {o for o, _ in made.origins} <= set(inside), "it lost letters that are still there"


EDITS = {
    "upper": {"recase_words": {"rate": 1, "to": "upper"}},
    "split": {"split_words": {"rate": 1}},
    "mask": {"mask_words": {"rate": 1}},
    "letters": {"insert_characters": {"rate": 1, "alphabet": "x"}},
    "points": {"insert_punctuation": {"rate": 1, "marks": ";"}},
}


def edited(op, text, phrase, **fields):
    start = text.index(phrase)
    sample = {"text": text, "spans": [[start, start + len(phrase)]]}
    out = augment.apply({"pipeline": [op], **fields}, sample, backend="builtin")
    return [out["text"][a:b] for a, b in out["spans"]], out["text"]


@pytest.mark.parametrize("phrase, edit, want", [
    ("Big Apple", "upper", "BIG APPLE"), ("Big Apple's", "upper", "BIG APPLE'S"), ("pl", "upper", "PL"),
    ("Big Apple", "mask", "[MASK] [MASK]"), ("ppl", "mask", "[MASK]"), ("the Big", "letters", "xtxhxe xBxixg"),
    ("Big", "points", "Big"), ("the Big", "points", "the ;Big"),
])  # fmt: skip
def test_a_word_that_a_span_covers_in_part(phrase, edit, want):
    found, _ = edited(EDITS[edit], "see the Big Apple's core", phrase)
    assert found == [want.replace(";Big", "; Big")]


def test_what_is_split_is_taken_whole():
    (found,), text = edited(EDITS["split"], "the Big Apple's core", "Big Apple")
    first, last = text.index("B"), text.index("s ", text.index("A")) + 1
    assert found == text[first:last] and found.replace(" ", "") == "BigApple's"


@pytest.mark.parametrize("gone, left", [
    (["Smith"], ["Dr"]), (["Dr"], ["Smith"]), (["Dr", "Smith"], []), (["went"], ["Dr. Smith"]), ([], ["Dr. Smith"]),
])  # fmt: skip
def test_deletions_leave_no_blanks_and_no_punctuation_at_the_edges(gone, left):
    text = "so Dr. Smith went home"
    protect = [{"words": [w for w in ("so", "Dr", "Smith", "went", "home") if w not in gone]}]
    found, out = edited({"delete_words": {"rate": 1, "protect": protect}}, text, "Dr. Smith")
    assert found == left and not any(word in out.replace(".", "").split() for word in gone)


def test_a_lost_span_takes_its_label_along_and_is_on_record():
    spec = {
        "targets": {"text": "text", "spans": {"kind": "spans", "of": "text", "carry": ["kinds"]}},
        "pipeline": [{"delete_words": {"rate": 1, "protect": [{"words": ["went", "home"]}]}}],
    }
    sample = {"text": "Dr. Smith went home", "spans": [[0, 9], [10, 14]], "kinds": ["PER", "O"]}
    out = augment.apply(spec, sample, backend="builtin")
    assert out["kinds"] == ["O"] and [out["text"][a:b] for a, b in out["spans"]] == ["went"]
    assert augment.record(spec, sample, index=0)["dropped"] == {"spans": [{"row": 0, "reason": "edited away"}]}


def test_quotation_marks_and_brackets_of_a_span_stay_with_it():
    protect = [{"words": ["he", "said", "yes"]}]
    found, out = edited({"delete_words": {"rate": 1, "protect": protect}}, 'he said "oh, yes" (no)', '"oh, yes"')
    assert found == ['", yes"'] and found[0] in out
