"""Joint specs on the command line: --text-backend, and what check tells of captions."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner
from PIL import Image

from augment.cli import main

SPEC = """
targets: {image: image, question: text, caption: {kind: caption, rules: {compass: false}}}
pipeline:
  - horizontal_flip: {p: 1}
  - delete_words: 0.3
"""


@pytest.fixture
def spec(tmp_path):
    path = tmp_path / "joint.yaml"
    path.write_text(SPEC, encoding="utf-8")
    return path


def run(*args):
    return CliRunner().invoke(main, [str(arg) for arg in args])


def test_check_tells_how_captions_are_kept_true(spec):
    done = run("check", spec, "-b", "torchvision", "--text-backend", "nlpaug")
    assert done.exit_code == 0, done.output
    assert "targets.caption" in done.output and "skipped for that sample" in done.output and "compass" not in done.output
    told = json.loads(run("check", spec, "--json").output)
    assert told["ok"] and any(f["level"] == "note" and f["path"] == "targets.caption" for f in told["findings"])


def test_check_tells_of_crops_that_are_never_skipped(tmp_path):
    path = tmp_path / "crop.yaml"
    path.write_text("""
targets:
  image: image
  caption: caption
  phrases: {kind: spans, of: caption}
  boxes: {kind: boxes, carry: phrases}
pipeline: [random_crop: 32]
""".replace("carry: phrases", "carry: [phrases]"), encoding="utf-8")
    assert "random_crop" in run("check", path).output and "never skipped" in run("check", path).output


@pytest.mark.parametrize(("text", "kernel"), [("nlpaug", "nlpaug"), (None, "builtin")])
def test_explain_says_what_edits_texts(spec, text, kernel):
    done = run("explain", spec, "-b", "torchvision", *(["--text-backend", text] if text else []))
    assert done.exit_code == 0 and f"edit: {kernel}" in done.output


def test_a_backend_of_the_wrong_kind_is_told(spec):
    done = run("explain", spec, "-b", "torchvision", "--text-backend", "albumentations")
    assert done.exit_code and "no text backend" in done.output + str(done.exception)


def test_apply_edits_captions_with_their_pictures(tmp_path):
    pictures, results, spec = tmp_path / "in", tmp_path / "out", tmp_path / "flip.yaml"
    spec.write_text("targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 1}]", encoding="utf-8")
    pictures.mkdir()
    Image.new("RGB", (8, 6)).save(pictures / "a.png")
    (pictures / "captions.csv").write_text("file,caption\na.png,a dog on the left\n")
    done = run("apply", spec, pictures, results, "--labels", pictures / "captions.csv", "--text-backend", "nlpaug")
    assert done.exit_code == 0, done.output
    told = "".join(p.read_text() for p in results.rglob("*.csv"))
    assert "a dog on the right" in told
