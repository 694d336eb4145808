"""Every mistake is located, worded and told together with the others."""

from __future__ import annotations

import re

import pytest

from augment import ops
from augment.errors import SpecError, UnknownOpError
from augment.language import as_pipeline, dumps, load, loads
from augment.spec.node import Pipeline


def test_an_only_unknown_op_is_its_own_error():
    with pytest.raises(UnknownOpError):
        loads("pipeline: [rotat: 5]")
    with pytest.raises(SpecError) as caught:
        loads("pipeline: [rotat: 5, shear]")
    assert not isinstance(caught.value, UnknownOpError)


def test_mistakes_of_an_anchor_are_told_once():
    with pytest.raises(SpecError) as caught:
        loads("x-soft: &soft {rotate: {degrees: a}}\npipeline: [*soft, *soft, *soft]")
    assert len(caught.value.mistakes) == 1


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # whole steps before the error are checked, the step that it stands in is not
        (
            "seed: -1\npipeline:\n  - rotat: 5\n  - shear: {z: 3}\n  - rotate: {degrees: [5, 10}\n  - scal: 3\n",
            ["s:1:7 seed: seeds", "s:3:5 pipeline[0].rotat: unknown op", "s:4:13 pipeline[1].shear.z: unk", "s:5:29: not YAML"],
        ),
        # what is unfinished lacks nothing, asks for nothing that is not there, and needs no pipeline
        (
            "pipeline:\n  - rotat: 5\n  - some_of:\n      n: 3\n      ops:\n        - invert: [",
            ["s:2:5 pipel", "s:7:1: not YAML"],
        ),
        ("pipeline:\n  - invert: {p: 1}\n  - rotate: {p: 0.5, degrees: [1, 2]\n", ["s:4:1: not YAML"]),
        ("name: 'abc\npipeline: [rotat]\n", ["s:3:1: not YAML"]),
        # targets that could not be read may be the ones that are named
        ("pipeline:\n  - rotate: {degrees: 5, on: depth}\ntargets: {depth: [\n", ["s:4:1: not YAML"]),
        (
            "targets: {depth: image}\npipeline:\n  - rotate: {degrees: 5, on: deep}\n  - x: [\n",
            ["s:3:30 pipe", "s:5:1: not YAML"],
        ),
        ('{"pipeline": [{"rotat": 5}, {"rotate": {"degrees": 5}', ["s:1:16 pipeline[0].rotat: unknown op", "s:2:1: not YAML"]),
        ("pipeline: [rotat]\n]\n", ["s:1:12 pipeline[0].rotat: unknown op", "s:2:1: not YAML"]),
        ("}", ["s:1:1: not YAML"]),
        ("", ["s: is empty"]),
    ],
)
def test_what_stands_before_a_syntax_error_is_checked(text, expected):
    with pytest.raises(SpecError) as caught:
        loads(text, "s")
    told = list(map(str, caught.value.mistakes))
    assert len(told) == len(expected), told
    assert all(line.startswith(start) for line, start in zip(told, expected, strict=True)), told


def test_hundreds_of_mistakes_are_cut_short():
    with pytest.raises(SpecError) as caught:
        loads("pipeline:\n" + "".join(f"  - rotat{i}: 5\n" for i in range(900)))
    assert len(caught.value.mistakes) == 101


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (
            {"pipeline": [{"rotate": {"degrees": "lots"}}]},
            "pipeline[0].rotate.degrees: must be a number or a range in degrees, not 'lots'",
        ),
        ({"pipeline": [{"rotat": 5}]}, "pipeline[0].rotat: unknown op 'rotat'; did you mean 'rotate'?"),
        ({"pipeline": [{"rotate": {"degrees": float("nan")}}]}, "pipeline[0].rotate.degrees: must be a finite number"),
        ({"pipeline": [{"rotate": {1: 2}}]}, "pipeline[0].rotate: keys must be text, not 1"),
        ({"pipeline": [ops.HorizontalFlip()]}, "pipeline[0].horizontal_flip: needs p"),
        ({}, "needs 'pipeline'"),
    ],
)
def test_a_mapping_has_paths(data, expected):
    with pytest.raises(SpecError, match=re.escape(expected)):
        as_pipeline(data)


