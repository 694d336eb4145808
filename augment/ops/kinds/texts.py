"""Ops that edit texts."""

from collections.abc import Callable, Iterable, Sequence
from typing import TYPE_CHECKING, Annotated, Any, ClassVar

from pydantic import Field, model_validator

from augment.ops.kinds.drawn import WORD, Draw, Drawn, Values
from augment.spec.node import Modality
from augment.text.document import Document, Span
from augment.text.editing import Edit, NewForms, edit_of
from augment.text.protect import Guard, Protect
from augment.text.stream import Stream
from augment.values import Quantity, Sensible, Short, Value

if TYPE_CHECKING:
    from augment.text.resources import Resource


class Text(Drawn):
    """Edits spans of a text; what it does not edit stays byte for byte."""

    protect: Protect = Field(
        default=(),
        description="never edited, beside urls, placeholders, paths and mentions (unless only is listed): groups (negations, "
        "entities, numbers, hashtags, spans), words, {regex}",
    )
    min_words: int = Field(default=0, ge=0, description="leave texts with fewer words alone")

    primitive: ClassVar[str] = "edit"
    modality: ClassVar[Modality] = "text"
    moves: ClassVar[frozenset[str]] = frozenset({"text", "caption", "spans"})

    def leaves(self, document: Document) -> bool:
        """Whether a text is too short for it."""
        return self.min_words > 0 and len(document.words) < self.min_words

    def needs(self) -> "tuple[Resource, ...]":
        """The word lists, taggers and models without which it cannot run."""
        return ()

    def draws(self):
        return (*super().draws(), *(Draw(word, WORD) for word in ("key0", "key1")))

    def edits(self, document: Document, v: Values, guard: Guard, stream: Stream) -> Iterable[Edit]:
        """What it does to one text: edits that do not overlap, none of which touches what is guarded."""
        raise NotImplementedError


class UnitEdit(Text):
    """Edits a share of the units of a text: of its words, its characters, its sentences."""

    rate: Annotated[
        Short[Value], Quantity("share of the units that can be edited", ge=0, le=1),
        Sensible(high=0.5, why="most of the text is another, and its label may be too"),
    ] = Field(
        kw_only=False, description="share of the units that are edited, of those that can be"
    )
    min_count: int = Field(default=0, ge=0, description="at least so many units, if there are so many")
    max_count: int | None = Field(default=None, ge=0, description="at most so many units")

    def units(self, document: Document) -> Sequence[Any]:
        """The units that it can edit, in order: those for which it would find another form."""
        return document.words

    def span(self, document: Document, unit: Any) -> Span:
        """Where a unit lies; units are spans themselves, unless an op says otherwise."""
        return unit

    def reach(self, document: Document, unit: Any) -> Span:
        """What an edit of a unit may change beside it: all of that must be free of what is protected."""
        return self.span(document, unit)

    def free(self, document: Document, guard: Guard) -> Sequence[Any]:
        """The units that may be edited."""
        units = self.units(document)
        return [unit for unit in units if guard.allows(self.reach(document, unit))] if guard else units

    def choose(self, document: Document, v: Values, guard: Guard, stream: Stream) -> Sequence[Any]:
        """The units that are edited this time: ``rate`` of those that can be, on average exactly."""
        units = self.free(document, guard)
        count = stream.count(len(units), float(v["rate"]), self.min_count, self.max_count)
        if count == len(units):
            return units
        return [units[i] for i in stream.sample(len(units), count)] if count else []

    def change(self, document: Document, chosen: Sequence[Any], stream: Stream) -> Iterable[Edit]:
        """The edits of the chosen units."""
        raise NotImplementedError

    def edits(self, document, v, guard, stream):
        if v["rate"] == 0 and not self.min_count:
            return []
        return self.change(document, self.choose(document, v, guard, stream), stream)

    def neutral(self, v, size):
        return bool(v["rate"] == 0) and self.min_count == 0

    @model_validator(mode="after")
    def _counts_have_an_order(self):
        if self.max_count is not None and self.max_count < self.min_count:
            raise ValueError(f"max_count is {self.max_count}, less than min_count, {self.min_count}")
        return self


class Replacing(UnitEdit):
    """Replaces each chosen word by one of its candidates; its units are the words' numbers."""

    def candidates(self, unit: str) -> Sequence[str]:
        """What may stand for a unit, equally likely, in an order that never changes, and never the unit itself."""
        raise NotImplementedError

    @property
    def lookup(self) -> Callable[[str], Sequence[str]]:
        """What finds the candidates of a unit that has some: a table's own look-up is quicker."""
        return self.candidates

    def units(self, document):
        candidates = self.candidates
        return [i for i, word in enumerate(document.written) if candidates(word)]

    def span(self, document, unit):
        return document.words[unit]

    def change(self, document, chosen, stream):
        words, candidates, forms = document.pieces, self.lookup, []
        for i, uniform in zip(chosen, stream.uniforms(len(chosen)), strict=True):
            options = candidates(words[2 * i + 1])
            forms.append(options[int(uniform * len(options))])
        return NewForms(document, chosen, forms)


class ReplacingSpans(Replacing):
    """Replaces other units than words, or stretches of them."""

    def spans(self, document: Document) -> Sequence[Span]:
        """Of all the units that it looks at, those without candidates included."""
        return document.words

    def units(self, document):
        text, candidates = document.text, self.candidates
        return [span for span in self.spans(document) if candidates(text[span[0] : span[1]])]

    def span(self, document, unit):
        return unit

    def change(self, document, chosen, stream):
        text, candidates, edits = document.text, self.lookup, []
        for (start, stop), uniform in zip(chosen, stream.uniforms(len(chosen)), strict=True):
            options = candidates(text[start:stop])
            edits.append(edit_of((start, stop, options[int(uniform * len(options))], None)))
        return edits


class Inserting(ReplacingSpans):
    """Inserts one of the candidates before each chosen unit, which stays."""

    def change(self, document, chosen, stream):
        text, candidates, choice = document.text, self.lookup, stream.choice
        return [Edit(start, start, choice(candidates(text[start:stop]))) for start, stop in chosen]
