"""The comparison of both sides: finds no difference where there is none, and finds one that nobody told of."""

import dataclasses

import pytest

from augment.language import loads
from augment.native.coming import import_native
from augment.native.verify import Verified, verify

pytest.importorskip("torchvision")

SAME = {
    "library": "torchvision", "ops": [{"class": "RandomHorizontalFlip"}, {"class": "ColorJitter", "kwargs": {"brightness": 0.4}}],
}  # fmt: skip
FLIP = "horizontal_flip: {p: 0.5}"
SMALL: dict = {"sides": (60, 80), "photographs": 1}


def test_the_same_is_found_to_be_the_same(tmp_path):
    found = verify(import_native(SAME), n=120, **SMALL)
    assert found.agrees and found.found and all(one.agrees for one in found.found), found.summary()
    found.save(tmp_path / "page.png")
    assert (tmp_path / "page.png").stat().st_size > 1000
    assert "no difference" in found.summary()


@pytest.mark.parametrize(
    "steps",
    [
        "[brightness: 1±0.4]", f"[{FLIP}, brightness: 1±0.1]", f"[{FLIP}]", f"[{FLIP}, brightness: 1±0.4, gaussian_blur: 1px]",
        f"[{FLIP}, brightness: 1±0.4, gaussian_noise: 0.03]",
    ],
)  # fmt: skip
def test_an_untold_difference_is_found(steps):
    wrong = dataclasses.replace(import_native(SAME), pipeline=loads(f"pipeline: {steps}"))
    assert not verify(wrong, n=120, **SMALL).agrees


def test_of_another_version_nothing_is_compared():
    gone = import_native({"library": "albumentations", "ops": [{"class": "Flip"}]})
    assert "is read as albumentations 1, and 2." in verify(gone, n=16).why


def test_what_is_told_to_differ_is_left_out_and_the_rest_is_compared():
    """A class that nobody knows, and one that differs: what stands beside them is compared alone, and must be the same."""
    mine, erasing = {"class": "Mine", "custom": True}, {"class": "RandomErasing", "kwargs": {"value": "random", "p": 1.0}}
    tensor = {"class": "ToTensor"}
    imported = import_native({**SAME, "ops": [*SAME["ops"], tensor, mine, erasing]})
    found = verify(imported, n=120, **SMALL)
    assert "has no Mine" in found.why and found.agrees
    assert found.rest is not None and found.rest.equal and len(found.rest.imported.source.calls) == 3
    assert "without what is told to differ: coffee: no difference" in found.summary()
    wrong = dataclasses.replace(found.rest.imported, pipeline=loads(f"pipeline: [{FLIP}]"))
    assert not dataclasses.replace(found, rest=verify(wrong, n=120, **SMALL)).agrees


def test_pipelines_that_look_at_boxes_are_given_some():
    crop = {"class": "RandomIoUCrop", "kwargs": {"min_scale": 0.5}}
    imported = import_native({"library": "torchvision", "ops": [crop, {"class": "Resize", "args": [[48, 64]]}]})
    assert verify(imported, n=80, backend="opencv", **SMALL).equal
    wrong = dataclasses.replace(imported, pipeline=loads("pipeline: [iou_crop: {height: 1, width: 1}, resize: {size: [48, 64]}]"))
    assert not verify(wrong, n=80, backend="opencv", **SMALL).agrees


def test_more_draws_find_smaller_differences():
    one = import_native(SAME)
    assert [round(Verified(one, n).limit, 2) for n in (50, 200, 800)] == [0.52, 0.26, 0.13]
