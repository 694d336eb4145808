"""What the page offers to work on a spec with: all ops with a picture of each, what an editor completes, and ops left out for a
look."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from typing import Any

from augment.errors import AugmentError, SpecError
from augment.language.catalogue import summary
from augment.language.examples import usual
from augment.ops import catalogue
from augment.program.lower import Program, Step
from augment.report.study import Study
from augment.spec.check import walk
from augment.spec.fields import own_fields
from augment.spec.layout import dump
from augment.spec.ledger import path_text
from augment.spec.node import COMBINATORS, Combinator, Node, Pipeline, Spread
from augment.spec.rearranging import insert, move, remove
from augment.spec.write import plain_step

SKETCH = 112
"""The longer side of the picture of an op, in pixels."""
WIDE = 3
"""How often a picture is drawn until one shows something."""


@cache
def offered() -> dict[str, type[Node]]:
    """What may be added, by name: ops and combinators."""
    return {name: kind for name, kind in {**COMBINATORS, **catalogue()}.items() if not issubclass(kind, Spread)}


def added(text: str, pipeline: Pipeline, name: str) -> str:
    """Return the text with an op as it is often used, at the end, but before what normalizes. Raises `SpecError`."""
    if name not in offered():
        raise SpecError(f"there is no op {name!r}")
    step = plain_step(usual(offered()[name], catalogue()))
    nodes = pipeline.pipeline
    at = len(nodes)
    while at and getattr(nodes[at - 1], "normalizes", False) and not getattr(offered()[name], "normalizes", False):
        at -= 1
    return insert(text, at, step)


def arranged(text: str, action: str, steps: Sequence[int], by: int) -> str:
    """Return the text with an op removed, or moved ``by`` so many others. Raises `SpecError`."""
    return remove(text, tuple(steps)) if action == "remove" else move(text, tuple(steps), by)


@cache
def words() -> dict[str, Any]:
    """All ops with what is said of them, whether they have a picture, and what editors complete: the rest of the line, and the
    fields with what is usual of each."""
    from augment.spec.snippets import inserted_field, inserted_step

    out = {}
    for name, kind in offered().items():
        node = usual(kind, catalogue())
        fields = {}
        for field in [*own_fields(kind), "p"]:
            if field not in fields and field != "ops":
                about = kind.model_fields[field].description or ""
                fields[field] = [about, _body(inserted_field(node, field, _typical))]
        text = getattr(kind, "modality", "") == "text"
        out[name] = {
            "about": summary(kind), "body": _body(inserted_step(node)) or _written(node),
            "fields": fields, "group": "text" if text else "choice" if issubclass(kind, Combinator) else "image",
        }  # fmt: skip
    return {"ops": out}


def _written(node: Node) -> str:
    """The fields of an op on one line."""
    step = plain_step(node)
    return dump([step[node.name()]]).strip()[1:-1] if isinstance(step, dict) else ""


def _typical(field: Any) -> Any:
    from augment.language.examples import typical

    return typical(field)


def _body(snippet: dict[str, Any]) -> str:
    """What a snippet inserts, without the places where an editor would stop."""
    found = snippet.get("defaultSnippets")
    body = found[0]["body"].removeprefix("^") if found else ""
    return re.sub(r"\\([$}\\])", r"\1", re.sub(r"\$\{\d+:((?:\\.|[^}\\])*)\}", r"\1", body))


@lru_cache(maxsize=256)
def sketch(name: str) -> bytes:
    """Return a small picture of what an op does, as WebP; nothing of one that has none."""
    from PIL import Image

    from augment.plugins import quickest
    from augment.program.lower import lower
    from augment.report.look import as_bytes, shrunk
    from augment.report.preparing import prepare

    kind = offered().get(name)
    if kind is None or getattr(kind, "modality", "image") == "text":
        return b""
    try:
        node = usual(kind, catalogue())
        pipeline = Pipeline([node if node.probability == 1 else node.replace(p=1.0)])
        made = prepare(pipeline, backend=quickest(lower(pipeline)).name, n=1)
        results = [made.quick(made.subjects[0], epoch)["image"] for epoch in range(1 + WIDE)]
        before = as_bytes(made.samples[0]["image"])
        seen = [as_bytes(result, made.tail) for result in results]
        best = max(seen, key=lambda one: 1e9 if one.shape != before.shape else float(abs(one.astype(int) - before).mean()))
    except AugmentError:
        return b""
    file = io.BytesIO()
    Image.fromarray(shrunk(best, SKETCH)).save(file, "webp", quality=75)
    return file.getvalue()


def without(program: Program, pipeline: Pipeline, muted: Iterable[Sequence[int]]) -> Program:
    """Return a program that leaves out some ops of the spec; all others draw and do what they do beside them."""
    wanted = {tuple(steps) for steps in muted}
    paths = [path_text(place.path) for place in walk(pipeline.pipeline) if place.steps in wanted]
    if not paths:
        return program

    def heard(steps: tuple[Step, ...]) -> tuple[Step, ...]:
        kept = ((step, tuple(leaf for leaf in step.leaves if not _among(leaf.path, paths))) for step in steps)
        return tuple(replace(step, leaves=leaves) for step, leaves in kept if leaves)

    return replace(program, steps=heard(program.steps), unfused=heard(program.unfused))


def captioned(study: Study, words: str) -> Study:
    """Return a study whose sample that is shown has this caption instead of its own."""
    names = [name for name, target in study.pipeline.targets.items() if target.kind == "caption"]
    samples = list(study.samples)
    for subject in study.subjects:
        samples[subject.at] = {**samples[subject.at], **dict.fromkeys(names, words)}
    return replace(study, samples=samples)


def _among(path: str, paths: Sequence[str]) -> bool:
    return any(path == one or path.startswith((f"{one}[", f"{one}.")) for one in paths)
