"""The example on film reviews runs as its page says, on real sentences, the same on both backends."""

import importlib.util
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner

import augment

FOLDER = Path(__file__).parents[2] / "examples" / "text-classification"
spec = importlib.util.spec_from_file_location("train", FOLDER / "train.py")
train = importlib.util.module_from_spec(spec)
spec.loader.exec_module(train)


def test_the_reviews_are_there():
    texts, labels = train.reviews()
    assert len(texts) == 200 and labels.sum() == 100
    assert texts[0] == "simplistic , silly and tedious ."


@pytest.mark.wordnet
def test_both_backends_write_the_same_sentences():
    texts, _ = train.reviews()
    first, second = (list(augment.compile(FOLDER / "spec.yaml", name).over(texts)) for name in ("builtin", "nlpaug"))
    assert first == second and sum(a != b for a, b in zip(first, texts, strict=True)) > 140


@pytest.mark.wordnet
def test_it_runs_and_reports_both_accuracies():
    done = CliRunner().invoke(train.main, ["--folds", "3", "--copies", "1"])
    assert done.exit_code == 0, done.output
    scores = [float(line.split()[2]) for line in done.output.splitlines()[-2:]]
    texts, labels = train.reviews()
    plain = train.accuracy(texts, labels, None, 0, 3)
    assert scores[0] == pytest.approx(plain.mean(), abs=5e-4) and 0.4 < scores[1] < 0.8


def test_negations_are_never_touched():
    texts = [t for t in train.reviews()[0] if " not " in f" {t} " or "n't" in t]
    chosen = augment.load(FOLDER / "spec.yaml")
    edit = augment.compile(
        augment.Pipeline([op for op in chosen.pipeline[0].ops if op.name() in ("delete_words", "swap_words")]), "builtin"
    )
    for epoch in range(5):
        for text, out in zip(texts, edit.at(0, epoch)(texts), strict=True):
            assert out.count("n't") == text.count("n't") and out.split().count("not") == text.split().count("not")
    assert np.mean([edit.at(0)(t) != t for t in texts]) > 0.3
