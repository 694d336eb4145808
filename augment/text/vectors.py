"""Word vectors: the nearest neighbours of a word, by cosine."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from augment.errors import FileError
from augment.text.lines import lines_of


class Vectors:
    """Vectors of words from a text file: a word and its numbers a line (GloVe); a first line of counts (word2vec) is skipped."""

    def __init__(self, path: str, limit: int):
        self.words: list[str] = []
        rows = []
        width = None
        for number, line in lines_of(path):
            word, *numbers = line.rstrip().split(" ")
            if number == 1 and len(numbers) == 1:
                continue
            if len(self.words) == limit:
                break
            try:
                row = np.array(numbers, np.float32)
            except ValueError:
                raise FileError(f"{path}:{number}: is no line of word vectors: a word, and numbers behind it") from None
            if width not in (None, row.size) or not row.size:
                raise FileError(f"{path}:{number}: has {row.size} numbers, and the lines above {width}")
            width = row.size
            self.words.append(word)
            rows.append(row)
        if not rows:
            raise FileError(f"{path}: holds no word vectors")
        matrix = np.stack(rows)
        self.matrix = matrix / np.maximum(np.linalg.norm(matrix, axis=1, keepdims=True), 1e-12)
        self.places = {word: i for i, word in reversed(list(enumerate(self.words)))}

    @lru_cache(maxsize=65536)  # noqa: B019  # as long-lived as the vectors
    def neighbours(self, word: str, top: int, least: float) -> tuple[str, ...]:
        """Return the ``top`` nearest words, the nearest first, of at least a similarity; none for an unknown word."""
        at = self.places.get(word, self.places.get(word.lower()))
        if at is None:
            return ()
        similar = self.matrix @ self.matrix[at]
        order = np.argsort(-similar, kind="stable")
        near = (i for i in order if similar[i] >= least and self.words[i].isalpha() and self.words[i].lower() != word.lower())
        return tuple(self.words[i] for i, _ in zip(near, range(top), strict=False))


@lru_cache(maxsize=4)
def vectors(path: str, limit: int) -> Vectors:
    """Return the vectors of a file, read once."""
    return Vectors(path, limit)
