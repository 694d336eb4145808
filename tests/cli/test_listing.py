"""ops and backends."""

import json

from augment.ops import CORE


def test_all_ops_are_listed_with_what_they_take(augment):
    text = augment("ops").stdout
    for op in CORE:
        assert f"\n{op} " in f"\n{text}"
    assert "fractions of the shorter side, or px" in text
    assert "ranges are log-uniform" in text
    assert "[0.75, 1.33333]" in text
    assert "beside urls, placeholders, paths and" in augment("ops", "delete_words").stdout


def test_ops_as_json(augment):
    ops = {op["name"]: op for op in json.loads(augment("ops", "--json").stdout)}
    assert ops.keys() >= {"rotate", "one_of", "mixup"}
    degrees = ops["rotate"]["fields"][0]
    takes = "degrees, at least -3600 and at most 3600; usual -180 to 180"
    assert (degrees["name"], degrees["takes"], degrees["default"]) == ("degrees", takes, "")
    assert ops["rotate"]["targets"] == "image, mask, instances, boxes, oriented_boxes, polygons, keypoints"


def test_one_op(augment):
    text = augment("ops", "random_resized_crop").stdout
    assert "log-uniform" in text
    assert "constant | reflect |" in text
    assert "in short" not in text
    assert "rotate: {degrees: X} may be written rotate: X" in augment("ops", "rotate").stdout


def test_an_unknown_op(augment):
    result = augment("ops", "rotat")
    assert result.exit_code == 1
    assert "did you mean 'rotate'?" in result.stderr


def test_backends_have_a_state(augment):
    rows = {row["name"]: row for row in json.loads(augment("backends", "--json").stdout)}
    assert rows["reference"]["state"] == "ready"
    assert "reference" in augment("backends").stdout


def test_missing_and_broken_plugins_are_told(augment, monkeypatch):
    from types import SimpleNamespace

    from augment import plugins
    from augment.backend import Backend

    class Absent(Backend):
        name = "absent"
        requires = ("no_such_framework",)
        install = "pip install no-such-framework"

    made = (
        plugins.Plugin("absent", "some-plugin", "1.2", SimpleNamespace(), adds={"register_backends": (Absent(),)}),
        plugins.Plugin("broken", "other-plugin", "0.1", error="ImportError: no module named x"),
    )
    monkeypatch.setattr(plugins, "plugins", lambda: made)
    result = augment("backends", "--json")
    assert result.exit_code == 0
    absent, broken = json.loads(result.stdout)
    assert (absent["state"], absent["detail"]) == ("missing", "no_such_framework: pip install no-such-framework")
    assert "rotate" in absent["refuses"]
    assert (broken["state"], broken["detail"]) == ("broken", "ImportError: no module named x")
