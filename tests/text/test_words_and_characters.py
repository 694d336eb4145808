"""What each op does to a text, in cases whose result is known; among them what nlpaug 1.1.11 does wrong."""

import re
from collections import Counter

import pytest

import augment
from augment import ops
from augment.errors import SpecError
from augment.text.document import Document
from augment.text.phrases import Phrases
from augment.text.protect import protected
from augment.text.tables import languages, table


def outs(op, text, count=200):
    """What comes out under ``count`` keys."""
    return augment.compile(augment.Pipeline([op]), "builtin").at(0)([text] * count)


# What nlpaug does wrong -----------------------------------------------------------------------------------------------

UNTOUCHED = 'Line one.\n\tLine  two "quoted" it\'s e-mail a@b.com $5.00 http://x.y/z'


def test_what_is_not_edited_stays_as_it_is():
    for out in outs(ops.TypoCharacters(rate=0.2), UNTOUCHED):
        assert re.sub(r"\w", "", out) == re.sub(r"\w", "", UNTOUCHED) and out.endswith("a@b.com $" + out[-17:])
        assert "a@b.com" in out and "http://x.y/z" in out
    assert set(outs(ops.TypoCharacters(rate=0), UNTOUCHED)) == {UNTOUCHED}


def test_a_low_rate_leaves_most_short_texts_and_a_high_one_has_no_cap():
    same = Counter(outs(ops.DeleteWords(rate=0.05), "good morning", 2000))["good morning"]
    assert 1740 < same < 1860  # 90 of 100: two words at 5 in 100 each
    text = " ".join(f"word{i}" for i in range(200))
    assert {len(out.split()) for out in outs(ops.DeleteWords(rate=0.5), text, 20)} == {100}


@pytest.mark.parametrize("remove", ["window", "rest"])
def test_a_crop_is_one_stretch_and_never_fails(remove):
    words = [f"w{i}" for i in range(10)]
    for text in ("one two three", "one two", "one", " ".join(words)):
        for out in outs(ops.CropWords(rate=[0, 1], remove=remove), text, 300):
            assert out.split(), "one word stays"
    starts = set()
    for out in outs(ops.CropWords(rate=0.3, remove=remove), " ".join(words), 1000):
        left = [int(w[1:]) for w in out.split()]
        gone = [i for i in range(10) if i not in left]
        stretch = gone if remove == "window" else left
        assert stretch == list(range(stretch[0], stretch[-1] + 1)) and len(gone) == 3
        assert out == " ".join(f"w{i}" for i in left)
        starts.add(stretch[0])
    assert starts == set(range(8 if remove == "window" else 4))


def test_deleted_words_stay_deleted():
    for out in outs(ops.DeleteWords(rate=0.5), "a b c d e f", 1000):
        assert len(out.split()) == 3 and out == " ".join(out.split())
    assert set(outs(ops.DeleteWords(rate=1), "first second")) == {"first", "second"}


def test_swapped_characters_stay_in_their_word_and_their_case():
    seen = set()
    for out in outs(ops.SwapCharacters(rate=0.4), "iPhone straße a I x", 500):
        for new, old in zip(out.split(), "iPhone straße a I x".split(), strict=True):
            assert Counter(new) == Counter(old)
            seen.update(i for i, (x, y) in enumerate(zip(new, old, strict=True)) if x != y and old == "iPhone")
    assert seen == set(range(6)), "the first and the last take part"
    for out in outs(ops.SwapCharacters(rate=1, protect_edges=True), "iPhone straße abc ab"):
        assert [(w[0], w[-1]) for w in out.split()] == [("i", "e"), ("s", "e"), ("a", "c"), ("a", "b")]


def test_lists_and_texts_keep_their_form():
    edit = augment.compile(augment.Pipeline([ops.SwapWords(rate=1), ops.TypoCharacters(rate=0.5)]), "builtin")
    assert isinstance(edit("one two"), str) and edit("") == "" and edit(" ") == " "
    assert len(edit(["one two", "", "three four"])) == 3 and edit([]) == []
    for wrong in (None, b"bytes", 3):
        with pytest.raises(augment.AugmentError, match="takes a text"):
            edit(wrong)


