"""Tars and Parquet as sources: what is written is read again, by streams, and what is damaged is told while the rest is done."""

import io
import json
import random
import tarfile
import tracemalloc

import numpy as np
import pytest
from PIL import Image

import augment as library
from augment.data import Packs, samples_of
from augment.sample import DEFAULT_TARGETS

from ..conftest import results_of

pytest.importorskip("webdataset")
pa = pytest.importorskip("pyarrow")
from pyarrow import parquet  # noqa: E402

COUNT = 11
FORMS = ["webdataset", "parquet"]
TARGETS = "targets: {image: image, mask: mask, labels: labels}"
SPEC = f"seed: 5\n{TARGETS}\npipeline: [rotate: ±20, random_crop: 30, brightness: 1±0.3]\n"
AS_IT_IS = f"{TARGETS}\npipeline: [brightness: 1.0]\n"


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    """Pictures in folders of classes, and their masks."""
    root = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(0)
    for i in range(COUNT):
        image, mask = rng.integers(0, 255, (40, 44, 3), np.uint8), rng.integers(0, 3, (40, 44), np.uint8)
        for folder, array in (("images", image), ("masks", mask)):
            place = root / folder / ("dog", "cat")[i % 2] / f"{i:03}.png"
            place.parent.mkdir(parents=True, exist_ok=True)
            Image.fromarray(array).save(place)
    (root / "spec.yaml").write_text(SPEC)
    (root / "same.yaml").write_text(AS_IT_IS)
    return root


@pytest.fixture(scope="module")
def packs(photos, tmp_path_factory):
    """The same in tars and in Parquet, four to a pack, unchanged."""
    from click.testing import CliRunner

    from augment.cli import main

    root = tmp_path_factory.mktemp("packs")
    for form in FORMS:
        call = ["apply", photos / "same.yaml", photos / "images", root / form, "--masks", photos / "masks", "--classes"]
        assert CliRunner().invoke(main, [*map(str, call), "--format", form, "--shard-size", "4"]).exit_code == 0
    return root


def _digests(out):
    """The digest of each file of each sample, by its key and what it is, from the receipts."""
    rows = [json.loads(line) for path in out.glob(".augment/*/0-*.jsonl") for line in path.read_text().splitlines()[:-1]]
    return {(row["key"], name): digest for row in rows for name, digest in row.get("files", {}).items()}


@pytest.mark.parametrize("source", FORMS)
@pytest.mark.parametrize("form", FORMS)
def test_what_is_written_is_read(augment, photos, packs, tmp_path, source, form):
    result = augment("apply", photos / "same.yaml", packs / source, tmp_path / "out", "--format", form)
    assert (result.exit_code, result.stderr, result.stdout) == (0, "", f"{COUNT} of {COUNT} made in {tmp_path / 'out'}\n")
    assert _digests(tmp_path / "out") == _digests(packs / source)
    if source == form == "webdataset":
        assert results_of(tmp_path / "out") == results_of(packs / source)


def test_any_source_and_any_number_of_workers_give_the_same(augment, photos, packs, tmp_path):
    made = []
    for i, (source, *more) in enumerate([
        (packs / "webdataset",), (packs / "parquet", "--workers", 2), (f"{packs}/webdataset/shard-{{000000..000002}}.tar",),
    ]):  # fmt: skip
        out = tmp_path / str(i)
        assert augment("apply", photos / "spec.yaml", source, out, "--format", "webdataset", *more).exit_code == 0
        made.append(_digests(out))
        assert augment("apply", "--status", out).exit_code == 0
    assert made[0] == made[1] == made[2] and len(made[0]) == 3 * COUNT
    key = "cat/003"
    image, mask = (np.asarray(Image.open(photos / folder / f"{key}.png")) for folder in ("images", "masks"))
    wanted = library.compile(str(photos / "spec.yaml"), "reference").at(key=key)({"image": image, "mask": mask, "labels": 0})
    with tarfile.open(tmp_path / "0" / "shard-000000.tar") as tar:
        found = Image.open(io.BytesIO(tar.extractfile(f"{key}.png").read()))
        np.testing.assert_array_equal(np.asarray(found), wanted["image"])


def test_files_of_packs_are_as_unpacked(augment, photos, packs, tmp_path):
    for _ in range(2):
        result = augment("apply", photos / "same.yaml", packs / "webdataset", tmp_path / "out", "--resume")
        assert result.exit_code == 0
    assert result.stdout == f"0 of 0 made in {tmp_path / 'out'}, {COUNT} were there\n"
    with tarfile.open(packs / "webdataset" / "shard-000001.tar") as tar:
        wanted = {f"shard-000001/{name}": tar.extractfile(name).read() for name in tar.getnames()}
    found = results_of(tmp_path / "out")
    assert len(found) == 3 * COUNT and wanted.items() <= found.items()
    assert "and 32 more exist" in augment("apply", photos / "same.yaml", packs / "webdataset", tmp_path / "out").stderr


