"""What stands beside the targets of a sample: on every image backend the same is refused, moved along, or left alone."""

import numpy as np
import pytest
import torch
import torchvision  # noqa: F401  # before TensorFlow, which Keras may import

import augment
from augment.errors import SampleError

IMAGE = np.arange(6 * 9 * 3, dtype=np.uint8).reshape(6, 9, 3)
FLIP = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
DELETE = {"pipeline": [{"delete_words": {"rate": 0.7}}]}
BOTH = {"pipeline": [*FLIP["pipeline"], *DELETE["pipeline"]]}
TEXT = "Ann Berg saw the bridge in Oslo"
SPANS = [[0, 3], [27, 31]]
EVERY = pytest.mark.parametrize("way", ["reference", "albumentations", "torchvision", "torchvision float", "keras", "keras over"])


def run(way, spec, sample, index=0):
    if way == "keras over":
        return augment.compile(spec, "keras", value_range=(0, 1)).over([sample] * (index + 1))[index]
    if way == "albumentations":
        return augment.compile(spec, "albumentations").at(index)(**sample)
    if way == "torchvision":
        made = {**sample, "image": torch.from_numpy(IMAGE).permute(2, 0, 1)} if "image" in sample else sample
        return augment.compile(spec, "torchvision").at(index)(made)
    backend, _, precision = way.partition(" ")
    return augment.apply(spec, sample, backend=backend, index=index, precision=precision or "auto")


def targets(**declared):
    return {"image": "image", **declared}


# Chats ---------------------------------------------------------------------------------------------------------------


@EVERY
def test_chats_beside_an_image(way):
    chat = [
        {"role": "user", "content": "what is on the left"},
        {"role": "assistant", "content": [{"type": "text", "text": "A dog"}]},
    ]
    out = run(way, FLIP, {"image": IMAGE, "caption": chat})["caption"]
    assert out == [{"role": "user", "content": "what is on the right"}, chat[1]]
    spec = {"targets": targets(messages={"kind": "text", "roles": "user"}), "pipeline": [{"swap_words": {"rate": 1}}]}
    out = run(way, spec, {"image": IMAGE, "messages": chat, "said": chat})
    assert sorted(out["messages"][0]["content"].split()) == ["is", "left", "on", "the", "what"]
    assert out["messages"][0] != chat[0] and out["messages"][1] == chat[1] and out["said"] == chat
    for declared in ({}, targets(caption="caption")):
        with pytest.raises(SampleError, match="caption"):
            run(way, {"targets": declared, **FLIP}, {"image": IMAGE, "caption": ["on the left", None]})


# Labels of spans -----------------------------------------------------------------------------------------------------


def stays(out):
    return {TEXT[a:b]: kind for (a, b), kind in zip(SPANS, ("per", "loc"), strict=True)} == {"Ann": "per", "Oslo": "loc"} and [
        {"Ann": "per", "Oslo": "loc"}[out["text"][a:b]] for a, b in out["spans"]
    ]


@EVERY
@pytest.mark.parametrize(
    "declared", [{}, targets(text="text", spans="spans"), targets(text="text", spans={"kind": "spans", "of": "text"})]
)
def test_spans_carry_labels_unless_they_say_otherwise(way, declared):
    left = set()
    for index in range(6):
        sample = {"image": IMAGE, "text": TEXT, "spans": SPANS, "labels": ["per", "loc"]}
        out = run(way, {"targets": declared, **DELETE} if declared else BOTH, sample, index)
        assert out["labels"] == stays(out)
        left.add(len(out["labels"]))
    assert left & {0, 1}, "some were dropped"


def test_labels_of_boxes_are_not_those_of_spans():
    sample = {"image": IMAGE, "caption": "a dog", "spans": [[2, 5]], "boxes": [[1, 1, 4, 4], [0, 0, 2, 2]], "labels": [7, 8]}
    spec = {"targets": targets(caption="caption", boxes="boxes", spans={"kind": "spans", "of": "caption"}), **FLIP}
    for way in ("reference", "torchvision"):
        assert run(way, spec, sample)["labels"] == [7, 8]


@EVERY
@pytest.mark.parametrize("key", ["tags", "entity_types", "spans_score", "words_id", "ids", "whatever"])
def test_rows_of_spans_that_nothing_carries(way, key):
    spec = {"targets": targets(text="text", words_of={"kind": "spans", "of": "text"}), **DELETE}
    sample = {"image": IMAGE, "text": TEXT, "words_of": SPANS}
    with pytest.raises(SampleError, match=rf"'{key}' has a row for each of words_of.*words_of: {{carry: \[{key}\]}}"):
        run(way, spec, {**sample, key: [1, 2]})
    assert run(way, spec, {**sample, key: [1, 2, 3]})[key] == [1, 2, 3]


