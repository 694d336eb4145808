"""What tells something of a text beside it, as others write it: places in it, and labels of its words.

Spans are moved with their text; these are not, so they are refused beside a text that is edited.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from augment.errors import SampleError
from augment.sample.tags import TAG

_TEXTS = frozenset({
    "text", "txt", "caption", "sentence", "sent", "description", "question", "answer", "prompt", "message", "conversation",
    "instruction", "query", "response", "title", "content", "utterance", "dialog", "dialogue", "chat", "narration", "summary",
    "hypothesis", "premise", "comment", "transcript", "expression", "command", "alt",
})  # fmt: skip
_PLACES = frozenset({"entity", "span", "offset", "ner"})
_ENDS = (("start", "end"), ("start", "stop"), ("start_char", "end_char"), ("start_offset", "end_offset"), ("begin", "end"))
"""What others call the two ends of a span."""
_DEPTH = 3
"""How many entries deep one looks."""


def words_of(key: Any) -> set[str]:
    """The words of a name, in the singular; a place in a tuple, which is a number, has none."""
    words = re.findall("[a-z]+", str(key).lower())
    return {f"{word[:-3]}y" if word.endswith("ies") else word.removesuffix("s") for word in words}


def names_text(key: Any) -> bool:
    """Whether the name of an entry says that it is a text."""
    return not _TEXTS.isdisjoint(words_of(key))


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


def stands(key: Any) -> str:
    """Where an entry of a sample stands: under a name, or at a place of a tuple."""
    return repr(key) if isinstance(key, str) else f"[{key}]"


def refuse_stale(key: Any, entry: Any, edited: Mapping[str, Any]) -> None:
    """Raise `SampleError` where an entry points into a text that is ``edited``, or labels its words: nothing would move it.

    ``key`` is a name, or the place in a tuple; what no name tells of is taken for what it looks like.
    """
    if not edited or type(entry) in (str, int, float, bool, type(None)):
        return
    for name, said in edited.items():
        for form in _telling(key, entry, f"sample[{key!r}]"):
            texts = list(texts_in(said))
            if isinstance(form, _Labels):
                if form.of_words(texts, isinstance(said, str)):
                    what = f"{stands(key)} has labels of the words of {name!r}, which is edited, and nothing would move them"
                    made = f"[m.span() for m in re.finditer(r'\\S+', sample[{name!r}])]"
                    fix = f"give a span of each word: {made}, with targets: {{spans: {{kind: spans, of: {name}, carry: [tags]}}}}"
                    raise SampleError(f"{what}: {fix}; or declare {_named(key)} as labels to leave it as it is")
            elif form.points_into(texts):
                what = f"{stands(key)} points into {name!r}, which is edited, and nothing would move it"
                fix = f"give spans: {form.rows}, with targets: {{spans: {{kind: spans, of: {name}}}}}"
                raise SampleError(f"{what}: {fix}; or declare {_named(key)} as labels to leave it as it is")


def _named(key: Any) -> str:
    return str(key) if isinstance(key, str) else "it, in a mapping,"


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


class _Labels(NamedTuple):
    """An entry that may have a label for each word of a text."""

    number: int
    certain: bool
    """Whether nothing else looks like it; else there are as many words."""

    def of_words(self, texts: Sequence[str], single: bool) -> bool:
        """Whether these are labels of the words of some texts, and not of the texts, of which there are as many."""
        if not single and self.number == len(texts):
            return False
        return self.certain or any(len(text.split()) == self.number for text in texts)


def _telling(key: Any, entry: Any, path: str, depth: int = _DEPTH) -> Iterator[_Form | _Labels]:
    """What an entry says of a text, and what the entries that it holds say."""
    entry = _plain(entry)
    if not isinstance(entry, Mapping | list | tuple):
        return
    if form := mapped(key, entry, path) or _listed(key, entry, path) or _labels(key, entry):
        yield form
    elif depth and isinstance(entry, Mapping):
        for name, inner in entry.items():
            yield from _telling(str(name), inner, f"{path}[{name!r}]", depth - 1)
    elif depth:
        for i, inner in enumerate(entry):
            if isinstance(inner, Mapping | list | tuple):
                yield from _telling(key, inner, f"{path}[{i}]", depth - 1)


def _plain(entry: Any) -> Any:
    """What could be rows or labels of an array or a tensor, as a list; None of other arrays, and what is none as it is."""
    shape = getattr(entry, "shape", None)
    if shape is None or not hasattr(entry, "tolist"):
        return entry
    rows = len(shape) == 1 or (len(shape) == 2 and shape[1] in (2, 3))
    return entry.tolist() if rows and "float" not in str(getattr(entry, "dtype", "")) else None


def _labels(key: Any, entry: Any) -> _Labels | None:
    """Labels of words, as those of a scheme or as numbers or words under a name that says so."""
    if isinstance(entry, Mapping) or not entry or type(entry[0]) not in (str, int):
        return None
    if isinstance(entry[0], str) and all(isinstance(e, str) and TAG.fullmatch(e) for e in entry):
        return _Labels(len(entry), any(e != "O" for e in entry))
    words = words_of(key)
    said = "tag" in words and (len(words) > 1 or _whole(*entry))
    return _Labels(len(entry), False) if said and len(entry) > 1 else None


def mapped(key: Any, entry: Any, path: str) -> _Form | None:
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


def _listed(key: Any, entry: Any, path: str) -> _Form | None:
    """Places as rows of [start, stop, ...]: under a name that says so, without a name, or each with its label."""
    if isinstance(entry, Mapping):
        return None
    if not all(isinstance(row, list | tuple) and len(row) > 1 and _whole(row[0], row[1]) for row in entry):
        return None
    labelled = all(len(row) == 3 and isinstance(row[2], str) for row in entry)
    if not labelled and isinstance(key, str) and _PLACES.isdisjoint(words_of(key)):
        return None
    return _Form(f"[[row[0], row[1]] for row in {path}]", [(row[0], row[1], None) for row in entry])


def _said(row: Mapping[Any, Any]) -> str | None:
    said = row.get("text", row.get("word"))
    return said if isinstance(said, str) else None


def _whole(*numbers: Any) -> bool:
    return all(isinstance(number, int) for number in numbers)
