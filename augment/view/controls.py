"""Which sliders, switches and lists a spec gets: each is made from the declaration of the field that it changes."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Literal, get_args, get_origin

from annotated_types import Ge, Gt, Le, Lt

from augment.errors import SpecError
from augment.language.catalogue import SHARED, summary
from augment.ops.kinds import Colour, Pixels
from augment.spec.check import Place, walk
from augment.spec.fields import declared, own_fields
from augment.spec.layout import dump
from augment.spec.ledger import path_text
from augment.spec.node import Node, Pipeline
from augment.spec.write import plain_fields
from augment.values import MOST_SIDE, Constant, Quantity, Range, Sensible, Value
from augment.view.ends import ends, grown, neutral, step_of

Kind = Literal["number", "range", "choice", "switch", "colour", "words"]
HIDDEN = ("ops", "id", "stage")


@dataclass(frozen=True)
class Control:
    """What changes one field."""

    field: str
    kind: Kind
    about: str
    low: float = 0
    high: float = 0
    """Of a range; a number is ``low``, and so is a switch."""
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
    node, picks = place.node, place.parent is not None and place.parent.picks
    first = {"p", *(("weight",) if picks else ())}
    made = [control for name in _names(node, picks) if (control := _control(node, name)) is not None]
    main = [c for c in made if c.field in first or (c.written and c.field not in SHARED)]
    more = [c for c in made if c not in main]
    return Card(place.steps, node.name(), lines.get(path_text(place.path), 0), summary(type(node)), tuple(main), tuple(more))


def _names(node: Node, picks: bool) -> Iterator[str]:
    own = [name for name in own_fields(type(node)) if name not in HIDDEN]
    yield from (name for name in own if name not in SHARED)
    yield "p"
    if picks:
        yield "weight"
    yield from (name for name in own if name in SHARED)
    yield from (name for name in ("on",) if name in node.model_fields_set)


def _control(node: Node, name: str) -> Control | None:
    info = type(node).model_fields[name]
    value, about, written = getattr(node, name), info.description or "", name in node.model_fields_set
    quantity = declared(type(node), name, Quantity)
    choices = _choices(info.annotation)
    if name == "p":
        return Control(name, "number", about, node.probability, written=written)
    if quantity and (value is None or _plain(quantity, value)):
        return _slider(node, name, about, quantity, value, written and value is not None)
    if choices and (value is None or str(value) in choices):
        return Control(name, "choice", about, text=str(value or ""), options=choices, written=written)
    if isinstance(value, bool):
        return Control(name, "switch", about, low=float(value), written=written)
    if _is(info, Colour) and value is not None and len(value) in (1, 3):
        return Control(name, "colour", about, text=_hex(value), written=written)
    if _is(info, Pixels) and (value is None or value[0] == value[1]):
        side = value[0] if value else 224
        least, most = grown(1, 512, side, side, (1, MOST_SIDE))
        return Control(name, "number", about, side, 0, least, most, 8, whole=True, unit="px", written=written)
    if (number := _number(name, about, info, value, written)) or not written:
        return number
    return Control(name, "words", about, text=dump([plain_fields(node).get(name)]).strip()[1:-1])


# Numbers -------------------------------------------------------------------------------------------------------------


def _plain(quantity: Quantity, value: Any) -> bool:
    """Whether a value is written as one number or two."""
    return isinstance(value, Constant) or (isinstance(value, Range) and type(value) is quantity.plain)


def _slider(node: Node, name: str, about: str, quantity: Quantity, value: Value | None, written: bool) -> Control:
    usual = declared(type(node), name, Sensible)
    low, high = value.support if value else (neutral(quantity, usual),) * 2
    suffix = value.unit if value else ""
    least, most, step = ends(quantity, usual, low, high, suffix)
    unit = suffix or ("°" if quantity.unit == "degrees" else "")
    one, two = (_takes(node, name, raw) for raw in (_with(most, suffix), [_with(least, suffix), _with(most, suffix)]))
    kind: Kind = (
        ("number" if one or not two else "range") if value is None else "number" if isinstance(value, Constant) else "range"
    )
    return Control(name, kind, about, low, high, least, most, step, quantity.integer, unit, ranges=one and two, written=written)


def _with(number: float, suffix: str) -> Any:
    return f"{number:g}{suffix}" if suffix else number


def _takes(node: Node, name: str, raw: Any) -> bool:
    """Whether an op takes such a value: some vary always, and some never."""
    try:
        kept = {f: getattr(node, f) for f in node.model_fields_set if getattr(node, f) is not None}
        type(node)(**{**kept, name: raw})
    except SpecError as error:
        return not any(mistake.where.endswith(f".{name}") for mistake in error.mistakes)
    return True


def _number(name: str, about: str, info: Any, value: Any, written: bool) -> Control | None:
    """A whole number or a fraction that is drawn from nothing."""
    kinds = {part for part in (info.annotation, *get_args(info.annotation)) if isinstance(part, type)}
    if not kinds & {int, float} or isinstance(value, tuple | str):
        return None
    whole = float not in kinds
    above = _bound(info, Gt, "gt", -math.inf)
    least = max(_bound(info, Ge, "ge", -math.inf), above)
    most = min(_bound(info, Le, "le", math.inf), _bound(info, Lt, "lt", math.inf))
    pixels = whole and 1000 < most < math.inf
    start = max(least, 0.0)
    number = value if value is not None else max(start, 1.0)
    low, high = grown(start, min(most, 512.0 if pixels else max(4.0, 2 * number)), number, number, (least, most))
    step = 1.0 if whole else step_of(high - low, number)
    unit = "px" if pixels else ""
    low = low + step if low <= above else low
    return Control(name, "number", about, number, 0, low, high, step, whole, unit, written=written and value is not None)


def _bound(info: Any, kind: Any, name: str, none: float) -> float:
    return next((float(getattr(m, name)) for m in info.metadata if isinstance(m, kind)), none)


# Other forms ---------------------------------------------------------------------------------------------------------


def _choices(annotation: Any) -> tuple[str, ...]:
    if get_origin(annotation) is Literal:
        return tuple(map(str, get_args(annotation)))
    return next((found for part in get_args(annotation) if (found := _choices(part))), ())


def _is(info: Any, alias: Any) -> bool:
    """Whether a field is annotated as one of the aliases of kinds."""
    wanted = get_args(alias)[1:]
    metadata = [*info.metadata, *(m for part in get_args(info.annotation) for m in getattr(part, "__metadata__", ()))]
    return any(m == w for m in metadata for w in wanted)


def _hex(colour: tuple[float, ...]) -> str:
    rgb = colour * 3 if len(colour) == 1 else colour
    return "#" + "".join(f"{round(255 * c):02x}" for c in rgb)


__all__ = ["Card", "Control", "cards"]
