"""preview --compare: silent where nothing changed, and failing with a picture that shows what did."""

import json

import numpy as np
import pytest
from PIL import Image

import augment as library

SPEC = """\
pipeline:
  - horizontal_flip: {p: 0.5}
  - rotate: {degrees: ±10}
  - brightness: 1±0.2
"""
NORMALIZED = SPEC + "  - normalize: imagenet\n"


@pytest.fixture
def base(augment, spec, images, write_coco, tmp_path):
    """A baseline of two photographs with boxes and masks; returns how to compare with it."""
    files = [spec(SPEC), images, "--labels", write_coco(), "--compare", tmp_path / "base"]
    made = augment("preview", *files, "--update", "-n", 3)
    assert (made.exit_code, made.stdout) == (0, f"{tmp_path / 'base'}: 2 files, 6 draws\n")

    def compare(*more, out="changes.html"):
        return augment("preview", *files, "--out", tmp_path / out, *more)

    return compare


def _manifest(tmp_path):
    return json.loads((tmp_path / "base" / "manifest.json").read_text())


def test_what_is_kept_is_what_apply_makes(base, spec, tmp_path, photographs, read):
    manifest = _manifest(tmp_path)
    assert (manifest["seed"], manifest["backend"], manifest["n"]) == (5, "reference", 3)
    draw = manifest["files"]["flower.png"]["draws"]["2"]
    wanted = library.apply(spec(SPEC), {"image": photographs["flower"]}, index=1, epoch=2)
    np.testing.assert_array_equal(read(tmp_path / "base" / draw["entries"]["image"]["file"]), wanted["image"])
    assert draw["values"] == library.record(spec(SPEC), index=1, epoch=2)["values"]
    assert draw["entries"]["labels"]["content"] == ["flower"]


@pytest.mark.parametrize("text", [SPEC, NORMALIZED])
def test_nothing_changed(augment, spec, images, tmp_path, text):
    arguments = ("preview", spec(text), images, "--compare", tmp_path / "base", "--out", tmp_path / "changes.png")
    assert augment(*arguments, "--update", "-n", 2, "--stage", "train").exit_code == 0
    before = {p.name: p.read_bytes() for p in (tmp_path / "base").iterdir()}
    result = augment(*arguments)
    assert (result.exit_code, result.stdout, result.stderr) == (0, f"{tmp_path / 'base'}: 4 draws, unchanged\n", "")
    assert not (tmp_path / "changes.png").exists()
    assert augment(*arguments, "--update", "-n", 2).exit_code == 0
    assert {p.name: p.read_bytes() for p in (tmp_path / "base").iterdir()} == before


@pytest.mark.parametrize("out", ["changes.html", "changes.png"])
def test_other_draws_are_named_and_shown(base, tmp_path, out):
    result = base("--set", "rotate.degrees=±20", out=out)
    assert result.exit_code == 1
    lines = result.stdout.splitlines()
    old = _manifest(tmp_path)["files"]["china.png"]["draws"]["0"]["values"]["rotate"]["degrees"]
    first = next(line for line in lines if "china.png, epoch 0" in line)
    assert f"rotate.degrees {2 * old:.4g}, was {old:.4g}".replace("-", "−") in first
    assert "brightness" not in first
    assert "-  - rotate: {degrees: ±10}" in lines
    assert lines[-1].startswith(f"{tmp_path / out}: 6 of 6 draws changed")
    if out.endswith(".html"):
        page = (tmp_path / out).read_text()
        assert all(word in page for word in ("baseline", "now", "difference", "rotate: {degrees: ±20}", "china.png, epoch 0"))
        assert "http://" not in page.replace("http://www.w3.org", "")
    else:
        with Image.open(tmp_path / out) as picture:
            assert picture.width > 4 * 200


def test_ops_that_did_not_run_are_not_blamed(augment, spec, images, tmp_path):
    text = "pipeline: [rotate: {degrees: ±10, p: 0.5}, brightness: 1±0.2]"
    arguments = ("preview", spec(text), images, "--compare", tmp_path / "base", "-n", 4, "--out", tmp_path / "changes.png")
    assert augment(*arguments, "--update").exit_code == 0
    lines = augment(*arguments, "--set", "rotate.degrees=±20", "--set", "brightness.factor=1±0.3").stdout.splitlines()
    ran = []
    for name, index in (("china.png", 0), ("flower.png", 1)):
        for epoch in range(4):
            [line] = [line for line in lines if line.startswith(f"changed: {name}, epoch {epoch}:")]
            ran.append(bool(library.record(spec(text), index=index, epoch=epoch)["values"]["rotate"]["p"]))
            assert ("rotate.degrees" in line, "brightness.factor" in line) == (ran[-1], True)
    assert 0 < sum(ran) < 8


