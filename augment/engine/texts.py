"""The texts of a sample on their way through a program: their edits, and the spans over them, which stay valid.

A text target holds one text, a list of texts, or the messages of a chat. A span is [start, stop], in characters, or [which,
start, stop] over a list; a row of a spans target is one span or a list of them. Rows that boxes carry are the phrases of those
boxes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import index
from typing import Any, NamedTuple, Protocol

import numpy as np

from augment.engine.chats import Chat, is_message
from augment.errors import SampleError
from augment.ops.kinds import Text
from augment.pointing import words_of
from augment.program.flatten import Leaf
from augment.sample import DEFAULT_TARGETS, TEXTS, Target
from augment.tags import Part, read_tags, write_tags
from augment.text.document import Document, Span
from augment.text.editing import Edit, apply_edits, in_order
from augment.text.protect import Guard, protected
from augment.text.shifting import Shift
from augment.text.stream import Stream, stream

Values = Mapping[str, Mapping[str, Any]]
Place = tuple[int, int, int]  # which text, start, stop


class Editor(Protocol):
    """How a text backend edits: the primitive ``edit``."""

    def edits(self, op: Any, document: Document, v: Mapping[str, Any], guard: Guard, stream: Stream) -> Iterable[Edit]:
        """Return the edits of one op on one text."""


class Builtin:
    """The editor that needs nothing: ops themselves say what they do."""

    def edits(self, op, document, v, guard, stream):
        return op.edits(document, v, guard, stream)


BUILTIN = Builtin()


@dataclass
class Row:
    """A row of a spans target: its spans, and whether it was written as one span or as a list."""

    places: list[Place]
    single: bool
    which: bool
    """Whether its spans say which text they are over."""
    had: bool = True
    """Whether it had a span to begin with."""
    parts: dict[str, Part | None] = field(default_factory=dict)
    """By what it carries: which part of an entity it is, where that is the label of a word."""

    @property
    def lost(self) -> bool:
        """Whether nothing is left of its spans."""
        return self.had and not self.places

    def written(self) -> Any:
        spans = [list(p) if self.which else list(p[1:]) for p in self.places]
        return spans[0] if self.single and spans else spans


class Spans(NamedTuple):
    """A spans target and its rows."""

    target: Target
    rows: list[Row]
    carried: dict[str, Any]
    """The entries with a row for each of its rows."""


@dataclass
class Passage:
    """The texts of one target."""

    name: str
    target: Target
    documents: list[Document]
    form: Callable[[list[str]], Any]
    """Makes what the sample held: one text, a list or a tuple."""
    spans: dict[str, Spans] = field(default_factory=dict)
    """By target."""
    changes: list[dict[str, Any]] = field(default_factory=list)
    joined: bool = False
    """Whether the texts of another sample stand behind its own."""

    def over(self, number: int) -> list[Span]:
        """The spans over one of its texts."""
        places = (place for spans in self.spans.values() for row in spans.rows for place in row.places)
        return [(start, stop) for which, start, stop in places if which == number]

    def edit(self, number: int, edits: Iterable[Edit], reason: Mapping[str, Any]) -> None:
        """Change one of its texts; spans move along, and each change is noted with its reason."""
        ordered = in_order(edits)
        if not ordered:
            return
        before = self.documents[number]
        after = self.documents[number] = Document(apply_edits(before.text, ordered))
        for e in ordered:
            place = {"target": self.name, "text": number, "start": e.start, "stop": e.stop}
            self.changes.append({**reason, **place, "before": before.text[e.start : e.stop], "after": e.text})
        if self.spans:
            self._shift(number, Shift(before, ordered, after))

    def _shift(self, number: int, shift: Shift) -> None:
        for spans in self.spans.values():
            for row in spans.rows:
                moved = [(which, shift((a, b)) if which == number else (a, b)) for which, a, b in row.places]
                row.places = [(which, *span) for which, span in moved if span]

    def apart(self, places: Sequence[Place]) -> list[bool]:
        """Whether each of some places, in their order, begins a text, or has a word between it and the one before."""
        found = []
        for i, (which, start, _) in enumerate(places):
            last, _, stop = places[i - 1] if i else (-1, 0, 0)
            found.append(last != which or any(stop <= a and b <= start for a, b in self.documents[which].words))
        return found

    def join(self, other: Passage, between: str = " ") -> None:
        """Append the texts of another sample, one to one; its spans come along."""
        if len(self.documents) != len(other.documents):
            counts = f"{len(self.documents)} texts in one sample and {len(other.documents)} in the other"
            raise SampleError(f"{self.name} has {counts}")
        if self.spans.keys() != other.spans.keys():
            raise SampleError(f"{', '.join(sorted(self.spans.keys() ^ other.spans.keys()))} is in one of the mixed samples only")
        self.joined, offsets = True, []
        for i, (a, b) in enumerate(zip(self.documents, other.documents, strict=True)):
            gap = between if a.text and b.text else ""
            offsets.append(len(a.text) + len(gap))
            self.documents[i] = Document(a.text + gap + b.text)
        for name, theirs in other.spans.items():
            mine = self.spans[name]
            if missing := mine.carried.keys() ^ theirs.carried.keys():
                raise SampleError(f"{', '.join(sorted(missing))} is carried by the spans of one sample only")
            for row in theirs.rows:
                row.places = [(w, a + offsets[w], b + offsets[w]) for w, a, b in row.places]
            carried = {c: _joined(rows, theirs.carried[c]) for c, rows in mine.carried.items()}
            # a new list: boxes carry the old one, and join theirs to it themselves
            self.spans[name] = Spans(mine.target, [*mine.rows, *theirs.rows], carried)

    def texts(self) -> Any:
        """Its texts in the form that the sample held them."""
        return self.form([document.text for document in self.documents])


def leave_passages(
    passages: Mapping[str, Passage], out: Mapping[str, Any], dropped: dict[str, Any] | None = None
) -> dict[str, Any]:
    """Return the entries of texts and of spans; a span that was lost takes what it carries along. ``out`` is the sample so far,
    ``dropped`` is filled with the lost rows."""
    left: dict[str, Any] = {}
    for name, passage in passages.items():
        left[name] = passage.texts()
        for spans, (target, rows, carried) in passage.spans.items():
            if len(out[spans]) and isinstance(out[spans][0], Row):  # carried by boxes, which may have dropped some
                left[spans] = [row.written() for row in out[spans]]
                continue
            alive = [i for i, row in enumerate(rows) if not row.lost]
            tagged = next((row.parts for row in rows), {})
            moved = bool(tagged) and (passage.joined or bool(passage.changes))
            if moved:  # labels of words are read in the order of the words
                alive.sort(key=lambda i: rows[i].places[0])
            left[spans] = _like(spans, out[spans], [rows[i].written() for i in alive])
            left |= {c: _taken(entries, alive) for c, entries in carried.items()}
            if moved:
                apart = passage.apart([rows[i].places[0] for i in alive])
                for c in tagged:
                    tags = write_tags([rows[i].parts[c] for i in alive], apart)
                    left[c] = _retagged(left[c], tags, dict(target.tags).get(c, ()))
            if dropped is not None and len(alive) < len(rows):
                dropped[spans] = [{"row": i, "reason": "edited away"} for i, row in enumerate(rows) if row.lost]
    return left


def _like(name: str, raw: Any, rows: list[Any]) -> Any:
    """Rows as what the sample held: a list, a tuple, an array of NumPy, or a tensor of torch."""
    if isinstance(raw, list | tuple):
        return type(raw)(rows)
    try:
        if hasattr(raw, "new_tensor"):
            return raw.new_tensor(rows).reshape(len(rows), *raw.shape[1:])
        made = np.asarray(rows, getattr(raw, "dtype", None))
        return made.reshape(len(rows), *np.shape(raw)[1:])
    except (TypeError, ValueError):
        raise SampleError(f"{name}: its rows are not of one length any more, as those of an array are: give lists") from None


def _retagged(rows: Any, tags: Sequence[str], names: Sequence[str]) -> Any:
    """Labels of words as what the sample held, under their numbers where they have names."""
    written = [names.index(tag) for tag in tags] if names else list(tags)
    if isinstance(rows, list | tuple):
        return type(rows)(written)
    for i, tag in enumerate(written):  # a copy, as all that is taken
        rows[i] = tag
    return rows


def _taken(rows: Any, which: Sequence[int]) -> Any:
    """Some of the rows of a list, a tuple, an array or a tensor."""
    return type(rows)(rows[i] for i in which) if isinstance(rows, list | tuple) else rows[np.asarray(which, int)]


def _joined(rows: Any, others: Any) -> Any:
    return type(rows)([*rows, *others]) if isinstance(rows, list | tuple) else np.concatenate([rows, others])


def read_passages(sample: Mapping[str, Any], targets: Mapping[str, Target]) -> dict[str, Passage]:
    """Return the texts of a sample by target. Raises `SampleError` on what is no text, and on spans outside theirs."""
    found = {name: _read(name, t, sample[name]) for name, t in targets.items() if t.kind in ("text", "caption")}
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


def _read(name: str, target: Target, raw: Any) -> Passage:
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


def edit_step(
    leaf: Leaf, passages: Mapping[str, Passage], values: Values, editor: Editor, sample: Mapping[str, Any]
) -> None:
    """Run a text op on the texts of a sample: those of the kind text, or those that it names."""
    op = leaf.op
    assert isinstance(op, Text)
    mine = [p for p in passages.values() if (p.target.kind == "text" if op.on is None else p.name in op.on)]
    if not mine:
        has = ", ".join(passages) or "no text"
        fix = f"; captions are edited where on names them: on: [{has}]" if passages and op.on is None else ""
        if is_message(sample):
            fix = "; it is one message of a chat, which is an entry as a whole: {'messages': [..]}, and targets: {messages: text}"
        elif words := [name for name, entry in sample.items() if isinstance(entry, str) and name not in passages]:
            fix = fix or f"; declare what is one: targets: {{{words[0]}: text}}"
        raise SampleError(f"finds nothing to edit: the sample has {has}{fix}")
    for passage in mine:
        _edit_passage(leaf, passage, values, editor)


def _edit_passage(leaf: Leaf, passage: Passage, values: Values, editor: Editor) -> None:
    op, v = leaf.op, values[leaf.key]
    assert isinstance(op, Text)
    for number, document in enumerate(passage.documents):
        if op.leaves(document):
            continue
        guard = protected(document, op.protect, passage.over(number) if passage.spans else ())
        drawn = stream(v, passage.name, number)
        passage.edit(number, editor.edits(op, document, v, guard, drawn), {"op": leaf.key})


def edit_together(leaves: Sequence[Leaf], texts: Any, values: Values, editor: Editor) -> Any:
    """Run text ops on a list of texts, or a chat, that stands alone: they share the values, and each has its own stream."""
    passage = _read("text", DEFAULT_TARGETS["text"], texts)
    for leaf in leaves:
        if leaf.active(values):
            _edit_passage(leaf, passage, values, editor)
    return passage.texts()


def edit_texts(
    leaves: Sequence[Leaf], texts: Sequence[str], values: Callable[[Iterable[str]], Iterable[Values]], editor: Editor,
    name: str = "text",
) -> list[str]:  # fmt: skip
    """Run text ops on texts that stand alone, each with its own values: ``values`` returns those of some keys, text by text."""
    out = list(texts)
    for leaf in leaves:
        op, key, gated, make = leaf.op, leaf.key, bool(leaf.gate), editor.edits
        assert isinstance(op, Text)
        protect = op.protect
        keys = dict.fromkeys([key, *(condition.key for condition in leaf.gate)])
        for i, (text, drawn) in enumerate(zip(out, values(keys), strict=True)):
            if gated and not leaf.active(drawn):
                continue
            v, document = drawn[key], Document(text)
            if op.leaves(document):
                continue
            out[i] = apply_edits(text, make(op, document, v, protected(document, protect), stream(v, name)))
    return out
