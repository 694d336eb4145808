"""Every parameter of every op has a control, whose ends are those of its declaration."""

import math

import pytest

from augment.language import loads
from augment.ops import catalogue
from augment.spec.fields import declared
from augment.spec.node import Pipeline
from augment.testing.examples import examples
from augment.values import Quantity, Value
from augment.view.controls import cards


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
        ("rotate: ±30", "degrees", "range", (-120, 120)), ("rotate: 5", "degrees", "number", (-45, 45)),
        ("rotate: [-170, 90]", "degrees", "range", (-180, 180)),
        ("horizontal_flip: {p: 0.5}", "p", "number", (0, 1)), ("resize: 224", "size", "number", (8, 512)),
        ("resize: {short: 1000}", "short", "number", (1, 2000)),
        ("posterize: {bits: [2, 4]}", "bits", "range", (2, 8)), ("gaussian_blur: {sigma: 2px}", "sigma", "number", None),
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
