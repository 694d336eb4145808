"""Entries beside the targets of a sample: what must not stay behind is refused, and everything else passes.

What the keys of a sample say is found out once, as a `Beside`; the values are looked at in every sample.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from augment.errors import SampleError
from augment.sample import DEFAULT_TARGETS, Target

_OF_THE_WHOLE = frozenset({
    "image", "img", "picture", "file", "filename", "path", "size", "shape", "width", "height", "index", "idx", "epoch", "scale",
    "mean", "std", "resolution",
})  # fmt: skip
"""Words of names that tell something of the image: a row of two numbers beside two boxes is its size, and no row of theirs."""
_COORDINATES = frozenset({
    "box", "boxe", "bbox", "bboxe", "bndbox", "segmentation", "polygon", "contour", "keypoint", "landmark", "joint", "corner",
    "vertex", "vertice",
})  # fmt: skip
"""Words of names, in the singular that `_words` makes, under which places in the image stand."""
_TEXTS = frozenset({
    "text", "txt", "caption", "sentence", "sent", "description", "question", "answer", "prompt", "message", "conversation",
    "instruction", "query", "response", "title", "content", "utterance", "dialog", "dialogue", "chat", "narration", "summary",
    "hypothesis", "premise", "comment", "transcript", "expression", "command", "alt",
})  # fmt: skip
_PLACES = frozenset({"entity", "span", "offset", "ner"})
_ENDS = (("start", "end"), ("start", "stop"), ("start_char", "end_char"), ("start_offset", "end_offset"), ("begin", "end"))
"""What others call the two ends of a span."""


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
        stale += [(name, key) for name in moving for key in rest if key != "labels" and "name" not in _words(key)]
        # labels are those of the whole where their rows say what they carry
        open_ = [name for name in dropping if "carry" not in targets[name].model_fields_set and not mixes]
        stale += [(name, key) for name in open_ for key in labels if targets[key].classes is None]
        rows = tuple((name, key, carrying(name, targets[name], key)) for name, key in stale if not of_the_whole(key))
        free = "labels" in keys and "labels" not in carried and not mixes
        if free and "labels" in targets:
            free = targets["labels"].kind == "labels" and targets["labels"].classes is None
        unlabelled = tuple(name for name in moving if free and "carry" not in targets[name].model_fields_set)
        undeclared = [name for name, t in targets.items() if t is DEFAULT_TARGETS.get(name) and t.kind == "text"]
        texts = tuple(key for key in (*rest, *undeclared) if names_text(key))
        return cls(rest, texts, rows, spans, unlabelled, tuple(edited))

    def check(self, sample: Mapping[str, Any]) -> None:
        """Raise `SampleError` where an entry would stay behind: boxes in a mapping, rows of boxes or spans, places in a text."""
        counts = {name: count_rows(sample[name]) for name, _, _ in self.rows}
        for name, key, fix in self.rows:
            count = counts[name]
            if count and (where := _of_as_many(repr(key), sample[key], count)):
                raise SampleError(f"{where} has a row for each of {name}, which would drop without it: {fix}")
        for key in self.rest:
            entry = sample[key]
            if type(entry) in (str, int, float):
                continue
            if self.edited and isinstance(entry, Mapping | list | tuple):
                self._refuse_places(key, entry, sample)
        for name in self.spans:
            if form := _mapped(name, sample[name], f"sample[{name!r}]"):
                raise SampleError(f"{name}: spans are rows of [start, stop] in characters, not mappings: give {form.rows}")

    def _refuse_places(self, key: str, entry: Any, sample: Mapping[str, Any]) -> None:
        for form in _pointing(key, entry, f"sample[{key!r}]"):
            for name in self.edited:
                if form.points_into(tuple(texts_in(sample[name]))):
                    what = f"{key!r} points into {name!r}, which is edited, and nothing would move it"
                    fix = f"give spans: {form.rows}, with targets: {{spans: {{kind: spans, of: {name}}}}}"
                    raise SampleError(f"{what}: {fix}; or declare {key} as labels to leave it as it is")

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


def names_text(key: Any) -> bool:
    """Whether the name of an entry says that it is a text."""
    return not _TEXTS.isdisjoint(_words(key))


def texts_in(entry: Any) -> Iterator[str]:
    """The texts of an entry: itself, those of a list, or what is said in a chat."""
    if isinstance(entry, str):
        yield entry
    elif isinstance(entry, Mapping):
        for inner in entry.values():
            yield from texts_in(inner)
    elif isinstance(entry, list | tuple) or getattr(getattr(entry, "dtype", None), "kind", "") in tuple("OU"):
        for inner in entry:
            yield from texts_in(inner)


def refuse_unmoved(sample: Mapping[str, Any], keys: Iterable[str], size: tuple[int, int]) -> None:
    """Raise `SampleError` where one of ``keys``, which nothing moves, has the size (height, width) of the image or holds places
    in it.
    """
    for key in keys:
        entry = sample[key]
        shape = getattr(entry, "shape", None)
        if isinstance(shape, tuple):
            same = len(shape) > 1 and size in (shape[:2], shape[-2:])
        else:  # a picture says (width, height)
            same = getattr(entry, "size", None) == size[::-1]
        if same:
            what = f"{key!r} has the size of the image ({size[0]} x {size[1]}), and no target claims it, so nothing would move it"
            raise SampleError(f"{what}: declare what it is, targets: {{{key}: mask}}, or labels to leave it as it is")
        refuse_coordinates(key, entry)


def refuse_coordinates(key: Any, entry: Any) -> None:
    """Raise `SampleError` where an entry that nothing moves is, or holds, places in the image: as its name
    says, or those inside.
    """
    for path, name, inner in _named(repr(key), key, entry):
        if _is_numbers(inner) and names_places(name):
            raise unmoved_places(path)


def unmoved_places(where: str) -> SampleError:
    """Return the error of places in the image that stand where nothing would move them."""
    fix = "give them as boxes, keypoints or a mask of the sample (augment.data.samples_of(dataset) reads what data sets hold)"
    return SampleError(f"{where} holds places in the image, which nothing would move there: {fix}, or leave them out")


def names_places(key: Any) -> bool:
    """Whether the name of an entry says that places in the image stand under it."""
    return not _COORDINATES.isdisjoint(_words(key))


def _named(path: str, key: Any, entry: Any, depth: int = 6) -> Iterator[tuple[str, Any, Any]]:
    """An entry and what it holds under names, with where it stands."""
    yield path, key, entry
    if depth and isinstance(entry, Mapping):
        for name, inner in entry.items():
            yield from _named(f"{path}[{name!r}]", name, inner, depth - 1)
    elif depth and isinstance(entry, list | tuple) and any(isinstance(inner, Mapping) for inner in entry):
        for i, inner in enumerate(entry):
            if isinstance(inner, Mapping):
                yield from _named(f"{path}[{i}]", None, inner, depth - 1)


def _is_numbers(entry: Any) -> bool:
    """Whether an entry is rows of numbers; a mapping (VOC writes four texts) counts, a single number does not."""
    if isinstance(entry, Mapping):
        return bool(entry)
    if isinstance(entry, list | tuple):
        return any(isinstance(e, int | float) or hasattr(e, "__float__") or _is_numbers(e) for e in entry)
    return len(getattr(entry, "shape", ())) > 0


def drops(target: Target) -> bool:
    """Whether rows of a target can be dropped when the image is moved."""
    return target.kind == "boxes" or (target.kind == "keypoints" and target.invisible == "drop")


def of_the_whole(key: Any) -> bool:
    """Whether the name of an entry says that it tells something of the image, or of the sample, and not of its rows."""
    return not _OF_THE_WHOLE.isdisjoint(_words(key))


def carrying(name: str, target: Target, key: Any) -> str:
    """What to write so that a target carries an entry, or so that the entry is left."""
    # a backend may carry more under keys that no spec could write
    also = [carry for carry in target.carry if carry.isidentifier() and carry != key]
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


def _words(key: Any) -> set[str]:
    """The words of a name, in the singular."""
    words = re.findall("[a-z]+", str(key).lower())
    return {f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s") for word in words}


# Places in texts as others write them --------------------------------------------------------------------------------


class _Form(NamedTuple):
    """What an entry says of places in a text."""

    rows: str
    """The expression that makes spans of it."""
    places: list[tuple[Any, Any, Any]]
    """Start, stop, and the text that is said to stand there, if any is."""

    def points_into(self, texts: Iterable[str]) -> bool:
        """Whether one of its places is in one of some texts."""
        for text in texts:
            for start, stop, said in self.places:
                if 0 <= start < stop <= len(text) and (said is None or text[start:stop] == said):
                    return True
        return False


def _pointing(key: str, entry: Any, path: str, depth: int = 3) -> Iterator[_Form]:
    """What an entry says of places in texts, and what the entries that it holds say."""
    if form := _mapped(key, entry, path) or _listed(key, entry, path):
        yield form
    elif depth and isinstance(entry, Mapping):
        for name, inner in entry.items():
            if isinstance(inner, Mapping | list | tuple):
                yield from _pointing(str(name), inner, f"{path}[{name!r}]", depth - 1)
    elif depth and entry and isinstance(entry[0], Mapping):
        for i, inner in enumerate(entry):
            if isinstance(inner, Mapping):
                yield from _pointing(key, inner, f"{path}[{i}]", depth - 1)


def _mapped(key: str, entry: Any, path: str) -> _Form | None:
    """Places as a mapping, or as a list of mappings: SQuAD's answers, and entities."""
    if isinstance(entry, Mapping):
        return _answers(entry, path) or _columns(entry, path)
    if not isinstance(entry, list | tuple) or not entry or not isinstance(entry[0], Mapping):
        return None
    forms = [_answers(row, "a") if isinstance(row, Mapping) else None for row in entry]
    if all(forms):
        rows = f"[[a['answer_start'], a['answer_start'] + len(a['text'])] for a in {path}]"
        return _Form(rows, [place for form in forms if form for place in form.places])
    for start, stop in _ENDS:
        if all(isinstance(row, Mapping) and _whole(row.get(start), row.get(stop)) for row in entry):
            places = [(row[start], row[stop], _said(row)) for row in entry]
            return _Form(f"[[e[{start!r}], e[{stop!r}]] for e in {path}]", places)
    return None


