"""Which sliders, switches and lists a spec gets: each is made from the declaration of the field that it changes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt

from augment.catalogue import SHARED, summary
from augment.ops.kinds import Colour, Pixels
from augment.spec.check import Place, walk
from augment.spec.fields import declared, own_fields
from augment.spec.node import Node, Pipeline
from augment.spec.write import plain_fields
from augment.values import Constant, Integers, Quantity, Range, Sensible, Value

Kind = Literal["number", "range", "choice", "switch", "colour", "words"]
HIDDEN = ("ops", "id", "stage")
RARE = (*SHARED, "weight")
SIDE = 256
"""Of the picture for which fractions are turned into pixels, to find how far a slider of pixels goes."""
STEPS = 200
NEAR = 4
"""How many times what is written a slider goes to either side of zero."""


@dataclass(frozen=True)
class Control:
    """What changes one field."""

    field: str
    kind: Kind
    about: str
    low: float = 0
    high: float = 0
    """Of a range; a number is ``low``."""
    least: float = 0
    most: float = 1
    """Where the slider ends."""
    step: float = 0.01
    whole: bool = False
    unit: str = ""
    text: str = ""
    """Of a choice, a colour or words."""
    options: tuple[str, ...] = ()
    ranges: bool = False
    """Whether it may be a number as well as a range."""
    written: bool = True
    """Whether the spec says it; if not, it is what the declaration says."""


@dataclass(frozen=True)
class Card:
    """An op with its controls."""

    steps: tuple[int, ...]
    op: str
    line: int
    about: str
    main: tuple[Control, ...]
    more: tuple[Control, ...]

    @property
    def depth(self) -> int:
        return len(self.steps) - 1

    @property
    def at(self) -> str:
        return ".".join(map(str, self.steps))

    def plain(self) -> dict[str, dict[str, Any]]:
        """Return the controls as JSON data, by the name that they have on the page."""
        return {f"{self.at}:{control.field}": asdict(control) for control in (*self.main, *self.more)}


def cards(pipeline: Pipeline, lines: dict[str, int]) -> tuple[Card, ...]:
    """Return a card for each op of a spec, in order; ``lines`` tells where paths were written."""
    return tuple(_card(place, lines) for place in walk(pipeline.pipeline))


def _card(place: Place, lines: dict[str, int]) -> Card:
    from augment.spec.ledger import path_text

    node = place.node
    picks = place.parent is not None and place.parent.picks
    made = [control for name in _names(node, picks) if (control := _control(node, name)) is not None]
    main = [c for c in made if c.field == "p" or (c.field == "weight" and picks) or (c.written and c.field not in RARE)]
    rare = [c for c in made if c not in main]
    return Card(place.steps, node.name(), lines.get(path_text(place.path), 0), summary(type(node)), tuple(main), tuple(rare))


def _names(node: Node, picks: bool) -> Iterator[str]:
    own = [name for name in own_fields(type(node)) if name not in HIDDEN]
    yield from (name for name in own if name not in SHARED)
    yield "p"
    if picks:
        yield "weight"
    yield from (name for name in own if name in SHARED)


def _control(node: Node, name: str) -> Control | None:
    info = type(node).model_fields[name]
    value, about = getattr(node, name), info.description or ""
    written = name in node.model_fields_set
    found = declared(type(node), name, Quantity)
    if name == "p":
        return Control(name, "number", about, node.probability, least=0, most=1, written=written)
    if found and (value is None or isinstance(value, Constant) or (isinstance(value, Range) and _plain(found, value))):
        return _slider(name, about, found, declared(type(node), name, Sensible), value, written)
    if choices := _choices(info.annotation):
        if value is None or str(value) in choices:
            return Control(name, "choice", about, text=str(value or ""), options=choices, written=written)
    if isinstance(value, bool):
        return Control(name, "switch", about, low=float(value), written=written)
    if _has(info, Colour) and value is not None and len(value) in (1, 3):
        return Control(name, "colour", about, text=_hex(value), written=written)
    if _has(info, Pixels) and (value is None or value[0] == value[1]):
        side = value[0] if value else 224
        return Control(name, "number", about, side, least=8, most=max(512, 2 * side), step=8, whole=True, unit="px", written=written)
    if number := _plain_number(name, about, info, value, written):
        return number
    if not written:
        return None
    from augment.spec.layout import dump

    return Control(name, "words", about, text=dump([plain_fields(node).get(name)]).strip()[1:-1])


# Numbers -------------------------------------------------------------------------------------------------------------


def _plain(quantity: Quantity, value: Range) -> bool:
    """Whether a range is written as two numbers."""
    return type(value) is (Integers if quantity.integer else quantity.spread)


def _slider(name: str, about: str, quantity: Quantity, usual: Sensible | None, value: Value | None, written: bool) -> Control:
    low, high = value.support if value else (_neutral(quantity, usual),) * 2
    pixels = bool(value and value.unit == "px")
    least, most = _ends(quantity, usual, low, high, pixels)
    step = 1 if quantity.integer else _step(most - least)
    if quantity.gt > -math.inf and least <= quantity.gt:
        least = quantity.gt + step
    unit = "px" if pixels else "°" if quantity.unit == "degrees" else ""
    kind: Kind = "number" if value is None or isinstance(value, Constant) else "range"
    return Control(
        name, kind, about, low, high, min(least, low), max(most, high), step, quantity.integer, unit, ranges=True,
        written=written and value is not None,
    )  # fmt: skip


def _neutral(quantity: Quantity, usual: Sensible | None) -> float:
    start = usual.neutral if usual else 0
    return start if start >= quantity.ge and start > quantity.gt else quantity.ge if quantity.ge > -math.inf else 1


def _ends(quantity: Quantity, usual: Sensible | None, low: float, high: float, pixels: bool) -> tuple[float, float]:
    """From where to where a slider goes: what is usual, what is allowed, and what is there."""
    scale = SIDE if pixels else 1
    least, most = -math.inf, math.inf
    if usual:
        least, most = usual.low * scale, usual.high * scale
    least, most = max(least, quantity.ge * scale), min(most, quantity.le * scale)
    if least < 0 < most < math.inf and least > -math.inf:  # little is seen of ±3 on a slider of ±180, which grows as it is moved
        near = max(NEAR * max(abs(low), abs(high)), (most - least) / 8)
        least, most = max(least, -near), min(most, near)
    reach = 2 * max(abs(low), abs(high), 1 if not pixels else 8)
    if math.isinf(least):
        least = -reach if low < 0 else max(quantity.gt, 0) if quantity.gt > -math.inf else 0.0
    if math.isinf(most):
        most = max(reach, least + reach)
    return least, most


def _step(span: float) -> float:
    """A round number, about `STEPS` of which make the span."""
    raw = span / STEPS
    power = 10.0 ** math.floor(math.log10(raw))
    return next((m * power for m in (1, 2, 5) if m * power >= raw), 10 * power)


def _plain_number(name: str, about: str, info: Any, value: Any, written: bool) -> Control | None:
    """A whole number or a fraction that is drawn from nothing."""
    kinds = {part for part in (info.annotation, *get_args(info.annotation)) if isinstance(part, type)}
    if not kinds & {int, float} or isinstance(value, tuple | str):
        return None
    ends = {kind: getattr(m, attr) for m in info.metadata for kind, attr in ((Ge, "ge"), (Gt, "gt"), (Le, "le"), (Lt, "lt")) if isinstance(m, kind)}
    whole = int in kinds and float not in kinds
    low = float(ends.get(Ge, ends.get(Gt, 0)))
    number = value if value is not None else max(low, 1.0)
    pixels = whole and ends.get(Le, 0) > 1000
    high = max(512.0 if pixels else 0, 2 * number) if pixels or (Le not in ends and Lt not in ends) else float(ends.get(Le, ends.get(Lt, 0)))
    high = max(high, 4.0) if Le not in ends and Lt not in ends else high
    step = 1 if whole else _step(high - low)
    return Control(name, "number", about, number, least=low + step * (Gt in ends), most=high, step=step, whole=whole, unit="px" if pixels else "",
                   written=written and value is not None)  # fmt: skip


# Other forms ---------------------------------------------------------------------------------------------------------


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next((found for part in get_args(annotation) if (found := _choices(part))), ())


def _has(info: Any, alias: Any) -> bool:
    """Whether a field is annotated as one of the aliases of kinds."""
    wanted = get_args(alias)[1:]
    metadata = [*info.metadata, *(m for part in get_args(info.annotation) for m in getattr(part, "__metadata__", ()))]
    return any(m == w for m in metadata for w in wanted)


def _hex(colour: tuple[float, ...]) -> str:
    rgb = colour * 3 if len(colour) == 1 else colour
    return "#" + "".join(f"{round(255 * c):02x}" for c in rgb)


__all__ = ["Card", "Control", "cards"]