def test_protected_words_are_found_in_any_case_and_stay():
    assert set(outs(ops.DeleteWords(rate=1, protect=["alpha"]), "Alpha alpha beta")) == {"Alpha alpha"}
    assert set(outs(ops.RecaseWords(rate=1, to="upper", protect=["negations"]), "it is not so")) == {"IT IS not SO"}


def test_addresses_and_placeholders_are_protected_beside_what_is_listed():
    kept = ["http://a.b/c", "ftp://x.y", "imdb.com/title", "me@x.org", "<image>", "{name}", "[/INST]", "[unused1]"]
    text = f"not a film: {' '.join(kept)} at all"
    for protect in ([], ["negations"], ["urls"], [{"words": ["film"]}]):
        for out in outs(ops.TypoCharacters(rate=0.5, protect=protect), text, 20):
            assert [one for one in kept if one not in out] == []
    assert all("<image>" not in out for out in outs(ops.TypoCharacters(rate=1, protect=["only"]), text, 20))
    lost = outs(ops.TypoCharacters(rate=1, protect=["only", "negations"]), text, 20)
    assert all(out.startswith("not ") and "{name}" not in out for out in lost)


def test_negations_are_found_without_an_apostrophe():
    text = "dont isnt cant won't do'nt no-one never wanton font"
    for out in outs(ops.DeleteWords(rate=1, protect=["negations"]), text, 20):
        assert out == "dont isnt cant won't do'nt no-one never"


def test_names_of_groups_that_there_are_not():
    for wrong, told in (
        ("stopwords", "there are urls"), ("Emails", "did you mean 'urls'"), ("NEGATIONS", "did you mean 'negations'"),
        ("negation", "did you mean 'negations'"), ("names", "did you mean 'entities'"),
    ):  # fmt: skip
        with pytest.raises(SpecError, match=f"{wrong}' is no group.*{told}.*words"):
            augment.compile({"pipeline": [{"delete_words": {"rate": 0.5, "protect": [wrong]}}]}, "builtin")


def test_initials_are_one_word_with_their_full_stops():
    for end in ("", " in Köln"):  # texts of ASCII have a pattern of their own
        text = f"The U.S.A. and e.g. J.K. Rowling, 3.5 p.m., v1.2.3, vitamin C. I know a.b.c.dd{end}"
        known = "The U.S.A. and e.g. J.K. Rowling 3.5 p.m. v1.2.3 vitamin C I know a.b.c dd".split() + end.split()
        assert Document(text).written == known
    assert set(outs(ops.DeleteWords(rate=0.5), "U.S. goods")) == {"U.S.", "goods"}


def test_placeholders_are_found_and_per_cents_are_none():
    for text, kept in (
        ("%s is %d years, %.2f of %5d and %-3s", ["%s", "%d", "%.2f", "%5d", "%-3s"]),
        ("{name} sees <image> in %(place)s for $price or ${cost}", ["{name}", "<image>", "%(place)s", "$price", "${cost}"]),
        ("100%s 5% said 50% d %discount 100% %%s", []),
    ):
        found = protected(Document(text), ("placeholders",))
        assert [text[a:b] for a, b in found.spans] == kept
        for out in outs(ops.TypoCharacters(rate=1), text):
            assert all(one in out for one in kept)


def test_misspellings_are_no_words():
    entries = table("misspellings", "en")
    assert len(entries) > 1000
    wrong = {new for others in entries.values() for new in others}
    assert not wrong & set(entries) and not wrong & set(table("names", "en")) and not wrong & set(table("expansions", "en"))
    textblob = pytest.importorskip("textblob.en", reason="its lexicon is what misspellings are compared with")
    # a lexicon of a corpus of the web, in which common misspellings have tags too: words that are not misspelt are frequent
    known = {w for w in textblob.lexicon if w.islower()}
    assert len(wrong & known) < 0.07 * len(wrong)
    assert set(outs(ops.MisspellWords(rate=1), "dog")) == {"dog"}
    assert set(outs(ops.MisspellWords(rate=1), "The THE the")) <= {
        f"{a} {b} {c}" for a in ("Teh", "Hte") for b in ("TEH", "HTE") for c in ("teh", "hte")
    }


