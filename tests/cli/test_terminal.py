"""What commands print: names cannot steer a terminal, and output that cannot be written is told; results are synced."""

import json
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from augment.cli.console import UNPRINTABLE, printable
from augment.files.whole import write_whole

NAMES = {  # a name -> how it is printed
    "colour": ("a\x1b[31mred", r"a\x1b[31mred"),
    "title": ("a\x1b]0;owned\x07", r"a\x1b]0;owned\x07"),
    "link": ("a\x1b]8;;x:evil\x1b\\here", r"a\x1b]8;;x:evil\x1b\here"),
    "one byte": ("a\x9b31mred", r"a\x9b31mred"),
    "back": ("a\b\b\b\rfine", r"a\x08\x08\x08\rfine"),
    "line": ("a\nfailed: b", r"a\nfailed: b"),
    "reordered": ("a\u202egpj", r"a\u202egpj"),
    "no text": (os.fsdecode(b"a\xff\xfe"), r"a\xff\xfe"),
    "all": (os.fsdecode(b"a\xff\x1b]0;owned\x07\nfailed: b"), r"a\xff\x1b]0;owned\x07\nfailed: b"),
}


def _run(*arguments, **streams):
    command = [sys.executable, "-m", "augment", *arguments]
    return subprocess.run(command, check=False, timeout=120, **({"capture_output": True} | streams))


def _is_quiet(output: bytes) -> bool:
    return not UNPRINTABLE.search(output.decode().replace("\n", ""))


@pytest.fixture
def hostile(tmp_path, spec):
    """A place of files with such a name: one that is broken, a good one in a folder, a spec, a baseline."""

    def make(name):
        folder = tmp_path / "in" / name
        folder.mkdir(parents=True)
        (tmp_path / "in" / f"{name}.png").write_bytes(b"no picture")
        for i in range(2):
            Image.fromarray(np.full((12, 12, 3), 40 + i, np.uint8)).save(folder / f"good{i}{name}.png")
        (tmp_path / f"{name}.yaml").write_text("pipeline: [horizontal_flip: {p: 1}, brightness: 1.2]")
        (tmp_path / f"{name}-bad.yaml").write_text("pipeline: [rotat: 3]")
        return tmp_path

    return make


def test_names_are_written_out_wherever_they_are_printed(hostile):
    name, shown = NAMES["all"]
    at = hostile(name)
    spec, bad, folder = at / f"{name}.yaml", at / f"{name}-bad.yaml", at / "in"
    good = folder / name / f"good0{name}.png"
    calls = [
        ("apply", spec, folder, at / f"out{name}"),
        ("apply", spec, folder, at / f"out{name}"),  # which exist now
        ("apply", spec, folder, at / f"json{name}", "--json"),
        ("apply", spec, folder, at / f"labelled{name}", "--labels", folder),
        ("check", spec), ("check", bad), ("check", bad, "--json"), ("explain", bad), ("check", at / f"none{name}.yaml"),
        ("preview", spec, folder, "--n", "1", "--out", at / f"{name}.html"),
        ("preview", spec, good, "--n", "1", "--compare", at / f"base{name}", "--update"),
        ("preview", spec, good, "--compare", at / f"base{name}", "--set", "brightness.factor=1.4", "--out", at / f"{name}2.html"),
        ("init", at / f"new{name}.yaml"),
    ]  # fmt: skip
    for i, call in enumerate(calls):
        done = _run(*map(os.fsencode, call))
        said = done.stdout + done.stderr
        assert b"Traceback" not in said, said.decode(errors="replace")
        assert _is_quiet(done.stdout), (call[0], done.stdout)
        assert _is_quiet(done.stderr), (call[0], done.stderr)
        if i == 0:
            assert f"failed: {folder}{os.sep}{shown}.png: " in done.stderr.decode()
        if call[-1] == "--json":
            data = json.loads(done.stdout)
            assert call[0] != "apply" or [failed["file"] for failed in data["failed"]] == [str(folder / f"{name}.png")]