def test_packs_are_a_sequence(photos, packs):
    for form in FORMS:
        samples = samples_of(Packs(packs / form, DEFAULT_TARGETS))
        keys = [path.relative_to(photos / "images") for path in sorted((photos / "images").rglob("*.png"))]
        assert len(samples) == COUNT
        for i in (10, 0, 5):
            np.testing.assert_array_equal(samples[i]["image"], np.asarray(Image.open(photos / "images" / keys[i])))
            assert samples[i]["labels"] == ["cat", "dog"].index(keys[i].parts[0])


def _tar(path, members):
    with tarfile.open(path, "w") as tar:
        for name, data in members.items():
            info = tarfile.TarInfo(name)
            info.size = len(data)
            tar.addfile(info, io.BytesIO(data))


def _png(value, size=8):
    file = io.BytesIO()
    Image.fromarray(np.full((size, size, 3), value, np.uint8)).save(file, "png")
    return file.getvalue()


def test_entries_of_all_kinds(augment, tmp_path):
    """Boxes and names in json, a class, a caption; what has no meaning goes along."""
    entries = {"boxes": [[0, 0, 2, 4]], "labels": ["a"], "id": 7}
    files = {"png": _png(3), "json": json.dumps(entries).encode(), "txt": b"a cup on the left", "url": b"x://y"}
    _tar(tmp_path / "a.tar", {f"one.{ending}": data for ending, data in files.items()})
    targets = "{image: image, boxes: {kind: boxes, carry: [labels]}, text: caption}"
    (tmp_path / "spec.yaml").write_text(f"targets: {targets}\npipeline: [horizontal_flip: {{p: 1}}]\n")
    for source, form in ((tmp_path / "a.tar", "webdataset"), (tmp_path / "webdataset", "webdataset")):
        out = tmp_path / (form if source.suffix else "again")
        assert augment("apply", tmp_path / "spec.yaml", source, out, "--format", form).exit_code == 0
        with tarfile.open(out / "shard-000000.tar") as tar:
            found = {name: tar.extractfile(name).read() for name in tar.getnames()}
        flipped = out.name == "webdataset"
        assert found["one.txt"].decode() == f"a cup on the {'right' if flipped else 'left'}" and found["one.url"] == b"x://y"
        boxes = [[6, 0, 8, 4]] if flipped else [[0, 0, 2, 4]]
        assert json.loads(found["one.json"]) == {**entries, "boxes": boxes}


