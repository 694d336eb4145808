"""A spec is timed beside the libraries' own pipelines: who takes part, what is told, what is written. No speed is asserted."""

import json
import xml.etree.ElementTree as ElementTree
from dataclasses import replace

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image

from augment.benching import REGIMES, Bench, Row, bench, turns
from augment.benching.calls import call_of
from augment.benching.pictures import found
from augment.benching.regimes import Job
from augment.cli import main
from augment.errors import BackendMissingError, FileError, SpecError

SPEC = {"pipeline": [{"horizontal_flip": {"p": 0.5}}, {"rotate": {"degrees": [-15, 15]}}]}


@pytest.fixture
def pictures(tmp_path):
    folder = tmp_path / "pictures"
    folder.mkdir()
    for i, side in enumerate((12, 9, 16)):
        Image.fromarray(np.full((side, 14, 3), 40 * i, np.uint8)).save(folder / f"{i}.png")
    return folder


def job(pictures, **changes):
    text = json.dumps({"version": 1, **SPEC})
    return replace(Job(text, "albumentations", "spec", "sample", found([pictures], 8), workers=0, batch=4), **changes)


@pytest.mark.parametrize("backend, side, regime, made", [
    ("albumentations", "spec", "sample", 3), ("albumentations", "native", "sample", 3), ("torchvision", "spec", "sample", 3),
    ("torchvision", "native", "sample", 3), ("opencv", "spec", "sample", 3), ("reference", "spec", "sample", 3),
    ("albumentations", "native", "loader", 16), ("torchvision", "spec", "loader", 16), ("torchvision", "spec", "batch", 4),
    ("torchvision", "native", "batch", 4), ("keras", "spec", "batch", 4),
])  # fmt: skip
def test_each_side_runs(pictures, backend, side, regime, made):
    pytest.importorskip({"opencv": "cv2", "reference": "numpy"}.get(backend, backend))
    call, count = call_of(job(pictures, backend=backend, regime=regime, side=side))
    call()
    assert count == made


def test_numpy_has_one_thread_too(pictures, monkeypatch):
    """Its products spin on as many as there are, and the clock of a process counts them all."""
    given = {}

    def started(command, env, **_):
        given.update(env)
        raise OSError("not started")

    monkeypatch.setattr(turns.subprocess, "Popen", started)
    with pytest.raises(OSError, match="not started"):
        turns.Process(job(pictures)).__enter__()
    assert given["OPENBLAS_NUM_THREADS"] == given["OMP_NUM_THREADS"] == given["MKL_NUM_THREADS"] == "1"
    assert given["PATH"]


def test_on_the_command_line(pictures, tmp_path):
    pytest.importorskip("cv2")
    spec, out = tmp_path / "spec.yaml", tmp_path / "made" / "times.md"
    out.parent.mkdir()
    spec.write_text(json.dumps({"version": 1, **SPEC}))
    quick = "--backend opencv --regime sample --regime loader --turns 1 --seconds 0 --out".split()
    done = CliRunner().invoke(main, ["bench", str(spec), str(pictures), *quick, str(out)])
    assert done.exit_code == 0, done.output
    assert "opencv has no pipelines of its own" in done.stderr and str(out) in done.stdout
    assert "| opencv |" in out.read_text() and "DataLoader" not in out.read_text()
    ElementTree.fromstring(out.with_suffix(".svg").read_text())


def rows():
    sample, loader, _ = REGIMES
    return (
        Row(sample, "albumentations", (0.002, 0.003, 0.002), (0.001, 0.0015, 0.001), 0.1, ("a & b",)),
        Row(sample, "torchvision", (0.002,), (0.008,), 0.1), Row(loader, "torchvision", (), (0.001,), None, ("the spec: no",)),
    )  # fmt: skip


def test_what_is_slower_is_told():
    made = Bench(rows(), 3, 1, 0, 4)
    assert made.rows[0].ratio == 0.5 and made.rows[1].ratio == 4 and made.rows[2].ratio is None
    assert made.summary() == "albumentations (sample): its own classes take 0.50 of the time of the spec"
    assert made.data()["slower"] == [["sample", "albumentations"]]
    assert Bench(rows()[1:], 3, 1, 0, 4).summary().startswith("nowhere")


def test_regimes_have_tables_of_their_own():
    text = Bench(rows(), 3, 1, 0, 4).markdown()
    first, second = text.index(REGIMES[0].title), text.index(REGIMES[1].title)
    assert first < text.index("| torchvision | 2 | 8 | 4.00 |") < second < text.index("the spec: no")
    drawn = ElementTree.fromstring(Bench(rows(), 3, 1, 0, 4).svg())
    assert sum(part.tag.endswith("rect") for part in drawn) == 1 + 2 * 3


def test_a_side_that_fails_is_told(pictures):
    pytest.importorskip("cv2")
    mixes = {"pipeline": [{"mixup": {"alpha": 0.2}}]}
    made = bench(mixes, [pictures], chosen=["opencv"], regimes=["sample"], turns=1, seconds=0)
    assert made.rows[0].spec == () and any("joins two samples" in note for note in made.rows[0].notes)


def test_what_it_refuses(pictures, tmp_path):
    with pytest.raises(SpecError, match="no op on images"):
        bench({"pipeline": [{"swap_words": {"rate": 0.1}}]})
    with pytest.raises(BackendMissingError, match="pytorch"):
        bench(SPEC, chosen=["pytorch"])
    with pytest.raises(SpecError, match="no way to call builtin"):
        bench(SPEC, chosen=["builtin"])
    (tmp_path / "empty").mkdir()
    for name, why in (("empty", "holds none"), ("none.png", "does not exist"), ("a.txt", "is no picture")):
        with pytest.raises(FileError, match=why):
            bench(SPEC, [tmp_path / name], chosen=["reference"])


def test_pictures_are_taken_evenly(pictures):
    assert [name[-5:] for name in found([pictures], 2)] == ["0.png", "1.png"]
    assert len(found([pictures, pictures / "0.png"], 9)) == 4
