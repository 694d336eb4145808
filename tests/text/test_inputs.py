"""What a compiled text spec is given: forms that it takes come back as they were, all else is an error that says what to do."""

import datasets
import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
import torch

import augment
from augment.errors import SampleError
from augment.testing.texts import PLAIN

UPPER = {"pipeline": [{"recase_words": {"rate": 1, "to": "upper"}}]}
FEWER = {
    "targets": {"text": "text", "spans": {"kind": "spans", "of": "text", "carry": ["tags"]}},
    "pipeline": [{"delete_words": {"rate": 1, "protect": [{"words": ["is"]}]}}],
}
TYPOS = {"seed": 3, "pipeline": [{"typo_characters": {"rate": 0.3}}]}


@pytest.fixture(scope="module")
def edit():
    return augment.compile(TYPOS, "builtin")


@pytest.fixture(scope="module")
def upper():
    return augment.compile(UPPER, "builtin")


# Spans ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("array", [np.array, torch.tensor], ids=["numpy", "torch"])
def test_spans_in_arrays_and_tensors_stay_such(array):
    spans, tags = array([[0, 4], [5, 7]]), array([7, 8])
    out = augment.apply(UPPER, {"text": "anna is", "spans": spans}, backend="builtin")
    assert out["text"] == "ANNA IS" and type(out["spans"]) is type(spans)
    assert out["spans"].dtype == spans.dtype and out["spans"].tolist() == [[0, 4], [5, 7]]
    out = augment.apply(FEWER, {"text": "anna is", "spans": spans, "tags": tags}, backend="builtin")
    assert out["text"] == "is" and out["spans"].tolist() == [[0, 2]]
    assert type(out["tags"]) is type(tags) and out["tags"].tolist() == [8]
    for empty in (spans[:0], augment.apply(FEWER, {"text": "is anna", "spans": spans[:0]}, backend="builtin")["spans"]):
        out = augment.apply(UPPER, {"text": "anna is", "spans": empty}, backend="builtin")
        assert type(out["spans"]) is type(spans) and tuple(out["spans"].shape) == (0, 2)


def test_rows_that_an_array_cannot_hold_any_more():
    spans = np.array([[[0, 4], [5, 7]], [[5, 7], [0, 7]]])
    with pytest.raises(SampleError, match=r"spans: its rows are not of one length any more.* give lists"):
        augment.apply(FEWER, {"text": "anna is", "spans": spans, "tags": [1, 2]}, backend="builtin")
    out = augment.apply(FEWER, {"text": "anna is", "spans": spans.tolist(), "tags": [1, 2]}, backend="builtin")
    assert out["spans"] == [[[0, 2]], [[0, 2], [0, 2]]] and out["tags"] == [1, 2]


@pytest.mark.parametrize("spans, message", [
    ([0, 3], r"a span is \[start, stop\].*, not 0"), (None, r"a list of spans.*, not None; without any, an empty one"),
    ([None], "a span is .*, not None"), ([[0.5, 3]], r"a span is .*, not \[0.5, 3\]"), ([["0", "3"]], "a span is .*'0', '3'"),
    ([[True, 3]], "a span is .*True"), ([[0, float("nan")]], "a span is .*nan"), (5, "a list of spans.*, not 5"),
    ("ab", "a list of spans.*, not 'ab'"), ([[[0, 3], None]], "a span is .*None"), ([[0, 3, 1, 2]], "a span is .*2]"),
])  # fmt: skip
def test_what_is_no_span_is_refused(spans, message):
    with pytest.raises(SampleError, match=f"spans: (is )?{message}"):
        augment.apply(UPPER, {"text": "anna is", "spans": spans}, backend="builtin")


def test_whole_numbers_in_floats_are_places():
    out = augment.apply(UPPER, {"text": "anna is", "spans": np.array([[0.0, 4.0]])}, backend="builtin")
    assert out["spans"].tolist() == [[0, 4]]


# Texts ---------------------------------------------------------------------------------------------------------------

