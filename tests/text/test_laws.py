"""What holds for every text op that needs no resource: on any text, at any rate, and in time that grows with the text alone."""

import gc
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import augment
from augment import ops
from augment.errors import SpecError
from augment.testing.examples import examples
from augment.testing.texts import NASTY, TEXTS
from augment.text.document import Document

OWN = tuple(f"augment.ops.{name}" for name in ("characters", "words", "spaces", "sentences", "phrases"))
EVERY = [op for kind in ops.catalogue("text").values() if kind.__module__ in OWN for op in examples(kind)]
IDS = [f"{op.name()}-{i}" for i, op in enumerate(EVERY)]
each_op = pytest.mark.parametrize("op", EVERY, ids=IDS)
PIECES = st.sampled_from(
    [*"aeBz17 .,!?\n\t'-", "  ", "is not", "I am", "don't", "Anna", "the", "receive", "é", "e\u0301", "한", "क्ष", "👩\u200d👧",
     "ß", "İ", "12.50", "。", "<x>", "http://a.b/c", "\u200b", "ﬁ", "מ"]
)  # fmt: skip
SOME_TEXT = st.one_of(st.lists(PIECES, max_size=40).map("".join), st.text(max_size=60))


def test_there_are_ops_to_test():
    assert len({op.name() for op in EVERY}) >= 26


@each_op
@settings(max_examples=40, deadline=None)
@given(text=SOME_TEXT, rate=st.floats(0, 1), seed=st.integers(0, 2**48))
def test_edits_stay_apart_and_do_something(op, work, text, rate, seed):
    one = work(op, text, rate, seed)  # raises where edits overlap
    for e in one.edits:
        assert 0 <= e.start <= e.stop <= len(text)
        assert e.text != text[e.start : e.stop] or e.origin, "an edit that changes nothing"
    assert work(op, text, rate, seed).out == one.out
    assert len(one.chosen) <= max(len(one.free), 0)
    if rate == 0:
        assert one.out == text


@each_op
@settings(max_examples=25, deadline=None)
@given(text=SOME_TEXT, seed=st.integers(0, 2**48), data=st.data())
def test_spans_and_what_is_protected(op, work, text, seed, data):
    if not text:
        return
    start = data.draw(st.integers(0, len(text) - 1))
    span = (start, data.draw(st.integers(start + 1, len(text))))
    one = work(op.replace(protect=["spans"]), text, 0.7, seed, spans=[span])
    a, b = one.shifted(span)
    assert one.out[a:b] == text[span[0] : span[1]], "what is protected changed"


@each_op
@settings(max_examples=60, deadline=None)
@given(text=SOME_TEXT, rate=st.floats(0, 1), seed=st.integers(0, 2**48), data=st.data())
def test_spans_keep_whole_words_and_nothing_else(op, work, traced, text, rate, seed, data):
    words = Document(text).words
    edges = sorted({0, len(text), *(x for w in words for x in w)})
    place = st.one_of(st.sampled_from(edges), st.integers(0, len(text)))
    start, stop = sorted((data.draw(place), data.draw(place)))
    if start == stop:
        return
    one = work(op, text, rate, seed)
    made, span = traced(text, one), one.shifted((start, stop))
    letters = [i for i in range(start, stop) if text[i].isalnum()]
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
        assert form or any(map(str.isalnum, one.out[low:high])), "no letter or digit of it is left"
    if not partial and not any(e.origin for e in one.edits):
        inside = [o for o, _ in made.origins[low:high] if o is not None]
        assert inside == [i for i in inside if start <= i < stop], "it took in what was not its own"
        assert set(letters) & {o for o, _ in made.origins} <= set(inside), "it lost letters that are still there"


@each_op
def test_rate_0_is_byte_exact_and_many_texts_go_through(op):
    for rate in (0, [0.2, 1]):
        compiled = augment.compile(augment.Pipeline([op.replace(rate=rate)]), "builtin")
        for index in range(3):
            out = compiled.at(index)(list(TEXTS))
            assert [type(text) for text in out] == [str] * len(TEXTS)
            assert out == [compiled.at(index + i)(text) for i, text in enumerate(TEXTS)]
            if rate == 0:
                assert out == list(TEXTS)
        assert compiled("") == ""


@pytest.mark.parametrize("policy", [ops.Aeda(rate=0), ops.Aeda()], ids=["never", "aeda"])
def test_a_policy_edits_at_least_once_unless_its_rate_is_0(policy):
    compiled = augment.compile(augment.Pipeline([policy]), "builtin")
    for index in range(30):
        assert (compiled.at(index)("one two three four") == "one two three four") == (policy.rate.support[1] == 0)


@each_op
def test_time_grows_with_the_text(op, work):
    """A text of eight times the length takes about eight times as long, and not 64 times; also where no word or sentence ends."""
    for unit in (" ".join(NASTY[5:17]) + " ", "ab", "a. ", "1", "don't ", "\u0301"):
        for last in (False, False, True):
            spent = []
            for size in (20_000, 160_000):
                text = (unit * (size // len(unit) + 1))[:size]
                gc.disable()  # or a collection walks over all that other tests have made
                start = time.process_time()
                work(op, text, 0.1)
                spent.append(time.process_time() - start)
                gc.enable()
            ratio = spent[1] / max(spent[0], 0.004)
            if ratio < 36:
                break
            assert not last, (unit[:9], spent)


@pytest.mark.parametrize("op, fields", [
    ("typo_characters", {"layout": "xx"}), ("misspell_words", {"language": "fr"}), ("expand_words", {"language": "de"}),
    ("contract_words", {"language": "de"}), ("replace_names", {"language": "de"}),
])  # fmt: skip
def test_a_language_without_a_table_is_a_located_error(op, fields):
    with pytest.raises(SpecError, match=rf"pipeline\[0\]\.{op}\.\w+.*has no .* for .*; there are|there are: .*en") as error:
        augment.loads(f"pipeline: [{{{op}: {{rate: 0.1, {next(iter(fields))}: {next(iter(fields.values()))}}}}}]")
    assert "a plugin can add one" in str(error.value) and ":1:" in str(error.value)


def test_a_plugin_adds_a_table(monkeypatch):
    from augment import plugins
    from augment.text import tables

    french = tables.Table("misspellings", "fr", {"bonjour": ["bonjuor"], "merci": ["mreci", "mercie"]})
    monkeypatch.setattr(plugins, "plugin_tables", lambda: (french,))
    tables.reset()
    try:
        assert tables.languages("misspellings") == ("en", "fr")
        edit = augment.compile({"pipeline": [{"misspell_words": {"rate": 1, "language": "fr"}}]}, "builtin")
        assert edit.at(0)("Bonjour et merci") in ("Bonjuor et mreci", "Bonjuor et mercie")
    finally:
        tables.reset()


def test_documents_of_nothing():
    for text in ("", " ", "\n"):
        document = Document(text)
        assert document.words == document.sentences == document.characters == document.written == []
