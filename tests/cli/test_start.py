"""The command line starts quickly: no framework, not even NumPy, is imported before it is needed."""

import subprocess
import sys

import pytest

HEAVY = "{'torch', 'torchvision', 'tensorflow', 'keras', 'jax', 'cv2', 'albumentations', 'nlpaug', 'scipy', 'skimage'}"


def _loaded(code: str, among: str) -> str:
    program = f"import sys\n{code}\nprint(sorted(({among}) & set(sys.modules)), file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0, done.stderr
    return done.stderr.strip().splitlines()[-1]


def _calling(*arguments: str) -> str:
    return f"from augment.cli import main\ntry: main({list(arguments)})\nexcept SystemExit as end: assert not end.code, end.code"


def test_help_loads_neither_numpy_nor_pydantic_nor_rich():
    among = "{'numpy', 'pydantic', 'PIL', 'yaml', 'rich', 'pluggy'} | " + HEAVY
    assert _loaded(_calling("--help"), among) == "[]"


def test_importing_the_package_loads_nothing():
    assert _loaded("import augment", "{'numpy', 'pydantic', 'click', 'rich'} | " + HEAVY) == "[]"


@pytest.mark.parametrize("command", ["demo", "init", "check", "explain", "preview", "view", "apply", "ops", "backends", "schema"])
def test_each_command_has_a_light_help(command):
    assert _loaded(_calling(command, "--help"), "{'numpy', 'pydantic', 'PIL', 'rich'} | " + HEAVY) == "[]"


@pytest.mark.parametrize("arguments", [("ops",), ("backends",), ("schema",)])
def test_listing_loads_no_framework(arguments):
    assert _loaded(_calling(*arguments), HEAVY) == "[]"


def test_demo_and_check_load_no_framework(tmp_path, spec):
    drawn = _loaded(_calling("demo", "--out", str(tmp_path / "demo.png")), HEAVY)
    assert drawn == "['cv2']"  # the quickest backend that is installed, and ready as soon as that is
    assert _loaded(_calling("check", str(spec()), "--backend", "reference"), HEAVY) == "[]"


def test_help_lists_every_command(augment):
    result = augment("--help")
    assert result.exit_code == 0
    for command in ("demo", "init", "check", "explain", "preview", "view", "apply", "ops", "backends", "schema"):
        assert f"  {command} " in result.stdout


def test_an_unknown_command_is_a_usage_error(augment):
    result = augment("chek")
    assert result.exit_code == 2
    assert "did you mean 'check'?" in result.stderr


def test_version(augment):
    assert augment("--version").stdout.startswith("augment, version ")


def test_the_module_is_the_command():
    done = subprocess.run([sys.executable, "-m", "augment", "ops"], capture_output=True, text=True, timeout=60)
    assert done.returncode == 0 and "horizontal_flip" in done.stdout
