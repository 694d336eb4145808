"""Makes a report small enough for a notebook: first smaller pictures, then fewer."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from augment.report.encode import TINY
from augment.report.look import shrunk
from augment.report.model import Figure, Group, Layer, Report

SIZES = (192, 128, TINY + 4)  # the least is no tiny one, which would be kept without loss, and so larger
"""Longer sides of pictures, in pixels, that are tried in turn; then how many panels of a group, and how many groups."""
PANELS = (48, 32, 24, 16, 12, 8, 4)
GROUPS = (16, 12, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1)


def fit(report: Report | None, render: Callable[[Report | None], str], limit: int) -> str:
    """Return ``render(report)`` with at most ``limit`` bytes; what had to be left out is said in it."""
    text = render(report)
    if report is not None and len(text.encode()) > limit:
        for smaller in _smaller(report, len(text.encode()) / limit):
            text = render(smaller)
            if len(text.encode()) <= limit:
                break
    return text


def _smaller(report: Report, excess: float) -> Iterator[Report]:
    longest = max((max(p.figure.pixels.shape) for s in report.sheets for g in s.groups for p in g.panels if p.figure), default=0)
    for size in SIZES:
        if size == SIZES[-1] or (longest / size) ** 2 >= excess:  # bytes go down with the area at most
            report = _groups(report, lambda g, size=size: _reduced(g, size))  # type: ignore[misc]
            yield report
    for most in PANELS:
        yield _groups(report, lambda g, most=most: _cut(g, most))  # type: ignore[misc]
    fewest = _groups(report, lambda g: _cut(g, PANELS[-1]))
    for count in GROUPS:
        yield _first(fewest, count)
    yield _first(_groups(fewest, _without_words), GROUPS[-1])


def _groups(report: Report, change: Callable[[Group], Group]) -> Report:
    return replace(report, sheets=tuple(replace(s, groups=tuple(map(change, s.groups))) for s in report.sheets))


def _reduced(group: Group, size: int) -> Group:
    panels = (p if p.figure is None else replace(p, figure=_reduced_figure(p.figure, size)) for p in group.panels)
    return replace(group, panels=tuple(panels))


def _reduced_figure(figure: Figure, size: int) -> Figure:
    layers = tuple(_reduced_layer(layer, size) for layer in figure.layers)
    return replace(figure, pixels=shrunk(figure.pixels, size), layers=layers)


def _reduced_layer(layer: Layer, size: int) -> Layer:
    return layer if layer.raster is None else replace(layer, raster=shrunk(layer.raster, size))


def _without_words(group: Group) -> Group:
    panels = (replace(p, diffs=(), note="The texts are too long for a notebook; .save(path) writes them.") for p in group.panels)
    return replace(group, panels=tuple(panels))


def _cut(group: Group, most: int) -> Group:
    """The first panels, which tells how many there are."""
    count = len(group.panels)
    return group if count <= most else replace(group, panels=group.panels[:most], about=_left_out(most, count))


def _first(report: Report, count: int) -> Report:
    """The first groups of each sheet, which tells how many there are."""
    sheets = []
    for i, sheet in enumerate(report.sheets):
        most = max(1, count // len(report.sheets) + (i < count % len(report.sheets)))  # each keeps its place
        kept, own = sheet.groups[:most], len(sheet.groups)
        lead = f"{sheet.lead} {_left_out(len(kept), own, 'groups')}" if len(kept) < own else sheet.lead
        sheets.append(replace(sheet, groups=kept, lead=lead))
    return replace(report, sheets=tuple(sheets))


def _left_out(shown: int, total: int, what: str = "pictures") -> str:
    return f"{shown} of {total} {what} are shown here; .save(path) writes all."
