"""Samples of images and texts: the same on every backend, linked to their boxes, recorded and replayed."""

from __future__ import annotations

import json

import numpy as np
import pytest

import augment
from augment.errors import SampleError, SpecError, UnsupportedOpError

BACKENDS = ("reference", "albumentations", "torchvision", "keras")
TOLD = ("question", "caption", "phrases", "labels")


@pytest.mark.parametrize("index", range(8))
def test_backends_agree(joint, sample, index):
    reference = augment.apply(joint, sample, index=index)
    record = augment.record(joint, sample, index=index)
    for name in BACKENDS[1:]:
        for out in (augment.apply(joint, sample, backend=name, index=index), augment.replay(record, sample, backend=name)):
            assert {k: out[k] for k in TOLD} == {k: reference[k] for k in TOLD}, name
            assert np.allclose(out["boxes"], reference["boxes"], atol=0.01)
            assert np.abs(out["image"].astype(int) - reference["image"]).max() <= 2


@pytest.mark.parametrize("index", range(4))
def test_pixels_apart_from_texts_agree_with_both_together(joint, sample, index):
    """The way of samples on a device: their texts on the host, their pixels as a batch of one."""
    want = augment.apply(joint, sample, index=index)
    out = augment.apply(joint, sample, index=index, backend="torchvision", precision="float")
    assert {k: out[k] for k in TOLD} == {k: want[k] for k in TOLD}
    assert np.abs(out["image"].astype(int) - want["image"]).max() <= 1


@pytest.mark.parametrize("name", BACKENDS)
def test_a_text_op_may_stand_before_the_declared_full_scale(name):
    spec = augment.loads("""
targets: {image: image, text: text}
pipeline: [delete_words: 0.5, to_float: {max: 4000}]
""")
    image = np.full((4, 4, 3), 1000, np.uint16)
    out = augment.apply(spec, {"image": image, "text": "one two three four"}, backend=name)
    assert np.allclose(out["image"], 0.25) and len(out["text"].split()) == 2


@pytest.mark.parametrize("name", BACKENDS)
def test_a_joint_spec_does_what_its_halves_do(sample, name):
    """Image ops do to the image what they do alone, text ops to the question."""
    entries = {k: sample[k] for k in ("image", "question")}
    text = {"delete_words": {"rate": 0.4}}
    image = [{"rotate": {"degrees": [-20, 20]}}, {"brightness": {"factor": [0.8, 1.2]}}]
    both = augment.loads(json.dumps({"targets": {"image": "image", "question": "text"}, "pipeline": [image[0], text, image[1]]}))
    for index in range(3):
        out = augment.apply(both, entries, backend=name, index=index)
        alone = augment.apply({"pipeline": image}, {"image": entries["image"]}, backend=name, index=index)
        half = {"targets": {"question": "text"}, "pipeline": [text]}
        told = augment.apply(half, {"question": entries["question"]}, index=index)
        assert np.abs(out["image"].astype(int) - alone["image"]).max() <= 2 and out["question"] == told["question"]


@pytest.mark.parametrize("name", BACKENDS)
def test_an_op_is_skipped_where_a_caption_is_unclear(photo, name):
    spec = {"pipeline": [{"horizontal_flip": {"p": 1}}, {"invert": {"p": 1}}]}
    sample = {"image": photo, "caption": ["on the left", "the right one"], "boxes": np.array([[1.0, 2, 9, 12]])}
    out = augment.apply(spec, sample, backend=name)
    assert out["caption"] == sample["caption"] and np.abs(255 - out["image"].astype(int) - photo).max() <= 1
    assert np.allclose(out["boxes"], sample["boxes"], atol=0.01)
    (skipped,) = augment.record(spec, sample, index=0)["skipped"]
    assert (skipped["op"], skipped["target"], skipped["text"]) == ("horizontal_flip", "caption", 1)


@pytest.mark.parametrize(
    ("policy", "caption"), [("leave", "the right one"), ("rewrite", "the left one"), ("skip_op", "the right one")]
)
def test_policies_for_what_is_unclear(photo, policy, caption):
    spec = augment.loads(f"""
targets: {{image: image, caption: {{kind: caption, on_ambiguous: {policy}}}}}
pipeline: [horizontal_flip: {{p: 1}}]
""")
    sample = {"image": photo, "caption": "the right one"}
    out, record = augment.apply(spec, sample), augment.record(spec, sample, index=0)
    assert out["caption"] == caption
    assert (out["image"] == (photo if policy == "skip_op" else photo[:, ::-1])).all()
    assert [len(record[key]) for key in ("skipped", "unclear")] == {"skip_op": [1, 0], "leave": [0, 1], "rewrite": [0, 0]}[policy]


def test_rules_none_leaves_the_caption_and_does_the_op(photo):
    spec = augment.loads("""
targets: {image: image, caption: {kind: caption, rules: none}}
pipeline: [horizontal_flip: {p: 1}]
""")
    out = augment.apply(spec, {"image": photo, "caption": "the right one on the left"})
    assert out["caption"] == "the right one on the left" and (out["image"] == photo[:, ::-1]).all()


