"""preview and demo: sheets of pictures."""

import io
import json
import re

import numpy as np
import pytest
from PIL import Image

import augment as library
from augment.data.bundled import bundled
from augment.errors import FileError, SampleError
from augment.report.look import COLOURS, as_bytes
from augment.report.render import columns_for, draw_sample
from augment.sample import DEFAULT_TARGETS, Target

CELL = 224


def _has(picture: Image.Image, colour: str) -> bool:
    wanted = tuple(int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return bool((np.array(picture.convert("RGB")) == wanted).all(-1).any())


def test_demo_draws_a_sheet(augment, tmp_path):
    out = tmp_path / "demo.png"
    result = augment("demo", "--out", out)
    assert result.exit_code == 0
    assert "random_resized_crop" in result.stdout
    with Image.open(out) as sheet:
        assert sheet.width == 2 * 28 + 5 * CELL + 4 * 14
        assert _has(sheet, COLOURS[0])


def test_preview_without_files(augment, spec, tmp_path):
    out = tmp_path / "grid.png"
    result = augment("preview", spec(), "--out", out, "--n", 4)
    assert (result.exit_code, result.stdout) == (0, f"{out}\n")
    first = out.read_bytes()
    assert augment("preview", spec(), "--out", out, "--n", 4).exit_code == 0
    assert out.read_bytes() == first
    augment("preview", spec(), "--out", out, "--n", 4, "--seed", 8)
    assert out.read_bytes() != first


def test_preview_of_files_with_masks_and_labels(augment, spec, photos, tmp_path):
    files = [photos / "cat.jpg", photos / "hot" / "coffee.jpg"]
    out = tmp_path / "grid.png"
    beside = ("--masks", tmp_path / "masks", "--labels", tmp_path / "json")
    result = augment("preview", spec(), files[0], *beside, "--out", out, "-n", 2)
    assert result.exit_code == 0, result.stderr
    one = Image.open(out).size
    assert augment("preview", spec(), *files, "--out", out, "-n", 2).exit_code == 0
    assert Image.open(out).height > one[1]


def test_preview_on_two_backends_has_a_block_for_each(augment, spec, tmp_path, monkeypatch):
    from augment_reference.backend import ReferenceBackend

    from augment import plugins

    class Twin(ReferenceBackend):
        name = "twin"

    known = {**plugins.backends(), "twin": Twin()}
    monkeypatch.setattr(plugins, "backends", lambda: known)
    out = tmp_path / "grid.png"
    assert augment("preview", spec(), "--backend", "reference,twin", "--out", out, "-n", 2).exit_code == 0
    sheet = np.array(Image.open(out))
    blocks = [y for y in range(len(sheet)) if (sheet[y, 28:-28] == (0xD8, 0xDD, 0xE3)).all()]
    assert len(blocks) == 2
    height = blocks[1] - blocks[0]
    top, below = sheet[blocks[0] + 34 : blocks[1] - 40], sheet[blocks[1] + 34 : blocks[1] + height - 40]
    np.testing.assert_array_equal(top, below)  # the same key is the same picture


def test_a_mixing_spec_is_previewed_with_the_second_photograph(augment, spec, tmp_path):
    result = augment("preview", spec("pipeline: [cutmix: {alpha: 1}]"), "--out", tmp_path / "grid.png", "-n", 2)
    assert result.exit_code == 0, result.stderr


def test_a_mixing_spec_needs_two_files(augment, spec, photos, tmp_path):
    result = augment("preview", spec("pipeline: [cutmix: {alpha: 1}]"), photos / "cat.jpg", "--out", tmp_path / "grid.png")
    assert result.exit_code == 1
    assert "needs at least two" in result.stderr


def test_other_kinds_of_files_are_refused(augment, spec, tmp_path):
    result = augment("preview", spec(), "--out", tmp_path / "grid.jpg")
    assert result.exit_code == 1
    assert "write it to a .html or .png" in result.stderr
    assert not (tmp_path / "grid.jpg").exists()


def test_a_photograph_is_not_taken_for_a_preview(augment, spec, photos, tmp_path):
    Image.new("RGB", (8, 8)).save(tmp_path / "mine.png")
    before = (tmp_path / "mine.png").read_bytes()
    result = augment("preview", spec(), "--out", tmp_path / "mine.png", "-n", 1)
    assert result.exit_code == 1
    assert "is no preview; --force replaces it" in result.stderr
    assert (tmp_path / "mine.png").read_bytes() == before
    assert augment("preview", spec(), "--out", tmp_path / "mine.png", "-n", 1, "--force").exit_code == 0


def test_bad_files_are_named(augment, spec, tmp_path):
    (tmp_path / "bad.jpg").write_bytes(b"no")
    result = augment("preview", spec(), tmp_path / "bad.jpg", "--out", tmp_path / "grid.png")
    assert result.exit_code == 1
    assert f"{tmp_path / 'bad.jpg'}: is no picture" in result.stderr


def test_one_bad_picture_does_not_cost_the_others(augment, spec, tmp_path, photos):
    (photos / "bad.jpg").write_bytes(b"no")
    Image.new("L", (50, 40)).save(photos / "grey.png")
    path = spec("pipeline: [color_jitter: {hue: ±10}]")
    result = augment("preview", path, photos, "--out", tmp_path / "grid.png", "-n", 2, "--backend", "reference")
    assert result.exit_code == 1
    lines = result.stderr.strip().splitlines()
    assert len(lines) == 2
    assert f"{photos / 'bad.jpg'}: is no picture" in lines[0]
    assert "grey.png: reference, epoch 0: " in lines[1]
    assert "1 channel" in lines[1]
    good = tmp_path / "good"
    good.mkdir()
    for name in ("bad.jpg", "grey.png"):
        (photos / name).unlink()
    assert augment("preview", path, photos, "--out", good / "grid.png", "-n", 2).exit_code == 0
    assert Image.open(tmp_path / "grid.png").size == Image.open(good / "grid.png").size


def test_where_every_picture_is_bad_all_are_named(augment, spec, tmp_path):
    for name in ("a.jpg", "b.jpg"):
        (tmp_path / name).write_bytes(b"no")
    result = augment("preview", spec(), tmp_path / "a.jpg", tmp_path / "b.jpg", "--out", tmp_path / "grid.png")
    assert result.exit_code == 1
    assert "a.jpg: is no picture" in result.stderr
    assert "b.jpg: is no picture" in result.stderr
    assert not (tmp_path / "grid.png").exists()


TEXT_SPEC = "pipeline: [delete_words: {rate: 0.4}]"
OWN = ["My own lines are read one by one.", "Nobody else has written this sentence."]


@pytest.mark.parametrize("suffix", [".txt", ".csv", ".tsv", ".jsonl"])
def test_own_sentences_are_shown(augment, spec, tmp_path, suffix):
    path, out = tmp_path / f"own{suffix}", tmp_path / "own.html"
    between = {".csv": ",", ".tsv": "\t"}.get(suffix)
    rows = [json.dumps({"id": i, "text": text}) for i, text in enumerate(OWN)] if suffix == ".jsonl" else OWN
    rows = ["id" + between + "text", *(f"{i}{between}{text}" for i, text in enumerate(OWN))] if between else rows
    path.write_text("\n".join(rows) + "\n\n", encoding="utf-8")
    assert augment("preview", spec(TEXT_SPEC), path, "--out", out, "-n", 2).exit_code == 0
    page = out.read_text(encoding="utf-8")
    first = 2 if between else 1
    for i in (0, 1):
        assert f"own{suffix}:{first + i}" in page
        assert f"--index {i} --epoch 1 --n 1" in page
    shown = re.sub(r"<[^>]+>", "", page)
    assert "Nobody" in shown
    assert "one by one" in shown
    once = augment("preview", spec(TEXT_SPEC), path, "--out", tmp_path / "one.html", "-n", 1, "--index", 1)
    assert once.exit_code == 0
    assert "Nobody" in (tmp_path / "one.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.csv", "id,words\n1,hello\n", "a.csv:2: needs a column text or sentence; it has id, words"),
        ("a.jsonl", '{"text": 5}', "a.jsonl:1: text must be text, not 5"),
        ("a.txt", " \n", "a.txt: holds no texts"),
        ("a.docx", "hello", "a.docx: is not read as texts; .txt, .csv, .tsv, .jsonl are"),
    ],
)
def test_texts_that_cannot_be_read_are_told(augment, spec, tmp_path, name, content, told):
    (tmp_path / name).write_text(content)
    result = augment("preview", spec(TEXT_SPEC), tmp_path / name, "--out", tmp_path / "t.html")
    assert result.exit_code == 1
    assert told in result.stderr


