"""Whatever dies on the way, and whenever: the same command again, and all stands as if nothing had happened."""

import contextlib
import os
import random
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import numpy as np
import pytest

from augment.files.whole import TEMPORARY

COUNT = 40
"""Of the pictures in `source`."""
linux = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc, which Linux has")


def _moment(out, moment, wait, process, rng):
    """Wait until some results stand, and then a while."""
    some = rng.randrange(1, COUNT - 8)
    wait(lambda: len(list(out.glob("*.png"))) >= some, process)
    time.sleep(rng.random() * 0.05)


def beside_progress(told):
    """What a run said but how far it is, which a slow machine gives it time for."""
    return "".join(line for line in told.splitlines(keepends=True) if not re.match(r"\d+ of \d+ done; ", line))


@linux
@pytest.mark.parametrize("who", ["worker", "driver", "interrupt", "terminate"])
def test_a_death_at_any_moment(who, moment, source, spec_file, start, wait, workers_of, check_whole, tmp_path):
    out, rng = tmp_path / "out", random.Random(f"{who} {moment}")
    command = (spec_file, source, out, "--resume", "--workers", 2)
    process = start(*command)
    try:
        _moment(out, moment, wait, process, rng)
        if who == "worker":
            with contextlib.suppress(ProcessLookupError, IndexError):
                os.kill(rng.choice(workers_of(process.pid)), signal.SIGKILL)
        else:
            process.send_signal({"driver": signal.SIGKILL, "interrupt": signal.SIGINT, "terminate": signal.SIGTERM}[who])
        said, told = process.communicate(timeout=120)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    assert "Traceback" not in told
    if who == "worker":  # which is replaced
        assert (process.returncode, beside_progress(told)) == (0, "")
        check_whole(out)
    again = start(*command)
    said, told = again.communicate(timeout=120)
    assert (again.returncode, beside_progress(told)) == (0, ""), said
    check_whole(out)


def test_a_disk_that_is_full_on_the_way(moment, source, spec_file, augment, check_whole, monkeypatch, tmp_path):
    out, left = tmp_path / "out", [random.Random(moment).randrange(3, 2 * COUNT)]
    synced = os.fsync

    def full(number):
        left[0] -= 1
        if left[0] < 0:
            raise OSError(28, "No space left on device")
        return synced(number)

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        result = augment("apply", spec_file, source, out, "--resume")
    assert result.exit_code == 1
    assert "cannot be written (No space left on device)" in result.stderr
    assert augment("apply", spec_file, source, out, "--resume").exit_code == 0
    check_whole(out)


@linux
def test_a_real_disk_that_is_full(moment, source, spec_file, start, check_whole, tmp_path):
    disk, size = tmp_path / "disk", random.Random(moment).randrange(100_000, 600_000)  # of 1 MB that is needed
    disk.mkdir()
    done = subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(disk)], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("may not mount a file system")
    try:
        command = (spec_file, source, disk / "out", "--resume", "--workers", 2)
        process = start(*command)
        _, told = process.communicate(timeout=120)
        assert process.returncode == 1
        assert "No space left on device" in told and "Traceback" not in told
        subprocess.run(["mount", "-o", "remount,size=20m", str(disk)], check=True)
        process = start(*command)
        _, told = process.communicate(timeout=120)
        assert (process.returncode, beside_progress(told)) == (0, "")
        check_whole(disk / "out")
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=False)


def test_what_cannot_be_read_is_told_and_made_once_it_can(moment, source, spec_file, augment, check_whole, tmp_path):
    images, out, rng = tmp_path / "images", tmp_path / "out", random.Random(moment)
    shutil.copytree(source, images)
    harmed = images / f"{rng.randrange(COUNT):03}.npy"
    good = harmed.read_bytes()
    harmed.write_bytes(good[: rng.randrange(len(good))])
    for _ in range(2):  # the same command again says the same
        result = augment("apply", spec_file, images, out, "--resume")
        assert result.exit_code == 1
        assert [line.split(": ")[:2] for line in result.stderr.splitlines()] == [["failed", str(harmed)]]
    harmed.write_bytes(good)
    assert augment("apply", spec_file, images, out, "--resume").exit_code == 0
    check_whole(out)


def test_results_that_were_removed_are_made_again(source, spec_file, augment, check_whole, tmp_path):
    out, rng = tmp_path / "out", random.Random(0)
    assert augment("apply", spec_file, source, out).exit_code == 0
    for place in rng.sample(sorted(out.glob("*.png")), 7):
        place.unlink()
    result = augment("apply", spec_file, source, out, "--resume")
    assert (result.exit_code, result.stdout) == (0, f"7 of 7 made in {out}, {COUNT - 7} were there\n")
    check_whole(out)