def test_phrases_stay_with_their_boxes_through_everything(joint, sample):
    things = {"dog": "dog", "cat": "cat", "ball": "ball"}
    for index in range(30):
        out = augment.apply(joint, sample, index=index)
        assert len(out["boxes"]) == len(out["labels"]) == len(out["phrases"])
        for label, span in zip(out["labels"], out["phrases"], strict=True):
            phrase = out["caption"][slice(*span)] if span else ""  # words may be deleted
            others = {w for w in things if w != label}
            assert not any(other in phrase for other in others), (index, label, phrase)


def test_the_record_lists_every_change(joint, sample):
    for index in range(6):
        record = json.loads(json.dumps(augment.record(joint, sample, index=index)))
        text, changes = sample["caption"], [c for c in record["texts"] if c["target"] == "caption"]
        for key in dict.fromkeys(change["op"] for change in changes):
            for change in sorted((c for c in changes if c["op"] == key), key=lambda c: -c["start"]):
                assert text[change["start"] : change["stop"]] == change["before"]
                text = text[: change["start"]] + change["after"] + text[change["stop"] :]
        assert text == augment.apply(joint, sample, index=index)["caption"]


def test_labels_of_words_follow_their_spans(photo):
    spec = augment.loads("""
targets:
  image: image
  caption: caption
  entities: {kind: spans, of: caption, carry: [kinds]}
pipeline: [horizontal_flip: {p: 1}, delete_words: {rate: 0.5, on: caption}]
""")
    spans = [[0, 3], [12, 15], [20, 24]]
    sample = {"image": photo, "caption": "Ann left of Bob and Carl", "entities": spans, "kinds": ["a", "b", "c"]}
    names = {"a": "Ann", "b": "Bob", "c": "Carl"}
    lost = 0
    for index in range(12):
        out = augment.apply(spec, sample, index=index)
        assert [out["caption"][a:b] for a, b in out["entities"]] == [names[k] for k in out["kinds"]]
        lost += 3 - len(out["kinds"])
    assert lost
    with pytest.raises(SampleError, match="kinds has 2 rows and entities, which carries it, has 3"):
        augment.apply(spec, {**sample, "kinds": ["a", "b"]})


# What a crop removes ---------------------------------------------------------------------------------------------------

CROP = """
targets:
  image: image
  caption: {kind: caption, on_ambiguous: POLICY}
  phrases: {kind: spans, of: caption}
  boxes: {kind: boxes, carry: [phrases]}
pipeline: [center_crop: 16]
"""


def cropped(photo, caption, phrases, boxes, policy="skip_op"):
    spec = augment.loads(CROP.replace("POLICY", policy))
    sample = {"image": photo, "caption": caption, "phrases": phrases, "boxes": boxes}
    return augment.apply(spec, sample), augment.record(spec, sample, index=0)


GONE, SEEN, TOO = [0, 0, 4, 4], [10, 10, 20, 20], [12, 9, 22, 21]


@pytest.mark.parametrize(
    ("caption", "phrases", "boxes", "left"),
    [
        ("A dog, a cat and a bird play.", [[0, 5], [7, 12], [17, 23]], [GONE, SEEN, TOO], "A cat and a bird play."),
        ("A dog, a cat and a bird play.", [[0, 5], [7, 12], [17, 23]], [SEEN, GONE, TOO], "A dog and a bird play."),
        ("Here are a dog and a cat.", [[9, 14], [19, 24]], [SEEN, GONE], "Here are a dog."),
        ("A dog sees a dog.", [[0, 5], [0, 5]], [SEEN, GONE], "A dog sees a dog."),  # another box has the phrase, too
    ],
)
def test_phrases_of_lost_boxes_leave_lists(photo, caption, phrases, boxes, left):
    out, record = cropped(photo, caption, phrases, boxes)
    assert out["caption"] == left and not record["unclear"]
    kept = [caption[a:b].lower() for (a, b), box in zip(phrases, boxes, strict=True) if box is not GONE]
    assert [out["caption"][a:b].lower() for a, b in out["phrases"]] == kept


def test_a_crop_that_sets_the_size_is_never_skipped(photo):
    out, record = cropped(photo, "A dog chases a cat.", [[0, 5], [13, 18]], [SEEN, GONE])
    assert out["image"].shape == (16, 16, 3) and out["caption"] == "A dog chases a cat." and len(out["boxes"]) == 1
    assert [u["reason"] for u in record["unclear"]] == ["'a cat' is not in the image any more"] and not record["skipped"]


