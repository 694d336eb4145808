"""Ops on words and sentences that learned models make: masked language models, word vectors, TF-IDF, translation."""

import math
from typing import Annotated, Any, ClassVar

from pydantic import Field

from augment.ops.kinds import UnitEdit
from augment.text import resources
from augment.text.case import with_case_of
from augment.text.editing import Edit

ModelName = Annotated[str, Field(min_length=1)]
_MODEL = "a folder that transformers has saved, or the name of a model on the hub that is in the local cache"


class _Masked(UnitEdit):
    model: ModelName = Field(description=f"a masked language model: {_MODEL}")
    top: Annotated[int, Field(ge=1, le=1000)] = Field(default=10, description="of how many words it finds likeliest")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"rate": 0.3, "model": "./model"},)

    def needs(self):
        return resources.transformers(), resources.model(self.model, "a masked language model"), *resources.tokenizer(self.model)

    def units(self, document):
        return [span for span in document.words if document[span].isalpha()]

    def _expected(self, document: Any, places: list[Any]) -> Any:
        from augment.text.masked import masked_model

        return masked_model(self.model).expected(document.text, places, self.top) if places else ()


class PredictWords(_Masked):
    """Replace words by what a masked language model expects in their place (Kobayashi 2018)."""

    def change(self, document, chosen, stream):
        expected = self._expected(document, list(chosen))
        return [
            Edit(span[0], span[1], with_case_of(document[span], stream.weighted(there.words, there.chances)))
            for span, there in zip(chosen, expected, strict=True)
            if there.words
        ]


class InsertPredictedWords(_Masked):
    """Insert words that a masked language model expects before the words of a text; the rate is of these."""

    def units(self, document):
        return [(start, start) for start, _ in super().units(document)]

    def change(self, document, chosen, stream):
        places = list(chosen)
        expected = self._expected(document, places)
        for (at, _), there in zip(places, expected, strict=True):
            if there.words:
                yield Edit(at, at, stream.weighted(there.words, there.chances) + " ")


class ReplaceSimilarWords(UnitEdit):
    """Replace words by one of the nearest words of a vector space, which may also be opposites."""

    vectors: str = Field(description="a file of word vectors in text form, as GloVe's: a word and its numbers a line")
    top: Annotated[int, Field(ge=1, le=1000)] = Field(default=10, description="of how many neighbours")
    min_similarity: float = Field(default=0.0, ge=-1, le=1, description="cosine of the angle to a neighbour, at least")
    limit: Annotated[int, Field(ge=2)] = Field(
        default=50_000, description="of how many words of the file: of the first, which are the commonest"
    )

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"rate": 0.3, "vectors": "vectors.txt"},)

    def needs(self):
        return (resources.file(self.vectors, "word vectors"),)

    def _near(self, word: str) -> tuple[str, ...]:
        from augment.text.vectors import vectors

        return vectors(self.vectors, self.limit).neighbours(word, self.top, self.min_similarity)

    def candidates(self, unit: str) -> list[str]:
        return [with_case_of(unit, word) for word in self._near(unit)]

    def units(self, document):
        return [span for span in document.words if self._near(document[span])]

    def change(self, document, chosen, stream):
        return [Edit(span[0], span[1], stream.choice(self.candidates(document[span]))) for span in chosen]


class ReplaceUninformativeWords(UnitEdit):
    """Replace words that say little, by TF-IDF, by others that say little, and leave those that say much (Xie et al. 2020)."""

    corpus: str = Field(description="a text file, one document a line, from which frequencies are taken")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"rate": 0.3, "corpus": "corpus.txt"},)

    def needs(self):
        return (resources.file(self.corpus, "a corpus"),)

    def units(self, document):
        return [span for span in document.words if document[span].isalpha()]

    def choose(self, document, v, guard, stream):
        """The less a word says, the likelier it is chosen: by log(uniform) over the weight (Efraimidis and Spirakis
        2006)."""
        units = list(guard.free(self.units(document)))
        count = stream.count(len(units), float(v["rate"]), self.min_count, self.max_count)
        if not count:
            return []
        says = self._corpus().says([document[span] for span in units])
        most = max(says)
        ranked = [(math.log(stream.uniform() + 1e-12) / (most - s + 1e-9), i) for i, s in enumerate(says)]
        return [units[i] for i in sorted(i for _, i in sorted(ranked, reverse=True)[:count])]

    def change(self, document, chosen, stream):
        corpus = self._corpus()
        drawn = ((span, corpus.draw(stream, document[span])) for span in chosen)
        return [Edit(span[0], span[1], with_case_of(document[span], word)) for span, word in drawn if word is not None]

    def _corpus(self) -> Any:
        from augment.text.frequency import corpus

        return corpus(self.corpus)


class BackTranslate(UnitEdit):
    """Translate sentences to another language and back (Sennrich et al. 2016); the rate is of sentences."""

    there: ModelName = Field(description=f"a translation model: {_MODEL}")
    back: ModelName = Field(description=f"a translation model of the other direction: {_MODEL}")
    top: Annotated[int, Field(ge=1, le=32)] = Field(default=4, description="of how many of the best translations back")

    examples: ClassVar[tuple[dict[str, Any], ...]] = ({"rate": 0.5, "there": "./there", "back": "./back"},)

    def needs(self):
        names = dict.fromkeys((self.there, self.back))
        models = (resources.model(name, "a translation model") for name in names)
        return resources.transformers(), *models, *(need for name in names for need in resources.tokenizer(name))

    def units(self, document):
        return document.sentences

    def change(self, document, chosen, stream):
        from augment.text.translation import there_and_back

        for span in chosen:
            versions = there_and_back(document[span], self.there, self.back, self.top)
            if versions:
                yield Edit(span[0], span[1], stream.choice(versions))
