"""Entries beside the targets of a sample: what must not stay behind is refused, and everything else passes.

What the keys of a sample say is found out once, as a `Beside`; the values are looked at in every sample.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from augment.errors import SampleError
from augment.sample import DEFAULT_TARGETS, Target
from augment.sample.holding import deeper, held_in
from augment.sample.pointing import mapped, names_text, refuse_stale, stands, words_of

_OF_THE_WHOLE = frozenset({
    "image", "img", "picture", "file", "filename", "path", "size", "shape", "width", "height", "index", "idx", "epoch", "scale",
    "mean", "std", "resolution",
})  # fmt: skip
"""Words of names that tell something of the image: a row of two numbers beside two boxes is its size, and no row of theirs."""
DROPPING = frozenset({"boxes", "oriented_boxes", "polygons", "instances"})
"""The kinds whose rows go where nothing of them is left."""
_COORDINATES = frozenset({
    "box", "boxe", "bbox", "bboxe", "bndbox", "segmentation", "polygon", "contour", "keypoint", "landmark", "joint", "corner",
    "vertex", "vertice",
})  # fmt: skip
"""Words of names, in the singular that `words_of` makes, under which places in the image stand."""


class Beside(NamedTuple):
    """What the keys of a sample say of the entries that are no targets."""

    rest: tuple[str, ...]
    """No target claims them, and none carries them."""
    texts: tuple[str, ...]
    """Of these, and of the targets that nobody declared, the names of texts."""
    rows: tuple[tuple[str, str, str], ...]
    """Rows that can be dropped, an entry that would be stale if it has one for each of them, and what to write then."""
    spans: tuple[str, ...]
    unlabelled: tuple[str, ...]
    """Spans that carry the labels of the sample, if these have a row for each."""
    edited: tuple[str, ...]
    """The texts that change."""
    assumed: tuple[str, ...] = ()
    """Labels by their name alone: nobody said that they shall stay as they are."""

    @classmethod
    def of(cls, keys: Collection[str], targets: Mapping[str, Target], edited: Collection[str], mixes: bool) -> Beside:
        """Sort the entries that are not None. ``edited`` are the text targets that a program changes; ``mixes``: labels, too."""
        carried = {name for target in targets.values() for name in target.carry}
        rest = tuple(key for key in keys if key not in targets and key not in carried)
        spans = tuple(name for name, target in targets.items() if target.kind == "spans")
        moving = [name for name in spans if targets[name].of in edited and name not in carried]
        labels = [name for name in keys if name in targets and targets[name].kind == "labels" and name not in carried]
        dropping = [name for name, target in targets.items() if drops(target)]
        stale = [(name, key) for name in dropping for key in rest]
        # `labels` looks at those, and taggers name the classes that there are
        stale += [(name, key) for name in moving for key in rest if key != "labels" and "name" not in words_of(key)]
        # labels are those of the whole where their rows say what they carry
        open_ = [name for name in dropping if "carry" not in targets[name].model_fields_set and not mixes]
        stale += [(name, key) for name in open_ for key in labels if targets[key].classes is None]
        rows = tuple((name, key, carrying(name, targets[name], key)) for name, key in stale if not of_the_whole(key))
        free = "labels" in keys and "labels" not in carried and not mixes
        if free and "labels" in targets:
            free = targets["labels"].kind == "labels" and targets["labels"].classes is None
        unlabelled = tuple(name for name in moving if free and "carry" not in targets[name].model_fields_set)
        undeclared = {name: t.kind for name, t in targets.items() if t is DEFAULT_TARGETS.get(name)}
        texts = tuple(key for key in (*rest, *undeclared) if names_text(key) and undeclared.get(key, "text") == "text")
        assumed = tuple(name for name in keys if undeclared.get(name) == "labels" and name not in carried)
        return cls(rest, texts, rows, spans, unlabelled, tuple(edited), assumed)

    def check(self, sample: Mapping[str, Any], elsewhere: Mapping[str, Any] = MappingProxyType({})) -> None:
        """Raise `SampleError` where an entry would stay behind: boxes in a mapping, rows of boxes or spans, places in a text.

        ``elsewhere`` are texts that are edited and stand in another part of the sample.
        """
        for name in self.assumed:
            refuse_coordinates(name, sample[name])
        counts = {name: count_rows(sample[name]) for name, _, _ in self.rows}
        for name, key, fix in self.rows:
            count = counts[name]
            if count and (where := _of_as_many(stands(key), sample[key], count)):
                raise SampleError(f"{where} has a row for each of {name}, which would drop without it: {fix}")
        edited = {name: sample[name] for name in self.edited} | dict(elsewhere)
        for key in self.rest:
            if key != "labels" or not self.unlabelled:  # which are carried, or refused
                refuse_stale(key, sample[key], edited)
        for name in self.spans:
            if form := mapped(name, sample[name], f"sample[{name!r}]"):
                raise SampleError(f"{name}: spans are rows of [start, stop] in characters, not mappings: give {form.rows}")

    def labels(self, sample: Mapping[str, Any], pictured: bool) -> str:
        """Return the spans that carry the labels of a sample; '' if the labels are those of the whole sample, or of its image.

        Raises `SampleError` where they fit no spans, or several.
        """
        count = count_rows(sample["labels"])
        fitting = [name for name in self.unlabelled if count is not None and count_rows(sample[name]) == count]
        if len(fitting) > 1:
            either = f"write {fitting[0]}: {{carry: [labels]}}, and {fitting[1]}: {{carry: []}}"
            raise SampleError(f"labels has a row for each of {fitting[0]} and for each of {fitting[1]}: {either}")
        if not fitting and count is not None and not pictured:
            name = self.unlabelled[0]
            fix = f"give a row for each, or write {name}: {{carry: []}} if they belong to something else"
            raise SampleError(f"labels has {count} rows and {name}, which carries it, has {count_rows(sample[name])}: {fix}")
        return fitting[0] if fitting else ""


def refuse_unmoved(sample: Mapping[str, Any], keys: Iterable[str], size: tuple[int, int]) -> None:
    """Raise `SampleError` where one of ``keys``, which nothing moves, has the size (height, width) of the image or holds places
    in it, or what it holds does.
    """
    for key in keys:
        entry = sample[key]
        for where, inner in held(repr(key), entry):
            shape = getattr(inner, "shape", None)
            if isinstance(shape, tuple):
                same = len(shape) > 1 and size in (shape[:2], shape[-2:])
            else:  # a picture says (width, height)
                same = getattr(inner, "size", None) == size[::-1]
            if same:
                raise of_the_size(where, key, "image", size)
        refuse_coordinates(key, entry)


def of_the_size(where: str, key: Any, image: str, size: tuple[Any, Any]) -> SampleError:
    """Return the error of what has the size of the image and stands, under the key ``key``, where nothing would move it."""
    what = f"{where} has the size of the {image} ({size[0]} x {size[1]}), and no target claims it, so nothing would move it"
    declare = f"declare what it is, targets: {{{key}: mask}}" if where == repr(key) else "give it a key of the sample, as a mask"
    return SampleError(f"{what}: {declare}, or declare labels to leave it as it is, targets: {{{key}: labels}}")


def held(path: str, entry: Any, depth: int = 6) -> Iterator[tuple[str, Any]]:
    """What an entry holds, itself where it holds nothing, with where it stands; plain numbers and texts are left out."""
    if isinstance(entry, str | int | float) or entry is None:
        return
    inside = held_in(entry) if depth else {}
    if inside or (depth and isinstance(entry, Mapping | list | tuple)):
        for name, inner in inside.items() or enumerate(entry):
            yield from held(f"{path}[{name!r}]", inner, deeper(entry, depth))
    else:
        yield path, entry


def refuse_coordinates(key: Any, entry: Any) -> None:
    """Raise `SampleError` where an entry that nothing moves is, or holds, places in the image: as its name
    says, or those inside.
    """
    for path, name, inner in _named(repr(key), key, entry):
        if _is_numbers(inner) and names_places(name):
            raise unmoved_places(path)


def unmoved_places(where: str) -> SampleError:
    """Return the error of places in the image that stand where nothing would move them."""
    declared = "declare them, as targets: {NAME: polygons} (or boxes, oriented_boxes, keypoints, mask, instances)"
    fix = f"{declared}; augment.data.samples_of(dataset) reads what data sets hold"
    return SampleError(f"{where} holds places in the image, which nothing would move there: {fix}, or leave them out")


def names_places(key: Any) -> bool:
    """Whether the name of an entry says that places in the image stand under it."""
    return not _COORDINATES.isdisjoint(words_of(key))


def _named(path: str, key: Any, entry: Any, depth: int = 6) -> Iterator[tuple[str, Any, Any]]:
    """An entry and what it holds under names, with where it stands."""
    yield path, key, entry
    if depth and (inside := held_in(entry)):
        for name, inner in inside.items():
            yield from _named(f"{path}[{name!r}]", name, inner, deeper(entry, depth))
    elif depth and isinstance(entry, list | tuple):
        for i, inner in enumerate(entry):
            if held_in(inner):
                yield from _named(f"{path}[{i}]", None, inner, depth - 1)


def _is_numbers(entry: Any) -> bool:
    """Whether an entry is rows of numbers; a mapping (VOC writes four texts) or an object counts, a single number does not."""
    if held_in(entry):
        return True
    if isinstance(entry, list | tuple):
        return any(isinstance(e, int | float) or hasattr(e, "__float__") or _is_numbers(e) for e in entry)
    return len(getattr(entry, "shape", ())) > 0


def drops(target: Target) -> bool:
    """Whether rows of a target can be dropped when the image is moved."""
    return target.kind in DROPPING or (target.kind == "keypoints" and target.invisible == "drop")


def of_the_whole(key: Any) -> bool:
    """Whether the name of an entry says that it tells something of the image, or of the sample, and not of its rows."""
    return not _OF_THE_WHOLE.isdisjoint(words_of(key))


def carrying(name: str, target: Target, key: Any) -> str:
    """What to write so that a target carries an entry, or so that the entry is left."""
    # a backend may carry more under keys that no spec could write
    also = [carry for carry in target.carry if carry.isidentifier() and carry != key]
    if not isinstance(key, str):
        return f"give it a name, in one mapping with {name}, and write {name}: {{carry: [{', '.join([*also, 'THAT_NAME'])}]}}"
    carried = f"{name}: {{carry: [{', '.join([*also, str(key)])}]}}"
    return f"{carried}; or, if it belongs to something else, {key}: labels and {name}: {{carry: [{', '.join(also)}]}}"


def count_rows(entry: Any) -> int | None:
    """How many rows an entry has; None if it is no sequence."""
    if isinstance(entry, str | bytes | Mapping) or not hasattr(entry, "__len__"):
        return None
    shape = getattr(entry, "shape", None)
    return len(entry) if shape is None or len(shape) else None


def _of_as_many(path: str, entry: Any, count: int) -> str:
    """Where an entry, or one that it holds, has so many rows; '' if none has."""
    for where, name, inner in _named(path, None, entry):
        if count_rows(inner) == count and not (name is not None and of_the_whole(name)):
            return where
    return ""