def test_a_move_that_keeps_the_size_is_skipped_for_a_phrase(photo):
    spec = augment.loads(CROP.replace("POLICY", "skip_op").replace("center_crop: 16", "translate: {x: 0.9}"))
    sample = {"image": photo, "caption": "A dog chases a cat.", "phrases": [[0, 5], [13, 18]], "boxes": [[0, 0, 3, 3], TOO]}
    for name in BACKENDS:
        out = augment.apply(spec, sample, backend=name)
        assert (out["image"] == photo).all() and len(out["boxes"]) == 2, name


# Containers ------------------------------------------------------------------------------------------------------------


def test_containers_edit_what_apply_edits(joint, sample):
    import torch

    want = augment.apply(joint, sample, index=2)
    compose = augment.compile(joint, {"image": "albumentations", "text": "builtin"})
    transform = augment.compile(joint, "torchvision")
    tensor = {**sample, "image": torch.from_numpy(sample["image"]).permute(2, 0, 1)}
    layer = augment.compile(joint, "keras", value_range=(0, 1))
    for out in (compose.at(2)(**sample), transform.at(2)(tensor), transform.over([tensor] * 3)[2], layer.over([sample] * 3)[2]):
        assert {k: out[k] for k in TOLD} == {k: want[k] for k in TOLD}


def test_pairs_of_an_image_and_its_captions_are_read_by_place(photo):
    """As torchvision's CocoCaptions gives them."""
    import torch

    spec = augment.loads("targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 1}]")
    image = torch.from_numpy(photo).permute(2, 0, 1)
    out, captions = augment.compile(spec, "torchvision").at(0)((image, ["on the left", "right now"]))
    assert captions == ["on the right", "right now"] and (out == image.flip(-1)).all()


def test_batches_on_a_device_refuse_captions(photo):
    import torch

    batch = torch.from_numpy(np.stack([photo, photo])).permute(0, 3, 1, 2)
    flip = {"pipeline": [{"horizontal_flip": {"p": 1}}]}
    entries = {"image": batch, "caption": ["on the left", "on the right"]}
    with pytest.raises(SampleError, match=r"caption is caption, and texts cannot be changed in a batch.*over"):
        augment.compile(flip, "torchvision")(entries)
    with pytest.raises(SampleError, match=r"caption is caption, and texts cannot be changed in a batch.*augment\.apply"):
        augment.compile(flip, "keras")({"images": np.stack([photo, photo]), "caption": np.array(["on the left", "on the right"])})
    with pytest.raises(SampleError, match="text is text, and texts cannot be changed in a batch"):
        augment.compile({"pipeline": [{"mixup": 0.4}]}, "torchvision")({"image": batch, "text": ["one", "two"]})
    blur = augment.compile({"pipeline": [{"gaussian_blur": {"sigma": "1px"}}]}, "torchvision")
    assert blur(entries)["caption"] == entries["caption"]  # it changes nothing that is said


def test_compositions_are_saved_with_their_text_backend(joint):
    import pickle

    from augment_albumentations.container import SpecCompose

    compose = augment.compile(joint, {"image": "albumentations", "text": "nlpaug"})
    assert compose.to_dict()["transform"]["text"] == "nlpaug" and isinstance(compose, SpecCompose)
    for name in ("albumentations", "torchvision", "reference"):
        again = pickle.loads(pickle.dumps(augment.compile(joint, {"image": name, "text": "nlpaug"})))
        assert again.text_backend == "nlpaug" and "nlpaug" in again.explain()


# Mistakes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("targets", "op", "message"),
    [
        ("image: image, caption: {kind: caption, language: it}", "horizontal_flip: {p: 1}", r"caption.language: no table.*'it'"),
        ("image: image, caption: {kind: caption, language: German}", "horizontal_flip: {p: 1}", "language"),
        ("image: image, caption: {kind: caption, rules: [sides, colors]}", "horizontal_flip: {p: 1}", r"no .colors."),
        ("image: image, caption: {kind: caption, rules: {sides: no}}", "horizontal_flip: {p: 1}", r"switches rules on and off"),
        ("image: image, text: {kind: text, rules: none}", "horizontal_flip: {p: 1}", "'rules' means nothing for text"),
        ("image: image, caption: caption", "delete_words: 0.3", r"delete_words: finds no target of.*text.*on: \[caption\]"),
        ("image: image", "delete_words: 0.3", r"finds no target of the kind text; declare one"),
        ("image: image, text: text", "delete_words: {rate: 0.3, on: image}", r"image is image; delete_words works on texts"),
        ("image: image, text: text", "grayscale: {p: 1, on: text}", r"text is text; grayscale works on images"),
    ],
)  # fmt: skip
def test_mistakes_have_a_place(targets, op, message):
    with pytest.raises(SpecError, match=message):
        augment.loads(f"targets: {{{targets}}}\npipeline: [{op}]")


def test_mixup_points_to_mixgen():
    spec = augment.loads("targets: {image: image, caption: caption}\npipeline: [mixup: 0.2]")
    with pytest.raises(UnsupportedOpError, match=r"mixup cannot move caption.*mixgen"):
        augment.compile(spec)
