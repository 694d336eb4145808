"""Comments that ignore findings: where they count, what they may say, and what becomes of those that are mistaken."""

import pytest

import augment
from augment.lint import findings
from augment.spec.comments import comments
from augment.spec.places import places_of

STRONG = "rotate: {degrees: ±200, border: reflect}"


def rules_of(text, **given):
    return [finding.rule for finding in findings(augment.loads(text, "train.yaml"), **given)]


@pytest.mark.parametrize(
    "text",
    [
        f"pipeline:\n  - {STRONG}  # augment: ignore strength\n",
        f"pipeline:\n  # augment: ignore strength\n  - {STRONG}\n",
        f"pipeline:\n  # augment: ignore strength\n  # telescopes turn as they like\n  - {STRONG}\n",
        f"pipeline:\n  - {STRONG} # augment: ignore strength (telescopes turn as they like)\n",
        f"pipeline:\n  - {STRONG} #augment:ignore strength - as in the paper, table 3\n",
        "pipeline:\n  - rotate: # augment: ignore strength\n      degrees: ±200\n      border: reflect\n",
        "pipeline:\n  - rotate:\n      degrees: ±200  # augment: ignore strength\n      border: reflect\n",
        "pipeline:\n  - rotate:\n      # augment: ignore strength\n      degrees: ±200\n      border: reflect\n",
        f"pipeline:\n  - one_of:\n    # augment: ignore strength\n    - {STRONG}\n    - rotate90\n",
    ],
)
def test_a_finding_is_ignored(text):
    assert rules_of(text) == []


@pytest.mark.parametrize(
    "text",
    [
        f"# augment: ignore strength\npipeline:\n  - {STRONG}\n",  # far from the op
        f"pipeline:\n  - hue: ±9  # augment: ignore strength\n  - {STRONG}\n",  # of the op before it
        f"pipeline:\n  # augment: ignore strength\n\n  - {STRONG}\n",  # an empty line is between them
        f"pipeline:\n  - {STRONG}\n  # augment: ignore strength\n",
        f"pipeline:\n  - {STRONG}  # augment: ignore folds\n",
    ],
)
def test_elsewhere_it_ignores_nothing_and_that_is_told(text):
    assert sorted(rules_of(text)) == ["strength", "unused_ignore"]


def test_several_rules_in_one_comment():
    text = "pipeline:\n  - rotate: ±5\n  - rotate: {degrees: ±200, border: reflect}  # augment: ignore strength, same_op_twice\n"
    assert rules_of(text) == []
    assert rules_of(text.replace("±200", "±20")) == ["unused_ignore"]


@pytest.mark.parametrize(
    ("said", "message"),
    [
        ("ignore", "ignore needs the name of a rule: # augment: ignore strength"),
        ("ignore strenght", "there is no rule 'strenght'; did you mean 'strength'?"),
        ("ignore zzzz", "there is no rule 'zzzz'; the rules are augmented_validation, "),
        ("ignroe strength", "a comment to augment says 'ignore' and a rule, not 'ignroe strength'; did you mean 'ignore'?"),
        ("ignore strength folds", "ignore takes rules with commas between them, not 'strength folds'"),
        ("ignore strength,", "ignore needs the name of a rule"),
    ],
)
def test_a_mistaken_comment_is_an_error(said, message):
    found = findings(augment.loads(f"pipeline:\n  - rotate: ±5  # augment: {said}\n", "train.yaml"))
    told = {finding.rule: finding for finding in found}
    assert told["bad_ignore"].message.startswith(message)
    assert told["bad_ignore"].severity == "error"
    assert told["bad_ignore"].where == "train.yaml:2:17"


def test_a_rule_that_could_not_look_is_not_called_unused(photographs):
    text = "pipeline:\n  - random_crop: 64  # augment: ignore lost_boxes\n"
    assert rules_of(text) == []
    assert rules_of(text, samples=[{"image": photographs["coffee"]}]) == ["unused_ignore"]
    approximate = "pipeline:\n  - hue: ±9  # augment: ignore approximate\n"
    assert rules_of(approximate) == []
    assert rules_of(approximate, backends=["reference"]) == ["unused_ignore"]


def test_comments_survive_changes_of_the_command_line():
    from augment.language import override

    spec = augment.loads("pipeline:\n  - rotate: {degrees: ±5, border: reflect}  # augment: ignore strength\n")
    assert findings(override(spec, "rotate.degrees=±200")) == ()


# Reading -------------------------------------------------------------------------------------------------------------

TEXT = """\
name: "no # augment: ignore a"
about: |
  a block
  # augment: ignore b
x-text: 'it''s # augment: ignore c'   # augment: ignore d
# augment: ignore e
pipeline: [rotate: {degrees: 5,
    fill: '#ff0000'}]  # augment: ignore f # augment: ignore g
x-more: word#augment: ignore
"""


def test_only_comments_are_comments():
    augment.loads(TEXT.replace("word#augment: ignore", "word"))
    found = [(c.line, c.column, c.text, c.about) for c in comments(TEXT.replace("x-more: word#augment: ignore\n", ""))]
    assert found == [(5, 39, "ignore d", 5), (6, 1, "ignore e", 7), (8, 24, "ignore f # augment: ignore g", 8)]


def test_a_text_without_them_is_not_scanned_again(monkeypatch):
    monkeypatch.setattr("yaml.scan", lambda *_, **__: pytest.fail("scanned"))
    assert comments("pipeline: [] # a comment\n") == ()


def test_json_with_tabs_has_places_and_no_comments():
    spec = augment.loads('{\n\t"about": "# augment: ignore x",\n\t"pipeline": [{"rotate": {"degrees": 5}}]\n}', "a.json")
    assert places_of(spec).comments == ()
    assert places_of(spec)["pipeline[0].rotate.degrees"] == "a.json:3:38"
