"""Tiny models with random weights, saved as real ones are, so that tests run the real loading code without any download."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np

from augment.testing.texts import PLAIN
from augment.text.document import Document

WORDS = sorted({document[span].lower() for text in PLAIN for document in (Document(text),) for span in document.words})
SPECIAL = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]")


@lru_cache(maxsize=1)
def tiny_resources() -> dict[str, str]:
    """Return the fields of ops that name a model or a file, each with one that was made for the purpose."""
    folder = Path(mkdtemp(prefix="augment-models-"))
    masked_model(folder / "masked")
    translation_model(folder / "there", seed=1)
    translation_model(folder / "back", seed=2)
    vectors_file(folder / "vectors.txt")
    (folder / "corpus.txt").write_text("\n".join(PLAIN), encoding="utf-8")
    return {
        "model": str(folder / "masked"), "there": str(folder / "there"), "back": str(folder / "back"),
        "vectors": str(folder / "vectors.txt"), "corpus": str(folder / "corpus.txt"),
    }  # fmt: skip


def masked_model(folder: Path) -> None:
    """Save a BERT of one layer that knows the words of `PLAIN`, whole and in pieces."""
    from transformers import BertConfig, BertForMaskedLM

    tokenizer = _tokenizer([*WORDS, *"abcdefghijklmnopqrstuvwxyz", *(f"##{c}" for c in "abcdefghijklmnopqrstuvwxyz0123456789")])
    tokenizer.save_pretrained(folder)
    shape: dict[str, Any] = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 32}
    _save(BertForMaskedLM, BertConfig(vocab_size=len(tokenizer), max_position_embeddings=40, **shape), folder, 0)


def translation_model(folder: Path, seed: int) -> None:
    """Save a BART of one layer, which translates to whatever its random weights say."""
    from transformers import BartConfig, BartForConditionalGeneration

    tokenizer = _tokenizer(WORDS)
    tokenizer.save_pretrained(folder)
    shape: dict[str, Any] = {
        "d_model": 16, "encoder_layers": 1, "decoder_layers": 1, "encoder_attention_heads": 2, "decoder_attention_heads": 2,
        "encoder_ffn_dim": 32, "decoder_ffn_dim": 32, "pad_token_id": 0, "bos_token_id": 2, "eos_token_id": 3,
        "decoder_start_token_id": 2, "forced_eos_token_id": 3, "init_std": 0.5,
    }  # fmt: skip
    _save(BartForConditionalGeneration, BartConfig(vocab_size=len(tokenizer), max_position_embeddings=600, **shape), folder, seed)


def vectors_file(path: Path) -> None:
    """Write random vectors of the words of `PLAIN`, as GloVe does."""
    rows = np.random.default_rng(0).normal(size=(len(WORDS), 8)).round(4)
    path.write_text("\n".join(f"{w} {' '.join(map(str, row))}" for w, row in zip(WORDS, rows, strict=True)), encoding="utf-8")


def _tokenizer(vocabulary: list[str]) -> Any:
    from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors
    from transformers import PreTrainedTokenizerFast

    numbers = {token: i for i, token in enumerate(dict.fromkeys([*SPECIAL, *vocabulary]))}
    made = Tokenizer(models.WordPiece(numbers, unk_token="[UNK]"))
    made.normalizer, made.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    ends = [("[CLS]", numbers["[CLS]"]), ("[SEP]", numbers["[SEP]"])]
    made.post_processor = processors.TemplateProcessing(single="[CLS] $A [SEP]", special_tokens=ends)
    names = dict(zip(("pad_token", "unk_token", "cls_token", "sep_token", "mask_token"), SPECIAL, strict=True))
    return PreTrainedTokenizerFast(tokenizer_object=made, model_max_length=128, **names)


def _save(kind: Any, config: Any, folder: Path, seed: int) -> None:
    import torch

    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        model = kind(config)
    if hasattr(model, "final_logits_bias"):
        # sentences end, which random weights would hardly ever do, and not at once
        model.final_logits_bias[0, config.eos_token_id] = 12.0
        model.generation_config.min_new_tokens = 4
    model.save_pretrained(folder)
