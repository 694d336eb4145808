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

FRENCH = Language(
    code="fr",
    families=(
        Family("sides", {"W": "à gauche", "E": "à droite"}), Family("sides", {"W": "gauche", "E": "droite"}),
        Family("heights", {"N": "au-dessus", "S": "en dessous"}),
    ),
    senses=(Sense("ligne (?P<word>droite)", "other"),),
    colours={"rouge": (0.8, 0.1, 0.1), "gris": (0.5, 0.5, 0.5)},
)  # fmt: skip
SPEC = "targets: {image: image, caption: {kind: caption, language: fr}}\npipeline: [horizontal_flip: {p: 1}, grayscale: {p: 1}]"


@pytest.fixture
def with_french(monkeypatch):
    """A plugin whose entry point is found as if it were installed."""
    module = types.ModuleType("augment_french")
    module.register_languages = hookimpl(lambda: [FRENCH])
    monkeypatch.setitem(sys.modules, "augment_french", module)
    found = plugins.entry_points
    ours = EntryPoint("french", "augment_french", plugins.GROUP)
    monkeypatch.setattr(plugins, "entry_points", lambda group: [*found(group=group), ours])
    plugins.reset()
    yield module
    monkeypatch.undo()
    plugins.reset()


def test_a_plugin_brings_a_language(with_french):
    image = np.full((4, 4, 3), 9, np.uint8)
    caption = "Un vélo rouge à gauche, une ligne droite. Droite: rien."
    out = augment.apply(augment.loads(SPEC), {"image": image, "caption": caption})
    assert out["caption"] == "Un vélo gris à droite, une ligne droite. Gauche: rien."


def test_what_is_no_table_is_a_broken_plugin(with_french):
    with_french.register_languages = hookimpl(lambda: ["fr"])
    plugins.reset()
    (broken,) = [p for p in plugins.plugins() if p.name == "french"]
    assert "must return a list of Language instances" in broken.error and "fr" not in languages()


def test_without_its_plugin_it_is_a_mistake_unless_no_rule_is_on():
    with pytest.raises(augment.AugmentError, match=r"no table says.*'fr'.*rules: none"):
        augment.loads(SPEC)
    assert augment.loads(SPEC.replace("language: fr", "language: fr, rules: none"))


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