NO_TEXT = [
    (None, "None: leave such rows out"), (float("nan"), "nan: leave such rows out"), (b"a", r"bytes: decode it, \.decode"),
    (5, "int"), (np.array("a b"), r"an array without axes: take its text, \.item\(\)"),
    (pd.DataFrame({"text": ["a"]}), r"DataFrame, which has columns: give one of them"),
    (datasets.Dataset.from_dict({"text": ["a"]}), r"Dataset, which has columns: give one of them"),
]  # fmt: skip


@pytest.mark.parametrize("wrong, message", NO_TEXT, ids=[message.split()[0] for _, message in NO_TEXT])
def test_what_is_no_text_is_named_with_its_place_and_a_way_out(upper, wrong, message):
    in_list = {"text": ["a", wrong]}
    for data, where in ((wrong, ", not "), ({"text": wrong}, "text: .*, not "), (in_list, r"text: .* text\[1\] is ")):
        with pytest.raises(SampleError, match=where + message):
            upper.at(0)(data)
        with pytest.raises(SampleError, match=where + message):
            upper(data)
    with pytest.raises(SampleError, match=r"and \[1\] is " + message):
        upper.at(0)(["a", wrong])
    with pytest.raises(SampleError, match="entry 2: .*" + message):
        upper.over(["a", "b", wrong])[2]


COLUMNS = {
    "array": np.array, "objects": lambda texts: np.array(texts, object),
    "series": lambda texts: pd.Series(texts, index=range(len(texts), 0, -1)),
    "categories": lambda texts: pd.Series(texts, dtype="category"), "extension": lambda texts: pd.array(texts), "index": pd.Index,
    "arrow": pa.array, "chunks": lambda texts: pa.chunked_array([texts[:1], texts[1:]]),
    "datasets": lambda texts: datasets.Dataset.from_dict({"text": texts})["text"],
}  # fmt: skip


@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
@pytest.mark.parametrize("column", COLUMNS.values(), ids=COLUMNS)
def test_a_column_is_the_list_of_its_texts_by_place(backend, column):
    edit, texts = augment.compile(TYPOS, backend), list(PLAIN)
    want, given = edit.at(3)(texts), column(texts)
    assert edit.at(3)(given) == want != texts
    edit.set_random_seed(1)
    drawn = edit(given)
    edit.set_random_seed(1)
    assert drawn == edit(texts) != texts
    out = edit.at(3)({"text": given})["text"]
    assert list(out) == edit.at(3)({"text": texts})["text"]
    assert list(edit.over([given])[0]) == edit.over([texts])[0]
    if backend == "nlpaug":
        edit.set_random_seed(1)
        assert edit.augment(given) == drawn


@pytest.mark.parametrize("said", [5, {"type": "text", "text": "a"}, [5], [{"type": "text"}], [{"type": "text", "text": 5}]])
def test_a_message_says_a_text_or_parts(said):
    chat = [{"role": "system", "content": "be kind"}, {"role": "user", "content": said}]
    with pytest.raises(SampleError, match=r"text\[1\]: .*content is (a text, or a list of parts|of the type text)"):
        augment.apply(UPPER, {"text": chat}, backend="builtin")
    mine = {**UPPER, "targets": {"text": {"kind": "text", "roles": "system"}}}
    assert augment.apply(mine, {"text": chat}, backend="builtin")["text"] == [{"role": "system", "content": "BE KIND"}, chat[1]]


def test_a_message_that_calls_a_tool_says_nothing(upper):
    chat = [{"role": "user", "content": "now"}, {"role": "assistant", "content": None, "tool_calls": [1]}]
    assert upper.at(0)({"text": chat})["text"] == [{"role": "user", "content": "NOW"}, chat[1]]


