"""Loads language models with transformers, from a folder or the local cache, never from a network."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from augment.frameworks.order import check_order


def load(name: str, kind: str) -> tuple[Any, Any]:
    """Return the tokenizer and the model of a name; ``kind`` is the class of transformers that makes the model."""
    check_order("transformers", ("torchvision",))
    import transformers

    where = str(Path(name).expanduser()) if Path(name).expanduser().is_dir() else name
    tokenizer = transformers.AutoTokenizer.from_pretrained(where, local_files_only=True)
    return tokenizer, getattr(transformers, kind).from_pretrained(where, local_files_only=True).eval()
