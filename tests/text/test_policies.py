"""Policies of papers do what these say: how many words are edited, and which of them may be."""

from collections import Counter

import pytest

import augment
from augment import ops
from augment.testing.examples import examples
from augment.testing.models import tiny_resources
from augment.testing.text_suite import MODELS, lacking

TEN = "zero one two three four five six seven eight nine"


def compiled(op, backend="builtin"):
    return augment.compile({"pipeline": [op]}, backend)


def swapped(before, after):
    """The places that changed."""
    a, b = before.split(), after.split()
    assert sorted(a) == sorted(b)
    return tuple(i for i, (x, y) in enumerate(zip(a, b, strict=True)) if x != y)


@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
def test_any_two_words_of_a_sentence_change_places(backend):
    """Each of the 45 pairs as often as the others, within four standard deviations."""
    edit = compiled({"swap_words": {"rate": 0.2, "partners": "sentence"}}, backend)
    pairs = Counter(swapped(TEN, edit.at(i)(TEN)) for i in range(9000))
    assert set(map(len, pairs)) == {2} and len(pairs) == 45
    assert all(abs(n - 200) < 4 * 200**0.5 for n in pairs.values()), pairs


@pytest.mark.wordnet
def test_eda_swaps_any_two_words():
    edit = compiled({"eda": {"rate": 0.1}})
    outs = [edit.at(i)(TEN) for i in range(400)]
    apart = Counter(p[1] - p[0] for out in outs if sorted(out.split()) == sorted(TEN.split()) and (p := swapped(TEN, out)))
    assert len(apart) > 6 and sum(n for gap, n in apart.items() if gap > 1) > 0.6 * sum(apart.values()), apart


def test_swaps_within_a_sentence_keep_what_is_protected_and_their_sentence():
    text = "Ann saw <x> one two two two. The old man went home."
    edit = compiled({"swap_words": {"rate": 1, "partners": "sentence", "protect": [{"words": ["one"]}]}})
    for i in range(60):
        first, second = edit.at(i)(text).split(". ")
        assert sorted(first.split()) == sorted("Ann saw <x> one two two two".split()) and first.split()[2:4] == ["<x>", "one"]
        assert sorted(second.split()) == sorted("The old man went home.".split()) or second.endswith(".")
    assert compiled({"swap_words": {"rate": 1, "partners": "sentence"}}).at(0)("two two two") == "two two two"


@pytest.mark.parametrize("rate", [0.0, 0.2, 0.5, 1.0])
def test_share_of_words_that_change_places(rate):
    edit = compiled({"swap_words": {"rate": rate, "partners": "sentence"}})
    counts = [len(swapped(TEN, edit.at(i)(TEN))) for i in range(600)]
    assert abs(sum(counts) / 600 / 10 - rate) < 0.02


@pytest.mark.parametrize(("words", "most"), [(3, 1), (4, 1), (6, 2), (9, 3), (10, 3), (30, 10)])
def test_aeda_inserts_one_to_a_third_of_the_words(words, most):
    """Karimi et al. 2021: the number is drawn between one and a third of the length, each equally likely."""
    text = " ".join(f"w{i}" for i in range(words))
    edit = compiled("aeda")
    counts = Counter(len(edit.at(i)(text).split()) - words for i in range(3000))
    assert set(counts) == set(range(1, most + 1))
    assert all(abs(n - 3000 / most) < 4 * (3000 / most) ** 0.5 for n in counts.values()), counts


def test_the_rate_of_aeda_says_between_which_ends():
    text = " ".join("abcdefghijklmnopqrst")
    for rate, fewest, most in ((0.2, 4, 4), ([0.1, 0.5], 2, 10), (0, 0, 0), (1, 20, 20)):
        counts = Counter(len(compiled({"aeda": {"rate": rate}}).at(i)(text).split()) - 20 for i in range(400))
        assert set(counts) == set(range(fewest, most + 1))
    assert compiled({"aeda": {"max_count": 2}}).at(0)(text).count(" ") <= 21
    assert compiled({"aeda": {"protect": [{"regex": ".+"}]}}).at(0)(text) == text


LONG, SHORT = "one two three four five six", "one two three"


@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
@pytest.mark.parametrize("name", [pytest.param(n, marks=lacking(examples(kind)[0])) for n, kind in ops.catalogue("text").items()])
def test_short_texts_are_left_alone(name, backend):
    """`min_words` is a field of every op on texts: texts with fewer words stay, others are edited as without it."""
    op = examples(ops.catalogue("text")[name])[0]
    made = {field: tiny_resources()[field] for field in MODELS if field in type(op).model_fields}
    free = augment.compile(augment.Pipeline([op.replace(**made)]), backend)
    bound = augment.compile(augment.Pipeline([op.replace(**made, min_words=5)]), backend)
    for i in range(20):
        texts = [SHORT, LONG, "", "one, two: three! four"]
        assert bound.at(i)(texts) == [SHORT, free.at(i + 1)(LONG), *texts[2:]]
        sample = {"text": [SHORT, LONG]}
        assert bound.at(i)(sample)["text"] == [SHORT, free.at(i)(sample)["text"][1]]


def test_min_words_of_an_op_in_a_combinator_and_of_what_a_chat_says():
    edit = compiled({"one_of": [{"recase_words": {"rate": 1, "to": "upper", "min_words": 3}}]})
    assert edit.at(0)(["a b", "a b c"]) == ["a b", "A B C"]
    chat = [{"role": "user", "content": "a b"}, {"role": "user", "content": "a b c"}]
    spec = {"targets": {"messages": "text"}, "pipeline": [{"recase_words": {"rate": 1, "to": "upper", "min_words": 3}}]}
    assert [m["content"] for m in augment.compile(spec, "builtin").at(0)({"messages": chat})["messages"]] == ["a b", "A B C"]
