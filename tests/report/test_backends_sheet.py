"""The sheet of backends: distances, agreement, and what a backend tells of its own draws."""

import numpy as np
import pytest
from skimage.metrics import peak_signal_noise_ratio

import augment
from augment.backend import Backend, Options
from augment.engine.host import Executor
from augment.kernels import REFERENCE, reference
from augment.plugins import get_backend
from augment.report import default_sheets, make_sheet


class Off(Backend):
    """A backend that is wrong: darker by some levels, and it draws other numbers."""

    name = "off"
    kernel_set = REFERENCE

    def run(self, program, sample, values, options):
        out = Executor(program, reference)(sample, values)
        darker = np.clip(out["image"].astype(int) - np.arange(5).repeat(1)[np.arange(out["image"].shape[1]) % 5][:, None], 0, 255)
        return {**out, "image": darker.astype(np.uint8), "boxes": np.asarray(out["boxes"], float) + 1}

    def values(self, program, *, index, epoch):
        return program.values(index + 1, epoch)


def test_distances_are_those_of_scikit_image(sheet, study, sample, monkeypatch):
    from augment import plugins

    known = {**plugins.backends(), "off": Off()}
    monkeypatch.setattr(plugins, "backends", lambda: known)
    made = study("pipeline: [hue: ±20]", backend=["reference", "off"], n=1)
    summary, group = make_sheet("backends", made).groups
    a = augment.apply(made.pipeline, sample, index=0)["image"]
    b = Off().run(made.program, sample, made.program.values(0), Options())["image"]
    difference = np.abs(a.astype(float) - b)
    facts = dict(zip(summary.table.headings, summary.table.rows[0], strict=True))
    assert (facts["draw"], facts["backend"]) == ("epoch 0", "off")
    assert facts["max"].value == f"{difference.max():.3g}"
    assert facts["mean"].value == f"{difference.mean():.3g}"
    assert facts["PSNR"].value == f"{peak_signal_noise_ratio(a, b, data_range=255):.1f} dB"
    assert facts["pixels"].tone == facts["parameters"].tone == facts["boxes"].tone == "bad"
    assert facts["parameters"].value == "hue.degrees differ"
    assert facts["keypoints"].tone == "good"
    shown = group.panels[-1].figure
    assert shown.exact
    np.testing.assert_array_equal(shown.pixels, np.clip(difference.max(-1, keepdims=True) * 8, 0, 255).repeat(3, -1))


def test_equal_backends_are_equal(sheet, monkeypatch):
    from augment import plugins

    class Twin(Off):
        name = "twin"
        run = lambda self, program, sample, values, options: Executor(program, reference)(sample, values)  # noqa: E731
        values = Backend.values

    known = {**plugins.backends(), "twin": Twin()}
    monkeypatch.setattr(plugins, "backends", lambda: known)
    summary, *_ = sheet("backends", "pipeline: [hue: ±20]", backend=["reference", "twin"]).groups
    for row in summary.table.rows:
        facts = dict(zip(summary.table.headings, row, strict=True))
        assert (facts["max"].value, facts["PSNR"].value) == ("0", "∞ dB")
        assert {facts[name].tone for name in ("pixels", "parameters", "mask", "boxes", "keypoints")} == {"good"}


def test_all_installed_backends_agree_from_one_call(sheet):
    """Torchvision is imported before TensorFlow; what refuses the spec is told, with its reason."""
    made = sheet("backends", "image", backend="all", n=2)
    rows = [dict(zip(made.groups[0].table.headings, row, strict=True)) for row in made.groups[0].table.rows]
    assert {row["backend"] for row in rows} >= {"torchvision", "keras", "albumentations"}
    assert {row["pixels"].value for row in rows} == {"within tolerance"}
    assert {row["parameters"].tone for row in rows} == {"good"}
    spec = "{targets: {image: image, mask: mask, boxes: boxes, keypoints: keypoints, outlines: polygons}, pipeline: [rotate90]}"
    refused = sheet("backends", spec, backend="all", n=1).groups[0].about
    assert "rotate90 on polygons is not supported by keras: keras cannot move polygons" in refused


def test_one_backend_is_compared_with_the_reference(sheet, study):
    made = sheet("backends", "pipeline: [hue: ±9]", backend="albumentations", n=1)
    assert [p.title for p in made.groups[1].panels][:2] == ["reference", "albumentations"]
    with pytest.raises(augment.errors.SpecError, match="compares several"):
        sheet("backends", "pipeline: [hue: ±9]", backend="reference")
    assert "backends" not in default_sheets(study("image"))


def test_a_backend_that_draws_itself_tells_what_it_drew():
    from augment.program.lower import lower

    program = lower(augment.loads("pipeline: [{rotate: {degrees: ±30, p: 0.5}}, {elastic: {alpha: 1px, sigma: 12px}}]"))
    mine, theirs = program.values(3, 1), get_backend("keras").values(program, index=3, epoch=1)
    assert mine.keys() == theirs.keys()
    assert mine["rotate"]["p"] == theirs["rotate"]["p"]
    np.testing.assert_allclose(theirs["rotate"]["degrees"], mine["rotate"]["degrees"], rtol=1e-5)
    assert np.shape(theirs["elastic"]["lattice"]) == np.shape(mine["elastic"]["lattice"])