def test_a_tar_that_is_cut_off_is_told_and_made_once_it_is_whole(moment, augment, photos, packs, tmp_path):
    source, out, whole = tmp_path / "in", tmp_path / "out", tmp_path / "whole"
    source.mkdir()
    for path in (packs / "webdataset").glob("*.tar"):
        (source / path.name).write_bytes(path.read_bytes())
    more = ("--format", "webdataset", "--resume")
    assert augment("apply", photos / "spec.yaml", source, whole, *more).exit_code == 0
    harmed = source / "shard-000001.tar"
    good = harmed.read_bytes()
    ends = (len(good) // 2, 3 * 512 + 100, len(good) - 10240, 0)
    for cut in (*ends[: 0 if moment else None], random.Random(moment).randrange(len(good) - 10240)):
        harmed.write_bytes(good[:cut])
        result = augment("apply", photos / "spec.yaml", source, out, *more)
        assert result.exit_code == 1 and f"failed: {harmed}:" in result.stderr, (cut, result.stderr)
        made = _digests(out)
        assert made.items() < _digests(whole).items() and len({key for key, _ in made}) >= COUNT - 4
    harmed.write_bytes(good)
    assert augment("apply", photos / "spec.yaml", source, out, *more).exit_code == 0
    assert results_of(out) == results_of(whole)
    [one], [two] = (list(folder.glob(".augment/*/manifest.json")) for folder in (out, whole))
    assert one.read_bytes() == two.read_bytes()


@pytest.mark.parametrize("form", FORMS)
def test_a_read_error_in_the_middle(moment, augment, photos, packs, tmp_path, monkeypatch, form):
    harmed = next((packs / form).glob("shard-000001*"))
    end = random.Random(moment).randrange(harmed.stat().st_size - 10240)

    class Bad(io.FileIO):
        def readinto(self, buffer):
            if self.tell() >= end:
                raise OSError(5, "Input/output error")
            return super().readinto(memoryview(buffer)[: end - self.tell()])

    whole, out = tmp_path / "whole", tmp_path / "out"
    opened = type(harmed).open

    def open_(path, *more, **others):
        return io.BufferedReader(Bad(str(path))) if path == harmed else opened(path, *more, **others)

    call = ("apply", photos / "spec.yaml", packs / form)
    assert augment(*call, whole, "--format", form).exit_code == 0
    with monkeypatch.context() as patched:
        patched.setattr(type(harmed), "open", open_)
        result = augment(*call, out, "--format", form)
    assert result.exit_code == 1 and f"failed: {harmed}" in result.stderr and "Input/output error" in result.stderr
    made = results_of(out)
    assert made.keys() == results_of(whole).keys() and sum(made[name] != data for name, data in results_of(whole).items()) == 1
    assert augment(*call, out, "--format", form, "--resume").exit_code == 0
    assert results_of(out) == results_of(whole)


def test_broken_rows_are_told_and_the_rest_is_done(augment, tmp_path):
    picture = pa.struct([("bytes", pa.binary()), ("path", pa.string())])
    rows = [{"image": {"bytes": _png(i), "path": None}, "note": f"{i}"} for i in range(6)]
    rows[1]["image"] = {"bytes": None, "path": "/x.png"}
    rows[4]["image"]["bytes"] = b"no picture"
    table = pa.Table.from_pylist(rows, pa.schema({"image": picture, "note": pa.string()}))
    parquet.write_table(table, tmp_path / "a.parquet", row_group_size=2, compression="zstd", use_dictionary=False)
    place = parquet.ParquetFile(tmp_path / "a.parquet").metadata.row_group(1).column(0)
    data = bytearray((tmp_path / "a.parquet").read_bytes())
    data[place.data_page_offset : place.data_page_offset + 60] = bytes(60)
    (tmp_path / "a.parquet").write_bytes(data)
    (tmp_path / "spec.yaml").write_text("pipeline: [brightness: 1.0]\n")
    result = augment("apply", tmp_path / "spec.yaml", tmp_path / "a.parquet", tmp_path / "out")
    assert result.exit_code == 1 and "2 of 5 made" in result.stdout
    told = [line for line in result.stderr.splitlines() if line.startswith("failed")]
    assert "row 1: image: holds no picture, but only the path '/x.png'" in told[0]
    assert "rows 2 to 3 cannot be read" in told[1] and "a/000000004.png: is no picture" in told[2]
    found = {name: data for name, data in results_of(tmp_path / "out").items() if name.endswith(".json")}
    assert {name: json.loads(data) for name, data in found.items()} == {
        f"a/a/00000000{i}.json": {"note": f"{i}"} for i in (0, 5)
    }


def test_what_packs_cannot_be(augment, photos, packs, tmp_path):
    def told(*more, source=packs / "webdataset"):
        result = augment("apply", photos / "spec.yaml", source, tmp_path / "out", *more)
        assert result.exit_code == 1, result.stdout
        return result.stderr

    assert "each pack is a shard" in told("--shard-size", 3)
    assert "leave out --masks and --classes" in told("--classes")
    _tar(tmp_path / "a.tar", {"../x.png": _png(0)})
    assert "leads out of the folder" in told(source=tmp_path / "a.tar")
    _tar(tmp_path / "b.tar", {"x.txt": b"a"})
    assert "has no picture, only .txt" in told(source=tmp_path / "b.tar")
    (tmp_path / "c.tar").write_bytes(b"no tar at all" * 99)
    assert "c.tar: is cut off or damaged" in told(source=tmp_path / "c.tar")
    (tmp_path / "1.png").write_bytes(_png(0))
    assert "a pattern stands for several" in told(source=f"{tmp_path}/{{0..3}}.png")
    assert augment("apply", photos / "spec.yaml", f"{tmp_path}/{{0..3}}.tar", tmp_path / "out").exit_code == 2
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", FORMS)
def test_memory_does_not_grow_with_samples(tmp_path, form):
    count, path = 3000, tmp_path / f"a.{'tar' if form == 'webdataset' else 'parquet'}"
    pixels = np.random.default_rng(0).integers(0, 255, 300, np.uint8).tobytes()
    if form == "webdataset":
        _tar(path, {f"{i:05}.png": pixels for i in range(count)})
    else:
        image = [{"bytes": pixels + str(i).encode(), "path": None} for i in range(count)]
        parquet.write_table(pa.table({"image": image}), path, row_group_size=64, compression="none", use_dictionary=False)
    packs = Packs(path, {})
    sum(1 for _ in packs.items_of(0))  # which loads what it needs
    peaks = []
    for _ in range(3):  # what else a process does meanwhile counts as well, but not each time
        tracemalloc.start()
        assert sum(1 for _ in packs.items_of(0)) == count
        peaks.append(tracemalloc.get_traced_memory()[1])
        tracemalloc.stop()
    assert path.stat().st_size > 900_000
    assert min(peaks) < 150_000
