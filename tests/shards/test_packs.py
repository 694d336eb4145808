"""Results in tars and in Parquet: read back by the libraries that people read them with, and as whole as files are."""

import io
import json
import random
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from augment.data.job import Runner
from augment.files.whole import TEMPORARY

PHOTOS = Path(__file__).parents[2] / "augment" / "photos"
TARGETS = "{image: image, mask: mask, labels: labels}"
SPEC = f"seed: 5\ntargets: {TARGETS}\npipeline: [rotate: ±20, random_crop: 40, brightness: 1±0.3]\n"
COUNT = 14


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Parts of photographs in folders of classes, and their masks."""
    root = tmp_path_factory.mktemp("data")
    with Image.open(PHOTOS / "cat.jpg") as one, Image.open(PHOTOS / "masks" / "cat.png") as two:
        picture, mask = one.resize((240, 160)), two.resize((240, 160), Image.Resampling.NEAREST)
    for i in range(COUNT):
        box = (i * 12, i * 7, i * 12 + 64, i * 7 + 60)
        for folder, part in (("images", picture), ("masks", mask)):
            place = root / folder / ("dog", "cat")[i % 2] / f"{i:03}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            part.crop(box).save(place)
    (root / "spec.yaml").write_text(SPEC)
    return root


@pytest.fixture
def go(augment, photos):
    def apply(out, *more):
        return augment("apply", photos / "spec.yaml", photos / "images", out, "--masks", photos / "masks", "--classes", *more)

    return apply


@pytest.fixture
def wanted(go, tmp_path):
    """Image and mask of each result by its key, as files hold them."""
    assert go(tmp_path / "files").exit_code == 0
    folder = tmp_path / "files"
    return {
        path.relative_to(folder / "images").with_suffix("").as_posix(): [
            np.asarray(Image.open(folder / part / path.relative_to(folder / "images"))) for part in ("images", "masks")
        ]
        for path in sorted((folder / "images").rglob("*.png"))
    }


def _bytes(folder, suffix):
    return {path.name: path.read_bytes() for path in sorted(folder.glob(f"*{suffix}"))}


def test_webdataset_reads_its_tars(go, wanted, tmp_path):
    wds = pytest.importorskip("webdataset", reason="needs webdataset: pip install 'augment-spec[webdataset]'")
    out = tmp_path / "out"
    assert go(out, "--format", "webdataset", "--shard-size", 4).exit_code == 0
    urls = [str(path) for path in sorted(out.glob("*.tar"))]
    assert [Path(url).name for url in urls] == [f"shard-{i:06}.tar" for i in range(4)]
    made = list(wds.WebDataset(urls, shardshuffle=False).decode("pil"))
    assert [sample["__key__"] for sample in made] == list(wanted)
    for sample in made:
        image, mask = wanted[sample["__key__"]]
        np.testing.assert_array_equal(np.asarray(sample["png"]), image)
        np.testing.assert_array_equal(np.asarray(sample["mask.png"])[..., 0], mask)  # it decodes all as RGB
        assert sample["cls"] == ["cat", "dog"].index(sample["__key__"].partition("/")[0])


@pytest.mark.parametrize("form", ["webdataset", "parquet"])
def test_hugging_face_reads_what_is_written(go, wanted, tmp_path, form):
    datasets = pytest.importorskip("datasets")
    pytest.importorskip({"webdataset": "webdataset", "parquet": "pyarrow"}[form])
    out = tmp_path / "out"
    assert go(out, "--format", form, "--shard-size", 5).exit_code == 0
    suffix = {"webdataset": ".tar", "parquet": ".parquet"}[form]
    files = [str(path) for path in sorted(out.glob(f"*{suffix}"))]
    data = datasets.load_dataset(form, data_files=files, split="train", cache_dir=str(tmp_path / "cache"))
    assert len(data) == COUNT
    names = ("__key__", "png", "mask.png") if form == "webdataset" else ("key", "image", "mask")
    for row in data:
        key, image, mask = (row[name] for name in names)
        np.testing.assert_array_equal(np.asarray(image), wanted[key][0])
        np.testing.assert_array_equal(np.asarray(mask), wanted[key][1])
    if form == "parquet":
        assert data.features["label"].names == ["cat", "dog"]
        assert [data.features["label"].int2str(row["label"]) for row in data] == [key.partition("/")[0] for key in wanted]


def test_hugging_face_reads_a_folder_with_its_metadata(augment, photos, tmp_path):
    datasets = pytest.importorskip("datasets")
    images, out = tmp_path / "images", tmp_path / "out"
    shutil.copytree(photos / "images" / "dog", images)
    names = sorted(path.name for path in images.iterdir())
    lines = [json.dumps({"file_name": name, "text": f"a cat on the left, {i}"}) for i, name in enumerate(names)]
    (images / "metadata.jsonl").write_text("\n".join(lines))
    (tmp_path / "spec.yaml").write_text("targets: {image: image, text: caption}\npipeline: [horizontal_flip: {p: 1}]\n")
    labels = images / "metadata.jsonl"
    assert augment("apply", tmp_path / "spec.yaml", images, out, "--labels", labels).exit_code == 0
    data = datasets.load_dataset("imagefolder", data_dir=str(out), split="train", cache_dir=str(tmp_path / "cache"))
    assert [row["text"] for row in data] == [f"a cat on the right, {i}" for i in range(len(names))]
    for row, name in zip(data, names, strict=True):
        np.testing.assert_array_equal(np.asarray(row["image"]), np.asarray(Image.open(images / name))[:, ::-1])


def test_hugging_face_reads_folders_of_classes(augment, photos, tmp_path):
    datasets = pytest.importorskip("datasets")
    (tmp_path / "spec.yaml").write_text("pipeline: [horizontal_flip: {p: 1}]\n")
    assert augment("apply", tmp_path / "spec.yaml", photos / "images", tmp_path / "out").exit_code == 0
    data = datasets.load_dataset("imagefolder", data_dir=str(tmp_path / "out"), split="train", cache_dir=str(tmp_path / "cache"))
    made = sorted((photos / "images").rglob("*.png"))
    assert data.features["label"].names == ["cat", "dog"]
    assert [data.features["label"].int2str(label) for label in data["label"]] == [path.parent.name for path in made]
    for image, path in zip(data["image"], made, strict=True):
        np.testing.assert_array_equal(np.asarray(image), np.asarray(Image.open(path))[:, ::-1])


@pytest.mark.parametrize("form", ["webdataset", "parquet"])
def test_a_run_that_ends_on_the_way_leaves_whole_files(go, tmp_path, monkeypatch, form):
    pytest.importorskip({"webdataset": "webdataset", "parquet": "pyarrow"}[form])
    suffix = {"webdataset": ".tar", "parquet": ".parquet"}[form]
    whole, out, rng = tmp_path / "whole", tmp_path / "out", random.Random(form)
    more = ("--format", form, "--shard-size", 3)
    assert go(whole, *more, "--workers", 2).exit_code == 0
    run = Runner.__call__
    for _ in range(3):
        end = rng.randrange(COUNT)

        def ended(self, place, *more, end=end):
            if place == end:
                raise KeyboardInterrupt
            return run(self, place, *more)

        with monkeypatch.context() as patched:
            patched.setattr(Runner, "__call__", ended)
            go(out, *more, "--resume")
        made = _bytes(out, suffix)
        assert made == {name: data for name, data in _bytes(whole, suffix).items() if name in made}
    assert go(out, *more, "--resume").exit_code == 0
    assert _bytes(out, suffix) == _bytes(whole, suffix)
    [first], [second] = (list(folder.glob(".augment/*/manifest.json")) for folder in (out, whole))
    assert first.read_bytes() == second.read_bytes()
    assert not [path for path in out.rglob("*") if TEMPORARY.fullmatch(path.name)]
    next(out.glob(f"*{suffix}")).unlink()
    assert go(out, *more, "--resume").exit_code == 0
    assert _bytes(out, suffix) == _bytes(whole, suffix)
    assert "exist; --force" in go(out, *more).stderr


def test_a_sample_that_fails_is_told_and_its_shard_made_again(go, photos, tmp_path):
    pytest.importorskip("webdataset", reason="needs webdataset: pip install 'augment-spec[webdataset]'")
    whole, out, more = tmp_path / "whole", tmp_path / "out", ("--format", "webdataset", "--shard-size", 4, "--resume")
    assert go(whole, *more).exit_code == 0
    broken = photos / "images" / "dog" / "004.png"
    good = broken.read_bytes()
    try:
        broken.write_bytes(good[:200])
        result = go(out, *more)
        assert result.exit_code == 1 and f"failed: {broken}: is damaged" in result.stderr
    finally:
        broken.write_bytes(good)
    assert go(out, *more).exit_code == 0
    assert _bytes(out, ".tar") == _bytes(whole, ".tar")


def test_what_a_pack_has_no_place_for_is_refused(augment, photos, tmp_path):
    pytest.importorskip("webdataset", reason="needs webdataset: pip install 'augment-spec[webdataset]'")
    (tmp_path / "images").mkdir()
    Image.fromarray(np.zeros((50, 50, 3), np.uint8)).save(tmp_path / "images" / "a.b.png")
    (tmp_path / "spec.yaml").write_text("pipeline: [brightness: 1.1]\n")
    result = augment("apply", tmp_path / "spec.yaml", tmp_path / "images", tmp_path / "out", "--format", "webdataset")
    assert result.exit_code == 1 and "'a.b' has a dot" in result.stderr


def test_floats_are_arrays_in_tars_and_refused_in_parquet(augment, photos, tmp_path):
    wds = pytest.importorskip("webdataset", reason="needs webdataset: pip install 'augment-spec[webdataset]'")
    pytest.importorskip("pyarrow")
    (tmp_path / "spec.yaml").write_text("pipeline: [center_crop: 32, normalize: imagenet]\n")
    call = ("apply", tmp_path / "spec.yaml", photos / "images", tmp_path / "out", "--format")
    assert augment(*call, "webdataset", "--shard-size", 100).exit_code == 0
    [sample, *_] = wds.WebDataset(str(next((tmp_path / "out").glob("*.tar"))), shardshuffle=False)
    assert np.load(io.BytesIO(sample["npy"])).dtype == np.float32
    result = augment("apply", tmp_path / "spec.yaml", photos / "images", tmp_path / "out3", "--format", "parquet")
    assert result.exit_code == 1 and "is no picture of 8 bits" in result.stderr
