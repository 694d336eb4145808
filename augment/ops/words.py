"""Ops on words: their order, and which of them there are."""

from __future__ import annotations

from augment.ops.kinds import UnitEdit
from augment.text.editing import Edit


class DeleteWords(UnitEdit):
    """Delete words, with the space before or behind them; a text keeps at least one."""

    def change(self, document, chosen, stream):
        text, last = document.text, 0
        for start, stop in chosen[: len(document.words) - 1]:
            if stop < len(text) and text[stop] in " \t" and (start == last or text[start - 1].isspace()):
                stop += 1
            elif start > last and text[start - 1] in " \t":
                start -= 1
            yield Edit(start, stop, "")
            last = stop
