"""The door out: plain code, or plain objects, of a library, from a spec; every line says whether it means the same.

The verdict on a line is not declared: the call is read again as any import is. It means the same if that gives the op back and
nothing is said to differ.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, Literal

from augment.engine.paired import mirrored_keypoints
from augment.errors import SpecError, UnsupportedOpError, suggest
from augment.language import as_pipeline
from augment.native.building import build
from augment.native.call import Call, Library, Source
from augment.native.canonical import canonical
from augment.native.coming import MeaningWarning
from augment.native.reading import Reading
from augment.native.remark import NoCounterpartError
from augment.native.writes.writer import Writer, writes
from augment.program.lower import lower
from augment.sample.sides import FlipPairs
from augment.spec.node import Combinator, Node, Pipeline
from augment.spec.views import refuse_views

if TYPE_CHECKING:
    from augment.language import Spec

TARGETS: tuple[Library, ...] = ("albumentations", "torchvision", "keras", "nlpaug")
Verdict = Literal["same", "differs", "no counterpart"]


@dataclass(frozen=True)
class Line:
    """One step of a spec, what stands for it in a library, and whether that means the same."""

    node: Node
    path: str
    calls: tuple[Call, ...]
    verdict: Verdict
    why: tuple[str, ...] = ()


@dataclass(frozen=True)
class Exported:
    """A spec in the classes of a library."""

    library: Library
    pipeline: Pipeline
    lines: tuple[Line, ...]
    settings: dict[str, Any] = field(default_factory=dict)
    notes: tuple[str, ...] = ()

    @property
    def same(self) -> bool:
        return all(line.verdict == "same" for line in self.lines)

    @property
    def calls(self) -> tuple[Call, ...]:
        return tuple(call for line in self.lines for call in line.calls)

    @property
    def source(self) -> str:
        """The code, which needs the library alone."""
        from augment.native.render import render

        return render(self)

    def named(self, name: str | None) -> Exported:
        """Return it under another name; None leaves the name of the spec."""
        return self if name is None else replace(self, pipeline=self.pipeline.replace(name=name))

    def build(self) -> Any:
        """Return the library's own object; raises `UnsupportedOpError` where something has no counterpart."""
        if refused := [f"{line.path}: {'; '.join(line.why)}" for line in self.lines if line.verdict == "no counterpart"]:
            raise UnsupportedOpError(refused)
        return build(self.library, self.calls, self.settings)


def native_object(spec: Spec, backend: Any, **options: Any) -> Any:
    """Return the library's own object for a spec, as ``compile(native=True)`` does; what differs is warned of.

    Raises `SpecError` on options, which classes of a library know nothing of, and `UnsupportedOpError` where something has no
    counterpart.
    """
    if said := [name for name, value in options.items() if value]:
        raise SpecError(f"native=True gives the library's own classes, which know nothing of {', '.join(said)}")
    if not isinstance(backend, str):
        raise SpecError("native=True takes one library by its name")
    found = exported(spec, backend)
    made = found.build()
    if apart := [f"  {line.path}: {'; '.join(line.why)}" for line in found.lines if line.verdict == "differs"]:
        told = "\n".join(apart)
        warnings.warn(f"{backend}'s own classes do not mean in all what the spec means:\n{told}", MeaningWarning, stacklevel=3)
    return made


def export(spec: Spec, to: str, name: str | None = None) -> str:
    """Return the source of a spec in plain classes of a library, which runs without this package.

    Args:
        spec: a path, a mapping, or a `Pipeline`.
        to: albumentations, torchvision, keras or nlpaug.
        name: what the pipeline is called in the source; the name of the spec unless it is said.

    Each line is marked: same, differs (how), or no counterpart (why). Raises `SpecError` on another library.
    """
    return exported(spec, to).named(name).source


def exported(spec: Spec, to: str) -> Exported:
    """Return a spec in the classes of a library, line by line."""
    pipeline = as_pipeline(spec)
    refuse_views(pipeline)
    if to not in TARGETS:
        raise SpecError(f"exports go to {', '.join(TARGETS)}, not to {to!r}{suggest(str(to), TARGETS)}")
    library: Library = to  # type: ignore[assignment]
    drafts = [(path, node, _written(node, library)) for path, node in _steps(pipeline)]
    calls = tuple(call.replace(where=path) for path, _, draft in drafts for call in draft.calls)
    reading = Reading(Source(library, calls, {}, "2" if library == "albumentations" else None))
    unpaired = _unpaired(pipeline)
    lines = tuple(
        _judged(reading, path, node, [c for c in calls if c.where == path], draft, unpaired.get(path, ()))
        for path, node, draft in drafts
    )
    settings, notes = _settings(pipeline, library)
    return Exported(library, pipeline, lines, settings, notes)


def _steps(pipeline: Pipeline) -> Iterator[tuple[str, Node]]:
    for i, node in enumerate(pipeline.pipeline):
        yield f"pipeline[{i}].{node.name()}", node