def test_masks_leave_the_rest():
    text = "The Quick (brown) fox isn't Zorgon-7."
    for out in outs(ops.MaskWords(rate=0.2), text):
        pattern = re.escape(out).replace(re.escape("[MASK]"), r"[\w'-]+")
        assert re.fullmatch(pattern, text) and 1 <= out.count("[MASK]") <= 2


def test_typos_keep_case_and_kind():
    for out in outs(ops.TypoCharacters(rate=0.5), "HELLO hello 2024"):
        assert re.fullmatch(r"[A-Z]{5} [a-z]{5} \d{4}", out) and out != "HELLO hello 2024"


# Tables --------------------------------------------------------------------------------------------------------------


def test_neighbours_are_neighbours():
    english = table("keyboards", "en")
    assert set(english["g"]) == set("ftyhbv") and set(english["q"]) == set("wa") and set(english["G"]) == set("FTYHBV")
    assert english["5"] == ("4", "6") and set(table("keyboards", "de")["z"]) >= set("tu")
    assert set(languages("keyboards")) == {"en", "de", "es", "fr", "he", "it", "nl", "pl", "th", "tr", "uk"}
    for layout in languages("keyboards"):
        entries = table("keyboards", layout)
        for key, others in entries.items():
            assert key not in others and others and len(set(others)) == len(others)
            assert all(key in entries[other] for other in others if other in entries), (layout, key)
    turkish = table("keyboards", "tr")
    assert "İ" in turkish and "I" in turkish and "ı" in turkish["u"] and "I" in turkish["U"]


def test_no_candidate_is_the_unit():
    texts = ["receive", "The", "A", "z", "0", "é", "ß", "한", "ক", "İ", "is not", "isn't", "Emma", "12", " ", "  ", "\t", "this"]
    for op in (
        ops.TypoCharacters(rate=1), ops.OcrCharacters(rate=1), ops.SubstituteCharacters(rate=1), ops.ReplaceHomoglyphs(rate=1),
        ops.RecaseCharacters(rate=1), ops.MisspellWords(rate=1), ops.ReplaceNames(rate=1), ops.ReplaceNumbers(rate=1),
        ops.ContractWords(rate=1), ops.ExpandWords(rate=1), ops.NoiseWhitespace(rate=1, forms=["double", "drop", "tab"]),
        ops.SubstituteCharacters(rate=1, alphabet="xyz"), ops.MaskWords(rate=1, mask="A"), ops.RecaseWords(rate=1, to="title"),
    ):  # fmt: skip
        assert any(op.candidates(text) for text in texts), op
        for text in texts:
            assert text not in op.candidates(text), (op, text)
            assert list(op.candidates(text)) == list(op.candidates(text))


# Words and phrases ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("before, after", [
    ("It is not so.", "It isn't so."),
    ("He is. I am not sure.", "He is. I'm not sure."), ("I AM HERE", "I'M HERE"),
    ("They will go, we have been there.", "They'll go, we've been there."), ("Cannot we?", "Can't we?"),
    ("this is a list", "this is a list"),
])  # fmt: skip
def test_contractions(before, after):
    assert after in outs(ops.ContractWords(rate=1), before)


@pytest.mark.parametrize("before, after", [
    ("I'm sure it isn’t.", "I am sure it is not."), ("Isn't it late?", "Isn't it late?"), ("He's been here", "He has been here"),
    ("It's a dog", "It is a dog"), ("John's dog, he'd go", "John's dog, he'd go"), ("WON'T DO", "WILL NOT DO"),
    ("he's never", "he's never"),
])  # fmt: skip
def test_expansions(before, after):
    assert set(outs(ops.ExpandWords(rate=1), before, 3)) == {after}


