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
