"""Ops of learned models, with tiny models of random weights that are saved and loaded as real ones are."""

import json
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
import torch

import augment
from augment import ops
from augment.errors import FileError, ResourceMissingError
from augment.testing.models import WORDS, tiny_resources
from augment.testing.texts import PLAIN
from augment.text.frequency import Corpus
from augment.text.stream import Stream
from augment.text.vectors import Vectors


@pytest.fixture(scope="module")
def made():
    return tiny_resources()


def edit(op, text, index=1, backend="builtin"):
    return augment.compile(augment.Pipeline([op]), backend).at(index)(text)


# Masked models -------------------------------------------------------------------------------------------------------


def test_what_the_model_expects_is_what_transformers_says(made):
    """Against the pipeline of transformers: the same words in the same order for a mask."""
    from transformers import pipeline

    from augment.text.masked import masked_model

    text = "a brown dog runs along the river"
    got = masked_model(made["model"]).expected(text, [(8, 11)], 5)[0]
    filler = pipeline("fill-mask", model=made["model"], top_k=60, device="cpu")
    want = [row["token_str"] for row in filler(text.replace("dog", filler.tokenizer.mask_token))]
    assert list(got.words) == [w for w in want if w.isalpha() and w != "dog"][:5]
    assert all(a >= b for a, b in zip(got.chances, got.chances[1:], strict=False))


def test_only_whole_words_are_taken(made):
    out = edit(ops.PredictWords(rate=1, model=made["model"], top=1000), PLAIN[0])
    assert "[" not in out and "##" not in out
    assert out.count(",") == PLAIN[0].count(",") and out.endswith(".")


def test_case_and_everything_else_stays(made):
    text = "The Quick (brown)  fox\tisn't Zorgon-7. NEVER"
    out = edit(ops.PredictWords(rate=1, model=made["model"], protect=["negations"]), text)
    assert out[: out.index("(")].istitle() and "\t" in out and "isn't Zorgon-7. NEVER" in out and ")  " in out


def test_a_long_text_is_seen_around_the_mask(made):
    text = " ".join(PLAIN * 20)
    out = edit(ops.PredictWords(rate=0.02, model=made["model"]), text)
    assert out != text and len(out.split()) == len(text.split())


def test_inserted_words_stand_before_words(made):
    text = "a dog runs"
    out = edit(ops.InsertPredictedWords(rate=1, model=made["model"]), text)
    assert [w for w in out.split() if w in text.split()][-3:] and len(out.split()) == 6
    assert out.split()[1::2] == text.split()


def test_torch_generator_stays_as_it_is(made):
    state = torch.random.get_rng_state()
    edit(ops.PredictWords(rate=0.5, model=made["model"]), PLAIN[0])
    edit(ops.BackTranslate(rate=1, there=made["there"], back=made["back"]), PLAIN[0])
    assert torch.equal(torch.random.get_rng_state(), state)


# Translation ---------------------------------------------------------------------------------------------------------


def test_back_translation_replaces_sentences(made):
    text = "  The museum is closed.\n\nWe walk through the garden!  "
    op = ops.BackTranslate(rate=0, min_count=1, max_count=1, there=made["there"], back=made["back"])
    out = edit(op, text)
    assert out.startswith("  ") and out.endswith("  ") and "\n\n" in out
    assert ("The museum is closed." in out) != ("We walk through the garden!" in out)


def test_it_is_what_the_models_say(made):
    from transformers import AutoModelForSeq2SeqLM, AutoTokenizer

    def translate(folder, sentence):
        tokenizer, model = AutoTokenizer.from_pretrained(folder), AutoModelForSeq2SeqLM.from_pretrained(folder).eval()
        batch = tokenizer(sentence, return_tensors="pt")
        length = 2 * batch["input_ids"].shape[1] + 16
        out = model.generate(
            batch["input_ids"], attention_mask=batch["attention_mask"], num_beams=4, do_sample=False, max_new_tokens=length
        )
        return tokenizer.decode(out[0], skip_special_tokens=True).strip()

    compared = 0
    for sentence in (
        "the museum is closed on sundays",
        "We walk through the garden!",
        "two children watch it",
        "her train was late",
    ):
        there = translate(made["there"], sentence)
        want = translate(made["back"], there) if there else ""
        compared += bool(want) and want != sentence
        got = edit(ops.BackTranslate(rate=1, there=made["there"], back=made["back"], top=1), sentence)
        assert got == (want or sentence)
    assert compared


# Vectors -------------------------------------------------------------------------------------------------------------


