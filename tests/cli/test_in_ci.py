"""The hook for pre-commit and the action for GitHub do what they say, as far as a machine without either can tell."""

import base64
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner
from PIL import Image
from skimage import data

from augment.cli import main

ROOT = Path(__file__).parents[2]
ACTION = ROOT / ".github" / "actions" / "compare"
HOOK, *_ = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
GH = """#!/usr/bin/env bash
printf '%s\\n' "$*" >>"$CALLS"
case "$*" in
  *blobs*) cp "$4" "$CALLS.blob"; echo blob-sha ;;
  *trees*) echo tree-sha ;;
  *git/commits*) echo commit-sha ;;
  *--paginate*) echo "$KNOWN" ;;
  *comments*) for word in "$@"; do case "$word" in body=@*) cp "${word#body=@}" "$CALLS.comment" ;; esac; done ;;
  *PATCH*refs*) exit "${REF:-0}" ;;
esac
"""


def test_the_hook_takes_several_files(tmp_path):
    assert HOOK["entry"].split() == ["augment", "check"] and HOOK["language"] == "python"
    good, bad = tmp_path / "augment.yaml", tmp_path / "train.augment.yml"
    good.write_text("pipeline: [rotate: ±9]", "utf-8")
    bad.write_text("pipeline: [rotat: ±9]", "utf-8")
    result = CliRunner().invoke(main, ["check", str(good), str(bad)])
    assert result.exit_code == 1 and f"{good}: ok" in result.stdout and "did you mean 'rotate'" in result.stderr
    assert CliRunner().invoke(main, ["check", str(good), str(good)]).exit_code == 0
    told = json.loads(CliRunner().invoke(main, ["check", "--json", str(good), str(bad)]).stdout)
    assert not told["ok"] and [finding["file"] for finding in told["findings"]] == [str(bad)]


@pytest.mark.parametrize(
    ("path", "taken"),
    [("augment.yaml", 1), ("specs/train.augment.yml", 1), ("a/augment.json", 1), ("mkdocs.yaml", 0), ("xaugment.yaml", 0)],
)
def test_the_hook_knows_specs_by_their_names(path, taken):
    assert bool(re.search(HOOK["files"], path)) == taken


@pytest.fixture
def place(tmp_path):
    """A spec, pictures, and the environment of a runner."""
    (tmp_path / "pictures").mkdir()
    Image.fromarray(data.chelsea()[::4, ::4]).save(tmp_path / "pictures" / "a cat.png")
    (tmp_path / "train.yaml").write_text("pipeline: [rotate: {degrees: ±9}]", "utf-8")
    command = ["preview", "train.yaml", "pictures", "--compare", "kept", "--update", "-n", "1"]
    here = Path.cwd()
    os.chdir(tmp_path)
    try:
        made = CliRunner().invoke(main, command)
    finally:
        os.chdir(here)
    assert made.exit_code == 0, made.output
    tools = tmp_path / "tools"
    tools.mkdir()
    (tools / "augment").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m augment "$@"\n')
    (tools / "gh").write_text(GH)
    for tool in tools.iterdir():
        tool.chmod(0o755)
    return tmp_path


def run(place, script, **more):
    env = {
        **os.environ, "PATH": f"{place / 'tools'}{os.pathsep}{os.environ['PATH']}", "SPEC": "train.yaml", "FILES": "  pictures\n",
        "BASELINE": "kept", "OPTIONS": "", "OUT": str(place / "out"), "GITHUB_OUTPUT": str(place / "output"),
        "GITHUB_STEP_SUMMARY": str(place / "summary"), "CALLS": str(place / "calls"), "KNOWN": "", **more,
    }  # fmt: skip
    return subprocess.run(["bash", ACTION / script], cwd=place, env=env, capture_output=True, text=True, check=False)


