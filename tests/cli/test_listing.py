"""ops and backends."""

import json

import pytest

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


@pytest.mark.parametrize("cv2", [True, False])
@pytest.mark.parametrize("fused", [True, False])
def test_what_runs_images_on_the_host_is_what_is_told(augment, cv2, fused, monkeypatch):
    """It is named after the kernel set that the quickest backend that is installed runs on this machine."""
    from types import SimpleNamespace

    from augment import plugins
    from augment.kernels.host import running

    library = SimpleNamespace(library=SimpleNamespace(variant="avx2") if fused else None, why="not built")
    for at in ("augment.kernels.host.found", "augment.kernels.native.library.found"):
        monkeypatch.setattr(at, lambda: library)
    opencv, reference = plugins.backends()["opencv"], plugins.backends()["reference"]
    monkeypatch.setattr(opencv.__class__, "missing", lambda self: () if cv2 else ("cv2",))
    runs = running(reference.kernel_set if opencv.missing() else opencv.kernel_set).kernel_set
    told = " ".join(augment("backends").stdout.split()).partition("Images on the host run on ")[2]
    names = {"reference": "NumPy alone", "opencv": "OpenCV alone", "fused": "fused kernels"}
    assert told.startswith(names[runs])
    assert (opencv.install in told) == (not cv2)
