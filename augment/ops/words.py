"""Ops on words: their order, and which of them there are."""

from collections.abc import Sequence
from typing import ClassVar, Literal

from pydantic import Field

from augment.ops.kinds import Replacing, UnitEdit
from augment.ops.swap import Swapping
from augment.text.document import Document, Span
from augment.text.editing import NewForms
from augment.text.removal import with_blanks, without_words


class SwapWords(Swapping):
    """Swap words of a sentence, neighbours or any two; the rate is of the words that can change places, two at a time."""

    partners: Literal["neighbours", "sentence"] = Field(
        default="neighbours", description="which words change places: neighbours, or any two of a sentence"
    )

    examples: ClassVar = ({"rate": [0.1, 0.4]}, {"rate": 0.3, "partners": "sentence"})

    def runs(self, document):
        texts, sentences = document.written, document.sentences
        if len(sentences) < 2:
            return [(range(len(texts)), texts)]
        words, found, at = document.words, [], 0
        for _, stop in sentences:
            start = at
            while at < len(words) and words[at][0] < stop:
                at += 1
            found.append((range(start, at), texts[start:at]))
        return found

    def span(self, document, unit):
        return document.words[unit]

    def choose(self, document, v, guard, stream):
        if self.partners == "neighbours":
            return super().choose(document, v, guard, stream)
        pairs = [pair for row, texts in self.runs(document) for pair in self._matched(document, row, texts, guard, stream)]
        count = stream.count(len(pairs), float(v["rate"]), self.min_count, self.max_count)
        return [unit for i in stream.sample(len(pairs), count) for unit in pairs[i]]

    def _matched(self, document, row, texts, guard, stream):
        """As many pairs of different words of a sentence as there can be, each equally likely where all words differ."""
        free = [(text, unit) for unit, text in zip(row, texts, strict=True) if guard.allows(self.span(document, unit))]
        groups: dict[str, list[int]] = {}
        for text, unit in stream.shuffled(free):
            groups.setdefault(text, []).append(unit)
        # the like stand together, the most of them first: half a row further stands another, as long as there is one
        ordered = [unit for group in sorted(groups.values(), key=len, reverse=True) for unit in group]
        most = max(map(len, groups.values()), default=0)
        count = min(len(ordered) // 2, len(ordered) - most)
        return list(zip(ordered[:count], ordered[len(ordered) - count :], strict=True))

    def change(self, document, chosen, stream):
        pieces, origins = document.pieces, list(chosen)
        origins[::2], origins[1::2] = chosen[1::2], chosen[::2]
        return NewForms(document, chosen, [pieces[2 * i + 1] for i in origins], origins)


class _Removing(UnitEdit):
    def reach(self, document, unit):
        return with_blanks(document.text, unit)


class DeleteWords(_Removing):
    """Delete words, with the space before or behind them; a text keeps at least one."""

    def units(self, document):
        return document.words if len(document.words) > 1 else []

    def choose(self, document, v, guard, stream):
        chosen = super().choose(document, v, guard, stream)
        if chosen and len(chosen) == len(document.words):
            kept = stream.below(len(chosen))
            return [*chosen[:kept], *chosen[kept + 1 :]]
        return chosen

    def change(self, document, chosen, stream):
        return without_words(document.text, chosen)


class CropWords(UnitEdit):
    """Cut out a stretch of words, or leave only one; the rate is of the words that go, and what is protected stays."""

    remove: Literal["window", "rest"] = Field(default="window", description="the stretch, or all but the stretch")

    examples: ClassVar = ({"rate": [0.1, 0.4]}, {"rate": 0.5, "remove": "rest"})

    def choose(self, document, v, guard, stream):
        words = self.free(document, guard)
        count = stream.count(len(words), float(v["rate"]), self.min_count, self.max_count)
        count -= count == len(document.words)  # one word stays
        if not count:
            return []
        if self.remove == "window":
            start = stream.below(len(words) - count + 1)
            return words[start : start + count]
        start = stream.below(count + 1)
        return [*words[:start], *words[len(words) - count + start :]]

    def edits(self, document, v, guard, stream):
        chosen = self.choose(document, v, guard, stream)
        words = dict.fromkeys(document.words)
        after = dict(zip(words, list(words)[1:], strict=False))
        stretches: list[Span] = []
        last = None
        for word in chosen:
            if last is not None and after.get(last) == word and guard.allows((last[1], word[0])):
                stretches[-1] = (stretches[-1][0], word[1])
            else:
                stretches.append(word)
            last = word
        return without_words(document.text, stretches, guard)


class MaskWords(Replacing):
    """Replace words by a mask."""

    mask: str = Field(default="[MASK]", min_length=1, description="what stands for a word")

    def candidates(self, unit):
        return (self.mask,) if unit != self.mask else ()


class SplitWords(Replacing):
    """Split words in two, with a space."""

    min_length: int = Field(default=2, ge=2, description="leave words with fewer characters alone")

    def candidates(self, unit):
        return _Splits(unit)

    def units(self, document):
        if document.text.isascii():
            return [i for i, word in enumerate(document.written) if len(word) >= self.min_length]
        return [i for i, word in enumerate(document.words) if len(document.characters_of(*word)) >= self.min_length]


class _Splits(Sequence[str]):
    """All ways to split a word: each is made when it is asked for, since a long one has many."""

    def __init__(self, word: str):
        self.word = word
        self.places = [start for start, _ in Document(word).characters_of(0, len(word))][1:]

    def __len__(self) -> int:
        return len(self.places)

    def __getitem__(self, at):
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        return f"{self.word[: self.places[at]]} {self.word[self.places[at] :]}"


class RecaseWords(Replacing):
    """Write words in capitals, in small letters, with a capital first letter, or with each letter in its other case."""

    to: Literal["upper", "lower", "title", "swap"] = Field(description="the case that they get")

    examples: ClassVar = tuple({"rate": [0.1, 0.5], "to": to} for to in ("upper", "lower", "title", "swap"))

    def candidates(self, unit):
        match self.to:
            case "upper":
                new = unit.upper()
            case "lower":
                new = unit.lower()
            case "title":
                new = unit[:1].upper() + unit[1:].lower()
            case _:
                new = unit.swapcase()
        return (new,) if new != unit else ()
