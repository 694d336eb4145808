"""Whatever is wrong with a plugin, it is left out as a whole and told by name; no command dies, and all that is ours stays."""

import json
import sys
import textwrap
from importlib.metadata import EntryPoint

import numpy as np
import pytest
from PIL import Image

import augment as package
from augment import plugins
from augment.captions.language import languages
from augment.ops import catalogue

HEAD = """
from typing import Annotated
from pydantic import Field
import augment
from augment import hookimpl
from augment.backend import Backend, Support
from augment.ops import kinds
from augment.ops.primitives import Primitives
from augment.spec.node import Combinator, Node, Op
from augment.text.tables import Table
from augment.values import Quantity, Short, Value

class Good(kinds.Curve):
    \"\"\"Do nothing.\"\"\"
    def curve(self, x, v, xp):
        return x

class Mine(Backend):
    name = "mine"
    modality = "image"
"""
OPS = "\n@hookimpl\ndef register_ops():\n    return {}\n"
BACKENDS = "\n@hookimpl\ndef register_backends():\n    return {}\n"


def op(body, base="kinds.Curve", name="Odd"):
    return HEAD + f"\nclass {name}({base}):\n    'About.'\n{textwrap.indent(body, '    ')}\n" + OPS.format(f"[{name}]")


def backend(body, name="name = 'odd'"):
    inside = textwrap.indent(f"modality = 'image'\n{name}\n{body}", "    ")
    return HEAD + f"\nclass Odd(Backend):\n{inside}\n" + BACKENDS.format("[Odd()]")


def tables(what):
    return HEAD + f"\n@hookimpl\ndef register_tables():\n    return [{what}]\n"


def language(what):
    start = "\nfrom augment.captions.language import Language, Reading, Sense\n@hookimpl\ndef register_languages():\n"
    return HEAD + f"{start}    return [{what}]\n"


