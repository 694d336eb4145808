"""A slider changes its field in the text, and nothing else."""

import re

import pytest

from augment.errors import SpecError
from augment.language import loads
from augment.spec.check import walk
from augment.spec.rewriting import Change, rewrite
from augment.view.controls import cards


def one(text, steps, op, field, value, bare=None):
    return rewrite(text, Change(steps, op, field, value), bare)


BLOCK = """\
pipeline:
  - rotate:        # turns
      degrees: ±15 # a little
      p: 0.5

  # the end
  - normalize: imagenet  # as usual
"""


@pytest.mark.parametrize(
    ("before", "change", "after"),
    [
        ("pipeline: [rotate: {degrees: ±15, p: 0.5}]", ((0,), "rotate", "degrees",
            "±30"), "pipeline: [rotate: {degrees: ±30, p: 0.5}]"),
        ("pipeline: [rotate: {degrees: ±15}]", ((0,), "rotate", "p", 0.25), "pipeline: [rotate: {degrees: ±15, p: 0.25}]"),
        ("pipeline: [rotate: ±15]", ((0,), "rotate", "degrees", [-5, 10], "degrees"), "pipeline: [rotate: [-5, 10]]"),
        ("pipeline: [rotate: ±15]", ((0,), "rotate", "p", 0.5, "degrees"), "pipeline: [rotate: {degrees: ±15, p: 0.5}]"),
        ("pipeline: [rotate90]", ((0,), "rotate90", "p", 0.5), "pipeline: [{rotate90: {p: 0.5}}]"),
        ("pipeline:\n- rotate90 # any\n", ((0,), "rotate90", "p", 0.5), "pipeline:\n- rotate90: {p: 0.5} # any\n"),
        ("pipeline:\n- rotate90: # any\n", ((0,), "rotate90", "p", 0.5), "pipeline:\n- rotate90: {p: 0.5} # any\n"),
        ("pipeline:\n- rotate90: {}\n", ((0,), "rotate90", "p", 0.5), "pipeline:\n- rotate90: {p: 0.5}\n"),
        (BLOCK, ((0,), "rotate", "degrees", [0, 5]), BLOCK.replace("±15", "[0, 5]")),
        (BLOCK, ((0,), "rotate", "border", "wrap"), BLOCK.replace("p: 0.5", "p: 0.5\n      border: wrap")),
        (BLOCK, ((1,), "normalize", "preset", "inception", "preset"), BLOCK.replace("imagenet", "inception")),
        (BLOCK, ((), "", "seed", 9), "seed: 9\n" + BLOCK),
        ("seed: 3 # lucky\n" + BLOCK, ((), "", "seed", 9), "seed: 9 # lucky\n" + BLOCK),
        ("{seed: 3, pipeline: [invert]}", ((), "", "seed", 9), "{seed: 9, pipeline: [invert]}"),
        ('{"pipeline": [{"rotate": {"degrees": 5}}]}', ((0,), "rotate",
            "p", 0.5), '{"pipeline": [{"rotate": {"degrees": 5, "p": 0.5}}]}'),
        ('{"pipeline": [{"rotate": 5}]}', ((0,), "rotate", "degrees", "±7", "degrees"), '{"pipeline": [{"rotate": "±7"}]}'),
        ("pipeline: [one_of: [invert, rotate: 5]]", ((0,), "one_of",
            "p", 0.5), "pipeline: [one_of: {ops: [invert, rotate: 5], p: 0.5}]"),
        ("pipeline: [one_of: [invert, rotate: 5]]", ((0, 1), "rotate",
            "degrees", 9, "degrees"), "pipeline: [one_of: [invert, rotate: 9]]"),
        ("pipeline: [brightness: {factor: {normal: [1, 0.1]}}]", ((0,), "brightness", "factor",
            "1±0.2"), "pipeline: [brightness: {factor: 1±0.2}]"),
        ("pipeline:\n- pad: {size: 9, fill: 0.5}\n", ((0,), "pad", "fill",
            "#ff8000"), "pipeline:\n- pad: {size: 9, fill: '#ff8000'}\n"),
        ("pipeline: [{rotate: {'degrees': 5, p: .5}}]  # é±\n", ((0,), "rotate",
            "p", 1), "pipeline: [{rotate: {'degrees': 5, p: 1}}]  # é±\n"),
    ],
)  # fmt: skip
def test_a_field_is_changed_in_place(before, change, after):
    assert one(before, *change) == after


def test_a_list_in_lines_gets_its_fields_above_it():
    before = "pipeline:\n  - one_of:\n      - invert\n      # or\n      - rotate: 5  # degrees\n"
    after = one(before, (0,), "one_of", "p", 0.5)
    assert after == "pipeline:\n  - one_of:\n      p: 0.5\n      ops:\n      - invert\n      # or\n      - rotate: 5  # degrees\n"
    assert loads(after).pipeline[0].p == 0.5


@pytest.mark.parametrize(
    ("text", "steps", "op"),
    [
        ("pipeline: [rotate: 5]", (1,), "rotate"), ("pipeline: [rotate: 5]", (0,), "invert"),
        ("pipeline: [rotate: 5]", (0, 0), "rotate"),
        ("pipeline: [", (0,), "rotate"), ("", (0,), "rotate"), ("pipeline: 5", (0,), "rotate"),
        ("a: &a [*a]\npipeline: *a", (0, 0, 0), "x"),
    ],
)  # fmt: skip
def test_what_is_not_there_is_not_changed(text, steps, op):
    with pytest.raises(SpecError):
        one(text, steps, op, "degrees", 1)


def _comments(text):
    return re.findall(r"(?:^|\s)#.*", text)


def test_every_control_of_every_recipe_changes_its_field_alone(recipes):
    """Whatever a slider does, the comments stay, and the tree differs in that field of that op."""
    count = 0
    for path in recipes:
        text = path.read_text(encoding="utf-8")
        pipeline = loads(text)
        nodes = {place.steps: place.node for place in walk(pipeline.pipeline)}
        for card in cards(pipeline, {}):
            for control in (*card.main, *card.more):
                if control.kind not in ("number", "range", "choice", "switch"):
                    continue
                value = {
                    "number": control.most if control.whole else (control.least + control.most) / 2,
                    "range": [control.least, control.most],
                    "choice": control.options[-1:] and control.options[-1], "switch": not control.low,
                }[control.kind]  # fmt: skip
                if control.unit == "px" and not control.whole:
                    value = [f"{x}px" for x in value] if isinstance(value, list) else f"{value}px"
                node = nodes[card.steps]
                changed = one(text, card.steps, card.op, control.field, value, type(node).bare)
                assert _comments(changed) == _comments(text), (path.name, card.op, control.field)
                try:
                    after = loads(changed)
                except SpecError as error:  # the other rules of the op may forbid it; its own bounds do not
                    assert "out of bounds" not in str(error), (path.name, card.op, control.field, str(error))
                    continue
                count += 1
                assert set(_differences(pipeline, after)) <= {(card.steps, control.field)}
    assert count > 200


def _differences(before, after):
    """Which fields of which ops differ."""
    pairs = zip(walk(before.pipeline), walk(after.pipeline), strict=True)
    for old, new in pairs:
        assert old.steps == new.steps and type(old.node) is type(new.node)
        yield from (
            (old.steps, name)
            for name in type(old.node).model_fields
            if name != "ops" and getattr(old.node, name) != getattr(new.node, name)
        )
