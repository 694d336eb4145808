"""What points into a text, or tells something of its words, is moved or refused beside a text that is edited: in every container
as in a mapping."""

from collections import namedtuple

import datasets
import numpy as np
import pyarrow
import pytest
import torch
import torchvision  # noqa: F401  # before TensorFlow, which tf.data imports

import augment
from augment.data import samples_of
from augment.errors import SampleError

TEXT = "Ann Berg saw the bridge in Oslo"
TAGS = ["B-PER", "I-PER", "O", "O", "O", "O", "B-LOC"]
EDITS = [{"delete_words": {"rate": 0.7}}]
IMAGE = torch.zeros(3, 8, 8)
STALE = [
    {"entities": [(0, 3, "PER"), (27, 31, "LOC")]}, {"entities": [[0, 3, "PER"]]}, {"entities": [[0, 3]]},
    {"entities": np.array([[0, 3]])},
    {"found": {"entities": [(0, 3, "PER")]}}, {"marks": [(0, 3, "PER"), (27, 31, "LOC")]}, {"offsets": torch.tensor([[0, 3]])},
    {"entities": [{"start": 0, "end": 3, "label": "PER"}]}, {"answers": {"text": ["Oslo"], "answer_start": [27]}},
    {"mentions": [{"start_char": 27, "end_char": 31}]}, {"tags": TAGS}, {"whatever": TAGS}, {"ner_tags": np.arange(7)},
    {"ner_tags": [1, 2, 0, 0, 0, 0, 5]}, {"doc": {"tags": TAGS}}, {"pos_tags": ["NNP", "NNP", "VBD", "DT", "NN", "IN", "NNP"]},
]  # fmt: skip
"""Entries of a mapping that would be left wrong."""
NAMELESS = [[(0, 3, "PER")], [[0, 3]], np.array([[0, 3]]), TAGS, [{"start": 0, "end": 3, "label": "PER"}]]
"""The same where no key names them, in a tuple."""
LEFT = [
    {"entities": []}, {"entities": [(40, 43, "PER")]}, {"tags": ["news", "norway"]}, {"history": [[0, 3]]}, {"label": 1},
    {"tags": ["a", "b", "c", "d", "e", "f", "g"]}, {"scores": [0.1] * 7}, {"labels": [1, 0, 0, 1, 0, 0, 0]},
]  # fmt: skip
"""Entries that an edit leaves true."""
LEFT_NAMELESS = [1, "positive", [0, 1], np.array([0.0, 1]), {"label": 1}, [[40, 50]], [[3, 1]], None, torch.tensor(3)]
Pair = namedtuple("Pair", "text rest")

BACKENDS = {"builtin": "builtin", "nlpaug": "nlpaug"}
TEXT_WAYS = {  # what is left of the entry beside the text; a mapping's is that of the mapping
    "mapping": lambda t, entry: t.at(0)({"text": TEXT, **entry}),
    "mapping unkeyed": lambda t, entry: t({"text": TEXT, **entry}),
    "list of mappings": lambda t, entry: t.at(0)([{"text": TEXT, **entry}])[0],
    "over": lambda t, entry: t.over([{"text": TEXT, **entry}])[0],
    "loader": lambda t, entry: t.over([{"text": TEXT, **entry}]).__getitems__([0, 0])[0],
    "tuple": lambda t, entry: t.over([(TEXT, entry)])[0][1],
    "tuple of three": lambda t, entry: t.over([(TEXT, 1, entry)])[0][2],
    "named tuple": lambda t, entry: t.over([Pair(TEXT, entry)])[0].rest,
    "tuple of a mapping": lambda t, entry: t.over([({"text": TEXT}, entry)])[0][1],
    "tuple of texts": lambda t, entry: t.over([([TEXT], entry)])[0][1],
    "nested tuple": lambda t, entry: t.over([(TEXT, (1, entry))])[0][1][1],
    "nested list": lambda t, entry: t.over([(TEXT, [1, entry])])[0][1][1],
    "examples": lambda t, entry: _first(t.examples()({"text": [TEXT], **{k: [v] for k, v in entry.items()}}, [0])),
    "unkeyed examples": lambda t, entry: _first(t.examples()({"text": [TEXT], **{k: [v] for k, v in entry.items()}})),
    "an example": lambda t, entry: t.examples()({"text": TEXT, **entry}, 0),
    "collated": lambda t, entry: t.collate([{"text": TEXT, **entry}] * 2)[0],
}  # fmt: skip
IMAGE_WAYS = {
    "mapping": lambda t, entry: t.at(0)({"image": IMAGE, "text": TEXT, **entry}),
    "over": lambda t, entry: t.over([{"image": IMAGE, "text": TEXT, **entry}])[0],
    "tuple": lambda t, entry: t.at(0)((IMAGE, TEXT, entry))[2],
    "tuple over": lambda t, entry: t.over([(IMAGE, TEXT, entry)])[0][2],
    "pair": lambda t, entry: t.at(0)((IMAGE, {"text": TEXT, **entry}))[1],
    "pair of mappings": lambda t, entry: t.at(0)(({"image": IMAGE, "text": TEXT}, entry))[1],
    "nested mapping": lambda t, entry: t.at(0)({"image": IMAGE, "text": TEXT, "about": entry})["about"],
    "text in a mapping": lambda t, entry: t.at(0)({"image": IMAGE, "said": {"text": TEXT}, **entry}),
    "list": lambda t, entry: t.at(0)([IMAGE, TEXT, entry])[2],
}


