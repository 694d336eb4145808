"""Parts of speech of English words: TextBlob's tagger, loaded on first use."""

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
    return part_of_tag(tag) if tag not in ("RP", "RBS") else None


def part_of_tag(tag: str) -> str | None:
    """Return n, v, a or r; None for a tag of other words."""
    return _POS.get(tag[:1])
