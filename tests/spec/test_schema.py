"""The JSON Schema accepts what the language accepts, and marks what editors should mark."""

from __future__ import annotations

import json
import re
from pathlib import Path

import jsonschema
import pytest

from augment import ops
from augment.language import dumps, json_schema, loads
from augment.spec.ledger import Ledger
from augment.spec.node import COMBINATORS, Pipeline
from augment.spec.read import read_text
from augment.spec.starter import starter
from augment.testing.examples import examples
from augment.testing.generate import pipelines

SCHEMA = json_schema()
VALIDATOR = jsonschema.Draft202012Validator(SCHEMA)
ROOT = Path(__file__).parents[2]
SPECS = sorted([*ROOT.glob("examples/**/*.yaml"), *ROOT.glob("docs/**/*.yaml")])
PAGES = [ROOT / "README.md", *sorted(ROOT.glob("docs/*.md"))]


def plain(text):
    return read_text(text, Ledger()).plain


def accepts(text):
    return VALIDATOR.is_valid(plain(text))


GOOD = [
    starter(),
    "pipeline: []",
    "version: 1\nseed: 3\nname: a\nabout: b\nx-soft: {any: thing}\npipeline: [identity]",
    "pipeline: [identity, identity: , rotate: 5, rotate: ±5, rotate: [1, 2]]",
    "pipeline: [resize: 224, resize: {short: 5}, normalize: imagenet]",
    "pipeline: [one_of: [horizontal_flip, rotate: 5], one_of: {p: 0.3, ops: [invert: {weight: 2}, sequence: [identity]]}]",
    "pipeline: [some_of: {n: [1, 2], ops: [invert, identity]}, repeat: {times: 3, ops: [identity]}]",
    "pipeline: [gaussian_blur: {sigma: [0.1px, 2px]}, translate: {x: 8px, y: {normal: [0, 0.1]}}]",
    "pipeline: [coarse_dropout: {holes: [1, 3], height: 0.1, width: 8px, fill: '#ff0000', fill_mask: 255}]",
    "pipeline: [rotate: {degrees: 1±0.2, fill: [0.5, 0.5, 0.5], on: [image], stage: train, id: a, p: 1, border: reflect}]",
    "targets: {image: image, m: {kind: mask, fill: 255}, b: {kind: boxes, min_area: 16px, carry: [a]}}\npipeline: []",
    "x-a: &a {p: 0.5}\npipeline: [rotate: {<<: *a, degrees: 5}]",
    "pipeline: [normalize: {mean: 0.5, std: [0.5, 0.4, 0.3]}, rotate: {degrees: 5, on: image}]",
    "pipeline: [rotate: {normal: [0, 5]}, rotate: {choice: [-5, 5]}, rotate: {degrees: {beta: [2, 2]}}, rotate: [-5°, 5°]]",
    "pipeline: [noise_whitespace: {rate: 0.1, forms: tab}, typo_characters: {rate: 0.1, protect: {words: [a]}}]",
    "pipeline: [typo_characters: {rate: 0.1, protect: [urls, {regex: a+}]}, contrast: {factor: 1±0.1, about: 0.5}]",
    "targets: {image: image, caption: {kind: caption, rules: sides}}\npipeline: []",
]
BAD = [
    "seed: 3",
    "pipeline: {rotate: 5}",
    "pipelines: []",
    "version: 2\npipeline: []",
    "seed: -1\npipeline: []",
    "pipeline: [rotat: 5]",
    "pipeline: [rotat]",
    "pipeline: [rotate]",
    "pipeline: [rotate: ]",
    "pipeline: [horizontal_flip]",
    "pipeline: [horizontal_flip: {}]",
    "pipeline: [sequence: [horizontal_flip]]",
    "pipeline: [{rotate: 5, shear: {x: 3}}]",
    "pipeline: [rotate: {degrees: 5, fil: 3}]",
    "pipeline: [rotate: {degrees: lots}]",
    "pipeline: [rotate: {degrees: true}]",
    "pipeline: [rotate: {degrees: [1, 2, 3]}]",
    "pipeline: [rotate: {degrees: {nomal: [1, 2]}}]",
    "pipeline: [rotate: {degrees: 5, border: reflekt}]",
    "pipeline: [rotate: {degrees: 5, p: 2}]",
    "pipeline: [rotate: {degrees: 5, p: 0.5px}]",
    "pipeline: [rotate: {degrees: 5, fill: }]",
    "pipeline: [posterize: {bits: 9}]",
    "pipeline: [one_of: []]",
    "pipeline: [one_of: {p: 0.3}]",
    "pipeline: [one_of: [rotat: 5]]",
    "pipeline: [some_of: [identity]]",
    "pipeline: [rotate: {normal: [0, 5], p: 1}]",
    "pipeline: [rotate: {degrees: 5, fill: 114}]",
    "pipeline: [rotate: {degrees: 5, fill: '#ff'}]",
    "pipeline: [rotate: {degrees: ±-5}]",
    "pipeline: [normalize: {mean: [], std: 0.5}]",
    "pipeline: [random_crop: 0]",
    "pipeline: [random_crop: [5, 5, 5]]",
    "targets: {m: {kind: mask, format: yolo}}\npipeline: []",
    "targets: {m: maks}\npipeline: []",
    "targets: {m: {kind: mask, fil: 3}}\npipeline: []",
]


