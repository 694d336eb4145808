"""What all tests share: the order in which frameworks are imported, what becomes of tests whose resource is missing, the command
line to call, and pictures to read."""

import gc
import os
import shutil
import sys
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")
# as many tests run at once as there are cores
os.environ.setdefault("TF_NUM_INTRAOP_THREADS", "1")
os.environ.setdefault("TF_NUM_INTEROP_THREADS", "1")
# every op is tested on every backend here, and the darkroom, which has tests of its own, brings one that not every kernel set has
os.environ.setdefault("AUGMENT_PLUGINS", "-darkroom")

# TensorFlow before torchvision aborts the process (both register the same LLVM option), so it comes first here.
import torchvision  # noqa: F401

if "AUGMENT_TEST_BARE" in os.environ:  # as on a machine where nothing was installed by hand
    from augment.text import resources

    resources._is_wordnet = lambda folder: False


def pytest_collection_modifyitems(items):
    """Leave out what needs a resource that the machine lacks, and say how to bring it; with AUGMENT_TEST_ALL nothing is."""
    if "AUGMENT_TEST_ALL" in os.environ:
        return
    from augment.text import resources

    lacking = [r.missing for r in (resources.wordnet(), resources.tagger(), resources.inflector()) if r.find() is None]
    browser = shutil.which("chromium") and "AUGMENT_TEST_BARE" not in os.environ
    missing = {
        "wordnet": "; ".join(lacking), "chromium": "" if browser else "needs the browser: apt-get install chromium",
    }  # fmt: skip
    for item in items:
        for name, reason in missing.items():
            if reason and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_collection_finish():
    """Spare the collector of garbage what the frameworks made at import, a million objects, in each of its rounds."""
    gc.collect()
    gc.freeze()


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report(collector):
    """With AUGMENT_TEST_ALL a module that skips itself, since it lacks a library, is a failure."""
    report = yield
    if report.skipped and "AUGMENT_TEST_ALL" in os.environ:
        report.outcome, report.longrepr = "failed", f"AUGMENT_TEST_ALL: {report.longrepr[2]}"
    return report


@pytest.fixture(autouse=True)
def layers_are_compiled(monkeypatch):
    """Not by XLA, which takes seconds for each, but where a test asks for it; the folders whose matter it is replace this."""
    if container := sys.modules.get("augment_keras.container"):
        monkeypatch.setattr(container.Augment, "_jits", lambda layer, *_: bool(layer.jit_compile))


def results_of(folder: Path) -> dict[str, bytes]:
    """The bytes of what apply made in a folder, by name, without what it keeps there for itself."""
    from augment.data.resume import is_kept

    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file() and not is_kept(p, folder)}


def processes_below(pid: int) -> set[int]:
    """Processes that descend from one, but for it."""
    parents = {}
    for place in Path("/proc").glob("[0-9]*/stat"):
        try:
            head, _, tail = place.read_text().rpartition(")")
        except OSError:
            continue
        parents[int(head.split()[0])] = int(tail.split()[1])
    found, fresh = set(), {pid}
    while fresh:
        fresh = {child for child, parent in parents.items() if parent in fresh} - found
        found |= fresh
    return found


@pytest.fixture
def augment():
    """Call the command line; an exception that it does not tell itself is a failure of the test."""

    def call(*arguments: object, stdin: str | bytes | None = None) -> Result:
        from augment.cli import main

        result = CliRunner().invoke(main, [str(a) for a in arguments], input=stdin)
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        return result

    return call


@pytest.fixture
def read():
    """Read a picture as an array."""

    def open_(path: Path) -> np.ndarray:
        with Image.open(path) as picture:
            return np.array(picture)

    return open_
