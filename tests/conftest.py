"""What all tests share: the order in which frameworks are imported, what becomes of tests whose resource is missing, the command
line to call, and pictures to read."""

import os
import shutil
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner, Result
from PIL import Image

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")

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


@pytest.fixture
def augment():
    """Call the command line; an exception that it does not tell itself is a failure of the test."""

    def call(*arguments: object) -> Result:
        from augment.cli import main

        result = CliRunner().invoke(main, [str(a) for a in arguments])
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
