"""What draws where people look: the quickest backend that is installed, told by name, with the results of the reference."""

import numpy as np
import pytest
from click.testing import CliRunner

import augment
from augment import plugins
from augment.cli import main
from augment.program.lower import lower
from augment.testing import assert_images_close

SPEC = {"pipeline": [{"rotate": "±20"}, {"brightness": "1±0.3"}, {"hue": "±9"}, {"gaussian_blur": {"sigma": "1px"}}]}
BOTH = {"targets": {"image": "image", "text": "text"}, "pipeline": [*SPEC["pipeline"], {"delete_words": {"rate": 0.2}}]}


def main_of(made):
    return [engine.main.name for engine in made.study.engines]


@pytest.fixture
def without_opencv(monkeypatch):
    monkeypatch.setattr(plugins.backends()["opencv"].__class__, "missing", lambda self: ("cv2",))


def test_it_is_chosen_where_nothing_is_said():
    for spec in (SPEC, BOTH):
        made = augment.preview(spec, n=2)
        assert main_of(made) == ["opencv"] and "opencv" in made.html()
        assert main_of(augment.preview(spec, n=1, backend="reference")) == ["reference"]
        for epoch in made.study.epochs:
            (subject,) = made.study.subjects
            got = made.study.result(made.study.engines[0], subject, epoch)["image"]
            assert_images_close(got, augment.apply(spec, made.study.samples[0], index=subject.index, epoch=epoch)["image"])


def test_texts_alone_have_no_use_for_it():
    assert plugins.quickest(lower(augment.loads("pipeline: [delete_words: {rate: 0.2}]"))).name == "reference"


def test_where_it_is_missing_the_reference_draws_and_says_what_would_be_quicker(without_opencv, tmp_path):
    assert main_of(augment.preview(SPEC, n=1)) == ["reference"]
    told = CliRunner().invoke(main, ["demo", "--out", str(tmp_path / "demo.png")])
    assert "drawn by reference; opencv draws the same" in told.stderr and "augment-spec[opencv]" in told.stderr


def test_commands_say_what_was_chosen(tmp_path):
    told = CliRunner().invoke(main, ["demo", "--out", str(tmp_path / "demo.png")])
    assert "drawn by opencv, the quickest that is installed" in told.stderr
    (tmp_path / "a.yaml").write_text("pipeline: [rotate: ±9]")
    words = ["preview", str(tmp_path / "a.yaml"), "--out", str(tmp_path / "a.html"), "--n", "1"]
    assert "drawn by opencv" in CliRunner().invoke(main, words).stderr
    assert "drawn by" not in CliRunner().invoke(main, [*words, "--backend", "reference"]).stderr


def test_the_callable_is_the_reference_with_other_kernels():
    import pickle

    image = np.random.default_rng(2).integers(0, 255, (60, 70, 3), np.uint8)
    t = augment.compile(SPEC, "opencv")
    assert "opencv" in repr(t)
    again = pickle.loads(pickle.dumps(t))
    np.testing.assert_array_equal(t.at(3, 1)({"image": image})["image"], again.at(3, 1)({"image": image})["image"])
    with_albumentations = augment.apply(SPEC, {"image": image}, backend="albumentations", index=3, epoch=1)["image"]
    np.testing.assert_array_equal(t.at(3, 1)({"image": image})["image"], with_albumentations)
