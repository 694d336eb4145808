"""Writes calls as source that people read: one line a step, its mark behind it."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING, Any

from augment.native.call import Call

if TYPE_CHECKING:
    from augment.native.leaving import Exported, Line

WIDTH = 100
NAMES = ("cv2.", "torch.", "InterpolationMode.", "AutoAugmentPolicy.")


def render(found: Exported) -> str:
    """Return the source of a whole pipeline."""
    from augment.native.leaving import identifier
    from augment.native.writes.writer import writes

    style = writes(found.library).style
    name = identifier(found.pipeline.name)
    body = [line for one in found.lines for line in _line(one, style)]
    settings = "".join(f", {key}={_setting(key, value)}" for key, value in found.settings.items())
    outer = style.prefix.get(style.container, style.prefix[""]) + style.container
    text = "\n".join([f"{name} = {outer}([", *body, f"]{settings})"])
    used = [line for line in style.imports if _used(line, text)]
    head = [
        f'"""{name}: in plain classes of {found.library}.',
        "",
        *textwrap.wrap(_summary(found), WIDTH),
        *(f"Note: {note}." for note in found.notes),
        '"""',
    ]
    return "\n".join([*head, "", *used, "", text]) + "\n"


def _summary(found: Exported) -> str:
    counts = {verdict: sum(line.verdict == verdict for line in found.lines) for verdict in ("same", "differs", "no counterpart")}
    told = ", ".join(f"{n} {verdict}" for verdict, n in counts.items() if n)
    return f"Of {len(found.lines)} steps: {told or 'none'}."


def _used(line: str, text: str) -> bool:
    """Whether one of the names that an import brings is used."""
    brought = line.rpartition(" as ")[2] if " as " in line else line.rpartition("import ")[2]
    return any(f"{name.strip()}." in text or f"{name.strip()}(" in text for name in brought.split(","))


def _line(line: Line, style: Any) -> list[str]:
    mark = line.verdict if not line.why else f"{line.verdict}: {'; '.join(line.why)}"
    if not line.calls:
        return _comment(f"{mark}: {line.node.name()}" if not line.why else f"{line.node.name()}: {mark}")
    out: list[str] = []
    for i, call in enumerate(line.calls):
        text = _call(call, style, 1) + ","
        last = i == len(line.calls) - 1
        short = "\n" not in text and len(text) + len(mark) + 4 <= WIDTH + 20
        if not last:
            out.append(f"{text}  # same" if line.verdict == "same" else text)
        elif short:
            out.append(f"{text}  # {mark}")
        else:
            out += [*_comment(mark), *text.split("\n")]
    return out


def _comment(text: str) -> list[str]:
    return [f"    # {part}" for part in textwrap.wrap(" ".join(text.split()), WIDTH - 6)]


def _call(call: Call, style: Any, depth: int) -> str:
    indent = "    " * depth
    name = style.prefix.get(call.name, style.prefix[""]) + call.name
    given = [*map(literal, call.args), *(f"{key}={literal(value)}" for key, value in call.kwargs.items())]
    if call.children:
        inner = [_call(child, style, depth + 1) + "," for child in call.children]
        flat = f"{indent}{name}([{', '.join(x.strip().removesuffix(',') for x in inner)}]{''.join(', ' + x for x in given)})"
        if "\n" not in flat and len(flat) <= WIDTH:
            return flat
        return "\n".join([f"{indent}{name}([", *inner, f"{indent}]{''.join(', ' + x for x in given)})"])
    flat = f"{indent}{name}({', '.join(given)})"
    if len(flat) <= WIDTH:
        return flat
    return "\n".join([f"{indent}{name}(", *(f"{indent}    {x}," for x in given), f"{indent})"])


def literal(value: Any) -> str:
    """Return a literal; names of constants stand as names."""
    if isinstance(value, str) and value.startswith(NAMES):
        return value
    if isinstance(value, list):
        return f"[{', '.join(map(literal, value))}]"
    if isinstance(value, tuple):
        return f"({', '.join(map(literal, value))}{',' if len(value) == 1 else ''})"
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key!r}: {literal(v)}" for key, v in value.items()) + "}"
    return repr(value).replace("'", '"') if isinstance(value, str) and '"' not in value else repr(value)


def _setting(key: str, value: Any) -> str:
    kind = {"bbox_params": "A.BboxParams", "keypoint_params": "A.KeypointParams"}.get(key)
    if kind is None:
        return literal(value)
    return f"{kind}({', '.join(f'{name}={literal(v)}' for name, v in value.items())})"
