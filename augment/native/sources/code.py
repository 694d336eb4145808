"""Source code, read as a tree: literal pipelines are found in it, and nothing of it runs."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from augment.errors import SpecError, suggest
from augment.native.call import Library, Source
from augment.native.entry import tables
from augment.native.sources.calls import call_of, calls_of
from augment.native.sources.literals import Scope, dotted, last, root

MOST_CHARACTERS = 1_000_000


MODULES: dict[str, Library] = {
    "albumentations": "albumentations", "torchvision": "torchvision", "keras": "keras", "keras_cv": "keras",
    "tensorflow": "keras",
    "tf_keras": "keras", "nlpaug": "nlpaug",
}  # fmt: skip


CONTAINERS = {"Compose", "ReplayCompose", "Sequential", "ImageDataGenerator"}


@dataclass(frozen=True)
class Found:
    """One pipeline in a text: what it is assigned to, and where."""

    name: str
    line: int
    source: Source
    uses: frozenset[str]
    """The names that it holds."""


def from_code(text: str, file: str = "<text>", name: str | None = None) -> Source:
    """Return the facts of the pipeline in a text of Python, or of that one which is assigned to a name.

    Raises `SpecError` where there is none, where there are several and none is named, and on a text that is no Python.
    """
    found = pipelines(text, file)
    if name is not None:
        named = [one for one in found if one.name == name]
        if not named:
            names = [one.name for one in found]
            raise SpecError(
                f"{file}: no pipeline is assigned to {name!r}{suggest(name, names)} (there are: {', '.join(names) or 'none'})"
            )
        return named[-1].source
    if not found:
        raise SpecError(
            f"{file}: holds no pipeline that can be read: a Compose, a Sequential of layers, a list of layers, a flow or "
            "an ImageDataGenerator, "
            "written out with literal arguments"
        )
    used = frozenset[str]().union(*(one.uses for one in found))
    found = [one for one in found if one.name not in used] or found
    if len(found) > 1:
        listed = ", ".join(f"{one.name} (line {one.line})" for one in found)
        raise SpecError(f"{file}: holds {len(found)} pipelines: {listed}; say which one, {chosen(file, found[0].name)}")
    return found[0].source


def chosen(file: str, name: str) -> str:
    """Return how the command line is told which pipeline of a file is meant."""
    return f"as --name {name}" if file == "-" else f"as {file}:{name}"


def pipelines(text: str, file: str = "<text>") -> list[Found]:
    """Return all pipelines of a text, in order; raises `SpecError` on a text that is no Python."""
    if len(text) > MOST_CHARACTERS:
        raise SpecError(f"{file}: has more than {MOST_CHARACTERS:,} characters")
    try:
        tree = ast.parse(text)
        nodes = list(_outer(tree))
    except SyntaxError as error:
        raise SpecError(f"{file}:{error.lineno or 1}: is no Python that can be read ({error.msg})") from None
    except (ValueError, RecursionError, MemoryError) as error:
        raise SpecError(f"{file}: is no Python that can be read ({str(error) or type(error).__name__})") from None
    scope = _scope(tree, file)
    found = []
    for name, expression in nodes:
        library = _library(expression, scope)
        if library is None:
            continue
        try:
            source = _source(expression, library, scope)
        except RecursionError:
            raise SpecError(f"{file}:{expression.lineno}: is nested too deep") from None
        if source.calls:
            uses = frozenset(node.id for node in ast.walk(expression) if isinstance(node, ast.Name))
            found.append(Found(name or f"line{expression.lineno}", expression.lineno, source, uses))
    return found


def _outer(tree: ast.AST) -> Iterator[tuple[str, ast.Call | ast.List]]:
    """Every outermost call of a container, and every list of calls that is assigned, with the name it is assigned to."""
    open_: list[tuple[str, ast.AST]] = [("", tree)]
    while open_:
        name, node = open_.pop()
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            open_.append((dotted(target) or name, node.value))
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = node.name
        if isinstance(node, ast.Call) and last(node.func) in _containers():
            yield name, node
            continue
        if isinstance(node, ast.List) and name and len(node.elts) > 1 and all(isinstance(x, ast.Call) for x in node.elts):
            yield name, node
            continue
        if isinstance(node, ast.Dict):
            pairs = zip(node.keys, node.values, strict=True)
            open_.extend(reversed([(f"{name}[{k.value!r}]" if isinstance(k, ast.Constant) else name, v) for k, v in pairs]))
            continue
        open_.extend(reversed([(name, child) for child in ast.iter_child_nodes(node)]))


@cache
def _containers() -> frozenset[str]:
    """Classes whose call is a pipeline, also where it stands alone."""
    holders = (name for table in tables().values() for name in table if any(entry.holders for entry in table[name]))
    return frozenset({*CONTAINERS, *holders})


def _scope(tree: ast.Module, file: str) -> Scope:
    scope = Scope(file)
    for node in ast.walk(tree):
        match node:
            case ast.Import():
                for alias in node.names:
                    root = alias.name.partition(".")[0]
                    if root in MODULES:
                        scope.libraries[alias.asname or root] = MODULES[root]
            case ast.ImportFrom(module=str(module)):
                root = module.partition(".")[0]
                for alias in node.names:
                    if root in MODULES:
                        scope.libraries[alias.asname or alias.name] = MODULES[root]
            case ast.Assign(targets=[target], value=value):
                if known := dotted(target):
                    # the first is kept where a name is assigned twice to unlike things: then it is no constant
                    scope.values[known] = value if known not in scope.values else ast.Name(id="?")
            case ast.ClassDef(name=known):
                scope.classes.add(known)
    return scope


def _library(expression: ast.Call | ast.List, scope: Scope) -> Library | None:
    """The library of a pipeline: that of its outermost name, else of what it holds, else the one that knows the most of it."""
    if isinstance(expression, ast.Call) and last(expression.func) == "ImageDataGenerator":
        return "keras_legacy"
    calls = [node for node in expressions(expression) if isinstance(node, ast.Call)]
    roots = [scope.libraries.get(root(call.func)) for call in calls]
    if roots and (found := roots[0] or next(filter(None, roots[1:]), None)):
        if found == "keras":  # a model is a Sequential, too
            known = tables()["keras"]
            if not any(last(call.func) in known for call in calls[isinstance(expression, ast.Call) :]):
                return None
        return found
    names = [last(call.func) for call in calls]
    shares = {library: sum(name in table for name in names) for library, table in tables().items() if library != "ultralytics"}
    best = max(shares, key=lambda library: shares[library])
    return best if shares[best] > 1 and not scope.libraries else None  # type: ignore[return-value]


def expressions(node: ast.AST) -> Iterator[ast.AST]:
    """In the order of the text, outermost first."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from expressions(child)


def _source(expression: ast.Call | ast.List, library: Library, scope: Scope) -> Source:
    if isinstance(expression, ast.List):
        return Source(library, calls_of(expression, scope, ()), name=scope.file)
    call = call_of(expression, scope, ())
    if call.name in ("Compose", "ReplayCompose", "Sequential") and (library != "albumentations" or call.name != "Sequential"):
        return Source(library, call.children, call.kwargs, name=scope.file)
    return Source(library, (call,), name=scope.file)


__all__ = ["Found", "chosen", "from_code", "pipelines"]
