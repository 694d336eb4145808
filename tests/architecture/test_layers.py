"""The layers hold, the core imports no framework, plugins use only public modules, and ops say what they are."""

import ast
import inspect
import os
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from pydantic import BaseModel

import augment
from augment import ops
from augment.ops import catalogue, kinds
from augment.ops.homes import HOMES
from augment.spec.node import COMBINATORS, Node, op_name

ROOT = Path(augment.__file__).parent.parent
FRAMEWORKS = {"torch", "torchvision", "tensorflow", "keras", "jax", "albumentations", "cv2", "scipy", "skimage", "nlpaug"}

LAYERS = [  # lowest first; each imports itself and what stands before it
    {"errors", "frameworks"}, {"files"}, {"shards"}, {"values", "random"}, {"sample"}, {"text"},
    {"captions"}, {"spec"}, {"ops"}, {"program"}, {"engine"}, {"kernels"}, {"partners", "keyed"}, {"multiview"},
    {"support", "backend", "hookspecs", "plugins"}, {"language"}, {"texts"}, {"compiler"}, {"records"}, {"explain"},
    {"ensemble", "report", "data", "baseline", "lint", "testing", "view", "cli", "photos", "native", "benching"},
]  # fmt: skip
LAZY = {  # calls upward, made when a user asks for them, and never at import
    ("spec", "ops"), ("spec", "native"), ("compiler", "native"), ("ops", "plugins"), ("text", "plugins"), ("captions", "plugins"),
    ("keyed", "explain"), ("keyed", "records"), ("keyed", "report"),
    ("engine", "kernels"),  # a colour in a caption becomes what the reference makes of it
}  # fmt: skip


def test_each_op_stands_where_it_is_said_to_stand():
    """Names are known before anything is imported: by a table, by the names that type checkers read, and by their imports."""
    assert set(HOMES) == {name for name in ops.__all__ if name in HOMES}
    tree = ast.parse(Path(ops.__file__).read_text())
    typed = {a.name: n.module for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) for a in n.names}
    for name, home in HOMES.items():
        assert typed[name] == f"augment.ops.{home}"
        assert getattr(ops, name).__module__.startswith(f"augment.ops.{home}")
    for path in modules("augment/ops"):
        import_module(".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"))
    held = {kind for kind in _below(Node) if kind.__module__.startswith("augment.ops.") and ".kinds" not in kind.__module__}
    public = {kind.__name__ for kind in held if not kind.__name__.startswith("_") and not _below(kind)}
    assert public <= set(HOMES), "an op has no line in augment/ops/homes.py"
    assert [op.name() for op in ops.CORE.values()] == list(ops.CORE)


def test_an_op_brings_no_others_than_it_is_made_of():
    """What several ops share and is no op has a module without ops: each class that is made costs the start of a process."""
    for path in modules("augment/ops"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").removeprefix("augment.ops.") in set(HOMES.values()):
                taken = [getattr(import_module(node.module), alias.name) for alias in node.names]
                assert any(inspect.isclass(one) and issubclass(one, Node) for one in taken), f"{path.name}: {ast.unparse(node)}"


def test_annotations_of_models_are_evaluated_where_they_are_read():
    """As texts they would be compiled and evaluated by pydantic, once for each class, whenever a process starts."""
    list(catalogue().values())
    rooms = {kind.__module__ for kind in _below(BaseModel) if kind.__module__.startswith("augment.")}
    assert "augment.ops.affine" in rooms
    assert not [room for room in sorted(rooms) if hasattr(sys.modules[room], "annotations")]


def _below(kind):
    return {kind for sub in kind.__subclasses__() for kind in (sub, *_below(sub))}


@pytest.mark.parametrize("code, brought", [
    ("import augment.ops", set()),
    ("from augment.ops import catalogue; len(catalogue()), 'rotate' in catalogue(), list(catalogue())", set()),
    ("from augment import ops; ops.Elastic", {"elastic"}),
    ("import augment; augment.loads('pipeline: [elastic: {alpha: 2px, sigma: 4px}]')", {"elastic"}),
])  # fmt: skip
def test_a_process_imports_the_ops_that_it_names(code, brought):
    homes = sorted({f"augment.ops.{home}" for home in HOMES.values()})
    program = f"import sys\n{code}\nprint(*[m for m in {homes} if m in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60,
        env={**os.environ, "AUGMENT_PLUGINS": "reference,builtin,keras,torchvision,albumentations,nlpaug"},
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {name.removeprefix("augment.ops.") for name in done.stdout.split()} == brought


def modules(folder):
    return sorted(p for p in (ROOT / folder).rglob("*.py"))


def imported(tree, top_level):
    """Names of modules that a file imports: at the top (types aside), or anywhere."""
    nodes = ast.walk(tree) if not top_level else _top(tree)
    for node in nodes:
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            assert node.level == 0, "imports are absolute"
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names if node.module == "augment")


