"""Links among folders: each folder is read once, under its own path if it has one, and what is not followed is told."""

import os
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from augment.data import Folder
from augment.data.tree import Passed, files_below


def _keys(folder):
    return [item.key for item in Folder(folder, {}).items]


@pytest.mark.parametrize("count", [2, 7, 40])
def test_links_among_all_folders_give_each_picture_once(images, count):
    names = [f"f{i:02}" for i in range(count)]
    for name in names:
        (images / name).mkdir()
        os.link(images / "china.png", images / name / "x.png")
        for other in names:
            if other != name:
                (images / name / f"to-{other}").symlink_to(images / other)
    start = time.process_time()
    folder = Folder(images, {})
    assert [item.key for item in folder.items] == ["china", *(f"{name}/x" for name in names), "flower"]
    assert len(folder.passed.links) == count * (count - 1)
    assert time.process_time() - start < 5


@pytest.mark.parametrize("seed", range(30))
def test_whatever_links_there_are_every_folder_is_read_once(tmp_path, seed):
    """Trees at random, of folders in and out of the top, with links from anywhere to anywhere."""
    rng = np.random.default_rng(seed)
    top, out = tmp_path / "top", tmp_path / "out"
    folders = [top, out]
    top.mkdir()
    out.mkdir()
    for i in range(12):
        folders.append(folders[rng.integers(len(folders))] / f"d{i}")
        folders[-1].mkdir()
    for i, folder in enumerate(folders):
        (folder / f"file{i}").touch()
    for i in range(int(rng.integers(1, 25))):
        target = [*folders, tmp_path, tmp_path.parent][rng.integers(len(folders) + 2)]
        if target != tmp_path.parent or rng.random() < 0.2:
            (folders[rng.integers(len(folders))] / f"l{i:02}").symlink_to(target)
    passed = Passed()
    found = list(files_below(top, (), passed))
    ends = [os.path.realpath(path) for path in found]
    assert len(set(ends)) == len(ends)
    own = {str(path) for path in top.rglob("file*") if not path.is_symlink()}
    assert {path for path in ends if path.startswith(f"{top}{os.sep}")} == own
    # what is below the top stands under its own path
    assert all(str(path) == end for path, end in zip(found, ends, strict=True) if end.startswith(f"{top}{os.sep}"))
    for link in passed.links:  # and nothing is lost by what is passed by, unless it leads back up
        there = os.path.realpath(link)
        if not os.path.realpath(top).startswith(there):
            assert {str(path) for path in Path(there).glob("file*")} <= set(ends)
    assert found == list(files_below(top))


@pytest.mark.parametrize("where", ["..", "../..", ".", "/"])
def test_links_that_lead_up_are_told_and_not_followed(augment, spec, images, tmp_path, where):
    (images / "sub").mkdir()
    Image.new("RGB", (8, 8)).save(tmp_path / "beside.png")
    (images / "sub" / "up").symlink_to(where if where == "/" else images / "sub" / where)
    (images / "up").symlink_to(where if where == "/" else images / where)
    result = augment("apply", spec(), images, tmp_path / "out")
    assert result.exit_code == 0, result.stderr
    assert result.stdout.startswith("2 of 2 made")
    assert "2 links to folders that are read elsewhere, or that lead back, were not followed: " in result.stderr
    assert str(images / "sub" / "up") in result.stderr


def test_folders_outside_are_followed_once(images, tmp_path):
    (tmp_path / "store" / "deep").mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(tmp_path / "store" / "deep" / "x.png")
    for name in ("b", "a"):
        (images / name).symlink_to(tmp_path / "store")
    (images / "c").symlink_to(tmp_path / "store" / "deep")
    assert _keys(images) == ["a/deep/x", "china", "flower"]


def test_what_stands_in_a_hidden_folder_is_reached_by_its_link(images):
    (images / ".store").mkdir()
    (images / "china.png").rename(images / ".store" / "china.png")
    (images / "seen").symlink_to(images / ".store")
    assert _keys(images) == ["flower", "seen/china"]


@pytest.mark.parametrize("kind", ["masks", "yolo", "json"])
def test_masks_and_labels_are_found_through_links(augment, spec, images, tmp_path, kind):
    """Two folders of pictures share one of masks or labels."""
    for name in ("a", "b"):
        (images / name).mkdir()
    (images / "china.png").rename(images / "a" / "x.png")
    (images / "flower.png").rename(images / "b" / "x.png")
    folder = tmp_path / kind
    (folder / "a").mkdir(parents=True)
    (folder / "b").symlink_to(folder / "a")
    if kind == "masks":
        Image.new("L", (160, 108), 7).save(folder / "a" / "x.png")
        samples = list(Folder(images, {}, masks=folder))
        assert [int(sample["mask"].max()) for sample in samples] == [7, 7]
    else:
        text, suffix = ("0 .5 .5 .1 .1\n", "txt") if kind == "yolo" else ('{"boxes": [[1, 2, 5, 6]], "labels": ["x"]}', "json")
        (folder / "a" / f"x.{suffix}").write_text(text)
        samples = list(Folder(images, {}, labels=folder))
        assert [len(sample["boxes"]) for sample in samples] == [1, 1]
