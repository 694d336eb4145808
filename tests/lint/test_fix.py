"""``--fix``: what is certain is written, all else stays as it was, byte for byte."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

import augment
from augment.cli import main
from augment.lint import findings
from augment.lint.fix import fixed

SPECS = sorted((Path(__file__).parents[2] / "examples" / "specs").glob("*.yaml"))


def nothing(_):
    return ()


def fix(text, find=nothing):
    """The text as it is after one run; a second changes nothing."""
    done = fixed(text, "a.yaml", find)
    again = fixed(done.text, "a.yaml", find)
    assert (again.text, again.steps) == (done.text, ())
    return done


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("rotate: -15..15", "rotate: [-15, 15]"),
        ("rotate: {degrees: -15 to 15, p: 50%}  # half", "rotate: {degrees: [-15, 15], p: 0.5}  # half"),
        ("random_crop: (224,180)", "random_crop: [224, 180]"),
        ("gaussian_blur: {sigma: (0.1px, 2px)}", "gaussian_blur: {sigma: [0.1px, 2px]}"),
        ("resize: {height: 224, width: 180, antialias: false}", "resize: {size: [224, 180], antialias: false}"),
        ("gaussian_noise: {std: 25}", "gaussian_noise: {std: 0.098}"),
        ("rotate: {degrees: ±9, fill: 114}", "rotate: {degrees: ±9, fill: 0.447}"),
        ("rotate: {degrees: ±9, fill: #7d7b72}", "rotate: {degrees: ±9, fill: '#7d7b72'}"),
        ("RandomHorizontalFlip: {p: 0.5}", "horizontal_flip: {p: 0.5}"),
        ("A.HorizontalFlip: {p: 0.5}", "horizontal_flip: {p: 0.5}"),
        ("horizontal_flip: {prob: 0.5}", "horizontal_flip: {p: 0.5}"),
        ("horizontl_flip: {p: 0.5}", "horizontal_flip: {p: 0.5}"),
        ("Rotate: {degrees: ±9}", "rotate: {degrees: ±9}"),
        ("rotate: {degree: ±9, border_mode: reflect_101}", "rotate: {degrees: ±9, border: reflect101}"),
        ("rotate: {degrees: ±9, border: 'refelct'}", "rotate: {degrees: ±9, border: 'reflect'}"),
        ("OneOf: [horizontal_flip, VerticalFlip]", "one_of: [horizontal_flip, vertical_flip]"),
        ("Compose: [rotate: ±9]", "sequence: [rotate: ±9]"),
        ("rotate: ±45 # augment: ignroe black_corner", "rotate: ±45 # augment: ignore black_corners"),
    ],
)
def test_what_is_certain_is_written(written, meant):
    text = "# first\npipeline:\n\n  - hue:   ±9   # as it was\n  - {}\n  - normalize: imagenet\n"
    find = findings if "augment:" in written else nothing
    assert fix(text.format(written), find).text == text.format(meant)
    augment.loads(text.format(meant))


@pytest.mark.parametrize(
    "written",
    [
        "RandomRotation: 15",  # ±15, 15 or a share of a turn, by its library
        "rotate: {limit: 15}",
        "rotate: 15",  # likely ±15
        "HueSaturationValue: {p: 0.5}",
        "brightness: 0.2",
        "RandomFlip: {p: 0.5}",  # one of two
        "zzzz",
        "rotate: lots",
        "hue: ±9  # augment: ignore strenght",  # it would ignore nothing
        "hue: ±9  # augment: ignore strength",  # which may be for other files
        "resize: {size: 224, stage: train}",
        "one_of: [hue: {degrees: ±9, p: 0.5}, equalize]",
    ],
)
def test_what_is_not_is_left(written):
    text = f"pipeline:\n  - {written}\n  - horizontal_flip: {{p: 0.5}}\n"
    assert fix(text, findings).text == text


def test_several_places_and_what_one_mistake_hid():
    text = "transforms:\n  - OneOf:\n      - horizontal_flip\n      - VerticalFlip   # rarely\n  - rotate: 15deg\n"
    done = fix(text)
    assert done.text == "pipeline:\n  - one_of:\n      - horizontal_flip\n      - vertical_flip   # rarely\n  - rotate: 15\n"
    assert [step.where.partition(" ")[0] for step in done.steps] == ["a.yaml:1:1", "a.yaml:2:5", "a.yaml:4:9", "a.yaml:5:13"]


def test_targets_are_named_as_here():
    text = "targets: {image: image, boxes: {kind: bboxes, format: coco, label_fields: [labels]}}\npipeline: [hue: ±9]\n"
    meant = "targets: {image: image, boxes: {kind: boxes, format: xywh, carry: [labels]}}\npipeline: [hue: ±9]\n"
    assert fix(text).text == meant


def test_a_caption_and_its_negations():
    text = "targets: {image: image, caption: text}  # as told\npipeline: [horizontal_flip: {p: 0.5}]\n"
    assert fix(text, findings).text == text.replace("caption: text", "caption: caption")
    text = """\
