"""What people say first, as they know it from elsewhere, leads to what it is called here."""

import numpy as np
import pytest

import augment
from augment.errors import BackendMissingError, SampleError, SpecError


def test_the_spec_comes_first(augment, tmp_path):
    for command in ("preview", "check", "apply"):
        words = [command, tmp_path / "cat.jpg", *([tmp_path, tmp_path] if command == "apply" else [])]
        assert "the spec comes first" in augment(*words).stderr, command


@pytest.mark.parametrize(("said", "meant"), [("tf", "keras"), ("PyTorch", "torchvision"), ("cv2", "opencv"), ("tensorflw", "")])
def test_frameworks_lead_to_their_backends(said, meant):
    with pytest.raises(BackendMissingError) as raised:
        augment.compile({"pipeline": []}, said)
    assert (f"did you mean {meant!r}?" in str(raised.value)) == bool(meant)


def test_containers_of_others_lead_to_ours():
    with pytest.raises(AttributeError, match=r"augment\.Pipeline"):
        augment.Compose  # noqa: B018


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("resize: {height: 224, width: 180}", "together are size: [224, 180]"),
        ("resize: (224,180)", "[224, 180]"),
        ("random_resized_crop: (224, 224)", "[224, 224]"),
        ("rotate: {degrees: 5, p: 50%}", "50 % is written 0.5"),
        ("rotate: -15..15", "[-15, 15]"),
        ("rotate: -15 to 15", "[-15, 15]"),
        ("rotate: 15deg", "in degrees: 15"),
        ("gaussian_noise: {std: 25}", "25 is 0.098"),
        ("RandomRotation: 0.2", "'rotate' here, in degrees (a factor of Keras is a share of a turn: 0.2 is ±72)"),
        ("RandAugment: {m: 9}", "did you mean 'rand_augment'"),
        ("CLAHE", "did you mean 'clahe'"),
        ("iaa.Fliplr: 0.5", "'horizontal_flip' here"),
        ("naw.SynonymAug", "'replace_synonyms' here"),
        ("ColorJiggle", "'color_jitter' here"),
        ("OneOf: [horizontal_flip, vertical_flip]", "'one_of' here"),
        ("Compose: [equalize: {p: 1}]", "'sequence' here"),
    ],
)
def test_notations_of_others_lead_to_ours(written, meant):
    with pytest.raises(SpecError) as raised:
        augment.loads(f"pipeline:\n  - {written}\n")
    assert meant in str(raised.value)


def test_python_of_others_leads_to_ours():
    for name, meant in (("RandomRotation", "Rotate"), ("CLAHE", "Clahe"), ("OneOf_", "")):
        with pytest.raises(AttributeError) as raised:
            getattr(augment.ops, name)
        assert (f": that is augment.ops.{meant};" in str(raised.value)) == bool(meant)
    with pytest.raises(AttributeError, match=r"that is augment\.ops\.OneOf"):
        augment.OneOf  # noqa: B018
    with pytest.raises(SpecError, match=r"use augment\.loads"):
        augment.compile("pipeline: [rotate: 5]", "reference")
    image = np.zeros((8, 8, 3), np.uint8)
    for backend in ("reference", "torchvision"):
        with pytest.raises(SampleError, match=r"t\(\{'image': image, 'mask': mask\}\)"):
            augment.compile({"pipeline": [{"rotate": 5}]}, backend)(image=image, mask=image[..., 0])


def test_texts_are_previewed_as_they_are():
    spec = {"targets": {"line": "text"}, "pipeline": [{"swap_words": {"rate": 0.5}}]}
    for texts in ("one two three four", ["one two three four", "five six seven"]):
        study = augment.preview(spec, texts, n=1).study
        assert [sample["line"] for sample in study.samples] == ([texts] if isinstance(texts, str) else texts)
    with pytest.raises(SampleError, match=r"is text, and the spec is for images: files are augment\.data\.Folder"):
        augment.preview({"pipeline": [{"rotate": 5}]}, "cat.jpg")
