"""What becomes of each argument of a class: found by asking its meaning with other values, and not written down a second time."""

from __future__ import annotations

import ast
import inspect
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from augment.errors import AugmentError
from augment.native.call import Call, Source
from augment.native.canonical import canonical
from augment.native.entry import Entry, Table
from augment.native.reading import Line, Reading
from augment.native.remark import NoCounterpartError, UnfitError
from augment.native.sources.calls import call_of
from augment.native.sources.literals import Scope
from augment.spec.node import Node

NEEDED: Mapping[str, Any] = {
    "size": (8, 8), "target_size": (8, 8), "min_max_height": (4, 8), "num_grid_xy": (2, 2), "mean": (0.5,), "std": (0.5,),
    "dtype": "torch.float32", "scale": 0.003, "factor": 0.3, "px": 3, "degrees": 10,
}  # fmt: skip
"""Values of arguments without a default, by name; 1 is one of the others."""
WORDS = (
    "nearest", "bicubic", "reflect", "constant", "vertical", "fisheye", "daylight", "cied", "erosion", "svhn", "cifar10",
    "uniform", "pil", "random", "noise", "normal", "rain", "mud", "top_left", "ellipse", "even", "image", "red_blue",
    "desaturation", "float64",
)  # fmt: skip
"""Words that arguments take; one that is none of an argument's is not understood there, and passed over."""


def base_arguments(entry: Entry) -> dict[str, Any]:
    """The arguments of the first example of a class, or of a plain call: defaults, and a value for what has none."""
    for example in entry.examples:
        body = ast.parse(example, mode="eval").body
        assert isinstance(body, ast.Call)
        call = call_of(body, Scope(""), ())
        if not call.children:
            return entry.bind(call)
    plain = inspect.Parameter.POSITIONAL_OR_KEYWORD, inspect.Parameter.KEYWORD_ONLY
    own = {name: parameter for name, parameter in entry.signature.parameters.items() if parameter.kind in plain}
    required = {name: NEEDED.get(name, 1) for name, parameter in own.items() if parameter.default is parameter.empty}
    return {name: value for name, value in entry.bind(Call(entry.name, (), required)).items() if name in own}


def said_of(table: Table, entry: Entry) -> str:
    """What an import says of a class that no op stands for: why it has no counterpart, or needs none."""
    if entry.ours:
        return ""
    try:
        return "; ".join(asked(table, entry, base_arguments(entry))[1])
    except NoCounterpartError as error:
        return str(error)
    except UnfitError:
        return ""


def arguments_of(table: Table, entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield each argument that may change the result, and the fields that it becomes: or *told* where an import says in words
    what becomes of it, and *with others* where it counts only beside some values of another argument."""
    base = base_arguments(entry)
    plain = _tried(table, entry, base)
    if plain is None or not entry.ours:
        return
    for name in entry.signature.parameters:
        if name in table.needless or name not in base:
            continue
        found, told = [], False
        for value in _others(base[name]):
            other = _tried(table, entry, {**base, name: value})
            if other is None:
                continue
            found = _changed(plain[0], other[0])
            if found:
                break
            told = told or other[1] != plain[1]
        if found or told or name not in entry.unread:
            yield name, ", ".join(f"`{field}`" for field in found) or ("*told*" if told else "*with others*")


def asked(table: Table, entry: Entry, arguments: Mapping[str, Any]) -> tuple[list[Node], tuple[str, ...]]:
    """What a call with all these arguments becomes, and what is said of it. Raises `NoCounterpartError` and `UnfitError`."""
    call = Call(entry.name, (), dict(arguments), where="here")
    reading = Reading(Source(table.library, (call,), {}, entry.era or (table.eras[0] if table.eras else None)))  # type: ignore[arg-type]
    reading.remarks.clear()
    made = Line(reading, call, entry).made(arguments)
    return made, tuple(remark.message for remark in reading.remarks)


def _tried(table: Table, entry: Entry, arguments: Mapping[str, Any]) -> tuple[dict[str, Any], tuple[str, ...]] | None:
    """The fields that a call comes to, and what is said of it; None where it cannot be read."""
    try:
        made, told = asked(table, entry, arguments)
    except (NoCounterpartError, UnfitError, AugmentError):
        return None
    return dict(_fields(canonical(made))), told


def _fields(steps: Any) -> Iterator[tuple[str, Any]]:
    """Each op, under its name and how often it came before, and its fields, behind a point; those inside of others as well."""
    seen: Counter[str] = Counter()
    waiting = list(steps)
    while waiting:
        name, own = waiting.pop(0)
        seen[name] += 1
        place = f"{name}-{seen[name]}"
        yield place, name
        for field, value in own.items():
            if field == "ops":
                waiting += [step for _, inside in value for step in inside]
            else:
                yield f"{place}.{field}", value


def _changed(one: Mapping[str, Any], other: Mapping[str, Any]) -> list[str]:
    """Fields of the ops that stay, and ops that come; where there are neither, those that go."""
    fields = [key.partition(".")[2] for key in one if key in other and one[key] != other[key]]
    come = [name for key, name in other.items() if "." not in key and key not in one]
    gone = [name for key, name in one.items() if "." not in key and key not in other]
    return list(dict.fromkeys([*fields, *come] or gone))


def _others(value: Any) -> Iterator[Any]:
    """Values near another one, and of its kind."""
    match value:
        case bool():
            yield not value
        case int() | float():
            yield from (value + 1, value * 0.5, value - 1)
        case str():
            yield from WORDS
        case list() | tuple() if value:
            for other in zip(*(tuple(_others(part)) or (part,) for part in value), strict=False):
                yield type(value)(other)
        case None:
            yield from (1, 0.5, (0.1, 0.2), (1, 2), True, *WORDS[:4])


__all__ = ["arguments_of", "asked", "base_arguments", "said_of"]
