"""Text specs where people train: Hugging Face datasets, torch, tf.data and Keras; copies, pairs, and labels of tokens."""

import pickle
import random

import datasets
import numpy as np
import pytest
from datasets.fingerprint import Hasher
from torch.utils.data import DataLoader

import augment
from augment.errors import SampleError
from augment.testing.texts import PLAIN

SPEC = {"seed": 3, "pipeline": [{"typo_characters": {"rate": 0.05}}, {"swap_words": {"rate": 0.2}}]}
PAIRS = {**SPEC, "targets": {"premise": "text", "hypothesis": "text"}}


@pytest.fixture(scope="module")
def edit():
    return augment.compile(SPEC, "builtin")


@pytest.fixture
def rows():
    return datasets.Dataset.from_dict({"text": list(PLAIN) * 3, "label": [0, 1, 0, 1] * 3, "id": list(range(100, 112))})


def want(edit, texts, epoch=0, first=0):
    return [edit.at(first + i, epoch)(text) for i, text in enumerate(texts)]


def test_map_with_indices_batched_or_not(edit, rows):
    texts = want(edit, rows["text"])
    assert texts != rows["text"]
    for options in ({}, {"batched": True}, {"batched": True, "batch_size": 5}):
        mapped = rows.map(edit.examples(), with_indices=True, load_from_cache_file=False, **options)
        assert list(mapped["text"]) == texts and list(mapped["label"]) == list(rows["label"])
    assert list(rows.map(edit.examples(epoch=2), with_indices=True)["text"]) == want(edit, rows["text"], 2)


def test_copies_of_a_batch(edit, rows):
    three = rows.map(edit.examples(copies=3), with_indices=True, batched=True)
    assert len(three) == 36 and list(three["label"]) == [x for x in rows["label"] for _ in range(3)]
    assert list(three["text"][::3]) == want(edit, rows["text"], 0) and list(three["text"][2::3]) == want(edit, rows["text"], 2)
    with pytest.raises(SampleError, match="with_indices=True"):
        rows.map(edit.examples())
    with pytest.raises(SampleError, match="batched=True"):
        edit.examples(copies=3)({"text": "a"}, 0)
    live = rows.with_transform(edit.examples(index="id", copies=3))  # which must give a row for each that it reads
    for at in (1, slice(None)):
        with pytest.raises(SampleError, match=r"makes 3 examples of one only where .*with_indices=True, batched=True"):
            live[at]


def test_what_map_passes_beside_an_example(edit, rows):
    with pytest.raises(SampleError, match=r"map\(edit\.examples\(\), with_indices=True\)"):
        rows.map(edit, with_indices=True)
    holes = datasets.Dataset.from_dict({"text": ["a b", "c d", None]})
    for options in ({}, {"batched": True}):
        with pytest.raises(SampleError, match=r"example 2: text: .*None: leave such rows out"):
            holes.map(edit.examples(), with_indices=True, **options)
    with pytest.raises(SampleError, match=r"row 2 of the batch: text: .*None"):
        holes.map(edit.examples(), batched=True)


@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
def test_a_cache_of_datasets_knows_it_again(backend):
    """The hash of what ``map`` is given is its spec's, whatever was done with it before; so a second ``map`` finds the first."""
    edit = augment.compile(SPEC, backend)
    first = Hasher.hash(edit.examples(epoch=1))
    edit.over(list(PLAIN))[2], edit.at(0)(list(PLAIN)), edit({"text": PLAIN[0]}), edit.explain(), repr(edit)
    edit.set_random_seed(3)
    assert Hasher.hash(edit.examples(epoch=1)) == first == Hasher.hash(augment.compile(SPEC, backend).examples(epoch=1))
    others = [edit.examples(), edit.examples(epoch=1, copies=2), edit.examples(epoch=1, index="id")]
    others += [augment.compile(SPEC, backend, **o).examples(epoch=1) for o in ({"seed": 4}, {"stage": "eval"})]
    assert len({first, *map(Hasher.hash, others)}) == 6
    copy = pickle.loads(pickle.dumps(edit))
    assert type(copy) is type(edit) and copy.at(5)(list(PLAIN)) == edit.at(5)(list(PLAIN))


def test_with_transform_is_keyed_by_a_column(edit, rows):
    live = rows.with_transform(edit.examples(index="id"))
    assert live[2]["text"] == edit.at(102)(rows[2]["text"])
    assert live[2:5]["text"] == want(edit, rows[2:5]["text"], 0, 102)
    with pytest.raises(SampleError, match="no column 'key'"):
        rows.with_transform(edit.examples(index="key"))[0]
    with pytest.raises(SampleError, match="whole numbers key"):
        rows.with_transform(edit.examples(index="text"))[0]
    loose = rows.with_transform(edit.examples())
    assert len({loose[0]["text"] for _ in range(8)}) > 1