@pytest.mark.parametrize("kind", NAMES)
def test_printable(kind):
    name, shown = NAMES[kind]
    assert printable(name) == shown
    assert printable("Grüße, 猫 and 🐈: a_b-c.png") == "Grüße, 猫 and 🐈: a_b-c.png"


# Output that cannot be written ---------------------------------------------------------------------------------------

FULL = Path("/dev/full")
full = pytest.mark.skipif(not FULL.exists(), reason="needs /dev/full, which Linux has")


@full
@pytest.mark.parametrize(
    "call",
    ["--help", "--version", "ops", "ops rotate", "schema", "check SPEC", "check SPEC --json", "apply SPEC PHOTOS OUT",
     "init NEW"],
)  # fmt: skip
def test_a_full_disk_is_told_and_no_traceback(spec, photos, tmp_path, call):
    places = {"SPEC": spec(), "PHOTOS": photos, "OUT": tmp_path / "out", "NEW": tmp_path / "new.yaml"}
    words = [str(places.get(word, word)) for word in call.split()]
    with FULL.open("wb") as out:
        done = _run(*words, capture_output=False, stdout=out, stderr=subprocess.PIPE)
    assert done.returncode == 1
    assert done.stderr.decode().splitlines()[-1] == "error: the output: cannot be written (No space left on device)"
    assert b"Traceback" not in done.stderr
    assert b"Exception ignored" not in done.stderr


@full
@pytest.mark.parametrize("call", ["check NOTHING", "apply SPEC PHOTOS OUT", "init NEW"])
def test_errors_that_cannot_be_written_fail(spec, photos, tmp_path, call):
    (photos / "broken.png").write_bytes(b"no")
    places = {"SPEC": spec(), "PHOTOS": photos, "OUT": tmp_path / "out", "NEW": tmp_path / "new.yaml"}
    with FULL.open("wb") as err:
        words = [str(places.get(word, word)) for word in call.split()]
        done = _run(*words, capture_output=False, stdout=subprocess.PIPE, stderr=err)
    assert done.returncode == 1
    assert b"Traceback" not in done.stdout


def test_a_reader_that_leaves_is_no_error(tmp_path):
    """As head does."""
    read, write = os.pipe()
    os.close(read)
    done = _run("ops", capture_output=False, stdout=write, stderr=subprocess.PIPE)
    os.close(write)
    assert not any(word in done.stderr for word in (b"error: ", b"Traceback", b"Exception ignored", b"Broken pipe"))


# Power loss ----------------------------------------------------------------------------------------------------------


def test_results_are_on_disk_before_they_have_their_name(tmp_path, monkeypatch):
    told = []
    fsync, replace = os.fsync, Path.replace

    def synced(number):
        told.append(("synced", Path(f"/proc/self/fd/{number}").resolve().name, os.fstat(number).st_size))
        return fsync(number)

    def renamed(self, to):
        told.append(("renamed", self.name, self.stat().st_size))
        return replace(self, to)

    monkeypatch.setattr(os, "fsync", synced)
    monkeypatch.setattr(Path, "replace", renamed)
    write_whole(tmp_path / "a" / "x.png", b"12345")
    [(first, name, size), (second, again, _)] = told
    assert (first, second, name, size) == ("synced", "renamed", again, 5)
    assert (tmp_path / "a" / "x.png").read_bytes() == b"12345"


def test_every_file_of_a_run_is_synced(augment, spec, photos, tmp_path, monkeypatch):
    synced = []
    fsync = os.fsync
    monkeypatch.setattr(os, "fsync", lambda number: (synced.append(os.fstat(number).st_ino), fsync(number))[1])
    result = augment("apply", spec(), photos, tmp_path / "out", "--masks", tmp_path / "masks", "--labels", tmp_path / "json")
    assert result.exit_code == 0
    assert {path.stat().st_ino for path in (tmp_path / "out").rglob("*") if path.is_file()} <= set(synced)
