"""Languages are tables, which plugins add."""

from __future__ import annotations

import sys
import types
from importlib.metadata import EntryPoint

import numpy as np
import pytest

import augment
from augment import plugins
from augment.captions.language import Family, Language, Sense, languages
from augment.hookspecs import hookimpl

ITALIAN = Language(
    code="it",
    families=(
        Family("sides", {"W": "a sinistra", "E": "a destra"}), Family("sides", {"W": "sinistra", "E": "destra"}),
        Family("heights", {"N": "sopra", "S": "sotto"}),
    ),
    senses=(Sense("estrema (?P<word>destra)", "other"),),
    colours={"rosso": (0.8, 0.1, 0.1), "grigio": (0.5, 0.5, 0.5)},
)  # fmt: skip
SPEC = "targets: {image: image, caption: {kind: caption, language: it}}\npipeline: [horizontal_flip: {p: 1}, grayscale: {p: 1}]"


@pytest.fixture
def with_italian(monkeypatch):
    """A plugin whose entry point is found as if it were installed."""
    module = types.ModuleType("augment_italian")
    module.register_languages = hookimpl(lambda: [ITALIAN])
    monkeypatch.setitem(sys.modules, "augment_italian", module)
    found = plugins.entry_points
    ours = EntryPoint("italian", "augment_italian", plugins.GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [*found(group=group), ours])
    plugins.reset()
    yield module
    monkeypatch.undo()
    plugins.reset()


def test_a_plugin_brings_a_language(with_italian):
    image = np.full((4, 4, 3), 9, np.uint8)
    caption = "Un cane rosso a sinistra, un corteo di estrema destra. Destra: niente."
    out = augment.apply(augment.loads(SPEC), {"image": image, "caption": caption})
    assert out["caption"] == "Un cane grigio a destra, un corteo di estrema destra. Sinistra: niente."


def test_what_is_no_table_is_a_broken_plugin(with_italian):
    with_italian.register_languages = hookimpl(lambda: ["it"])
    plugins.reset()
    (broken,) = [p for p in plugins.plugins() if p.name == "italian"]
    assert "must return a list of Language instances" in broken.error and "it" not in languages()


def test_without_its_plugin_it_is_a_mistake_unless_no_rule_is_on():
    with pytest.raises(augment.AugmentError, match=r"no table says.*'it'.*rules: none"):
        augment.loads(SPEC)
    assert augment.loads(SPEC.replace("language: it", "language: it, rules: none"))


def test_a_caption_in_another_script_is_unclear():
    flip, gray = {"pipeline": [{"horizontal_flip": {"p": 1}}]}, {"pipeline": [{"grayscale": {"p": 1}}]}
    image = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    for caption in ("Собака слева", "左边有一只狗", "كلب على اليسار"):
        for spec in (flip, gray):
            sample = {"image": image, "caption": caption}
            assert (augment.apply(spec, sample)["image"] == image).all()
            assert "is not written as the language 'en' is" in augment.record(spec, sample, index=0)["skipped"][0]["reason"]
            free = {**spec, "targets": {"image": "image", "caption": {"kind": "caption", "rules": "none"}}}
            assert (augment.apply(free, sample)["image"] != image).any()
    for caption in ("3 🐕", "a dog beside 左", ""):
        assert (augment.apply(flip, {"image": image, "caption": caption})["image"] != image).any()


@pytest.mark.parametrize(
    "text",
    ["jus d'orange", "Un chien rouge à gauche du lit", "Ein Hund auf der linken Seite", "Un perro negro está junto al árbol"],
)
def test_another_language_in_the_same_script_is_told(text):
    assert "seems to be of the language" in languages()["en"].foreign(text)


@pytest.mark.parametrize(
    "text", ["La Paz at night", "a left turn", "red car", "hay bales", "a les paul", "a fox den", "golf links"]
)
def test_names_of_abroad_are_no_other_language(text):
    assert not languages()["en"].foreign(text)