def test_a_text_alone_is_the_target_text():
    op = {"recase_words": {"rate": 1, "to": "upper", "on": "b"}}
    with pytest.raises(SampleError, match=r"a text alone is the target 'text'.* give a sample, \{'b': text\}"):
        augment.compile({"targets": {"a": "text", "b": "text"}, "pipeline": [op]}, "builtin").at(0)("x")
    mark = {"insert_punctuation": {"rate": 1, "marks": ";", "on": "text"}}
    both = augment.compile({"targets": {"text": "text", "b": "text"}, "pipeline": [op, mark]}, "builtin")
    assert both.at(0)("x y") == both.at(0)({"text": "x y", "b": "x"})["text"] == "; x ; y"
    assert both.at(0)(["x", "y"]) == ["; x", "; y"] and both.over(["x"])[0] == "; x"
    captions = {"targets": {"text": "caption", "note": "text"}, "pipeline": UPPER["pipeline"]}
    with pytest.raises(SampleError, match=r"give a sample, \{'note': text\}"):
        augment.compile(captions, "builtin")(["x"])


@pytest.mark.parametrize("index", ["a", None, 1.5, -1, [0, None]])
def test_keys_are_whole_numbers(upper, index):
    told = "takes the index of a sample, or its name" if index is None else "indices are whole numbers"
    with pytest.raises(SampleError, match=told):
        upper.at(index)("x")
    with pytest.raises(SampleError, match="epochs are whole numbers"):
        upper.at(0, index)("x")


# Datasets ------------------------------------------------------------------------------------------------------------


def test_a_series_goes_by_place(edit):
    series = pd.Series(list(PLAIN), index=[12, 0, 3, 1])
    over = edit.over(series)
    assert list(over) == [edit.at(i)(text) for i, text in enumerate(PLAIN)] and len(over) == 4
    assert list(edit.over(series[[3, 1]], copies=2)) == [edit.at(i // 2, i % 2)(PLAIN[2 + i // 2]) for i in range(4)]


def test_an_entry_that_is_a_tuple_is_a_text_and_what_belongs_to_it(edit):
    pairs = [(PLAIN[0], "positive"), (PLAIN[0], "negative")]
    over = edit.over(pairs)
    assert list(over) == [(edit.at(0)(PLAIN[0]), "positive"), (edit.at(1)(PLAIN[0]), "negative")]
    assert edit.over([({"text": PLAIN[0]}, 1)])[0] == ({"text": edit.at(0)(PLAIN[0])}, 1)
    with pytest.raises(SampleError, match=r"entry 0: takes a text, .*, not int"):
        edit.over([(1, PLAIN[0])])[0]


def test_the_texts_of_an_entry_share_its_key_and_not_their_draws(edit):
    entries = [[PLAIN[0], PLAIN[0]], [PLAIN[0], PLAIN[0]]]
    (a, b), (c, d) = edit.over(entries)
    assert len({a, b, c, d}) == 4, "two texts that are alike had the same draws"
    assert [a, b] == edit.at(0)({"text": entries[0]})["text"] and a == edit.at(0)(PLAIN[0])
    chat = [{"role": "user", "content": PLAIN[1]}]
    assert edit.over([chat])[0] == edit.at(0)({"text": chat})["text"] != chat


@pytest.mark.parametrize("data, message", [
    ((x for x in "ab"), r"not generator: list\(it\)"), ({"text": ["a"]}, r"a mapping \(dict\) has no order: .*text"),
    (pd.DataFrame({"text": ["a"]}), r"a DataFrame has columns, .*frame\['text'\]"), ({"a"}, "not set"), (None, "not NoneType"),
    ("abc", r"a text is no dataset \('abc'\)"),
])  # fmt: skip
def test_over_takes_what_has_entries_in_an_order(upper, data, message):
    with pytest.raises(SampleError, match=f"over: .*{message}"):
        upper.over(data)


@pytest.mark.parametrize("at", [slice(0, 2), "a", None, (1, 2, 3)])
def test_entries_go_by_number(upper, at):
    with pytest.raises(SampleError, match=r"over\[i\] and over\[epoch, i\] take whole numbers"):
        upper.over(["a", "b"])[at]


def test_a_list_of_messages_is_no_list_of_samples():
    with pytest.raises(SampleError, match=r"one message of a chat.*targets: .messages: text"):
        augment.compile({"pipeline": [{"delete_words": 0.5}]}, "builtin")([{"role": "user", "content": "hi there"}])
    with pytest.raises(SampleError, match=r"not str: name it, {'text': item}"):
        augment.apply({"pipeline": [{"delete_words": 0.5}]}, "a b c")
