"""Keypoints of objects in COCO files: x, y and visibility of each, in an order that the file names.

They are rows of one target, object by object, and know whose they are; what is gone, or was never there, is written as zeros.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import isfinite
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.form import Entries, Size, only
from augment.errors import FileError
from augment.sample import Target
from augment.sample.sides import FlipPairs

POSE = "pose"
"""In the row of a box: which of the objects that have keypoints it is."""
VALUES = 3
"""Of a keypoint: x, y, and 0 (not labelled), 1 (hidden) or 2 (visible)."""


@dataclass(frozen=True)
class Poses:
    """The target that takes keypoints, how many an object has, and which of them are pairs."""

    name: str
    flips: FlipPairs

    @classmethod
    def of(cls, targets: Mapping[str, Target], head: Mapping[str, Any], path: Path) -> Poses:
        """Raises `SpecError` unless one target takes keypoints, and `FileError` where nobody says which of them are pairs."""
        name = only(targets, "keypoints", f"the keypoints of {path} are one target of kind keypoints")
        named = {tuple(c["keypoints"]) for c in head.get("categories", []) if _named(c.get("keypoints"))}
        if len(named) > 1:
            raise FileError(f"{path}: its categories name different keypoints, and all objects have the same ones")
        declared, (names,) = targets[name].flip_pairs, named or {()}
        if declared.pairs:
            if names and declared.rows not in (0, len(names)):
                raise FileError(f"{path}: names {len(names)} keypoints, and flip_pairs of {name} is for {declared.rows}")
            return cls(name, declared._replace(rows=declared.rows or len(names)))
        if not names:
            fix = f"declare targets: {{{name}: {{kind: keypoints, flip_pairs: coco}}}}, or give the file of instances"
            what = "its categories do not name the keypoints, so no one knows which change places in a flip"
            raise FileError(f"{path}: {what}: {fix}")
        return cls(name, FlipPairs(len(names), _pairs(names)))

    @property
    def owners(self) -> str:
        """The entry with the object, and the place in it, of each row."""
        return f"{self.name}_of"

    def fit(self, targets: Mapping[str, Target]) -> dict[str, Target]:
        """The targets of the samples: rows change places as the file has it, and know whose they are."""
        own = targets[self.name]
        more = {"flip_pairs": self.flips, "carry": (*own.carry, self.owners)}
        return {**targets, self.name: own.model_copy(update=more)}

    def entries(self, objects: Iterable[tuple[Any, str]]) -> Entries:
        """Return the entries of a sample; ``objects`` are the keypoints of each, as they stand in the file, and where."""
        rows = [row for raw, where in objects for row in self._rows(raw, where)]
        # words, which stay in their places in a mirror, as numbers would not
        words = [f"{i // self.flips.rows}:{i % self.flips.rows}" for i in range(len(rows))]
        return {self.name: np.array(rows, np.float64).reshape(-1, VALUES), self.owners: words}

    def _rows(self, raw: Any, where: str) -> list[list[float]]:
        count = VALUES * self.flips.rows
        plain = isinstance(raw, list) and all(type(x) in (int, float) and isfinite(x) for x in raw)
        if not plain or len(raw) != count:
            given = f"{len(raw)} values" if plain else str(raw)[:60]
            raise FileError(f"{where}: keypoints are x, y, visibility of {self.flips.rows}, {count} numbers, not {given}")
        return [raw[i : i + VALUES] for i in range(0, count, VALUES)]

    def written(self, sample: Mapping[str, Any], size: Size) -> dict[int, list[float]]:
        """Return the keypoints of each object of which any is left, as they stand in a file."""
        out: dict[int, list[float]] = {}
        for (x, y, seen), word in zip(np.asarray(sample[self.name], float).tolist(), sample[self.owners], strict=True):
            thing, place = map(int, word.split(":"))
            row = out.setdefault(thing, self.none())
            if seen and -0.5 <= x < size[1] - 0.5 and -0.5 <= y < size[0] - 0.5:
                row[VALUES * place : VALUES * (place + 1)] = [round(x, 4), round(y, 4), int(seen)]
        return out

    def none(self) -> list[float]:
        """The keypoints of an object of which none is left."""
        return [0] * (VALUES * self.flips.rows)


def _named(raw: Any) -> bool:
    return isinstance(raw, list) and bool(raw) and all(isinstance(name, str) for name in raw)


def _pairs(names: Sequence[str]) -> tuple[tuple[int, int], ...]:
    """Those whose names differ in left and right alone."""
    other = {name: name.replace("left", "right") for name in names if "left" in name}
    return tuple((names.index(left), names.index(right)) for left, right in other.items() if right in names)


__all__ = ["POSE", "Poses"]
