"""Stores that fsspec reaches as sources and destinations: the same bytes as in folders, put as a whole or not at all."""

import json

import numpy as np
import pytest
from PIL import Image

from augment.data.resume import is_kept
from augment.errors import FileError
from augment.files.remote import Remote, place

fsspec = pytest.importorskip("fsspec")
COUNT = 9
SPEC = "seed: 5\npipeline: [rotate: ±20, random_crop: 30, brightness: 1±0.3]\n"


@pytest.fixture
def memory():
    """The store in the memory of this process, empty."""
    store = fsspec.filesystem("memory")
    store.store.clear()
    store.pseudo_dirs[:] = [""]
    yield store
    store.store.clear()


@pytest.fixture(scope="module")
def photos(tmp_path_factory):
    root = tmp_path_factory.mktemp("data")
    rng = np.random.default_rng(0)
    for i in range(COUNT):
        path = root / "images" / ("dog", "cat")[i % 2] / f"{i:03}.png"
        path.parent.mkdir(parents=True, exist_ok=True)
        Image.fromarray(rng.integers(0, 255, (40, 44, 3), np.uint8)).save(path)
    (root / "spec.yaml").write_text(SPEC)
    return root


def _files(root):
    paths = root.below() if isinstance(root, Remote) else (p for p in root.rglob("*") if p.is_file())
    return {p.relative_to(root).as_posix(): p.read_bytes() for p in paths if not is_kept(p, root)}


def _manifest(root):
    [path] = root.glob(".augment/*/manifest.json")
    return {**json.loads(path.read_text(encoding="utf-8")), "source": 0}


@pytest.mark.parametrize("form", ["files", "webdataset", "parquet"])
def test_stores_hold_what_folders_hold(augment, photos, memory, tmp_path, form):
    source, out, more = place("memory://in/images"), place("memory://out"), ("--format", form, "--shard-size", 4)
    memory.put(str(photos / "images"), "/in/images", recursive=True)
    assert augment("apply", photos / "spec.yaml", photos / "images", tmp_path / "out", *more).exit_code == 0
    result = augment("apply", photos / "spec.yaml", source, out, *more)
    assert (result.exit_code, result.stderr, result.stdout) == (0, "", f"{COUNT} of {COUNT} made in {out}\n")
    assert _files(out) == _files(tmp_path / "out") and len(_files(out)) == (COUNT if form == "files" else 3)
    assert _manifest(out) == _manifest(tmp_path / "out") | {"plan": _manifest(out)["plan"]}
    assert augment("apply", "--status", out).exit_code == 0
    assert "more exist; --force" in augment("apply", photos / "spec.yaml", source, out, *more).stderr
    next(path for path in out.below() if not is_kept(path, out)).unlink()
    assert augment("apply", "--status", out).exit_code == 1
    assert augment("apply", photos / "spec.yaml", source, out, *more, "--resume").exit_code == 0
    assert _files(out) == _files(tmp_path / "out")
    if form != "files":  # packs of a store, back to files
        assert augment("apply", photos / "spec.yaml", out, tmp_path / "back").exit_code == 0
        assert len(_files(tmp_path / "back")) == COUNT


def test_labels_masks_and_npy_of_a_store(augment, photos, memory, tmp_path):
    names = sorted(path.name for path in (photos / "images" / "dog").iterdir())
    captions = "".join(json.dumps({"file_name": name, "text": "a cup on the left"}) + "\n" for name in names)
    memory.pipe("/in/images/metadata.jsonl", captions.encode())
    for name in names:
        for folder in ("images", "masks"):
            memory.pipe(f"/in/{folder}/{name}", (photos / "images" / "dog" / name).read_bytes())
    targets = "{image: image, mask: mask, text: caption}"
    (tmp_path / "spec.yaml").write_text(f"targets: {targets}\npipeline: [horizontal_flip: {{p: 1}}]\n")
    call = ("apply", tmp_path / "spec.yaml", "memory://in/images", "memory://out", "--labels", "memory://in/images/metadata.jsonl")
    result = augment(*call, "--masks", "memory://in/masks")
    assert result.exit_code == 0, result.stderr
    found = place("memory://out")
    rows = [json.loads(line) for line in (found / "metadata.jsonl").read_text("utf-8").splitlines()]
    assert {row["text"] for row in rows} == {"a cup on the right"} and len(list((found / "masks").glob("*.png"))) == len(names)
    np.save(tmp_path / "a.npy", np.full((9, 9, 3), 7, np.uint8))
    memory.put(str(tmp_path / "a.npy"), "/arrays/a.npy")
    (tmp_path / "same.yaml").write_text("pipeline: [brightness: 1.0]\n")
    assert augment("apply", tmp_path / "same.yaml", "memory://arrays", tmp_path / "b").exit_code == 0
    assert np.asarray(Image.open(tmp_path / "b" / "a.png")).tolist() == np.full((9, 9, 3), 7).tolist()


def test_what_is_read_through_a_cache_by_workers(augment, photos, tmp_path):
    """Processes of their own reach the store by its name alone."""
    assert augment("apply", photos / "spec.yaml", photos / "images", tmp_path / "one").exit_code == 0
    source = f"simplecache::file://{photos / 'images'}"
    assert augment("apply", photos / "spec.yaml", source, tmp_path / "two", "--workers", 2).exit_code == 0
    assert _files(tmp_path / "two") == _files(tmp_path / "one")
    assert place(f"file://{tmp_path}/a%20b") == tmp_path / "a b" and not isinstance(place("file:///a"), Remote)


def test_a_put_that_fails_leaves_nothing(augment, photos, memory, monkeypatch):
    run, left = type(memory).pipe_file, [14]

    def full(self, path, data, *more, **others):
        left[0] -= 1
        if left[0] < 0:
            raise RuntimeError("SlowDown: please reduce your request rate")
        return run(self, path, data, *more, **others)

    call = ("apply", photos / "spec.yaml", photos / "images", "memory://out", "--resume")
    with monkeypatch.context() as patched:
        patched.setattr(type(memory), "pipe_file", full)
        result = augment(*call)
    assert result.exit_code == 1 and "cannot be written (SlowDown" in result.stderr
    assert augment(*call).exit_code == 0
    assert len(_files(place("memory://out"))) == COUNT
    names = [name for name in memory.store if "part" in name or "begun" in name]
    assert not names


def test_places_that_nobody_reaches(augment, photos):
    for text, told in (("nope://x", "Protocol not known"), ("memory://none", "does not exist")):
        result = augment("apply", photos / "spec.yaml", text, "memory://out")
        assert result.exit_code in (1, 2) and told in result.stderr
    with pytest.raises(FileError, match="is no place that fsspec reaches"):
        place("nope://x")
    with pytest.raises(TypeError, match="no file of this machine"):
        open(place("memory://x"))  # noqa: PTH123, SIM115
