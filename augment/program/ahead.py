"""Draws made ahead: those of a block of samples cost hardly more than those of a few.

A draw depends on its key alone, so what waits here is what would be drawn: a guess at the samples that come next can be wrong
and cost time, but it cannot change a number. Each sample's draws are handed out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from augment.program.block import Block, Values

Pair = tuple[int, int]
"""What tells samples apart: epoch and index, or the two words of a key."""
Draw = Callable[[np.ndarray, np.ndarray], Values]
"""Draws for samples by the first and the second numbers of their pairs."""
Coming = Callable[[int], Iterable[Pair]]
BLOCK = 256
"""Samples of a block, of programs whose draws are few."""
NUMBERS = 2**16
"""Draws of a block."""
_MOST = 2**63


class Ahead:
    """What was drawn for samples that have not been asked for yet; it stays behind when its owner is copied.

    After a guess that was wrong some samples are drawn alone, the more of them the more guesses in a row were wrong: whoever
    draws from the same generator in between is not to pay for blocks that nobody asks for.
    """

    def __init__(self, draws: int) -> None:
        """Of samples with so many ``draws`` each."""
        self._draws, self._block = draws, max(1, min(BLOCK, NUMBERS // max(1, draws)))
        self._waiting: dict[Pair, Values] = {}
        self._last = Block({}, 0)
        self._following: Pair | None = None
        self._guessed = False
        self._alone = self._doubt = 0

    def take(self, pair: Pair, draw: Draw, coming: Coming | None = None) -> Values | None:
        """Return the draws of a sample if they wait, or can be made with those of a block: of the samples that are ``coming``, or
        of its neighbours, if the one before it was the last."""
        first, second = pair
        if pair not in self._waiting:
            if coming is not None:
                self._guess(pair, draw, coming)
            elif pair == self._following and second < _MOST:
                self.prepare([(first, i) for i in range(second, min(second + self._block, _MOST))], draw)
        self._following = first, second + 1
        return self._waiting.pop(pair, None)

    def prepare(self, pairs: Iterable[Pair], draw: Draw) -> None:
        """Draw for samples that will be asked for; what still waits of others is dropped."""
        pairs = list(pairs)
        self._last = Block(draw(*np.array(pairs).T), len(pairs), self._last.often)
        self._waiting = dict(zip(pairs, self._last.rows(), strict=True))
        self._guessed = False

    def _guess(self, pair: Pair, draw: Draw, coming: Coming) -> None:
        if self._guessed:
            self._alone = self._doubt = min(2 * self._doubt + 1, self._block) if self._waiting else 0
            self._guessed = False
        if self._alone:
            self._alone -= 1
        else:
            self.prepare([pair, *coming(self._block - 1)], draw)
            self._guessed = True

    def __reduce__(self) -> Any:
        return Ahead, (self._draws,)


__all__ = ["BLOCK", "Ahead"]