def _first(columns):
    return {name: column[0] for name, column in columns.items()}


@pytest.fixture(scope="module", params=["builtin", "nlpaug"])
def edit(request):
    return augment.compile({"pipeline": EDITS}, request.param)


@pytest.fixture(scope="module")
def both():
    return augment.compile({"targets": {"image": "image", "text": "text"}, "pipeline": EDITS}, "torchvision")


def same(a, b):
    return all(np.array_equal(np.asarray(a[key], object), np.asarray(b[key], object)) for key in b)


@pytest.mark.parametrize("entry", STALE, ids=range(len(STALE)))
@pytest.mark.parametrize("way", TEXT_WAYS)
def test_what_would_be_stale_is_refused_in_every_container(edit, way, entry):
    with pytest.raises(SampleError, match=r"edited|edits"):
        TEXT_WAYS[way](edit, entry)


@pytest.mark.parametrize("entry", STALE, ids=range(len(STALE)))
@pytest.mark.parametrize("way", IMAGE_WAYS)
def test_what_would_be_stale_is_refused_beside_an_image(both, way, entry):
    with pytest.raises(SampleError, match=r"edited|edits|nothing says how it moves|stands twice"):
        IMAGE_WAYS[way](both, entry)


@pytest.mark.parametrize("entry", LEFT, ids=range(len(LEFT)))
@pytest.mark.parametrize("way", TEXT_WAYS)
def test_what_stays_true_is_left_in_every_container(edit, way, entry):
    assert same(TEXT_WAYS[way](edit, entry), entry)


@pytest.mark.parametrize("entry", LEFT, ids=range(len(LEFT)))
@pytest.mark.parametrize("way", IMAGE_WAYS)
def test_what_stays_true_is_left_beside_an_image(both, way, entry):
    if "label" not in "".join(entry):  # what torchvision takes for labels has rules of its own
        assert same(IMAGE_WAYS[way](both, entry), entry)


@pytest.mark.parametrize("entry", NAMELESS, ids=range(len(NAMELESS)))
@pytest.mark.parametrize("first", [TEXT, {"text": TEXT}, [TEXT]], ids=["text", "mapping", "list"])
def test_what_no_key_names_is_refused_too(edit, first, entry):
    for sample in ((first, entry), (first, 1, entry), Pair(first, entry)):
        with pytest.raises(SampleError, match="edited"):
            edit.over([sample])[0]


@pytest.mark.parametrize("entry", LEFT_NAMELESS, ids=range(len(LEFT_NAMELESS)))
@pytest.mark.parametrize("first", [TEXT, {"text": TEXT}, [TEXT]], ids=["text", "mapping", "list"])
def test_what_no_key_names_passes_where_it_stays_true(edit, first, entry):
    assert edit.over([(first, entry)])[0][1] is entry


@pytest.mark.parametrize("entry", NAMELESS, ids=range(len(NAMELESS)))
def test_what_no_key_names_is_refused_beside_an_image(both, entry):
    for sample in ((IMAGE, TEXT, entry), ({"image": IMAGE, "text": TEXT}, entry)):
        with pytest.raises(SampleError):
            both.at(0)(sample)