def test_reserved_phrases():
    op = ops.ReplaceReserved(rate=1, groups=[["New York", "NY"], ["New York City", "NYC"], ["C++", "cpp"]])
    assert set(outs(op, "New York City and New  York, not NYLON; C++ (c++)", 5)) == {"NYC and NY, not NYLON; Cpp (cpp)"}
    exact = ops.ReplaceReserved(rate=1, groups=[["us", "them"]], ignore_case=False)
    assert set(outs(exact, "us US", 5)) == {"them US"}
    with pytest.raises(SpecError, match=r"groups.*at least two different"):
        ops.ReplaceReserved(rate=1, groups=[["one"]])
    with pytest.raises(SpecError, match="must be groups of equivalents"):
        ops.ReplaceReserved(rate=1, groups=["one", "two"])
    many = Phrases([f"word{i} end" for i in range(5000)])
    assert many.find("word4999 end, word5000 end") == [(0, 12)]


def test_numbers():
    kept = "on 2024-01-31 at 18:45, v1.2, A4, 3rd, 10.0.0.1/8, 1234567890123456"
    assert set(outs(ops.ReplaceNumbers(rate=1), kept, 5)) == {kept}
    for out in outs(ops.ReplaceNumbers(rate=1), "3 of 1,200 at 0.50, -7"):
        assert re.fullmatch(r"\d of [1-9],\d{3} at 0\.\d\d, -\d", out) or re.fullmatch(r"\d of [1-9],\d{3} at 0\.\d\d, -7", out)
        assert not out.startswith("3 ") and "1,200" not in out and "0.50" not in out
    assert {int(o) for o in outs(ops.ReplaceNumbers(rate=1), "42", 3000)} == set(range(10, 100)) - {42}


def test_names_keep_their_kind_and_case():
    for out in outs(ops.ReplaceNames(rate=1), "Emma saw emma and ROBERT"):
        first, *rest, last = out.split()
        assert first != "Emma" and first.istitle() and rest == ["saw", "emma", "and"] and last.isupper() and last != "ROBERT"
        assert first in table("names", "en")["emma"] and last.title() in table("names", "en")["robert"]


def test_splits_and_merges():
    for out in outs(ops.SplitWords(rate=1), "key e\u0301te\u0301 a"):
        parts = out.split(" ")
        assert "".join(parts) == "keye\u0301te\u0301a" and len(parts) == 5
        assert not any(part.startswith("\u0301") for part in parts)
    assert set(outs(ops.MergeWords(rate=1), "one two, three\nfour five")) == {"onetwo, three\nfourfive"}
    assert set(outs(ops.MergeWords(rate=1, protect=["not"]), "it is not so fine")) == {"itis not sofine"}


def test_punctuation_and_white_space():
    for out in outs(ops.InsertPunctuation(rate=0.5), "one two three four"):
        assert re.sub(r"[.;?:!,] ", "", out) == "one two three four" and len(out) == 18 + 4
    for out in outs(ops.NoiseWhitespace(rate=1, forms=["tab", "newline"]), "a  b,c d"):
        assert re.fullmatch(r"a[\t\n]b,c[\t\n]d", out)


def test_sentences():
    text = "One is here. Two, too!  Three?\n\nMr. Four left."
    seen = set(outs(ops.ShuffleSentences(rate=1), text, 500))
    parts = ["One is here.", "Two, too!", "Three?", "Mr. Four left."]
    for out in seen:
        new = [Document(out)[s] for s in Document(out).sentences]
        assert Counter(new) == Counter(parts) and all(a != b for a, b in zip(new, parts, strict=True))
        assert out.count("\n\n") == 1 and len(out) == len(text)
    assert len(seen) == 6, "every cycle through four"
    left = set(outs(ops.DeleteSentences(rate=0.25), text, 200))
    assert left == {
        "Two, too!  Three?\n\nMr. Four left.", "One is here. Three?\n\nMr. Four left.",
        "One is here. Two, too!\n\nMr. Four left.",
        "One is here. Two, too!  Three?",
    }  # fmt: skip


def test_spans_move_with_their_words():
    sample = {"text": "big dogs bark", "spans": [[0, 3], [4, 8], [9, 13]]}
    edit = augment.compile({"pipeline": [{"swap_words": {"rate": 1}}]}, "builtin")
    for index in range(10):
        out = edit.at(index)(sample)
        assert out["text"] != sample["text"]
        assert [out["text"][a:b] for a, b in out["spans"]] == ["big", "dogs", "bark"]
