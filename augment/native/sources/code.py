"""Source code, read as a tree: literal pipelines are found in it, and nothing of it runs."""

from __future__ import annotations

import ast
import math
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from augment.errors import SpecError, suggest
from augment.native.call import MOST_DEPTH, Call, Library, Source, Unread
from augment.native.entry import tables

MOST_CHARACTERS = 1_000_000
MODULES: dict[str, Library] = {
    "albumentations": "albumentations", "torchvision": "torchvision", "keras": "keras", "keras_cv": "keras",
    "tensorflow": "keras",
    "tf_keras": "keras", "nlpaug": "nlpaug",
}  # fmt: skip
CONTAINERS = {"Compose", "ReplayCompose", "Sequential", "ImageDataGenerator", "Sometimes", "RandomAugmentationPipeline"}
HELD = {"transforms", "layers", "flow"}


@dataclass(frozen=True)
class Found:
    """One pipeline in a text: what it is assigned to, and where."""

    name: str
    line: int
    source: Source


@dataclass
class Scope:
    """What names stand for: modules of libraries, and expressions that were assigned to them."""

    file: str
    libraries: dict[str, Library] = field(default_factory=dict)
    values: dict[str, ast.expr] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)


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
            found.append(Found(name or f"line{expression.lineno}", expression.lineno, source))
    return found


def _outer(tree: ast.AST) -> Iterator[tuple[str, ast.Call | ast.List]]:
    """Every outermost call of a container, and every list of calls that is assigned, with the name it is assigned to."""
    open_: list[tuple[str, ast.AST]] = [("", tree)]
    while open_:
        name, node = open_.pop()
        if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
            target = node.targets[0] if isinstance(node, ast.Assign) else node.target
            open_.append((_dotted(target) or name, node.value))
            continue
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            name = node.name
        if isinstance(node, ast.Call) and (_last(node.func) in CONTAINERS):
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
                if known := _dotted(target):
                    # the first is kept where a name is assigned twice to unlike things: then it is no constant
                    scope.values[known] = value if known not in scope.values else ast.Name(id="?")
            case ast.ClassDef(name=known):
                scope.classes.add(known)
    return scope


def _library(expression: ast.Call | ast.List, scope: Scope) -> Library | None:
    """The library of a pipeline: that of its outermost name, else of what it holds, else the one that knows the most of it."""
    if isinstance(expression, ast.Call) and _last(expression.func) == "ImageDataGenerator":
        return "keras_legacy"
    calls = [node for node in _walk(expression) if isinstance(node, ast.Call)]
    roots = [scope.libraries.get(_root(call.func)) for call in calls]
    if roots and (found := roots[0] or next(filter(None, roots[1:]), None)):
        if found == "keras":  # a model is a Sequential, too
            known = tables()["keras"]
            if not any(_last(call.func) in known for call in calls[isinstance(expression, ast.Call) :]):
                return None
        return found
    names = [_last(call.func) for call in calls]
    shares = {library: sum(name in table for name in names) for library, table in tables().items() if library != "ultralytics"}
    best = max(shares, key=lambda library: shares[library])
    return best if shares[best] > 1 and not scope.libraries else None  # type: ignore[return-value]


def _walk(node: ast.AST) -> Iterator[ast.AST]:
    """In the order of the text, outermost first."""
    yield node
    for child in ast.iter_child_nodes(node):
        yield from _walk(child)


def _source(expression: ast.Call | ast.List, library: Library, scope: Scope) -> Source:
    if isinstance(expression, ast.List):
        return Source(library, _calls(expression, scope, ()), name=scope.file)
    call = call_of(expression, scope, ())
    if call.name in ("Compose", "ReplayCompose", "Sequential") and (library != "albumentations" or call.name != "Sequential"):
        return Source(library, call.children, call.kwargs, name=scope.file)
    return Source(library, (call,), name=scope.file)


def call_of(node: ast.Call, scope: Scope, above: tuple[str, ...]) -> Call:
    if len(above) > MOST_DEPTH:
        raise SpecError(f"{scope.file}:{node.lineno}: is nested more than {MOST_DEPTH} deep")
    name, where = _last(node.func) or ast.unparse(node.func)[:60], f"{scope.file}:{node.lineno}"
    if isinstance(node.func, ast.Name) and node.func.id in scope.classes:
        return Call(name, where=where, custom=True)
    below = (*above, f"call {node.lineno}:{node.col_offset}")
    children: tuple[Call, ...] = ()
    args: list[Any] = []
    for argument in node.args:
        held = _list(argument, scope)
        if held is not None and not args and not children and _holds(held, scope):
            children = _calls(held, scope, below)
        elif isinstance(argument, ast.Call) and not _computed(argument) and _is_layer(argument, scope):
            children = (*children, call_of(argument, scope, below))
        else:
            args.append(value(argument, scope))
    kwargs: dict[str, Any] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            kwargs["**"] = Unread(f"**{ast.unparse(keyword.value)[:60]}")
            continue
        held = _list(keyword.value, scope)
        if keyword.arg in HELD and held is not None:
            children = _calls(held, scope, below)
        elif keyword.arg == "layer" and isinstance(keyword.value, ast.Call):
            children = (call_of(keyword.value, scope, below),)
        else:
            kwargs[keyword.arg] = value(keyword.value, scope)
    return Call(name, tuple(args), kwargs, children, where)


def _is_layer(node: ast.Call, scope: Scope) -> bool:
    return _root(node.func) in scope.libraries and _last(node.func)[:1].isupper() and not _last(node.func).endswith("Params")


