"""What is written reads back as the same tree, for every tree that can be built."""

from __future__ import annotations

import math

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from augment import ops
from augment.errors import SpecError
from augment.language import as_pipeline, dump, dumps, json_schema, load, loads
from augment.sample import Target
from augment.spec.check import check_tree
from augment.spec.node import Pipeline
from augment.spec.write import plain
from augment.values import Beta, Choice, Constant, Integers, InverseUniform, LogUniform, Normal, Uniform

VALIDATOR = jsonschema.Draft202012Validator(json_schema())
number = st.one_of(st.integers(-1000, 1000), st.floats(-1e6, 1e6), st.sampled_from([0.1, 1 / 3, 1e-12, 0.0, -0.0]))
positive = st.one_of(st.integers(1, 1000), st.floats(1e-6, 1e6))


def ordered(numbers):
    return st.tuples(numbers, numbers).map(sorted)


@st.composite
def values(draw, pixels=False, numbers=number, above_zero=positive):
    unit = draw(st.sampled_from(["", "px"])) if pixels else ""
    kind = draw(st.sampled_from([Constant, Uniform, LogUniform, InverseUniform, Normal, Beta, Choice]))
    if kind is Constant:
        return Constant(number=draw(numbers), unit=unit)
    if kind is Choice:
        return Choice(options=tuple(draw(st.lists(numbers, min_size=1, max_size=4))), unit=unit)
    if kind is Normal:
        return Normal(mean=draw(numbers), std=draw(st.floats(0, 10)), unit=unit)
    if kind is Beta:
        return Beta(a=draw(positive), b=draw(positive), unit=unit)
    low, high = draw(ordered(numbers if kind is Uniform else above_zero))
    return kind(low=low, high=high, unit=unit)


@st.composite
def whole(draw, least, most):
    kind = draw(st.sampled_from([Constant, Integers, Choice]))
    numbers = st.integers(least, most)
    if kind is Constant:
        return Constant(number=draw(numbers))
    if kind is Choice:
        return Choice(options=tuple(draw(st.lists(numbers, min_size=1, max_size=3))))
    low, high = draw(ordered(numbers))
    return Integers(low=low, high=high)


@st.composite
def shared(draw, choice=False):
    fields = {"p": draw(st.one_of(st.floats(0, 1), st.sampled_from([0, 1])))}
    if draw(st.booleans()):
        fields["stage"] = draw(st.sampled_from(["train", "always", None]))
    if choice and draw(st.booleans()):
        fields["weight"] = draw(st.floats(1e-3, 1e3))
        del fields["p"]
    return fields


word = st.text(max_size=12)
area = st.floats(0.01, 1)
fill = st.one_of(st.floats(0, 1), st.lists(st.floats(0, 1), min_size=1, max_size=4), st.just("#7f00ff"))
borders = st.sampled_from(["constant", "reflect", "reflect101", "replicate", "wrap"])
leaf_fields = {
    ops.HorizontalFlip: st.fixed_dictionaries({}),
    ops.Invert: st.fixed_dictionaries({}, optional={"channels": st.lists(st.integers(0, 9), min_size=1, max_size=3)}),
    ops.Rotate: st.fixed_dictionaries(
        {"degrees": values()}, optional={"border": borders, "fill": fill, "on": st.just(["image"])}
    ),
    ops.Translate: st.fixed_dictionaries({"x": values(pixels=True)}, optional={"y": values(pixels=True)}),
    ops.RandomResizedCrop: st.fixed_dictionaries(
        {"size": st.one_of(st.integers(1, 999), st.tuples(st.integers(1, 99), st.integers(1, 99))), "area": ordered(area)},
        optional={"antialias": st.booleans(), "aspect": ordered(st.floats(0.1, 9))},
    ),
    ops.Posterize: st.fixed_dictionaries({"bits": whole(1, 8)}),
    ops.CoarseDropout: st.fixed_dictionaries({"holes": whole(1, 9), "height": area, "width": area}, optional={"fill": fill}),
    ops.Resize: st.one_of(
        st.fixed_dictionaries({"short": st.integers(1, 99)}), st.fixed_dictionaries({"size": st.integers(1, 99)})
    ),
    ops.Normalize: st.one_of(
        st.just({"preset": "imagenet"}), st.fixed_dictionaries({"mean": st.floats(0, 1), "std": st.lists(area, min_size=1)})
    ),
    ops.Identity: st.fixed_dictionaries({}),
}


@st.composite
def nodes(draw, depth=3, choice=False):
    fields = draw(shared(choice))
    kind = draw(st.sampled_from([*leaf_fields, *([ops.OneOf, ops.SomeOf, ops.Sequence, ops.Repeat] if depth else [])]))
    if kind in leaf_fields:
        own = draw(leaf_fields[kind])
        if choice or kind.needs_p:
            fields = {**fields, "p": 0.5}
        try:
            return kind(**fields, **own)
        except SpecError:  # a number out of bounds
            return ops.Identity(**fields)
    children = draw(st.lists(nodes(depth - 1, choice=kind.picks), min_size=1, max_size=3))
    if kind is ops.SomeOf:
        again = draw(st.booleans())
        if not again:  # where a weight means nothing
            children = [child.replace(weight=None) for child in children]
        return kind(children, n=draw(whole(0, 5 if again else len(children))), replacement=again, **fields)
    return kind(children, **({"times": draw(whole(0, 5))} if kind is ops.Repeat else {}), **fields)


