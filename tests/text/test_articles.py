"""The article follows what stands behind it: a car, an automobile."""

import random
import re

import pytest

import augment
from augment import ops
from augment.ops.meaning import InsertSynonyms, ReplaceAntonyms, ReplaceSynonyms
from augment.testing.text_suite import lacking
from augment.text.articles import is_vowel_sound

pytestmark = lacking(ReplaceSynonyms(rate=0.5))
AN = """apple egg hour honest heir honorable honor x-ray umbrella uncle unimportant uninteresting unintended unidentified umpire
    upper ugly urgent urban usher utter onerous 8 11 18 80-year-old 11th e-mail f-word Italian Isle ear eagle ewer""".split()
A = """car house hotel history university unit union unique uniform universe useful user usual utility one once one-way European
    euro eulogy ewe ukulele uranium ubiquitous unanimous 1 10 100 7 yellow u-turn b-side unicorn united young""".split()


@pytest.mark.parametrize("word", [w for w in AN if w != "ewer"])
def test_an(word):
    assert is_vowel_sound(word)


@pytest.mark.parametrize("word", [*A, "ewer"])
def test_a(word):
    assert not is_vowel_sound(word)


WORDS = """car house child automobile idea answer hour day old new big enormous honest unusual ugly event job animal odor error
    ocean     doctor emotion happy unhappy able artist engine army city apartment argument animal officer university""".split()
ARTICLE = re.compile(r"\b(an?)([\s\"“(]+)(\w[\w'-]*)", re.IGNORECASE)


def texts(count):
    rng = random.Random(0)
    for _ in range(count):
        parts = []
        for _ in range(4):
            some = rng.sample(WORDS, rng.choice([1, 2]))
            article = "an" if is_vowel_sound(some[0]) else "a"
            some[-1:] = [some[-1]]
            before = rng.choice(["It was", "She saw", "There is", "They had"])
            quote = rng.choice(["", "", "“", '"'])
            parts.append(f"{before} {article} {quote}{' '.join(some)}{'”' if quote == '“' else quote} there.")
        text = " ".join(parts)
        yield rng.choice([text, text.upper(), text.replace(" a ", " A ").replace(" an ", " An ")])


@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
@pytest.mark.parametrize("op", [
    ReplaceSynonyms(rate=0.6), ReplaceAntonyms(rate=0.9), InsertSynonyms(rate=0.5),
    ReplaceSynonyms(rate=1, senses=3, phrases=True), ops.Eda(rate=0.5),
], ids=["synonyms", "antonyms", "inserted", "phrases", "eda"])  # fmt: skip
def test_articles_follow(op, backend):
    """All articles of a text fit before; so they do afterwards, as long as only such words change."""
    targets = {"text": "text", "spans": {"kind": "spans", "of": "text"}}
    edit = augment.compile(augment.Pipeline([op], targets=targets), backend)
    changed = 0
    for i, text in enumerate(texts(150)):
        out = edit.at(i)({"text": text, "spans": [[0, 3]]})["text"]
        if op.name() == "eda" and sorted(re.findall(r"\w+", out)) == sorted(re.findall(r"\w+", text)):
            continue  # words were swapped
        if op.name() == "eda" and len(out) < len(text) - 3:
            continue  # or deleted
        for article, _, word in ARTICLE.findall(out):
            assert (article.lower() == "an") == is_vowel_sound(word), (text, out)
        changed += [a.lower() for a, *_ in ARTICLE.findall(out)] != [a.lower() for a, *_ in ARTICLE.findall(text)]
    assert changed > 5


def test_case_quotes_and_what_is_protected():
    op = {"replace_synonyms": {"rate": 1, "senses": 1}}
    edit = augment.compile({"pipeline": [op]}, "builtin")
    assert edit.at(0)("A car") in ("An auto", "An automobile", "A machine", "A motorcar")
    outs = {augment.compile({"pipeline": [op]}, "builtin").at(i)("a car") for i in range(30)}
    assert outs == {"an auto", "an automobile", "a machine", "a motorcar"}
    assert {edit.at(i)("A CAR") for i in range(30)} == {"AN AUTO", "AN AUTOMOBILE", "A MACHINE", "A MOTORCAR"}
    kept = augment.compile({"pipeline": [{"replace_synonyms": {"rate": 1, "protect": [{"words": ["a"]}]}}]}, "builtin")
    assert {kept.at(i)("a car") for i in range(30)} == {"a auto", "a automobile", "a machine", "a motorcar"}
    assert edit.at(0)("vitamin a: car") == edit.at(0)("vitamin a: car").replace(" an", " a"), "no article"


def test_a_wrong_article_before_a_word_that_stays_is_left():
    edit = augment.compile({"pipeline": [{"replace_synonyms": {"rate": 1}}]}, "builtin")
    assert edit.at(0)("a xyzzy and an xyzzy").count("a xyzzy") == 1
