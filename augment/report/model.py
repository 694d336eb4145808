"""What a report is made of: sheets of groups of panels. Sheets make it, and pages, pictures and notebooks show it.

It holds arrays, numbers and words, and nothing of any way to show them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

import numpy as np

if TYPE_CHECKING:
    from augment.lint import Finding

# Pictures ------------------------------------------------------------------------------------------------------------


class Box(NamedTuple):
    """A box in pixels of the image, edges: x0, y0, x1, y1."""

    x0: float
    y0: float
    x1: float
    y1: float
    label: str = ""
    colour: int = 0
    """The number of its label, which is that of its colour."""


@dataclass(frozen=True, eq=False)
class Layer:
    """What lies over a picture and can be taken away: one mask, all boxes or all keypoints of a target."""

    kind: Literal["mask", "boxes", "keypoints"]
    name: str
    raster: np.ndarray | None = None
    """mask: (h, w, 4) of bytes, red, green, blue, alpha."""
    boxes: tuple[Box, ...] = ()
    points: tuple[tuple[float, float], ...] = ()
    """keypoints: x and y in pixels of the image, edges."""


class Closer(NamedTuple):
    """A part of a picture, pixel by pixel."""

    pixels: np.ndarray
    """(h, w, 3) of bytes."""
    before: np.ndarray | None
    """The same part before its colours were changed, where the picture was moved as well; (h, w, 3) of bytes."""
    at: tuple[int, int]
    """y and x of its upper left corner in the image."""


@dataclass(frozen=True, eq=False)
class Figure:
    """A picture to look at."""

    pixels: np.ndarray
    """(h, w, 3) of bytes, as it is shown."""
    size: tuple[int, int]
    """Height and width of the image itself, in whose pixels layers are measured."""
    alt: str = ""
    layers: tuple[Layer, ...] = ()
    exact: bool = False
    """Whether it must be kept without loss, as differences are."""
    passing: bool = False
    """Whether another takes its place in a moment: it is encoded quickly rather than in few bytes."""
    closer: Closer | None = None
    """What can be looked at closely."""


# Other things to see -------------------------------------------------------------------------------------------------


class Bar(NamedTuple):
    """A bar of a chart, in fractions of its width and height from the lower left."""

    x0: float
    x1: float
    height: float


@dataclass(frozen=True)
class Chart:
    """A histogram: what was counted as bars, what was declared as a line."""

    bars: tuple[Bar, ...]
    line: tuple[tuple[float, float], ...]
    """x and y in fractions, as those of the bars."""
    low: str
    """What the left end of the axis says."""
    high: str
    counts: tuple[int, ...]
    expected: tuple[float, ...]
    names: tuple[str, ...] = ()
    """Of the bars, where they are choices."""
    marks: tuple[float, ...] = ()
    """Places on the axis that are pointed out, in fractions."""
    alt: str = ""


class Piece(NamedTuple):
    """A part of a text: kept, or there only before or after."""

    how: Literal["same", "gone", "new"]
    text: str


class Change(NamedTuple):
    """A change of a text and the rule that made it."""

    rule: str
    before: str
    after: str


@dataclass(frozen=True)
class Diff:
    """A text before and after, word by word."""

    name: str
    pieces: tuple[Piece, ...]
    changes: tuple[Change, ...] = ()


# Words about a panel -------------------------------------------------------------------------------------------------


class Fact(NamedTuple):
    """A named value; ``tone`` says whether it is as it should be."""

    name: str
    value: str
    tone: Literal["", "good", "bad"] = ""


class Drawn(NamedTuple):
    """An op, the parameters that were drawn for it, and whether it was applied."""

    op: str
    applied: bool
    values: tuple[tuple[str, str], ...]


class Dropped(NamedTuple):
    """What a sample lost, or what was not done to it, and why."""

    target: str
    what: str
    reason: str


class Share(NamedTuple):
    """How much of a label a sample has, from 0 to 1."""

    label: str
    part: float


class Link(NamedTuple):
    """Words that lead to a group of a sheet, where the report has it."""

    text: str
    sheet: str
    heading: str


class Table(NamedTuple):
    """Rows of words under headings; the first column names the row."""

    headings: tuple[str, ...]
    rows: tuple[tuple[Fact | Share | Link | str, ...], ...]


# The report ----------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, eq=False)
class Panel:
    """One thing to look at, with all that is said about it."""

    title: str
    detail: str = ""
    original: bool = False
    """Whether it shows the sample as it is."""
    figure: Figure | None = None
    chart: Chart | None = None
    diffs: tuple[Diff, ...] = ()
    facts: tuple[Fact, ...] = ()
    shares: tuple[Share, ...] = ()
    drawn: tuple[Drawn, ...] = ()
    dropped: tuple[Dropped, ...] = ()
    command: str = ""
    """What makes it again."""
    note: str = ""
    """Why there is nothing to see."""


@dataclass(frozen=True, eq=False)
class Group:
    """Panels that belong together."""

    panels: tuple[Panel, ...]
    heading: str = ""
    about: str = ""
    columns: int = 0
    """How many stand in a row on a wide page; 0 for as many as fit."""
    beside: bool = False
    """Whether the heading stands beside the panels where there is room."""
    table: Table | None = None
    legend: tuple[tuple[str, int], ...] = ()
    """What the colours of masks mean: names and numbers of colours."""
    links: tuple[Link, ...] = ()
    """What leads to groups of other sheets."""
    against: Literal["original", "first", "previous"] = "original"
    """Which picture each is compared with when it is looked at closely."""


@dataclass(frozen=True, eq=False)
class Sheet:
    """One way to look at a spec."""

    name: str
    title: str
    lead: str
    groups: tuple[Group, ...]

    @property
    def kinds(self) -> tuple[str, ...]:
        """The kinds of layers that its pictures have."""
        layers = (layer for g in self.groups for p in g.panels if p.figure for layer in p.figure.layers)
        return tuple(dict.fromkeys(layer.kind for layer in layers))


@dataclass(frozen=True, eq=False)
class Report:
    """All sheets of a spec."""

    title: str
    about: str
    facts: tuple[Fact, ...]
    spec: str
    """As YAML."""
    sheets: tuple[Sheet, ...]
    findings: tuple[Finding, ...] = ()
    """What lint says of the spec."""

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(kind for sheet in self.sheets for kind in sheet.kinds))
