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
    main(["check", *sys.argv[1:]], prog_name="augment")
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
CAPTIONS = "targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 0.5}, hue: ±10]\n"


def modules(path, text, *options):
    """The modules of a process that has checked a spec."""
    path.write_text(text)
    done = subprocess.run([sys.executable, "-c", CODE, str(path), *options], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    return ast.literal_eval(done.stdout.splitlines()[-1])


def of(name, found):
    return [one for one in found if one == name or one.startswith(f"{name}.")]


@pytest.mark.parametrize("text, most, spared", [
    (PICTURES, 155, ["numpy.random", "augment.text", "augment.ops.kinds.texts", "augment.captions.names", "augment.engine.rows"]),
    (TEXTS, 130, ["numpy.random", "augment.kernels", "augment.engine.host", "augment.engine.passages"]),
    (CAPTIONS, 190, ["augment.captions.german", "augment.captions.french"]),
])  # fmt: skip
def test_a_check_imports_what_its_spec_needs(tmp_path, text, most, spared):
    found = modules(tmp_path / "spec.yaml", text)
    always = ["augment.plugins", "augment.backend", "augment.spec.wording", "augment.spec.foreign", "PIL"]
    assert not {name: there for name in (*always, *spared) if (there := of(name, found))}
    assert not [name for name in found if name.startswith("augment_")], "a plugin was imported"
    assert len(of("augment", found)) <= most


def test_what_is_spared_is_there_where_it_is_needed(tmp_path):
    """Names that nothing imports any more would make the test above pass."""
    found = modules(tmp_path / "spec.yaml", PICTURES, "--backend", "reference")
    assert of("augment.plugins", found) and of("augment.backend", found) and of("augment_reference", found)
    for name in ("text", "ops.kinds.texts", "captions.names", "captions.german", "engine.rows", "spec.wording", "spec.foreign"):
        assert find_spec(f"augment.{name}")
