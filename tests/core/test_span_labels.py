"""Whose labels those beside spans are, and which text spans are of."""

import numpy as np
import pytest
import torchvision  # noqa: F401  # before TensorFlow, which Keras may import

import augment
from augment.errors import SampleError, SpecError

IMAGE = np.arange(6 * 9 * 3, dtype=np.uint8).reshape(6, 9, 3)
FLIP = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
DELETE = {"pipeline": [{"delete_words": {"rate": 0.7}}]}
BOTH = {"pipeline": [*FLIP["pipeline"], *DELETE["pipeline"]]}
TEXT = "Ann Berg saw the bridge in Oslo"
SPANS = [[0, 3], [27, 31]]


def test_labels_that_are_not_of_the_spans():
    edit = augment.compile(DELETE, "builtin")
    spans = {"text": TEXT, "spans": SPANS}
    for label in (1, "news", np.int64(3), None):
        assert edit.at(0)({**spans, "labels": label})["labels"] is label
    for labels in (["per"], np.arange(3), []):
        with pytest.raises(SampleError, match=rf"labels has {len(labels)} rows and spans.* has 2: .*carry: \[\]"):
            edit.at(0)({**spans, "labels": labels})
    kept = {"targets": {"text": "text", "spans": {"kind": "spans", "carry": []}}, **DELETE}
    assert augment.apply(kept, {**spans, "labels": [0, 1, 0]}, backend="builtin")["labels"] == [0, 1, 0]
    one_hot = np.array([0.0, 1, 0], np.float32)
    told = augment.apply(BOTH, {"image": IMAGE, **spans, "labels": one_hot})["labels"]
    assert np.array_equal(told, one_hot), "they are those of the image"
    assert augment.apply({"pipeline": [{"typo_characters": 0}]}, {**spans, "labels": ("a", "b")}, backend="builtin")[
        "labels"
    ] == ("a", "b")


def test_labels_that_could_be_of_two_spans():
    spec = {
        "targets": {"a": "text", "b": "text", "of_a": {"kind": "spans", "of": "a"}, "of_b": {"kind": "spans", "of": "b"}},
        **DELETE,
    }
    sample = {"a": "one two", "b": "one two", "of_a": [[0, 3]], "of_b": [[4, 7]], "labels": [1]}
    with pytest.raises(SampleError, match="each of of_a and for each of of_b"):
        augment.apply(spec, sample, backend="builtin")


def test_spans_without_the_name_of_their_text():
    spec = {"targets": {"caption": "caption", "words": {"kind": "spans"}}, "pipeline": []}
    with pytest.raises(SpecError, match=r"targets.words.of: is not written.*words: {kind: spans, of: caption}"):
        augment.compile(spec)
    with pytest.raises(SpecError, match="names no text: 'image' is image"):
        augment.compile({"targets": {"image": "image", "words": {"kind": "spans", "of": "image"}}, "pipeline": []})
    written = augment.loads("targets: {text: text, words: {kind: spans}}\npipeline: []")
    assert written.targets["words"].of == "text" and "of:" not in augment.dumps(written)
