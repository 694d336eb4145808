"""The command below a picture makes that picture again."""

import shlex

import numpy as np
import pytest
from PIL import Image

MORE = {**dict.fromkeys(("samples", "ops", "stages", "targets", "backends"), "image"), "mixes": "mix", "text": "text"}


@pytest.fixture
def files(tmp_path, photo, specs, monkeypatch):
    monkeypatch.chdir(tmp_path)
    for i, name in enumerate(("one", "two", "three")):
        Image.fromarray(np.roll(photo, 9 * i, 0)).save(tmp_path / f"a {name}.png")
    for name, text in specs.items():
        (tmp_path / f"{name}.yaml").write_text(text)
    return sorted(tmp_path.glob("*.png"))


def panels(read, sheet):
    """Title and group -> what is seen, of the panels that have a command."""
    out = {}
    for group in read.select(f"#{sheet} .group"):
        heading = group.select_one(".group-title")
        for panel in group.select(".panel"):
            if panel.select_one(".copy"):
                whole = group if sheet == "backends" else panel  # one command makes a draw on all backends
                seen = [img["src"] for img in whole.select("img")] + [d.decode_contents() for d in whole.select(".diff-text")]
                key = heading.get_text() if heading else "", panel.select_one(".title").get_text()
                out[key] = seen, panel.select_one(".copy")["data-copy"]
    return out


@pytest.mark.parametrize(("sheet", "name"), MORE.items())
def test_the_command_makes_the_same_pixels(augment, files, soup, sheet, name, tmp_path):
    spec = name
    if name == "mix":
        labels = tmp_path / "labels"
        labels.mkdir()
        for i, file in enumerate(files):
            (labels / f"{file.stem}.json").write_text(f'{{"labels": {i}}}')
    more = ["--labels", "labels"] if name == "mix" else ["-b", "reference,albumentations"] if sheet == "backends" else []
    given = [] if name == "text" else files
    result = augment("preview", f"{spec}.yaml", *given, *more, "--sheets", sheet, "-n", 3, "--epoch", 4, "--seed", 11,
                     "--set", "about=again", "--out", "report.html")  # fmt: skip
    assert result.exit_code == 0, result.stderr
    found = panels(soup((tmp_path / "report.html").read_text()), sheet)
    assert len(found) >= 2
    tried = list(found.items())[:: max(1, len(found) // 3)]
    for key, (seen, text) in tried:
        words = shlex.split(text)
        assert words[:2] == ["augment", "preview"] and words[-2] == "--out" and "again" in words[-1]
        assert augment(*words[1:], "--force").exit_code == 0
        again = panels(soup((tmp_path / words[-1]).read_text()), sheet)
        assert len({k[1] for k in again}) <= len({k[1] for k in found})
        headings = key[0], "", *(key[0].partition(sign)[2] for sign in (": ", ", "))  # those of several samples name them
        same = [s for (heading, title), (s, _) in again.items() if title == key[1] and heading in headings]
        assert seen and seen in same, key


def test_a_single_file_is_keyed_by_the_index(augment, files, soup, tmp_path):
    """What is drawn for a file of a set is drawn for the file alone, under its index."""

    def pictures(*words):
        result = augment("preview", "image.yaml", *words, "--sheets", "samples", "-n", 1, "--out", "out.html")
        assert result.exit_code == 0, result.stderr
        return [img["src"] for img in soup((tmp_path / "out.html").read_text()).select("img.base")]

    everything, alone = pictures(*files), pictures(files[1], "--index", 1)
    assert alone == everything[2:4] == pictures(*files, "--index", 1)
    assert pictures(files[1])[1] != alone[1]


def test_an_index_beyond_the_files_is_told(augment, files):
    result = augment("preview", "image.yaml", *files, "--index", 3, "--out", "x.html")
    assert result.exit_code == 1 and "there is no sample 3: there are 3, counted from 0" in result.stderr


def test_only_reports_are_replaced(augment, files, tmp_path):
    (tmp_path / "mine.html").write_text("<h1>mine</h1>")
    result = augment("preview", "image.yaml", "-n", 1, "--sheets", "samples", "--out", "mine.html")
    assert result.exit_code == 1 and "--force replaces it" in result.stderr
    assert (tmp_path / "mine.html").read_text() == "<h1>mine</h1>"
    for _ in range(2):
        assert augment("preview", "image.yaml", "-n", 1, "--sheets", "samples", "--out", "ours.html").exit_code == 0


def test_unknown_sheets_are_told_before_anything_runs(augment, files):
    result = augment("preview", "image.yaml", "--sheets", "samples,extreme", "--out", "x.html")
    assert result.exit_code == 1 and "did you mean 'extremes'" in result.stderr