def test_a_run_that_died_just_before_its_end_is_ended(source, spec_file, augment, check_whole, tmp_path):
    out = tmp_path / "out"
    assert augment("apply", spec_file, source, out).exit_code == 0
    [state] = (out / ".augment").iterdir()
    (state / "manifest.json").unlink()
    (out / f".007.png.{state.name}-1f.part").write_bytes(b"half")
    other = out / ".007.png.0123456789abcdef-1f.part"
    other.write_bytes(b"half, of another call that runs meanwhile")
    assert augment("apply", spec_file, source, out, "--resume").exit_code == 0
    other.unlink()
    check_whole(out)


@pytest.mark.parametrize("harm", ["cut off", "empty", "of other samples"])
def test_a_receipt_that_cannot_be_read_is_none(harm, source, spec_file, augment, check_whole, tmp_path):
    out = tmp_path / "out"
    assert augment("apply", spec_file, source, out).exit_code == 0
    first, second = sorted(out.glob(".augment/*/0-*.jsonl"))[:2]
    data = {"cut off": first.read_bytes()[:-9], "empty": b"", "of other samples": second.read_bytes()}[harm]
    first.write_bytes(data)
    assert augment("apply", spec_file, source, out, "--resume").exit_code == 0
    check_whole(out)


def test_any_size_of_shards_makes_the_same(source, spec_file, augment, whole, results, manifest, tmp_path):
    for size in (1, 7, 1000):
        out = tmp_path / f"out{size}"
        assert augment("apply", spec_file, source, out, "--shard-size", size, "--workers", 2 * (size == 7)).exit_code == 0
        assert results(out) == whole[0]
        assert len(manifest(out)["shards"]) == -(-COUNT // size)
        result = augment("apply", spec_file, source, out, "--resume", "--shard-size", 3)
        assert result.exit_code == 1
        assert f"was begun with shards of {size}, not 3" in result.stderr


def test_a_source_that_kills_every_worker_is_given_up(augment, spec_file, tmp_path, monkeypatch):
    images = tmp_path / "images"
    images.mkdir()
    for i in range(3):
        np.save(images / f"{i}.npy", np.zeros((8, 8, 3), np.uint8))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    (tmp_path / "sitecustomize.py").write_text(  # as a library may, in processes that are spawned
        "import sys, threading, os\n"
        "if 'spawn_main' in ' '.join(sys.orig_argv):\n    threading.Timer(0.05, os._exit, (9,)).start()\n"
    )
    result = augment("apply", spec_file, images, tmp_path / "out", "--workers", 2)
    assert result.exit_code == 1
    assert "a worker process died again and again" in result.stderr


@linux
def test_deaths_while_packs_are_made_of_packs(moment, source, spec_file, augment, start, wait, workers_of, results, tmp_path):
    """A worker is killed, then the driver, then both come to their end: tars of tars, as if nothing had happened."""
    pytest.importorskip("webdataset", reason="needs webdataset: pip install 'augment-spec[webdataset]'")
    rng, (packs, whole, out) = random.Random(moment), (tmp_path / name for name in ("packs", "whole", "out"))
    (tmp_path / "same.yaml").write_text("pipeline: [brightness: 1.0]\n")
    assert augment("apply", tmp_path / "same.yaml", source, packs, "--format", "webdataset", "--shard-size", 4).exit_code == 0
    assert augment("apply", spec_file, packs, whole, "--format", "webdataset").exit_code == 0
    command = (spec_file, packs, out, "--format", "webdataset", "--resume", "--workers", 2)
    process = start(*command)
    try:
        for who in ("worker", "driver"):
            some = rng.randrange(1, 5) + 4 * (who == "driver")
            wait(lambda some=some: len(list(out.glob("*.tar"))) >= some, process)
            time.sleep(rng.random() * 0.1)
            with contextlib.suppress(ProcessLookupError, IndexError):
                os.kill(rng.choice(workers_of(process.pid)) if who == "worker" else process.pid, signal.SIGKILL)
        process.communicate(timeout=120)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    made = results(out)
    assert {name: data for name, data in made.items() if not TEMPORARY.fullmatch(name)}.items() <= results(whole).items()
    again = start(*command)
    said, told = again.communicate(timeout=120)
    assert (again.returncode, beside_progress(told)) == (0, ""), said
    assert results(out) == results(whole)
    [one], [two] = (list(folder.glob(".augment/*/manifest.json")) for folder in (out, whole))
    assert one.read_bytes() == two.read_bytes()
    assert not [p for p in out.rglob("*") if TEMPORARY.fullmatch(p.name) or p.name == "begun"]
