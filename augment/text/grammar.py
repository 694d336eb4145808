"""Parts of speech and inflection of English words: TextBlob's tagger and LemmInflect, both loaded on first use."""

from __future__ import annotations

from functools import lru_cache

from augment.text.document import Document

_POS = {"N": "n", "V": "v", "J": "a", "R": "r"}
_FUNCTION_WORDS = frozenset(
    """not be am is are was were been being have has had having do does did done doing
    will would shall should can could may might must""".split()
)


@lru_cache(maxsize=1024)
def tagged(text: str) -> tuple[str, ...]:
    """Return the Penn tag of each word of `Document.words`."""
    from textblob.en import tag

    document = Document(text)
    words = [document[span] for span in document.words]
    if not words:
        return ()
    tags = tuple(t for _, t in tag(" ".join(words), tokenize=False))
    assert len(tags) == len(words), f"the tagger made {len(tags)} words of {len(words)}"
    return tags


def part_of_speech(word: str, tag: str) -> str | None:
    """Return n, v, a or r; None for names, and for words that carry grammar rather than meaning."""
    if tag.startswith("NNP") or word.lower() in _FUNCTION_WORDS or "'" in word or "’" in word or not word.isalpha():
        return None
    return _POS.get(tag[:1]) if tag not in ("RP", "RBS") else None


@lru_cache(maxsize=16384)
def inflected(lemma: str, tag: str) -> str | None:
    """Return the form of a lemma that a Penn tag asks for; None if there is none. Of several words the first bends of verbs, the
    last of nouns."""
    if tag in ("NN", "VB", "VBP", "JJ", "RB"):
        return lemma
    from lemminflect import getInflection, getLemma

    if tag in ("JJR", "JJS") and getLemma(lemma, upos="ADJ") != (lemma,):
        return None  # a comparative already
    if tag == "RBR" and getLemma(lemma, upos="ADV") != (lemma,):
        return lemma if lemma.endswith("er") else None  # a comparative already, as the word itself, or a superlative
    words = lemma.split(" ")
    at = 0 if tag.startswith("V") else -1
    forms = getInflection(words[at], tag=tag, inflect_oov=tag != "RBR")  # most adverbs have none: no 'quicklier'
    if not forms:
        return None
    words[at] = forms[0]
    return " ".join(words)