about: sentiment of reviews
targets: {text: text}
pipeline:
  - one_of:
      - delete_words: 0.1
      - swap_words: {rate: 0.1}
      - typo_characters:
          rate: 0.1
          p: 0.5  # half
      - delete_characters: {rate: 0.1, protect: [entities]}
"""
    done = fix(text, findings).text
    assert done == text.replace("delete_words: 0.1", "delete_words: {rate: 0.1, protect: [negations]}").replace(
        "swap_words: {rate: 0.1}", "swap_words: {rate: 0.1, protect: [negations]}"
    ).replace("# half\n", "# half\n          protect: [negations]\n").replace("[entities]", "[entities, negations]")


def test_what_an_alias_repeats_is_left():
    text = "about: sentiment\nx-a: &a {rate: 0.1}\ntargets: {text: text}\npipeline: [delete_words: *a]\n"
    assert fix(text, findings).text == text


def test_line_ends_tabs_and_json_stay():
    assert fix("\ufeffpipeline:\r\n  - rotate: -5..5\r\n").text == "\ufeffpipeline:\r\n  - rotate: [-5, 5]\r\n"
    text = '{\n\t"pipeline": [{"Rotate": {"degrees": "-15..15"}}]\n}'
    assert fix(text).text == '{\n\t"pipeline": [{"rotate": {"degrees": [-15, 15]}}]\n}'


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.stem)
def test_a_good_file_stays(path):
    text = path.read_text("utf-8")
    done = fixed(text, str(path), nothing)  # that lint has nothing to tell of it stands in test_recipes.py
    assert (done.text, done.steps, done.diff("a")) == (text, (), "")


def run(path, *arguments):
    return CliRunner().invoke(main, ["check", str(path), "--fix", *arguments])


def test_the_command_shows_a_diff_and_exits_by_what_is_left(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("pipeline:\n  - rotate: {degrees: ±9, p: 50%}\n  - zzzz\n", "utf-8")
    first = run(path)
    assert first.exit_code == 1
    assert "-  - rotate: {degrees: ±9, p: 50%}\n+  - rotate: {degrees: ±9, p: 0.5}\n" in first.stdout
    assert "unknown op 'zzzz'" in first.stderr
    written = path.read_bytes()
    assert run(path).stdout == "" and path.read_bytes() == written
    path.write_text("pipeline:\n  - rotate: {degrees: ±9, p: 0.5}\n", "utf-8")
    stamp = path.stat().st_mtime_ns
    good = run(path)
    assert (good.exit_code, good.stdout) == (0, f"{path}: ok\n")
    assert path.stat().st_mtime_ns == stamp
    assert run(path, "--set", "rotate.degrees=3").exit_code == 2


def test_json_tells_what_was_fixed(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text("pipeline: [rotate: -5..5]", "utf-8")
    told = json.loads(run(path, "--json").stdout)
    assert told["ok"] and told["findings"] == []
    assert [step["where"] for step in told["fixed"]] == [f"{path}:1:20 pipeline[0].rotate.degrees"]
    assert "+pipeline: [rotate: [-5, 5]]" in told["diff"]


def test_a_link_stays_one(tmp_path):
    path, link = tmp_path / "a.yaml", tmp_path / "link.yaml"
    path.write_text("pipeline: [rotate: -5..5]", "utf-8")
    link.symlink_to(path)
    run(link)
    assert link.is_symlink() and path.read_text("utf-8") == "pipeline: [rotate: [-5, 5]]"
