"""What is accepted runs: apply, record, replay, dump and load take every spec that check takes, and pictures stay finite."""

from __future__ import annotations

import math
import warnings

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import augment
from augment.errors import AugmentError, SampleError, SpecError
from augment.language import as_pipeline, dumps, loads
from augment.ops import catalogue
from augment.program.lower import lower
from augment.testing import examples
from augment.testing.specs import odd_specs
from augment.values import LARGEST, SMALLEST, Quantity

FIXED = settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
IMAGE = np.random.default_rng(1).random((44, 52, 3)).astype(np.float32)
MASK = np.tile(np.arange(52, dtype=np.uint8), (44, 1))
SAMPLE = {"image": IMAGE, "mask": MASK, "boxes": [[4, 5, 30, 40]], "keypoints": [[9, 20]]}
MIXED = {"image": IMAGE, "labels": [0.0, 1.0]}
TEXT = "A cat isn't on the left of 2 dogs. They, too, sat; e.g. in Rome!"
LIMITS = (
    "does not fit", "too fine", "channel", "fill has", "numbers of", "stands for", "must cover", "reaches over",
    "nothing is left", "draw less",
)  # fmt: skip
"""What may be said of a sample by a spec that is right: it has another size, other channels or another range."""
IMAGES = [
    op for name, op in catalogue("image").items()
    if name != "grid_shuffle" and "instances" not in getattr(op, "reads", ())  # tears boxes; what the samples have not
]  # fmt: skip
TEXTS = [op for op in catalogue("text").values() if not any(getattr(example, "needs", tuple)() for example in examples(op))]


def accepted(spec):
    """Return the pipeline, or None where the language refuses it, in words."""
    try:
        pipeline = as_pipeline(spec)
        augment.compile(pipeline, "reference")
    except AugmentError as error:
        assert str(error)
        return None
    for form in ("yaml", "json"):
        assert loads(dumps(pipeline, form)) == pipeline
    for fields in lower(pipeline).values(np.arange(20)).values():
        for name, drawn in fields.items():
            assert np.isfinite(np.asarray(drawn, np.float32)).all(), name
    return pipeline


def runs(pipeline, backend):
    with warnings.catch_warnings():
        warnings.simplefilter("error", RuntimeWarning)  # a division by zero or an overflow, of which NumPy only warns
        try:
            record = augment.record(pipeline, index=1)
            if lower(pipeline).partnered:
                finite(augment.compile(pipeline, "reference").collate([MIXED, MIXED], indices=[0, 1])[0])
                return
            once = augment.apply(pipeline, SAMPLE, backend=backend, index=1)
            again = augment.replay(record, SAMPLE, backend=backend)
        except SampleError as error:
            assert any(word in str(error) for word in LIMITS), error
            return
    finite(once)
    for name in SAMPLE:
        assert np.array_equal(np.asarray(once[name]), np.asarray(again[name])), name


def finite(out):
    for name in {"image", "boxes", "keypoints", "labels"} & out.keys():
        assert np.isfinite(np.asarray(out[name], float)).all(), name


@FIXED
@given(odd_specs(IMAGES), st.sampled_from(["reference", "albumentations", "torchvision"]))
def test_what_is_accepted_runs(spec, backend):
    pipeline = accepted(spec)
    if pipeline is not None:
        runs(pipeline, backend)


@FIXED
@given(odd_specs(TEXTS))
def test_texts_too(spec):
    pipeline = accepted({"targets": {"text": "text"}, **spec})
    if pipeline is not None:
        out = augment.apply(pipeline, {"text": TEXT}, backend="builtin", index=1)
        assert out == augment.replay(augment.record(pipeline, index=1), {"text": TEXT}, backend="builtin")


ODD = [
    "1e400", "-1e400", "1e400±0.2", "1±1e400", "±1e400", "1e-320", "1±1e-320", f"{2**63}", "9e18±9e18",
    math.nan, math.inf, 1e-320, 5e-324, 2.0**63, 2**63, np.float32("nan"), np.complex64(1), 1j,
    ["1e400", 1], [1, "1e400"], [1e-320, 1], [math.nan, math.nan],
    *({name: ends} for name in ("uniform", "log_uniform", "inverse_uniform", "normal", "beta", "choice") for ends in (
        [1e-320, 1], ["1e-320", 1], [1, math.inf], [1, "1e400"], [1, math.nan], [1e-320, 1e-320],
    )),
]  # fmt: skip
SCRIPTS = ["1𝟙", "٣", "१", "１", "1e٣", "±٣", "²", "٣px", "1.٣"]


@pytest.mark.parametrize("raw", ODD, ids=str)
@pytest.mark.parametrize("quantity", [Quantity("times"), Quantity("px", pixels=True)], ids=["plain", "length"])
def test_what_float32_does_not_hold_is_refused(raw, quantity):
    with pytest.raises(ValueError):
        quantity.read(raw)


@pytest.mark.parametrize("raw", SCRIPTS)
def test_digits_are_those_of_ascii(raw):
    with pytest.raises(ValueError, match="must be"):
        Quantity("times", pixels=True).read(raw)
    with pytest.raises(SpecError):
        loads(f"pipeline: [rotate: '{raw}']")


def test_the_ends_of_what_is_held():
    for number in (SMALLEST, -SMALLEST, 0, 0.0, -0.0, LARGEST - 1025, -(LARGEST - 1025)):
        assert Quantity("times").read(number).support == (number, number)
        assert np.isfinite(np.float32(1) / np.float32(number or 1))


@pytest.mark.parametrize("written", ["0.2", "'0.2'", "+0.2", "2e-1", "' 0.2 '", ".2"])
@pytest.mark.parametrize("field", ["brightness", "contrast", "saturation"])
def test_a_bare_amplitude_is_refused_however_it_is_written(field, written):
    with pytest.raises(SpecError, match="alone does not vary"):
        loads(f"pipeline: [color_jitter: {{{field}: {written}}}]")


@pytest.mark.parametrize("written", ["5", "5°", "'5'", "'5 °'", "-5", "5.0"])
def test_a_bare_turn_too(written):
    with pytest.raises(SpecError, match="alone does not vary"):
        loads(f"pipeline: [color_jitter: {{hue: {written}}}]")