def _top(tree):
    for node in tree.body:
        if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test):
            continue
        yield from ast.walk(node) if not isinstance(node, ast.FunctionDef | ast.ClassDef) else _in_class(node)


def _in_class(node):
    return [n for n in node.body if isinstance(n, ast.Import | ast.ImportFrom)] if isinstance(node, ast.ClassDef) else []


def layer(part):
    return next((i for i, names in enumerate(LAYERS) if part in names), None)


@pytest.mark.parametrize("path", modules("augment"), ids=lambda p: str(p.relative_to(ROOT / "augment")))
def test_imports_go_down(path):
    own = path.relative_to(ROOT / "augment").parts[0].removesuffix(".py")
    if own in ("__init__", "__main__"):
        return
    assert layer(own) is not None, f"{own} has no layer: give it one in this test and in the docs"
    tree = ast.parse(path.read_text())
    for top_level in (True, False):
        for name in imported(tree, top_level):
            parts = name.split(".")
            if parts[0] != "augment" or len(parts) < 2 or layer(parts[1]) is None:
                continue
            lazily = not top_level and (own, parts[1]) in LAZY
            assert layer(parts[1]) <= layer(own) or lazily, f"{own} imports {name}"


@pytest.mark.parametrize("path", modules("augment"), ids=lambda p: str(p.relative_to(ROOT / "augment")))
def test_no_module_of_the_core_imports_a_framework_at_its_top(path):
    allowed = {"cv2"} if path.match("kernels/opencv*.py") or "opencv" in path.parts else set()
    found = {name.split(".")[0] for name in imported(ast.parse(path.read_text()), True)} & FRAMEWORKS
    assert found <= allowed, found


PLUGINS = sorted(p.name for p in (ROOT / "plugins").iterdir() if (p / "__init__.py").exists())


@pytest.mark.parametrize("plugin", PLUGINS)
def test_plugins_import_public_modules_and_never_each_other(plugin):
    for path in modules(f"plugins/{plugin}"):
        for name in imported(ast.parse(path.read_text()), False):
            head, *rest = name.split(".")
            assert head == plugin or head not in PLUGINS, f"{path.name} imports {name}"
            if head == "augment":
                assert not any(part.startswith("_") for part in rest), f"{path.name} imports {name}"
    names = {p.stem for p in modules(f"plugins/{plugin}")}
    assert {"__init__", "backend", "container"} <= names


SNIPPETS = {
    "import": "import augment",
    "backends": "from augment.plugins import backends, plugins; assert len(backends()) >= 4, plugins()",
    "support": "from augment.plugins import backends; from augment.ops import catalogue; "
    "[b.support(op, 'mask') for b in backends().values() for op in catalogue().values()]",
    "compile": "import augment; augment.compile({'pipeline': [{'rotate': {'degrees': 5}}]}, 'reference')",
    "record": "import augment; augment.record({'pipeline': [{'rotate': {'degrees': [0, 5]}}]}, index=3)",
    "schema": "from augment.language import json_schema; json_schema()",
}


@pytest.mark.parametrize("name", SNIPPETS)
def test_no_framework_is_imported(name):
    code = f"import sys\n{SNIPPETS[name]}\nprint(sorted({FRAMEWORKS!r} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout.strip() == "[]", done.stdout + done.stderr


