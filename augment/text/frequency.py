"""How much a word says: TF-IDF of words in a corpus of one document a line (Xie et al. 2020, UDA, appendix)."""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections import Counter
from functools import lru_cache
from itertools import accumulate

from augment.errors import FileError
from augment.text.document import Document
from augment.text.lines import lines_of
from augment.text.stream import Stream


class Corpus:
    """Inverse document frequencies, and words to draw, the less they say the likelier."""

    def __init__(self, path: str):
        documents, counts = 0, Counter[str]()
        every = Counter[str]()
        for _, line in lines_of(path):
            words = _words(line)
            documents += bool(words)
            every.update(words)
            counts.update(set(words))
        if not documents:
            raise FileError(f"{path}: holds no words")
        self.idf = {word: math.log(documents / n) for word, n in counts.items()}
        # TF-IDF over the whole corpus: what is left to the largest is the chance to be drawn
        score = {word: n * self.idf[word] / sum(every.values()) for word, n in every.items()}
        largest = max(score.values())
        self.words = sorted(score)
        weights = [largest - score[word] for word in self.words]
        self.sums = list(accumulate(weights if any(weights) else [1.0] * len(weights)))  # where all say as much, all are alike

    def says(self, words: list[str]) -> list[float]:
        """TF-IDF of each word of a text; an unknown word says most."""
        most = max(self.idf.values())
        lower = [word.lower() for word in words]
        counts = Counter(lower)
        return [counts[word] / len(lower) * self.idf.get(word, most) for word in lower]

    def draw(self, stream: Stream, but: str) -> str | None:
        """A word that says little, and is another than ``but``; None if there is no other."""
        last, word = len(self.words) - 1, but.lower()
        at = bisect_left(self.words, word)
        if at > last or self.words[at] != word:
            return self.words[min(bisect_right(self.sums, stream.uniform() * self.sums[-1]), last)]
        if not last:
            return None
        before = self.sums[at - 1] if at else 0.0
        own = self.sums[at] - before
        left = self.sums[-1] - own
        if left <= 0:  # all others say most of all
            chosen = stream.below(last)
            return self.words[chosen + (chosen >= at)]
        place = stream.uniform() * left  # on the sums without its own part
        chosen = bisect_right(self.sums, place, 0, at) if place < before else bisect_right(self.sums, place + own, at + 1)
        return self.words[chosen if chosen < at or at < chosen <= last else (at - 1 if at == last else at + 1)]


def _words(line: str) -> list[str]:
    document = Document(line)
    return [word for span in document.words if (word := document[span].lower()).isalpha()]


@lru_cache(maxsize=4)
def corpus(path: str) -> Corpus:
    """Return the corpus of a file, read once."""
    return Corpus(path)
