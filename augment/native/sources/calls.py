"""Calls in code, as a pipeline is made of them, without a run of any."""

from __future__ import annotations

import ast
from typing import Any

from augment.errors import SpecError
from augment.native.call import HOLDERS, MOST_DEPTH, Call, Unread
from augment.native.sources.literals import Scope, last, list_of, root, value


def call_of(node: ast.Call, scope: Scope, above: tuple[str, ...]) -> Call:
    if len(above) > MOST_DEPTH:
        raise SpecError(f"{scope.file}:{node.lineno}: is nested more than {MOST_DEPTH} deep")
    name, where = last(node.func) or ast.unparse(node.func)[:60], f"{scope.file}:{node.lineno}"
    if isinstance(node.func, ast.Name) and node.func.id in scope.classes:
        return Call(name, where=where, custom=True)
    below = (*above, f"call {node.lineno}:{node.col_offset}")
    children: tuple[Call, ...] = ()
    args: list[Any] = []
    for argument in node.args:
        held = list_of(argument, scope)
        if held is not None and not args and not children and _holds(held, scope):
            children = calls_of(held, scope, below)
        elif isinstance(argument, ast.Call) and not _computed(argument) and _is_layer(argument, scope):
            children = (*children, call_of(argument, scope, below))
        else:
            args.append(value(argument, scope))
    kwargs: dict[str, Any] = {}
    for keyword in node.keywords:
        if keyword.arg is None:
            kwargs["**"] = Unread(f"**{ast.unparse(keyword.value)[:60]}")
            continue
        held = list_of(keyword.value, scope)
        if keyword.arg in HOLDERS and held is not None:
            children = calls_of(held, scope, below)
        elif keyword.arg in HOLDERS and isinstance(keyword.value, ast.Call) and _is_layer(keyword.value, scope):
            children = (*children, call_of(keyword.value, scope, below))
        else:
            kwargs[keyword.arg] = value(keyword.value, scope)
    return Call(name, tuple(args), kwargs, children, where)


def _is_layer(node: ast.Call, scope: Scope) -> bool:
    return root(node.func) in scope.libraries and last(node.func)[:1].isupper() and not last(node.func).endswith("Params")


def _computed(node: ast.Call) -> bool:
    return last(node.func) in ("BboxParams", "KeypointParams", "dict", "tuple", "list")


def _holds(node: ast.List | ast.Tuple, scope: Scope) -> bool:
    """Whether a list holds transforms, and no numbers."""
    return any(
        isinstance(x, ast.Call | ast.Lambda | ast.Starred)
        or (isinstance(x, ast.Name) and isinstance(scope.values.get(x.id), ast.Call))
        for x in node.elts
    )


def calls_of(node: ast.List | ast.Tuple, scope: Scope, above: tuple[str, ...]) -> tuple[Call, ...]:
    found: list[Call] = []
    for element in node.elts:
        where = f"{scope.file}:{getattr(element, 'lineno', '?')}"
        if isinstance(element, ast.Name) and element.id in scope.values and f"name {element.id}" not in above:
            below = (*above, f"name {element.id}")
            held = scope.values[element.id]
            read = calls_of(ast.List(elts=[held]), scope, below) if isinstance(held, ast.Call) else (_unread(element, where),)
            found.extend(read)
        elif (
            isinstance(element, ast.Starred)
            and (held_list := list_of(element.value, scope)) is not None
            and len(above) < MOST_DEPTH
        ):
            found.extend(calls_of(held_list, scope, (*above, f"name {ast.unparse(element)[:30]}")))
        elif isinstance(element, ast.Call) and last(element.func):
            found.append(call_of(element, scope, above))
        else:
            found.append(_unread(element, where))
    return tuple(found)


def _unread(element: ast.expr, where: str) -> Call:
    return Call(ast.unparse(element)[:60], where=where, custom=True)
