"""Backends whose import would end the process say so instead."""

import subprocess
import sys

import pytest

LATE = """
import tensorflow
import augment
try:
    augment.compile({{"pipeline": [{op!r}]}}, {backend!r})
except augment.AugmentError as error:
    print("told:", error)
"""


@pytest.mark.parametrize("backend, op", [("torchvision", {"rotate": 9}), ("nlpaug", {"swap_words": 0.5})])
def test_torchvision_after_tensorflow_is_an_error_and_not_the_end(backend, op):
    code = LATE.format(op=op, backend=backend)
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr[-500:]
    assert f"told: backend '{backend}' imports torchvision, which would end this process" in done.stdout
    assert "write 'import torchvision' above" in done.stdout


def test_the_other_order_works():
    code = "import torchvision\n" + LATE.format(op={"rotate": 9}, backend="torchvision") + "print('compiled')"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=300)
    assert done.stdout.split() == ["compiled"], done.stderr[-500:]
