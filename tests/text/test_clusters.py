"""Characters and words are whole: no cluster of Unicode is ever cut, as the library `regex` finds them."""

import random
import unicodedata

import regex

from augment.testing.texts import TEXTS
from augment.text.clusters import cluster_pattern
from augment.text.document import Document

TRUTH = regex.compile(r"\X")
PIECES = [
    "a", "é", "e\u0301", "\u0301", "\u200d", "\u200c", "\ufe0f", "👩", "👧", "🏽", "🇩", "🇪", "🏴", "\U000e0067", "\U000e007f",
    "한", "가", "각",
    "\u1100", "\u1161", "\u11a8", "क", "्", "ि", "ষ", "ত",
    "്", "\u0d4e", "\u0600", "1", "\r", "\n", " ", "ก", "ำ", "ี", "ﾞ", "ம", "က", "\u1038",
]  # fmt: skip


def assigned(texts):
    """Those of which Python's Unicode knows every character; that of `regex` is newer."""
    return (t for t in texts if all(unicodedata.category(c) not in ("Cn", "Cs") for c in t))


def strings():
    draw = random.Random(5)
    scripts = PIECES + [chr(draw.randrange(0x250, 0x2000)) for _ in range(300)]
    for _ in range(20_000):
        yield "".join(draw.choices(scripts, k=draw.randrange(1, 9)))
        yield "".join(chr(draw.randrange(0x300, 0x11FFF)) for _ in range(4))


def test_a_cluster_never_ends_inside_one_of_unicode():
    checked = 0
    for text in assigned(strings()):
        ours = {found.end() for found in cluster_pattern().finditer(text)}
        theirs = {found.end() for found in TRUTH.finditer(text)}
        assert ours <= theirs, [hex(ord(c)) for c in text]
        assert "".join(found[0] for found in cluster_pattern().finditer(text)) == text
        checked += 1
    assert checked > 20_000


def test_of_common_scripts_clusters_are_those_of_unicode():
    for text in (*TEXTS, "e\u0301te\u0301 👍🏽👩\u200d👧🇩🇪🇫🇷 한국어 ᄒ\u1161\u11ab नमस्ते กำลัง مُحَمَّد שָׁלוֹם"):
        ours = [found[0] for found in cluster_pattern().finditer(text)]
        assert ours == TRUTH.findall(text), text


WHOLE = [
    "a", "B", "1", " ", ".", "-", "'", "_", "é", "e\u0301", "한", "ᄒ\u1161\u11ab", "क्षि", "र्",
    "กำ", "ที่", "👍🏽", "👩\u200d👧",
    "🇩🇪", "1\ufe0f\u20e3",
    "ம்", "ക്ഷ", "שָׁ", "مُ", "\u06001", "🏴\U000e0067\U000e0062\U000e007f", "ｶﾞ", "❤️", "\n", "\t", "你", "。", "ß", "ı", "\u200b",
]  # fmt: skip


def test_no_word_or_sentence_cuts_a_cluster():
    draw = random.Random(6)
    mixed = ("".join(draw.choices(WHOLE, k=draw.randrange(1, 12))) for _ in range(20_000))
    for text in (*TEXTS, *mixed):
        ends = {0} | {found.end() for found in TRUTH.finditer(text)}
        document = Document(text)
        for span in (*document.words, *document.sentences, *document.characters):
            assert span[0] in ends and span[1] in ends, (text, span)


def test_units_of_a_plain_text():
    document = Document('Mr. Smith\'s e-mail: "It cost 12.50, i.e. v1.2!" He left at 18:45.\n\nThe end')
    assert [document[w] for w in document.words] == (
        ["Mr", "Smith's", "e-mail", "It", "cost", "12.50", "i.e.", "v1.2", "He", "left", "at", "18:45", "The", "end"]
    )
    assert [document[s] for s in document.sentences] == (
        ['Mr. Smith\'s e-mail: "It cost 12.50, i.e. v1.2!"', "He left at 18:45.", "The end"]
    )
    assert document.written == [document[w] for w in document.words]
    assert [Document("你好，世界。今天。")[s] for s in Document("你好，世界。今天。").sentences] == ["你好，世界。", "今天。"]
    assert Document("").sentences == Document(" \n").sentences == Document("").words == []
