"""Runs of the command line in processes of their own, which are stopped in all ways, and what is to stand at the end."""

import json
import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np
import pytest

from augment.files.whole import TEMPORARY

from ..conftest import processes_below, results_of

COUNT = 40
SPEC = "seed: 3\npipeline: [gaussian_blur: {sigma: 5px}, rotate: ±20]\n"


@pytest.fixture(scope="session")
def source(tmp_path_factory):
    """Pictures enough for a while of work."""
    folder = tmp_path_factory.mktemp("images")
    noise = np.random.default_rng(0).integers(0, 255, (120, 120, 3), np.uint8)
    for i in range(COUNT):
        np.save(folder / f"{i:03}.npy", np.roll(noise, i, axis=0))
    return folder


@pytest.fixture(scope="session")
def spec_file(tmp_path_factory):
    path = tmp_path_factory.mktemp("spec") / "spec.yaml"
    path.write_text(SPEC)
    return path


@pytest.fixture(scope="session")
def start():
    """Start ``augment apply`` in a process group of its own."""

    def run(*arguments):
        command = [sys.executable, "-m", "augment", "apply", *map(str, arguments)]
        heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # what a shell starts in its background ignores it
        streams = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True}
        return subprocess.Popen(command, **streams, start_new_session=True, preexec_fn=heard)

    return run


@pytest.fixture(scope="session")
def results():
    """The bytes of all results below a folder."""
    return results_of


@pytest.fixture(scope="session")
def manifest():
    """The one manifest of a folder of results."""

    def read(folder):
        [place] = folder.glob(".augment/*/manifest.json")
        return json.loads(place.read_text())

    return read


@pytest.fixture(scope="session")
def whole(source, spec_file, start, results, manifest, tmp_path_factory):
    """What stands where nothing happens on the way: the results, and the manifest."""
    out = tmp_path_factory.mktemp("whole") / "out"
    process = start(spec_file, source, out)
    process.communicate()
    assert process.returncode == 0
    return results(out), manifest(out)


@pytest.fixture(scope="session")
def check_whole(whole, results, manifest):
    """Assert that all stands as if nothing had happened: equal digests, nothing doubled, no temporary files."""

    def check(out):
        assert results(out) == whole[0]
        told = manifest(out)
        assert {**told, "source": 0} == {**whole[1], "source": 0}
        assert told["made"] == COUNT and not told["failed"] + told["missing"]
        left = [p for p in out.rglob("*") if TEMPORARY.fullmatch(p.name) or p.name == "begun"]
        assert not left
        [state] = (out / ".augment").iterdir()
        samples = [json.loads(line)["sample"] for p in state.glob("*.jsonl") for line in p.read_text().splitlines()[:-1]]
        assert sorted(samples) == list(range(COUNT))

    return check


@pytest.fixture(scope="session")
def workers_of():
    """The processes that one has started to work, by a word of their command; Python has one more, which counts semaphores."""

    def find(pid, word=b"spawn_main"):
        lines = {pid: Path(f"/proc/{pid}/cmdline") for pid in processes_below(pid)}
        return [pid for pid, path in lines.items() if path.exists() and word in path.read_bytes()]

    return find


@pytest.fixture(scope="session")
def wait():
    def until(found, process, seconds=120.0):
        end = time.monotonic() + seconds
        while not found() and process.poll() is None:
            assert time.monotonic() < end, "it did not come to that in time"
            time.sleep(0.005)

    return until


def pytest_generate_tests(metafunc):
    """As many random moments as AUGMENT_TEST_MOMENTS says: one for every day."""
    if "moment" in metafunc.fixturenames:
        metafunc.parametrize("moment", range(int(os.environ.get("AUGMENT_TEST_MOMENTS", "1"))))
