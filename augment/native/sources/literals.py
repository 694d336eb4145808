"""Values in code that are written out, and names of such values."""

from __future__ import annotations

import ast
import math
from dataclasses import dataclass, field
from typing import Any

from augment.native.call import MOST_DEPTH, Library, Unread


@dataclass
class Scope:
    """What names stand for: modules of libraries, and expressions that were assigned to them."""

    file: str
    libraries: dict[str, Library] = field(default_factory=dict)
    values: dict[str, ast.expr] = field(default_factory=dict)
    classes: set[str] = field(default_factory=set)


def list_of(node: ast.expr, scope: Scope, seen: int = 0) -> ast.List | ast.Tuple | None:
    """The list that an expression is, or that a name stands for, or that two lists make."""
    if isinstance(node, ast.List | ast.Tuple):
        return node
    if isinstance(node, ast.Name) and node.id in scope.values and seen < 5:
        return list_of(scope.values[node.id], scope, seen + 1)
    if isinstance(node, ast.Call) and last(node.func) in ("ModuleList", "list", "tuple") and len(node.args) == 1:
        return list_of(node.args[0], scope, seen)
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left, right = list_of(node.left, scope, seen), list_of(node.right, scope, seen)
        if left and right:
            return ast.List(elts=[*left.elts, *right.elts])
    return None


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
        case ast.Attribute() if dotted(node) in scope.values:
            return value(scope.values[dotted(node)], scope, seen + 1)
        case ast.Attribute():
            known = dotted(node)
            return {"np.pi": math.pi, "math.pi": math.pi}.get(known) or (known if _constant(known, scope) else Unread(known))
        case ast.Call() if last(node.func) in ("BboxParams", "KeypointParams", "dict"):
            given = {k.arg: value(k.value, scope, seen + 1) for k in node.keywords if k.arg}
            if node.args:
                given["format"] = value(node.args[0], scope, seen + 1)
            return given
        case ast.Call(args=[only]) if last(node.func) in ("tuple", "list", "float", "int"):
            found = value(only, scope, seen + 1)
            return (
                {"float": float, "int": int}[last(node.func)](found)
                if isinstance(found, int | float) and last(node.func) in ("float", "int")
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


def dotted(node: ast.AST) -> str:
    """'A.Compose' of a name or of attributes of one; empty for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute):
        head = dotted(node.value)
        return f"{head}.{node.attr}" if head else ""
    return ""


def last(node: ast.AST) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def root(node: ast.AST) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
