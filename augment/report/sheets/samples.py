"""Samples as they are, and as several draws make them, on one backend or on several."""

from __future__ import annotations

from augment.backend import Backend
from augment.report.draws import applied, drawn
from augment.report.model import Fact, Group, Panel, Sheet
from augment.report.study import Study, Subject

TITLE = "Samples"


def fits(study: Study) -> bool:
    return True


def sheet(study: Study) -> Sheet:
    """Original and draws of every sample, a group for each backend."""
    lead = "Each picture as it is, then as the spec makes it. The same seed, epoch and index always give the same draw."
    groups = tuple(_group(study, subject, engine) for subject in study.subjects for engine in study.engines)
    return Sheet("samples", TITLE, lead, groups)


def _group(study: Study, subject: Subject, engine: Backend) -> Group:
    draws = tuple(draw_panel(study, "samples", subject, engine, epoch) for epoch in study.epochs)
    several = len(study.subjects) > 1
    file = [f"{subject.name}, index {subject.index}"] if several else []
    return Group((original_panel(study, subject), *draws), ", ".join([*file, engine.name] if len(study.engines) > 1 else file))


def original_panel(study: Study, subject: Subject, size: int | None = None) -> Panel:
    """The sample as it is."""
    figure = study.original(subject, size)
    return Panel("original", size_text(figure.size), original=True, figure=figure)


def draw_panel(study: Study, name: str, subject: Subject, engine: Backend, epoch: int, size: int | None = None) -> Panel:
    """One draw, with its key, what was drawn, and the command that makes it again."""
    values = study.values(subject, epoch)
    result = study.result(engine, subject, epoch)
    ops = applied(study.program, values)
    alt = f"{subject.name or 'the sample'}, epoch {epoch}: {', '.join(ops) or 'no op that is left to chance'}"
    figure = study.figure(result, subject, alt, size)
    key = (Fact("seed", str(study.program.seed)), Fact("epoch", str(epoch)), Fact("index", str(subject.index)))
    return Panel(
        f"epoch {epoch}", ", ".join(ops), figure=figure, facts=(*key, Fact("size", size_text(figure.size))),
        drawn=drawn(study.program, values), command=study.command(name, subject, epoch),
    )  # fmt: skip


def size_text(size: tuple[int, int]) -> str:
    """Height and width, as they are written in a spec."""
    return f"{size[0]} × {size[1]}"