@EVERY
def test_a_slip_in_what_is_carried(way):
    spec = {"targets": targets(text="text", spans={"kind": "spans", "carry": ["tag"]}), **DELETE}
    with pytest.raises(SampleError, match="spans carries 'tag', which the sample does not have; did you mean 'tags'"):
        run(way, spec, {"image": IMAGE, "text": TEXT, "spans": SPANS, "tags": [1, 2]})


# Places in texts -----------------------------------------------------------------------------------------------------

PLACES = [
    ("answers", {"text": ["Oslo"], "answer_start": [27]}), ("answers", [{"text": "Oslo", "answer_start": 27}]),
    ("answer", {"text": "Oslo", "answer_start": 27}),
    ("qas", [{"question": "Where?", "answers": [{"text": "Oslo", "answer_start": 27}]}]),
    ("entities", [{"start": 0, "end": 3, "label": "PER"}, {"start": 27, "end": 31, "label": "LOC"}]),
    ("ner", {"start": [0, 27], "end": [3, 31], "label": ["PER", "LOC"]}), ("entities", [(0, 3, "PER")]),
    ("found", {"entities": [(0, 3, "PER")]}), ("mentions", [{"start_char": 27, "end_char": 31}]),
]  # fmt: skip


@EVERY
@pytest.mark.parametrize(("key", "entry"), PLACES, ids=range(len(PLACES)))
def test_places_in_a_text_that_is_edited(way, key, entry):
    with pytest.raises(SampleError, match=rf"'{key}' points into 'text', which is edited.*give spans: "):
        run(way, BOTH, {"image": IMAGE, "text": TEXT, key: entry})
    assert run(way, FLIP, {"image": IMAGE, "text": TEXT, key: entry})[key] == entry, "nothing edits the text"


@pytest.mark.parametrize(("key", "entry"), PLACES[:3] + PLACES[4:], ids=range(len(PLACES) - 1))
def test_what_the_error_says_makes_spans(key, entry):
    sample = {"text": TEXT, key: entry}
    with pytest.raises(SampleError) as caught:
        augment.apply(DELETE, sample, backend="builtin")
    spans = eval(str(caught.value).split("give spans: ")[1].split(", with targets")[0], {"sample": sample})
    assert {TEXT[a:b] for a, b in spans} <= {"Ann", "Oslo"} and spans
    augment.apply(DELETE, {"text": TEXT, "spans": spans}, backend="builtin")
    if isinstance(entry, dict) and "answer_start" in entry:
        with pytest.raises(SampleError, match=r"answers?: spans are rows .* not mappings: give \[\["):
            augment.apply({"targets": {"text": "text", key: "spans"}, **DELETE}, sample, backend="builtin")


@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("answers", {"text": ["Bergen"], "answer_start": [4]}),  # of another text
        ("answers", {"text": [], "answer_start": []}), ("answers", ["Oslo"]), ("clip", {"start": 0, "end": 5}),
        ("segments", [{"start": 0.5, "end": 2.5}]), ("shots", [{"start": 40, "end": 64}]),
        ("day", {"start": "mon", "end": "tue"}),
        ("entities", ["Ann", "Oslo", "Berg"]), ("tokens", TEXT.split()), ("history", [[0, 3]]),
        ("meta", {"ids": [1, 2, 3], "url": "x"}),
        ("class_names", ["PER", "LOC"]), ("ids", [7, 8, 9]),
    ],
)  # fmt: skip
def test_what_points_nowhere_passes(key, entry):
    sample = {"text": TEXT, "spans": SPANS, key: entry}
    assert augment.apply(DELETE, sample, backend="builtin")[key] is entry
    spec = {"targets": {"question": "text"}, **DELETE}
    told = {"question": "Who was it that saw it?", "context": TEXT, "answers": PLACES[0][1]}
    assert augment.apply(spec, told, backend="builtin")["answers"] is PLACES[0][1], "the context stays"


# Slips ---------------------------------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize("entry", ["a dog on the left", [{"role": "user", "content": "on the left"}]], ids=["text", "chat"])
def test_slips_of_names(way, entry):
    with pytest.raises(SampleError, match="'captoin'; did you mean 'caption'"):
        run(way, FLIP, {"image": IMAGE, "captoin": entry})
    spec = {"targets": targets(caption="caption", hint="labels"), **FLIP}
    with pytest.raises(SampleError, match="no 'caption', which targets declares; is it 'captoin'"):
        run(way, spec, {"image": IMAGE, "captoin": entry})
    for other in ("caption_id", "image_id", "hints_off"):
        assert run(way, spec, {"image": IMAGE, other: 3})[other] == 3
    assert run(way, spec, {"image": IMAGE, "caption": "x", "captoin": 5})["captoin"] == 5, "none is missing"


