"""Labels of words that say where entities begin and end stay valid under every text op, as words go, move, and come between."""

import random

import numpy as np
import pytest
import torch
import torchvision  # noqa: F401  # before what else may be imported

import augment
from augment import ops
from augment.errors import SampleError, SpecError
from augment.ops.kinds import UnitEdit
from augment.testing.examples import examples
from augment.testing.models import tiny_resources
from augment.testing.text_suite import lacking
from augment.testing.texts import PLAIN
from augment.text.document import Document

EVERY = {f"{op.name()}-{i}": op for kind in ops.catalogue("text").values() for i, op in enumerate(examples(kind))}
MODELS = ("model", "there", "back", "vectors", "corpus")
SCHEMES = ["IOB2", "BIOES", "BILOU", "IOB1"]
KINDS = ["PER", "LOC", "the-ORG"]
SPANS = {"kind": "spans", "of": "text", "carry": ["tags"]}
IMAGE = np.zeros((6, 8, 3), np.uint8)


def usable(op):
    """The op at a rate at which it does something, with models that are made for tests."""
    made = {name: tiny_resources()[name] for name in MODELS if name in type(op).model_fields}
    return op.replace(**made, **({"rate": 0.5} if isinstance(op, UnitEdit) else {}))


def tagged(rng, scheme):
    """A text, a span of each word, its labels, and which entity each word is part of."""
    text = rng.choice(PLAIN)
    spans = [list(span) for span in Document(text).words]
    tags, entities = [], []
    while len(tags) < len(spans):
        size = min(rng.choice([0, 0, 1, 1, 2, 3]), len(spans) - len(tags))
        kind = rng.choice(KINDS)
        if size:
            beside = tags and tags[-1].endswith(f"-{kind}")
            tags += [f"{letter}-{kind}" for letter in letters(scheme, size, beside)]
            entities += [(len(tags), kind)] * size
        else:
            tags.append("O")
            entities.append(None)
    return text, spans, tags, entities


def letters(scheme, size, beside=False):
    if scheme == "IOB1":
        return ["B" if beside else "I", *"I" * (size - 1)]
    if scheme == "IOB2":
        return ["B", *"I" * (size - 1)]
    end, alone = {"BIOES": "ES", "BILOU": "LU"}[scheme]
    return [alone] if size == 1 else ["B", *"I" * (size - 2), end]


def apart(document, a, b):
    """Whether a word stands between two spans."""
    return any(a[1] <= start and stop <= b[0] for start, stop in document.words)


def check(out, scheme, entity_of):
    """The labels are valid in the order of the text, and those of the stretches of entities that are left."""
    spans, tags = [tuple(span) for span in out["spans"]], list(map(str, out["tags"]))
    assert len(spans) == len(tags)
    assert spans == sorted(spans), "rows stand in the order of the text"
    document = Document(out["text"])
    stretches = []  # of one entity each: words that follow each other
    for i, (span, tag) in enumerate(zip(spans, tags, strict=True)):
        entity = entity_of(i)
        assert tag == "O" if entity is None else tag.endswith(f"-{entity[1]}"), "a word has the kind that it had"
        joined = i and stretches[-1][0] == entity and entity is not None and not apart(document, spans[i - 1], span)
        if joined:
            stretches[-1][1].append(tag)
        else:
            stretches.append((entity, [tag]))
    for i, (entity, own) in enumerate(stretches):
        if entity is not None:
            got = [tag[0] for tag in own]
            beside = i and stretches[i - 1][0] is not None and stretches[i - 1][0][1] == entity[1]
            valid = [letters(scheme, len(own), beside)]
            if scheme == "IOB1" and not beside:
                valid.append(letters("IOB2", len(own)))  # what all readers take
            assert got in valid, (stretches, out["text"])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", [pytest.param(name, marks=lacking(op)) for name, op in EVERY.items()])
def test_labels_stay_valid_under_every_op(name, scheme):
    op = usable(EVERY[name])
    edit = augment.compile({"targets": {"text": "text", "spans": SPANS}, "pipeline": [op]}, "builtin")
    changed = 0
    for seed in range(25):
        text, spans, tags, entities = tagged(random.Random(f"{name}{seed}"), scheme)
        # the number of the row goes along, so that each row is known again
        own = {"spans": SPANS | {"carry": ["tags", "rows"]}}
        edit = augment.compile({"targets": {"text": "text", **own}, "pipeline": [op]}, "builtin")
        out = edit.at(seed)({"text": text, "spans": spans, "tags": tags, "rows": list(range(len(tags)))})
        check(out, scheme, lambda i: entities[out["rows"][i]])  # noqa: B023
        changed += out["text"] != text
        if out["text"] == text:
            assert out["tags"] == tags and out["spans"] == spans
    assert changed > 5 or name.startswith(("contract", "expand", "replace_n", "replace_reserved", "delete_s", "shuffle_s"))


