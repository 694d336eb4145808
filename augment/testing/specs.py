"""Odd specs: every op of the catalogue, every kind of field, combinators among them, and numbers that nobody writes on purpose.

Strategies for hypothesis. They yield mappings in the short forms, as a file would hold them. Many are refused, and that is right;
what is accepted must run.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Literal, get_args, get_origin

from hypothesis import strategies as st

from augment.ops import catalogue
from augment.spec.fields import declared, own_fields
from augment.spec.node import Op
from augment.spec.write import plain_fields
from augment.testing.examples import examples
from augment.values import Quantity

NUMBERS: tuple[Any, ...] = (
    0, 0.0, -0.0, 1, -1, 2, 3, 0.5, -0.5, 0.1 + 0.2, 1 - 2**-53, 1 + 2**-52, 1 / 3, 0.004, 0.02, 1e-6, 1e-9, 1e-12, 1e-19, 1e-30,
    5, 90, 180, 255, 256, 720, 65535, 1e4, 1e6, 2**24, 2**24 + 1, 2**31, 2**32, 2**53, 1e18, 2**63 - 1, 2**63, 1e20,
    1e-38, 1e-45, 1e-308, 1e-320, 5e-324, 1e38, 3.5e38, 1e308, float("inf"), float("-inf"), float("nan"),
)  # fmt: skip
WORDS = (
    "", "0", "1", "0.2", "+0.2", "-.5", "1e400", "1e-400", "5°", "1px", "0.1px", "1e400±0.2", "±1e400", "1±0.2", "±0", 
    "0.1±1e-320", "±20°", "1𝟙", "٣", "²", "1_0", "0x10", "nan", "inf", "50%", "#000000", "#ff0080", "none", "all",
)  # fmt: skip
DISTRIBUTIONS = ("uniform", "log_uniform", "inverse_uniform", "normal", "beta")

numbers = st.sampled_from(NUMBERS) | st.floats() | st.integers(-3, 300)
scalars = numbers | st.sampled_from(WORDS) | st.none() | st.booleans()
leaves = scalars | st.lists(numbers, max_size=4) | st.dictionaries(st.sampled_from(("a", "regex", "words")), scalars, max_size=1)


@st.composite
def odd_values(draw: st.DrawFn, quantity: Quantity) -> Any:
    """Any short form of a value, mostly within the bounds of the field."""
    low, high = (max(-1e19, quantity.ge, quantity.gt), min(1e19, quantity.le))
    inside = st.sampled_from([n for n in NUMBERS if low <= n <= high] or [low]) | st.floats(low, high, allow_subnormal=False)
    number = st.integers(max(-9, int(low)), int(min(high, 9))) if quantity.integer else inside
    if draw(st.integers(0, 15)) == 0:
        number = numbers
    unit = draw(st.sampled_from(["px", "px", ""])) if quantity.pixels else draw(st.sampled_from(["", "", "", "°"]))
    end = number.map(lambda n: f"{n!r}{unit}") if unit else number
    match draw(st.sampled_from(["one", "about", "range", "distribution", "choice"] * 3 + ["any"])):
        case "one":
            return draw(end)
        case "about":
            centre = draw(st.just("") | number.map(repr))
            return f"{centre}±{abs(draw(number))!r}{unit}"
        case "range":
            first, second = sorted((draw(number), draw(number)))
            return [f"{first!r}{unit}", f"{second!r}{unit}"] if unit else [first, second]
        case "distribution":
            return {draw(st.sampled_from(DISTRIBUTIONS)): sorted((draw(number), draw(number)))}
        case "choice":
            return {"choice": draw(st.lists(end, min_size=1, max_size=4))}
    return draw(leaves)


@st.composite
def odd_steps(draw: st.DrawFn, ops: tuple[type[Op], ...], depth: int = 1) -> dict[str, Any]:
    """One step of a pipeline: an op, or a combinator of some."""
    fields: dict[str, Any]
    if depth and draw(st.integers(0, 3)) == 0:
        name = draw(st.sampled_from(["sequence", "one_of", "some_of", "repeat"]))
        inside = draw(st.lists(odd_steps(ops, depth - 1), min_size=1, max_size=3))
        fields = {"ops": inside}
        if name in ("one_of", "some_of") and draw(st.booleans()):
            for step in inside:
                next(iter(step.values()))["weight"] = draw(numbers)
        if name == "some_of":
            fields |= {"n": draw(odd_values(Quantity("ops", ge=0, le=4, integer=True))), "replacement": draw(st.booleans())}
        if name == "repeat":
            fields["times"] = draw(odd_values(Quantity("times", ge=0, le=4, integer=True)))
    else:
        op = draw(st.sampled_from(ops))
        name = op.name()
        fields = plain_fields(draw(st.sampled_from(examples(op))))
        for field in draw(st.lists(st.sampled_from([*own_fields(op)] or ["p"]), max_size=2)):
            fields[field] = draw(_field(op, field))
    if draw(st.integers(0, 2)) == 0:
        fields["p"] = draw(st.floats(0, 1) | st.sampled_from([0, 1, 0.5, 1e-9, 1 - 2**-30]) | scalars)
    return {name: fields}


def _field(op: type[Op], name: str) -> st.SearchStrategy[Any]:
    quantity = declared(op, name, Quantity) if name in op.model_fields else None
    if quantity is not None:
        return odd_values(quantity)
    annotation = op.model_fields[name].annotation
    parts = (annotation, *get_args(annotation))
    words = [word for part in parts if get_origin(part) is Literal for word in get_args(part)]
    if words:
        return st.sampled_from(words) | leaves
    return st.booleans() if annotation is bool else st.lists(st.floats(0, 1), min_size=1, max_size=3) | leaves


def odd_specs(ops: Iterable[type[Op]] | None = None) -> st.SearchStrategy[Mapping[str, Any]]:
    """Specs of one or two steps; ``ops`` limits what they are made of (the whole catalogue)."""
    known = tuple(catalogue().values() if ops is None else ops)
    return st.fixed_dictionaries({"pipeline": st.lists(odd_steps(known), min_size=1, max_size=2)})


__all__ = ["odd_specs", "odd_steps", "odd_values"]
