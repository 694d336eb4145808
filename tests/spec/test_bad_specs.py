"""A table of wrong specs, one mistake or a few each: the text, and what the error must say, with line and column."""

from __future__ import annotations

import re

import jsonschema
import pytest

from augment.errors import SpecError
from augment.language import json_schema, loads
from augment.spec.ledger import Ledger
from augment.spec.read import read_text

PIPE = "pipeline:\n  - "

BAD: dict[str, tuple[str, list[str]]] = {
    # the file as a whole
    "empty": ("", ["is empty"]),
    "comment_only": ("# nothing\n", ["is empty"]),
    "null": ("~", ["1:1: a spec is a mapping"]),
    "dashes": ("---\n", ["is empty"]),
    "word": ("rotate", ["1:1: a spec is a mapping with 'pipeline:'"]),
    "bare_list": ("- rotate: {degrees: 5}\n", ["1:1: a spec is a mapping: write 'pipeline:' above this list"]),
    "two_documents": ("pipeline: []\n---\npipeline: []\n", ["2:1: a file holds one spec"]),
    "no_pipeline": ("seed: 3\n", ["1:1: needs 'pipeline'"]),
    "pipeline_empty": ("pipeline:\n", ["1:10 pipeline: must be a list of ops"]),
    "pipeline_mapping": ("pipeline:\n  rotate: {degrees: 5}\n", ["2:3 pipeline: must be a list of ops, each after a dash"]),
    "pipeline_word": ("pipeline: rotate90\n", ["1:11 pipeline: must be a list"]),
    "other_word": ("transforms:\n  - identity\n", ["1:1 transforms: is called 'pipeline' here"]),
    "top_typo": ("pipelin: []\npipeline: []\n", ["1:1 pipelin: unknown field 'pipelin'; did you mean 'pipeline'?"]),
    "version": ("version: 2\npipeline: []\n", ["1:10 version: must be 1, not 2"]),
    "version_text": ("version: one\npipeline: []\n", ["1:10 version:"]),
    "seed_negative": ("seed: -1\npipeline: []\n", ["1:7 seed: seeds are whole numbers from 0 to 2**63 - 1, not -1"]),
    "seed_text": ("pipeline: []\nseed: lucky\n", ["2:7 seed: seeds are whole numbers from 0 to 2**63 - 1, not 'lucky'"]),
    "seed_true": ("seed: true\npipeline: []\n", ["1:7 seed: seeds are whole numbers from 0 to 2**63 - 1, not True"]),
    "seed_empty": ("seed:\npipeline: []\n", ["1:6 seed: has no value"]),
    "name_number": ("name: 5\npipeline: []\n", ["1:7 name: must be text, not 5"]),
    # YAML itself
    "open_bracket": ("pipeline: [\n", ["2:1: not YAML"]),
    "tab": ("pipeline:\n\t- rotate90\n", ["2:1: a tab cannot indent YAML"]),
    "nul": ("pipeline:\n  - rota\x00te\n", ["2:9: the character '\\x00' cannot stand in a spec"]),
    "bell": ("pipeline: []\nname: a\x07\n", ["2:8: the character '\\x07'"]),
    "indentation": ("pipeline:\n  - rotate:\n    degrees: 5\n   p: 1\n", ["not YAML"]),
    "two_colons": ("pipeline:\n  - rotate: degrees: 5\n", ["2:20: not YAML: mapping values are not allowed"]),
    "at_sign": ("pipeline: @here\n", ["1:11: not YAML"]),
    "duplicate": (PIPE + "rotate: {degrees: 5, degrees: 6}\n", ["2:26: duplicate key 'degrees' (first at line 2)"]),
    "duplicate_top": ("seed: 1\npipeline: []\nseed: 2\n", ["3:1: duplicate key 'seed' (first at line 1)"]),
    "key_number": ("1: 2\npipeline: []\n", ["1:1: keys must be text, not 1 (quote it)"]),
    "key_true": ("true: 2\npipeline: []\n", ["1:1: keys must be text, not True"]),
    "key_list": ("? [a]\n: 2\npipeline: []\n", ["1:3: keys must be text, not a list"]),
    "key_mapping": ("? {a: 1}\n: 2\npipeline: []\n", ["1:3: keys must be text, not a mapping"]),
    "key_null": ("? \n: 2\npipeline: []\n", ["keys must be text, not nothing"]),
    "tag_python": ("pipeline: !!python/object/apply:os.system ['true']\n", ["1:11: the tag '!!python/object/apply:os.system'"]),
    "tag_own": ("pipeline:\n  - !rotate {degrees: 5}\n", ["2:5: the tag '!rotate' is not allowed"]),
    "tag_wrong": ("pipeline: []\nseed: !!int five\n", ["2:7: the tag '!!int' is not allowed"]),
    "tag_binary": ("pipeline: []\nname: !!binary aGk=\n", ["2:7: the tag '!!binary' is not allowed"]),
    "alias_unknown": (
        "x-a: &soft {p: 1}\npipeline:\n  - *sofft\n",
        ["3:5: the alias *sofft names no anchor above it; did you mean 'soft'?"],
    ),
    "alias_itself": ("pipeline: &a\n  - *a\n", ["2:5: the alias *a is inside what it names"]),
    "alias_itself_deep": ("x-a: &a {b: [1, {c: *a}]}\npipeline: []\n", ["1:21: the alias *a is inside what it names"]),
    "merge_scalar": (PIPE + "rotate: {<<: 5, degrees: 3}\n", ["2:18: '<<' merges a mapping"]),
    "merge_typo": (
        "x-a: &a {degres: 5}\npipeline:\n  - rotate: {<<: *a}\n",
        ["1:10 pipeline[0].rotate.degres: unknown field 'degres'"],
    ),
    "nan": (PIPE + "rotate: {degrees: .nan}\n", ["2:23: must be a finite number"]),
    "infinity": (PIPE + "rotate: {degrees: -.inf}\n", ["2:23: must be a finite number"]),
    "overflow": (PIPE + "rotate: {degrees: 1e999}\n", ["2:23: must be a finite number"]),
    "huge_integer": ("pipeline: []\nseed: " + "9" * 5000, ["2:7: must be a finite number"]),
    "large_integer": ("pipeline: []\nseed: 10000000000000000000\n", ["2:7: the number is too large"]),
    "deep_flow": ("pipeline: " + "[" * 40 + "]" * 40, ["1:42: is nested more than 32 levels deep"]),
    "deep_blocks": ("pipeline:\n  " + "- " * 60 + "a\n", ["is nested more than 32 levels deep"]),
    "deep_aliases": (
        "x-0: &a0 [1]\n" + "".join(f"x-{i}: &a{i} [*a{i - 1}]\n" for i in range(1, 50)) + "pipeline: []\n",
        ["is nested more than 32 levels deep"],
    ),
    "laughs": (
        "x-0: &a0 [lol]\n"
        + "".join(f"x-{i}: &a{i} [{', '.join([f'*a{i - 1}'] * 9)}]\n" for i in range(1, 9))
        + "pipeline: *a8\n",
        ["holds more than 10,000 values, counting what aliases repeat"],
    ),
    "json_comma": ('{"pipeline": [{"rotate": {"degrees": 5}},]', ["not YAML"]),
    # steps
    "unknown_op": (PIPE + "rotat: {degrees: 5}\n", ["2:5 pipeline[0].rotat: unknown op 'rotat'; did you mean 'rotate'?"]),
    "unknown_bare_op": (PIPE + "flip_horizontal\n", ["2:5 pipeline[0].flip_horizontal: unknown op"]),
    "foreign_op": (PIPE + "HFlip: {p: 0.5}\n", ["2:5 pipeline[0].HFlip: unknown op 'HFlip'; that is 'horizontal_flip' here"]),
    "foreign_op_two": (PIPE + "Erasing\n", ["2:5", "that is 'random_erasing' or 'coarse_dropout' here"]),
    "foreign_needless": (PIPE + "ToTensorV2\n", ["2:5", 'it is not needed: compile(..., output="torch") gives tensors']),
    "class_name": (PIPE + "HorizontalFlip: {p: 1}\n", ["2:5", "did you mean 'horizontal_flip'?"]),
    "empty_step": ("pipeline:\n  -\n  - rotate90\n", ["2:4 pipeline[0]: must be an op, as rotate: {degrees: ±15}, not nothing"]),
    "number_step": (PIPE + "5\n", ["2:5 pipeline[0]: must be an op"]),
    "list_step": (PIPE + "[rotate90]\n", ["2:5 pipeline[0]: must be an op", "not a list"]),
    "empty_mapping_step": (PIPE + "{}\n", ["2:5 pipeline[0]: must be an op", "not an empty mapping"]),
    "two_ops": (
        PIPE + "{rotate: 5, shear: {x: 3}}\n",
        ["2:5 pipeline[0]: must be one op, not 2: put a dash before each of rotate, shear"],
    ),
    "outdented": (
        PIPE + "rotate:\n    degrees: 5\n    p: 0.5\n",
        ["2:5 pipeline[0]: is one op", "rotate: {degrees: ..., p: ...}"],
    ),
    "nameless_value": (
        PIPE + "horizontal_flip: 0.5\n",
        ["spec.yaml:2:22 pipeline[0].horizontal_flip: takes its fields by name, write {p: 0.5}"],
    ),
    "nameless_word": (PIPE + "elastic: lots\n", ["2:14 pipeline[0].elastic: takes its fields by name, as {alpha: ...}, not"]),
    "foreign_fields": (
        PIPE + "RandomResizedCrop: {scale: [0.08, 1], size: 224}\n  - ShiftScaleRotate: {shift_limit: 0.1, border_mode: 1}\n",
        [
            "2:5 pipeline[0].RandomResizedCrop: unknown op",
            "2:25 pipeline[0].RandomResizedCrop.scale: unknown field 'scale'; did you mean 'area'?",
            "3:5 pipeline[1].ShiftScaleRotate: unknown op",
            "3:24 pipeline[1].ShiftScaleRotate.shift_limit: unknown field 'shift_limit'; did you mean 'translate_x' or",
            "3:42 pipeline[1].ShiftScaleRotate.border_mode: unknown field 'border_mode'; did you mean 'border'?",
        ],
    ),
    "foreign_children": (
        PIPE + "OneOf: [rotat: 5, Rotate: {limit: 5}]\n",
        ["2:5 pipeline[0].OneOf: unknown op", "2:13 pipeline[0].OneOf[0].rotat: ", "2:32 pipeline[0].OneOf[1].Rotate.limit: "],
    ),
    "foreign_children_by_name": (
        PIPE + "OneOf: {ops: [rotat: 5, Rotate: {limit: 5}]}\n",
        ["2:5 pipeline[0].OneOf: ", "2:19 pipeline[0].OneOf[0].rotat: ", "2:38 pipeline[0].OneOf[1].Rotate.limit: unknown field"],
    ),
    "foreign_format": (
        "targets: {a: {kind: boxes, format: coco}, b: {kind: boxes, format: albumentations}, c: bbox}\npipeline: []\n",
        ["1:36 targets.a.format: 'coco' is not one of xyxy, xywh, cxcywh, yolo, corners, cxcywha; that is 'xywh' here",
         "1:68 targets.b.format: 'albumentations' is not one of xyxy, xywh, cxcywh, yolo, corners, cxcywha; "
         "corners as fractions are no format",
         "1:88 targets.c: 'bbox' is not one of", "that is 'boxes' here"],
    ),
    "foreign_border": (PIPE + "rotate: {degrees: 5, border: reflect_101}\n", ["2:34", "; that is 'reflect101' here"]),
    "on_beside_broken_targets": (
        "targets: {photo: img}\n" + PIPE + "rotate: {degrees: 5, on: [img]}\n",
        ["1:18 targets.photo: 'img'", "3:30 pipeline[0].rotate.on: names no target: 'img'; there are photo"],
    ),
    "targets_beside_a_broken_seed": (
        "seed: -1\ntargets: {photo: image, t: text}\n" + PIPE + "rotate: {degrees: 5, on: t}\n",
        ["1:7 seed", "4:30 pipeline[0].rotate.on: t is text; rotate works on images"],
    ),
    "missing_field": (PIPE + "rotate\n", ["2:5 pipeline[0].rotate: needs 'degrees': the angle"]),
    "missing_fields": (
        PIPE + "elastic: {p: 1}\n",
        ["2:5 pipeline[0].elastic: needs 'alpha'", "2:5 pipeline[0].elastic: needs 'sigma'"],
    ),
    "null_arguments": (PIPE + "rotate:\n", ["2:5 pipeline[0].rotate: needs 'degrees'"]),
    # fields
    "unknown_field": (
        PIPE + "rotate: {degres: 5, degrees: 5}\n",
        ["2:14 pipeline[0].rotate.degres: unknown field 'degres'; did you mean 'degrees'?"],
    ),
    "far_field": (
        PIPE + "rotate: {zzz: 5, degrees: 5}\n",
        ["2:14", "unknown field 'zzz'; it takes degrees, expand, border, fill, interpolation"],
    ),
    "no_own_field": (PIPE + "identity: {zzz: 5}\n", ["2:16", "it takes no fields of its own"]),
    "enumeration": (
        PIPE + "rotate: {degrees: 5, border: reflekt}\n",
        ["2:34 pipeline[0].rotate.border: 'reflekt' is not one of constant, reflect", "did you mean 'reflect'?"],
    ),
    "enumeration_number": (
        PIPE + "rotate: {degrees: 5, border: 3}\n",
        ["2:34 pipeline[0].rotate.border: must be constant or reflect", "not 3"],
    ),
    "text_value": (
        PIPE + "rotate: {degrees: lots}\n",
        ["2:23 pipeline[0].rotate.degrees: must be a number or a range in degrees, not 'lots'"],
    ),
    "yes_value": (PIPE + "rotate: {degrees: yes}\n", ["2:23", "not 'yes'"]),
    "true_value": (PIPE + "rotate: {degrees: true}\n", ["2:23", "not true"]),
    "null_value": (PIPE + "rotate: {degrees: null}\n", ["2:23", "not nothing"]),
    "three_ends": (PIPE + "rotate: {degrees: [1, 2, 3]}\n", ["2:23", "a range has two ends", "{choice: [1, 2, 3]}"]),
    "backwards": (PIPE + "rotate: {degrees: [5, -5]}\n", ["2:23", "write [-5, 5]"]),
    "pixels_in_degrees": (PIPE + "rotate: {degrees: 8px}\n", ["2:23", "is in degrees, not in px"]),
    "pixels_twice": (PIPE + "median_blur: 5px\n", ["2:18", "is in pixels as it is; leave px out"]),
    "mixed_units": (PIPE + "gaussian_blur: {sigma: [0.1, 2px]}\n", ["2:28", "same unit"]),
    "distribution": (
        PIPE + "rotate: {degrees: {nomal: [0, 5]}}\n",
        ["2:23", "unknown distribution 'nomal'; did you mean 'normal'?"],
    ),
    "distribution_count": (PIPE + "rotate: {degrees: {normal: [5]}}\n", ["2:23", "normal takes two numbers, not 1"]),
    "distribution_beside_fields": (
        PIPE + "rotate: {normal: [0, 5], p: 0.5}\n",
        ["2:14 pipeline[0].rotate.normal: unknown field", "; a distribution stands behind its field: degrees: {normal: ...}"],
    ),
    "distribution_of_no_main_field": (PIPE + "translate: {normal: [0, 5]}\n", ["2:17", "behind its field: x: {normal: ...}"]),
    "negative_after_sign": (PIPE + "rotate: {degrees: ±-5}\n", ["2:23", "must not be negative"]),
    "amplitude": (PIPE + "color_jitter: {contrast: 0.2}\n", ["2:30 pipeline[0].color_jitter.contrast:", "write 1±0.2"]),
    "per_cent": (PIPE + "delete_words: {rate: 30}\n", ["2:26", "rate: 30 is out of bounds", "30 % is written 0.3"]),
    "per_cent_sign": (PIPE + "delete_words: {rate: 12.5 %}\n", ["2:26", "12.5 % is written 0.125"]),
    "bounds": (PIPE + "posterize: {bits: 9}\n", ["2:23 pipeline[0].posterize.bits: 9 is out of bounds", "at most 8"]),
    "whole": (PIPE + "posterize: {bits: 2.5}\n", ["2:23", "must be whole numbers, not 2.5"]),
    "probability": (PIPE + "rotate: {degrees: 5, p: 50}\n", ["2:29 pipeline[0].rotate.p: must be at most 1, not 50"]),
    "probability_true": (PIPE + "rotate: {degrees: 5, p: true}\n", ["2:29", "must be a number, not true"]),
    "probability_text": (PIPE + "rotate: {degrees: 5, p: often}\n", ["2:29", "must be a number, not 'often'"]),
    "comment_colour": (
        PIPE + "rotate:\n      degrees: 5\n      fill: #ff0000\n",
        ["4:12 pipeline[0].rotate.fill: has no value: #ff0000 is a comment in YAML unless it is quoted: '#ff0000'"],
    ),
    "comment_colour_flow": (
        PIPE + "rotate: {degrees: 5, fill: #ff0000}\n",
        ["#ff0000 is a comment unless it is quoted: '#ff0000'"],
    ),
    "levels": (PIPE + "rotate: {degrees: 5, fill: 114}\n", ["2:32", "for 114 of 255 write 0.447"]),
    "no_value": (PIPE + "rotate:\n      degrees:\n", ["3:15 pipeline[0].rotate.degrees: has no value"]),
    "validator": (
        PIPE + "resize: {size: 5, short: 4}\n",
        ["2:5 pipeline[0].resize: needs one of size, short, long, height, width, inside and cover"],
    ),
    "inner_item": (
        PIPE + "normalize: {mean: [0.5, a], std: 1}\n",
        ["2:29 pipeline[0].normalize.mean[1]: must be a number, not 'a'"],
    ),
    "id_pattern": (PIPE + "rotate: {degrees: 5, id: 'a b'}\n", ["2:30 pipeline[0].rotate.id: must be letters, digits"]),
    "stage": (PIPE + "rotate: {degrees: 5, stage: eval}\n", ["2:33", "'eval' is not one of train, always"]),
    # combinators
    "one_of_empty": (PIPE + "one_of: []\n", ["2:13 pipeline[0].one_of.ops: must not be empty"]),
    "one_of_word": (PIPE + "one_of: {ops: rotate90}\n", ["2:19 pipeline[0].one_of.ops: must be a list, not 'rotate90'"]),
    "one_of_without": (PIPE + "one_of: {p: 0.5}\n", ["2:5 pipeline[0].one_of: needs 'ops'"]),
    "inside": (
        PIPE + "one_of: [rotate: {degrees: a}, {rotat: 5}]\n",
        ["2:32 pipeline[0].one_of[0].rotate.degrees:", "2:37 pipeline[0].one_of[1].rotat:"],
    ),
    "inside_broken": (
        PIPE + "repeat: {times: -1, ops: [horizontal_flip]}\n",
        ["2:21 pipeline[0].repeat.times:", "2:31 pipeline[0].repeat[0].horizontal_flip: needs p"],
    ),
    "some_of_without_n": (PIPE + "some_of: [identity]\n", ["2:5 pipeline[0].some_of: needs 'n': how many"]),
    "nested_too_deep": (
        "pipeline: [" + "{one_of: [" * 9 + "identity" + "]}" * 9 + "]\n",
        ["is nested more than 8 combinators deep"],
    ),
    # placement
    "needs_p": (PIPE + "horizontal_flip\n", ["2:5 pipeline[0].horizontal_flip: needs p", "horizontal_flip: {p: 0.5}"]),
    "needs_p_in_sequence": (PIPE + "one_of: [sequence: [invert]]\n", ["2:25 pipeline[0].one_of[0].sequence[0].invert: needs p"]),
    "weight": (
        PIPE + "rotate: {degrees: 5, weight: 2}\n",
        ["2:34 pipeline[0].rotate.weight: means something in a child of one_of"],
    ),
    "weight_of_broken": (
        PIPE + "rotate: {degrees: a, weight: 2}\n",
        ["2:23 pipeline[0].rotate.degrees", "2:34 pipeline[0].rotate.weight"],
    ),
    "some_of_n": (PIPE + "some_of: {n: [1, 3], ops: [identity, invert]}\n", ["2:18 pipeline[0].some_of.n: asks for 3 of 2 ops"]),
    "id_twice": (
        PIPE + "rotate: {degrees: 5, id: a}\n  - shear: {x: 5, id: a}\n",
        ["3:23 pipeline[1].shear.id: the id 'a' is taken by pipeline[0].rotate"],
    ),
    "id_is_a_name": (
        PIPE + "rotate: {degrees: 5}\n  - shear: {x: 5, id: rotate}\n",
        ["3:23 pipeline[1].shear.id: the id 'rotate' is taken by pipeline[0].rotate"],
    ),
    "on_unknown": (
        PIPE + "rotate: {degrees: 5, on: [image, maks]}\n",
        ["2:30 pipeline[0].rotate.on: names no target: 'maks'; did you mean 'mask'?"],
    ),
    "on_undeclared": (
        "targets: {photo: image}\n" + PIPE + "rotate: {degrees: 5, on: image}\n",
        ["3:30 pipeline[0].rotate.on: names no target: 'image'; there are photo"],
    ),
    # targets
    "target_kind": (
        "targets: {m: maks}\npipeline: []\n",
        ["1:14 targets.m", "'maks' is not one of image, frames, mask", "did you mean 'mask'?"],
    ),
    "target_field": (
        "targets:\n  m: {kind: mask, fil: 3}\npipeline: []\n",
        ["2:19 targets.m.fil: unknown field 'fil'; did you mean 'fill'?"],
    ),
    "target_policy": (
        "targets: {m: {kind: mask, format: yolo}}\npipeline: []\n",
        ["1:14 targets.m: 'format' means nothing for mask"],
    ),
    "target_list": ("targets: [image]\npipeline: []\n", ["1:10 targets: must be a mapping"]),
    "target_of": (
        "targets: {s: {kind: spans, of: txt}, text: text}\npipeline: []\n",
        ["1:32 targets.s.of: names no target: 'txt'; did you mean 'text'?"],
    ),
    # several at once, sorted
    "many": (
        "seed: -1\nname: 3\npipeline:\n  - rotat: 5\n  - rotate: {degrees: a, p: 2}\n  - horizontal_flip\n",
        [
            "1:7 seed",
            "2:7 name",
            "4:5 pipeline[0].rotat",
            "5:23 pipeline[1].rotate.degrees",
            "5:29 pipeline[1].rotate.p",
            "6:5 pipeline[2]",
        ],
    ),
}
LOCATED = re.compile(r"spec\.yaml(:\d+:\d+)?( [^ ]+)?: .")