def test_it_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    json.dumps(SCHEMA)


@pytest.mark.parametrize("text", GOOD)
def test_good_specs_are_accepted(text):
    loads(text)
    VALIDATOR.validate(plain(text))


@pytest.mark.parametrize("text", BAD)
def test_typical_mistakes_are_marked(text):
    assert not accepts(text)


@pytest.mark.parametrize("path", SPECS, ids=lambda path: path.name)
def test_the_specs_that_come_with_the_project_are_accepted(path):
    VALIDATOR.validate(plain(path.read_text(encoding="utf-8")))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_specs_of_the_pages_are_accepted(path):
    for block in re.findall(r"```yaml\n(.*?)```", path.read_text(encoding="utf-8"), re.S):
        if re.search(r"^pipeline:", block, re.M):
            VALIDATOR.validate(plain(block))


def test_enough_specs_are_looked_at():
    assert len(SPECS) >= 10
    assert sum("```yaml" in path.read_text(encoding="utf-8") for path in PAGES) >= 3


def test_generated_specs_are_accepted():
    for pipeline in pipelines(11, 60):
        VALIDATOR.validate(plain(dumps(pipeline)))


@pytest.mark.parametrize("name", ops.catalogue())
def test_examples_of_every_op_are_accepted(name):
    for op in examples(ops.catalogue()[name]):
        VALIDATOR.validate(plain(dumps(Pipeline([op if op.p is not None or not op.needs_p else op.replace(p=0.5)]))))


def test_every_op_has_exactly_its_fields_and_their_descriptions():
    for name, kind in {**COMBINATORS, **ops.catalogue()}.items():
        entry = SCHEMA["$defs"][name]
        assert entry["description"]
        mapping = entry if "properties" in entry else entry["anyOf"][0]
        assert mapping["additionalProperties"] is False
        assert set(mapping["properties"]) == set(kind.model_fields)
        assert all(field["description"] for field in mapping["properties"].values())
        for where in ("step", "choice"):
            assert name in SCHEMA["$defs"][where]["anyOf"][0]["properties"]


def test_references_lead_somewhere_and_nothing_is_left_over():
    text = json.dumps(SCHEMA)
    for name in SCHEMA["$defs"]:
        assert f'"#/$defs/{name}"' in text, name
    for piece in text.split('"#/$defs/')[1:]:
        assert piece.partition('"')[0] in SCHEMA["$defs"]
