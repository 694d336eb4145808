"""Places of a text in order, which are looked up in logarithmic time: long captions hold many."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from augment.text.document import Span


class Places:
    """Places of a text; those that lie over each other are one."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self.spans: list[Span] = []
        for start, stop in sorted(spans):
            if self.spans and start < self.spans[-1][1]:
                self.spans[-1] = self.spans[-1][0], max(stop, self.spans[-1][1])
            else:
                self.spans.append((start, stop))
        self.starts = [start for start, _ in self.spans]

    def around(self, start: int, stop: int) -> Span | None:
        """Return the one that holds another place."""
        at = bisect_right(self.starts, start) - 1
        return self.spans[at] if at >= 0 and stop <= self.spans[at][1] else None

    def touch(self, start: int, stop: int) -> bool:
        """Whether one of them lies over another place, in part or whole."""
        at = bisect_left(self.starts, stop) - 1
        return at >= 0 and start < self.spans[at][1]
