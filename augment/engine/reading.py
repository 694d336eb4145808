"""What the entries of texts and of spans are, as samples hold them: read into passages, or refused in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from operator import index
from typing import Any

import numpy as np

from augment.engine.chats import Chat
from augment.engine.passages import Passage, Place, Row, Spans
from augment.errors import SampleError
from augment.sample import TEXTS, Target
from augment.sample.pointing import words_of
from augment.sample.tags import read_tags
from augment.text.document import Document


def read_passages(sample: Mapping[str, Any], targets: Mapping[str, Target]) -> dict[str, Passage]:
    """Return the texts of a sample by target. Raises `SampleError` on what is no text, and on spans outside theirs."""
    found = {name: read_passage(name, t, sample[name]) for name, t in targets.items() if t.kind in ("text", "caption")}
    for name, target in targets.items():
        if target.kind == "spans":
            if target.of not in found:
                fix = f"declare it: targets: {{{name}: {{kind: spans, of: NAME}}}}"
                raise SampleError(f"{name}: is over {target.of!r}, which is no text of the sample; {fix}")
            passage = found[target.of]
            rows = [_row(name, raw, passage) for raw in _listed(name, sample[name])]
            carried = {c: sample[c] for c in target.carry if c in sample}
            for c, entries in carried.items():
                if len(entries) != len(rows):
                    raise SampleError(f"{c} has {len(entries)} rows and {name}, which carries it, has {len(rows)}")
                _read_parts(c, entries, rows, name, target)
            passage.spans[name] = Spans(target, rows, carried)
    return found


def _read_parts(carried: str, entries: Any, rows: Sequence[Row], name: str, target: Target) -> None:
    """Note what part of an entity each row is, where an entry labels words: those of a text, in the order in which they stand."""
    plain = entries.tolist() if hasattr(entries, "tolist") else list(entries)
    numbers = bool(plain) and all(isinstance(entry, int) for entry in plain)
    names = dict(target.tags).get(carried, ())
    if numbers and not names and "ner" in words_of(carried):
        fix = f"{name}: {{kind: spans, of: {target.of}, carry: [{carried}], tags: {{{carried}: [O, B-PER, I-PER, ..]}}}}"
        raise SampleError(f"{carried} holds numbers, and which of them begin an entity has to be said: targets: {{{fix}}}")
    if names:
        if wrong := [entry for entry in plain if not isinstance(entry, int) or not 0 <= entry < len(names)]:
            raise SampleError(f"{carried} holds {wrong[0]!r}, and {name} names {len(names)} tags, from 0 on")
        plain = [names[entry] for entry in plain]
    if not plain or any(len(row.places) != 1 for row in rows):
        return
    order = sorted(range(len(rows)), key=lambda i: rows[i].places[0])
    parts = read_tags([plain[i] for i in order])
    for i, part in zip(order, parts or (), strict=False):
        rows[i].parts[carried] = part


def texts_alone(targets: Mapping[str, Target]) -> dict[str, Target]:
    """Return the targets that a text backend moves; nothing in its programs touches the others. Raises `SampleError` on phrases
    of boxes, which must keep a row for each box."""
    for name, target in targets.items():
        carried = [c for c in target.carry if c in targets and targets[c].kind == "spans"]
        if target.kind == "boxes" and carried:
            fix = "compile with backend={'image': .., 'text': ..}"
            raise SampleError(f"{carried[0]} belongs to {name}, which a text backend does not know; {fix}")
    return {name: target for name, target in targets.items() if target.kind in TEXTS}


def read_passage(name: str, target: Target, raw: Any) -> Passage:
    """Return what an entry holds: a text, a list of them, or a chat. Raises `SampleError` on what is none."""
    if isinstance(raw, str):
        return Passage(name, target, [Document(raw)], lambda texts: texts[0])
    several = entries_of(raw)
    if several is not None and all(isinstance(text, str) for text in several):
        form = np.array if isinstance(raw, np.ndarray) else type(several)
        return Passage(name, target, [Document(text) for text in several], form)  # type: ignore[arg-type]
    if chat := Chat.of(name, raw, target.roles):
        return Passage(name, target, [Document(text) for text in chat.texts()], chat.saying)
    at = next((i for i, entry in enumerate(several or ()) if not isinstance(entry, str)), None)
    wrong = f", not {not_text(raw)}" if several is None or at is None else f", and {name}[{at}] is {not_text(several[at])}"
    raise SampleError(f"{name}: is a text, a list of texts or of messages{wrong}")


def entries_of(raw: Any) -> Sequence[Any] | None:
    """Return what a list, tuple, array or column holds, by place; None of what is none of these.

    Columns are those of pandas (whose ``[i]`` goes by labels), polars, Arrow (whose entries are no plain values) and `datasets`.
    """
    if isinstance(raw, list | tuple):
        return raw
    if isinstance(raw, str | bytes | Mapping) or not hasattr(raw, "__getitem__") or _is_table(raw):
        return None
    if isinstance(raw, np.ndarray):
        return raw if raw.ndim else None  # type: ignore[return-value]
    if hasattr(raw, "to_pylist"):
        return raw.to_pylist()
    return list(raw) if hasattr(raw, "__len__") and hasattr(raw, "__iter__") else None


def _is_table(raw: Any) -> bool:
    """Whether something has rows and columns, as those of pandas, polars, Arrow and `datasets` have."""
    return len(getattr(raw, "shape", ())) == 2 and (hasattr(raw, "columns") or hasattr(raw, "column_names"))


def not_text(raw: Any) -> str:
    """Return what something is that should be a text, and what to do about it."""
    match raw:
        case None | float() if raw is None or raw != raw:
            return f"{raw}: leave such rows out, or give '' where there is no text"
        case bytes():
            return "bytes: decode it, .decode('utf-8')"
        case np.ndarray(ndim=0):
            return "an array without axes: take its text, .item()"
        case list() | tuple():
            both = "{'text': .., 'label': ..}"
            return f"{type(raw).__name__}: several texts of a sample are {{'text': [..]}}, a text with its label {both}"
        case Mapping():
            return f"a mapping of {', '.join(map(str, raw)) or 'nothing'}: a message is {{role, content}}, or {{from, value}}"
        case _ if _is_table(raw):
            return f"{type(raw).__name__}, which has columns: give one of them"
        case _ if hasattr(raw, "__len__") and hasattr(raw, "__getitem__") and not isinstance(raw, np.ndarray):
            return f"{type(raw).__name__}: make it a list, list(..)"
    return type(raw).__name__


def _listed(name: str, raw: Any) -> Iterable[Any]:
    if isinstance(raw, list | tuple) or getattr(raw, "ndim", 0) > 0:
        return raw
    raise SampleError(f"{name}: is a list of spans, [[start, stop], ..], not {raw!r:.60}; without any, an empty one")


def _row(name: str, raw: Any, passage: Passage) -> Row:
    form = f"{name}: a span is [start, stop], or [which, start, stop] over a list of texts, not {raw!r:.60}"
    try:
        spans = list(raw)
        single = bool(spans) and np.ndim(spans[0]) == 0
        pairs = [tuple(map(_whole, pair)) for pair in ([spans] if single else spans)]
    except (TypeError, ValueError):
        raise SampleError(f"{form}; several spans are a list of such") from None
    which = any(len(pair) == 3 for pair in pairs)
    if any(len(pair) != (3 if which else 2) for pair in pairs):
        raise SampleError(form)
    if not which and len(passage.documents) > 1 and pairs:
        raise SampleError(f"{name}: {passage.name} holds {len(passage.documents)} texts; spans are [which, start, stop] then")
    places: list[Place] = [pair if which else (0, *pair) for pair in pairs]  # type: ignore[misc]
    for number, start, stop in places:
        length = len(passage.documents[number].text) if 0 <= number < len(passage.documents) else -1
        if not 0 <= start < stop <= length:
            size = f"has {length} characters" if length >= 0 else f"has {len(passage.documents)} texts"
            span = [number, start, stop] if which else [start, stop]
            raise SampleError(f"{name}: {span} is no span of {passage.name}, which {size}")
    return Row(places, single, which, bool(places))


def _whole(number: Any) -> int:
    """A place in a text. Raises TypeError or ValueError on what is no whole number."""
    if isinstance(number, bool | np.bool_):
        raise TypeError(number)
    if isinstance(number, float | np.floating) and float(number).is_integer():
        return int(number)
    return index(number)