def test_what_belongs_to_the_rows_of_spans_does_not_stand_in_another_part(edit):
    sample = {"text": TEXT, "spans": [[0, 3], [27, 31]]}
    for rest in (["PER", "LOC"], {"kinds": ["PER", "LOC"]}, np.array([1, 2])):
        with pytest.raises(SampleError, match="has a row for each of spans"):
            edit.over([(sample, rest)])[0]
    assert edit.over([(sample, "news", [1, 2, 3])])[0][1:] == ("news", [1, 2, 3])


def test_nothing_is_refused_where_nothing_is_edited():
    idle = augment.compile({"targets": {"note": "text"}, "pipeline": EDITS}, "builtin")
    entry = {"entities": [(0, 3, "PER")]}
    assert idle.over([({"note": "so", "context": TEXT}, entry)])[0][1] is entry
    tagged = augment.compile({"targets": {"text": "text", "tags": "labels"}, "pipeline": EDITS}, "builtin")
    assert tagged.at(0)({"text": TEXT, "tags": TAGS})["tags"] == TAGS, "declared, so it is the user who keeps it true"
    entry = {"entities": [(0, 3, "PER")], "tags": TAGS}
    flips = {"targets": {"text": "text", "image": "image"}, "pipeline": [{"horizontal_flip": {"p": 1}}]}
    captions = augment.compile(flips, "torchvision")
    assert captions((IMAGE, TEXT, entry))[2] == entry


@pytest.mark.parametrize("entry", STALE, ids=range(len(STALE)))
def test_rows_of_a_dataset_are_samples(entry):
    plain = {key: value.tolist() if hasattr(value, "tolist") else value for key, value in entry.items()}
    try:
        rows = datasets.Dataset.from_list([{"text": TEXT, **plain, "id": 3}])
    except pyarrow.ArrowInvalid:
        assert "PER" in str(entry), "numbers and their label in one list are no column of Arrow"
        return
    edit = augment.compile({"pipeline": EDITS}, "builtin")
    for read in (
        lambda: edit.over(rows)[0], lambda: edit.over(samples_of(rows))[0],
        lambda: rows.map(edit.examples(), with_indices=True, load_from_cache_file=False),
        lambda: rows.map(edit.examples(), with_indices=True, batched=True, load_from_cache_file=False),
        lambda: rows.with_transform(edit.examples(index="id"))[0],
    ):  # fmt: skip
        with pytest.raises(SampleError, match="edited"):
            read()


@pytest.mark.parametrize("form", ["mapping", "pair"])
@pytest.mark.parametrize("entry", [e for e in STALE if list(e) != ["found"]], ids=lambda e: next(iter(e)))
def test_tf_data_refuses_the_same(form, entry):
    import tensorflow as tf

    edit = augment.compile({"pipeline": EDITS}, "builtin")
    try:
        plain = {key: [value.tolist() if hasattr(value, "tolist") else value] for key, value in entry.items()}
        beside = tf.data.Dataset.from_tensor_slices(plain)
    except (ValueError, TypeError):
        return  # rows of several types are no tensor
    texts = tf.data.Dataset.from_tensor_slices([TEXT])
    zipped = tf.data.Dataset.zip((texts, beside))
    dataset = zipped.map(lambda text, rest: {"text": text, **rest}) if form == "mapping" else zipped
    with pytest.raises((SampleError, tf.errors.OpError), match=r"edited|would leave"):
        list(edit.tf_map(dataset))


def test_tf_data_leaves_what_stays_true():
    import tensorflow as tf

    edit = augment.compile({"pipeline": EDITS}, "builtin")
    beside = {"history": [[[0, 3]]], "label": [1], "ids": [[7, 8, 9]], "word": ["x"]}
    dataset = tf.data.Dataset.zip((tf.data.Dataset.from_tensor_slices([TEXT]), tf.data.Dataset.from_tensor_slices(beside)))
    text, rest = next(iter(edit.tf_map(dataset)))
    assert text.numpy().decode() == edit.at(0)(TEXT) and rest["ids"].numpy().tolist() == [7, 8, 9]
