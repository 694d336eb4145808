"""The comparison of both sides: finds no difference where there is none, and finds one that nobody told of."""

import dataclasses

import pytest

from augment.language import loads
from augment.native.coming import import_native
from augment.native.verify import verify

pytest.importorskip("torchvision")

SAME = {
    "library": "torchvision", "ops": [{"class": "RandomHorizontalFlip"}, {"class": "ColorJitter", "kwargs": {"brightness": 0.4}}],
}  # fmt: skip
FLIP = "horizontal_flip: {p: 0.5}"


def test_the_same_is_found_to_be_the_same(tmp_path):
    found = verify(import_native(SAME), n=120)
    assert found.agrees and found.found and all(one.agrees for one in found.found), found.summary()
    found.save(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 1000
    assert "no difference" in found.summary()


@pytest.mark.parametrize("steps", ["[brightness: 1±0.4]", f"[{FLIP}, brightness: 1±0.1]", f"[{FLIP}]"])
def test_an_untold_difference_is_found(steps):
    wrong = dataclasses.replace(import_native(SAME), pipeline=loads(f"pipeline: {steps}"))
    assert not verify(wrong, n=120).agrees


def test_what_the_library_does_not_build_is_told():
    gone = import_native({"library": "albumentations", "ops": [{"class": "Flip"}]})
    assert "has no Flip" in verify(gone, n=16).why
