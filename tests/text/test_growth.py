"""The time that a text takes grows with its length, not with the square of it, whatever it is made of; and it ends."""

import time
from collections import Counter

import numpy as np
import pytest

import augment
from augment.errors import SampleError, SpecError
from augment.ops import catalogue
from augment.testing import examples
from augment.text.frequency import Corpus
from augment.text.stream import Stream

PIECES = {
    "letters": "a", "blanks": " ", "lines": "\n", "windows_lines": "\r\n", "dots": ".", "initials": "A.", "digits": "1",
    "numbers": "1,", "quotes": "'", "double_quotes": '"', "addresses": "a@", "urls": "http://", "www": "www.",
    "placeholders": "<", "braces": "{",
    "per_cent": "%", "dollars": "$", "brackets": "[A", "hyphens": "a-", "underscores": "a_", "hashes": "#", "colons": "a:",
    "dotted": "a.b", "entities": "&amp;", "negations": "n't", "sentences": "He's 1.5 left, \"a\" ", "arabic_signs": "\u0600",
    "marks": "\u0301",
    "joiners": "\u200d", "flags": "\U0001f1e9", "families": "\U0001f468\u200d", "thai": "\u0e01\u0e33", "hangul": "\u1100\u1161",
    "kaithi": "\U000110bd", "viramas": "\u0915\u094d", "keycaps": "1\ufe0f\u20e3",
}  # fmt: skip
SHORT, LONG = 2_500, 10_000
OPS = {
    name: op
    for name, op in catalogue("text").items()
    if not any(getattr(example, "needs", tuple)() for example in examples(op))
}
GUARDED = {"rate": 0.3, "protect": ["negations", "entities", "numbers", "hashtags", "spans"]}


def seconds(call, text):
    """Of the processor."""
    start = time.process_time()
    call(text)
    return time.process_time() - start


def grows_linearly(call, piece):
    """Sixteen times the time is the square of four times the length; half of that is refused, if it is so three times."""
    call((piece * 50)[:50])  # patterns and tables are made once
    for _ in range(3):
        short, long = (seconds(call, (piece * count)[:count]) for count in (SHORT, LONG))
        if long < 2 * (LONG / SHORT) * short + 0.1:
            return
    pytest.fail(f"{short:.3f} s for {SHORT} characters, {long:.3f} s for {LONG}")


def on_texts(op):
    spec = augment.Pipeline([op], targets={"text": "text"})
    return lambda text: augment.apply(spec, {"text": text}, backend="builtin", index=1)


@pytest.mark.parametrize("name", PIECES)
def test_any_alphabet(name):
    grows_linearly(on_texts(augment.ops.SwapWords(**GUARDED)), PIECES[name])
    grows_linearly(on_texts(augment.ops.SubstituteCharacters(**GUARDED)), PIECES[name])


@pytest.mark.parametrize("name", [pytest.param(n, marks=pytest.mark.wordnet if n == "eda" else ()) for n in OPS])
def test_any_op(name):
    op = OPS[name]
    for piece in ("sentences", "arabic_signs"):
        grows_linearly(on_texts(examples(op)[0]), PIECES[piece])


CAPTIONS = [
    "left of a cat ", "right ", "to the left of the ", 'the "left" ', "above a red box, ", "3 o'clock ", "the word STOP ",
    "\u0600",
]  # fmt: skip
MOVES = ["rotate90: {turns: 1}", "horizontal_flip: {p: 1}"]


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize("piece", CAPTIONS)
def test_captions(move, piece):
    spec = augment.loads(f"targets: {{image: image, caption: caption}}\npipeline: [{move}]")
    image = np.zeros((4, 4, 3), np.uint8)
    grows_linearly(lambda text: augment.apply(spec, {"image": image, "caption": text}, index=1), piece)


@pytest.mark.parametrize("pattern", ["(a+)+$", "(a|aa)+$"])
@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
def test_a_regular_expression_ends(backend, pattern):
    spec = {"targets": {"text": "text"}, "pipeline": [{"delete_words": {"rate": 0.5, "protect": {"regex": pattern}}}]}
    start = time.process_time()
    try:
        augment.apply(spec, {"text": "a" * 5000 + "! b"}, backend=backend)
    except SampleError as error:
        expected = "pipeline[0].delete_words: protect: the regular expression"
        assert expected in str(error) and "5,003 characters" in str(error)
    assert time.process_time() - start < 8


def test_one_of_them_is_told():
    spec = {"targets": {"text": "text"}, "pipeline": [{"delete_words": {"rate": 0.5, "protect": {"regex": "(a+)+$"}}}]}
    with pytest.raises(SampleError, match=r"takes more than .* seconds on a text of 5,003 characters; write it without"):
        augment.apply(spec, {"text": "a" * 5000 + "! b"}, backend="builtin")


@pytest.mark.parametrize("written", [{"regex": "("}, "regex:(", "regex:", {"regex": "a*"}])
def test_what_is_no_expression_is_a_mistake_however_it_is_written(written):
    with pytest.raises(SpecError, match="regular expression"):
        augment.ops.DeleteWords(rate=0.5, protect=written)


CORPORA = {
    "one_weight": "cat\ndog\nbird\n", "one_word": "cat\n", "one_word_often": "cat\ncat\ncat cat\n", "two": "cat\ndog\n",
    "one_that_all_have": "the cat\nthe dog\nthe bird\n", "usual": "the cat sat\nthe dog sat\na bird sang\nthe end\n",
}  # fmt: skip


@pytest.mark.parametrize("name", CORPORA)
def test_replacing_what_says_little_ends(name, tmp_path):
    (tmp_path / "corpus.txt").write_text(CORPORA[name])
    spec = {"pipeline": [{"replace_uninformative_words": {"rate": 1.0, "corpus": str(tmp_path / "corpus.txt")}}]}
    for index in range(30):
        out = augment.apply(spec, {"text": "Cat dog cat the cat bird"}, backend="builtin", index=index)["text"]
        for before, after in zip("Cat dog cat the cat bird".split(), out.split(), strict=True):
            assert after.lower() in CORPORA[name].split() or after == before
            assert after.lower() != before.lower() or name.startswith("one_word")


@pytest.mark.parametrize("name", CORPORA)
def test_another_word_is_drawn_by_what_it_says(name, tmp_path):
    (tmp_path / "corpus.txt").write_text(CORPORA[name])
    corpus, stream = Corpus(str(tmp_path / "corpus.txt")), Stream(7)
    weights = dict(zip(corpus.words, np.diff([0.0, *corpus.sums]), strict=True))
    for but in (*corpus.words, "unknown"):
        others = {word: weight for word, weight in weights.items() if word != but}
        if not others:
            assert corpus.draw(stream, but) is None
            continue
        total = sum(others.values())
        counts = Counter(corpus.draw(stream, but) for _ in range(4000))
        for word, weight in others.items():
            share = weight / total if total > 1e-12 else 1 / len(others)
            assert abs(counts[word] / 4000 - share) < 0.05
        assert but not in counts
