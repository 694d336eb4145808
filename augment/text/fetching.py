"""Brings resources from the network, when a user asks for one by name; nothing else in the project downloads anything."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory

from augment.errors import ResourceMissingError
from augment.text import resources


def fetch(name: str) -> str:
    """Bring a resource, and return the place where it is now. Raises `ResourceMissingError` where that fails.

    ``wordnet`` comes from NLTK's downloads, packages are named with the command that installs them, anything else is the name of
    a model on the Hugging Face hub.
    """
    known = resources.NAMED[name]() if name in resources.NAMED else resources.model(name, "a model")
    if place := known.find():
        return place
    if name in resources.NAMED and name != "wordnet":
        raise ResourceMissingError(f"{name} is a Python package: {known.bring}")
    bring = _wordnet if name == "wordnet" else _model(name)
    try:
        bring()
    except (OSError, ValueError) as error:  # no network, or no such model: both libraries raise kinds of these
        raise ResourceMissingError(f"{name} could not be fetched: {error}") from None
    place = known.find()
    if place is None:
        raise ResourceMissingError(f"{name} was fetched and is not among {', '.join(known.places)}")
    return place


def _wordnet() -> None:
    resources.nltk().require()
    import nltk

    with TemporaryDirectory() as folder:
        if not nltk.download("wordnet", download_dir=folder, quiet=True):
            raise OSError("NLTK found no way to its downloads")
        with zipfile.ZipFile(Path(folder) / "corpora" / "wordnet.zip") as packed:
            packed.extractall(resources.home())


def _model(name: str) -> Callable[[], object]:
    resources.transformers().require()
    from huggingface_hub import snapshot_download

    return lambda: snapshot_download(name)
