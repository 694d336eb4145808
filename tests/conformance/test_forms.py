"""What forms a sample may have: what one container takes all take, with the same result, or say how it is given to them."""

import numpy as np
import pytest
from PIL import Image

import augment
from augment import ops
from augment.errors import SampleError
from augment.plugins import backends

ALONE = augment.loads("{seed: 3, pipeline: [rotate: ±20, brightness: 1±0.3, horizontal_flip: {p: 0.5}]}")
MIXED = augment.loads("{seed: 3, pipeline: [rotate: ±20, brightness: 1±0.3, mixup: {alpha: 1, p: 0}, horizontal_flip: {p: 0.5}]}")
PHOTO = np.random.default_rng(5).integers(0, 256, (32, 40, 3), np.uint8)
LABEL = np.float32([0, 1, 0])
FORMS = {
    "entries": {"image": PHOTO, "labels": LABEL}, "image": PHOTO, "picture": Image.fromarray(PHOTO),
    "pair": (PHOTO, LABEL), "pair with entries": (PHOTO, {"labels": LABEL}),
}  # fmt: skip
NAMED = "by name: t\\(image=image\\)"
ELSEWHERE = {  # how a library's own call is told to be used, where it takes no such form
    **{("albumentations", form, way): NAMED for form in FORMS for way in ("call", "at")},
    **{("albumentations", "picture", way): "np.asarray makes one" for way in ("over", "collate")},
    **{("keras", form, way): "two things" for form in ("pair", "pair with entries") for way in ("call", "at")},
    **{("keras", "picture", way): "np.asarray makes one" for way in ("call", "at")},
}  # fmt: skip
BACKENDS = [name for name, backend in backends().items() if backend.modality == "image" and not backend.missing()]


def mixes(name):
    """Whether a backend reads partners from a dataset, which come through the same door."""
    return backends()[name].support(ops.Mixup).level != "refuses"


def given(name, form, way):
    """What becomes of a sample of a form."""
    sample = FORMS[form]
    if way == "apply":
        return augment.apply(ALONE, sample, backend=name, index=3)
    if way == "record":
        return augment.record(ALONE, sample, index=3)
    if way == "replay":
        return augment.replay(augment.record(ALONE, index=3), sample, backend=name)
    if way == "over":
        return augment.compile(MIXED if mixes(name) else ALONE, name).over([sample] * 4)[3]
    made = augment.compile(ALONE, name)
    if way == "collate":
        return made.collate([sample, sample])
    return made(sample) if way == "call" else made.at(3)(sample)


def pixels(out, form):
    """The image of a result in the form that came."""
    if form in ("image", "picture"):
        return np.asarray(out)
    if form == "entries":
        assert set(out) == {"image", "labels"}
        return np.asarray(out["image"])
    assert isinstance(out, tuple)
    beside = out[1]["labels"] if form == "pair with entries" else out[1]
    assert np.array_equal(beside, LABEL)
    return np.asarray(out[0])


@pytest.mark.parametrize("way", ["call", "at", "over", "collate", "apply", "record", "replay"])
@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("name", BACKENDS)
def test_every_container_takes_every_form_or_says_how_it_is_given(name, form, way):
    if way == "collate" and not hasattr(augment.compile(ALONE, name), "collate"):
        return
    if told := ELSEWHERE.get((name, form, way)):
        with pytest.raises(SampleError, match=told):
            given(name, form, way)
        return
    if way == "record":
        assert given(name, form, way) == augment.record(ALONE, {"image": PHOTO}, index=3)
        return
    out = given(name, form, way)
    if way in ("at", "over", "apply", "replay"):
        want = augment.apply(ALONE, {"image": PHOTO}, index=3)["image"]
        assert np.abs(pixels(out, form).astype(int) - want).mean() < 1


@pytest.mark.parametrize("way", ["call", "at", "over", "apply", "record", "replay"])
@pytest.mark.parametrize("name", BACKENDS)
def test_what_has_no_form_of_a_sample_is_refused_by_all(name, way, monkeypatch):
    for item in ("a text", 3):
        monkeypatch.setitem(FORMS, "none", item)
        with pytest.raises(SampleError):
            given(name, "none", way)
