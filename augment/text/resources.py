"""What some text ops need beyond this package: word lists, taggers, models. They are found, never downloaded silently.

An op names what it needs; compiling it where that is missing is an error, with the place in the spec and the command that brings
it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

_POS = ("noun", "verb", "adj", "adv")
FILES_OF_WORDNET = (*(f"data.{p}" for p in _POS), *(f"index.{p}" for p in _POS), *(f"{p}.exc" for p in _POS), "index.sense")


@dataclass(frozen=True)
class Resource:
    """Something that an op needs: where it may be, and what brings it."""

    name: str
    about: str
    places: tuple[str, ...]
    """Where it is looked for, in order: folders, files, or Python modules."""
    bring: str
    """The command that brings it."""
    found_at: Callable[[str], bool]

    def find(self) -> str | None:
        """Return the first place where it is."""
        return next((place for place in self.places if self.found_at(place)), None)

    def require(self) -> str:
        """Return the place; raises `ResourceMissingError`."""
        from augment.errors import ResourceMissingError

        place = self.find()
        if place is None:
            raise ResourceMissingError(f"needs {self.missing}")
        return place

    @property
    def missing(self) -> str:
        """What to say where it is not there."""
        looked = ", ".join(self.places)
        return f"{self.name} ({self.about}), which is not there\n  looked in: {looked}\n  to bring it: {self.bring}"


def _module(name: str) -> bool:
    return find_spec(name) is not None


def module(name: str, about: str, package: str | None = None) -> Resource:
    """A Python package."""
    return Resource(name, about, (name,), f"pip install {package or name}", _module)


def _is_wordnet(folder: str) -> bool:
    return all((Path(folder) / name).is_file() for name in FILES_OF_WORDNET)


def wordnet() -> Resource:
    """WordNet 3.0, as NLTK lays it out, or Debian's packages wordnet-base and wordnet-sense-index."""
    own = [os.environ["AUGMENT_WORDNET"]] if "AUGMENT_WORDNET" in os.environ else []
    nltk = [folder for folder in os.environ.get("NLTK_DATA", "").split(os.pathsep) if folder]
    nltk += [str(Path.home() / "nltk_data"), "/usr/share/nltk_data", "/usr/local/share/nltk_data", "/usr/lib/nltk_data"]
    places = (*own, *(f"{folder}/corpora/wordnet" for folder in nltk), "/usr/share/wordnet", str(home() / "wordnet"))
    bring = "augment resources fetch wordnet   (or, on Debian and Ubuntu: apt-get install wordnet-base wordnet-sense-index)"
    return Resource("wordnet", "the dictionary WordNet 3.0", places, bring, _is_wordnet)


def nltk() -> Resource:
    """The reader of WordNet."""
    return module("nltk", "reads WordNet")


def tagger() -> Resource:
    """A tagger of parts of speech that comes with its lexicon."""
    return module("textblob", "tags parts of speech; its lexicon is in the package")


def inflector() -> Resource:
    """English inflection."""
    return module("lemminflect", "inflects English words")


def transformers() -> Resource:
    """The loader of language models."""
    return module("transformers", "loads language models", "transformers torch")


def model(name: str, about: str) -> Resource:
    """A model: a local folder, or the name of one on the hub that is already in the local cache."""
    if _is_path(name):
        return Resource(name, about, (name,), "write the path of a folder that transformers has saved", _is_model)
    cached = str(hub_cache() / f"models--{name.replace('/', '--')}")
    return Resource(name, about, (cached,), f"augment resources fetch {name}", _is_cached)


TOKENIZERS = {
    "FSMTTokenizer": ("sacremoses",), "XLMTokenizer": ("sacremoses",), "FlaubertTokenizer": ("sacremoses",),
    "BioGptTokenizer": ("sacremoses",), "MarianTokenizer": ("sentencepiece",), "M2M100Tokenizer": ("sentencepiece",),
    "Speech2TextTokenizer": ("sentencepiece",), "BertJapaneseTokenizer": ("fugashi",),
}  # fmt: skip
"""The tokenizers of transformers that import a package of their own, at the first text or when they are loaded."""
_OF_TYPES = {
    "fsmt": "FSMTTokenizer", "xlm": "XLMTokenizer", "flaubert": "FlaubertTokenizer", "biogpt": "BioGptTokenizer",
    "marian": "MarianTokenizer", "m2m_100": "M2M100Tokenizer",
}  # fmt: skip
"""Of the type of a model the tokenizer that it has, unless it says otherwise."""


def tokenizer(name: str) -> tuple[Resource, ...]:
    """Return what the tokenizer of a model needs beside transformers, as the model says; of one that is not there, nothing."""
    place = model(name, "").find()
    if place is None:
        return ()
    said: dict[str, str] = {}
    for entry, file in (("model_type", "config.json"), ("tokenizer_class", "tokenizer_config.json")):
        for found in sorted((*Path(place).expanduser().glob(file), *Path(place).glob(f"snapshots/*/{file}"))):
            said[entry] = _entry(found, entry) or said.get(entry, "")
    needs = TOKENIZERS.get(said.get("tokenizer_class") or _OF_TYPES.get(said.get("model_type", ""), ""), ())
    return tuple(module(package, f"the tokenizer of {name} is made of it") for package in needs)


def _entry(path: Path, name: str) -> str:
    """An entry of a file of JSON; '' if it has none, or is none, of which transformers will tell."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return ""
    return str(found.get(name) or "") if isinstance(found, dict) else ""


def file(path: str, about: str) -> Resource:
    """A file that the spec names."""
    return Resource(path, about, (path,), "write the path of a file that is there", lambda place: Path(place).is_file())


def _is_path(name: str) -> bool:
    return name.startswith((".", "/", "~")) or name.count("/") > 1 or Path(name).expanduser().is_dir()


def _is_model(folder: str) -> bool:
    return (Path(folder).expanduser() / "config.json").is_file()


def _is_cached(folder: str) -> bool:
    return any(Path(folder).glob("snapshots/*/config.json"))


def hub_cache() -> Path:
    """Where the hub's models are kept, as huggingface_hub decides it."""
    hub = os.environ.get("HF_HUB_CACHE")
    return Path(hub) if hub else Path(os.environ.get("HF_HOME", Path.home() / ".cache" / "huggingface")) / "hub"


def home() -> Path:
    """Where ``augment resources fetch`` puts what it brings."""
    return Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share")) / "augment"


NAMED: dict[str, Callable[[], Resource]] = {
    "wordnet": wordnet, "nltk": nltk, "textblob": tagger, "lemminflect": inflector, "transformers": transformers,
}  # fmt: skip
"""Those that have a name of their own; models and files are named by specs."""
