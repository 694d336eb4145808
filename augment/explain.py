"""Says what a program does: the spec as written, the steps that it became, and the kernel that runs each of them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from itertools import groupby
from typing import Any

from augment.ops.kinds import Policy
from augment.plugins import Engines, get_engines
from augment.program.addresses import walk
from augment.program.leaf import Leaf
from augment.program.lower import Program, Step
from augment.spec.node import Combinator, Node, Op, Pipeline
from augment.spec.places import places_of
from augment.values import Constant, Value

Named = str | Mapping[str, str]
"""A backend by its name, or one for images and one for texts."""
WIDEST = 72  # of an aligned column; one long row must not push the others apart
JOINED = {"resample": "one map, sampled once", "pointwise": "one chain, rounded once"}


@dataclass(frozen=True)
class Line:
    """A node of the spec as it was written."""

    op: str
    path: str
    place: str
    """The file and line; empty if the spec was not read from text."""
    depth: int
    fields: dict[str, str]
    """Its parameters; one that is drawn with its distribution."""
    feeds: tuple[str, ...]
    """The primitives that it is lowered to."""
    note: str = ""


@dataclass(frozen=True)
class Stage:
    """A step of the program after the passes."""

    primitive: str
    kernel: str
    note: str
    ops: tuple[tuple[str, str], ...]
    """The ops that it joins, each with its path."""


@dataclass(frozen=True)
class Explanation:
    """What `explain` prints, as data."""

    backend: str
    stage: str
    seed: int
    before: tuple[Line, ...]
    after: tuple[Stage, ...]
    limits: tuple[tuple[str, str], ...] = ()
    """What a batch cannot do, or not with all images: the place in the spec, and why."""

    def plain(self) -> dict[str, Any]:
        return asdict(self)

    def __str__(self) -> str:
        return "\n".join(_print(self))


def explain(program: Program, backend: Named) -> str:
    """Return the program before and after the passes, with the place in the spec and the kernel behind each step."""
    return str(explanation(program, backend))


def explanation(program: Program, backend: Named) -> Explanation:
    """Return what `explain` prints, as data."""
    engines = get_engines(backend)

    def stage(step: Step) -> Stage:
        ops = tuple((_label(leaf), leaf.path) for leaf in _by_path(step.leaves))
        return Stage(step.primitive, _kernel(engines, step), _note(step), ops)

    after = tuple(map(stage, program.steps))
    limits = tuple((mistake.where, mistake.message) for mistake in engines.main.limits(program))
    return Explanation(engines.main.name, program.stage, program.seed, tuple(_lines(program)), after, limits)


def _kernel(engines: Engines, step: Step) -> str:
    engine = engines.text if step.primitive == "edit" else engines.main
    return engine.kernel(step.primitive, [leaf.op for leaf in step.leaves])


def describe(program: Program, backend: Named) -> str:
    """Return the repr of a compiled object: ops one a line with their values, a bracket for each fused step, and its kernel."""
    engines = get_engines(backend)
    nodes = dict(walk(program.pipeline))
    name = program.pipeline.name
    head = f"{name + ', ' if name else ''}compiled for {engines.main.name}: {_count(len(program.steps), 'step')}"
    rows = []
    for step in program.steps:
        leaves = _by_path(step.leaves)
        for i, leaf in enumerate(leaves):
            node = nodes[leaf.path] if isinstance(nodes[leaf.path], Policy) else leaf.op
            values = ", ".join(f"{k} {v}" for k, v in fields(node).items())
            op = " › ".join([*_holders(leaf, nodes), node.name()])
            rows.append((_bracket(i, len(leaves)), op, values, "" if i else _kernel(engines, step)))
    widths = [min(max((len(row[i]) for row in rows), default=0), WIDEST) for i in range(3)]
    lines = [f"  {bracket} {op:<{widths[1]}}  {values:<{widths[2]}}  {kernel}" for bracket, op, values, kernel in rows]
    keys = f"keyed by .at(index, epoch) and .over(dataset), else by {engines.main.unkeyed}"
    return "\n".join(line.rstrip() for line in (head, *lines, f"  seed {program.seed}, stage {program.stage}; {keys}"))


def fields(node: Node) -> dict[str, str]:
    """Return the parameters of a node as they are understood: those that were written, and the distributions of defaults."""
    out = {}
    for name in type(node).model_fields:
        value = getattr(node, name)
        written = name in node.model_fields_set and value is not None
        drawn = isinstance(value, Value) and not isinstance(value, Constant)
        if name not in ("ops", "weight") and (written or drawn):
            out[name] = _word(value)
    return dict(sorted(out.items(), key=lambda entry: entry[0] in Op.model_fields))


def _word(value: Any) -> str:
    match value:
        case bool():
            return str(value).lower()
        case float():
            return f"{value:.4g}"
        case tuple() | list():
            return f"[{', '.join(map(_word, value))}]" if len(value) != 1 else _word(value[0])
    return str(value)


def _lines(program: Program) -> Iterator[Line]:
    places = places_of(program.pipeline)
    feeds: dict[str, list[Step]] = {}
    for step in program.unfused:
        feeds.setdefault(step.leaves[0].path, []).append(step)
    chances = _chances(program.pipeline)
    for path, node in walk(program.pipeline):
        steps = feeds.get(path, [])
        note = _counterpart(node, steps) if steps or isinstance(node, Combinator) else _absence(node, program.stage)
        shown = {**fields(node), **({"chosen": chances[path]} if path in chances else {})}
        if len(steps) > 1:
            note = f"{_count(len(steps), 'slot')}, each open or not for a sample"
        primitives = tuple(dict.fromkeys(s.primitive for s in steps))
        yield Line(node.name(), path, places.get(path, ""), path.count("[") - 1, shown, primitives, note)


def _chances(pipeline: Pipeline) -> dict[str, str]:
    """How likely each child of a one_of is chosen."""
    out = {}
    for path, node in walk(pipeline):
        if isinstance(node, Combinator) and node.name() == "one_of":
            weights = [child.weight or 1.0 for child in node.ops]
            for i, child in enumerate(node.ops):
                out[f"{path}[{i}].{child.name()}"] = f"{100 * weights[i] / sum(weights):.3g} %"
    return out


def _absence(node: Node, stage: str) -> str:
    if stage == "eval":
        return "not at inference"
    return "dropped: p is 0" if node.p == 0 else "dropped: does nothing"


def _counterpart(node: Node, steps: list[Step]) -> str:
    op = steps[0].leaves[0].op if steps else node
    return f"at inference: {op.name()}" if len(steps) == 1 and op.name() != node.name() else ""


def _note(step: Step) -> str:
    notes = [JOINED[step.primitive]] if len(step.leaves) > 1 and step.primitive in JOINED else []
    if step.primitive in ("resample", "resize"):
        border, interpolation = step.border
        if not step.free:
            notes.append(interpolation if step.primitive == "resize" else f"{interpolation}, border {border}")
    return "; ".join(notes)


def _by_path(leaves: tuple[Leaf, ...]) -> list[Leaf]:
    """One leaf for each node: a repeated op or a policy has several."""
    return [next(same) for _, same in groupby(leaves, key=lambda leaf: leaf.path)]


def _label(leaf: Leaf) -> str:
    return leaf.path.rpartition(".")[2]


def _holders(leaf: Leaf, nodes: dict[str, Node]) -> list[str]:
    """The combinators around an op, outermost first: 'one_of p 0.3'."""
    # 'pipeline[3].one_of[0].blur' is held by 'pipeline[3].one_of'
    ends = [i for i, sign in enumerate(leaf.path) if sign == "["][1:]
    holders = [nodes[leaf.path[:end]] for end in ends]
    return [node.name() + (f" p {node.p:g}" if node.probability < 1 else "") for node in holders]


def _bracket(i: int, count: int) -> str:
    if count == 1:
        return " "
    return "┌" if i == 0 else "└" if i == count - 1 else "│"


def _count(n: int, what: str) -> str:
    return f"{n} {what}{'s' * (n != 1)}"


def _print(data: Explanation) -> Iterator[str]:
    yield f"{data.backend}, stage {data.stage}, seed {data.seed}"
    yield ""
    ops = sum(bool(line.feeds) for line in data.before)
    yield f"Before the passes: {_count(ops, 'op')}, each a primitive of its own"
    names = max((len(line.op) + 2 * line.depth for line in data.before), default=0)
    wheres = max((len(line.place or line.path) for line in data.before), default=0)
    primitives = max((len(", ".join(line.feeds)) for line in data.before), default=0)
    for line in data.before:
        op, feeds = "  " * line.depth + line.op, ", ".join(line.feeds)
        values = ", ".join(f"{k} {v}" for k, v in line.fields.items())
        said = f"{values} ({line.note})" if values and line.note else values or line.note
        yield f"  {op:<{names}}  {line.place or line.path:<{wheres}}  {feeds:<{primitives}}  {said}".rstrip()
    yield ""
    yield f"After the passes: {_count(len(data.after), 'step')} on {data.backend}"
    places = {line.path: line.place for line in data.before}
    names = max((len(op) for stage in data.after for op, _ in stage.ops), default=0)
    for i, stage in enumerate(data.after, 1):
        yield f"{i:>3} {stage.primitive}: {stage.kernel}{f' ({stage.note})' if stage.note else ''}"
        for j, (op, path) in enumerate(stage.ops):
            yield f"    {_bracket(j, len(stage.ops))} {op:<{names}}  {places[path] or path}".rstrip()
    if data.limits:
        yield ""
        yield f"Batches on {data.backend}"
        yield from (f"  {where}: {why}" for where, why in data.limits)
