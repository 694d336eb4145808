"""Writes an imported spec as a file: YAML whose comments say, beside each step, what is to be said about it."""

from __future__ import annotations

import textwrap

from augment.native.reading import Imported
from augment.native.remark import WORDS, Remark

WIDTH = 120


def written(imported: Imported) -> str:
    """Return the YAML of the spec, with the remarks on each step above it."""
    from augment.spec.write import to_text

    lines = to_text(imported.pipeline).splitlines()
    starts = [i for i, line in enumerate(lines) if line.startswith("  - ")] if "pipeline:" in lines else []
    starts = [i for i in starts if i > lines.index("pipeline:")] if starts else []
    general, before, after = _placed(imported, len(starts))
    out = [*_comment(general, ""), *lines] if not starts else [*_comment(general, "")]
    if starts:
        out += lines[: starts[0]]
        for step, start in enumerate(starts):
            out += _comment(before.get(step, []), "  ")
            out += lines[start : starts[step + 1] if step + 1 < len(starts) else len(lines)]
    return "\n".join([*out, *_comment(after, "  ")]) + "\n"


def _placed(imported: Imported, steps: int) -> tuple[list[Remark], dict[int, list[Remark]], list[Remark]]:
    """The remarks on the whole, those before each step of the spec, and those behind the last."""
    order = {call.where: i for i, call in enumerate(imported.source.calls)}
    firsts: dict[int, int] = {}
    for step, call in imported.origins:
        firsts.setdefault(order.get(call.where, -1), step)
    joined = steps != len(imported.pipeline.pipeline) or len(imported.pipeline.pipeline) != len({s for s, _ in imported.origins})
    general: list[Remark] = []
    before: dict[int, list[Remark]] = {}
    after: list[Remark] = []
    for remark in imported.remarks:
        at = next(
            (
                i
                for where, i in order.items()
                if where and (remark.where == where or remark.where.startswith((f"{where}.", f"{where}[")))
            ),
            None,
        )
        if at is None or joined:
            general.append(remark)
            continue
        first = next((firsts[i] for i in range(at, len(imported.source.calls)) if i in firsts), None)
        (after if first is None else before.setdefault(first, [])).append(remark)
    return general, before, after


def _comment(remarks: list[Remark], indent: str) -> list[str]:
    texts = [f"{remark.what}: {WORDS[remark.verdict]}: {remark.message}" for remark in remarks]
    return [f"{indent}# {line}" for text in texts for line in textwrap.wrap(_single(text), WIDTH - len(indent) - 2)]


def _single(text: str) -> str:
    return "".join(c if c.isprintable() else " " for c in text)
