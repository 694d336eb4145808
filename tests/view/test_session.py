"""The spec's file: what is written into it, and when nothing is."""

import os

import pytest

from augment.errors import FileError, SpecError
from augment.view import limits
from augment.view.session import Conflict, SpecFile, shown_name


@pytest.fixture
def file(tmp_path, spec_text):
    path = tmp_path / "spec.yaml"
    path.write_bytes(spec_text.encode())
    return path


def test_what_is_saved_is_in_the_file(file, spec_text):
    spec = SpecFile(file, "")
    assert spec.read() == spec_text
    for text in (spec_text + "# more ±\n", "anything"):
        spec.save(text)
        assert file.read_bytes() == text.encode()
    assert [path.name for path in file.parent.iterdir()] == ["spec.yaml"]


def test_a_file_that_changed_is_left_alone(file, spec_text):
    spec = SpecFile(file, "")
    spec.read()
    file.write_text("mine")
    with pytest.raises(Conflict, match="changed by something else"):
        spec.save(spec_text)
    assert file.read_text() == "mine"
    spec.read()
    spec.save("now it is known")
    assert file.read_text() == "now it is known"


def test_a_file_that_is_gone_is_a_conflict(file, spec_text):
    spec = SpecFile(file, "")
    spec.read()
    file.unlink()
    with pytest.raises(Conflict):
        spec.save(spec_text)
    assert not file.exists()


def test_line_breaks_stay_what_they_were(file, spec_text):
    file.write_bytes(spec_text.replace("\n", "\r\n").encode())
    spec = SpecFile(file, "")
    assert spec.read() == spec_text
    spec.save(spec_text + "# end\n")
    assert file.read_bytes() == (spec_text + "# end\n").replace("\n", "\r\n").encode()


@pytest.mark.skipif(os.name == "nt", reason="links need a right on this system")
def test_a_link_stays_a_link(file, tmp_path, spec_text):
    link = tmp_path / "link.yaml"
    link.symlink_to(file)
    spec = SpecFile(link, "")
    spec.read()
    spec.save("through the link")
    assert link.is_symlink() and file.read_text() == "through the link"


def test_without_a_file_there_is_nothing_to_save_to(spec_text):
    spec = SpecFile(None, spec_text)
    assert spec.read() == spec_text
    with pytest.raises(FileError, match="download"):
        spec.save(spec_text)


@pytest.mark.parametrize("data", [b"\xff\xfea\x00", b"\x89PNG\r\n\x1a\n\x00", b"#" * (limits.SPEC_BYTES + 1)])
def test_what_is_no_spec_is_not_opened(file, data):
    file.write_bytes(data)
    with pytest.raises((FileError, SpecError)):
        SpecFile(file, "").read()


@pytest.mark.parametrize(
    ("raw", "shown"),
    [("a.png", "a.png"), ("../../x.png", "x.png"), ("C:\\y\\z.png", "z.png"), ("", "upload"), ("/", "upload"), ("a\r\nb", "ab")],
)
def test_names_of_uploads(raw, shown):
    assert shown_name(raw) == shown