def test_slips_in_the_spec():
    spec = {"targets": {"premis": "text", "hypothesis": "text"}, **DELETE}
    with pytest.raises(SampleError, match="no 'premis', which targets declares; is it 'premise'"):
        augment.apply(spec, {"premise": TEXT, "hypothesis": TEXT}, backend="builtin")


# Without an image ----------------------------------------------------------------------------------------------------


@EVERY
@pytest.mark.parametrize(
    "sample", [{"text": "a b"}, {"caption": "on the left"}, {"labels": 3}, {}], ids=["text", "caption", "labels", "none"]
)
def test_ops_on_images_need_one(way, sample):
    with pytest.raises(SampleError, match="the sample has no image"):
        run(way, FLIP, sample)


def test_an_image_under_another_name():
    for spec in (FLIP, BOTH):
        with pytest.raises(SampleError, match=r"has no image.*targets: {pixel_values: image}"):
            augment.apply(spec, {"pixel_values": IMAGE, "text": "on the left"})
    assert augment.apply(BOTH, {"text": TEXT, "embedding": np.eye(3)})["text"] != TEXT
    assert augment.apply({"pipeline": []}, {"text": TEXT}) == {"text": TEXT}


# Texts that nobody declared --------------------------------------------------------------------------------------------

LEFT = "a dog on the left"


@EVERY
@pytest.mark.parametrize(
    ("key", "entry"),
    [
        ("text", LEFT), ("sentences", ["a dog", LEFT]), ("question", LEFT), ("image_description", LEFT), ("prompt", LEFT),
        ("messages", [{"role": "user", "content": LEFT}]), ("answer", LEFT),
    ],
)  # fmt: skip
def test_texts_that_an_op_could_make_false(way, key, entry):
    sample = {"image": IMAGE, key: entry}
    for spec in ({"pipeline": [{"horizontal_flip": {"p": 0.01}}]}, {"targets": targets(), **FLIP}):
        with pytest.raises(
            SampleError, match=rf"'{key}' is a text beside the image.*{key}: caption}}, or .*{key}: text}} to leave"
        ):
            run(way, spec, sample)
    assert run(way, {"pipeline": [{"brightness": {"factor": 1.1}}]}, sample)[key] == entry, "it stays true"
    assert run(way, {"targets": targets(**{key: "text"}), **FLIP}, sample)[key] == entry
    assert "right" in str(run(way, {"targets": targets(**{key: "caption"}), **FLIP}, sample)[key])


@EVERY
def test_names_of_classes_and_files_pass(way):
    rest = {
        "class_name": "red fox", "label": "right whale", "path": "train/left_eye/a.jpg", "text": "a dog", "question": "how many?",
        "answer": 3,
        "prompt_id": "left_1", "split": "left", "messages": [{"role": "user", "content": "hello"}], "answers": ["two"],
        "sentence_ids": [4, 5], "meta": {"description": LEFT},
    }  # fmt: skip
    spec = {"targets": targets(), "pipeline": [*FLIP["pipeline"], {"grayscale": {"p": 1}}]}
    out = run(way, spec, {"image": IMAGE, **rest})
    assert {key: out[key] for key in rest} == rest


def test_pairs_of_an_image_and_a_chat():
    transform = augment.compile(FLIP, "torchvision")
    image = torch.from_numpy(IMAGE).permute(2, 0, 1)
    for entry in ([{"role": "user", "content": LEFT}], {"description": LEFT}):
        with pytest.raises(SampleError, match="is a text beside the image"):
            transform((image, entry))


# Values --------------------------------------------------------------------------------------------------------------


@EVERY
def test_every_sample_is_looked_at(way):
    """The keys of a sample are remembered, and its values are not."""
    good = {"image": IMAGE, "objects": {}, "answers": {}, "text": "two words", "description": "a dog"}
    bad = [{"objects": {"bbox": [[1, 1, 2, 2]]}}, {"answers": {"text": ["two"], "answer_start": [0]}}, {"description": LEFT}]
    if way in ("reference", "albumentations", "torchvision"):
        transform = augment.compile(BOTH, way)
        call = (lambda s: transform(**s)) if way == "albumentations" else transform
    else:
        call = lambda s: run(way, BOTH, s)  # noqa: E731
    call(good)
    for entries in bad:
        with pytest.raises(SampleError):
            call({**good, **entries})
    call(good)


def test_rows_of_boxes_are_counted_in_every_sample():
    transform = augment.compile(FLIP)
    boxes = [[1, 1, 4, 4], [0, 0, 2, 2]]
    transform({"image": IMAGE, "boxes": boxes, "area": [1]})
    with pytest.raises(SampleError, match=r"'area' has a row for each of boxes.*carry: \[labels, area\]"):
        transform({"image": IMAGE, "boxes": boxes, "area": [1, 2]})
