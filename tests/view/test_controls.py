"""Every parameter of every op has a control, whose ends are those of its declaration."""

import math

import pytest

from augment.language import loads
from augment.ops import catalogue
from augment.spec.fields import declared
from augment.spec.node import Pipeline
from augment.testing.examples import examples
from augment.values import Quantity, Sensible, Value
from augment.view.controls import cards
from augment.view.ends import ends, neutral


def card(text):
    [only] = cards(loads(f"pipeline: [{text}]"), {})
    return {control.field: control for control in (*only.main, *only.more)}


@pytest.mark.parametrize("name", catalogue())
def test_every_value_of_every_op_has_a_slider(name):
    for op in examples(catalogue()[name]):
        [made] = cards(Pipeline([op]), {})
        controls = {control.field: control for control in (*made.main, *made.more)}
        for field in op.model_fields_set - {"ops", "id", "stage"}:
            assert field in controls, field
        for field, control in controls.items():
            quantity, value = declared(type(op), field, Quantity), getattr(op, field)
            if quantity is None or not isinstance(value, Value):
                continue
            assert control.kind in ("number", "range", "words")
            if control.kind != "words":
                assert control.least <= control.low <= control.most and control.step > 0
                assert (control.low if control.kind == "number" else (control.low, control.high)) in (
                    value.support,
                    value.support[0],
                )
                if not value.unit:
                    assert control.least >= quantity.ge and control.most <= quantity.le and control.least > quantity.gt
                assert math.isfinite(control.least) and math.isfinite(control.most)


@pytest.mark.parametrize(
    ("text", "field", "kind", "ends"),
    [
        ("rotate: ±30", "degrees", "range", (-180, 180)), ("rotate: 5", "degrees", "number", (-180, 180)),
        ("rotate: [-170, 90]", "degrees", "range", (-180, 180)), ("rotate: 0.5", "degrees", "number", (-180, 180)),
        ("rotate: [-180, 90]", "degrees", "range", (-540, 180)), ("brightness: 2", "factor", "number", (0.2, 4)),
        ("horizontal_flip: {p: 0.5}", "p", "number", (0, 1)), ("resize: 224", "size", "number", (1, 512)),
        ("resize: 512", "size", "number", (1, 1024)),
        ("resize: {short: 1000}", "short", "number", (1, 2000)),
        ("posterize: {bits: [2, 4]}", "bits", "range", (1, 8)), ("gaussian_blur: {sigma: 2px}", "sigma", "number", None),
        ("brightness: {factor: {normal: [1, 0.1]}}", "factor", "words", None), ("resize: [10, 20]", "size", "words", None),
        ("rotate: {degrees: 5, border: wrap}", "border", "choice", None),
        ("pad: {size: 300, fill: '#ff0000'}", "fill", "colour", None),
        ("resize: {size: 9, antialias: false}", "antialias", "switch", None), ("normalize: imagenet", "preset", "words", None),
    ],
)  # fmt: skip
def test_the_declaration_decides(text, field, kind, ends):
    control = card(text)[field]
    assert control.kind == kind
    if ends:
        assert (control.least, control.most) == ends


def test_pixels_stay_pixels():
    control = card("gaussian_blur: {sigma: [1px, 3px]}")["sigma"]
    assert (control.unit, control.low, control.high) == ("px", 1, 3) and control.most >= 3


def test_what_is_not_written_says_so():
    controls = card("color_jitter: {hue: ±10}")
    assert controls["hue"].written and not controls["brightness"].written and not controls["p"].written
    assert controls["brightness"].low == 1 and controls["p"].low == 1  # what changes nothing, and always


def test_ops_in_ops_have_cards_with_their_weights():
    made = cards(loads("pipeline: [one_of: {p: 0.5, ops: [{rotate: {degrees: 5, weight: 2}}, invert]}]"), {})
    assert [(c.op, c.depth, c.at) for c in made] == [("one_of", 0, "0"), ("rotate", 1, "0.0"), ("invert", 1, "0.1")]
    assert "weight" in [c.field for c in made[1].main] and "weight" not in [c.field for c in made[0].main]


FIELDS = [(op, field) for op in catalogue().values() for field in op.model_fields if declared(op, field, Quantity)]


@pytest.mark.parametrize(("op", "field"), FIELDS, ids=lambda one: one if isinstance(one, str) else one.name())
def test_a_slider_that_is_pushed_on_reaches_what_is_allowed(op, field):
    quantity, usual = declared(op, field, Quantity), declared(op, field, Sensible)
    for unit in ("", "px") if quantity.pixels else ("",):
        start, allowed = neutral(quantity, usual), quantity.allowed(unit)
        least = most = start
        for _ in range(40):
            down, up = ends(quantity, usual, least, least, unit), ends(quantity, usual, most, most, unit)
            least, most = down.least, up.most
        assert most == allowed[1] or (math.isinf(allowed[1]) and most > 1e6)
        lowest = max(allowed[0], quantity.gt + down.step)  # what is allowed to come near to zero ends one step above it
        assert least == lowest or (math.isinf(lowest) and least < -1e6)


@pytest.mark.parametrize("number", [0.5, 3, 12.5, 0.37, -179])
def test_what_is_written_is_on_the_grid_of_its_slider(number):
    control = card(f"rotate: {number}")["degrees"]
    assert round(number / control.step) * control.step == pytest.approx(number)
