"""The blocks of docs/streams.md: the same sample gets the same draw, whatever carries it."""

from __future__ import annotations

import re
import warnings
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

import augment

PAGE = Path(__file__).parents[2] / "docs" / "streams.md"
COUNT = 24
SECTIONS = dict(re.findall(r"^## ([\w.]+).*?\n(.*?)(?=^## |\Z)", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL))
FIRST = re.search(r"^```py\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)


@pytest.fixture
def images() -> np.ndarray:
    """Pictures that tell their number by one pixel value each."""
    rng = np.random.default_rng(2)
    return rng.integers(0, 255, (COUNT, 32, 32, 3), np.uint8)


@pytest.fixture
def run():
    """Run the block of a section after the first of the page; returns all names."""
    assert FIRST

    def block(section: str, **scope):
        [code] = re.findall(r"^```py\n(.*?)^```", SECTIONS[section], re.MULTILINE | re.DOTALL)
        exec(compile(FIRST[1], str(PAGE), "exec"), scope)
        exec(compile(code, f"{PAGE}: {section}", "exec"), scope)
        return scope

    return block


@pytest.fixture
def wanted(run, images):
    """The images that keys give, in an epoch, by name or by place."""
    transform = augment.compile(_spec(), "torchvision")

    def of(epoch: int = 0, named: bool = False) -> list[bytes]:
        keys = [{"key": name(i)} if named else {"index": i} for i in range(COUNT)]
        return [transform.at(epoch=epoch, **key)(image).tobytes() for key, image in zip(keys, images, strict=True)]

    return of


def _spec():
    scope: dict = {}
    exec(FIRST[1], scope)
    return scope["spec"]


def name(i: int) -> str:
    return f"train/{i:04}"


def test_every_section_has_a_test():
    assert {f"test_{section.lower().replace('.', '_')}" for section in SECTIONS} <= set(globals())


def test_torch(run, images, wanted):
    for epoch in (0, 3):
        want = wanted(epoch)
        for replicas, workers in ((1, 0), (2, 0), (3, 2)):
            made = []
            for rank in range(replicas):
                scope = run("torch", samples=list(images), replicas=replicas, rank=rank, workers=workers, epoch=epoch)
                made += [np.asarray(image).tobytes() for image in scope["loader"]]
            assert sorted(made) == sorted(want)


def test_accelerate_hands_the_epoch_on(run, images, wanted):
    accelerate = pytest.importorskip("accelerate", reason="needs accelerate: pip install 'augment-spec[clients]'")
    scope = run("torch", samples=list(images), replicas=1, rank=0, workers=0, epoch=0)
    loader = accelerate.Accelerator(cpu=True).prepare(scope["DataLoader"](scope["dataset"], batch_size=None, shuffle=True))
    for epoch in (1, 4):
        loader.set_epoch(epoch)
        assert sorted(np.asarray(image).tobytes() for image in loader) == sorted(wanted(epoch))


def test_tf_data(run, images, wanted):
    for replicas, workers in ((1, 1), (3, 4)):
        made = []
        for rank in range(replicas):
            scope = run("tf.data", images=images, count=COUNT, replicas=replicas, rank=rank, workers=workers)
            made += [image.tobytes() for image in scope["stream"].as_numpy_iterator()]
        assert sorted(made) == sorted(wanted(0) + wanted(1))


def test_hugging(run, images, wanted):
    from datasets import Dataset

    data = Dataset.from_dict({"id": [name(i) for i in range(COUNT)], "image": [Image.fromarray(image) for image in images]})
    stream = run("Hugging", dataset=data, epoch=2)["stream"]
    first = [np.asarray(one["image"]).tobytes() for one in stream]
    assert sorted(first) == sorted(wanted(2, named=True))
    state = None
    head = []
    for i, one in enumerate(stream):
        head.append(np.asarray(one["image"]).tobytes())
        if i == 9:
            state = stream.state_dict()
            break
    again = run("Hugging", dataset=data, epoch=2)["stream"]
    again.load_state_dict(state)
    rest = [np.asarray(one["image"]).tobytes() for one in again]
    assert set(head) | set(rest) <= set(wanted(2, named=True))  # the shuffle buffer is lost, as their pages say
    split = [np.asarray(one["image"]).tobytes() for i in range(2) for one in stream.shard(2, i)]
    assert sorted(split) == sorted(first)


@pytest.fixture
def urls(tmp_path, images):
    wds = pytest.importorskip("webdataset", reason="needs webdataset: pip install 'augment-spec[clients]'")
    made = []
    for shard in range(4):
        made.append(str(tmp_path / f"shard-{shard:06}.tar"))
        with wds.TarWriter(made[-1]) as sink:
            for i in range(shard, COUNT, 4):
                sink.write({"__key__": name(i), "png": images[i]})
    return made


def test_webdataset(run, urls, wanted):
    from torch.utils.data import DataLoader

    for workers in (0, 2):
        stream = run("WebDataset", urls=urls, epoch=1)["stream"]
        made = [np.asarray(sample["png"]).tobytes() for sample in DataLoader(stream, batch_size=None, num_workers=workers)]
        assert sorted(made) == sorted(wanted(1, named=True))


def test_grain(run, images):
    pytest.importorskip("grain", reason="needs grain: pip install 'augment-spec[clients]'")

    def made(replicas):
        parts = [run("Grain", images=list(images), replicas=replicas, rank=rank)["stream"] for rank in range(replicas)]
        return sorted(part[i].tobytes() for part in parts for i in range(len(part)))

    assert made(1) == made(1) == made(3)
    assert len(set(made(1))) == 2 * COUNT


def test_ray(run, images, wanted):
    ray = pytest.importorskip("ray", reason="needs ray: pip install 'augment-spec[ray]'")
    pytest.importorskip("ray.data")
    rows = [{"id": name(i), "image": image} for i, image in enumerate(images)]
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, ignore_reinit_error=True)
    try:
        for batch_size in (3, 24):
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of Ray's own, in its settings
                stream = run("Ray", rows=rows, epoch=1, batch_size=batch_size)["stream"]
                made = [np.asarray(row["image"]).tobytes() for row in stream.take_all()]
            assert sorted(made) == sorted(wanted(1, named=True))
    finally:
        ray.shutdown()


def test_litdata(run, images, wanted, tmp_path):
    litdata = pytest.importorskip("litdata", reason="needs litdata: pip install 'augment-spec[clients]'")
    writer = litdata.streaming.writer.BinaryWriter(str(tmp_path), chunk_size=7)
    for i, image in enumerate(images):
        writer[i] = {"index": i, "image": image}
    writer.done()
    writer.merge()
    data = run("LitData")["Augmented"](str(tmp_path), shuffle=True)
    for workers in (0, 2):
        loader = litdata.StreamingDataLoader(data, batch_size=1, num_workers=workers)
        for epoch in (1, 2):  # as LitData counts them
            made = [np.asarray(sample["image"][0]).tobytes() for sample in loader]
            assert sorted(made) == sorted(wanted(epoch))