def _computed(node: ast.Call) -> bool:
    return _last(node.func) in ("BboxParams", "KeypointParams", "dict", "tuple", "list")


def _list(node: ast.expr, scope: Scope, seen: int = 0) -> ast.List | ast.Tuple | None:
    """The list that an expression is, or that a name stands for, or that two lists make."""
    if isinstance(node, ast.List | ast.Tuple):
        return node
    if isinstance(node, ast.Name) and node.id in scope.values and seen < 5:
        return _list(scope.values[node.id], scope, seen + 1)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = _list(node.left, scope, seen), _list(node.right, scope, seen)
        if left and right:
            return ast.List(elts=[*left.elts, *right.elts])
    return None


def _holds(node: ast.List | ast.Tuple, scope: Scope) -> bool:
    """Whether a list holds transforms, and no numbers."""
    return any(
        isinstance(x, ast.Call | ast.Lambda | ast.Starred)
        or (isinstance(x, ast.Name) and isinstance(scope.values.get(x.id), ast.Call))
        for x in node.elts
    )


def _calls(node: ast.List | ast.Tuple, scope: Scope, above: tuple[str, ...]) -> tuple[Call, ...]:
    found: list[Call] = []
    for element in node.elts:
        where = f"{scope.file}:{getattr(element, 'lineno', '?')}"
        if isinstance(element, ast.Name) and element.id in scope.values and f"name {element.id}" not in above:
            below = (*above, f"name {element.id}")
            held = scope.values[element.id]
            found.extend(_calls(ast.List(elts=[held]), scope, below) if isinstance(held, ast.Call) else [_unread(element, where)])
        elif (
            isinstance(element, ast.Starred)
            and (held_list := _list(element.value, scope)) is not None
            and len(above) < MOST_DEPTH
        ):
            found.extend(_calls(held_list, scope, (*above, f"name {ast.unparse(element)[:30]}")))
        elif isinstance(element, ast.Call) and _last(element.func):
            found.append(call_of(element, scope, above))
        else:
            found.append(_unread(element, where))
    return tuple(found)


def _unread(element: ast.expr, where: str) -> Call:
    return Call(ast.unparse(element)[:60], where=where, custom=True)


def value(node: ast.expr, scope: Scope, seen: int = 0) -> Any:
    """Return an expression as a literal: constants, arithmetic of them, names of constants; the rest is named."""
    if seen > MOST_DEPTH:
        return Unread("..")
    match node:
        case ast.Constant(value=constant) if constant is None or isinstance(constant, bool | int | float | str):
            return constant
        case ast.Tuple(elts=elements):
            return tuple(value(x, scope, seen + 1) for x in elements)
        case ast.List(elts=elements):
            return [value(x, scope, seen + 1) for x in elements]
        case ast.Dict(keys=keys, values=values) if all(keys):
            return {
                str(value(k, scope, seen + 1)): value(v, scope, seen + 1)
                for k, v in zip(keys, values, strict=True)
                if k is not None
            }
        case ast.UnaryOp(op=ast.USub(), operand=operand):
            found = value(operand, scope, seen + 1)
            return -found if isinstance(found, int | float) else Unread(ast.unparse(node)[:60])
        case ast.BinOp(left=left, op=operator, right=right):
            return _arithmetic(node, operator, value(left, scope, seen + 1), value(right, scope, seen + 1))
        case ast.Name(id=name) if name in scope.values:
            return value(scope.values[name], scope, seen + 1)
        case ast.Attribute() if _dotted(node) in scope.values:
            return value(scope.values[_dotted(node)], scope, seen + 1)
        case ast.Attribute():
            known = _dotted(node)
            return {"np.pi": math.pi, "math.pi": math.pi}.get(known) or (known if _constant(known, scope) else Unread(known))
        case ast.Call() if _last(node.func) in ("BboxParams", "KeypointParams", "dict"):
            given = {k.arg: value(k.value, scope, seen + 1) for k in node.keywords if k.arg}
            if node.args:
                given["format"] = value(node.args[0], scope, seen + 1)
            return given
        case ast.Call(args=[only]) if _last(node.func) in ("tuple", "list", "float", "int"):
            found = value(only, scope, seen + 1)
            return (
                {"float": float, "int": int}[_last(node.func)](found)
                if isinstance(found, int | float) and _last(node.func) in ("float", "int")
                else found
            )
    return Unread(ast.unparse(node)[:60])


def _constant(name: str, scope: Scope) -> bool:
    """Whether a dotted name is one of a library's constants, written in capitals or a type: cv2.BORDER_REFLECT, torch.float32."""
    root, _, last = name.partition(".")[0], "", name.rpartition(".")[2]
    return last.isupper() or root in ("torch", "tf", "np", "tv_tensors") or root in scope.libraries


def _arithmetic(node: ast.BinOp, operator: ast.operator, a: Any, b: Any) -> Any:
    if isinstance(a, int | float) and isinstance(b, int | float) and max(abs(a), abs(b)) < 1e9:
        try:
            match operator:
                case ast.Add():
                    return a + b
                case ast.Sub():
                    return a - b
                case ast.Mult():
                    return a * b
                case ast.Div():
                    return a / b
                case ast.FloorDiv():
                    return a // b
        except ArithmeticError:
            pass
    if isinstance(operator, ast.Mult) and isinstance(a, list | tuple) and isinstance(b, int) and 0 <= b <= 16:
        return a * b
    return Unread(ast.unparse(node)[:60])


def _dotted(node: ast.AST) -> str:
    """'A.Compose' of a name or of attributes of one; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = _dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    return ""


def _last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


__all__ = ["Found", "chosen", "from_code", "pipelines"]
