"""A compiled text spec as a callable on texts, lists of texts, and samples."""

from __future__ import annotations

from augment.texts import KeyedTexts


class Callable(KeyedTexts):
    """``edit(text)`` draws anew each time; ``edit.at(index, epoch)(text)`` and ``.over(dataset)`` are keyed."""

    backend_name = "builtin"
