"""Plain words mean what the core schema of YAML 1.2 says, not what YAML 1.1 made of them."""

from __future__ import annotations

import math

import pytest
import yaml

from augment.language import loads
from augment.spec.layout import dump
from augment.spec.ledger import Ledger
from augment.spec.read import read_text

CORE = {
    "no": "no",
    "on": "on",
    "yes": "yes",
    "off": "off",
    "y": "y",
    "NO": "NO",
    "On": "On",
    "true": True,
    "True": True,
    "TRUE": True,
    "false": False,
    "tRUE": "tRUE",
    "null": None,
    "~": None,
    "Null": None,
    "none": "none",
    "None": "None",
    "10": 10,
    "+10": 10,
    "-10": -10,
    "010": 10,
    "-007": -7,
    "0": 0,
    "0o17": 15,
    "0x1F": 31,
    "0b11": "0b11",
    "0o8": "0o8",
    "1_000": "1_000",
    "1:30": "1:30",
    "190:20:30": "190:20:30",
    "2024-01-01": "2024-01-01",
    "1e-3": 0.001,
    "1E5": 1e5,
    "1.": 1.0,
    ".5": 0.5,
    "-.5": -0.5,
    "+1.5e+3": 1500.0,
    "1e3": 1000.0,
    ".": ".",
    "-": "-",
    "+": "+",
    "e5": "e5",
    "1e": "1e",
    "1.2.3": "1.2.3",
    "8px": "8px",
    "±15": "±15",
    "1±0.2": "1±0.2",
    "+-5": "+-5",
    "=": "=",
    "0.1px": "0.1px",
    "'10'": "10",
    '"no"': "no",
    "!!str 10": "10",
    "!!float 1.5": 1.5,
    "!!int 7": 7,
    "!!bool true": True,
    "! 10": "10",
    "NaN": "NaN",
}


def read(text):
    ledger = Ledger()
    root = read_text(text, ledger)
    ledger.settle()
    return root.plain


@pytest.fixture(params=["libyaml", "python"])
def parser(request, monkeypatch):
    """Both parsers of PyYAML: libyaml is missing from some builds."""
    if request.param == "python":
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)
    elif not hasattr(yaml, "CSafeLoader"):
        pytest.skip("PyYAML without libyaml")


def test_core_schema(parser):
    for text, value in CORE.items():
        if text == "-":
            continue
        found = read(f"[{text}]")[0]
        assert found == value and type(found) is type(value), text


def test_written_text_reads_back_as_text():
    words = (
        [str(v) for v in CORE.values()]
        + list(CORE)
        + ["", " a", "a ", "#ff0000", "a: b", "a #b", "\t", "é", "\u2028", "x\ny", "<<"]
    )
    for word in words:
        data = {"key": word, "list": [word, {"a": word}], word: 1}
        assert read(dump(data)) == data, word


@pytest.mark.parametrize("number", [0, -1, 1.5, 1e-3, 1e20, 1e-20, 123456789.125, 2**62, 0.1 + 0.2])
def test_written_numbers_read_back(number):
    found = read(dump([number]))[0]
    assert found == number and type(found) is type(number)
    assert math.copysign(1, found) == math.copysign(1, number)


def test_both_parsers_give_the_same_marks(parser):
    root = read_text("a: [1, {b: ~}]\nc:\n  - x: 'y'\n", Ledger())
    assert root.find(("a", 1, "b")).mark == (1, 12)
    assert root.find(("c", 0)).key_mark("x") == (3, 5)
    assert root.find(("c", 0, "x")).mark == (3, 8)


def test_merge_keys(parser):
    text = "a: &a {p: 1, q: 2}\nb: &b {q: 3, r: 4}\nc: {<<: *a, q: 5}\nd: {<<: [*a, *b]}\ne: {'<<': 1}\n"
    data = read(text)
    assert data["c"] == {"p": 1, "q": 5}
    assert data["d"] == {"p": 1, "q": 2, "r": 4}
    assert data["e"] == {"<<": 1}


def test_anchors_may_live_under_x_keys(parser):
    steps = "  - rotate: {<<: *soft, degrees: ±5}\n  - shear: {<<: *soft, x: 3, p: 1}\n"
    text = f"x-soft: &soft {{p: 0.5, border: reflect}}\npipeline:\n{steps}"
    rotate, shear = loads(text).pipeline
    assert (rotate.p, rotate.border, shear.p, shear.border) == (0.5, "reflect", 1, "reflect")


def test_a_repeated_step():
    assert len(loads("x-a: &a {rotate: {degrees: 5}}\npipeline: [*a, *a, one_of: [*a, *a]]")) == 3


def test_json_is_read_too(parser):
    text = '{\n\t"seed": 7,\t"name": "a\\tb\\u00e9\\/",\n\t"pipeline": [{"rotate":{"degrees":[-1.5E1,15]}}, "identity"]\n}'
    spec = loads(text)
    assert (spec.seed, spec.name, spec.pipeline[0].degrees.support) == (7, "a\tbé/", (-15, 15))
