"""How often each op of a spec is applied: as the spec asks for it, and as many samples draw it."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import numpy as np

from augment.program.leaf import Leaf
from augment.program.plan import Entry, Plan
from augment.random import sample_key
from augment.report.study import Study
from augment.spec.node import Combinator, Node, OneOf, Pipeline, Repeat, SomeOf
from augment.values import Value

COUNT = 4096
"""Samples that are drawn for."""
POINTS = (np.arange(2000) + 0.5) / 2000


def asked(pipeline: Pipeline) -> dict[str, float]:
    """Return the chance of each op to be applied to a sample, at least once, by its path."""
    return _together(pipeline.pipeline, "pipeline")


def drawn(study: Study) -> dict[str, float]:
    """Return the share of `COUNT` samples to which each op is applied, by its path. Captions may forbid more."""
    plan = study.program.plan
    keys = {condition.key for leaf in study.program.leaves for condition in leaf.gate}
    values = _gates(plan, keys).draw(sample_key(study.program.seed, study.epoch, np.arange(COUNT)))
    found: dict[str, Any] = {}
    for leaf in study.program.leaves:
        found[leaf.path] = found.get(leaf.path, False) | _open(leaf, values)
    return {path: float(np.mean(applied)) for path, applied in found.items()}


def part(plan: Plan, wanted: Iterable[Entry]) -> Plan:
    """Return the plan of some of the draws: they come out as they do in the whole plan."""
    out = Plan()
    for entry in wanted:
        own = slice(entry.start, entry.start + entry.count)
        out.entries[entry.key, entry.field] = entry._replace(start=len(out.slots))
        out.slots += plan.slots[own]
        out.steps += plan.steps[own]
    return out


def address_of(key: str) -> str:
    """The address behind a key: without the turn of a repeat."""
    return re.sub(r"\[\d+\]", "", key)


def _gates(plan: Plan, keys: set[str]) -> Plan:
    """The plan of what decides whether ops are applied."""
    fields = {"p", "choice", "n", "times", "pick", "order"}
    made = part(plan, (entry for entry in plan.entries.values() if entry.key in keys and entry.field in fields))
    subsets = [one for one in plan.subsets if one.key in keys]
    return replace(made, subsets=subsets, shuffles=[one for one in plan.shuffles if one.key in keys])


def _open(leaf: Leaf, values: Any) -> Any:
    applied: Any = np.ones(COUNT, bool)
    for one in leaf.gate:
        number = np.asarray(values[one.key][one.field])
        applied = applied & np.asarray(one.table)[(number if one.element is None else number[..., one.element]).astype(int)]
    return applied


# What is asked for ---------------------------------------------------------------------------------------------------


def _together(nodes: tuple[Node, ...], prefix: str) -> dict[str, float]:
    """The chances of nodes of which each is visited."""
    return {path: chance for i, node in enumerate(nodes) for path, chance in _of(node, f"{prefix}[{i}].{node.name()}").items()}


def _of(node: Node, path: str) -> dict[str, float]:
    if not isinstance(node, Combinator):
        return {path: node.probability}
    inside = _together(node.ops, path)
    weights = np.array([child.weight or 1.0 for child in node.ops])
    children = [f"{path}[{i}].{child.name()}" for i, child in enumerate(node.ops)]
    shares = dict(zip(children, weights / weights.sum(), strict=True))
    out = {}
    for own, chance in inside.items():
        share = next(share for child, share in shares.items() if own == child or own.startswith(f"{child}["))
        match node:
            case OneOf():
                chance *= float(share)
            case SomeOf(replacement=False):
                chance *= float(np.minimum(_numbers(node.n), len(node.ops)).mean()) / len(node.ops)
            case SomeOf():
                chance = _once(chance * float(share), node.n)
            case Repeat():
                chance = _once(chance, node.times)
        out[own] = chance * node.probability
    return out


def _numbers(value: Value) -> np.ndarray:
    return np.asarray(value.quantile(POINTS), float)


def _once(chance: float, times: Value) -> float:
    """The chance to happen at least once in so many times."""
    return float((1 - (1 - chance) ** _numbers(times)).mean())
