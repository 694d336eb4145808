"""What stands for a word is a word: of WordNet, or a regular form of one that is no form itself; over its whole list of words."""

import re

import pytest

from augment.ops.meaning import ReplaceSynonyms
from augment.testing.text_suite import lacking

pytestmark = lacking(ReplaceSynonyms(rate=0.5))
TAGS = {"n": ("NN", "NNS"), "v": ("VB", "VBP", "VBD", "VBG", "VBN", "VBZ"), "a": ("JJ", "JJR", "JJS"), "r": ("RB", "RBR")}
CORRECT = [
    ("step", "NNS", "steps"), ("steps", "NNS", "steps"), ("leaf", "NNS", "leaves"), ("englishwoman", "NNS", "englishwomen"),
    ("mother-in-law", "NNS", "mothers-in-law"), ("bus", "NNS", "buses"), ("brother", "NNS", "brothers"),
    ("child", "NNS", "children"),
    ("passer-by", "NNS", "passers-by"), ("innards", "NNS", "innards"), ("fly", "NNS", "flies"), ("monkey", "NNS", "monkeys"),
    ("gas", "NNS", "gases"), ("news", "NNS", "news"), ("street light", "NNS", "street lights"), ("quiz", "NNS", "quizzes"),
    ("tar", "VBD", "tarred"), ("forswear", "VBN", "forsworn"), ("ad-lib", "VBG", "ad-libbing"), ("go", "VBD", "went"),
    ("take", "VBN", "taken"), ("try", "VBZ", "tries"), ("ablate", "VBG", "ablating"), ("give up", "VBD", "gave up"),
    ("stop", "VBG", "stopping"), ("bother", "VBD", "bothered"), ("panic", "VBG", "panicking"), ("sensify", "VBD", "sensified"),
    ("old", "JJR", "older"), ("aged", "JJR", None), ("true", "JJR", "truer"), ("free", "JJS", "freest"),
    ("big", "JJS", "biggest"),
    ("graceful", "JJR", None), ("good", "JJR", "better"), ("elder", "JJR", None), ("happy", "JJR", "happier"),
    ("correctly", "RBR", None), ("early", "RBR", "earlier"), ("fast", "RBR", "faster"), ("damned", "RBR", None),
    ("palatial", "JJR", None), ("simple", "JJR", "simpler"), ("narrow", "JJS", "narrowest"), ("bad", "JJR", "worse"),
]  # fmt: skip


@pytest.mark.parametrize(("lemma", "tag", "form"), CORRECT)
def test_forms_that_people_know(lemma, tag, form):
    from augment.text.wordnet import form_of

    assert form_of(lemma, tag) == form


def regular(lemma, pos):
    """All that the rules of grammars make of a word, whose last consonant is not doubled: WordNet lists those of which it is."""
    e, y, hiss = lemma.endswith("e"), re.search("[^aeiou]y$", lemma), re.search("(s|x|z|ch|sh|o)$", lemma)
    s = f"{lemma[:-1]}ies" if y else f"{lemma}es" if hiss and not re.search("[aeiou]o$", lemma) else f"{lemma}s"
    if pos == "n":
        return {s, f"{lemma}s"} if lemma.endswith("o") else {s}
    stem = lemma[:-1] if e or y else lemma
    if pos == "v":
        ing = lemma[:-2] + "y" if lemma.endswith("ie") else lemma[:-1] if e and not re.search("(ee|oe|ye|nge)$", lemma) else lemma
        ing = {f"{ing}ing", f"{lemma[:-1]}ing"} if lemma.endswith("nge") else {f"{ing}ing"}
        return {s, f"{stem}{'i' if y else ''}ed", *ing}
    if lemma.endswith("ey"):
        return {f"{lemma[:-2]}i{end}" for end in ("er", "est")}
    return {f"{stem}{'i' if y else ''}{end}" for end in ("er", "est")}


def compound(lemma, form, listed):
    """Whether its last part is listed: superman, supermen."""
    return any(lemma[i:] in listed.get(form[i:], ()) for i in range(1, len(lemma) - 2) if form[:i] == lemma[:i])


def syllables(word):
    silent = word.endswith("e") and not re.search("[^aeiouy]le$", word)
    return max(len(re.findall("[aeiouy]+", word)) - silent, 1)


def short(word):
    """Whether English makes its comparative by an ending."""
    two = syllables(word) == 2 and word.endswith(("y", "le", "ow", "er"))
    return (syllables(word) == 1 or two) and not (len(word) > 4 and word.endswith(("ed", "ing")))


def test_every_form_of_every_word_is_a_word():
    """Over all words of WordNet 3.0 in small letters and all forms: with LemmInflect alone 26,777 of 222,470 are none (ageder,
    stepses, tared)."""
    from augment.text import wordnet

    reader = wordnet._reader()
    words = {n for pos in "nvasr" for n in reader.all_lemma_names(pos)}
    listed = {pos: set(reader._exception_map[pos]) for pos in "nvar"}
    nouns = set(reader.all_lemma_names("n"))
    wrong, many = [], 0
    for pos, tags in TAGS.items():
        for lemma in sorted(set(reader.all_lemma_names(pos)) | set(reader.all_lemma_names("s") if pos == "a" else ())):
            if "_" in lemma or not lemma.islower():
                continue
            plural = len(lemma) > 3 and lemma.endswith("s") and not lemma.endswith(("ss", "us", "is")) and lemma[:-1] in nouns
            is_form = (pos == "n" and plural) or (pos in "ar" and lemma in listed[pos])
            for tag in tags:
                form = wordnet.form_of(lemma, tag)
                many += form is not None
                if form is None or form == lemma:
                    continue
                known = form in listed[pos] and lemma in reader._exception_map[pos][form]
                made = not is_form and form in regular(lemma, pos) and (pos in "nv" or short(lemma))
                if not (known or made or compound(lemma, form, reader._exception_map[pos]) or form in words):
                    wrong.append((lemma, tag, form))
    assert many > 120_000
    # what is written with a capital, as DOS, never stands for a word
    wrong = [w for w in wrong if any(w[0] in synset.lemma_names() for synset in reader.synsets(w[0]))]
    assert not wrong, f"{len(wrong)} of {many}: {wrong[:: max(1, len(wrong) // 40)]}"


def test_synonyms_of_inflected_words_are_inflected_once():
    from augment.text.wordnet import antonyms, synonyms

    assert "steps" in synonyms("stairs", "NNS", 3) and not any(w.endswith("ses") for w in synonyms("stairs", "NNS", 3))
    assert "ageder" not in synonyms("older", "JJR", 5)
    assert all(w in ("younger", "newer") for w in antonyms("older", "JJR", 3))
