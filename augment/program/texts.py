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

from augment.errors import SampleError
from augment.ops.kinds import Text
from augment.program.chats import Chat, is_message
from augment.program.flatten import Leaf
from augment.sample import DEFAULT_TARGETS, TEXTS, Target
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

    def join(self, other: Passage, between: str = " ") -> None:
        """Append the texts of another sample, one to one; its spans come along."""
        if len(self.documents) != len(other.documents):
            counts = f"{len(self.documents)} texts in one sample and {len(other.documents)} in the other"
            raise SampleError(f"{self.name} has {counts}")
        if self.spans.keys() != other.spans.keys():
            raise SampleError(f"{', '.join(sorted(self.spans.keys() ^ other.spans.keys()))} is in one of the mixed samples only")
        offsets = []
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
        for spans, (_, rows, carried) in passage.spans.items():
            if len(out[spans]) and isinstance(out[spans][0], Row):  # carried by boxes, which may have dropped some
                left[spans] = [row.written() for row in out[spans]]
                continue
            alive = [i for i, row in enumerate(rows) if not row.lost]
            left[spans] = _like(spans, out[spans], [rows[i].written() for i in alive])
            left |= {c: _taken(entries, alive) for c, entries in carried.items()}
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
            passage.spans[name] = Spans(target, rows, carried)
    return found


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
    several = isinstance(raw, list | tuple) or (isinstance(raw, np.ndarray) and raw.ndim > 0)
    if several and all(isinstance(text, str) for text in raw):
        form = type(raw) if isinstance(raw, list | tuple) else np.array
        return Passage(name, target, [Document(text) for text in raw], form)
    if chat := Chat.of(name, raw, target.roles):
        return Passage(name, target, [Document(text) for text in chat.texts()], chat.saying)
    at = next((i for i, entry in enumerate(raw) if not isinstance(entry, str)), None) if several else None
    wrong = f", not {not_text(raw)}" if at is None else f", and {name}[{at}] is {not_text(raw[at])}"
    raise SampleError(f"{name}: is a text, a list of texts or of messages{wrong}")


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
            out[i] = apply_edits(text, make(op, document, v, protected(document, protect), stream(v, name)))
    return out
