"""The pages on plugins quote the example package and the repository as they stand; what they show runs with the package."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "examples" / "augment-pillow"
PAGES = [ROOT / "docs" / "write-an-op.md", ROOT / "docs" / "write-a-backend.md"]
BLOCK = re.compile(r"^```(?:python|toml) (\S+)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def blocks(*, run):
    found = [(page, name, text) for page in PAGES for name, text in BLOCK.findall(page.read_text("utf-8"))]
    return [pytest.param(*block, id=f"{block[0].stem}-{i}") for i, block in enumerate(found) if (block[1] == "run") == run]


@pytest.mark.parametrize("page, name, text", blocks(run=False))
def test_quotes_are_of_the_package(page, name, text):
    file = ROOT / name if (ROOT / name).is_file() else PACKAGE / name
    assert text in file.read_text("utf-8"), f"{page.name} quotes {file.name} as it is not"


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """A folder with the package as an installer leaves it."""
    target = tmp_path_factory.mktemp("site")
    options = ["--no-deps", "--no-build-isolation", "--no-index", "--target", target]
    subprocess.run([sys.executable, "-m", "pip", "install", *options, PACKAGE], check=True, capture_output=True, timeout=120)
    return target


def python(code, installed):
    environment = os.environ | {"PYTHONPATH": str(installed)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.mark.parametrize("page, name, text", blocks(run=True))
def test_examples_run_with_the_package(page, name, text, installed):
    python(text, installed)


def test_the_package_is_found_as_a_plugin(installed):
    code = "from augment.plugins import plugins; print(*((p.name, p.distribution, p.version, p.error) for p in plugins()))"
    assert "('pillow', 'augment-pillow', '0.1.0', '')" in python(code, installed)
