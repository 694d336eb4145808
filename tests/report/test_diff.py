"""Texts are compared word by word, and nothing of either is lost."""

from itertools import pairwise

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from augment.report.diff import common, diff, diffs_of, followed
from augment.report.model import Change
from augment.report.study import edits_of
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


# Long texts ----------------------------------------------------------------------------------------------------------


def kept(made, before):
    return sum(len(p.text) for p in made.pieces if p.how == "same") / len(before)


def sentences(count):
    """Words as texts have them: a few that come again and again, and many that are rare."""
    words = []
    for i in range(count):
        words.append(("the", "of", "a", "and")[i % 4] if i % 2 else f"word{i * 7919 % 1013}")
    return words


def test_long_texts_that_lost_some_words_keep_the_others():
    for count in (20, 100, 186, 400, 1500):
        words = sentences(count)
        before, after = " ".join(words), " ".join(word for i, word in enumerate(words) if i % 20 != 7)
        made = diff("text", before, after)
        assert sides(made) == (before, after)
        assert kept(made, before) > 0.9 and abs(kept(made, before) - len(after) / len(before)) < 0.01, count


def test_nothing_shorter_leads_from_one_text_to_the_other():
    """Against the table of all pairs."""
    random = np.random.default_rng(3)
    for _ in range(200):
        old, new = (list(map(str, random.integers(0, 4, random.integers(0, 14)))) for _ in range(2))
        table = np.zeros((len(old) + 1, len(new) + 1), int)
        for i, a in enumerate(old):
            for j, b in enumerate(new):
                table[i + 1, j + 1] = table[i, j] + 1 if a == b else max(table[i, j + 1], table[i + 1, j])
        found = common(old, new)
        assert len(found) == table[-1, -1] and all(old[i] == new[j] for i, j in found)
        assert all(a < c and b < d for (a, b), (c, d) in pairwise(found))


def test_recorded_edits_are_shown_as_they_were_made(study):
    """Every op on texts, one after the other: what is shown leads from one text to the other, and touches nothing else."""
    text = " ".join(sentences(150)) + ". It was not bad at all, they said."
    ops = "swap_words: {rate: 0.1}, delete_words: {rate: 0.1}, typo_characters: {rate: 0.1}, delete_words: {rate: 0.1}"
    made = study(f"pipeline: [{ops}]", {"text": text}, backend="builtin", n=6)
    (subject,) = made.subjects
    for epoch in made.epochs:
        state = made.course(subject, epoch)[0]
        after = made.result(made.engines[0], subject, epoch)["text"]
        pieces = followed(text, after, state.passages["text"].changes)
        assert pieces is not None
        (shown,) = diffs_of({"text": text}, {"text": after}, DEFAULT_TARGETS, edits_of(state))
        assert shown.pieces == pieces and sides(shown) == (text, after)
        touched = sum(len(row["before"]) for row in state.passages["text"].changes)
        assert sum(len(p.text) for p in pieces if p.how == "gone") <= touched


def test_a_record_that_leads_elsewhere_is_not_believed():
    row = {"op": "a", "text": 0, "start": 0, "stop": 1, "before": "a", "after": "b"}
    assert followed("a c", "b c", [row]) == (("gone", "a"), ("new", "b"), ("same", " c"))
    assert followed("a c", "x c", [row]) is None and followed("x c", "b c", [row]) is None
    assert followed("a", "a", [row, {**row, "before": "b", "after": "a"}]) == (("same", "a"),)
