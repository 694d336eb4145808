"""What a run would do, how far it is, and what stands of it."""

import json
import random
import shutil

import numpy as np
import pytest

from augment.cli import watching
from augment.data.job import Runner
from augment.shards import Plan

COUNT = 40


def test_a_plan_is_a_function_of_the_source_alone():
    for samples in (0, 1, 5, 64, 65, 1000):
        for size in (1, 7, 64, 5000):
            plan = Plan("x", samples, size, (0, 3))
            shards = list(plan)
            assert len(shards) == len(plan) and [plan[i] for i in range(len(plan))] == shards
            for epoch in (0, 3):
                own = [shard for shard in shards if shard.epoch == epoch]
                assert [i for shard in own for i in range(shard.start, shard.stop)] == list(range(samples))
                assert {len(shard) for shard in own[:-1]} <= {size}
            assert len({shard.name for shard in shards}) == len(shards)
    with pytest.raises(IndexError):
        Plan("x", 3, 2)[2]


def test_a_plan_is_shown_and_nothing_is_written(augment, spec_file, source, tmp_path):
    out = tmp_path / "out"
    result = augment("apply", spec_file, source, out, "--plan", "--shard-size", 16, "--copies", 2)
    assert (result.exit_code, result.stderr) == (0, "")
    first, second = result.stdout.splitlines()
    assert first.endswith(f": {COUNT} samples x 2 copies in 6 shards of 16")
    assert second.startswith("from 10 samples: ") and "a result; about " in second
    assert not out.exists()
    data = json.loads(augment("apply", spec_file, source, out, "--plan", "--shard-size", 16, "--json").stdout)
    assert data["plan"] in first or len(data["plan"]) == 16
    assert (data["shards"], data["left"]) == (3, {"shards": 3, "results": COUNT})
    assert augment("apply", spec_file, source, out, "--shard-size", 16).exit_code == 0
    real = sum(place.stat().st_size for place in out.glob("*.png"))
    assert data["estimate"]["bytes"] == pytest.approx(real, rel=0.1)
    next(out.glob("*.png")).unlink()
    left = augment("apply", spec_file, source, out, "--plan", "--resume").stdout
    assert "left: 16 results in 1 shards" in left


def test_the_status_says_what_stands_and_what_failed(augment, spec_file, source, tmp_path, monkeypatch):
    images, out, rng = tmp_path / "images", tmp_path / "out", random.Random(1)
    shutil.copytree(source, images)
    (images / "031.npy").write_bytes(b"no array")
    assert "receipts tell of" in augment("apply", "--status", images).stderr
    run = Runner.__call__

    def ended(self, place, *more):
        if place == 35:
            raise KeyboardInterrupt
        return run(self, place, *more)

    with monkeypatch.context() as patched:
        patched.setattr(Runner, "__call__", ended)
        assert augment("apply", spec_file, images, out, "--shard-size", 4).exit_code != 0
    result = augment("apply", "--status", out)
    assert result.exit_code == 1
    assert f"31 of {COUNT} results of {images} stand in {out}" in result.stdout
    assert "7 of 10 shards are done, 1 begun" in result.stdout
    assert f"failed: {images / '031.npy'}: is no array" in result.stdout
    assert "8 results are missing: the same call with --resume makes them" in result.stdout
    shutil.copy(source / "031.npy", images / "031.npy")
    assert augment("apply", spec_file, images, out, "--resume").exit_code == 0
    result = augment("apply", "--status", out)
    assert (result.exit_code, result.stdout.splitlines()[1]) == (0, "  10 of 10 shards are done")
    gone = rng.choice(sorted(out.glob("*.png")))
    gone.unlink()
    result = augment("apply", "--status", out)
    assert result.exit_code == 1 and f"gone: {gone}: is gone" in result.stdout


def test_events_are_lines_of_json(augment, spec_file, source, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "MOMENT", 0.0)
    result = augment("apply", spec_file, source, tmp_path / "out", "--events", "--json")
    events = [json.loads(line) for line in result.stderr.splitlines()]
    assert [event["done"] for event in events] == [*range(1, COUNT + 1), COUNT]
    assert {event["event"] for event in events[:-1]} == {"progress"} and events[-1]["event"] == "done"
    assert events[0].keys() == {"event", "done", "of", "failed", "rate", "left_s"}
    assert json.loads(result.stdout)["made"] == COUNT


def test_long_runs_say_how_far_they_are_where_nobody_looks(augment, spec_file, source, tmp_path, monkeypatch):
    monkeypatch.setattr(watching, "EVERY", 0.0)
    result = augment("apply", spec_file, source, tmp_path / "out")
    first, *_, last = result.stderr.splitlines()
    assert first.startswith(f"1 of {COUNT} done; ") and last.startswith(f"{COUNT} of {COUNT} done; ")
    assert watching.duration(3) == "3.0 s" and watching.duration(200_000) == "2.3 days"


def test_what_is_dropped_is_in_the_receipts(augment, tmp_path):
    images, labels, out = tmp_path / "images", tmp_path / "labels", tmp_path / "out"
    for folder in (images, labels):
        folder.mkdir()
    for i in range(4):
        np.save(images / f"{i}.npy", np.full((40, 40, 3), 100, np.uint8))
        boxes = [[0, 0, 10, 10], [15, 15, 25, 25]][: i + 1]
        (labels / f"{i}.json").write_text(json.dumps({"boxes": boxes, "labels": list(range(len(boxes)))}))
    (tmp_path / "spec.yaml").write_text(
        "targets: {image: image, boxes: {kind: boxes, carry: [labels]}}\npipeline: [center_crop: 16]\n"
    )
    assert augment("apply", tmp_path / "spec.yaml", images, out, "--labels", labels).exit_code == 0
    [state] = (out / ".augment").iterdir()
    told = json.loads((state / "manifest.json").read_text())
    assert told["dropped"] == {"boxes": {"left the image at pipeline[0].center_crop": 4}}
    rows = [json.loads(path.read_text().splitlines()[0]) for path in sorted(state.glob("0-*.jsonl"))]
    assert [row["dropped"] for row in rows] == [{"boxes": {"left the image at pipeline[0].center_crop": 1}}] * 4
    assert sorted(rows[0]["files"]) == ["images/0.png", "labels/0.json"]
    assert told["versions"].keys() >= {"numpy", "pillow"} and told["plan"]["quality"] is None