def _answers(entry: Mapping[Any, Any], path: str) -> _Form | None:
    starts, said = entry.get("answer_start"), entry.get("text")
    if starts is None or said is None:
        return None
    rows = f"[[s, s + len(t)] for s, t in zip({path}['answer_start'], {path}['text'])]"
    if isinstance(said, str):
        rows = f"[[{path}['answer_start'], {path}['answer_start'] + len({path}['text'])]]"
        starts, said = [starts], [said]
    return _Form(rows, [(int(start), int(start) + len(text), text) for start, text in zip(starts, said, strict=False)])


def _columns(entry: Mapping[Any, Any], path: str) -> _Form | None:
    for start, stop in _ENDS:
        a, b = entry.get(start), entry.get(stop)
        if _whole(a, b) and _said(entry) is not None:  # without it, they may count anything
            return _Form(f"[[{path}[{start!r}], {path}[{stop!r}]]]", [(a, b, _said(entry))])
        if isinstance(a, list | tuple) and isinstance(b, list | tuple) and _whole(*a, *b):
            rows = f"list(zip({path}[{start!r}], {path}[{stop!r}]))"
            return _Form(rows, [(*pair, None) for pair in zip(a, b, strict=False)])
    return None


def _listed(key: str, entry: Any, path: str) -> _Form | None:
    """Places as rows of [start, stop, ...] under a name that says so."""
    if isinstance(entry, Mapping) or _PLACES.isdisjoint(_words(key)):
        return None
    if not all(isinstance(row, list | tuple) and len(row) > 1 and _whole(row[0], row[1]) for row in entry):
        return None
    return _Form(f"[[row[0], row[1]] for row in {path}]", [(row[0], row[1], None) for row in entry])


def _said(row: Mapping[Any, Any]) -> str | None:
    said = row.get("text", row.get("word"))
    return said if isinstance(said, str) else None


def _whole(*numbers: Any) -> bool:
    return all(isinstance(number, int) for number in numbers)
