"""scikit-learn: as a step of a pipeline, and on columns of pandas."""

from __future__ import annotations

import numpy as np
import pytest

import augment

sklearn = pytest.importorskip("sklearn", reason="needs scikit-learn: pip install 'augment-spec[dev]'")
pandas = pytest.importorskip("pandas", reason="needs pandas: pip install 'augment-spec[clients]'")
from sklearn.base import clone
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import FunctionTransformer

TEXTS = ["the food was good and we liked the view", "not a good film but a long one", "we would go there", "the worst of all"] * 3
EDIT = {"seed": 4, "pipeline": [{"swap_words": 0.5}, {"delete_words": 0.2}]}


@pytest.mark.parametrize("form", [list, np.array, pandas.Series], ids=["list", "array", "series"])
@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
def test_texts_in_a_pipeline(form, backend):
    edit = augment.compile(EDIT, backend)
    steps = make_pipeline(FunctionTransformer(edit.at(0)), TfidfVectorizer(), LogisticRegression())
    model = clone(steps).fit(form(TEXTS), [1, 0, 1, 0] * 3)
    assert model.predict(form(TEXTS)).shape == (12,)
    out = FunctionTransformer(edit.at(0)).fit_transform(form(TEXTS))
    assert len(out) == 12 and list(out) == edit.at(0)(TEXTS) != TEXTS


@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
def test_columns_of_pandas(backend):
    edit = augment.compile(EDIT, backend)
    frame = pandas.DataFrame({"text": TEXTS, "label": [1, 0, 1, 0] * 3}, index=range(5, 17))
    edit.set_random_seed(1)
    mapped = frame["text"].map(edit)
    edit.set_random_seed(1)
    applied = frame["text"].apply(edit)
    assert mapped.tolist() == applied.tolist() != TEXTS and mapped.index.tolist() == list(range(5, 17))
    keyed = edit.over(frame["text"])
    assert [keyed[i] for i in range(12)] == edit.at(0)(TEXTS)
    assert list(edit.at(0)(frame["text"])) == edit.at(0)(TEXTS)


def test_images_in_a_pipeline(pictures, spec, block):
    transform = augment.compile(spec("{image: image}"), "torchvision")
    images = np.stack([p.image for p in pictures])
    keyed = FunctionTransformer(lambda batch: np.stack([transform.at(i)(image) for i, image in enumerate(batch)]))
    flat = FunctionTransformer(lambda batch: batch.reshape(len(batch), -1))
    model = make_pipeline(keyed, flat, LogisticRegression()).fit(images, [p.label for p in pictures])
    assert model.predict(images).shape == (8,)
    for i, image in enumerate(keyed.fit_transform(images)):
        np.testing.assert_array_equal(image, augment.apply(spec("{image: image}"), {"image": images[i]}, index=i)["image"])