def test_texts_are_no_grid_of_pictures(augment, spec, tmp_path):
    result = augment("preview", spec(TEXT_SPEC), "--out", tmp_path / "t.png")
    assert result.exit_code == 1
    assert "has no pictures: write it to a .html, as preview.html" in result.stderr


# In Python ----------------------------------------------------------------------------------------------------------


def test_preview_in_python(tmp_path, spec):
    image = bundled({})[1]["image"]
    made = library.preview(spec(), image, n=3)
    assert made.image.size == (2 * 28 + 4 * CELL + 3 * 14, made.image.height)
    assert Image.open(io.BytesIO(made._repr_png_())).size == made.image.size
    made.save(tmp_path / "sheet.png")
    assert Image.open(tmp_path / "sheet.png").size == made.image.size
    with pytest.raises(FileError, match=r"write it to a \.html or \.png"):
        made.save(tmp_path / "sheet.jpg")


def test_preview_of_a_compiled_object():
    transform = library.compile({"pipeline": [{"rotate": "±20"}]})
    assert transform.preview(n=1).image.width == 2 * 28 + 2 * CELL + 14


def test_a_preview_at_a_prompt_is_one_line(spec):
    shown = repr(library.preview(spec(), n=3))
    assert shown == "<Preview of a spec: 1 sample, 3 draws of each, on opencv; .save('preview.html') writes it>"


