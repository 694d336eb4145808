"""The edits of texts: of the passages of a sample, and of texts that stand alone."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from augment.engine.chats import is_message
from augment.engine.editor import Editor
from augment.engine.passages import Passage
from augment.engine.reading import read_passage
from augment.errors import SampleError
from augment.ops.kinds import Text
from augment.program.leaf import Leaf
from augment.sample import DEFAULT_TARGETS
from augment.text.document import Document
from augment.text.editing import apply_edits
from augment.text.protect import protected
from augment.text.stream import stream

Values = Mapping[str, Mapping[str, Any]]


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
    passage = read_passage("text", DEFAULT_TARGETS["text"], texts)
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
