"""What ops may not edit: named groups, words, regular expressions, and spans that the sample names."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator

from augment.errors import SampleError

if TYPE_CHECKING:
    from augment.text.document import Document, Span

_WITHOUT_APOSTROPHE = "do|does|did|is|are|was|were|ca|could|would|should|wo|has|have|had|ai|must|need|might|sha"
_NEGATIONS = (
    r"(?:no|not|nor|none|nobody|nothing|neither|never|nowhere|hardly|scarcely|barely|without|cannot|no-one"
    rf"|\w+n['’]t|\w+['’]nt|(?:{_WITHOUT_APOSTROPHE})nt)"
)
_CHARACTER = r"&(?:#\d+|#x[0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);"
_TAGGED = r"<(?P<tag>points?|b?box|quad|poly(?:gon)?|loc|coord|seg|code|pre|tool_call|function_call)\b[^<>\n]*>[^<]*</(?P=tag)>"
"""A stretch between tags that is for programs: places, code, calls."""
_ABSOLUTE = r"(?<![\w.~:/<\\-])(?:~|\.\.?)?/(?:[\w.+@-]++/)*+[\w.+@-]*\w|(?<!\w)[A-Za-z]:\\[^\s\"<>|]*[\w\\]"
_RELATIVE = r"(?<![\w./\\-])(?:[\w-]++/)++[\w-]++(?:\.[\w-]++)++"
_FILES = "py|ipynb|txt|csv|tsv|json|jsonl|ya?ml|toml|md|html?|xml|pdf|docx?|xlsx|pptx|png|jpe?g|gif|svg|mp[34]|wav|zip|gz|js|sh"
PATTERNS = {
    # an address is only looked for from where a word begins: from each of its letters would take the square of its length
    "urls": r"(?<![\w+.-])[A-Za-z][\w+.-]*+://\S+|www\.\S+|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)+"
    r"|(?<![\w@.-])(?:[\w-]++\.)++(?<=\.)(?:com|org|net)\b(?:/\S*)?",
    "placeholders": rf"{_TAGGED}|{_CHARACTER}|"
    r"<[^<>\s][^<>\n]*>|\{\{?[^{}\n]*\}?\}|\$(?:\{\w+\}|[A-Za-z_]\w*)|\[/?[A-Z][A-Z_0-9]*\]|\[unused\d+\]|@@\w+@@"
    r"|%\(\w+\)[sdf]|(?<![\w%])%[-+#0]?\d*(?:\.\d+)?[sdifgxr](?![\w%])"
    r"|(?<![\w#])##\w+|(?<!\w)__[A-Za-z0-9]+(?:_[A-Za-z0-9]+)*__(?!\w)",
    "paths": rf"{_ABSOLUTE}|{_RELATIVE}|(?<![\w./\\-])[\w-]++\.(?:{_FILES})\b(?![./]\w)",
    "mentions": r"(?<![\w.@/])@\w+(?:[.-]\w+)*",
    "negations": rf"(?i:\b{_NEGATIONS}\b)",
    "numbers": r"\d+(?:[.,:/]\d+)*(?!\d|\ufe0f?\u20e3)",
    "hashtags": r"[#@]\w+",
}
"""Groups that are regular expressions."""
_ENDS = tuple(f".{end}" for end in "py ip tx cs ts js ya ym to md ht xm pd do xl pp pn jp gi sv mp wa zi gz sh".split())
"""How the ends of `_FILES` begin."""
_HOLD = {
    "urls": ("://", "www.", "@", ".com", ".org", ".net"),
    "placeholders": ("<", "{", "$", "%", "[", "@@", "&", "##", "__"), "hashtags": ("#", "@"), "mentions": ("@",),
    "paths": ("/", "\\", *_ENDS),
}  # fmt: skip
"""What a text holds if it holds any of a group: to look for that first is much quicker."""
_SIGNS = re.compile(r"[<{$%\[@&#_/\\]|\.[A-Za-z]|www")
"""Where there is none of these, there is nothing of what is always protected."""
_ANY = ("",)


def _entities(document: Document) -> list[Span]:
    """Capitalised words that do not begin a sentence, and words in capitals: names, as far as spelling tells."""
    begins = {start for start, _ in document.sentences}
    found = []
    for start, stop in document.words:
        word = document.text[start:stop]
        shouted = word.isupper() and len(word) > 1
        if word[0].isupper() and word != "I" and (shouted or start not in begins):
            found.append((start, stop))
    return found


FINDERS: dict[str, Callable[[Document], list[Span]]] = {"entities": _entities}
ALWAYS = ("urls", "placeholders", "paths", "mentions")
"""Groups that are protected unless ``only`` is listed."""
GROUPS = (*PATTERNS, *FINDERS, "spans", "only")
"""All names; ``spans`` are those that the sample itself holds over the text, and ``only`` leaves out `ALWAYS`."""
_NEAR_GROUP = 0.8
SECONDS = 2
"""Of a processor, for all matches of a regular expression in one text."""
_NO_GROUPS = {  # what users may take for a group: the group that has it, or none
    "email": "urls", "emails": "urls", "link": "urls", "links": "urls",
    "mention": "mentions", "user": "mentions", "users": "mentions", "path": "paths", "file": "paths", "files": "paths",
    "name": "entities", "names": "entities", "entity": "entities", "ner": "entities", "digits": "numbers", "dates": "numbers",
    "tokens": "placeholders", "special_tokens": "placeholders", "tags": "placeholders", "html": "placeholders",
    "stopwords": "", "stop_words": "", "punctuation": "", "emoji": "", "emojis": "", "code": "",
}  # fmt: skip


def _read(raw: Any) -> Any:
    entries = raw if isinstance(raw, list | tuple) else (raw,)
    found = []
    for entry in entries:
        match entry:
            case str() if entry.strip():
                found.append(_word_or_group(entry))
            case {"regex": str(pattern), **rest} if not rest:
                found.append(f"regex:{_checked(pattern)}")
            case {"words": list() | str() as words, **rest} if not rest:
                found += [f"word:{word}" for word in ([words] if isinstance(words, str) else words)]
            case _:
                groups = ", ".join(GROUPS)
                raise ValueError(f"holds {entry!r}; write a group ({groups}), a word, {{words: [..]}} or {{regex: ..}}")
    return tuple(found)


def _word_or_group(entry: str) -> str:
    if entry.startswith("regex:"):
        _checked(entry.removeprefix("regex:"))
    if entry in GROUPS or entry.startswith(("word:", "regex:")):
        return entry
    import difflib

    small = entry.lower()
    meant = _NO_GROUPS.get(small) if small in _NO_GROUPS else "".join(difflib.get_close_matches(small, GROUPS, 1, _NEAR_GROUP))
    if small in _NO_GROUPS or meant:
        hint = f"; did you mean {meant!r}?" if meant else f"; there are {', '.join(GROUPS)}"
        raise ValueError(f"{entry!r} is no group{hint} (for the word itself write {{words: [{entry}]}})")
    return f"word:{entry}"


def _checked(pattern: str) -> str:
    import regex

    if len(pattern) > 500:
        raise ValueError("a regular expression has at most 500 characters")
    try:
        if regex.compile(pattern).match("", timeout=SECONDS):
            raise ValueError(f"the regular expression {pattern!r} matches nothing at all, and so everywhere")
    except regex.error as error:
        raise ValueError(f"{pattern!r} is no regular expression: {error}") from None
    except TimeoutError:
        raise ValueError(f"{pattern!r} takes more than {SECONDS} seconds on an empty text") from None
    return pattern


_Entry = str | dict[Literal["words", "regex"], str | list[str]]
Protect = Annotated[tuple[str, ...], BeforeValidator(_read, json_schema_input_type=_Entry | list[_Entry])]
"""Groups, words, and regular expressions: 'negations', 'word:not', 'regex:\\d+'. `ALWAYS` are protected beside them."""


def protected(document: Document, protect: tuple[str, ...], spans: Sequence[Span] = ()) -> Guard:
    """Return the guard of what ``protect`` names in a text; ``spans`` are those of the sample."""
    text = document.text
    if not protect and not _SIGNS.search(text):  # most texts, sooner
        return FREE
    found: list[Span] = []
    for signs, search in _searches(protect):
        for sign in signs:
            if sign in text:
                found += search(document)
                break
    if spans and "spans" in protect:
        found += spans
    return Guard(found) if found else FREE


@lru_cache(maxsize=512)
def _searches(protect: tuple[str, ...]) -> tuple[tuple[tuple[str, ...], Callable[[Document], Iterable[Span]]], ...]:
    """What finds the protected spans of a text, and of what a text holds one if there are any."""
    protect = protect if "only" in protect else tuple(dict.fromkeys((*ALWAYS, *protect)))
    searches: list[tuple[tuple[str, ...], Callable[[Document], Iterable[Span]]]] = [
        (_ANY, FINDERS[e]) for e in protect if e in FINDERS
    ]
    words = [re.escape(entry.removeprefix("word:")) for entry in protect if entry.startswith("word:")]
    if words:
        searches.append((_ANY, _search(rf"(?i:(?<!\w)(?:{'|'.join(sorted(words, key=len, reverse=True))})(?!\w))")))
    for entry in protect:
        if entry in PATTERNS:
            searches.append((_HOLD.get(entry, _ANY), _search(PATTERNS[entry])))
        elif entry.startswith("regex:"):
            searches.append((_ANY, _bounded(entry.removeprefix("regex:"))))
    return tuple(searches)


def _search(source: str) -> Callable[[Document], Iterable[Span]]:
    pattern = re.compile(source)
    return lambda document: map(re.Match.span, pattern.finditer(document.text))


def _bounded(source: str) -> Callable[[Document], Iterable[Span]]:
    """What finds a regular expression that a user wrote, which may take for ever: by an engine that can be told when to end."""
    import regex

    pattern = regex.compile(source)

    def search(document: Document) -> list[Span]:
        try:
            return [m.span() for m in pattern.finditer(document.text, timeout=SECONDS)]
        except TimeoutError:
            size = f"a text of {len(document.text):,} characters"
            fix = "write it without a repeat inside of a repeat, as (a+)+ is"
            told = f"protect: the regular expression {source!r} takes more than {SECONDS} seconds on {size}"
            raise SampleError(f"{told}; {fix}") from None

    return search


class Guard:
    """Answers whether a span may be edited."""

    __slots__ = ("spans", "starts", "stops")

    def __init__(self, spans: Iterable[Span]):
        merged: list[list[int]] = []
        for start, stop in sorted(spans):
            if merged and start <= merged[-1][1]:
                merged[-1][1] = max(merged[-1][1], stop)
            elif start < stop:
                merged.append([start, stop])
        self.spans = [(a, b) for a, b in merged]
        self.starts = [a for a, _ in merged]
        self.stops = [b for _, b in merged]

    def __bool__(self) -> bool:
        return bool(self.spans)

    def allows(self, span: Span) -> bool:
        """Whether nothing protected lies in a span; an empty one (an insertion) must not lie inside of what is protected."""
        start, stop = span
        at = bisect_right(self.stops, start)
        return at == len(self.starts) or self.starts[at] >= max(stop, start + (start == stop))

    def free(self, spans: Sequence[Span]) -> Sequence[Span]:
        """Those that may be edited."""
        return [span for span in spans if self.allows(span)] if self.spans else spans


FREE = Guard(())
"""Protects nothing."""