def test_preview_says_which_draw_failed():
    small = {"image": np.zeros((8, 8, 3), np.uint8)}
    with pytest.raises(SampleError, match=r"sample 0: opencv, epoch 0.*random_crop"):
        library.preview({"pipeline": [{"random_crop": 32}]}, small)


def test_normalized_images_are_shown_as_they_look():
    pipeline = [{"horizontal_flip": {"p": 1}}]
    plain = library.preview({"pipeline": pipeline}, n=1).image
    normalized = library.preview({"pipeline": [*pipeline, {"normalize": "imagenet"}]}, n=1).image
    assert np.abs(np.array(plain).astype(int) - np.array(normalized)).max() <= 1


@pytest.mark.parametrize("form", ["xyxy", "xywh", "cxcywh", "yolo"])
def test_bundled_photographs_fit_the_declared_targets(form):
    targets = {"photo": Target(kind="image"), "found": Target(kind="boxes", format=form, carry=("what",))}
    sample = bundled(targets)[0]
    assert sample.keys() == {"photo", "found", "what"}
    usual = {name: bundled({})[0][name] for name in ("image", "boxes", "labels")}
    drawn, wanted = draw_sample(sample, targets, 400, {}), draw_sample(usual, DEFAULT_TARGETS, 400, {})
    np.testing.assert_array_equal(np.array(drawn), np.array(wanted))


def test_drawing_puts_boxes_and_points_where_they_are():
    sample = {"image": np.zeros((50, 100, 3), np.uint8), "boxes": [[20, 10, 60, 40]], "keypoints": [[79.5, 24.5]]}
    targets = {"image": Target(kind="image"), "boxes": Target(kind="boxes"), "keypoints": Target(kind="keypoints")}
    drawn = np.array(draw_sample(sample, targets, 200, {})).astype(int)
    assert drawn.shape == (100, 200, 3)
    lit = drawn.max(-1) > 120
    assert lit[21:79, 41].all()  # left side of the box, twice as large
    assert lit[20, 42:118].all()
    assert not lit[30:70, 50:110].any()
    ys, xs = np.nonzero(lit[:, 130:])
    np.testing.assert_allclose((xs.mean() + 130, ys.mean()), (159.5, 49.5), atol=0.3)


def test_masks_are_tinted_by_label():
    mask = np.zeros((40, 40), np.uint8)
    mask[10:30, 10:30] = 2
    drawn = np.array(draw_sample({"image": np.zeros((40, 40), np.uint8), "mask": mask}, DEFAULT_TARGETS, 40, {}))
    assert not drawn[:8].any()
    assert drawn[20, 20].any()
    one_hot = np.stack([mask == 0, mask == 2], axis=-1)
    again = np.array(draw_sample({"image": np.zeros((40, 40), np.uint8), "mask": one_hot}, DEFAULT_TARGETS, 40, {}))
    assert again[20, 20].any()


@pytest.mark.parametrize("image", [np.zeros((4, 5)), np.zeros((4, 5, 1)), np.zeros((4, 5, 6)), np.zeros((4, 5), np.uint16)])
def test_any_image_can_be_looked_at(image):
    assert as_bytes(image).shape == (4, 5, 3)


@pytest.mark.parametrize(("count", "columns"), [(1, 1), (5, 5), (6, 6), (9, 3), (10, 5), (12, 6), (17, 6), (13, 5)])
def test_rows_have_few_gaps(count, columns):
    assert columns_for(count) == columns


def test_pictures_without_the_mask_of_the_spec_are_shown_without_it(augment, spec, photos, tmp_path):
    text = "targets: {image: image, boxes: boxes, mask: mask}\npipeline: [horizontal_flip: {p: 0.5}]"
    result = augment("preview", spec(text), photos, "--labels", tmp_path / "json", "--out", tmp_path / "grid.png", "-n", 1)
    assert result.exit_code == 0
    assert "mask: pictures are shown without it; --masks gives its folder" in result.stderr
