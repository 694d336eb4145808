"""Real photographs of several sizes, and what their samples hold."""

import pytest
from skimage import data

import augment
from augment.lint import findings


@pytest.fixture(scope="session")
def photographs():
    """Photographs (height, width, 3) in uint8: 512 x 512, 400 x 600, 427 x 640, 300 x 451."""
    return {name: getattr(data, name)() for name in ("astronaut", "coffee", "rocket", "chelsea")}


@pytest.fixture(scope="session")
def told():
    """The findings of the text of a spec, by their rules."""

    def call(text: str, name: str = "train.yaml", **given):
        found = findings(augment.loads(text, name), **given)
        return {finding.rule: finding for finding in found}

    return call
