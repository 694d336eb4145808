"""The public function: what it takes, in which order it tells, and what third parties add to it."""

import json
from typing import Annotated

import numpy as np
import pytest
from pydantic import Field

import augment
from augment import ops
from augment.errors import BackendMissingError, SpecError
from augment.lint import SEVERITIES, Finding, findings, rules
from augment.lint.rule import rule
from augment.ops import catalogue
from augment.ops.kinds import Curve
from augment.program.lower import lower
from augment.spec.check import walk
from augment.spec.ledger import path_text
from augment.testing.examples import examples
from augment.testing.generate import pipelines
from augment.testing.photographs import sample_of
from augment.values import Quantity, Sensible, Short, Value

MANY = """\
pipeline:
  - resize: 64
  - hue: {degrees: ±9, p: 0}
  - rotate: {degrees: ±200, border: reflect}
  - rotate: {degrees: ±300, border: reflect}
"""


def test_findings_come_in_the_order_of_the_file():
    found = findings(augment.loads(MANY, "a.yaml"))
    assert [(f.line, f.rule) for f in found] == [(3, "no_op"), (4, "strength"), (5, "same_op_twice"), (5, "strength")]


def test_a_pipeline_of_python_has_paths_and_no_places():
    [found] = findings(augment.Pipeline([ops.Sequence([ops.Rotate(degrees=(-200, 200), border="reflect")])]))
    assert (found.path, found.place, found.line) == ("pipeline[0].sequence[0].rotate.degrees", "", None)
    assert found.where == found.path


def test_a_finding_as_json():
    [found] = findings(augment.loads("pipeline:\n  - rotate: {degrees: ±200, border: reflect}", "a.yaml"))
    data = json.loads(json.dumps(found.plain()))
    assert (data["file"], data["line"], data["column"], data["path"]) == ("a.yaml", 2, 23, "pipeline[0].rotate.degrees")
    assert (data["rule"], data["severity"]) == ("strength", "warning")
    assert data["message"] == "degrees is drawn from -200 to 200; usual is -180 to 180 degrees"
    assert str(found).startswith("warning: a.yaml:2:23 pipeline[0].rotate.degrees: degrees is drawn")


def test_the_seed_of_a_program_counts(photographs):
    from augment.lint.run import findings

    spec = augment.loads("pipeline: [random_crop: 100]")
    image = photographs["coffee"]
    mask = np.zeros(image.shape[:2], np.uint8)
    mask[:150, :150] = 1
    told = {
        seed: findings(spec, lower(spec, seed=seed), samples=[{"image": image, "mask": mask}])[0].message for seed in range(3)
    }
    assert len(set(told.values())) > 1


def test_what_means_nothing_is_an_error():
    with pytest.raises(SpecError, match="cannot stand after"):
        findings(augment.loads("pipeline: [normalize: imagenet, hue: ±9]"))
    with pytest.raises(SpecError, match="cannot stand after"):
        findings(augment.loads("pipeline: [normalize: imagenet, normalize: imagenet]"))


def test_an_unknown_backend():
    with pytest.raises(BackendMissingError, match="did you mean 'keras'"):
        findings(augment.loads("pipeline: [rotate: 5]"), backends=["keras2"])


def test_it_needs_no_samples_of_its_own_kind():
    assert findings(augment.loads("targets: {text: text}\npipeline: []")) == ()
    assert findings(augment.loads("pipeline: [random_crop: 64]"), samples=[]) == ()


@pytest.mark.parametrize(("name", "told"), [("specs/val.yaml", True), ("specs/flowers_test.yml", True), ("interval.yaml", False)])
def test_the_name_of_the_file_can_say_that_it_is_for_validation(name, told):
    found = findings(augment.loads("pipeline: [rotate: ±5]", name))
    assert [f.rule for f in found] == ["augmented_validation"] * told


# The rules -----------------------------------------------------------------------------------------------------------


def test_rules_say_what_they_are():
    for name, known in rules().items():
        assert known.severity in SEVERITIES
        assert known.about[0].isupper() and known.about.endswith(".") and len(known.about) < 200, name


def test_a_rule_is_registered_once():
    def strength(subject):
        """Another."""
        return ()

    with pytest.raises(ValueError, match="registered already"):
        rule("advice")(strength)


# Third parties -------------------------------------------------------------------------------------------------------


class Sharpness(Curve):
    """Not what it says."""

    amount: Annotated[Short[Value], Quantity("times", ge=0), Sensible(0.5, 3, neutral=1, least=0.1, why="halos appear")] = Field(
        kw_only=False, description="how much"
    )

    def curve(self, x, v, xp):
        return x ** v["amount"]

    def slope(self):
        return 9.0


@pytest.mark.parametrize(
    ("amount", "rule"), [((1, 4), "strength"), ((0.98, 1.02), "hardly_visible"), (1, "no_op"), ((0.5, 3), None)]
)
def test_an_op_of_a_plugin_declares_its_own_ends(amount, rule):
    pipeline = augment.Pipeline([Sharpness(amount=amount), ops.HorizontalFlip(p=0.5)])
    found = [f for f in findings(pipeline) if f.rule != "clipped_colours"]
    assert [f.rule for f in found] == ([rule] if rule else [])
    assert rule != "strength" or found[0].reason == "halos appear"


# Any spec ------------------------------------------------------------------------------------------------------------


def well_formed(spec, found):
    paths = {path_text(place.path) for place in walk(spec.pipeline)}
    for finding in found:
        assert finding.path in {*paths, "pipeline"} or finding.path.rpartition(".")[0] in paths, finding
        assert finding.message and finding.reason and finding.fix


@pytest.mark.parametrize("start", range(0, 40, 8))
def test_any_spec_can_be_held_against_the_rules(start):
    for spec in list(pipelines(5, start + 8))[start:]:
        well_formed(spec, findings(spec))


@pytest.mark.parametrize("name", catalogue())
def test_any_op_can(name):
    for example in examples(catalogue()[name]):
        spec = augment.Pipeline([example])
        well_formed(spec, findings(spec))


def test_any_spec_can_be_measured(photographs):
    sample = sample_of(photographs["chelsea"][::2, ::2])
    for spec in pipelines(7, 3):
        well_formed(spec, findings(spec, samples=[sample], backends=["reference", "keras"]))


def test_findings_are_values():
    made = Finding("a", "advice", "pipeline[0].x", "", "m", "r", "f")
    assert made == Finding("a", "advice", "pipeline[0].x", "", "m", "r", "f")
    assert {made: 1}[made] == 1