def test_a_mapping_that_holds_itself():
    data: dict = {"pipeline": []}
    data["pipeline"].append(data)
    with pytest.raises(SpecError, match="holds itself"):
        as_pipeline(data)


@pytest.mark.parametrize(
    ("pipeline", "expected"),
    [
        (lambda: Pipeline([ops.HorizontalFlip()]), "pipeline[0].horizontal_flip: needs p"),
        (lambda: Pipeline([ops.Rotate(degrees=5, weight=2)]), "pipeline[0].rotate.weight: means something in"),
        (
            lambda: Pipeline([ops.OneOf([ops.Rotate(degrees=5, id="a"), ops.Invert(id="a")])]),
            "pipeline[0].one_of[1].invert.id: the id 'a'",
        ),
        (lambda: Pipeline([ops.SomeOf([ops.Invert()], n=2)]), "pipeline[0].some_of.n: asks for 2 of 1 op:"),
        (lambda: Pipeline([ops.Rotate(degrees=5, on="maks")]), "pipeline[0].rotate.on: names no target"),
        (lambda: Pipeline([ops.Rotate(degrees="a", border="b")]), "rotate.border: 'b' is not one of"),
        (lambda: Pipeline([ops.Rotate(degrees=10**400)]), "rotate.degrees: must be a finite number"),
        (lambda: Pipeline([5]), "pipeline[0]: must be an op or a combinator, not 5"),
        (lambda: Pipeline([], seed=-1), "seed: seeds are whole numbers from 0 to 2**63 - 1, not -1"),
    ],
)
def test_python_trees_keep_the_same_rules(pipeline, expected):
    with pytest.raises(SpecError, match=re.escape(expected)):
        as_pipeline(pipeline())


def test_children_of_a_choice_need_no_p():
    assert loads("pipeline: [one_of: [horizontal_flip, invert: {weight: 2}]]")
    assert loads("pipeline: [some_of: {n: 5, replacement: true, ops: [horizontal_flip]}]")


def test_a_distribution_stands_for_the_main_field():
    bare = loads("pipeline: [rotate: {normal: [0, 5]}]")
    assert bare == loads("pipeline: [rotate: {degrees: {normal: [0, 5]}}]") == Pipeline([ops.Rotate({"normal": [0, 5]})])
    assert loads(dumps(bare)) == bare
    with pytest.raises(SpecError, match=r"s:1:20 pipeline\[0\]\.rotate\.degrees: normal takes two numbers"):
        loads("pipeline: [rotate: {normal: [5]}]", "s")


def test_as_pipeline_tells_text_from_paths(tmp_path):
    with pytest.raises(SpecError, match=r"use augment\.loads"):
        as_pipeline("pipeline:\n  - identity\n")
    with pytest.raises(SpecError, match="not list"):
        as_pipeline([ops.Identity()])
    file = tmp_path / "a.yaml"
    file.write_text("pipeline: [identity]")
    assert as_pipeline(str(file)) == as_pipeline(file) == as_pipeline({"pipeline": ["identity"]}) == Pipeline([ops.Identity()])


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"pipeline: []\nname: \xff\n", ":2:7: the file is not UTF-8"),
        ("pipeline: []".encode("utf-16"), ": the file is UTF-16: save it as UTF-8"),
        (b"# " + b"\xc3\xa9" * (1 << 20), ": is larger than 1 MiB"),
        (b"", ": is empty"),
    ],
)
def test_files_of_any_bytes(tmp_path, content, expected):
    path = tmp_path / "spec.yaml"
    path.write_bytes(content)
    with pytest.raises(SpecError) as caught:
        load(path)
    assert str(caught.value).startswith(f"{path}{expected}")


def test_files_that_are_not_there(tmp_path):
    (tmp_path / "flowers.yaml").write_text("pipeline: []")
    with pytest.raises(SpecError, match=r"there is no such file; did you mean 'flowers\.yaml'"):
        load(tmp_path / "flower.yaml")
    with pytest.raises(SpecError, match="cannot be read"):
        load(tmp_path)
    with pytest.raises(SpecError, match="cannot be read"):
        load("a\0b")


def test_a_byte_order_mark_is_no_mistake(tmp_path):
    path = tmp_path / "spec.yaml"
    path.write_bytes(b"\xef\xbb\xbfpipeline: []\n")
    assert load(path) == Pipeline([])
