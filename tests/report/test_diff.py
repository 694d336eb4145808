"""Texts are compared word by word, and nothing of either is lost."""

from hypothesis import given, settings
from hypothesis import strategies as st

from augment.report.diff import diff, diffs_of
from augment.report.model import Change
from augment.sample import DEFAULT_TARGETS


def sides(made):
    before = "".join(p.text for p in made.pieces if p.how != "new")
    return before, "".join(p.text for p in made.pieces if p.how != "gone")


words = st.text("ab c.,'\n\t🙂é-", max_size=40)


@settings(max_examples=150, deadline=None)
@given(words, words)
def test_both_texts_can_be_read_back(before, after):
    assert sides(diff("text", before, after)) == (before, after)


def test_long_texts_are_compared_line_by_line_first():
    lines = [f"Line {i} says {i * 7919 % 1013}.\n" for i in range(3000)]
    changed = [*lines[:100], lines[100].replace("says", "asks"), *lines[101:2000], "A new line.\n", *lines[2000:]]
    made = diff("text", "".join(lines), "".join(changed))
    assert sides(made) == ("".join(lines), "".join(changed))
    assert [tuple(p) for p in made.pieces if p.how != "same"] == [("gone", "says"), ("new", "asks"), ("new", "A new line.\n")]


def test_what_is_too_long_to_compare_is_replaced():
    before, after = "a b " * 9000, "c d " * 9000
    assert sides(diff("text", before, after)) == (before, after)


def test_whole_words_are_marked():
    made = diff("caption", "a cat on the left", "a cat on the right", [Change("flip", "left", "right")])
    assert [tuple(p) for p in made.pieces] == [("same", "a cat on the "), ("gone", "left"), ("new", "right")]
    assert made.name == "caption" and made.changes == (("flip", "left", "right"),)


def test_one_text_is_all_the_same():
    assert [tuple(p) for p in diff("text", "it's  here", "it's  here").pieces] == [("same", "it's  here")]
    assert diff("text", "", "").pieces == ()


def test_lists_of_texts_are_compared_one_by_one():
    made = diffs_of({"text": ["a b", "c"], "image_id": "x"}, {"text": ["a", "c d"], "image_id": "y"}, DEFAULT_TARGETS)
    assert [sides(one) for one in made] == [("a b", "a"), ("c", "c d")]