@dataclass(frozen=True)
class Draft:
    """What was written for a step; ``why`` there is nothing, and what to say if it does not mean the same."""

    calls: tuple[Call, ...] = ()
    why: str = ""
    notes: tuple[str, ...] = ()


def _written(node: Node, library: Library) -> Draft:
    writer = Writer(writes(library))
    try:
        return Draft(tuple(writer.writes.write(node, writer)), notes=tuple(writer.notes))
    except NoCounterpartError as error:
        return Draft(why=str(error))


def _unpaired(pipeline: Pipeline) -> dict[str, tuple[str, ...]]:
    """What is to be said of the steps that may mirror keypoints whose rows change places here."""
    paired = {
        name: target.model_copy(update={"flip_pairs": FlipPairs()})
        for name, target in pipeline.targets.items()
        if target.flip_pairs.pairs
    }
    found: dict[str, dict[str, None]] = {}
    for leaf, name, _ in mirrored_keypoints(lower(pipeline), paired) if paired else ():
        step = next(path for i, (path, _) in enumerate(_steps(pipeline)) if leaf.startswith(f"pipeline[{i}]"))
        found.setdefault(step, {})[f"the rows of {name} do not change places in a mirror there, as its flip_pairs say"] = None
    return {step: tuple(told) for step, told in found.items()}


def _judged(reading: Reading, path: str, node: Node, calls: list[Call], draft: Draft, more: tuple[str, ...]) -> Line:
    if draft.why:
        return Line(node, path, (), "no counterpart", (draft.why,))
    reading.remarks.clear()  # what is said of one step may be said of the next in the same words
    back = [one for call in calls for one in reading.nodes(call)]
    said = [remark for remark in reading.remarks if remark.verdict != "note"]
    told = (*dict.fromkeys(remark.message for remark in said), *more)
    if told:
        return Line(node, path, tuple(calls), "differs", told)
    if canonical(back) != canonical([node]):
        return Line(node, path, tuple(calls), "differs", (_difference(node, back), *dict.fromkeys(draft.notes)))
    return Line(node, path, tuple(calls), "same")


def _difference(node: Node, back: list[Node]) -> str:
    """What of a step does not come back, in the words of a spec."""
    from augment.spec.write import plain_fields

    if len(back) != 1 or type(back[0]) is not type(node):
        return f"it means {', '.join(one.name() for one in back) or 'nothing'} there"
    mine, theirs = plain_fields(node), plain_fields(back[0])
    apart = [name for name in {**mine, **theirs} if mine.get(name) != theirs.get(name)]
    # where the children differ, they say it
    if "ops" in apart and isinstance(node, Combinator) and isinstance(back[0], Combinator) and len(node.ops) == len(back[0].ops):
        inner = (
            _difference(a, b) for a, b in zip(node.ops, ([x] for x in back[0].ops), strict=True) if canonical([a]) != canonical(b)
        )
        return "; ".join(dict.fromkeys(inner))
    return (
        "; ".join(f"{name} is {_said(theirs, name)} there, {_said(mine, name)} here" for name in apart)
        or "it is written otherwise"
    )


def _said(fields: dict[str, Any], name: str) -> str:
    return str(fields[name]) if name in fields else "its default"


def _settings(pipeline: Pipeline, library: Library) -> tuple[dict[str, Any], tuple[str, ...]]:
    """What the container is told of the targets, and what cannot be said."""
    notes = ["draws come from the library's own generator: the seed of the spec means nothing here"]
    settings: dict[str, Any] = {}
    formats = {"xywh": "coco", "xyxy": "pascal_voc", "yolo": "yolo"}
    for name, target in pipeline.targets.items():
        if library == "albumentations" and target.kind == "boxes" and "bbox_params" not in settings:
            if target.format not in formats:
                notes.append(f"{name}: boxes as {target.format} are no format there")
                continue
            area, unit = target.min_area.support[0], target.min_area.unit
            if area and unit != "px":
                notes.append(f"{name}: min_area is a share of the image here, in pixels there")
            settings["bbox_params"] = {
                "format": formats[target.format], "label_fields": list(target.carry),
                **({"min_area": area} if area and unit == "px" else {}),
                **({"min_visibility": target.min_visibility} if target.min_visibility else {}),
            }  # fmt: skip
        elif library == "albumentations" and target.kind == "keypoints" and "keypoint_params" not in settings:
            settings["keypoint_params"] = {
                "format": "xy",
                "label_fields": list(target.carry),
                "remove_invisible": target.invisible == "drop",
            }
        elif library == "albumentations" and target.kind in ("image", "mask") and name not in ("image", "mask", "masks"):
            settings.setdefault("additional_targets", {})[name] = target.kind
        elif target.kind not in ("image", "labels", "text") and not (target.kind == "mask" and not target.fill):
            notes.append(f"{name}: what is declared of it ({target.kind}) is the library's own business there")
    return settings, tuple(notes)


def identifier(name: str | None) -> str:
    """Return a name that Python takes for a variable."""
    found = re.sub(r"\W+", "_", name or "").strip("_").lower() or "transform"
    return found if not found[0].isdigit() and found.isascii() else f"transform_{found}" if found.isascii() else "transform"