def test_what_has_changed_is_drawn_and_told(place):
    (place / "train.yaml").write_text("pipeline: [rotate: {degrees: ±20}]", "utf-8")
    done = run(place, "compare.sh")
    assert done.returncode == 0, done.stderr
    assert (place / "output").read_text() == "changed=true\n"
    assert "drawn otherwise: rotate.degrees" in (place / "summary").read_text() and "a cat.png" in done.stdout
    assert Image.open(place / "out" / "changed.png").size[0] > 100 and (place / "out" / "changed.html").exists()


@pytest.mark.parametrize(("code", "drawn", "changed"), [(0, False, "false"), (1, True, "true"), (1, False, None)])
def test_a_mistake_is_no_change(place, code, drawn, changed):
    draw = 'for word in "$@"; do case "$word" in *changed.*) : >"$word" ;; esac; done' if drawn else ":"
    (place / "tools" / "augment").write_text(f"#!/bin/sh\n{draw}\necho told\nexit {code}\n")
    done = run(place, "compare.sh")
    assert done.stdout == "told\n" and done.returncode == (code if changed is None else 0)
    assert (place / "output").exists() == (changed is not None)
    assert changed is None or (place / "output").read_text() == f"changed={changed}\n"


@pytest.mark.parametrize("known", ["", "77"])
def test_the_picture_is_posted_once(place, known):
    (place / "out").mkdir()
    (place / "out" / "changed.png").write_bytes(b"a picture")
    (place / "out" / "told.txt").write_text("changed: `rm` $(x)\n")
    more = {"NUMBER": "5", "BRANCH": "pictures", "GITHUB_REPOSITORY": "me/it", "GITHUB_RUN_ID": "9", "GITHUB_SERVER_URL": "https://hub"}
    done = run(place, "post.sh", KNOWN=known, REF="0" if known else "1", **more)
    assert done.returncode == 0 and "warning" not in done.stdout, done.stdout + done.stderr
    assert base64.b64decode(json.loads((place / "calls.blob").read_text())["content"]) == b"a picture"
    calls = (place / "calls").read_text().splitlines()
    assert any("git/refs -f ref=refs/heads/pictures" in call for call in calls) == (not known)
    assert calls[-1].startswith("api -X PATCH repos/me/it/issues/comments/77" if known else "api repos/me/it/issues/5/comments")
    comment = (place / "calls.comment").read_text()
    assert comment.startswith("<!-- augment preview train.yaml -->\n") and "changed: `rm` $(x)\n```" in comment
    assert "](https://hub/me/it/blob/commit-sha/5-9.png?raw=true)" in comment


def test_a_token_that_may_not_write_is_a_warning(place):
    (place / "tools" / "gh").write_text("#!/bin/sh\nexit 1\n")
    (place / "out").mkdir()
    (place / "out" / "changed.png").write_bytes(b"a picture")
    more = {"NUMBER": "5", "BRANCH": "pictures", "GITHUB_REPOSITORY": "me/it", "GITHUB_RUN_ID": "9", "GITHUB_SERVER_URL": "https://hub"}
    done = run(place, "post.sh", **more)
    assert done.returncode == 0 and done.stdout.startswith("::warning::the picture could not be posted")


def test_the_action_is_well_formed():
    """No input goes into a shell but through its environment, every input and script is there, and the docs name all inputs."""
    action = yaml.safe_load((ACTION / "action.yml").read_text("utf-8"))
    page = (ROOT / "docs" / "ci.md").read_text("utf-8")
    assert action["runs"]["using"] == "composite"
    text = (ACTION / "action.yml").read_text("utf-8")
    assert set(re.findall(r"inputs\.([\w-]+)", text)) == action["inputs"].keys()
    for step in action["runs"]["steps"]:
        assert "${{" not in step.get("run", "")
        assert ("run" in step) == ("shell" in step)
        for script in re.findall(r"[\w]+\.sh", step.get("run", "")):
            used = set(re.findall(r"\$\{?([A-Z_]+)", (ACTION / script).read_text("utf-8")))
            given = {name for name in used if not name.startswith("GITHUB_")}
            assert given <= step["env"].keys(), script
    assert all(f"`{name}`" in page for name in action["inputs"])
