"""Policies of the literature on texts: several ops under one name."""

from __future__ import annotations

from typing import Annotated, Any, ClassVar, Literal

from pydantic import Field

from augment.ops.kinds import Draw, Expansion, Policy, Text, UnitEdit
from augment.ops.meaning import InsertSynonyms, ReplaceSynonyms
from augment.ops.spaces import InsertPunctuation
from augment.ops.words import DeleteWords, SwapWords
from augment.spec.node import Modality
from augment.text.protect import Protect
from augment.values import Constant, Integers, Quantity, Short, Uniform, Value


class _OfWords(Policy):
    protect: Protect = Field(default=("urls", "placeholders"), description="never edited, as in any op on texts")

    modality: ClassVar[Modality] = "text"
    moves: ClassVar[frozenset[str]] = Text.moves

    def shared(self, rate: Value) -> dict[str, Any]:
        """The fields of its ops: at least one word is edited, unless the rate is 0."""
        return {"rate": rate, "min_count": int(rate.support[1] > 0), "on": self.on, "protect": self.protect}


class Eda(_OfWords):
    """Easy data augmentation: one of four things, each equally likely, to a share of the words (Wei and Zou 2019).

    Words become synonyms, synonyms of words are inserted, words are swapped, or words are deleted. Synonyms are from WordNet.
    """

    rate: Annotated[Short[Value], Quantity("share of the words", ge=0, le=1)] = Field(
        default=Constant(number=0.1), kw_only=False, description="share of the words; at least one, where any can be edited"
    )
    language: Literal["en"] = Field(default="en", description="of the text; WordNet is English")

    def draws(self):
        return (Draw("choice", Integers(low=0, high=3)),)

    def expand(self):
        once = self.shared(self.rate)
        parts: tuple[UnitEdit, ...] = (
            ReplaceSynonyms(language=self.language, **once), InsertSynonyms(language=self.language, **once),
            SwapWords(**once), DeleteWords(**once),
        )  # fmt: skip
        return tuple(Expansion(op.name(), op, "choice", tuple(i == j for j in range(4))) for i, op in enumerate(parts))


class Aeda(_OfWords):
    """An easier data augmentation: insert punctuation marks before up to a third of the words (Karimi et al. 2021)."""

    rate: Annotated[Short[Value], Quantity("share of the words", ge=0, le=1)] = Field(
        default=Uniform(low=0.0, high=0.3333), kw_only=False, description="share of the words; at least one mark is inserted"
    )

    def expand(self):
        return (Expansion("insert_punctuation", InsertPunctuation(**self.shared(self.rate))),)