def test_over_a_dataset_with_copies(edit, rows):
    over = edit.over(list(PLAIN), copies=2)
    assert len(over) == 8 and over[3] == edit.at(1, 1)(PLAIN[1])
    over.set_epoch(4)
    assert over[3] == edit.at(1, 9)(PLAIN[1])
    pictures = edit.over(rows)
    batches = list(DataLoader(pictures, batch_size=4, num_workers=2))
    assert [t for b in batches for t in b["text"]] == want(edit, rows["text"])


def test_pairs_share_a_key_and_not_their_draws():
    edit = augment.compile(PAIRS, "builtin")
    out = edit.at(0)({"premise": PLAIN[0], "hypothesis": PLAIN[0], "label": 1})
    assert out["label"] == 1 and PLAIN[0] not in (out["premise"], out["hypothesis"])
    assert out["premise"] != out["hypothesis"]


def test_an_answer_stays_where_it_is_said():
    context = "The bridge was built in 1906 by Anna Berg. It is made of stone."
    start = context.index("1906 by Anna Berg")
    spec = {
        "targets": {"question": "text", "context": "text", "answers": {"kind": "spans", "of": "context"}},
    }
    spec["pipeline"] = [
        {"typo_characters": {"rate": 0.3, "protect": "spans"}},
        {"delete_words": {"rate": 0.4, "protect": "spans"}},
    ]
    edit = augment.compile(spec, "builtin")
    changed = 0
    for i in range(30):
        out = edit.at(i)({"question": "Who built it?", "context": context, "answers": [[start, start + 17]]})
        a, b = out["answers"][0]
        assert out["context"][a:b] == "1906 by Anna Berg"
        changed += out["context"] != context
    assert changed == 30


def test_labels_of_tokens_go_with_their_tokens():
    words = "Anna Berg saw the old bridge in Oslo yesterday".split()
    tags = ["B-PER", "I-PER", "O", "O", "O", "O", "O", "B-LOC", "O"]
    text = " ".join(words)
    at = np.cumsum([0, *(len(w) + 1 for w in words)])
    spans = [[int(a), int(a) + len(w)] for a, w in zip(at, words, strict=False)]
    spec = {
        "targets": {"text": "text", "spans": {"kind": "spans", "of": "text", "carry": ["tags"]}},
        "pipeline": [{"swap_words": {"rate": 0.3}}, {"delete_words": {"rate": 0.3}}],
    }
    edit = augment.compile(spec, "builtin")
    tag_of = dict(zip(words, tags, strict=True))
    for i in range(40):
        out = edit.at(i)({"text": text, "spans": spans, "tags": tags})
        left = [out["text"][a:b] for a, b in out["spans"]]
        assert sorted(left) == sorted(out["text"].split())
        assert left == out["text"].split()
        beside = [*zip(left, ["", *left], strict=False)]  # each word, and the one before
        persons = {"Anna", "Berg"}
        want = ["I-PER" if {w, before} == persons else "B-PER" if w in persons else tag_of[w] for w, before in beside]
        assert out["tags"] == want


# TensorFlow ----------------------------------------------------------------------------------------------------------


def test_tf_data_of_texts_pairs_and_mappings(edit):
    import tensorflow as tf

    texts, labels = list(PLAIN), [0, 1, 0, 1]
    alone = edit.tf_map(tf.data.Dataset.from_tensor_slices(texts), epoch=1)
    assert [t.decode() for t in alone.as_numpy_iterator()] == want(edit, texts, 1)
    pairs = edit.tf_map(tf.data.Dataset.from_tensor_slices((texts, labels)))
    assert [(t.decode(), int(y)) for t, y in pairs.as_numpy_iterator()] == list(zip(want(edit, texts), labels, strict=True))
    pair = augment.compile(PAIRS, "builtin")
    mapped = pair.tf_map(tf.data.Dataset.from_tensor_slices({"premise": texts, "hypothesis": texts[::-1], "label": labels}))
    for i, row in enumerate(mapped.as_numpy_iterator()):
        out = pair.at(i)({"premise": texts[i], "hypothesis": texts[::-1][i]})
        assert (row["premise"].decode(), row["hypothesis"].decode(), row["label"]) == (*out.values(), labels[i])
    beside = edit.tf_map(tf.data.Dataset.from_tensor_slices(({"text": texts}, labels)))
    assert [(x["text"].decode(), int(y)) for x, y in beside.as_numpy_iterator()] == list(
        zip(want(edit, texts), labels, strict=True)
    )
    three = edit.tf_map(tf.data.Dataset.from_tensor_slices(texts), epoch=1, epochs=3)
    assert [t.decode() for t in three.as_numpy_iterator()] == [t for epoch in (1, 2, 3) for t in want(edit, texts, epoch)]
    with pytest.raises(SampleError, match=r"before \.batch"):
        edit.tf_map(tf.data.Dataset.from_tensor_slices(texts).batch(2))
    with pytest.raises(SampleError, match="has no texts"):
        edit.tf_map(tf.data.Dataset.from_tensor_slices(labels))
    with pytest.raises(SampleError, match=r"tf_map takes a tf\.data\.Dataset, not list"):
        edit.tf_map(texts)


