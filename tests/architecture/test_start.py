"""What a command imports before it answers: counted in modules, since seconds depend on the machine."""

import ast
import subprocess
import sys
from importlib.util import find_spec

import pytest

CODE = """
import sys
from augment.cli import main
try:
    main(sys.argv[1:], prog_name="augment")
except SystemExit as end:
    assert not end.code
finally:
    print(sorted(sys.modules))
"""
PICTURES = """\
pipeline:
  - random_resized_crop: {size: 224, area: [0.8, 1.0]}
  - one_of: [{horizontal_flip: {p: 1}}, {rotate: ±15}]
  - normalize: imagenet
"""
TEXTS = "pipeline: [swap_words: 0.2, delete_words: {rate: 0.1, protect: [negations]}]\n"
POLICY = "pipeline: [rand_augment, random_erasing: {area: [0.02, 0.2], p: 0.2}]\n"
CAPTIONS = "targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 0.5}, hue: ±10]\n"


def modules(*words):
    """The modules of a process that has run a command."""
    done = subprocess.run([sys.executable, "-c", CODE, *words], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return ast.literal_eval(done.stdout.splitlines()[-1])


def checked(path, text, *options):
    path.write_text(text)
    return modules("check", str(path), *options)


def of(name, found):
    return [one for one in found if one == name or one.startswith(f"{name}.")]


NEVER = ["augment.plugins", "augment.backend", "augment.spec.wording", "augment.spec.foreign", "PIL", "numpy.random", "difflib"]
"""What no check of a spec without mistakes imports that names no backend."""


@pytest.mark.parametrize("text, most, spared", [
    (PICTURES, 148, ["augment.text", "augment.ops.kinds.texts", "augment.captions.names", "augment.engine.rows"]),
    (POLICY, 156, ["augment.ops.blur", "augment.ops.channels", "augment.ops.cropping", "augment.ops.morphology"]),
    (TEXTS, 120, ["augment.kernels", "augment.engine.host", "augment.engine.passages"]),
    (CAPTIONS, 186, ["augment.captions.german", "augment.captions.french"]),
])  # fmt: skip
def test_a_check_imports_what_its_spec_needs(tmp_path, text, most, spared):
    found = checked(tmp_path / "spec.yaml", text)
    assert not {name: there for name in (*NEVER, *spared) if (there := of(name, found))}
    assert not [name for name in found if name.startswith("augment_")], "a plugin was imported"
    assert len(of("augment", found)) <= most


def test_the_version_is_told_by_click_alone():
    found = modules("--version")
    assert not [name for name in ("numpy", "pydantic", "yaml", "importlib.metadata") if of(name, found)]
    assert len(of("augment", found)) <= 6


def test_what_is_spared_is_there_where_it_is_needed(tmp_path):
    """Names that nothing imports any more would make the test above pass."""
    found = checked(tmp_path / "spec.yaml", PICTURES, "--backend", "reference")
    assert of("augment.plugins", found) and of("augment.backend", found) and of("augment_reference", found)
    for name in ("text", "ops.kinds.texts", "captions.names", "captions.german", "engine.rows", "spec.wording", "spec.foreign"):
        assert find_spec(f"augment.{name}")
