"""What lint finds on the live page: the same as on the command line and in a report, whichever picture is looked at."""

import json

import numpy as np
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from PIL import Image

from augment.cli import main
from augment.view.budget import Superseded, Watch
from augment.view.stock import Given
from augment.view.tasks import Tasks

SPEC = "pipeline:\n  - horizontal_flip: {p: 0.5}\n  - center_crop: 40\n"
FILES = 20
"""More than are measured, and more than a report shows."""


@pytest.fixture(scope="module")
def data(tmp_path_factory):
    """Pictures with one box each: in the middle of every third one, else in a corner."""
    folder = tmp_path_factory.mktemp("boxes")
    (folder / "spec.yaml").write_text(SPEC, encoding="utf-8")
    (folder / "pictures").mkdir()
    (folder / "labels").mkdir()
    for i in range(FILES):
        Image.fromarray(np.full((64, 64, 3), 100 + i, np.uint8)).save(folder / "pictures" / f"{i:02}.png")
        box = [28, 28, 36, 36] if i % 3 == 0 else [0, 0, 8, 8]
        (folder / "labels" / f"{i:02}.json").write_text(json.dumps({"boxes": [box], "labels": ["thing"]}))
    return folder


@pytest.fixture
def tasks(data):
    return Tasks(str(data / "spec.yaml"), Given((data / "pictures",), labels=data / "labels"))


def words(html, selector):
    return {" ".join(item.get_text().split()) for item in BeautifulSoup(html, "html.parser").select(selector)}


def call(*args):
    result = CliRunner().invoke(main, [str(arg) for arg in args])
    assert result.exit_code in (0, 1) and (result.exception is None or isinstance(result.exception, SystemExit)), result.output
    return result


def test_boxes_are_counted_on_the_same_pictures(data, tasks, tmp_path):
    given = (data / "spec.yaml", "--labels", data / "labels")
    told = json.loads(call("check", *given, "--files", data / "pictures", "--json").stdout)["findings"]
    [lost] = [finding for finding in told if finding.get("rule") == "lost_boxes"]
    measured = range(0, FILES * 16, FILES)  # 16 pictures, evenly spread
    corner = sum(at // 16 % 3 != 0 for at in measured)
    assert f"loses {2 * corner} of 32 boxes (2 draws of each of 16 pictures)" in lost["message"]
    page = tasks.lint(Watch(float("inf")), SPEC, [])
    assert page["count"] == len(told) and lost["line"] in page["lines"]
    assert any(lost["message"] in found for found in words(page["html"], ".jump"))
    out = tmp_path / "report.html"
    call("preview", data / "spec.yaml", data / "pictures", "--labels", data / "labels", "--sheets", "samples", "-n", 1, "-o", out)
    assert any(lost["message"] in found for found in words(out.read_text(encoding="utf-8"), ".findings li p"))


def test_nobody_waits_for_what_is_out_of_date(tasks):
    read = []
    with pytest.raises(Superseded):
        tasks.lint(Watch(float("inf"), lambda: read.append(1) or len(read) > 3), SPEC, [])
    assert len(read) == 4, "it is left off between two pictures"


def test_without_files_no_boxes_are_counted(data):
    page = Tasks(str(data / "spec.yaml"), Given()).lint(Watch(float("inf")), SPEC, [])
    assert "boxes" not in page["html"]
