"""A compiled text spec as an nlpaug augmenter."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from nlpaug import Augmenter
from nlpaug.util import Action, Method

from augment.backend import Options
from augment.engine.reading import entries_of
from augment.errors import SampleError
from augment.program.lower import Program
from augment.texts import KeyedTexts


class Flow(KeyedTexts, Augmenter):
    """``flow.augment(text)`` draws anew each time and returns what nlpaug returns; ``flow.at(index, epoch)(text)`` and
    ``flow.over(dataset)`` are keyed and keep the form of what they are given.

    It stands in ``naf.Sequential`` and ``naf.Sometimes`` like any augmenter of nlpaug.
    """

    backend_name = "nlpaug"

    def __init__(self, program: Program, options: Options):
        Augmenter.__init__(self, program.pipeline.name or "augment", Method.FLOW, Action.SEQUENTIAL, aug_min=None, aug_max=None)
        KeyedTexts.__init__(self, program, options)

    def augment(self, data: Any, n: int = 1, num_thread: int = 1) -> list[str]:
        """Return a list, as nlpaug does since 1.1.11: ``n`` versions of a text, or one of each of a list of texts.

        Raises `SampleError` on what is no text, and where ``n`` is asked of a list (which nlpaug ignores).
        """
        several = entries_of(data)
        if several is None and not isinstance(data, str):
            raise SampleError(f"augment takes a text or a list of texts, not {type(data).__name__}")
        if several is not None and n != 1:
            raise SampleError(f"augment makes n={n} versions of one text; of a list give each text n times")
        texts = [data] * n if several is None else list(several)
        if num_thread == 1:
            return self(texts)
        with ThreadPoolExecutor(num_thread) as pool:
            return list(pool.map(self, texts))

    @classmethod
    def clean(cls, data: Any) -> Any:
        """Texts stay as they are; nlpaug strips them."""
        return data

    @classmethod
    def is_duplicate(cls, dataset: Any, data: Any) -> bool:
        return data in dataset
