"""Who writes names of other libraries is told ours."""

from __future__ import annotations

import json
import re

import cv2
import numpy as np
import pytest

from augment import ops
from augment.errors import SpecError
from augment.language import json_schema, loads
from augment.ops import catalogue
from augment.sample import Target
from augment.spec.foreign.fields import FIELDS
from augment.spec.foreign.ops import OURS
from augment.spec.foreign.words import VALUES
from augment.spec.node import COMBINATORS, Pipeline

MODELS = [*catalogue().values(), *COMBINATORS.values(), Target, Pipeline]


def hint(step: str) -> str:
    with pytest.raises(SpecError) as caught:
        loads(f"pipeline: [{step}]")
    return str(caught.value)


@pytest.mark.parametrize(
    ("step", "expected"),
    [
        ("rotate: {limit: 30}", "unknown field 'limit'; did you mean 'degrees'? (in degrees; 15 either way is ±15)"),
        ("rotate: {angle: 30, prob: 1}", "unknown field 'prob'; did you mean 'p'?"),
        ("rotate: {radians: 0.1}", "'degrees'? (in degrees"),
        ("affine: {rotate_limit: 30}", "'rotate'? (in degrees"),
        ("affine: {shift_limit: 0.1}", "'translate_x' or 'translate_y'? (in fractions of the image, or px, as 5px)"),
        ("scale: {scale_limit: 0.1}", "'factor'? (0.2 either way is 1±0.2)"),
        ("random_resized_crop: {size: 224, scale: [0.08, 1]}", "unknown field 'scale'; did you mean 'area'?"),
        ("random_resized_crop: {size: 224, area: 1, ratio: [0.75, 1.3]}", "'ratio'; did you mean 'aspect'?"),
        ("random_crop: {height: 224, width: 224}", "unknown field 'width'; did you mean 'size'?"),
        ("perspective: {scale: 0.1}", "unknown field 'scale'; did you mean 'distortion'?"),
        ("gaussian_blur: {kernel_size: 5}", "OpenCV's for a kernel of k pixels is 0.3*((k-1)*0.5-1)+0.8, 1.1px for 5"),
        ("gaussian_blur: {kernel_size: 5}", "'kernel_size'; did you mean 'size'?"),
        ("unsharp_mask: {kernel_size: 5}", "OpenCV's sigma for a width of k pixels is 0.3*((k-1)*0.5-1)+0.8, 1.1px for 5"),
        ("motion_blur: {kernel_size: 5}", "'length'? (in fractions of the shorter side, or px, as 5px)"),
        ("GlassBlur: {sigma: 1}", "it is not offered: it swaps pixels one after the other"),
        ("Blur: {blur_limit: 5}", "'box_blur' here"),
        ("motion_blur: {blur_limit: 7}", "'length'?"),
        ("color_jitter: {brightness_limit: 0.2}", "'brightness'? (0.2 either way"),
        ("gaussian_noise: {var_limit: [10, 50]}", "'std'? (the square root of a variance of 0..255, divided by 255"),
        ("coarse_dropout: {max_holes: 8}", "unknown field 'max_holes'; did you mean 'holes'?"),
        ("normalize: {preset: imagenet, max_pixel_value: 255}", "it is not needed: mean and std are fractions of full scale"),
        ("one_of: {transforms: [invert]}", "'transforms'; did you mean 'ops'?"),
        ("some_of: {count: 2, ops: [invert]}", "'count'; did you mean 'n'?"),
    ],
)
def test_fields_of_other_libraries(step, expected):
    assert expected in hint(step)


def test_constructors_say_it_too():
    with pytest.raises(SpecError, match=r"rotate\.limit: unknown field 'limit'; did you mean 'degrees'"):
        ops.Rotate(limit=30)
    with pytest.raises(SpecError, match=r"targets\.boxes\.label_fields: .*'carry'"):
        Pipeline([], targets={"boxes": {"kind": "boxes", "label_fields": ["labels"]}})


def test_a_field_under_another_name_is_not_missing_too():
    assert "needs" not in hint("rotate: {limit: 30}")
    assert "needs 'degrees'" in hint("rotate: {wobble: 30}")
    assert "needs 'size'" in hint("random_resized_crop: {scale: 0.5}")


def test_what_is_ours_is_never_corrected():
    """The table is for names that a model does not have: difflib's guess stands where the table says nothing."""
    assert "did you mean 'degrees'" in hint("rotate: {degree: 5}")
    assert "it takes degrees, expand, border" in hint("rotate: {wobble: 5}")


@pytest.mark.parametrize("foreign", FIELDS)
def test_the_table_names_fields_that_there_are(foreign):
    for meant in FIELDS[foreign]:
        names = set(meant.split("+"))
        takers = [model for model in MODELS if names <= model.model_fields.keys()]
        assert takers, f"{foreign!r} is said to be {meant!r}, which nothing has"
        assert any(foreign not in model.model_fields for model in takers), f"{foreign!r} can never be told"


TEXTS = {
    "KeyboardAug": "typo_characters", "OcrAug": "ocr_characters", "RandomCharAug": "insert_characters",
    "RandomWordAug": "swap_words", "SynonymAug": "replace_synonyms", "AntonymAug": "replace_antonyms",
    "SpellingAug": "misspell_words", "SplitAug": "split_words", "ReservedAug": "replace_reserved",
    "TfIdfAug": "replace_uninformative_words", "WordEmbsAug": "replace_similar_words",
    "ContextualWordEmbsAug": "predict_words", "BackTranslationAug": "back_translate", "RandomSentAug": "shuffle_sentences",
    "typos": "typo_characters", "synonym_replacement": "replace_synonyms", "random_swap": "swap_words",
    "random_deletion": "delete_words", "random_insertion": "insert_synonyms", "WordSwapQWERTY": "typo_characters",
}  # fmt: skip


@pytest.mark.parametrize("name", TEXTS)
def test_ops_of_text_libraries(name):
    assert f"that is {TEXTS[name]!r}" in hint(name)


def test_the_table_names_ops_and_words_that_there_are():
    known = {**COMBINATORS, **catalogue()}
    of_a_plugin = {"auto_contrast", "equalize", "sharpen"}
    assert not {ours for found in OURS.values() for ours in found} - known.keys() - of_a_plugin
    schema = json.dumps(json_schema())
    assert not {word for found in VALUES.values() for word in found if f'"{word}"' not in schema}
    assert not VALUES.keys() & {word for found in VALUES.values() for word in found}


def test_opencv_agrees_on_the_sigma_of_a_kernel():
    kernel = cv2.getGaussianKernel(31, 0).ravel()
    sigma = 0.3 * ((31 - 1) * 0.5 - 1) + 0.8
    at = np.arange(31) - 15
    expected = np.exp(-(at**2) / (2 * sigma**2))
    np.testing.assert_allclose(kernel, expected / expected.sum(), atol=1e-6)


def test_names_are_written_as_they_are_looked_up():
    assert all(re.fullmatch(r"[a-z_]+", name) for name in FIELDS)