targets = st.dictionaries(
    word,
    st.one_of(
        st.sampled_from(["image", "mask", "boxes", "labels", "text"]).map(lambda kind: Target(kind=kind)),
        st.builds(Target, kind=st.just("mask"), fill=st.integers(0, 255)),
        st.builds(
            Target,
            kind=st.just("boxes"),
            format=st.sampled_from(["xyxy", "yolo"]),
            min_area=st.one_of(positive.map(lambda n: f"{n!r}px"), area, st.just([0, "4px"])),
            min_visibility=area,
            carry=st.lists(word, max_size=3),
        ),
    ),
    max_size=3,
)


@st.composite
def pipelines(draw):
    fields = draw(
        st.fixed_dictionaries(
            {}, optional={"seed": st.integers(0, 2**63 - 1), "name": word, "about": st.text(), "version": st.just(1)}
        )
    )
    steps = draw(st.lists(nodes(), max_size=4))
    declared = draw(st.one_of(st.just({}), targets))
    if declared:
        declared["image"] = Target(kind="image")
    return Pipeline(steps, **fields, targets=declared)


relaxed = settings(max_examples=120, deadline=None, suppress_health_check=list(HealthCheck))


@relaxed
@given(pipelines())
def test_every_tree_comes_back(pipeline):
    assert check_tree(pipeline) == []
    assert loads(dumps(pipeline)) == pipeline
    assert loads(dumps(pipeline, "json")) == pipeline
    assert as_pipeline(plain(pipeline)) == pipeline
    assert dumps(loads(dumps(pipeline))) == dumps(pipeline)


@relaxed
@given(pipelines())
def test_editors_accept_every_tree(pipeline):
    for error in VALIDATOR.iter_errors(plain(pipeline)):
        raise AssertionError(f"{error.json_path}: {error.message}")


@relaxed
@given(st.data())
def test_every_value_comes_back(data):
    value = data.draw(values(pixels=True))
    try:
        op = ops.Translate(x=value)
    except SpecError:
        return
    back = loads(dumps(Pipeline([op]))).pipeline[0]
    assert back == op and type(back.x) is type(op.x)
    for end, again in zip(op.x.support, back.x.support, strict=True):
        assert math.isclose(end, again, rel_tol=0, abs_tol=0)


GOOD = """\
version: 1
name: flowers
seed: 7
targets:
  image: image
  mask: {kind: mask, fill: 255}
  boxes: {kind: boxes, format: xywh, min_area: 16px, carry: [labels, area]}
  text: caption
pipeline:
  - random_resized_crop: {size: [224, 192], area: [0.8, 1.0]}
  - horizontal_flip: {p: 0.5}
  - rotate: {degrees: ±15, border: reflect101, on: [image], p: 0.5, id: tilt}
  - one_of:
      p: 0.3
      ops:
        - gaussian_blur: {sigma: [0.1px, 2px]}
        - motion_blur: {length: [3px, 7px], weight: 2}
        - identity
  - sequence:
      - hue: {degrees: ±36}
      - translate: {x: {normal: [0, 0.1]}, y: ±8px}
  - some_of:
      n: [1, 2]
      ops:
        - contrast: {factor: 1±0.2}
        - scale: {factor: {inverse_uniform: [0.8, 1.2]}}
        - random_erasing: {area: {choice: [0.1, 0.2]}, aspect: [0.5, 2], stage: train}
  - repeat:
      times: 2
      ops:
        - gaussian_noise: {std: 0.001}
  - normalize: imagenet
"""


def test_text_in_our_own_layout_is_unchanged():
    assert dumps(loads(GOOD)) == GOOD


@pytest.mark.parametrize("suffix", ["yaml", "json"])
def test_files(tmp_path, suffix):
    path = tmp_path / f"flowers.{suffix}"
    dump(GOOD_SPEC := loads(GOOD), path)
    assert load(path) == GOOD_SPEC
    assert path.read_text(encoding="utf-8").startswith("{" if suffix == "json" else "version: 1")


def test_files_that_cannot_be_written(tmp_path):
    with pytest.raises(SpecError, match="cannot be written"):
        dump(Pipeline([]), tmp_path / "no" / "such.yaml")
    with pytest.raises(SpecError, match="must be 'yaml' or 'json'"):
        dumps(Pipeline([]), "toml")


def test_short_forms_mean_the_same():
    short = "pipeline: [rotate: 5, one_of: [horizontal_flip, invert], resize: 8, identity, identity: ]"
    long = """
pipeline:
  - rotate: {degrees: 5}
  - one_of: {ops: [horizontal_flip: {}, invert: {}]}
  - resize: {size: [8, 8]}
  - identity: {}
  - identity: null
"""
    assert loads(short) == loads(long)


def test_what_was_said_stays_said():
    text = dumps(loads("pipeline: [rotate: {degrees: 0, border: constant, p: 1}]"))
    assert "{degrees: 0, border: constant, p: 1}" in text
    assert "shear: {x: 0}" in dumps(loads("pipeline: [shear: {x: 0}]"))
