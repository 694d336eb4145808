"""Holds a spec against all rules."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from augment.errors import BackendMissingError
from augment.lint.checks.ignores import unused_ignore
from augment.lint.finding import Finding
from augment.lint.ignores import sift
from augment.lint.rule import SEVERITIES, Rule, rules
from augment.lint.subject import Subject
from augment.program.lower import Program, lower
from augment.spec.ledger import path_text
from augment.spec.node import Pipeline
from augment.spec.places import place_of
from augment.spec.views import singly

if TYPE_CHECKING:
    from augment.backend import Backend


def findings(
    pipeline: Pipeline,
    program: Program | None = None,
    *,
    samples: Sequence[Any] | None = None,
    backends: Iterable[str] = (),
) -> tuple[Finding, ...]:
    """Return what a spec says and probably does not mean, in the order of the spec, the graver first in one place.

    Args:
        pipeline: a spec without mistakes.
        program: of its train stage, if it was lowered already; only its seed is taken over.
        samples: mappings such as ``{"image": image, "boxes": boxes}``, on which losses and levels are measured; without them
            levels are measured on a photograph that comes with the package, and losses are not.
        backends: names of backends that it shall run on; they need not be installed.

    Raises:
        SpecError: the spec means nothing, as ops stand in an impossible order.
        BackendMissingError: a backend that no plugin offers.

    A spec with views is examined view by view: what is common to them is told once, and samples are for each of them.
    """
    if pipeline.views:
        return _of_views(pipeline, program, samples, tuple(backends))
    seed = None if program is None else program.seed
    subject = Subject(pipeline, lower(pipeline, seed=seed, fuse=False), samples, tuple(map(_backend, backends)))
    known = rules()
    met = {"": True, "files": samples is not None, "backends": bool(subject.backends)}
    found = [finding for rule in known.values() for finding in _run(rule, subject)]
    left, idle = sift(found, subject.places)
    # a rule that had nothing to look at may find something another time
    subject = replace(subject, idle=tuple((comment, name) for comment, name in idle if met[known[name].needs]))
    left += _run(known[unused_ignore.__name__], subject)
    order = {path_text(place.path): i for i, place in enumerate(subject.nodes)}

    def rank(finding: Finding) -> tuple[int, int, int]:
        at = order.get(finding.path, order.get(finding.path.rpartition(".")[0], -1))
        return finding.line or 0, at, SEVERITIES.index(finding.severity)

    return tuple(sorted(dict.fromkeys(left), key=rank))


def _of_views(
    pipeline: Pipeline, program: Program | None, samples: Sequence[Any] | None, backends: Iterable[str]
) -> tuple[Finding, ...]:
    """What is found in the views; a comment that ignores a rule is idle where it is idle in each of them."""
    every = []
    for said, view in singly(pipeline):
        own = findings(view, program, samples=samples, backends=backends)
        every.append([replace(one, path=said(one.path), message=said(one.message)) for one in own])
    idle = set.intersection(*({one for one in own if one.rule == unused_ignore.__name__} for own in every))
    found = dict.fromkeys(one for own in every for one in own if one.rule != unused_ignore.__name__ or one in idle)
    return tuple(sorted(found, key=lambda one: one.line or 0))


def _run(rule: Rule, subject: Subject) -> list[Finding]:
    return [
        Finding(
            rule.name, rule.severity, h.path, h.place or place_of(h.path, subject.places), h.message, h.reason, h.fix, h.change
        )
        for h in rule.check(subject)
    ]  # fmt: skip


def _backend(name: str) -> Backend:
    from augment.plugins import backends

    known = backends()
    if name not in known:
        raise BackendMissingError.from_unknown(name, known)
    return known[name]