CHAIN = [{"swap_words": 0.4}, {"delete_words": 0.3}, {"typo_characters": 0.1}, {"insert_punctuation": 0.2}]
FORMS = {
    "list": lambda tags: tags, "tuple": tuple, "array": np.array, "objects": lambda tags: np.array(tags, object),
    "numbers": lambda tags: [NAMES.index(tag) for tag in tags],
    "array of numbers": lambda tags: np.array([NAMES.index(t) for t in tags]),
    "tensor of numbers": lambda tags: torch.tensor([NAMES.index(t) for t in tags]),
}  # fmt: skip
NAMES = ["O", *(f"{letter}-{kind}" for kind in KINDS for letter in "BI")]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("way", ["builtin", "nlpaug", "reference", "albumentations", "torchvision", "keras"])
def test_labels_stay_valid_in_every_form_and_on_every_backend(way, form):
    spans = SPANS | {"carry": ["tags", "rows"]} | ({"tags": {"tags": NAMES}} if "numbers" in form else {})
    image = {} if way in ("builtin", "nlpaug") else {"image": "image"}
    spec = {"targets": {**image, "text": "text", "spans": spans}, "pipeline": CHAIN}
    for seed in range(12):
        text, places, tags, entities = tagged(random.Random(seed), "IOB2")
        sample = {"text": text, "spans": places, "tags": FORMS[form](tags), "rows": list(range(len(tags)))}
        out = augment.apply(spec, sample | ({"image": IMAGE} if image else {}), backend=way, index=seed)
        assert type(out["tags"]) is type(sample["tags"])
        assert getattr(out["tags"], "dtype", None) == getattr(sample["tags"], "dtype", None)
        read = [NAMES[int(tag)] for tag in out["tags"]] if "numbers" in form else out["tags"]
        check({**out, "tags": read}, "IOB2", lambda i: entities[out["rows"][i]])  # noqa: B023


def test_labels_beside_spans_are_read_too():
    edit = augment.compile({"pipeline": [{"delete_words": 0.5}]}, "builtin")
    seen = set()
    sample = {"text": "Ann Berg saw it", "spans": [[0, 3], [4, 8], [9, 12], [13, 15]], "labels": ["B-PER", "I-PER", "O", "O"]}
    for seed in range(40):
        out = edit.at(seed)(sample)
        if out["text"].startswith("Berg"):
            assert out["labels"][0] == "B-PER"
            seen.add(out["text"])
    assert seen


def test_labels_of_mixed_samples_stay_valid():
    spec = {
        "targets": {"image": "image", "text": "text", "spans": SPANS},
        "pipeline": [{"swap_words": 0.5}, "mixgen"],
    }
    one = {"image": IMAGE, "text": "Ann Berg", "spans": [[0, 3], [4, 8]], "tags": ["B-PER", "I-PER"]}
    two = {"image": IMAGE, "text": "Bo Li", "spans": [[0, 2], [3, 5]], "tags": ["B-PER", "I-PER"]}
    for index in range(6):
        out = augment.compile(spec, "reference").over([one, two] * 3)[index]
        assert out["tags"] == ["B-PER", "I-PER", "B-PER", "I-PER"]
        assert [list(s) for s in out["spans"]] == sorted(list(s) for s in out["spans"])


def test_tokens_as_a_list_of_texts_keep_their_labels():
    edit = augment.compile({"targets": {"tokens": "text"}, "pipeline": [{"split_words": 0.9}, {"delete_words": 0.9}]}, "builtin")
    sample = {"tokens": "Ann Berg saw it".split(), "ner_tags": ["B-PER", "I-PER", "O", "O"]}
    out = edit.at(0)(sample)
    assert len(out["tokens"]) == 4 and out["ner_tags"] == sample["ner_tags"] and all(out["tokens"])


def test_numbers_without_their_names_are_refused_where_they_are_labels_of_entities():
    spec = {"targets": {"text": "text", "spans": SPANS | {"carry": ["ner_tags"]}}, "pipeline": CHAIN}
    sample = {"text": "Ann Berg", "spans": [[0, 3], [4, 8]], "ner_tags": [1, 2]}
    with pytest.raises(SampleError, match=r"ner_tags.*spans: \{.*tags: \{ner_tags: \[O, B-"):
        augment.apply(spec, sample, backend="builtin")
    with pytest.raises(SampleError, match=r"ner_tags.*9.*names? "):
        named = {**spec, "targets": {"text": "text", "spans": SPANS | {"carry": ["ner_tags"], "tags": {"ner_tags": NAMES}}}}
        augment.apply(named, {**sample, "ner_tags": [1, 9]}, backend="builtin")


@pytest.mark.parametrize(("tags", "message"), [
    ({"other": NAMES}, "'other', which is not carried"), ({"tags": ["a", "b"]}, "'a' is no label of a word"),
    ({"tags": ["O", *NAMES[2:]]}, "'I-PER' needs 'B-PER'"), ({"tags": ["O", "B-X", "I-X", "L-X"]}, "'B-X' needs 'U-X'"),
    (["O", "B-X"], "maps what is carried"), ({"tags": ["O", "O"]}, "stands twice"), ({"tags": ["E-X", "U-X"]}, "mixes schemes"),
])  # fmt: skip
def test_names_of_labels_are_a_scheme(tags, message):
    with pytest.raises(SpecError, match=message):
        augment.compile({"targets": {"text": "text", "spans": SPANS | {"tags": tags}}, "pipeline": CHAIN}, "builtin")


def test_names_of_labels_are_written_and_read():
    targets = {"text": "text", "spans": SPANS | {"tags": {"tags": NAMES}}}
    written = augment.dumps(augment.Pipeline.model_validate({"targets": targets, "pipeline": []}))
    assert dict(augment.loads(written).targets["spans"].tags) == {"tags": tuple(NAMES)}


@pytest.mark.parametrize("rows", [["news", "sports"], ["B-side", 3], [None, "O"], [["B-PER"], ["O"]], ["B-", "I-"]])
def test_what_is_no_scheme_stays_as_it_is(rows):
    out = augment.apply({"targets": {"text": "text", "spans": SPANS}, "pipeline": [{"recase_words": {"rate": 1, "to": "upper"}}]},
        {"text": "Ann Berg", "spans": [[4, 8], [0, 3]], "tags": rows}, backend="builtin")  # fmt: skip
    assert out["tags"] == rows and out["spans"] == [[4, 8], [0, 3]]
