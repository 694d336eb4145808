"""Which of many samples stand for all of them, and what the classes of a data set are called."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from augment.data.folder import Folder
from augment.data.source import Source
from augment.sample import ALIASES, DEFAULT_TARGETS, Target


def evenly(count: int, most: int) -> list[int]:
    """Return at most ``most`` of the numbers below ``count``, at equal distances, the first among them."""
    return [i * count // most for i in range(most)] if count > most else list(range(count))


def spread(groups: Sequence[str], most: int) -> list[int]:
    """Return at most ``most`` places, in order: of each group as many as of any other, if it has them, evenly spread."""
    of: dict[str, list[int]] = {}
    for place, group in enumerate(groups):
        of.setdefault(group, []).append(place)
    every = list(of.values())
    shown = [every[i] for i in evenly(len(every), most)]
    counts, left = [0] * len(shown), min(most, sum(map(len, shown)))
    while left:
        for i, places in enumerate(shown):
            if left and counts[i] < len(places):
                counts[i], left = counts[i] + 1, left - 1
    return sorted(places[i] for places, count in zip(shown, counts, strict=True) for i in evenly(len(places), count))


def places_of(dataset: Any, count: int, most: int) -> list[int]:
    """Return the places of at most ``most`` samples of a data set with ``count``: those of a folder spread over its classes."""
    return spread(dataset.groups, most) if isinstance(dataset, Folder) and count == len(dataset) else evenly(count, most)


def class_names(dataset: Any, targets: Mapping[str, Target]) -> dict[str, tuple[str, ...]]:
    """Return what the numbers of labels stand for, by target: what a folder's classes are called, and data sets of torchvision
    (``classes``) and Hugging Face (``features``) say of themselves."""
    if isinstance(dataset, Source):
        return dict(dataset.form.class_names) if dataset.form else {}
    labels = [name for name, target in (targets or DEFAULT_TARGETS).items() if target.kind == "labels"]
    features = getattr(dataset, "features", None)
    found = {}
    for column, feature in features.items() if isinstance(features, Mapping) else ():
        ours = column if column in labels else labels[0] if ALIASES.get(column) == "labels" and len(labels) == 1 else None
        if ours and (own := _words(getattr(feature, "names", None))):
            found[ours] = own
    own = _words(getattr(dataset, "classes", None))
    return found or ({labels[0]: own} if own and len(labels) == 1 else {})


def _words(names: Any) -> tuple[str, ...]:
    """Names as they are, if that is what they are."""
    return tuple(names) if isinstance(names, list | tuple) and all(isinstance(name, str) for name in names) else ()


__all__ = ["class_names", "evenly", "places_of", "spread"]
