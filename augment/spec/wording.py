"""Says in the project's words what pydantic found: one line for each place, whatever unions it tried there."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple, get_args

from pydantic import BaseModel, ValidationError

from augment.errors import Mistake, SpecError, suggest
from augment.spec.fields import declared, own_fields
from augment.spec.foreign import foreign_field, foreign_value
from augment.spec.ledger import Path, path_text, quote
from augment.values import DISTRIBUTIONS, Quantity, rewritten

_FORMS = {
    "float": "a number", "int": "a whole number", "bool": "true or false", "string": "text", "tuple": "a list", "list": "a list",
    "dict": "a mapping", "mapping": "a mapping", "model": "a mapping", "none": "nothing", "finite": "a finite number",
    "is": "an op or a combinator",
}  # fmt: skip
_KINDS = ("type", "parsing", "from_float", "number", "instance_of", "required", "unicode")
_BOUNDS = {
    "greater_than_equal": ("at least", "ge"), "greater_than": ("more than", "gt"),
    "less_than_equal": ("at most", "le"), "less_than": ("less than", "lt"),
}  # fmt: skip


class Problem(NamedTuple):
    """What is wrong at a path inside the data of a model; ``key`` tells that the name itself is wrong, not its value."""

    path: Path
    message: str
    key: bool = False


def problems(error: ValidationError, model: type[BaseModel], data: Any) -> Iterator[Problem]:
    """Yield what is wrong, once for each place in ``data``."""
    groups: dict[tuple[Path, Any], list[Any]] = {}
    for detail in error.errors(include_url=False):
        path = _inside(detail["loc"], data)
        lacks = detail["loc"][-1] if detail["type"] == "missing" else None
        groups.setdefault((path, lacks), []).append(detail)
    unknown = {
        path: _unknown(str(path[-1]), _model_at(model, path[:-1]))
        for (path, _), details in groups.items()
        if details[0]["type"] == "extra_forbidden"
    }
    deeper = {path[:n] for path, _ in groups for n in range(1, len(path))}
    for (path, lacks), details in groups.items():
        if path in unknown:
            yield Problem(path, unknown[path], key=True)
        elif lacks is not None:
            # under another name it is there: that is told already
            if any(at[:-1] == path and f"did you mean {lacks!r}" in message for at, message in unknown.items()):
                continue
            yield Problem(path, _missing(lacks, _model_at(model, path)))
        elif path not in deeper:  # else a branch of the union got further, and knows more
            yield Problem(path, _merge(details, _at(data, path)))


def from_validation(error: ValidationError, model: type[BaseModel], name: str, data: Mapping[str, Any]) -> SpecError:
    """Return the error of a constructor that was called with ``data``."""
    return SpecError([Mistake(path_text((*((name,) if name else ()), *p.path)), p.message) for p in problems(error, model, data)])


def _inside(loc: Path, data: Any) -> Path:
    """Drop what pydantic adds for its unions: parts that lead nowhere in the data."""
    path: list[str | int] = []
    for part in loc:
        match data:
            case Mapping() if part in data:
                data = data[part]
            case list() | tuple() if isinstance(part, int) and part < len(data):
                data = data[part]
            case _:
                continue
        path.append(part)
    return tuple(path)


def _at(data: Any, path: Path) -> Any:
    for part in path:
        data = data[part]
    return data


def _model_at(model: type[BaseModel], path: Path) -> type[BaseModel] | None:
    """Return the model that stands at a path: the outermost, or one inside a field's type."""
    here: type[BaseModel] | None = model
    for part in path:
        if here is not None and part in here.model_fields:
            inner = _models(here.model_fields[str(part)].annotation)
            here = inner[0] if inner else None
    return here


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _models(annotation: Any) -> list[Any]:
    return [annotation] if _is_model(annotation) else [m for a in get_args(annotation) for m in _models(a)]


def _unknown(name: str, model: type[BaseModel] | None) -> str:
    fields = model.model_fields if model else ()
    own = own_fields(model) if model else ()
    near = (_distribution(name, model) or foreign_field(name, model) if model else "") or suggest(name[:60], fields)
    takes = f"; it takes {', '.join(own)}" if own else "; it takes no fields of its own"
    return f"unknown field {quote(name)}{near or takes}"


def _distribution(name: str, model: type[BaseModel]) -> str:
    """A distribution beside fields is that of one of them, and which one has to be said."""
    if name not in DISTRIBUTIONS:
        return ""
    drawn = [field for field in model.model_fields if declared(model, field, Quantity)]
    main = getattr(model, "bare", None)
    return f"; a distribution stands behind its field: {main if main in drawn else drawn[0]}: {{{name}: ...}}" if drawn else ""


def _missing(name: str | int, model: type[BaseModel] | None) -> str:
    if isinstance(name, int):
        return f"must have at least {name + 1} items"
    about = model.model_fields[name].description if model and name in model.model_fields else None
    return f"needs {name!r}{f': {about}' if about else ''}"


def _merge(details: list[Any], raw: Any) -> str:
    """Join what the branches of a union ask for at one place."""
    words = [word for d in details if d["type"] == "literal_error" for word in _literals(d["ctx"]["expected"])]
    forms = [form for d in details if (form := _form(d["type"]))]
    others = [_sentence(d, raw) for d in details if d["type"] != "literal_error" and not _form(d["type"])]
    parts = []
    if words and isinstance(raw, str):
        parts.append(f"{quote(raw)} is not one of {', '.join(words)}{foreign_value(raw, words) or suggest(raw[:60], words)}")
        if forms:
            parts.append(f"or {' or '.join(dict.fromkeys(forms))}")
    elif words or forms:
        meant = rewritten(raw) if isinstance(raw, str) else ""
        parts.append(f"must be {' or '.join(dict.fromkeys([*words, *forms]))}, not {quote(raw)}{meant}")
    return "; ".join([*parts, *dict.fromkeys(others)])


def _literals(expected: str) -> list[str]:
    return re.findall(r"'([^']*)'", expected) or re.split(r", | or ", expected)


def _form(kind: str) -> str | None:
    first, _, rest = kind.partition("_")
    return _FORMS.get(first) if rest in _KINDS else None


def _sentence(detail: Any, raw: Any) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind == "value_error":
        return str(context["error"])
    if kind in _BOUNDS:
        word, bound = _BOUNDS[kind]
        return f"must be {word} {context[bound]:g}, not {quote(raw)}"
    if kind in ("too_short", "string_too_short"):
        return f"must have at least {context['min_length']}, not {len(raw)}" if raw else "must not be empty"
    if kind in ("too_long", "string_too_long"):
        return f"must have at most {context['max_length']}, not {len(raw)}"
    if kind == "string_pattern_mismatch":
        return f"must be letters, digits, _ and -, starting with a letter, not {quote(raw)}"
    message = detail["msg"].removeprefix("Input ")
    return f"{message[:1].lower()}{message[1:]}, not {quote(raw)}"