def test_neighbours_are_the_nearest_by_cosine(made):
    rows = [line.split() for line in Path(made["vectors"]).read_text(encoding="utf-8").splitlines()]
    matrix = np.array([r[1:] for r in rows], float)
    words = [r[0] for r in rows]
    at = words.index("dog")
    cosine = matrix @ matrix[at] / np.linalg.norm(matrix, axis=1) / np.linalg.norm(matrix[at])
    want = [words[i] for i in np.argsort(-cosine) if words[i] != "dog" and words[i].isalpha()][:4]
    assert list(Vectors(made["vectors"], 1000).neighbours("dog", 4, -1)) == want
    assert edit(ops.ReplaceSimilarWords(rate=1, vectors=made["vectors"], top=1), "DOG") == want[0].upper()


def test_unknown_words_and_a_bound_of_similarity(made):
    assert edit(ops.ReplaceSimilarWords(rate=1, vectors=made["vectors"]), "zyzzyva") == "zyzzyva"
    assert edit(ops.ReplaceSimilarWords(rate=1, vectors=made["vectors"], min_similarity=1), "dog") == "dog"


@pytest.mark.parametrize(
    ("text", "says"), [("", "holds no word vectors"), ("a 1 2\nb 1\n", ":2: has 1 numbers"), ("a 1 2\nb 1 x\n", ":2: is no line")]
)
def test_files_that_are_none(tmp_path, text, says):
    path = tmp_path / "v.txt"
    path.write_text(text)
    with pytest.raises(FileError, match=says):
        Vectors(str(path), 10)


def test_word2vec_files_have_a_first_line(tmp_path):
    path = tmp_path / "v.txt"
    path.write_text("2 2\ncat 1 0\ndog 1 0.1\n")
    assert Vectors(str(path), 10).neighbours("cat", 1, 0) == ("dog",)


# TF-IDF --------------------------------------------------------------------------------------------------------------


def test_frequencies_are_those_of_scikit_learn(tmp_path):
    from sklearn.feature_extraction.text import TfidfTransformer

    lines = ["the cat sat", "the dog sat down", "a bird"]
    path = tmp_path / "c.txt"
    path.write_text("\n".join(lines))
    corpus = Corpus(str(path))
    words = sorted(corpus.idf)
    counts = np.array([[line.split().count(w) for w in words] for line in lines])
    # scikit-learn adds one to the logarithm
    want = TfidfTransformer(smooth_idf=False, norm=None).fit(counts).idf_ - 1
    assert np.allclose([corpus.idf[w] for w in words], want)


def test_common_words_are_replaced_and_rare_ones_stay(tmp_path):
    path = tmp_path / "c.txt"
    path.write_text("\n".join(f"the is of {word}" for word in WORDS if word.isalpha() and word not in ("the", "is", "of")))
    op = ops.ReplaceUninformativeWords(rate=0.5, corpus=str(path))
    words = "the museum is old of garden".split()
    kept = Counter()
    for index in range(60):
        kept.update(a for a, b in zip(words, edit(op, " ".join(words), index).split(), strict=True) if a == b)
    assert min(kept[w] for w in ("museum", "old", "garden")) > 3 * max(kept[w] for w in ("the", "is", "of"))


def test_the_draw_is_by_weight(tmp_path):
    path = tmp_path / "c.txt"
    path.write_text("the\nthe\nthe cat\nthe cat dog\n")
    corpus, stream = Corpus(str(path)), Stream(3)
    drawn = Counter(corpus.draw(stream, "x") for _ in range(4000))
    weights = np.diff([0, *corpus.sums])
    want = dict(zip(corpus.words, weights / weights.sum(), strict=True))
    assert all(abs(drawn[w] / 4000 - share) < 0.03 for w, share in want.items())


# Missing -------------------------------------------------------------------------------------------------------------


def test_what_is_missing_is_said_with_its_place_and_the_command(tmp_path):
    spec = tmp_path / "s.yaml"
    spec.write_text(
        "pipeline:\n  - predict_words: {rate: 0.1, model: no-such/model}\n"
        "  - replace_similar_words: {rate: 0.1, vectors: ./none.txt}\n"
    )
    with pytest.raises(ResourceMissingError) as error:
        augment.compile(spec, "builtin")
    text = str(error.value)
    assert "pipeline[0].predict_words" in text and "augment resources fetch no-such/model" in text
    assert "pipeline[1].replace_similar_words" in text and "./none.txt" in text


def test_nothing_is_downloaded(made, monkeypatch):
    """Loading a name that is not in the cache asks no network."""
    import socket

    def refuse(*args, **kwargs):
        raise AssertionError("asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    with pytest.raises(ResourceMissingError):
        augment.compile({"pipeline": [{"predict_words": {"rate": 0.1, "model": "bert-base-uncased"}}]}, "builtin")
    assert edit(ops.PredictWords(rate=1, model=made["model"]), "a dog") != "a dog"


def test_records_are_json(made):
    record = augment.record(augment.Pipeline([ops.PredictWords(rate=0.5, model=made["model"])]), index=2)
    assert json.loads(json.dumps(record)) == record
