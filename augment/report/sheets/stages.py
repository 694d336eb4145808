"""The image after each op, in order: what a draw consists of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import groupby

from augment.engine.host import Executor
from augment.engine.state import State
from augment.program.leaf import Leaf
from augment.program.steps import Step
from augment.report.draws import op_words, said
from augment.report.model import Group, Panel, Sheet
from augment.report.sheets.samples import original_panel
from augment.report.sheets.seeing import seen
from augment.report.study import Study, Subject, fork

DRAWS = 3


def fits(study: Study) -> bool:
    return len({leaf.path for leaf in study.program.leaves}) > 1


def sheet(study: Study) -> Sheet:
    """A group for each of the first draws, with a panel for each op."""
    lead = (
        "The picture after each op of a draw. Neighbouring moves are one map that is sampled once: each picture shows "
        "that map up to its op, so nothing is blurred twice."
    )
    study = study.closely(DRAWS * (1 + len(study.program.leaves)))
    return Sheet("stages", "Stages", lead, tuple(_group(study, study.subjects[0], epoch) for epoch in study.epochs[:DRAWS]))


def _group(study: Study, subject: Subject, epoch: int) -> Group:
    idle: list[str] = []
    panels = tuple(_panels(study, subject, epoch, idle))
    about = f"Not applied in this draw: {', '.join(idle)}." if idle else ""
    return Group((original_panel(study, subject), *panels), f"epoch {epoch}", about, against="previous")


def _panels(study: Study, subject: Subject, epoch: int, idle: list[str]) -> Iterator[Panel]:
    """A panel for each op that was applied; the names of the others go to ``idle``."""
    executor = study.executor
    state, donor = study.begin(subject, epoch)
    done = {id(leaf) for leaf in study.active(subject, epoch)}
    words = said(study, subject, epoch)
    command, count = study.command("stages", subject, epoch), 0
    for i, step in enumerate(study.program.steps):
        for leaves, last in _prefixes(step):
            own = [leaf for leaf in leaves if leaf.path == last.path]
            active = [leaf for leaf in own if id(leaf) in done]
            name = last.path.rpartition(".")[2].partition("[")[0]
            if not active:
                idle.append(name)
                continue
            after = _after(executor, i, leaves, state, donor)
            result = executor.finish(fork(after))
            detail = "; ".join(filter(None, (op_words(leaf, words) for leaf in active)))
            shown = seen(study, subject, result, f"after {name}", normalized=bool(after.tails))
            count += 1
            yield Panel(f"{count} {name}", detail, command=command, **shown)
        state = executor.advance(state, i, i + 1, donor)


def _prefixes(step: Step) -> Iterator[tuple[tuple[Leaf, ...], Leaf]]:
    """The leaves of a step up to each op of the spec: one that is repeated, or stands for several, counts once."""
    count = 0
    for _, same in groupby(step.leaves, key=lambda leaf: leaf.path):
        *_, last = leaves = list(same)
        count += len(leaves)
        yield step.leaves[:count], last


def _after(executor: Executor, i: int, leaves: tuple[Leaf, ...], state: State, donor: object) -> State:
    """The state after the first leaves of step ``i``."""
    program = executor.program
    part = replace(program.steps[i], leaves=leaves)
    short = replace(program, steps=(*program.steps[:i], part, *program.steps[i + 1 :]))
    return replace(executor, program=short).advance(fork(state), i, i + 1, donor)  # type: ignore[arg-type]
