"""What all tests share: the order in which frameworks are imported, and what becomes of tests whose resource is missing."""

import os
import shutil

import pytest

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")
os.environ.setdefault("KERAS_BACKEND", "tensorflow")
os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")

# TensorFlow before torchvision aborts the process (both register the same LLVM option), so it comes first here.
import torchvision  # noqa: F401


def pytest_collection_modifyitems(items):
    """Leave out what needs a resource that the machine lacks, and say how to bring it; with AUGMENT_TEST_ALL nothing is."""
    if "AUGMENT_TEST_ALL" in os.environ:
        return
    from augment.text import resources

    lacking = [r.missing for r in (resources.wordnet(), resources.tagger(), resources.inflector()) if r.find() is None]
    missing = {
        "wordnet": "; ".join(lacking),
        "chromium": "" if shutil.which("chromium") else "needs the browser: apt-get install chromium",
    }
    for item in items:
        for name, reason in missing.items():
            if reason and item.get_closest_marker(name):
                item.add_marker(pytest.mark.skip(reason=reason))
