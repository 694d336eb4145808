"""``--set address.field=value`` changes what it says, and nothing else."""

from __future__ import annotations

import re

import pytest

from augment.errors import SpecError
from augment.language import loads, override

SPEC = loads("""
seed: 1
pipeline:
  - rotate: {degrees: ±15, id: tilt}
  - rotate: {degrees: ±5, p: 0.5}
  - one_of:
      - gaussian_blur: {sigma: 2px}
      - sequence: [rotate: {degrees: 1}, horizontal_flip: {p: 0.5}]
  - normalize: imagenet
""")


def test_a_name_is_every_op_of_that_name():
    changed = override(SPEC, "rotate.degrees=±30")
    assert [changed[0].degrees.support, changed[1].degrees.support, changed[2].ops[1].ops[0].degrees.support] == [(-30, 30)] * 3
    assert changed[1].p == 0.5 and changed[0].id == "tilt" and changed[2].ops[0] == SPEC[2].ops[0]
    assert SPEC[0].degrees.support == (-15, 15)


def test_an_id_is_one_op():
    changed = override(SPEC, "tilt.degrees=[1, 2]")
    assert changed[0].degrees.support == (1, 2) and changed[1:] == SPEC[1:]


@pytest.mark.parametrize(
    ("assignment", "found"),
    [
        ("seed=7", lambda s: s.seed == 7),
        ("name=flowers", lambda s: s.name == "flowers"),
        ("tilt.fill=#ff0000", lambda s: s[0].fill == (1, 0, 0)),
        ("tilt.fill='#ff0000'", lambda s: s[0].fill == (1, 0, 0)),
        ("tilt.degrees={normal: [0, 5]}", lambda s: s[0].degrees.name == "normal"),
        ("tilt.p = 1e-3", lambda s: s[0].p == 0.001),
        ("one_of.p=0.3", lambda s: s[2].p == 0.3),
        ("gaussian_blur.weight=3", lambda s: s[2].ops[0].weight == 3),
        ("normalize.preset=clip", lambda s: s[3].preset == "clip"),
        ("tilt.id=lean", lambda s: s[0].id == "lean"),
    ],
)
def test_values_are_written_as_in_yaml(assignment, found):
    assert found(override(SPEC, assignment))


def test_several_apply_in_order():
    assert override(SPEC, "rotate.p=0.1", "tilt.p=0.9")[0].p == 0.9


@pytest.mark.parametrize(
    ("assignment", "expected"),
    [
        ("rotat.degrees=5", "no op has the id or name 'rotat'; did you mean 'rotate'?"),
        ("zzz.degrees=5", "there are tilt, rotate, one_of"),
        ("rotate.degres=5", "rotate.degres: unknown field 'degres'; did you mean 'degrees'?"),
        ("rotate.degrees=lots", "rotate.degrees: must be a number or a range in degrees, not 'lots'"),
        ("rotate.degrees=", "needs a value after '='"),
        ("rotate.degrees=[1", "not YAML"),
        ("rotate.degrees=.nan", "must be a finite number"),
        ("rotate.degrees=!!python/none x", "is not allowed"),
        ("rotate", "must be address.field=value"),
        ("version=2", "must be address.field=value"),
        ("=5", "must be address.field=value"),
        ("rotate.=5", "must be address.field=value"),
        ("seed=lucky", "seed: seeds are whole numbers from 0 to 2**63 - 1, not 'lucky'"),
        ("rotate.weight=2", "pipeline[0].rotate.weight: means something in a child of one_of"),
        ("horizontal_flip.p=null", "needs p"),
        ("rotate.id=a", "ids and addresses must be unique"),
        ("one_of.ops=[identity]", "one_of.ops[0]: must be an op"),
    ],
)
def test_mistakes_name_the_assignment(assignment, expected):
    with pytest.raises(SpecError, match=re.escape(expected)) as caught:
        override(SPEC, assignment)
    assert str(caught.value).startswith(f"--set {assignment}")
