"""Synonyms and antonyms from WordNet (Miller 1995), read by NLTK: of the word's sense as a part of speech, inflected like it."""

from __future__ import annotations

import io
import os
import threading
import warnings
from functools import lru_cache
from typing import Any

from augment.text import resources
from augment.text.case import with_case_of
from augment.text.grammar import part_of_speech, part_of_tag
from augment.text.inflection import inflect

# the manual page lexnames(5WN); Debian's packages leave the file itself out
_LEXNAMES = """adj.all adj.pert adv.all noun.Tops noun.act noun.animal noun.artifact noun.attribute noun.body noun.cognition
noun.communication noun.event noun.feeling noun.food noun.group noun.location noun.motive noun.object noun.person noun.phenomenon
noun.plant noun.possession noun.process noun.quantity noun.relation noun.shape noun.state noun.substance noun.time verb.body
verb.change verb.cognition verb.communication verb.competition verb.consumption verb.contact verb.creation verb.emotion
verb.motion verb.perception verb.possession verb.social verb.stative verb.weather adj.ppl""".split()
_LOCK = threading.RLock()  # NLTK's reader seeks in files that all threads share


@lru_cache(maxsize=1)
def _reader() -> Any:
    import nltk.data
    from nltk.corpus.reader.wordnet import WordNetCorpusReader

    class Reader(WordNetCorpusReader):
        def open(self, file: str) -> Any:
            if file == "lexnames":
                return io.StringIO("".join(f"{i:02}\t{name}\t0\n" for i, name in enumerate(_LEXNAMES)))
            return super().open(file)

        def map_wn(self, version: str = "wordnet") -> None:
            """No map to other languages, which would need another corpus."""

    place = resources.wordnet().require()
    if place not in nltk.data.path:
        nltk.data.path.append(place)  # NLTK reads nothing outside its path
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "The multilingual functions")
        return Reader(place, omw_reader=None)


def _in_a_fork() -> None:
    """A worker that is forked shares the open files of its parent, and where each of them reads: it opens its own."""
    global _LOCK
    _LOCK = threading.RLock()
    if _reader.cache_info().currsize:
        reader = _reader()
        reader._data_file_map = {}
        reader._key_count_file = reader._key_synset_file = None


if hasattr(os, "register_at_fork"):
    os.register_at_fork(after_in_child=_in_a_fork)


@lru_cache(maxsize=65536)
def synonyms(word: str, tag: str, senses: int = 2) -> tuple[str, ...]:
    """Return what may stand for a word with this Penn tag: the lemmas of its commonest senses, in their order, inflected."""
    return _related(word, tag, lambda base, pos: [n for s in _synsets(base, pos)[:senses] for n in s.lemma_names()])


@lru_cache(maxsize=65536)
def antonyms(word: str, tag: str, senses: int = 2) -> tuple[str, ...]:
    """Return the opposites of a word with this Penn tag, of its commonest senses, inflected."""

    def names(base: str, pos: str) -> list[str]:
        lemmas = [lemma for s in _synsets(base, pos)[:senses] for lemma in s.lemmas() if lemma.name().lower() == base]
        return [other.name() for lemma in lemmas for other in lemma.antonyms()]

    return _related(word, tag, names)


@lru_cache(maxsize=16384)
def form_of(lemma: str, tag: str) -> str | None:
    """Return the form of a lemma that a Penn tag asks for; None if there is none, as of adjectives that take 'more'."""
    pos = part_of_tag(tag) or "n"
    return inflect(lemma, tag, _irregular(pos), _reader()._exception_map[pos])


@lru_cache(maxsize=8)
def _irregular(pos: str) -> dict[str, tuple[str, ...]]:
    """The forms in WordNet's list of exceptions, by lemma."""
    found: dict[str, tuple[str, ...]] = {}
    for form, lemmas in _reader()._exception_map[pos].items():
        for lemma in lemmas:
            found[lemma] = (*found.get(lemma, ()), form)
    return found


def _synsets(base: str, pos: str) -> list[Any]:
    return _reader().synsets(base, pos)


def _related(word: str, tag: str, names: Any) -> tuple[str, ...]:
    pos = part_of_speech(word, tag)
    if pos is None:
        return ()
    with _LOCK:  # also around the first use, which loads the dictionary
        base = _reader().morphy(word.lower(), pos)
        found = names(base, pos) if base else []
    forms: dict[str, None] = {}
    for name in found:
        lemma = name.replace("_", " ")
        if lemma.lower() != base and lemma.islower() and (form := form_of(lemma, tag)) and form != word.lower():
            forms[with_case_of(word, form)] = None
    return tuple(forms)
