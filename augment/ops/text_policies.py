"""Policies of the literature on texts."""

import math
from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from augment.ops.kinds import Draw, Expansion, Policy, Text, UnitEdit
from augment.ops.meaning import InsertSynonyms, ReplaceSynonyms
from augment.ops.spaces import InsertPunctuation
from augment.ops.words import DeleteWords, SwapWords
from augment.spec.node import Modality
from augment.text.protect import Protect
from augment.values import Constant, Integers, Quantity, Short, Uniform, Value

_ROUNDING = 1e-4  # a third is written as 0.3333, or drawn in single precision


class Eda(Policy):
    """Easy data augmentation: one of four things, each equally likely, to a share of the words (Wei and Zou 2019).

    Words become synonyms, synonyms of words are inserted, any two words change places, or words are deleted. Synonyms are
    from WordNet.
    """

    rate: Annotated[Short[Value], Quantity("share of the words", ge=0, le=1)] = Field(
        default=Constant(number=0.1), kw_only=False, description="share of the words; at least one, where any can be edited"
    )
    language: Literal["en"] = Field(default="en", description="of the text; WordNet is English")
    protect: Protect = Field(default=(), description="never edited, as in any op on texts")
    min_words: int = Field(default=0, ge=0, description="leave texts with fewer words alone")

    modality: ClassVar[Modality] = "text"
    moves: ClassVar[frozenset[str]] = Text.moves

    def draws(self):
        return (Draw("choice", Integers(low=0, high=3)),)

    def expand(self):
        # at least one word is edited, unless the rate is 0
        once: dict[str, Any] = {"rate": self.rate, "min_count": int(self.rate.support[1] > 0)}
        once |= {"on": self.on, "protect": self.protect, "min_words": self.min_words}
        parts: tuple[UnitEdit, ...] = (
            ReplaceSynonyms(language=self.language, **once), InsertSynonyms(language=self.language, **once),
            SwapWords(partners="sentence", **once), DeleteWords(**once),
        )  # fmt: skip
        return tuple(Expansion(op.name(), op, "choice", tuple(i == j for j in range(4))) for i, op in enumerate(parts))


class Aeda(InsertPunctuation):
    """An easier data augmentation: insert from one punctuation mark to a third as many as words (Karimi et al. 2021).

    The rate is a range of shares: of the numbers of marks from one end to the other, each is equally likely.
    """

    rate: Annotated[Short[Value], Quantity("share of the words", ge=0, le=1)] = Field(
        default=Uniform(low=0.0, high=1 / 3), kw_only=False,
        description="marks by word, at least one mark in all; of a range each whole number is equally likely",
    )

    examples: ClassVar = ({}, {"rate": [0.1, 0.5]})

    def choose(self, document, v, guard, stream):
        units = self.free(document, guard)
        low, high = self.rate.support
        if not units or high == 0:
            return []
        least = max(1, self.min_count)
        if high > low:
            first = max(1, math.ceil((low - _ROUNDING) * len(units)))
            last = max(first, math.floor((high + _ROUNDING) * len(units)))
            share = (float(v["rate"]) - low) / (high - low)  # of the way from one end to the other
            least = max(first + min(int(share * (last - first + 1)), last - first), self.min_count)
        count = stream.count(len(units), 0.0 if high > low else low, least, self.max_count)
        return [units[i] for i in stream.sample(len(units), count)]
