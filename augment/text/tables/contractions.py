"""English contractions: phrases and their short forms."""

from __future__ import annotations

_NEGATED = "is are was were do does did have has had would could should must need might".split()
_BE = {"am": "I", "are": "you we they", "is": "he she it that there what who where how here when"}
_WILL = "I you he she it we they that there who".split()
_HAVE = "I you we they".split()
_COULD_HAVE = "could should would might must".split()


def contracted() -> dict[str, list[str]]:
    """Return phrases and how they are said in short."""
    found = {f"{verb} not": [f"{verb}n't"] for verb in _NEGATED}
    found |= {"will not": ["won't"], "cannot": ["can't"], "can not": ["can't"], "shall not": ["shan't"]}
    found |= {f"{subject} {verb}": [_short(subject, verb)] for verb, subjects in _BE.items() for subject in subjects.split()}
    found |= {
        f"{subject} {verb} not": [f"{_short(subject, verb)} not", f"{subject} {verb}n't"]
        for verb, subjects in _BE.items() if verb != "am" for subject in subjects.split()
    }  # fmt: skip
    found |= {f"{subject} will": [f"{subject}'ll"] for subject in _WILL}
    found |= {f"{subject} have {verb}": [f"{subject}'ve {verb}"] for subject in _HAVE for verb in ("been", "got", "had", "never")}
    found |= {f"{subject} has {verb}": [f"{subject}'s {verb}"] for subject in ("he", "she", "it") for verb in ("been", "got")}
    found |= {f"{verb} have": [f"{verb}'ve"] for verb in _COULD_HAVE}
    return {phrase.lower(): forms for phrase, forms in found.items()}


def _short(subject: str, verb: str) -> str:
    """he is: he's."""
    return subject + {"am": "'m", "are": "'re", "is": "'s"}[verb]


TABLES = {"en": contracted}
