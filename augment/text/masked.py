"""Masked language models: which words one expects at places of a text. transformers loads them from a folder or its cache."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from augment.text.document import Span
from augment.text.pretrained import load


class Expected(NamedTuple):
    """Words that a model expects, the likeliest first, and their probabilities."""

    words: tuple[str, ...]
    chances: tuple[float, ...]


class MaskedModel:
    """A masked language model and its tokenizer.

    Only whole words are taken from it: no pieces of words, no special tokens, no punctuation. Of a long text it sees what is next
    to the mask, as much as it was made for.
    """

    def __init__(self, name: str):
        self.tokenizer, self.model = load(name, "AutoModelForMaskedLM")
        longest = getattr(self.model.config, "max_position_embeddings", 512)
        self.context = (min(longest, self.tokenizer.model_max_length, 512) - 8) // 2
        self._lock = threading.Lock()  # the tokenizers of transformers are not made for threads

    @cached_property
    def words(self) -> dict[int, str]:
        """Token number -> word, of all tokens that are whole words."""
        special = set(self.tokenizer.all_special_ids)
        begins = self._marks_beginnings()
        found = {}
        for token, number in self.tokenizer.get_vocab().items():
            if number in special or token.startswith("##") or (begins and not token.startswith(begins)):
                continue
            word = self.tokenizer.convert_tokens_to_string([token]).strip()
            if word.isalpha():
                found[number] = word
        return found

    def _marks_beginnings(self) -> str:
        """What the tokens of word beginnings begin with, in vocabularies that say so (byte-level BPE, SentencePiece)."""
        vocabulary = self.tokenizer.get_vocab()
        return next((mark for mark in ("Ġ", "▁") if sum(token.startswith(mark) for token in vocabulary) > 10), "")

    def expected(self, text: str, places: Sequence[Span], top: int) -> list[Expected]:
        """For each place: the ``top`` likeliest words there instead of what stands there now, which is not among them."""
        import torch

        with self._lock:
            rows = [self._around(text, *place) for place in places]
        width = max(len(ids) for ids, _ in rows)
        pad = self.tokenizer.pad_token_id or 0
        ids = torch.tensor([row + [pad] * (width - len(row)) for row, _ in rows])
        seen = torch.tensor([[1] * len(row) + [0] * (width - len(row)) for row, _ in rows])
        with torch.inference_mode():
            logits = self.model(input_ids=ids, attention_mask=seen).logits
        at = logits[torch.arange(len(rows)), torch.tensor([mask for _, mask in rows])]
        known = self.words
        numbers = torch.tensor(sorted(known))
        chances = at[:, numbers].softmax(-1)
        ranked = chances.sort(dim=-1, descending=True, stable=True)
        best = 2 * top + 16  # more than enough, as few words differ in case alone
        found = []
        for i, (start, stop) in enumerate(places):
            now = text[start:stop].lower()
            words: dict[str, float] = {}
            for chance, k in zip(ranked.values[i, :best].tolist(), ranked.indices[i, :best].tolist(), strict=True):
                word = known[int(numbers[k])]
                if word.lower() != now:
                    words.setdefault(word, chance)
                if len(words) == top:
                    break
            found.append(Expected(tuple(words), tuple(words.values())))
        return found

    def _around(self, text: str, start: int, stop: int) -> tuple[list[int], int]:
        """Token numbers of a text with a mask instead of a span, and where the mask is."""

        def tokens(part: str) -> list[int]:
            return self.tokenizer(part, add_special_tokens=False)["input_ids"]

        reach = self.context * 12  # characters; more cannot fit
        left = tokens(text[max(0, start - reach) : start])[-self.context :]
        right = tokens(text[stop : stop + reach])[: self.context]
        mask = self.tokenizer.mask_token_id
        begin = [i for i in (self.tokenizer.cls_token_id, self.tokenizer.bos_token_id) if i is not None][:1]
        end = [i for i in (self.tokenizer.sep_token_id, self.tokenizer.eos_token_id) if i is not None][:1]
        return [*begin, *left, mask, *right, *end], len(begin) + len(left)


@lru_cache(maxsize=8)
def masked_model(name: str) -> MaskedModel:
    """Return a model, loaded once."""
    return MaskedModel(name)
