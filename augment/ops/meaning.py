"""Ops on words by what they mean: synonyms and antonyms from WordNet."""

from collections.abc import Sequence
from typing import Annotated, Literal

from pydantic import Field

from augment.ops.kinds import UnitEdit
from augment.text import grammar, resources
from augment.text.articles import with_articles
from augment.text.document import Document, Span
from augment.text.editing import Edit


class _FromWordNet(UnitEdit):
    language: Literal["en"] = Field(default="en", description="of the text; WordNet is English")
    senses: Annotated[int, Field(ge=1, le=20)] = Field(
        default=1, description="of how many of its commonest senses; what comes with a second one fits less often"
    )
    phrases: bool = Field(default=False, description="whether several words may stand for one")

    def needs(self):
        return resources.wordnet(), resources.nltk(), resources.tagger(), resources.inflector()

    def related(self, word: str, tag: str) -> Sequence[str]:
        """What may stand for a word with a Penn tag, all of one case and inflection."""
        raise NotImplementedError

    def options(self, document: Document) -> dict[Span, Sequence[str]]:
        """The words for which there is something, and what there is."""
        found: dict[Span, Sequence[str]] = {}
        for span, tag in zip(document.words, grammar.tagged(document.text), strict=True):
            words = [w for w in self.related(document[span], tag) if self.phrases or " " not in w]
            if words:
                found[span] = words
        return found

    def units(self, document):
        return list(self.options(document))

    def change(self, document, chosen, stream):
        options = self.options(document)
        return [Edit(span[0], span[1], stream.choice(options[span])) for span in chosen]

    def edits(self, document, v, guard, stream):
        """The articles before them follow: a car, an automobile."""
        return with_articles(document, super().edits(document, v, guard, stream), guard)


class ReplaceSynonyms(_FromWordNet):
    """Replace words by a synonym of the same part of speech, inflected like them (EDA; Zhang et al. 2015)."""

    def related(self, word, tag):
        from augment.text.wordnet import synonyms

        return synonyms(word, tag, self.senses)


class ReplaceAntonyms(_FromWordNet):
    """Replace words by their opposite; the text then says something else, and its label may no longer hold."""

    def related(self, word, tag):
        from augment.text.wordnet import antonyms

        return antonyms(word, tag, self.senses)


class InsertSynonyms(_FromWordNet):
    """Insert a synonym of a word of the text anywhere between its words (EDA's random insertion)."""

    def related(self, word, tag):
        from augment.text.wordnet import synonyms

        return synonyms(word, tag, self.senses)

    def edits(self, document, v, guard, stream):
        """The rate is of the words that have a synonym: for so many of them one is inserted. What is protected stays whole."""
        chosen = self.choose(document, v, guard, stream)
        places = [span for span in document.words if guard.allows((span[0], span[0]))]
        options = self.options(document)
        edits = []
        for span in chosen:
            at = stream.choice(places)[0]
            edits.append(Edit(at, at, stream.choice(options[span]).lower() + " "))
        return with_articles(document, edits, guard)