@pytest.mark.parametrize("case", BAD)
def test_mistake_is_located(case):
    text, fragments = BAD[case]
    with pytest.raises(SpecError) as caught:
        loads(text, "spec.yaml")
    message = str(caught.value)
    for fragment in fragments:
        assert fragment in message
    assert len(message) < 3000
    for line in message.splitlines():
        assert LOCATED.match(line), line


def test_all_mistakes_come_sorted_by_line():
    text, _ = BAD["many"]
    with pytest.raises(SpecError) as caught:
        loads(text)
    lines = [int(m.where.split(":")[1]) for m in caught.value.mistakes]
    assert lines == sorted(lines) == [1, 2, 4, 5, 5, 6]


def test_one_line_for_each_position():
    for text, _ in BAD.values():
        with pytest.raises(SpecError) as caught:
            loads(text, "spec.yaml")
        wheres = [m.where for m in caught.value.mistakes]
        assert len(set(wheres)) == len(wheres) or all(m.message.startswith("needs") for m in caught.value.mistakes)


def read_well(text):
    """Whether it is data at all, which is not for a schema to say."""
    ledger = Ledger()
    try:
        read_text(text, ledger)
        ledger.settle()
    except SpecError:
        return False
    return True


BEYOND = {
    "backwards", "mixed_units", "amplitude", "validator",  # what two values, or a value and a habit, say of each other
    "nested_too_deep", "weight", "some_of_n", "id_twice", "id_is_a_name",  # where an op may stand
    "on_unknown", "on_undeclared", "target_of",  # names of other places
}  # fmt: skip
"""Mistakes that a schema cannot know."""


def test_the_schema_knows_all_that_it_can():
    validator = jsonschema.Draft202012Validator(json_schema())
    data = {case: read_text(text, Ledger()).plain for case, (text, _) in BAD.items() if read_well(text)}
    accepted = {case for case, read in data.items() if validator.is_valid(read)}
    assert accepted == BEYOND