CURVE = "def curve(self, x, v, xp):\n    return x"
BROKEN = {
    "raises_at_import": "raise RuntimeError('no luck')",
    "exits_at_import": "import sys; sys.exit()",
    "exits_with_text": "raise SystemExit('bye')",
    "base_exception": "class Own(BaseException): pass\nraise Own('mine')",
    "recursion": "def f(): f()\nf()",
    "bad_syntax": "def (",
    "imports_what_is_not_there": "import no_such_module_anywhere",
    "message_of_many_lines": "raise ValueError('a\\n' * 5000)",
    "hook_exits": HEAD + "\n@hookimpl\ndef register_ops():\n    raise SystemExit(3)\n",
    "hook_raises": HEAD + OPS.format("1 / 0"),
    "ops_are_numbers": HEAD + OPS.format("[1, 2]"),
    "ops_are_a_number": HEAD + OPS.format("5"),
    "ops_are_none": HEAD + OPS.format("None"),
    "ops_are_one_class": HEAD + OPS.format("Good"),
    "ops_are_a_generator": HEAD + OPS.format("(1 / 0 for _ in range(3))"),
    "ops_are_texts": HEAD + OPS.format("['good']"),
    "ops_are_instances": HEAD + OPS.format("[Good()]"),
    "repr_raises": HEAD + "\nclass R(list):\n    def __repr__(self): raise ValueError('no repr')\n" + OPS.format("[R()]"),
    "no_op": HEAD + OPS.format("[int]"),
    "a_plain_op": op("pass", "Op"),
    "a_node": op("pass", "Node"),
    "a_combinator": op("pass", "Combinator"),
    "a_kind": HEAD + OPS.format("[kinds.Curve]"),
    "abstract_curve": op("pass"),
    "abstract_geometric": op("pass", "kinds.Geometric"),
    "abstract_filter": op("pass", "kinds.Filter"),
    "abstract_words": op("pass", "kinds.UnitEdit"),
    "abstract_replacing": op("pass", "kinds.Replacing"),
    "abstract_policy": op("pass", "kinds.Policy"),
    "name_raises": op(f"{CURVE}\n@classmethod\ndef name(cls):\n    raise KeyError('name')"),
    "name_is_a_number": op(f"{CURVE}\n@classmethod\ndef name(cls):\n    return 5"),
    "name_has_spaces": op(f"{CURVE}\n@classmethod\ndef name(cls):\n    return 'my op'"),
    "modality": op(f"{CURVE}\nmodality = 'sound'"),
    "no_schema": op(f"{CURVE}\nmodel_config = {{'arbitrary_types_allowed': True}}\nwhat: Backend = None"),
    "backend_without_name": backend("", "pass"),
    "backend_of_empty_name": backend("", "name = ''"),
    "backend_of_a_number": backend("", "name = 5"),
    "backend_class": HEAD + BACKENDS.format("[Mine]"),
    "backend_none": HEAD + BACKENDS.format("[None]"),
    "backend_modality": backend("modality = 'sound'"),
    "backend_requires_text": backend("requires = 'torch'"),
    "backend_exceptions": backend("exceptions = {('rotate', '*'): 'refuses'}"),
    "backend_kernel_set": backend("kernel_set = 'opencv'"),
    "backend_batches": backend("batches = 'torch'"),
    "backend_primitives": backend("kernel_set = Primitives('odd', 'os', {'a b': 'x'})"),
    "backend_targets": backend("targets = frozenset({'sound'})"),
    "backend_missing_raises": backend("def missing(self):\n    raise OSError('disk')"),
    "backend_support_raises": backend("def support(self, op, kind='image'):\n    raise ValueError('no support')"),
    "backend_support_is_none": backend("def support(self, op, kind='image'):\n    return None"),
    "backend_requires_below_nothing": backend("requires = ('no_such_parent.child',)"),
    "table_of_no_kind": tables("Table('smells', 'xx', {})"),
    "table_of_texts": tables("Table('names', 'xx', {'a': 'b'})"),
    "language_is_a_text": language("'fr'"),
    "language_of_no_pattern": language("Language('xx', (), (Sense('(', 'seen'),))"),
    "language_of_no_reading": language("Language('xx', (), readings=(Reading('seen', 'why', 'on the left'),))"),
    "unknown_hook": HEAD + "\n@hookimpl\ndef register_op():\n    return []\n",
    "unmarked_hook": HEAD + "\ndef register_ops():\n    return [Good]\n",
    "hook_with_an_argument": HEAD + "\n@hookimpl\ndef register_ops(more):\n    return []\n",
    "hook_is_no_function": HEAD + "\nregister_ops = 5\n",
    "attributes_raise": "def __getattr__(name):\n    raise RuntimeError(name)",
}
TAKEN = {
    "core_op": (op(CURVE, name="Rotate"), "op 'rotate', which augment itself has"),
    "core_op_of_texts": (op(CURVE, name="SwapWords"), "op 'swap_words', which augment itself has"),
    "combinator": (op(CURVE, name="OneOf"), "op 'one_of', which augment itself has"),
    "backend": (backend("", "name = 'keras'"), "backend 'keras', which the plugin 'keras' has"),
    "text_backend": (backend("modality = 'text'", "name = 'builtin'"), "backend 'builtin', which the plugin 'builtin' has"),
    "language": (language("Language('en', ())"), "language 'en'"),
    "table": (tables("Table('keyboards', 'en', {'a': ['b']})"), "table 'keyboards of en'"),
    "primitive": (
        HEAD + "\n@hookimpl\ndef register_primitives():\n    return [Primitives('opencv', 'os', {'resample': 'x'})]\n",
        "primitive 'opencv.resample', which the plugin 'albumentations' has",
    ),
    "twice": (HEAD + OPS.format("[Good, Good]"), "op 'good', which it has already"),
}  # fmt: skip
COMMANDS = [
    ["ops"], ["ops", "--json"], ["ops", "rotate"], ["backends"], ["backends", "--json"], ["schema"], ["--help"], ["--version"],
]  # fmt: skip


@pytest.fixture
def install(monkeypatch, tmp_path):
    """Put modules where they can be imported, and let them be found as plugins."""
    found, made = plugins.entry_points, []

    def install(name, source):
        made.append(EntryPoint(name, f"{name}_module", plugins.GROUP))
        (tmp_path / f"{name}_module.py").write_text(textwrap.dedent(source), encoding="utf-8")
        plugins.reset()

    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setattr(plugins, "entry_points", lambda group: [*made, *found(group=group)])
    yield install
    monkeypatch.undo()
    for entry in made:
        sys.modules.pop(entry.value, None)
    plugins.reset()


def state(name):
    return next(plugin for plugin in plugins.plugins() if plugin.name == name)


