"""What an error of a sample advises has to help: each fix is followed here, and works."""

from __future__ import annotations

import numpy as np
import pytest

import augment
from augment.data import samples_of
from augment.errors import SampleError, UnsupportedOpError

FLIP = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
TYPOS = {"pipeline": [{"typo_characters": {"rate": 0.5}}]}
BACKENDS = ("albumentations", "torchvision", "keras")


def told(spec, sample, **options):
    with pytest.raises(SampleError) as caught:
        augment.apply(spec, sample, **options)
    return str(caught.value)


@pytest.mark.parametrize(
    ("low", "high", "advice", "followed"),
    [
        (0, 15, "divide by 255 if they are 0 to 255 (or give uint8), else by their full scale", lambda x: x / 15),
        (0, 255, "divide by 255", lambda x: x / 255),
        (0.5, 1.5, "clip it if it was made brighter before, else divide by its full scale", lambda x: np.clip(x, 0, 1)),
        (0, 1.0001, "np.clip(image, 0, 1)", lambda x: np.clip(x, 0, 1)),
        (-0.0001, 1, "np.clip(image, 0, 1)", lambda x: np.clip(x, 0, 1)),
        (-2.1, 2.6, "before it is normalized (normalize is an op too)", lambda x: (x + 2.1) / 4.8),
        (0, 4095, "divide by their full scale", lambda x: x / 4095),
        (0, np.nan, "not finite", np.nan_to_num),
    ],
)
def test_floats_out_of_range(low, high, advice, followed):
    image = np.linspace(low, high, 8 * 8 * 3).reshape(8, 8, 3).astype(np.float32)
    assert advice in told(FLIP, {"image": image})
    good = followed(image).astype(np.float32)
    np.testing.assert_array_equal(augment.apply(FLIP, {"image": good})["image"], good[:, ::-1])


def test_a_slight_excess_is_seen_in_the_numbers():
    assert "0 to 1.0001;" in told(FLIP, {"image": np.full((4, 4, 3), 1.0001, np.float32) * [[[0], [1], [1], [1]]]})


def test_one_channel_is_one():
    message = told({"pipeline": [{"hue": 10}]}, {"image": np.zeros((8, 8), np.uint8)})
    assert "1 channel;" in message
    assert "2 channels;" in told({"pipeline": [{"hue": 10}]}, {"image": np.zeros((8, 8, 2), np.uint8)})


def test_a_text_of_another_name_is_offered_its_declaration():
    sample = {"sentence": "The quick brown fox jumps over the lazy dog", "label": "animals"}
    assert "declare what is one: targets: {sentence: text}" in told(TYPOS, sample, backend="builtin")
    edited = augment.apply({**TYPOS, "targets": {"sentence": "text"}}, sample, backend="builtin")
    assert edited["sentence"] != sample["sentence"]
    assert edited["label"] == "animals"


@pytest.mark.parametrize("backend", BACKENDS)
def test_texts_alone_are_not_for_backends_of_images(backend):
    pytest.importorskip(backend)
    with pytest.raises(UnsupportedOpError, match=r"runs samples that have an image.*backend='builtin'.*nlpaug"):
        augment.compile(TYPOS, backend)
    with_image = {**TYPOS, "targets": {"image": "image", "text": "text"}}
    augment.compile(with_image, backend)


@pytest.mark.parametrize("backend", ["reference", "builtin"])
def test_texts_alone_have_backends(backend):
    assert augment.compile(TYPOS, backend)({"text": "The quick brown fox jumps over it"})["text"]


def test_labels_of_boxes_are_told_without_inner_names():
    pytest.importorskip("albumentations")
    spec = {"targets": {"image": "image", "boxes": {"kind": "boxes", "carry": ["labels"]}}, "pipeline": [{"random_crop": 8}]}
    call = {"image": np.zeros((16, 16, 3), np.uint8), "bboxes": [[1, 2, 9, 9]], "labels": [1], "class_labels": ["cup"]}
    with pytest.raises(SampleError) as caught:
        augment.compile(spec, "albumentations")(**call)
    assert "boxes: {carry: [labels, class_labels]}" in str(caught.value)
    spec["targets"]["boxes"] = {"kind": "boxes", "carry": ["labels", "class_labels"]}
    assert set(augment.compile(spec, "albumentations")(**call)["class_labels"]) <= {"cup"}


@pytest.mark.parametrize("backend", ["reference", "torchvision"])
def test_objects_of_hugging_face_are_read_by_samples_of(backend):
    rows = [{"image": np.zeros((40, 50, 3), np.uint8), "objects": {"bbox": [[4.0, 4.0, 20.0, 16.0]], "category": [2]}}] * 2
    spec = {"pipeline": [{"translate": {"x": "5px"}}]}
    with pytest.raises(SampleError, match=r"augment\.data\.samples_of\(dataset\)"):
        augment.compile(spec, backend).over(rows)[0]
    [box] = augment.compile(spec, backend).over(samples_of(HuggingFace(rows)))[0]["boxes"]
    np.testing.assert_allclose(box, [9, 4, 29, 20], atol=1e-3)


class HuggingFace:
    """A data set by index that is no list: samples are read out of it."""

    def __init__(self, rows):
        self.rows = rows

    def __len__(self):
        return len(self.rows)

    def __getitem__(self, index):
        return self.rows[index]