def test_importing_the_package_loads_nothing_of_it():
    code = "import sys, augment; print({m for m in sys.modules if m.startswith(('augment', 'numpy', 'pydantic'))})"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    waiting = {"augment.frameworks", "augment.frameworks.arrival", "augment.frameworks.awaited"}
    assert ast.literal_eval(done.stdout) == {"augment", *waiting}, done.stdout + done.stderr


def test_a_report_needs_nothing_that_only_tests_need():
    code = (
        "import sys; sys.modules |= dict.fromkeys(['pytest', 'scipy', 'skimage', 'sklearn', 'hypothesis', 'torch', 'keras'])\n"
        "import augment; print(len(augment.preview({'pipeline': [{'rotate': 5}]}, n=1).html()))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert done.returncode == 0 and int(done.stdout) > 10_000, done.stderr


# Ops -----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", [*catalogue(), *COMBINATORS])
def test_every_op_documents_itself(name):
    op = {**catalogue(), **COMBINATORS}[name]
    assert name == op.name() == op_name(op.__name__)
    first = inspect.cleandoc(op.__doc__).split("\n")[0]
    assert first.endswith((".", ",")) or len(inspect.cleandoc(op.__doc__).split("\n")) > 1
    assert first[0].isupper() and len(first) <= 130
    for field, info in op.model_fields.items():
        assert info.description, f"{name}.{field} has no description"
        assert not info.description.endswith("."), f"the description of {name}.{field} ends in a full stop"
    assert op.bare is None or op.bare in op.model_fields


@pytest.mark.parametrize(
    ("class_name", "name"),
    [("HorizontalFlip", "horizontal_flip"), ("Rotate90", "rotate90"), ("ToFloat", "to_float"), ("RGBShift", "rgbshift")],
)
def test_names_are_computed(class_name, name):
    assert op_name(class_name) == name


def test_nothing_else_lists_the_ops():
    """An op's name is written in its class alone: the core asks kinds, never names.

    What translates to and from other libraries names both.
    """
    names = {n for n in catalogue() if "_" in n}
    for path in modules("augment"):
        room = path.relative_to(ROOT / "augment").parts
        foreign = "foreign" in room or path.stem in ("starter", "demo")
        if foreign or (room[0] in ("testing", "ops", "native") and "kinds" not in room):
            continue
        constants = (n.value for n in ast.walk(ast.parse(path.read_text())) if isinstance(n, ast.Constant))
        assert not names & {c for c in constants if isinstance(c, str)}, path


KINDS = {
    name for name, kind in vars(kinds).items()
    if isinstance(kind, type) and issubclass(kind, kinds.Drawn) and kind is not kinds.Drawn and kind.modality == "image"
}  # fmt: skip
TOOLS = (
    "engine", "lint", "report", "testing", "view", "ensemble", "data", "cli", "native", "explain.py", "examples.py", "backend.py",
)  # fmt: skip


def test_tools_ask_kinds_and_never_look_them_up():
    """A tool that matched classes of kinds would pass by one that it does not know; what a type checker is told is no match."""
    ours = [path for path in modules("augment") if path.relative_to(ROOT / "augment").parts[0] in TOOLS]
    for path in (*ours, *(path for plugin in PLUGINS for path in modules(f"plugins/{plugin}"))):
        tree = ast.parse(path.read_text())
        told = {id(node) for held in ast.walk(tree) if isinstance(held, ast.Assert) for node in ast.walk(held)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("isinstance", "issubclass"):
                named = {part.id for part in ast.walk(node.args[1]) if isinstance(part, ast.Name)} & KINDS
                assert not named or id(node) in told, f"{path}:{node.lineno} asks whether an op is a {', '.join(named)}"


def test_module_docstrings_say_what_files_are_for():
    for path in (*modules("augment"), *modules("plugins"), *modules("tests")):
        if path.stat().st_size:
            doc = ast.get_docstring(ast.parse(path.read_text()))
            assert doc and doc.split("\n")[0].strip(), path


def test_no_file_is_named_for_nothing():
    for path in (*modules("augment"), *modules("plugins")):
        assert path.stem not in {"utils", "helpers", "common", "misc", "util", "helper"}, path


def test_nodes_are_frozen():
    for op in (*catalogue().values(), *COMBINATORS.values(), Node):
        assert op.model_config["frozen"] and op.model_config["extra"] == "forbid"
