"""What a program means for the texts of samples, before anything runs: which may change, and which a batch would leave behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from augment.errors import SampleError
from augment.program.lower import Program
from augment.sample import DEFAULT_TARGETS, TEXTS, Target


def refuse_texts(program: Program, names: Iterable[str]) -> None:
    """Raise `SampleError` where a batch on a device would leave texts behind."""
    for name, why in texts_left(program, names):
        raise SampleError(f"{name} {why}")


def texts_left(program: Program, names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """Yield the texts that a batch on a device would leave behind, and why: nothing edits them there, and a caption would be
    false of its image."""
    targets = program.pipeline.targets or DEFAULT_TARGETS
    edits = any(leaf.op.modality == "text" or leaf.op.mixes for leaf in program.leaves)
    changes = any(leaf.op.relocates or leaf.op.recolours for leaf in program.leaves)
    for name in names:
        target = targets.get(name)
        ruled = target is not None and target.kind == "caption" and bool(target.rules)
        if target is not None and target.kind in TEXTS and (edits or (ruled and changes)):
            fix = "use .over(dataset), or augment.apply, which take one sample at a time"
            yield name, f"is {target.kind}, and texts cannot be changed in a batch on a device; {fix}"


def rewritten(program: Program, targets: Mapping[str, Target]) -> set[str]:
    """Return the texts of a sample that a program may change."""
    names: set[str] = set()
    for leaf in program.leaves:
        op = leaf.op
        for name, target in targets.items():
            if op.modality == "text":
                changes = target.kind == "text" if op.on is None else name in op.on
            elif op.mixes:
                changes = target.kind in op.moves & TEXTS
            else:
                changes = target.kind == "caption" and bool(target.rules) and (op.relocates or op.recolours)
            if changes and target.kind != "spans":
                names.add(name)
    return names


def caption_notes(program: Program) -> Iterator[tuple[str, str]]:
    """Yield what becomes of captions, by the place in the spec: for people, before anything runs."""
    for name, target in program.pipeline.targets.items():
        if target.kind == "caption":
            yield f"targets.{name}", _in_words(target)
            if "crops" in target.rules and target.on_ambiguous == "skip_op" and _linked(name, program):
                for leaf in program.leaves:
                    if leaf.op.canvas in ("fixed", "derived"):
                        yield leaf.path, f"sets the size of the image and is never skipped for {name}: what is unclear stays"


def _linked(name: str, program: Program) -> bool:
    targets = program.pipeline.targets
    spans = {span for span, t in targets.items() if t.kind == "spans" and t.of == name}
    return any(spans & set(t.carry) for t in targets.values() if t.kind == "boxes")


def _in_words(target: Target) -> str:
    if not target.rules:
        return "is left as it is, whatever becomes of the image (rules: none)"
    unclear = {"skip_op": "the op is skipped for that sample", "leave": "it is left", "rewrite": "the likelier sense is taken"}
    rules = ", ".join(target.rules)
    return f"is kept true to its image ({target.language}): {rules}; where it is unclear, {unclear[target.on_ambiguous]}"
