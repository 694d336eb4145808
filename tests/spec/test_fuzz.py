"""Whatever is read, the outcome is a pipeline or a `SpecError`."""

from __future__ import annotations

import string
import time

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from augment.errors import SpecError
from augment.language import as_pipeline, dumps, load, loads, override
from augment.spec.starter import starter

GOOD = starter()
relaxed = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
pieces = st.sampled_from(
    [
        *"{}[]:,-#&*!|>'\"%@`?\n\t ",
        ": ",
        "- ",
        "\n  - ",
        "<<: ",
        "*a ",
        "&a ",
        "!!python/object:os ",
        "---\n",
        "...\n",
        "±",
        "1e999",
        ".nan",
        "0x",
        "rotate",
        "one_of",
        "ops",
        "pipeline:",
        "p",
        "null",
        "~",
        "\ufeff",
        "\u2028",
        "\x85",
        "\x00",
        "\ud800",
        "𝄞",
        "9" * 500,
    ]
)


def outcome(text):
    try:
        spec = loads(text)
    except SpecError as error:
        assert error.mistakes
        assert str(error)
    else:
        assert loads(dumps(spec)) == spec


@relaxed
@given(st.text(alphabet=st.characters(codec=None), max_size=60))
def test_random_text(text):
    outcome(text)


@relaxed
@given(st.lists(pieces, max_size=30).map("".join))
def test_random_yaml(text):
    outcome(text)
    outcome(f"pipeline:\n  - {text}")


@relaxed
@given(st.data())
def test_mutated_specs(data):
    text = GOOD
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        cut = data.draw(st.integers(0, 6))
        text = text[:at] + data.draw(st.one_of(pieces, st.text(max_size=3), st.just(""))) + text[at + cut :]
    outcome(text)


@relaxed
@given(st.data())
def test_mutated_lines(data):
    lines = GOOD.splitlines()
    for _ in range(data.draw(st.integers(1, 4))):
        at, to = (data.draw(st.integers(0, len(lines) - 1)) for _ in range(2))
        match data.draw(st.integers(0, 3)):
            case 0:
                del lines[at]
            case 1:
                lines.insert(to, lines[at])
            case 2:
                lines[at] = " " * data.draw(st.integers(1, 5)) + lines[at]
            case 3:
                lines[at] = lines[at].strip()
    outcome("\n".join(lines))


@relaxed
@given(st.binary(max_size=80))
def test_random_bytes(tmp_path_factory, content):
    path = tmp_path_factory.getbasetemp() / "fuzz.yaml"
    path.write_bytes(content)
    try:
        load(path)
    except SpecError as error:
        assert str(error).startswith(str(path))


words = st.sampled_from(
    [
        "pipeline",
        "rotate",
        "one_of",
        "some_of",
        "resize",
        "normalize",
        "ops",
        "n",
        "p",
        "degrees",
        "size",
        "targets",
        "fill",
        "id",
        "mean",
        "std",
        "kind",
        "mask",
        "color_jitter",
        "hue",
        "weight",
        "on",
        "choice",
        "±5",
        "8px",
        "times",
        "repeat",
        "gaussian_blur",
    ]
)
scalars = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), words, st.text(max_size=4), st.binary(max_size=2), st.dates()
)
trees = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(words | scalars, inner, max_size=4))


@relaxed
@given(st.dictionaries(words, trees, max_size=3), st.lists(st.dictionaries(words, trees, min_size=1, max_size=1), max_size=4))
def test_random_mappings(top, steps):
    for data in (top, {"pipeline": steps}):
        try:
            spec = as_pipeline(data)
        except SpecError as error:
            assert str(error)
        else:
            assert loads(dumps(spec)) == spec


@relaxed
@given(
    st.text(alphabet=string.printable + "±", max_size=12),
    st.sampled_from(["rotate.degrees=", "seed=", "one_of.ops=", "tilt.", ""]),
)
def test_random_overrides(text, start):
    try:
        override(loads(GOOD), start + text)
    except SpecError as error:
        assert str(error).startswith("--set ")


def test_both_parsers_refuse_the_same(monkeypatch):
    texts = [
        "a: [",
        "a:\n\tb",
        "pipeline: [rotate: {degrees: #ff}]",
        "\ud800",
        "'",
        '"\\ud800"',
        "&a *a",
        "? a",
        "%YAML 3.0\n---\na",
    ]
    for _ in range(2):
        for text in texts:
            with pytest.raises(SpecError):
                loads(text)
        monkeypatch.delattr(yaml, "CSafeLoader", raising=False)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 500_000,
        "- " * 500_000,
        "? " * 300_000,
        "{a: " * 200_000,
        "pipeline: [" + "identity, " * 100_000 + "]",
        "pipeline:\n" + "  - rotat: 5\n" * 9_000,
        "pipeline:\n  - rotate: {degrees: '" + " " * 1_000_000 + "x'}",
        "pipeline:\n  - " + "r" * 1_000_000,
        "pipeline:\n  - rotate: {degrees: 5, " + ", ".join(f"f{i}: 1" for i in range(2_000)) + "}",
        "pipeline: [rotate: {degrees: {choice: [" + "1, " * 9_000 + "]}}]",
        "name: '" + "é" * 600_000 + "'\npipeline: []",
        "x: &a\n" * 100_000,
        "{" + "\t" * 1_000_000,
        '{"' + "\\" * 1_000_000,
    ],
    ids=lambda text: text[:16],
)
def test_hostile_text_is_refused_quickly(text):
    start = time.process_time()
    try:
        loads(text)
    except SpecError as error:
        assert len(str(error)) < 100_000
    assert time.process_time() - start < 2
