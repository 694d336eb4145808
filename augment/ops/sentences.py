"""Ops on sentences: their order, and which of them there are."""

from augment.ops.kinds import UnitEdit
from augment.text.editing import Edit
from augment.text.removal import with_gaps, without_sentences


class ShuffleSentences(UnitEdit):
    """Let sentences change places; the gaps between them stay where they are."""

    def units(self, document):
        return document.sentences if len(document.sentences) > 1 else []

    def free(self, document, guard):
        units = super().free(document, guard)
        return units if len(units) > 1 else []

    def choose(self, document, v, guard, stream):
        chosen = super().choose(document, v, guard, stream)
        if len(chosen) != 1:
            return chosen
        # one alone cannot change places: every second time another one moves too
        units = self.free(document, guard)
        if stream.uniform() < 0.5 or self.max_count == 1:
            return []
        others = [unit for unit in units if unit != chosen[0]]
        return sorted([*chosen, stream.choice(others)])

    def change(self, document, chosen, stream):
        # Sattolo's algorithm: one cycle through all of them, so that each moves
        order = list(range(len(chosen)))
        for i in range(len(order) - 1, 0, -1):
            j = stream.below(i)
            order[i], order[j] = order[j], order[i]
        return [Edit(a, b, document[chosen[i]], chosen[i]) for (a, b), i in zip(chosen, order, strict=True)]


class DeleteSentences(UnitEdit):
    """Delete sentences, with the gap before or behind them; a text keeps at least one."""

    def units(self, document):
        return document.sentences if len(document.sentences) > 1 else []

    def reach(self, document, unit):
        return with_gaps(document.text, unit)

    def choose(self, document, v, guard, stream):
        chosen = super().choose(document, v, guard, stream)
        if chosen and len(chosen) == len(document.sentences):
            kept = stream.below(len(chosen))
            return [*chosen[:kept], *chosen[kept + 1 :]]
        return chosen

    def change(self, document, chosen, stream):
        return without_sentences(document, chosen)
