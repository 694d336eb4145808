"""Where spans lie after edits: over the same words or their new forms, whole, without what stood beside them, or nowhere."""

import pytest

import augment

EDITS = {
    "upper": {"recase_words": {"rate": 1, "to": "upper"}},
    "split": {"split_words": {"rate": 1}},
    "mask": {"mask_words": {"rate": 1}},
    "letters": {"insert_characters": {"rate": 1, "alphabet": "x"}},
    "points": {"insert_punctuation": {"rate": 1, "marks": ";"}},
}


def edited(op, text, phrase, **fields):
    start = text.index(phrase)
    sample = {"text": text, "spans": [[start, start + len(phrase)]]}
    out = augment.apply({"pipeline": [op], **fields}, sample, backend="builtin")
    return [out["text"][a:b] for a, b in out["spans"]], out["text"]


@pytest.mark.parametrize("phrase", ["0 \u0e33", " \u0e33"])
def test_a_letter_that_is_no_word_of_its_own_stays(phrase):
    double = {"noise_whitespace": {"rate": 1, "forms": "double"}}
    assert edited(double, "0 \u0e33", phrase)[0] == [phrase.replace(" ", "  ") if phrase[0] == "0" else "\u0e33"]


@pytest.mark.parametrize("phrase, edit, want", [
    ("Big Apple", "upper", "BIG APPLE"), ("Big Apple's", "upper", "BIG APPLE'S"), ("pl", "upper", "PL"),
    ("Big Apple", "mask", "[MASK] [MASK]"), ("ppl", "mask", "[MASK]"), ("the Big", "letters", "xtxhxe xBxixg"),
    ("Big", "points", "Big"), ("the Big", "points", "the ;Big"),
])  # fmt: skip
def test_a_word_that_a_span_covers_in_part(phrase, edit, want):
    found, _ = edited(EDITS[edit], "see the Big Apple's core", phrase)
    assert found == [want.replace(";Big", "; Big")]


def test_what_is_split_is_taken_whole():
    (found,), text = edited(EDITS["split"], "the Big Apple's core", "Big Apple")
    first, last = text.index("B"), text.index("s ", text.index("A")) + 1
    assert found == text[first:last] and found.replace(" ", "") == "BigApple's"


@pytest.mark.parametrize("gone, left", [
    (["Smith"], ["Dr"]), (["Dr"], ["Smith"]), (["Dr", "Smith"], []), (["went"], ["Dr. Smith"]), ([], ["Dr. Smith"]),
])  # fmt: skip
def test_deletions_leave_no_blanks_and_no_punctuation_at_the_edges(gone, left):
    text = "so Dr. Smith went home"
    protect = [{"words": [w for w in ("so", "Dr", "Smith", "went", "home") if w not in gone]}]
    found, out = edited({"delete_words": {"rate": 1, "protect": protect}}, text, "Dr. Smith")
    assert found == left and not any(word in out.replace(".", "").split() for word in gone)


def test_a_lost_span_takes_its_label_along_and_is_on_record():
    spec = {
        "targets": {"text": "text", "spans": {"kind": "spans", "of": "text", "carry": ["kinds"]}},
        "pipeline": [{"delete_words": {"rate": 1, "protect": [{"words": ["went", "home"]}]}}],
    }
    sample = {"text": "Dr. Smith went home", "spans": [[0, 9], [10, 14]], "kinds": ["PER", "O"]}
    out = augment.apply(spec, sample, backend="builtin")
    assert out["kinds"] == ["O"] and [out["text"][a:b] for a, b in out["spans"]] == ["went"]
    assert augment.record(spec, sample, index=0)["dropped"] == {"spans": [{"row": 0, "reason": "edited away"}]}


def test_quotation_marks_and_brackets_of_a_span_stay_with_it():
    protect = [{"words": ["he", "said", "yes"]}]
    found, out = edited({"delete_words": {"rate": 1, "protect": protect}}, 'he said "oh, yes" (no)', '"oh, yes"')
    assert found == ['", yes"'] and found[0] in out


@pytest.mark.parametrize("phrase, want", [
    ("York City", []), ("New", []), ("New York", ["NYC"]), ("New York City", ["NYC City"]), ("City", ["City"]), ("in New", []),
])  # fmt: skip
def test_part_of_what_several_words_became_is_no_span(phrase, want):
    op = {"replace_reserved": {"rate": 1, "groups": [["New York", "NYC"]], "ignore_case": False}}
    assert edited(op, "live in New York City", phrase) == (want, "live in NYC City")


def test_words_that_are_written_as_one_keep_a_span_each():
    sample = {"text": "Anna Berg lives", "spans": [[0, 4], [5, 9]]}
    out = augment.apply({"pipeline": [{"merge_words": 1}]}, sample, backend="builtin")
    assert out["text"] == "AnnaBerglives" and out["spans"] == [[0, 4], [4, 8]]
