"""Views in a spec: how they are written, what is wrong with them, and the spec that each of them is."""

import pytest

import augment
from augment import ops
from augment.errors import SpecError
from augment.language import override
from augment.program.lower import lower

TEXT = """
name: pair
seed: 3
pipeline:
  - horizontal_flip: {p: 0.5}
views:
  weak:
    - random_crop: 8
  crops:
    n: 2
    pipeline:
      - random_crop: 8
      - one_of: [invert, rotate: {degrees: ±5, id: tilt}, rotate: 90]
"""


def test_yaml_json_mappings_and_python_are_one_tree():
    spec = augment.loads(TEXT)
    one_of = ops.OneOf([ops.Invert(), ops.Rotate(degrees="±5", id="tilt"), ops.Rotate(90)])
    views = {"weak": ops.RandomCrop(8), "crops": {"n": 2, "pipeline": [ops.RandomCrop(8), one_of]}}
    assert augment.Pipeline([ops.HorizontalFlip(p=0.5)], name="pair", seed=3, views=views) == spec
    for form in ("yaml", "json"):
        assert augment.loads(augment.dumps(spec, form)) == spec
    assert hash(spec) != hash(spec.replace(views={}))
    alone = augment.loads("views: {a: [invert: {p: 1}]}")
    assert alone.pipeline == () and "pipeline: [" not in augment.dumps(alone) and augment.loads(augment.dumps(alone)) == alone


def test_specs_without_views_are_written_as_before():
    assert augment.dumps(augment.Pipeline([])) == "version: 1\npipeline: []\n"
    with pytest.raises(SpecError, match="needs 'pipeline'"):
        augment.Pipeline()
    with pytest.raises(SpecError, match="needs 'pipeline'"):
        augment.loads("seed: 3")


def test_a_view_is_a_plain_spec_with_addresses_of_its_own():
    spec = augment.loads(TEXT)
    assert augment.dumps(spec.view("crops", 1)) == (
        "version: 1\nname: pair-crops\nseed: 3\npipeline:\n"
        "  - horizontal_flip: {p: 0.5}\n"
        "  - random_crop: {size: [8, 8], id: crops-2-random_crop}\n"
        "  - one_of:\n      id: crops-2-one_of\n      ops:\n"
        "        - invert: {id: crops-2-invert}\n"
        "        - rotate: {degrees: ±5, id: crops-2-tilt}\n"
        "        - rotate: {degrees: 90, id: crops-2-rotate}\n"
    )
    with pytest.raises(SpecError, match="made 2 times"):
        spec.view("crops")
    with pytest.raises(SpecError, match="did you mean 'weak'"):
        spec.view("wek")
    with pytest.raises(SpecError, match="several views of a sample"):
        lower(spec)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("views: 2", "<text>:1:8 views: must be a mapping of names"),
        ("views: {}", "must be a mapping of names"),
        ("views: {n: 2, pipeline: []}", "a name stands above it: crops: {n: ..}"),
        ("views: {a: rotate}", "<text>:1:12 views.a: must be a list of ops"),
        ("views: {a-b: []}", "views are called by letters, digits and _"),
        ("views: {a: {n: 0, pipeline: []}}", "<text>:1:16 views.a.n: must be at least 1"),
        ("views: {a: {n: 2.5, pipeline: []}}", "views.a.n: must be a whole number"),
        ("views: {a: {m: 2, pipeline: []}}", "views.a.m: unknown field 'm'"),
        ("views: {a: [horizontal_flip]}", "<text>:1:13 views.a[0].horizontal_flip: needs p"),
        ("views: {a: [rotat: 5]}", "views.a[0].rotat: unknown op 'rotat'"),
        ("pipeline: [invert: {p: 1}]\nviews: {a: [one_of: [rotate: {limit: 5}]]}", "views.a[0].one_of[0].rotate.limit: "),
        ("views: {a: [identity, rotate: {degrees: 5, on: img}]}", "views.a[1].rotate.on: names no target: 'img'"),
        ("views: {a: [rotate: {degrees: 5, id: x}, shear: {x: 3, id: x}]}", "taken by views.a[0].rotate"),
        ("pipeline: [rotate: {degrees: 5, id: x}]\nviews: {a: [shear: {x: 3, id: x}]}", "taken by pipeline[0].rotate"),
    ],
)  # fmt: skip
def test_mistakes_say_where_and_what(text, said):
    with pytest.raises(SpecError) as error:
        augment.loads(text)
    assert said in str(error.value) and len(error.value.mistakes) == 1, error.value


def test_python_is_checked_by_the_same_rules():
    spec = augment.Pipeline([ops.Invert(p=1)], views={"a": [ops.HorizontalFlip()]})
    with pytest.raises(SpecError, match=r"views.a\[0\].horizontal_flip: needs p"):
        augment.compile(spec)


def test_fields_are_set_in_views_too():
    changed = override(augment.loads(TEXT), "tilt.degrees=±9", "horizontal_flip.p=0.25", "random_crop.size=6")
    assert changed.views["crops"].pipeline[1].ops[1].degrees.support == (-9, 9)
    assert changed.pipeline[0].p == 0.25 and changed.views["weak"].pipeline[0].size == (6, 6)


def test_what_follows_views_is_refused_and_what_precedes_is_joined():
    spec = augment.loads(TEXT)
    with pytest.raises(SpecError, match="nothing can follow"):
        spec + ops.Invert(p=1)
    joined = augment.Pipeline([ops.Invert(p=1)]) + spec
    assert [node.name() for node in joined] == ["invert", "horizontal_flip"] and joined.views == spec.views
