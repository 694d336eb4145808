"""apply: folders in, folders out, keyed by the sorted index."""

import json

import numpy as np
import pytest
from PIL import Image

import augment as library

from ..conftest import results_of


def test_a_folder_keeps_its_structure_and_is_keyed_by_sorted_index(augment, spec, photos, tmp_path, read):
    result = augment("apply", spec(), photos, tmp_path / "out")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout == f"2 of 2 made in {tmp_path / 'out'}\n"
    assert sorted(results_of(tmp_path / "out")) == ["cat.png", "hot/coffee.png"]
    for index, key in enumerate(("cat", "hot/coffee")):
        wanted = library.apply(spec(), {"image": read(photos / f"{key}.jpg")}, index=index)["image"]
        np.testing.assert_array_equal(read(tmp_path / "out" / f"{key}.png"), wanted)


def test_copies_are_epochs(augment, spec, photos, tmp_path, read):
    assert augment("apply", spec(), photos, tmp_path / "out", "--copies", 2, "--epoch", 3).exit_code == 0
    assert sorted(results_of(tmp_path / "out")) == ["cat__a3.png", "cat__a4.png", "hot/coffee__a3.png", "hot/coffee__a4.png"]
    wanted = library.apply(spec(), {"image": read(photos / "cat.jpg")}, index=0, epoch=4)["image"]
    np.testing.assert_array_equal(read(tmp_path / "out" / "cat__a4.png"), wanted)


def test_one_picture_alone(augment, spec, photos, tmp_path):
    assert augment("apply", spec(), photos / "cat.jpg", tmp_path / "out").exit_code == 0
    assert sorted(results_of(tmp_path / "out")) == ["cat.png"]


def test_results_are_not_overwritten(augment, spec, photos, tmp_path):
    out = tmp_path / "out"
    augment("apply", spec(), photos, out)
    before = (out / "cat.png").read_bytes()
    result = augment("apply", spec(), photos, out, "--seed", 8)
    assert result.exit_code == 1
    assert "this and 1 more exist; --force replaces them" in result.stderr
    assert (out / "cat.png").read_bytes() == before
    assert augment("apply", spec(), photos, out, "--seed", 8, "--force").exit_code == 0
    assert (out / "cat.png").read_bytes() != before


def test_resume_makes_what_is_missing(augment, spec, photos, tmp_path):
    out = tmp_path / "out"
    augment("apply", spec(), photos, out)
    whole = results_of(out)
    (out / "cat.png").unlink()
    stamp = (out / "hot/coffee.png").stat().st_mtime_ns
    result = augment("apply", spec(), photos, out, "--resume")
    assert (result.exit_code, result.stdout) == (0, f"1 of 1 made in {out}, 1 were there\n")
    assert results_of(out) == whole
    assert (out / "hot/coffee.png").stat().st_mtime_ns == stamp


def test_force_and_resume_contradict(augment, spec, photos, tmp_path):
    assert augment("apply", spec(), photos, tmp_path / "out", "--force", "--resume").exit_code == 2


def test_results_never_stand_among_their_sources(augment, spec, photos, tmp_path):
    before = results_of(photos)
    result = augment("apply", spec(), photos, photos, "--force", "--quality", 90)
    assert result.exit_code == 1
    assert "choose a folder outside" in result.stderr
    result = augment("apply", spec(), photos / "cat.jpg", photos, "--force", "--quality", 90)
    assert result.exit_code == 1
    assert "would replace the file that it is made from" in result.stderr
    assert results_of(photos) == before


@pytest.mark.parametrize("place", ["out", "hot", "hot/deep/out", "../images/out"])
def test_results_inside_the_source_are_refused(augment, spec, photos, place):
    before = sorted(results_of(photos))
    result = augment("apply", spec(), photos, photos / place, "--force")
    assert result.exit_code == 1
    assert "results would stand in the folder that they are made from" in result.stderr
    assert f"choose a folder outside {photos.resolve()}" in result.stderr
    assert sorted(results_of(photos)) == before


def test_results_inside_masks_or_labels_are_refused(augment, spec, photos, tmp_path):
    for option in ("masks", "json"):
        flag = "--masks" if option == "masks" else "--labels"
        result = augment("apply", spec(), photos, tmp_path / option / "out", flag, tmp_path / option)
        assert result.exit_code == 1
        assert "results would stand in the folder" in result.stderr
    assert augment("apply", spec(), photos, tmp_path / "images out").exit_code == 0  # a name that only begins alike


def test_two_pictures_of_one_name_are_refused(augment, spec, photos, tmp_path):
    with Image.open(photos / "cat.jpg") as picture:
        picture.save(photos / "cat.png")
    result = augment("apply", spec(), photos, tmp_path / "out")
    assert result.exit_code == 1
    assert "cat.png: has the name of cat.jpg" in result.stderr


def test_floats_are_written_as_arrays(augment, spec, photos, tmp_path):
    path = spec("pipeline: [normalize: imagenet]")
    assert augment("apply", path, photos, tmp_path / "out").exit_code == 0
    made = np.load(tmp_path / "out" / "cat.npy")
    assert made.dtype == np.float32
    assert made.min() < 0


def test_jpeg_by_quality(augment, spec, photos, tmp_path):
    assert augment("apply", spec(), photos, tmp_path / "out", "--quality", 92).exit_code == 0
    with Image.open(tmp_path / "out" / "cat.jpg") as picture:
        assert picture.format == "JPEG"


