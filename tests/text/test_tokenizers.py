"""What the tokenizer of a model needs is known when a spec is compiled, and not at its first text."""

import importlib.util
import json
import re

import pytest

import augment
from augment.errors import ResourceMissingError
from augment.testing.models import tiny_resources
from augment.text import resources

KINDS = [  # what a model says of itself, and what transformers then imports
    ({"model_type": "fsmt"}, {}, "sacremoses"), ({"model_type": "fsmt"}, {"tokenizer_class": "FSMTTokenizer"}, "sacremoses"),
    ({"model_type": "xlm"}, {}, "sacremoses"), ({"model_type": "flaubert"}, {}, "sacremoses"),
    ({"model_type": "biogpt"}, {}, "sacremoses"), ({"model_type": "marian"}, {}, "sentencepiece"),
    ({"model_type": "m2m_100"}, {}, "sentencepiece"),
    ({"model_type": "bart"}, {"tokenizer_class": "MarianTokenizer"}, "sentencepiece"),
    ({"model_type": "bert"}, {"tokenizer_class": "BertJapaneseTokenizer"}, "fugashi"),
    ({"model_type": "bert"}, {}, None),
    ({"model_type": "bart"}, {"tokenizer_class": "PreTrainedTokenizerFast"}, None), ({}, {}, None),
]  # fmt: skip
OPS = {
    "predict_words": {"rate": 0.5, "model": "{}"}, "insert_predicted_words": {"rate": 0.5, "model": "{}"},
    "back_translate": {"rate": 0.5, "there": "{}", "back": "{}"},
}  # fmt: skip


def model(folder, config, tokenizer, cached):
    place = folder / "snapshots" / "1a2b" if cached else folder
    place.mkdir(parents=True)
    (place / "config.json").write_text(json.dumps(config))
    if tokenizer:
        (place / "tokenizer_config.json").write_text(json.dumps(tokenizer))
    return folder


@pytest.mark.parametrize(("config", "tokenizer", "module"), KINDS, ids=range(len(KINDS)))
@pytest.mark.parametrize("op", OPS)
@pytest.mark.parametrize("cached", [False, True], ids=["folder", "cache"])
def test_a_tokenizer_without_its_package_is_a_located_error(tmp_path, monkeypatch, config, tokenizer, module, op, cached):
    monkeypatch.setenv("HF_HUB_CACHE", str(tmp_path))
    model(tmp_path / "models--facebook--wmt19-x", config, tokenizer, cached)
    name = "facebook/wmt19-x" if cached else str(tmp_path / "models--facebook--wmt19-x")
    spec = {"pipeline": [{op: {field: name if value == "{}" else value for field, value in OPS[op].items()}}]}
    found = importlib.util.find_spec
    hidden = {"sacremoses", "sentencepiece", "fugashi"}
    monkeypatch.setattr(resources, "find_spec", lambda name: None if name in hidden else found(name))
    if module is None:
        augment.compile(spec, "builtin")
        return
    said = rf"(?s)pipeline\[0\]\.{op}.*needs {module} \(.*{re.escape(name)}.*pip install {module}"
    with pytest.raises(ResourceMissingError, match=said):
        augment.compile(spec, "builtin")
    hidden.clear()
    monkeypatch.setattr(resources, "find_spec", lambda name: found("json") if name == module else found(name))
    augment.compile(spec, "builtin")


def test_models_of_the_tests_need_nothing_more():
    made = tiny_resources()
    for name in ("model", "there", "back"):
        assert resources.tokenizer(made[name]) == ()


def test_every_tokenizer_of_transformers_that_imports_a_package_by_itself_is_known():
    """Read from the source of transformers: those that raise without a package."""
    from pathlib import Path

    import transformers

    known = set(resources.TOKENIZERS)
    for path in Path(transformers.__file__).parent.glob("models/*/tokenization_*.py"):
        source = path.read_text(encoding="utf-8")
        needs = set(re.findall(r"^(?: {12})?import (sacremoses|sentencepiece|fugashi)$", source, re.MULTILINE))
        classes = set(re.findall(r"^class (\w+Tokenizer)\(", source, re.MULTILINE))
        if needs and classes and path.parent.name not in ("cpm", "siglip"):  # no models of words or sentences
            assert classes & known, (path.name, needs)
            assert {resources.TOKENIZERS[c] for c in classes & known} <= {(m,) for m in needs}
