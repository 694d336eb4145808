"""What the files that are measured are called: their names tell what they show, and what for."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

MANY = 2000
"""So many files are looked at, evenly spread."""
ABOVE = 2
"""So many parts of the path that was given: 'mnist' and 'train' of data/mnist/train."""
STAGES = re.compile(r"train|training|val|valid|validation|test|eval|evaluation|inference")
_HUMP = re.compile(r"(?<=[a-z])(?=[A-Z])")


@dataclass(frozen=True)
class Names:
    """Names in lower case, with a space between words."""

    files: tuple[str, ...] = ()
    """Each with the folders that it lies in."""
    classes: frozenset[str] = frozenset()
    """The folders below the one that was given."""
    stage: str = ""
    """The nearest folder that is called for one, as 'train' or 'val', if it is the same for all."""

    @classmethod
    def of(cls, samples: Any) -> Names:
        """Return those of a `Folder`; of samples that are no files nothing is known."""
        roots = getattr(samples, "folders", ())
        if not roots or not len(samples):
            return cls()
        above = roots[0].resolve().parts[-ABOVE:] if len(roots) == 1 else ()
        count = min(len(samples), MANY)
        keys = [PurePath(samples.item(i * len(samples) // count).key) for i in range(count)]
        folders = [(*above, *key.parent.parts) for key in keys]
        stages = {next((part for part in map(str.lower, parts[::-1]) if STAGES.fullmatch(part)), "") for parts in folders}
        return cls(
            tuple(_words((*parts, key.name)) for parts, key in zip(folders, keys, strict=True)),
            frozenset(_words((key.parent.name,)) for key in keys if key.parent.name),
            stages.pop() if len(stages) == 1 else "",
        )


def _words(parts: Iterable[str]) -> str:
    text = " ".join(_HUMP.sub(" ", part) for part in parts)
    return re.sub(r"[\W_]+|(?<=[^\W\d])(?=\d)", " ", text).strip().lower()