def test_exif_orientation_is_applied(augment, spec, photos, tmp_path, read):
    upright = read(photos / "cat.jpg")
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned by 90 degrees clockwise
    lying = Image.fromarray(np.rot90(upright).copy())
    lying.save(photos / "cat.png", exif=exif)
    (photos / "cat.jpg").unlink()
    assert augment("apply", spec("pipeline: [identity]"), photos, tmp_path / "out").exit_code == 0
    np.testing.assert_array_equal(read(tmp_path / "out" / "cat.png"), upright)


def test_other_files_are_told(augment, spec, photos, tmp_path):
    (photos / "notes.md").write_text("hello")
    result = augment("apply", spec(), photos, tmp_path / "out")
    assert result.exit_code == 0
    assert "left alone, as they are not read as pictures: 1 .md" in result.stderr


def test_an_empty_folder_is_a_failure(augment, spec, tmp_path):
    (tmp_path / "none").mkdir()
    result = augment("apply", spec(), tmp_path / "none", tmp_path / "out")
    assert result.exit_code == 1
    assert "holds no pictures: .bmp, .gif," in result.stderr


def test_texts_are_no_pictures(augment, spec, tmp_path):
    texts = tmp_path / "texts"
    texts.mkdir()
    (texts / "a.txt").write_text("a cat")
    result = augment("apply", spec(), texts, tmp_path / "out")
    assert result.exit_code == 1
    assert "holds no pictures" in result.stderr
    assert "not read as pictures: 1 .txt" in result.stderr
    told = augment("preview", spec(), texts / "a.txt")
    assert told.exit_code == 1 and f"{texts / 'a.txt'}: is not read as a picture; .bmp, .gif," in told.stderr
    told = augment("apply", spec(), texts / "a.txt", tmp_path / "out")
    assert told.exit_code == 1 and "image" in told.stderr and "a.txt is a file of texts" in told.stderr
    told = augment("apply", spec("targets: {note: text}\npipeline: [identity]"), texts, tmp_path / "out")
    assert "targets declares none (note): add {image: image} to targets; texts alone" in told.stderr
    assert not (tmp_path / "out").exists()


def test_what_fails_in_every_copy_is_told_once(augment, spec, photos, tmp_path):
    (photos / "dark.png").write_bytes(b"\x89PNG junk")
    result = augment("apply", spec(), photos, tmp_path / "out", "--copies", 3)
    assert result.stderr.count("failed: ") == 1
    assert "6 of 9 made" in result.stdout
    assert "3 failed" in result.stdout
    (photos / "dark.png").unlink()
    # an op that not every copy meets
    some = spec("seed: 3\npipeline: [sequence: {p: 0.5, ops: [random_crop: {size: 500}]}]")
    result = augment("apply", some, photos / "cat.jpg", tmp_path / "some", "--copies", 4)
    kept = {path.stem.rpartition("__")[2] for path in (tmp_path / "some").iterdir()}
    missing = [name for name in ("a0", "a1", "a2", "a3") if name not in kept]
    assert 0 < len(missing) < 4
    assert f"(copies {', '.join(missing)})" in result.stderr
    (tmp_path / "some").rename(tmp_path / "other")
    data = json.loads(augment("apply", some, photos / "cat.jpg", tmp_path / "some", "--copies", 4, "--json").stdout)
    assert [f["epochs"] for f in data["failed"]] == [[int(name[1:]) for name in missing]]


def test_mixing_draws_partners_from_the_folder(augment, spec, photos, tmp_path, read):
    path = spec("pipeline: [mixup: {alpha: 1}]")
    result = augment("apply", path, photos, tmp_path / "out")
    assert result.exit_code == 0
    assert "the name of a picture's folder is not its label any more" in result.stderr
    samples = [{"image": read(photos / f"{key}.jpg")} for key in ("cat", "hot/coffee")]
    wanted = library.compile(path).over(samples)[1]["image"]
    np.testing.assert_array_equal(read(tmp_path / "out" / "hot" / "coffee.png"), wanted)
    assert np.abs(wanted.astype(int) - samples[1]["image"]).mean() > 1


def test_mixing_one_picture_is_refused(augment, spec, photos, tmp_path):
    result = augment("apply", spec("pipeline: [mixup: {alpha: 1}]"), photos / "cat.jpg", tmp_path / "out")
    assert result.exit_code == 1
    assert "needs at least two pictures" in result.stderr


def test_results_do_not_depend_on_the_workers(augment, spec, photos, tmp_path):
    augment("apply", spec(), photos, tmp_path / "one", "--copies", 2)
    assert augment("apply", spec(), photos, tmp_path / "two", "--copies", 2, "--workers", 2).exit_code == 0
    names = sorted(results_of(tmp_path / "one"))
    assert names == sorted(results_of(tmp_path / "two"))
    assert all((tmp_path / "one" / name).read_bytes() == (tmp_path / "two" / name).read_bytes() for name in names)


def test_a_summary_as_json(augment, spec, photos, tmp_path):
    (photos / "broken.png").write_bytes(b"no")
    result = augment("apply", spec(), photos, tmp_path / "out", "--json")
    data = json.loads(result.stdout)
    assert result.exit_code == 1
    assert (data["made"], data["kept"], len(data["written"])) == (2, 0, 2)
    assert data["failed"][0]["file"] == str(photos / "broken.png")


def test_bad_specs_and_backends_stop_before_anything_is_written(augment, spec, photos, tmp_path):
    assert augment("apply", spec("pipeline: [rotat: 3]"), photos, tmp_path / "out").exit_code == 1
    assert augment("apply", spec(), photos, tmp_path / "out", "--backend", "keas").exit_code == 1
    assert augment("apply", spec(), tmp_path / "nowhere", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()