def test_tf_data_cannot_move_spans(edit):
    import tensorflow as tf

    sample = {"text": ["one two three four"], "spans": [[[8, 13]]]}
    with pytest.raises(SampleError, match=r"spans is spans, which tf_map would leave.* edit\.over\(samples\)"):
        edit.tf_map(tf.data.Dataset.from_tensor_slices(sample))
    declared = augment.compile({**SPEC, "targets": {"note": "text", "words": {"kind": "spans", "of": "note"}}}, "builtin")
    for element in ({"note": ["a b"], "words": [[[0, 1]]]}, {"note": ["a b"]}):
        with pytest.raises(SampleError, match="words is spans"):
            declared.tf_map(tf.data.Dataset.from_tensor_slices(element))
    answers = {"text": ["a b"], "answers": {"text": ["a"], "answer_start": [0]}}
    with pytest.raises(SampleError, match="'answers' holds entries of its own, which tf_map would leave"):
        edit.tf_map(tf.data.Dataset.from_tensor_slices(answers))
    with pytest.raises(SampleError, match="did you mean 'text'"):
        edit.tf_map(tf.data.Dataset.from_tensor_slices({"texts": ["a b"]}))


def test_keras_learns_from_augmented_texts(edit):
    """As in a tutorial: TextVectorization, Embedding, and a classifier behind them."""
    import keras
    import tensorflow as tf

    keras.utils.set_random_seed(0)
    texts = [f"{a} {b}" for a in ("a good", "a fine", "the best", "a lovely") for b in ("film", "story", "cast", "evening")]
    texts += [f"{a} {b}" for a in ("a bad", "a dull", "the worst", "an awful") for b in ("film", "story", "cast", "evening")]
    labels = [1] * 16 + [0] * 16
    edit = augment.compile({"pipeline": [{"delete_words": {"rate": 0.1}}, {"swap_words": {"rate": 0.1}}]}, "builtin")
    plain = tf.data.Dataset.from_tensor_slices((texts, labels))
    vectorize = keras.layers.TextVectorization(max_tokens=100, output_sequence_length=6)
    vectorize.adapt(plain.map(lambda text, label: text).batch(8))
    model = keras.Sequential(
        [keras.layers.Embedding(100, 8), keras.layers.GlobalAveragePooling1D(), keras.layers.Dense(1, activation="sigmoid")]
    )
    model.compile("adam", "binary_crossentropy", metrics=["accuracy"])
    model.optimizer.learning_rate = 0.05
    train = edit.tf_map(plain, epochs=15).batch(8).map(lambda text, label: (vectorize(text), label))
    history = model.fit(train, epochs=15, steps_per_epoch=4, verbose=0).history
    assert history["loss"][-1] < 0.5 * history["loss"][0]
    assert model.evaluate(plain.batch(8).map(lambda text, label: (vectorize(text), label)), verbose=0)[1] > 0.9


# Pictures beside texts -----------------------------------------------------------------------------------------------


def test_a_text_backend_leaves_pictures_alone(edit):
    image = np.zeros((4, 5, 3), np.uint8)
    out = edit.at(1)({"image": image, "text": PLAIN[0]})
    assert out["image"] is image and out["text"] == edit.at(1)(PLAIN[0])
    phrases = {
        "image": "image",
        "text": "text",
        "boxes": {"kind": "boxes", "carry": ["phrases"]},
        "phrases": {"kind": "spans", "of": "text"},
    }
    linked = augment.compile({**SPEC, "targets": phrases}, "builtin")
    with pytest.raises(SampleError, match="belongs to boxes"):
        linked.at(1)({"image": image, "text": "a dog", "boxes": [[0, 0, 2, 2]], "phrases": [[[0, 1]]]})


@pytest.mark.parametrize("backend", ["builtin", "nlpaug"])
def test_unkeyed_draws_of_an_object_can_be_seeded(backend):
    edit, texts = augment.compile(SPEC, backend), list(PLAIN)
    edit.set_random_seed(5)
    first, second = edit(texts), edit(texts)
    assert first != second
    edit.set_random_seed(5)
    assert [edit(texts), edit(texts)] == [first, second]
    edit.set_random_seed(6)
    assert edit(texts) != first
    edit.set_random_seed(5)
    edit.set_random_seed(None)
    assert edit(texts) != first
    keyed = edit.at(0)(texts)
    edit.set_random_seed(5)
    assert edit.at(0)(texts) == keyed


def test_global_generators_are_neither_read_nor_touched(edit):
    state, numbers = random.getstate(), np.random.get_state()[1].tolist()  # the global one is meant
    first = edit(list(PLAIN))
    assert random.getstate() == state
    assert np.random.get_state()[1].tolist() == numbers
    assert edit(list(PLAIN)) != first
