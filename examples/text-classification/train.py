"""Trains a classifier of film reviews on few labelled sentences, with and without augmentation, and compares the two.

The sentences are 200 of the polarity dataset of Pang and Lee (2004), which ship in gensim. Run it from here:

    pip install 'augment-spec[words]' gensim scikit-learn
    python train.py --backend builtin
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

import click
import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import StratifiedKFold
from sklearn.pipeline import make_pipeline

import augment

SPEC = Path(__file__).with_name("spec.yaml")


def reviews() -> tuple[list[str], np.ndarray]:
    """Return the sentences, and 1 for each that is positive. Only a file of gensim is read; gensim itself is not loaded."""
    package = find_spec("gensim")
    if package is None or not package.submodule_search_locations:
        raise SystemExit("the reviews are in gensim: pip install gensim")
    path = Path(package.submodule_search_locations[0]) / "test" / "test_data" / "pang_lee_polarity.cor"
    rows = [line.split(" ", 1) for line in path.read_text(encoding="cp1252").splitlines() if line.strip()]
    return [text.strip() for _, text in rows], np.array([label == "__label__pos" for label, _ in rows], int)


def accuracy(texts: list[str], labels: np.ndarray, transform: object | None, copies: int, folds: int) -> np.ndarray:
    """Return the accuracy of each fold; a training sentence gets ``copies`` augmented versions beside it."""
    found = []
    for train, test in StratifiedKFold(folds, shuffle=True, random_state=0).split(texts, labels):
        seen, classes = [texts[i] for i in train], labels[train]
        if transform is not None:
            seen = [*seen, *transform.over(seen, copies=copies)]
            classes = np.concatenate([classes, classes.repeat(copies)])
        model = make_pipeline(TfidfVectorizer(ngram_range=(1, 2), sublinear_tf=True), LogisticRegression(C=10, max_iter=1000))
        found.append(model.fit(seen, classes).score([texts[i] for i in test], labels[test]))
    return np.array(found)


@click.command()
@click.option("--spec", default=str(SPEC), show_default=True, help="What is done to the sentences.")
@click.option("--backend", default="builtin", show_default=True, help="Who does it: builtin or nlpaug.")
@click.option("--copies", default=4, show_default=True, help="Augmented versions of each training sentence.")
@click.option("--folds", default=10, show_default=True, help="Of the cross-validation.")
def main(spec: str, backend: str, copies: int, folds: int) -> None:
    """Compare a classifier of film reviews with and without augmentation."""
    texts, labels = reviews()
    transform = augment.compile(spec, backend)
    for i in range(3):
        click.echo(f"- {texts[i]}\n+ {transform.at(i)(texts[i])}")
    plain = accuracy(texts, labels, None, 0, folds)
    augmented = accuracy(texts, labels, transform, copies, folds)
    click.echo(f"\n{len(texts)} sentences, {folds} folds, {copies} copies")
    for name, scores in (("plain", plain), ("augmented", augmented)):
        click.echo(f"{name:10} accuracy {scores.mean():.3f} ± {scores.std(ddof=1) / np.sqrt(folds):.3f}")


if __name__ == "__main__":
    main()
