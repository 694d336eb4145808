"""Pipelines as people wrote them: nearly all import, every change is told, and what comes out compiles and runs."""

import json
import warnings
from pathlib import Path

import numpy as np
import pytest

import augment
from augment.errors import AugmentError
from augment.native.call import walk
from augment.native.reading import read
from augment.native.sources.data import from_data
from augment.program.lower import lower
from augment.spec.views import singly

PIPELINES = json.loads((Path(__file__).parent / "pipelines.json").read_text(encoding="utf-8"))
FREE = [entry for entry in PIPELINES if not any(call.custom for call in walk(from_data(entry).calls))]


def test_pipelines_without_classes_of_users_import():
    """At least 97 of 100: every class has a counterpart, be it one that differs."""
    lacking = {entry["id"]: [r.message for r in read(from_data(entry)).having("none")] for entry in FREE}
    reasons = {name: why for name, why in lacking.items() if why}
    assert len(reasons) <= 0.03 * len(FREE), reasons


def test_no_pipeline_raises_and_no_class_is_dropped_in_silence():
    for entry in PIPELINES:
        imported = read(from_data(entry))
        told = {(remark.where, remark.what) for remark in imported.remarks}
        for i, call in enumerate(imported.source.calls):
            made = any(origin.where == call.where for _, origin in imported.origins)
            quiet = call.name in QUIET or (not call.children and not call.custom and call.name in ("Compose", "Sequential"))
            assert made or quiet or (call.where, call.name) in told or call.children, (entry["id"], i, call.name)


QUIET = {
    "ToTensorV2", "ToTensor", "ToImage", "ToImageTensor", "PILToTensor", "ToPILImage", "ToPureTensor", "ClampBoundingBoxes",
}  # fmt: skip
"""What only changes the form of the result, which compile is told."""


def test_every_spec_is_valid_and_lowers():
    for entry in PIPELINES:
        pipeline = read(from_data(entry)).pipeline
        assert augment.loads(augment.dumps(pipeline)) == pipeline, entry["id"]
        for _, one in singly(pipeline):
            lower(one)


@pytest.mark.parametrize("part", range(4))
@pytest.mark.parametrize("backend", ["reference", "torchvision", "albumentations", "keras"])
def test_specs_run_on_every_backend(backend, part):
    """A photograph of the size that a pipeline starts from goes through, keys and all."""
    from augment.testing.photographs import photographs

    images = {e["id"]: e for e in PIPELINES if e["library"] != "nlpaug"}
    for name in sorted(images)[part::4][: 6 if backend != "keras" else 3]:
        pipeline = read(from_data(images[name])).pipeline
        image = photographs(((300, 400),))[0]
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            try:
                out = augment.apply(pipeline, _sample(pipeline, image), backend=backend, index=3)
            except AugmentError as error:
                assert _allowed(str(error)), (name, error)
                continue
        for one in [result for view in out.values() for result in view] if pipeline.views else [out]:
            assert np.isfinite(np.asarray(one["image"], float)).all(), name


def _sample(pipeline, image):
    sample = {"image": image}
    for name, target in pipeline.targets.items():
        if target.kind == "image":
            sample[name] = image
        elif target.kind == "mask":
            sample[name] = (image[..., 0] > 128).astype(np.uint8)
        elif target.kind == "boxes":
            sample[name] = np.array([[0.2, 0.2, 0.4, 0.4]]) if target.format == "yolo" else np.array([[20.0, 20.0, 60.0, 60.0]])
            sample |= {carried: np.array([1]) for carried in target.carry}
        elif target.kind == "keypoints":
            sample[name] = np.array([[30.0, 40.0]])
            sample |= {carried: np.array([1]) for carried in target.carry}
    return sample


def _allowed(message):
    """What a backend or an image of this size refuses, for reasons of their own: partners and windows."""
    parts = ("joins", "needs another sample", "does not fit", "channels")
    return any(part in message for part in parts)
