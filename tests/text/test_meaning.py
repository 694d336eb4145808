"""Synonyms and antonyms from a real WordNet and a real tagger: the right sense, inflection and case, and nothing else."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest
from torch.utils.data import DataLoader

import augment
from augment import ops

pytestmark = pytest.mark.wordnet


def synonyms(word, tag, **options):
    from augment.text.wordnet import synonyms as find

    return find(word, tag, **options)


@pytest.mark.parametrize(
    ("word", "tag", "among"),
    [
        ("quickly", "RB", "rapidly"), ("started", "VBD", "began"), ("based", "VBN", "established"), ("children", "NNS", "kids"),
        ("Children", "NNS", "Kids"), ("CHILDREN", "NNS", "KIDS"), ("larger", "JJR", "bigger"), ("watched", "VBD", "observed"),
        ("stone", "NN", "rock"), ("faster", "RBR", "quicker"), ("sooner", "RBR", "earlier"),
    ],
)  # fmt: skip
def test_synonyms_are_inflected_and_cased_like_the_word(word, tag, among):
    assert among in synonyms(word, tag)


@pytest.mark.parametrize(
    ("word", "tag"),
    [
        ("is", "VBZ"), ("was", "VBD"), ("London", "NNP"), ("the", "DT"), ("isn't", "VBZ"), ("3", "CD"), ("not", "RB"),
        ("better", "RBR"),
    ],
)  # fmt: skip
def test_grammar_and_names_have_none(word, tag):
    assert synonyms(word, tag) == ()


def test_no_candidate_stands_twice_or_is_the_word_itself():
    for word, tag in [("big", "JJ"), ("dog", "NN"), ("runs", "VBZ"), ("good", "JJ"), ("larger", "JJR")]:
        found = synonyms(word, tag, senses=5)
        assert len(set(found)) == len(found) and word not in found
        assert "biggerer" not in found


def test_the_part_of_speech_decides():
    assert "stockpile" in synonyms("reserve", "NN") and "earmark" in synonyms("reserve", "VB")
    assert not set(synonyms("reserve", "NN")) & set(synonyms("reserve", "VB"))


def test_antonyms():
    from augment.text.wordnet import antonyms

    assert antonyms("happy", "JJ") == ("unhappy",)
    assert "slowly" in antonyms("quickly", "RB")
    assert antonyms("stone", "NN") == ()


def test_a_sentence_keeps_everything_else():
    text = 'The "big"  dog\tstarted, quickly…  e-mail: a@b.com'
    spec = augment.Pipeline([ops.ReplaceSynonyms(rate=1)])
    out = augment.compile(spec, "builtin").at(1)(text)
    assert out != text
    for kept in ('The "', '"  ', "\t", ", ", "…  e-mail: a@b.com"):
        assert kept in out


def test_phrases_are_left_out_unless_wanted():
    texts = ["He runs and she watched the children"] * 40
    single = augment.compile(augment.Pipeline([ops.ReplaceSynonyms(rate=1, senses=3)]), "builtin").at(0)(texts)
    several = augment.compile(augment.Pipeline([ops.ReplaceSynonyms(rate=1, senses=3, phrases=True)]), "builtin").at(0)(texts)
    assert all(len(t.split()) == 7 for t in single)
    assert any(len(t.split()) > 7 for t in several)


def test_inserted_synonyms_are_of_words_of_the_text():
    text = "The children started quickly"
    out = augment.compile(augment.Pipeline([ops.InsertSynonyms(rate=0, min_count=1)]), "builtin").at(3)(text)
    new = [w for w in out.split() if w not in text.split()]
    allowed = {s.lower() for w, t in (("children", "NNS"), ("started", "VBD"), ("quickly", "RB")) for s in synonyms(w, t)}
    assert len(new) == 1 and new[0] in allowed


def test_threads_share_the_dictionary():
    words = ["dog", "river", "bridge", "garden", "train", "house", "friend", "window"] * 8
    from augment.text import wordnet

    want = [synonyms(w, "NN") for w in words]
    wordnet.synonyms.cache_clear()
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(lambda w: synonyms(w, "NN"), words)) == want


def test_reading_it_prints_no_warning(recwarn):
    synonyms("mountain", "NN")
    assert not [w for w in recwarn if "multilingual" in str(w.message)]
    assert "nltk" in sys.modules


def test_workers_after_a_first_call_in_the_parent():
    """Forked workers have files of their own: shared ones would be read at each other's places."""
    from augment.text import wordnet

    edit = augment.compile(augment.Pipeline([ops.ReplaceSynonyms(rate=0.5)]), "builtin")
    nouns = "dog river bridge garden train house friend window mountain letter table engine forest island market ship".split()
    texts = [f"The {a} and the {b} of a {c}" for a in nouns for b in nouns[:4] for c in nouns[:2] if len({a, b, c}) == 3]
    want = edit.at(0)(texts)
    for _ in range(2):
        wordnet.synonyms.cache_clear()
        wordnet._reader()._synset_offset_cache.clear()  # so that the workers read
        edit.at(0)(texts[:1])
        loader = DataLoader(edit.over(texts), batch_size=7, num_workers=4)
        assert [text for batch in loader for text in batch] == want
