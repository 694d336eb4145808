"""Translation models: a sentence there and back. Loaded by transformers from a folder or the local cache."""

from __future__ import annotations

import threading
from functools import lru_cache

from augment.text.pretrained import load


class Translator:
    """A sequence-to-sequence model and its tokenizer."""

    def __init__(self, name: str):
        self.tokenizer, self.model = load(name, "AutoModelForSeq2SeqLM")
        self._lock = threading.Lock()  # the tokenizers of transformers are not made for threads

    def translate(self, sentence: str, count: int = 1) -> list[str]:
        """Return the ``count`` best translations by beam search, each once, without empty ones; nothing is drawn."""
        import torch

        beams = max(count, 4)
        with self._lock:
            batch = self.tokenizer(sentence, return_tensors="pt", truncation=True, max_length=512)
        length = min(2 * batch["input_ids"].shape[1] + 16, 512)
        with torch.inference_mode():
            out = self.model.generate(
                input_ids=batch["input_ids"], attention_mask=batch["attention_mask"], num_beams=beams, do_sample=False,
                num_return_sequences=count, max_new_tokens=length,
            )  # fmt: skip
        texts = (text.strip() for text in self.tokenizer.batch_decode(out, skip_special_tokens=True))
        return list(dict.fromkeys(text for text in texts if text))


@lru_cache(maxsize=4)
def translator(name: str) -> Translator:
    """Return a model, loaded once."""
    return Translator(name)


@lru_cache(maxsize=4096)
def there_and_back(sentence: str, there: str, back: str, count: int) -> tuple[str, ...]:
    """Return up to ``count`` versions of a sentence that differ from it, from the best translation there."""
    abroad = translator(there).translate(sentence)
    return tuple(text for text in translator(back).translate(abroad[0], count) if text != sentence) if abroad else ()