def test_a_changed_kernel_is_told_apart_from_changed_draws(base, monkeypatch):
    from augment.kernels import reference

    pointwise = reference.pointwise

    def brighter(*arguments, **options):
        return np.clip(pointwise(*arguments, **options) + np.float32(3 / 255), 0, 1)

    monkeypatch.setattr(reference, "pointwise", brighter)
    result = base()
    assert result.exit_code == 1
    assert "the draws are the same, so an op or its kernel does something else" in result.stdout
    assert base("--tolerance", 4).exit_code == 0
    assert base("--tolerance", 2).exit_code == 1


@pytest.mark.parametrize(("levels", "changed"), [(2, False), (1, True)])
def test_the_tolerance_is_that_of_every_pixel(base, tmp_path, read, levels, changed):
    from augment.baseline.store import sum_of

    manifest = _manifest(tmp_path)
    entry = manifest["files"]["china.png"]["draws"]["1"]["entries"]["image"]
    image = read(tmp_path / "base" / entry["file"])
    image[50, 60, 1] = image[50, 60, 1] - 2 if image[50, 60, 1] > 2 else 2
    Image.fromarray(image).save(tmp_path / "base" / entry["file"])
    entry["sum"] = sum_of(image)
    (tmp_path / "base" / "manifest.json").write_text(json.dumps(manifest))
    assert base().exit_code == 1
    assert base("--tolerance", levels).exit_code == int(changed)


def test_new_and_missing_files(base, images, tmp_path, photographs):
    (images / "flower.png").rename(images / "zinnia.png")
    labels = json.loads((tmp_path / "instances.json").read_text())
    labels["images"][1]["file_name"] = "zinnia.png"
    (tmp_path / "instances.json").write_text(json.dumps(labels))
    result = base(out="changes.png")
    assert result.exit_code == 1, result.stderr
    with Image.open(tmp_path / "changes.png") as picture:
        assert picture.height > 2 * 150  # what is new, and what is missing
    result = base()
    assert "missing: flower.png is in the baseline" in result.stdout
    assert "new: zinnia.png is not in the baseline" in result.stdout
    assert "0 of 3 draws changed" in result.stdout
    assert "zinnia.png" in (tmp_path / "changes.html").read_text()
    assert base("--update", "-n", 1).exit_code == 0
    assert sorted(_manifest(tmp_path)["files"]) == ["china.png", "zinnia.png"]
    assert not [path for path in (tmp_path / "base").iterdir() if "flower" in path.name or "-e1-" in path.name]
    assert base().exit_code == 0


def test_a_changed_photograph_is_no_change_of_the_spec(base, images, photographs):
    Image.fromarray(photographs["china"][::-1]).save(images / "china.png")
    result = base()
    assert result.exit_code == 1
    assert result.stdout.count("the file itself, or what belongs to it, has changed") == 3
    assert "flower" not in result.stdout


def test_a_dropped_box_is_told(base):
    result = base("--set", "rotate.degrees=90")
    assert "boxes: " in result.stdout


def test_an_op_that_is_gone(base, spec):
    spec(SPEC.replace("  - brightness: 1±0.2\n", ""))
    result = base()
    assert result.exit_code == 1
    assert "brightness is gone" in result.stdout


def test_the_seed(base):
    result = base("--seed", 6)
    assert result.exit_code == 1
    assert "the seed is 6, and was 5" in result.stdout


def test_another_backend_within_the_tolerance_of_the_language(base):
    result = base("--backend", "albumentations")
    assert (result.exit_code, result.stdout.endswith("unchanged\n")) == (0, True), result.stdout
    strict = base("--backend", "albumentations", "--tolerance", 0)
    assert strict.exit_code == 1
    assert "the baseline was made on reference, and this is albumentations" in strict.stdout


def test_mixes_are_compared_too(augment, spec, images, tmp_path):
    path = spec("pipeline: [mixup: {alpha: 1}]")
    arguments = ("preview", path, images, "--compare", tmp_path / "base", "--out", tmp_path / "x.html")
    assert augment(*arguments, "--update", "-n", 2).exit_code == 0
    assert augment(*arguments).exit_code == 0
    assert "mixup.weight" in augment(*arguments, "--seed", 9).stdout


# Refusals ------------------------------------------------------------------------------------------------------------


def test_there_is_no_baseline(augment, spec, images, tmp_path):
    result = augment("preview", spec(SPEC), images, "--compare", tmp_path / "base")
    assert result.exit_code == 1
    assert "holds no baseline; --update writes one" in result.stderr


