"""Samples as they are, and as several draws make them, on one backend or on several."""

from __future__ import annotations

from augment.plugins import Engines
from augment.report.draws import applied, drawn
from augment.report.model import Fact, Figure, Group, Panel, Sheet
from augment.report.sheets.seeing import seen
from augment.report.study import Study, Subject, name_of


def fits(study: Study) -> bool:
    return any(map(study.has_image, study.subjects))


def sheet(study: Study) -> Sheet:
    """Original and draws of every sample, a group for each backend."""
    lead = "Each picture as it is, then as the spec makes it. The same seed, epoch and index always give the same draw."
    study = study.closely(len(study.subjects) * len(study.engines) * (1 + 2 * study.n))
    groups = tuple(_group(study, subject, engine) for subject in study.subjects for engine in study.engines)
    return Sheet("samples", "Samples", lead, groups)


def _group(study: Study, subject: Subject, engine: Engines) -> Group:
    draws = tuple(draw_panel(study, "samples", subject, engine, epoch) for epoch in study.epochs)
    several = len(study.subjects) > 1
    words = [f"{subject.name}, index {subject.index}"] if several else []
    words += [name_of(engine)] if len(study.engines) > 1 else []
    return Group((original_panel(study, subject), *draws), ", ".join(words))


def original_panel(study: Study, subject: Subject, size: int | None = None) -> Panel:
    """The sample as it is."""
    sample = study.samples[subject.at]
    shown = seen(study, subject, sample, f"{subject.name or 'the sample'} as it is", size, normalized=False)
    name = subject.name if len(study.subjects) == 1 else ""  # of several each has its own heading
    return Panel("original", ", ".join(filter(None, (name, size_text(shown.get("figure"))))), original=True, **shown)


def draw_panel(study: Study, name: str, subject: Subject, engine: Engines, epoch: int, size: int | None = None) -> Panel:
    """One draw, with its key, what was drawn, and the command that makes it again."""
    result, active = study.result(engine, subject, epoch), study.active(subject, epoch)
    before = study.moved(subject, epoch) if study.close and study.has_image(subject) else None
    shown = seen(study, subject, result, f"{subject.name or 'the sample'}, epoch {epoch}", size, epoch=epoch, before=before)
    key = (Fact("seed", str(study.program.seed)), Fact("epoch", str(epoch)), Fact("index", str(subject.index)))
    return Panel(
        f"epoch {epoch}", ", ".join(applied(active)), facts=(*key, Fact("size", size_text(shown.get("figure")))),
        drawn=drawn(study, subject, epoch), dropped=study.skipped(subject, epoch),
        command=study.command(name, subject, epoch), **shown,
    )  # fmt: skip


def size_text(figure: Figure | None) -> str:
    """Height and width, as they are written in a spec."""
    return f"{figure.size[0]} × {figure.size[1]}" if figure else ""
