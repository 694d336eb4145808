"""English contractions written in full, where they can mean one thing only."""

from __future__ import annotations

_VERBS = "is are was were do does did have has had would could should must need might".split()
_SUBJECTS = "I you he she it we they there this that these those".split()
_BE = {"'m": ("am", "I"), "'re": ("are", "you we they")}
_WILL = "I you he she it we they that there who".split()
_HAVE = "I you we they could should would might must".split()
_IS_OR_HAS = "he she it that there what who".split()
# what follows 's where it stands for is; before 'been' it stands for has, and elsewhere one cannot tell
_AFTER_IS = (
    "a an the not very so too going in on at my your our his her their no quite really one what why how who where because about"
).split()
_AFTER_HAS = "been got had become".split()


def expanded() -> dict[str, list[str]]:
    """Return short forms and what they stand for; one that stands for nothing is left as it is."""
    found: dict[str, list[str]] = {f"{verb}n't": [f"{verb} not"] for verb in _VERBS}
    found |= {"won't": ["will not"], "can't": ["cannot"], "shan't": ["shall not"], "let's": ["let us"]}
    # in a question the subject stands between the two words: 'isn't it' is not 'is not it'
    found |= {f"{form} {subject}": [] for form in list(found) if form.endswith("n't") for subject in _SUBJECTS}
    found |= {f"{s}{form}": [f"{s} {verb}"] for form, (verb, subjects) in _BE.items() for s in subjects.split()}
    found |= {f"{subject}'ll": [f"{subject} will"] for subject in _WILL}
    found |= {f"{subject}'ve": [f"{subject} have"] for subject in _HAVE}
    for subject in _IS_OR_HAS:
        found |= {f"{subject}'s {word}": [f"{subject} is {word}"] for word in _AFTER_IS}
        found |= {f"{subject}'s {word}": [f"{subject} has {word}"] for word in _AFTER_HAS}
    return {form.lower(): full for form, full in found.items()}


TABLES = {"en": expanded}
