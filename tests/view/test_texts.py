"""Texts on the live page: those of files, those that are typed, and what cannot be one."""

import pytest

from augment.cli.viewing import _texts
from augment.errors import FileError
from augment.view import limits
from augment.view.budget import Watch
from augment.view.stock import Given
from augment.view.tasks import Tasks

SPEC = "targets: {sentence: {kind: text}}\npipeline: [{swap_words: {rate: 0.5}}]\n"
WATCH = Watch(float("inf"))


@pytest.fixture
def lines(tmp_path):
    path = tmp_path / "lines.txt"
    path.write_text("one two three four\n\nfive six seven eight\n")
    return path


@pytest.fixture
def tasks(lines):
    return Tasks("text.yaml", Given((lines,), texts=_texts(SPEC, (lines,))))


def look(tasks, **options):
    usual = {"text": SPEC, "picture": "t0", "sheet": "", "epoch": 0, "n": 2, "backend": "auto", "text_backend": "builtin"}
    return tasks.look(WATCH, **{**usual, "stage": "train", **options})


def test_a_text_is_what_preview_shows_of_it(tasks, lines, tmp_path, monkeypatch):
    """The command of a sheet, run as it is, shows the same texts."""
    import shlex

    from bs4 import BeautifulSoup
    from click.testing import CliRunner

    from augment.cli import main

    told = look(tasks, picture="t1")
    assert told["mistakes"] == [] and told["sheet"] == "text"
    (tmp_path / "text.yaml").write_text(SPEC)
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(told["command"])[1:])
    assert result.exit_code == 0, result.output
    page = BeautifulSoup((tmp_path / "again.html").read_text(), "html.parser")
    words, shown = (
        [diff.get_text(" ", strip=True) for diff in found]
        for found in (page.select("#text .diff"), BeautifulSoup(told["html"], "html.parser").select(".diff"))
    )
    assert words and words == shown
    assert "seven" in words[0] and "three" not in words[0]


def test_each_line_that_is_typed_is_a_text(tasks):
    told = look(tasks, picture="typed", words="a b c d\n \ne f g h")
    assert told["mistakes"] == [] and "line 1" in told["html"] and "line 3" in told["html"] and "text.txt" in told["command"]
    assert "type or paste" in look(tasks, picture="typed", words=" \n")["mistakes"][0]["message"]
    assert "no text 2" in look(tasks, picture="t2")["mistakes"][0]["message"]
    assert tasks.thumb(WATCH, "t0") == {"data": b""}


def test_texts_are_measured_and_their_spec_is_known_as_one(tasks):
    assert tasks.read(WATCH, SPEC)["words"] and not tasks.read(WATCH, "pipeline: [{resize: 8}]")["words"]
    assert tasks.lint(WATCH, SPEC, [])["mistakes"] == [] == tasks.lint(WATCH, "pipeline: [{resize: 8}]", [])["mistakes"]


def test_files_of_texts_belong_to_specs_of_texts(lines, tmp_path):
    assert _texts("pipeline: [{resize: 8}]", (lines,)) == () == _texts(SPEC, ())
    assert [place for place, _ in _texts("pipeline: [{swap_wrds: 1}]", (lines,))] == ["lines.txt:1", "lines.txt:3"]
    table = tmp_path / "rows.csv"
    table.write_text("id,sentence\n7,a b c\n")
    assert _texts(SPEC, (table,)) == (("rows.csv:2", "a b c"),)
    with pytest.raises(FileError, match="is not read as texts"):
        _texts(SPEC, (tmp_path / "a.png",))


def test_what_is_typed_is_bounded(page):
    asked = {"picture": "typed", "sheet": "", "epoch": 0, "n": 1, "backend": "auto", "text_backend": "builtin", "stage": "train"}
    assert page.post("look", text=SPEC, words="a b c d", **asked).json()["mistakes"] == []
    answer = page.post("look", text=SPEC, words="a" * (limits.WORDS + 1), **asked)
    assert answer.status_code == 400 and "at most" in answer.json()["refused"]


# In the browser ------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def texts(serve, tmp_path_factory):
    """A page of a spec for texts alone, with a file of texts."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "text.yaml").write_text("pipeline: [{swap_words: {rate: 0.5}}]\n")
    (folder / "lines.txt").write_text("The quick brown fox jumps.\n\nA second line has seven words here.\n")
    lines = (("lines.txt:1", "The quick brown fox jumps."), ("lines.txt:3", "A second line has seven words here."))
    with serve(folder / "text.yaml", files=(folder / "lines.txt",), texts=lines) as server:
        yield server


@pytest.mark.chromium
def test_texts_are_chosen_and_typed(visit, texts, shown_anew):
    page = visit(at=texts, until="#shown[aria-busy=false] .panel")
    assert page.locator("#strip img, #shown img").count() == 0 and page.is_hidden("#backend")
    assert page.locator("#strip label").all_inner_texts()[:2] == [text for _, text in texts.session.given.texts]
    assert "fox" in page.inner_text("#shown") and "seven" not in page.inner_text("#shown")
    shown_anew(page, lambda: page.check("input[name=picture][value=t1]", force=True))
    assert "seven" in page.inner_text("#shown")
    page.click("#command")
    page.wait_for_selector(".said.is-shown")
    assert "lines.txt" in page.inner_text(".said") and "--index 1" in page.inner_text(".said")
    shown_anew(page, lambda: page.fill("#words", "one two three\nfour five six"))
    assert page.locator("#shown .group").count() == 2 and page.locator("input[name=picture]:checked").count() == 0
    page.click("#link")
    page.wait_for_function("() => location.hash.startsWith('#s=')")
    other = visit(page.url, at=texts, until="#shown[aria-busy=false] .panel")
    assert other.input_value("#words") == page.input_value("#words")
    assert other.inner_text("#shown") == page.inner_text("#shown")
    upload = {"name": "mine.txt", "mimeType": "text/plain", "buffer": b"words of an upload"}
    shown_anew(page, lambda: page.set_input_files("#upload", files=[upload]))
    assert "upload" in page.inner_text("#shown")
    shown_anew(page, lambda: page.fill("#words", ""))
    assert "fox" in page.inner_text("#shown") and page.is_checked("input[value=t0]")
    shown_anew(page, lambda: page.fill("#text", "pipeline: [{resize: 64}]"))
    assert page.is_hidden("#typed") and page.locator("#strip img").count() == 2 and page.locator("#shown img").count() > 0


def test_a_spec_with_views_is_told_what_to_do(page):
    text = "views: {a: [rotate: ±5], b: [resize: 64]}"
    for told in (page.post("read", text=text).json(), page.look(text=text)):
        assert [mistake["path"] for mistake in told["mistakes"]] == ["views"] and "spec.view(name)" in str(told["mistakes"])
