"""What batches cannot, and samples can: declared, and told before anything runs. No framework is imported."""

from __future__ import annotations

from dataclasses import replace

import pytest

import augment
from augment import ops
from augment.errors import UnsupportedOpError
from augment.plugins import backends
from augment.program.lower import lower
from augment.spec.node import OneOf

TURN, SCALE, CROP = ops.Rotate90(), ops.RandomScale(factor=(0.5, 1)), ops.CenterCrop(size=32)
NEAREST = ops.RandomScale(factor=(0.5, 1), antialias=False)


def limits(backend, *nodes, **fields):
    """Where a batch has limits, and the first words of why."""
    program = lower(augment.Pipeline(list(nodes), **fields))
    return {mistake.where: mistake.message.partition(",")[0] for mistake in backends()[backend].limits(program)}


@pytest.mark.parametrize("backend", ["torchvision", "keras"])
def test_a_batch_has_one_size(backend):
    assert limits(backend, TURN) == {"pipeline[0].rotate90": "unless images are square"}
    assert limits(backend, CROP, TURN) == limits(backend, TURN, CROP) == limits(backend, ops.Rotate90(turns=1)) == {}
    assert limits(backend, NEAREST, ops.Resize(size=32, antialias=False)) == {}
    assert list(limits(backend, OneOf([TURN, ops.Invert()]))) == ["pipeline[0].one_of[0].rotate90"]


def test_what_no_batch_can_is_told_and_refused_where_there_is_nothing_else(monkeypatch):
    spec, keras = augment.Pipeline([TURN, SCALE]), backends()["keras"]
    for backend in ("torchvision", "keras"):
        assert limits(backend, SCALE) == {"pipeline[0].random_scale": "draws the size of its output"}
        backends()[backend].check(lower(spec))
    monkeypatch.setattr(type(keras), "batches", replace(keras.batches, lone=None))
    assert limits("keras", SCALE) == {}
    with pytest.raises(UnsupportedOpError, match=r"^pipeline\[1\].random_scale: draws the size of its output.* antialias: false"):
        keras.check(lower(spec))


def test_kinds_of_targets_that_batches_leave_behind():
    targets = {"image": "image", "rows": "boxes", "mask": "mask", "points": "keypoints", "text": "caption"}
    assert limits("torchvision", ops.HorizontalFlip(p=1), targets=targets) == {
        "targets.rows": "batches on torchvision move no boxes; run samples one by one (.over",
        "targets.points": "batches on torchvision move no keypoints; run samples one by one (.over",
        "targets.text": "is caption",
    }
    assert limits("torchvision", ops.Invert(p=1), targets={"image": "image", "rows": "boxes"}) == {}
    assert limits("torchvision", ops.HorizontalFlip(p=1, on=["image"]), targets={"image": "image", "rows": "boxes"}) == {}
    assert limits("keras", ops.HorizontalFlip(p=1), targets={"image": "image", "rows": "boxes"}) == {}
    assert limits("albumentations", SCALE, targets=targets) == {}


def test_a_primitive_that_the_kernels_of_batches_lack(monkeypatch):
    from augment import backend
    from augment.ops.primitives import Primitives

    monkeypatch.setattr("augment.plugins.plugin_primitives", lambda: [Primitives("opencv", "none", {"swirl": "cv2"})])

    class Swirl(ops.Invert):
        @classmethod
        def primitives(cls):
            return frozenset({"swirl"})

    assert backends()["torchvision"].support(Swirl) == backend.MATCHES
    assert limits("torchvision", Swirl(p=1)) == {
        "pipeline[0].swirl": "the kernels of batches on torch have no swirl; run samples one by one (.over"
    }
    assert list(limits("keras", Swirl(p=1))) == ["pipeline[0].swirl"]
    assert backends()["reference"].support(Swirl).level == "refuses" and limits("reference", Swirl(p=1)) == {}
