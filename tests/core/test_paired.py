"""Keypoints of pairs under a mirror: told, as their rows do not change places."""

import re
import warnings

import numpy as np
import pytest

import augment

FLIP = [{"horizontal_flip": {"p": 0.5}}]
MIRRORS = [FLIP, [{"vertical_flip": {"p": 1}}], [{"transpose": {"p": 1}}], [{"one_of": [{"horizontal_flip": {}}, {"rotate": 5}]}]]
SAMPLE = {"image": np.zeros((8, 10, 3), np.uint8), "points": [[1, 2], [3, 4]]}


def told(make):
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        make()
    return [str(w.message) for w in caught if "name of a side" in str(w.message)]


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
@pytest.mark.parametrize("pipeline", MIRRORS, ids=str)
@pytest.mark.parametrize("name", ["left_eye", "eyeRight", "l_wrist", "hand-R"])
def test_compile_tells_once_of_sides_that_are_mirrored(backend, pipeline, name):
    spec = {"targets": {"image": "image", name: "keypoints"}, "pipeline": pipeline}
    [text] = told(lambda: augment.compile(spec, backend))
    assert name in text and re.search(r"pipeline\[0\]", text)


@pytest.mark.parametrize(
    "spec",
    [
        {"targets": {"image": "image", "points": "keypoints"}, "pipeline": FLIP},
        {"targets": {"image": "image", "bright_spots": "keypoints"}, "pipeline": FLIP},
        {"targets": {"image": "image", "left_eye": "keypoints"}, "pipeline": [{"rotate": "±20"}, {"rotate90": {}}]},
        {"targets": {"image": "image", "left_eye": "keypoints"}, "pipeline": [{"horizontal_flip": {"p": 1, "on": "image"}}]},
        {"targets": {"image": "image", "left_eye": "mask"}, "pipeline": FLIP},
    ],
    ids=str,
)
def test_compile_tells_of_nothing_else(spec):
    assert told(lambda: augment.compile(spec, "reference")) == []


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision"])
@pytest.mark.parametrize(("names", "count"), [(["left_eye", "right_eye"], 1), (["tail", "bright spot"], 0)])
def test_a_sample_whose_points_carry_sides_is_told(backend, names, count):
    spec = {"targets": {"image": "image", "points": {"kind": "keypoints", "carry": ["names"]}}, "pipeline": FLIP}
    assert len(told(lambda: augment.apply(spec, {**SAMPLE, "names": names}, backend=backend))) == count
