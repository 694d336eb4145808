"""check and explain."""

import json
from types import MappingProxyType

import pytest

BAD = """\
version: 1
pipeline:
  - rotat: {degrees: 5}
  - rotate: {degrees: lots}
  - brightness: {factor: 1±0.2, fil: 3}
"""


def test_a_good_spec_passes(augment, spec):
    result = augment("check", spec())
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{spec()}: ok\n", "")


def test_all_mistakes_are_told_with_their_places(augment, spec):
    path = spec(BAD)
    result = augment("check", path)
    assert result.exit_code == 1
    for place, word in ((":3:5", "did you mean 'rotate'?"), (":4:23", "lots"), (":5:33", "unknown field 'fil'")):
        assert any(f"{path}{place}" in line and word in line for line in result.stderr.splitlines()), (place, result.stderr)
    assert "3 mistakes" in result.stderr
    assert "Traceback" not in result.stderr


def test_mistakes_as_json(augment, spec):
    result = augment("check", spec(BAD), "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 1
    assert not data["ok"]
    assert [(f["line"], f["column"]) for f in data["findings"]] == [(3, 5), (4, 23), (5, 33)]


def test_what_lowering_finds_has_a_line_too(augment, spec):
    path = spec("pipeline:\n  - normalize: imagenet\n  - gaussian_blur: {sigma: 2px}\n")
    result = augment("check", path)
    assert result.exit_code == 1
    assert f"{path}:3:5 pipeline[1].gaussian_blur" in result.stderr


def test_a_missing_file(augment, spec):
    path = spec()
    result = augment("check", path.with_name("spec.yml"))
    assert result.exit_code == 1
    assert "did you mean 'spec.yaml'?" in result.stderr


def test_set_changes_what_is_checked(augment, spec):
    assert augment("check", spec(), "--set", "rotate.degrees=±30").exit_code == 0
    wrong = augment("check", spec(), "--set", "rotate.degree=±30")
    assert wrong.exit_code == 1
    assert "did you mean 'degrees'?" in wrong.stderr


def test_a_backend_that_is_unknown(augment, spec):
    result = augment("check", spec(), "--backend", "keas")
    assert result.exit_code == 1
    assert "unknown backend 'keas'" in result.stderr


class _Picky:
    """A backend that refuses one op and approximates another."""

    @staticmethod
    def install(monkeypatch):
        from augment import plugins
        from augment.backend import Backend, Support
        from augment.ops.primitives import Primitives

        class Picky(Backend):
            name = "picky"
            requires = ("no_such_framework",)
            install = "pip install no-such-framework"
            kernel_set = Primitives("rough", "augment.kernels.reference", {"resample": "roughly", "pointwise": "roughly"})
            exceptions = MappingProxyType({
                ("rotate", "*"): Support("refuses", reason="it only knows right angles", instead="use rotate90"),
                ("brightness", "image"): Support("approximate", bound="3 levels", reason="it rounds"),
            })

        known = {**plugins.backends(), "picky": Picky()}
        monkeypatch.setattr(plugins, "backends", lambda: known)


def test_refusals_and_approximations_have_lines_and_need_no_framework(augment, spec, monkeypatch):
    _Picky.install(monkeypatch)
    path = spec()
    result = augment("check", path, "--backend", "reference,picky")
    assert result.exit_code == 1
    told = "rotate on image is not supported by picky: it only knows right angles; use rotate90"
    assert f"{path}:5:5 pipeline[1].rotate: {told}" in result.stderr
    assert f"advice: {path}:6:5 pipeline[2].brightness: brightness on image is approximate on picky" in result.stdout
    data = json.loads(augment("check", path, "--backend", "picky", "--json").stdout)
    assert {(f["level"], f["line"]) for f in data["findings"]} == {("error", 5), ("advice", 6)}


@pytest.mark.parametrize("command", ["explain", "preview", "apply"])
def test_mistakes_have_lines_in_every_command(augment, spec, photos, tmp_path, command):
    path = spec("pipeline:\n  - normalize: imagenet\n  - gaussian_blur: {sigma: 2px}\n")
    more = {"explain": [], "preview": ["--out", tmp_path / "x.png"], "apply": [photos, tmp_path / "out"]}[command]
    result = augment(command, path, *more)
    assert result.exit_code == 1
    assert f"error: {path}:3:5 pipeline[1].gaussian_blur: cannot stand after" in result.stderr


def test_refusals_have_lines_in_every_command(augment, spec, tmp_path, monkeypatch):
    _Picky.install(monkeypatch)
    from augment.backend import Backend

    monkeypatch.setattr(Backend, "missing", lambda self: ())
    path = spec()
    result = augment("preview", path, "--backend", "picky", "--out", tmp_path / "x.png")
    assert result.exit_code == 1
    assert f"error: {path}:5:5 pipeline[1].rotate: rotate on image is not supported by picky" in result.stderr


def test_what_is_approximate_passes(augment, spec, monkeypatch):
    _Picky.install(monkeypatch)
    result = augment("check", spec("pipeline: [brightness: 1±0.2]"), "--backend", "picky")
    assert result.exit_code == 0
    assert "within 3 levels [approximate]\n  reason: it rounds\n" in result.stdout


def test_what_batches_cannot_is_told_by_all_commands(augment, spec):
    path = spec("pipeline: [rotate90, brightness: 1±0.2]\n")
    told = json.loads(augment("check", path, "--backend", "torchvision,keras,reference", "--json").stdout)
    assert told["ok"] and [(f["level"], f["backend"], f["line"]) for f in told["findings"]] == [
        ("note", "torchvision", 1), ("note", "keras", 1),
    ]  # fmt: skip
    text = augment("explain", path, "--backend", "torchvision").stdout
    assert "Batches on torchvision" in text and "pipeline[0].rotate90: unless images are square" in text
    assert "Batches" not in augment("explain", path).stdout
    assert "keras in batches: a batch has one size" in augment("ops", "rotate90").stdout


# explain -------------------------------------------------------------------------------------------------------------

SPEC = """\
seed: 9
pipeline:
  - random_resized_crop: {size: 64, area: [0.5, 1.0]}
  - horizontal_flip: {p: 0.5}
  - rotate: {degrees: ±15}
  - one_of:
      p: 0.25
      ops:
        - gaussian_blur: {sigma: 1px}
        - motion_blur: {length: {normal: [5px, 1px]}, weight: 3}
  - identity
  - brightness: 1±0.2
  - normalize: imagenet
"""


def _rows(text, start):
    return [line for line in text.splitlines() if line.strip().startswith(start)]


def test_explain_shows_lines_distributions_and_kernels(augment, spec):
    path = spec(SPEC)
    text = augment("explain", path).stdout
    assert text.startswith("reference, stage train, seed 9")
    assert "aspect log_uniform(0.75, 1.33333)" in _rows(text, "random_resized_crop")[0]
    assert "degrees uniform(-15, 15)" in _rows(text, "rotate")[0]
    assert f"{path}:5:5" in _rows(text, "rotate")[0]
    assert "length normal(5px, 1px)" in text
    assert "chosen 25 %" in text
    assert "dropped: does nothing" in _rows(text, "identity")[0]
    assert "numpy gather (one map, sampled once; bilinear, border constant)" in text
    assert [line.split()[1] for line in text.splitlines() if "┌" in line] == ["horizontal_flip", "brightness"]


def test_explain_as_json(augment, spec):
    data = json.loads(augment("explain", spec(SPEC), "--json").stdout)
    assert [stage["primitive"] for stage in data["after"]] == ["resize", "resample", "convolve", "convolve", "pointwise"]
    assert data["before"][1]["fields"] == {"p": "0.5"}
    assert data["before"][1]["place"].endswith("spec.yaml:4:5")


def test_explain_at_inference(augment, spec):
    text = augment("explain", spec(SPEC), "--stage", "eval").stdout
    assert "at inference: resize" in _rows(text, "random_resized_crop")[0]
    assert "not at inference" in _rows(text, "horizontal_flip")[0]
    assert "After the passes: 2 steps" in text


def test_explain_takes_changes_and_keeps_lines(augment, spec):
    path = spec(SPEC)
    text = augment("explain", path, "--set", "rotate.degrees=±30", "--seed", 4).stdout
    assert "seed 4" in text
    row = _rows(text, "rotate")[0]
    assert "uniform(-30, 30)" in row
    assert f"{path}:5:5" in row


def test_explain_of_python_specs_has_paths():
    import augment
    from augment import ops

    text = augment.compile(augment.Pipeline([ops.HorizontalFlip(p=0.5)])).explain()
    assert "pipeline[0].horizontal_flip" in text


def test_repr_of_a_compiled_object():
    import augment

    text = repr(augment.compile(augment.loads(SPEC)))
    lines = text.splitlines()
    assert lines[0] == "compiled for reference: 5 steps"
    assert lines[2].startswith("  ┌ horizontal_flip")
    assert lines[3].startswith("  └ rotate")
    assert "numpy gather" in lines[2]
    assert any("one_of p 0.25 › gaussian_blur" in line for line in lines)
    assert "seed 9" in lines[-1]
    assert "operating system" in lines[-1]


@pytest.mark.parametrize("command", ["explain", "check"])
def test_no_spec_is_a_usage_error(augment, command):
    assert augment(command).exit_code == 2
