"""A signal ends apply in order, with all of its processes: real ones, which are looked for among those of the system."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from ..conftest import processes_below, results_of

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="finds processes in /proc, which Linux has")
COUNT = 60
SPEC = "seed: 3\npipeline: [gaussian_blur: {sigma: 6px}, rotate: ±20]\n"


@pytest.fixture(scope="module")
def source(tmp_path_factory):
    """Pictures enough for a while of work."""
    folder = tmp_path_factory.mktemp("images")
    noise = np.random.default_rng(0).integers(0, 255, (140, 140, 3), np.uint8)
    for i in range(COUNT):
        np.save(folder / f"{i:03}.npy", np.roll(noise, i, axis=0))
    return folder


def _runs(pid):
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except OSError:
        return False


def _wait(until, seconds=60.0):
    end = time.monotonic() + seconds
    while not until():
        assert time.monotonic() < end, "it did not come to that in time"
        time.sleep(0.02)


def _start(*arguments):
    command = [sys.executable, "-m", "augment", "apply", *map(str, arguments)]
    # a shell in the background leaves SIGINT ignored, and what it starts inherits that
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)
    streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
    return subprocess.Popen(command, **streams, start_new_session=True, preexec_fn=heard)


@pytest.fixture(scope="module")
def whole(source, tmp_path_factory):
    folder = tmp_path_factory.mktemp("whole")
    (folder / "spec.yaml").write_text(SPEC)
    process = _start(folder / "spec.yaml", source, folder / "out", "--workers", 2)
    process.communicate()
    assert process.returncode == 0
    return results_of(folder / "out")


def _ended(process, moment, out):
    """Wait for a moment of a run, and return its processes then: as soon as workers are, or when the first results stand."""
    if moment == "at work":
        _wait(lambda: len(list(out.glob("*.png"))) > 2)
    else:
        _wait(lambda: len(processes_below(process.pid)) > 1)
    return processes_below(process.pid)


ENDS = [
    ("SIGTERM", "parent", "at work"), ("SIGTERM", "group", "at work"), ("SIGTERM", "group", "at start"),
    ("SIGINT", "parent", "at start"), ("SIGINT", "group", "at work"), ("SIGKILL", "parent", "at work"),
    ("SIGKILL", "parent", "at start"),
]  # fmt: skip


@pytest.mark.parametrize(("name", "who", "moment"), ENDS)
def test_no_worker_outlives_its_parent(augment, spec, source, whole, tmp_path, name, who, moment):
    out, path = tmp_path / "out", spec(SPEC)
    process = _start(path, source, out, "--workers", 2)
    try:
        below = _ended(process, moment, out)
        assert below
        sent = getattr(signal, name)
        process.send_signal(sent) if who == "parent" else os.killpg(process.pid, sent)
        _, told = process.communicate(timeout=90)  # which ends when nobody holds its stdout any more
        _wait(lambda: not any(map(_runs, below)), 10)
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    if name == "SIGKILL":
        assert process.returncode == -signal.SIGKILL
    else:
        assert process.returncode == 128 + sent
        assert told.splitlines()[-1].startswith(f"stopped by {name}: ")
        assert "Traceback" not in told
        assert not [place for place in out.rglob("*") if place.name.endswith(".part")]
    assert augment("apply", path, source, out, "--resume").exit_code == 0
    made = results_of(out)
    assert {file: made[file] for file in whole} == whole
    assert not [file for file in made if file not in whole and not file.endswith(".part")]


EARLY = """
import os, signal, time
from multiprocessing import util

start = util.spawnv_passfds

def started(path, arguments, streams):
    made = start(path, arguments, streams)
    if any("spawn_main" in str(one) for one in arguments):  # a worker, which waits for what it is to do
        os.kill(os.getpid(), signal.SIGNAL)
        time.sleep(0.2)
    return made

util.spawnv_passfds = started
"""


@pytest.mark.parametrize("name", ["SIGTERM", "SIGINT"])
def test_a_signal_in_the_middle_of_a_start_waits_for_its_end(spec, tmp_path, monkeypatch, name):
    """Whichever thread takes it: those of BLAS do not hold back what the main thread does."""
    (tmp_path / "images").mkdir()
    for i in range(3):
        np.save(tmp_path / "images" / f"{i}.npy", np.full((8, 8, 3), i, np.uint8))
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(EARLY.replace("SIGNAL", name))
    monkeypatch.setenv("PYTHONPATH", f"{tmp_path / 'site'}{os.pathsep}{os.environ.get('PYTHONPATH', '')}")
    process = _start(spec(SPEC), tmp_path / "images", tmp_path / "out", "--workers", 2)
    _, told = process.communicate(timeout=180)
    assert process.returncode == 128 + getattr(signal, name)
    [line] = told.splitlines()
    assert line.startswith(f"stopped by {name}: 0 of 3 stand")


@pytest.mark.parametrize(
    ("name", "options"), [("SIGTERM", ()), ("SIGTERM", ("--force",)), ("SIGTERM", ("--json",)), ("SIGINT", ())]
)
def test_a_run_without_workers_says_what_stands(augment, spec, source, whole, tmp_path, name, options):
    out, path = tmp_path / "out", spec(SPEC)
    process = _start(path, source, out, *options)
    _ended(process, "at work", out)
    process.send_signal(getattr(signal, name))
    said, told = process.communicate(timeout=90)
    assert process.returncode == 128 + getattr(signal, name)
    stand = len(list(out.glob("*.png")))
    assert 2 < stand < COUNT
    again = "--resume instead of --force" if options == ("--force",) else "--resume"
    stands = f"{stand} of {COUNT} stand in {out}, each whole"
    assert told == f"stopped by {name}: {stands}; the same call with {again} makes the rest\n"
    assert (f'"stopped": "{name}"' in said) == (options == ("--json",))
    assert augment("apply", path, source, out, "--resume").exit_code == 0
    assert results_of(out) == whole


def test_signals_that_are_ignored_stay_so(spec, source, tmp_path):
    """As nohup does: what hangs up a terminal does not end the run."""
    command = [sys.executable, "-m", "augment", "apply", spec(SPEC), source, tmp_path / "out"]
    process = subprocess.Popen(
        list(map(str, command)), stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN),
    )  # fmt: skip
    _ended(process, "at work", tmp_path / "out")
    process.send_signal(signal.SIGHUP)
    said, _ = process.communicate(timeout=60)
    assert (process.returncode, said) == (0, f"{COUNT} of {COUNT} made in {tmp_path / 'out'}\n")