def test_a_folder_of_others_is_left_alone(augment, spec, images, tmp_path):
    result = augment("preview", spec(SPEC), images, "--compare", images, "--update", "--out", tmp_path / "x.html")
    assert result.exit_code == 1
    assert "holds files, and no manifest.json" in result.stderr
    assert sorted(path.name for path in images.iterdir()) == ["china.png", "flower.png"]


def test_other_draws_than_those_that_are_held(base):
    result = base("-n", 2)
    assert result.exit_code == 1
    assert "holds 3 draws from epoch 0 on in stage train, and 2 draws" in result.stderr


def test_a_file_that_was_touched(base, tmp_path, read):
    file = _manifest(tmp_path)["files"]["china.png"]["draws"]["0"]["entries"]["image"]["file"]
    Image.fromarray(read(tmp_path / "base" / file)[::-1]).save(tmp_path / "base" / file)
    result = base()
    assert result.exit_code == 1
    assert f"{file}: is not what manifest.json was written with" in result.stderr


@pytest.mark.parametrize(
    ("change", "message"),
    [
        (lambda data: data["files"]["china.png"]["draws"]["0"]["entries"]["image"].update(file="../china.png"), "leads out"),
        (lambda data: data.update(version=2), "only 1 is known"),
        (lambda data: data.pop("files"), "is no manifest of a baseline"),
        (lambda data: data.update(n="many"), "is no manifest of a baseline"),
        (lambda data: data["files"].update(x=3), "is no manifest of a baseline"),
        (lambda data: data["files"]["china.png"]["draws"]["0"]["entries"]["image"].pop("shape"), "is no manifest of a baseline"),
        (lambda data: data["files"]["china.png"]["draws"]["0"]["values"].update(rotate=3), "is no manifest of a baseline"),
        (lambda data: data["files"]["china.png"]["draws"]["0"]["entries"]["image"].update(shape=[10**9] * 3), "is not what"),
        (lambda data: data["files"]["china.png"]["draws"]["0"]["entries"]["image"].update(type="O"), "is not what"),
        (lambda data: data["files"]["china.png"]["draws"]["0"]["entries"]["image"].update(file="lost.png"), "no such file"),
        (lambda data: data["files"]["china.png"]["draws"].pop("1"), "has no epoch 1 of china.png"),
    ],
)
def test_broken_manifests(base, tmp_path, change, message):
    data = _manifest(tmp_path)
    change(data)
    (tmp_path / "base" / "manifest.json").write_text(json.dumps(data))
    result = base()
    assert result.exit_code == 1
    assert message in result.stderr
    if message == "leads out":
        (tmp_path / "china.png").write_bytes(b"mine")
        assert base("--update").exit_code == 1
        assert (tmp_path / "china.png").read_bytes() == b"mine"


@pytest.mark.parametrize(
    "arguments", [("--update",), ("--tolerance", 1), ("--compare", "x", "--index", 0), ("--compare", "x", "--sheets", "samples")]
)
def test_options_that_do_not_go_together(augment, spec, images, tmp_path, monkeypatch, arguments):
    monkeypatch.chdir(tmp_path)
    assert augment("preview", spec(SPEC), images, *arguments).exit_code == 2
    assert not (tmp_path / "preview.html").exists()


def test_captions_and_the_backend_of_texts(augment, spec, images, tmp_path):
    (tmp_path / "captions.csv").write_text("file_name,text\nchina.png,a temple on the left\nflower.png,a flower that is red\n")
    text = "targets: {image: image, caption: text}\npipeline: [brightness: 1±0.2, typo_characters: {rate: 0.2}]"
    arguments = ("preview", spec(text), images, "--labels", tmp_path / "captions.csv", "--compare", tmp_path / "base")
    arguments = (*arguments, "--out", tmp_path / "x.html")
    made = augment(*arguments, "--update", "-n", 2)
    assert made.exit_code == 0, made.stderr
    assert augment(*arguments).exit_code == 0
    assert "caption: is another" in augment(*arguments, "--set", "typo_characters.rate=0.6").stdout
    assert augment(*arguments, "--update", "-n", 2, "--text-backend", "nlpaug").exit_code == 0
    assert _manifest(tmp_path)["text_backend"] == "nlpaug"
    same = augment(*arguments)
    assert (same.exit_code, same.stderr) == (0, "")
    other = augment(*arguments, "--text-backend", "builtin", "--seed", 9)
    assert "made on reference and nlpaug, and this is reference" in other.stdout
