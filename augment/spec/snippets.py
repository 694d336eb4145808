"""What editors insert when a name is completed: a valid value in the short form, with a stop at each part that one may change.

The keyword is ``defaultSnippets``, which VS Code's JSON and the YAML language server read; validators pass over it. A text that
begins with ^ is inserted as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

from annotated_types import Ge, Gt

from augment.errors import SpecError
from augment.spec.fields import declared
from augment.spec.layout import dump
from augment.spec.node import Combinator, Node
from augment.spec.write import plain_step
from augment.values import Quantity

INSERTED = ("defaultSnippets",)
SHARED = {"p": 0.5, "weight": 2}
LENGTH = 224
"""Of sides and such, where nothing else is usual."""
Schema = dict[str, Any]
_SPECIAL = re.compile(r"[$}\\]")


def inserted_step(node: Node) -> Schema:
    """Return what is inserted behind the name of an op: the fields of an example. A combinator waits for its ops: servers would
    offer an example of it among them, too."""
    if isinstance(node, Combinator):
        return {}
    step = plain_step(node)
    value = step[node.name()] if isinstance(step, Mapping) else {}
    return _snippet(value, f"{node.name()} as it is often used")


def inserted_field(node: Node, name: str, typical: Callable[[Any], Any]) -> Schema:
    """Return what is inserted behind the name of a field, where its type says too little: what is usual beside the others, or the
    default."""
    info, quantity = type(node).model_fields[name], declared(type(node), name, Quantity)
    if name in SHARED:
        return _snippet(SHARED[name], "")
    if info.default is not None and not info.is_required():
        value = _plain(quantity, info.default)
        return _snippet(value, "") if quantity is not None or (isinstance(value, list) and value) else {}
    value = typical(info)
    values = [value, value[0], *([max(value[0], 3)] if isinstance(value[0], int) else [])] if isinstance(value, list) else []
    if value is None:  # editors would write 0
        least = next((bound.ge for bound in info.metadata if isinstance(bound, Ge)), 0)
        values = [LENGTH] if any(isinstance(bound, Gt) for bound in info.metadata) else [least] if least else []
    for one in values:
        if _fits(node, name, one):
            return _snippet(one if quantity is None else quantity.write(quantity.read(one)), "")
    return {}


def _fits(node: Node, name: str, value: Any) -> bool:
    """Whether a field may have a value, whatever is said of it beside others."""
    try:
        node.replace(**{name: value})
    except SpecError as error:
        return not any(name in mistake.where.split(".") for mistake in error.mistakes)
    return True


def written_default(kind: type[Node], name: str) -> Schema:
    """Return the default of a field as a spec writes it."""
    return {"default": _plain(declared(kind, name, Quantity), kind.model_fields[name].default)}


def _plain(quantity: Quantity | None, value: Any) -> Any:
    if quantity is not None:
        return quantity.write(value)
    return [x if isinstance(x, str | int) else float(x) for x in value] if isinstance(value, tuple) else value


def _snippet(value: Any, about: str) -> Schema:
    """A snippet of a value; at each of its parts the cursor stops in turn."""
    count = iter(range(1, 100))

    def stop(text: str) -> str:
        return f"${{{next(count)}:{_SPECIAL.sub(_escaped, text)}}}"

    if isinstance(value, Mapping):  # on one line: servers do not know how deep a line after a dash begins
        body = "{" + ", ".join(f"{name}: {stop(_text(part))}" for name, part in value.items()) + "}"
    else:
        body = stop(_text(value))
    return {"defaultSnippets": [{"label": _text(value), **({"description": about} if about else {}), "body": f"^{body}"}]}


def _escaped(found: re.Match[str]) -> str:
    return "\\" + found[0]


def _text(value: Any) -> str:
    """A value as it stands among others in braces."""
    return dump([value]).strip()[1:-1]