def commands_live(augment, tmp_path):
    """Every command ends as it does without the plugin, and what it prints is still JSON where that was asked for."""
    spec = tmp_path / "spec.yaml"
    spec.write_text("seed: 3\npipeline: [rotate: ±20, brightness: 1±0.2]\n")
    Image.fromarray(np.random.default_rng(0).integers(0, 256, (20, 24, 3), dtype=np.uint8)).save(tmp_path / "in.png")
    for command in COMMANDS:
        result = augment(*command)
        assert result.exit_code == 0, (command, result.output)
        if "--json" in command or command == ["schema"]:
            json.loads(result.stdout)
    assert augment("check", spec).exit_code == 0
    assert augment("apply", spec, tmp_path / "in.png", tmp_path / "out.png", "--force", "--backend", "reference").exit_code == 0
    assert (tmp_path / "out.png").exists()


@pytest.mark.parametrize("name", BROKEN)
def test_it_is_told_and_leaves_all_else(name, install, augment):
    ops, codes, names = list(catalogue()), list(languages()), list(plugins.backends())
    install("broken", BROKEN[name])
    with pytest.warns(UserWarning, match="the plugin 'broken' is left out: "):
        broken = state("broken")
    assert broken.error and len(broken.error) <= 600 and "\n" not in broken.error
    assert (list(catalogue()), list(languages()), list(plugins.backends())) == (ops, codes, names)
    (row,) = [row for row in json.loads(augment("backends", "--json").stdout) if row["name"] == "broken"]
    assert row["state"] == "broken" and row["detail"] == broken.error


@pytest.mark.parametrize("sources", [BROKEN, {name: source for name, (source, _) in TAKEN.items()}], ids=["broken", "taken"])
def test_no_command_dies(sources, install, augment, tmp_path):
    """With all of them at once: each command passes by every one."""
    for name, source in sources.items():
        install(name, source)
    with pytest.warns(UserWarning, match="is left out: "):
        assert {plugin.name for plugin in plugins.plugins() if plugin.error} >= sources.keys()
    commands_live(augment, tmp_path)


@pytest.mark.parametrize("name", TAKEN)
def test_a_name_that_is_taken_is_refused_and_both_are_named(name, install):
    source, expected = TAKEN[name]
    before = {**catalogue()}, plugins.backends(), languages()
    install("aaa_thief", source)  # before all others in the order of names
    with pytest.warns(UserWarning, match="'aaa_thief' is left out"):
        thief = state("aaa_thief")
    assert expected in thief.error
    for known, now in zip(before, ({**catalogue()}, plugins.backends(), languages()), strict=True):
        assert {key: type(one) for key, one in known.items()} == {key: type(one) for key, one in now.items()}
    assert catalogue()["rotate"] is package.ops.Rotate


@pytest.mark.filterwarnings("ignore:the plugin")
def test_of_two_plugins_with_an_op_of_one_name_the_second_is_refused(install):
    install("first", op(CURVE, name="Shared"))
    install("second", op(CURVE, name="Shared"))
    assert not state("first").error and "op 'shared', which the plugin 'first' has already" in state("second").error
    assert catalogue()["shared"].__module__ == "first_module"


def test_an_op_may_write_what_calls_the_rest_of_its_kind(install):
    install("mixes", op("def compose(self, v, sizes, xp):\n    return None", "kinds.Mix"))
    assert not state("mixes").error and "odd" in catalogue()


def test_a_hook_is_called_once(install, augment, tmp_path):
    body = "calls.append(1)\n    if len(calls) > 1:\n        raise RuntimeError('again')\n    return [Good]\n"
    install("once", HEAD + f"\ncalls = []\n@hookimpl\ndef register_ops():\n    {body}")
    commands_live(augment, tmp_path)
    assert not state("once").error and "good" in catalogue() and sys.modules["once_module"].calls == [1]


def test_what_it_prints_is_none_of_the_output(install, augment):
    install("loud", HEAD + "\nprint('hello')\n" + OPS.format("(print('again'), [Good])[1]"))
    json.loads(augment("ops", "--json").stdout)
    assert "good" in catalogue()


def test_a_keyboard_interrupt_is_the_users(install):
    install("slow", "raise KeyboardInterrupt")
    with pytest.raises(KeyboardInterrupt):
        plugins.plugins()
