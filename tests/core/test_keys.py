"""Names as keys: hashed to an index, the same everywhere; those that cannot tell samples apart are told."""

import hashlib

import numpy as np
import pytest

import augment
from augment.errors import SampleError

SPEC = {"seed": 3, "pipeline": [{"rotate": "±20"}, {"horizontal_flip": {"p": 0.5}}]}
IMAGE = np.random.default_rng(0).integers(0, 255, (20, 24, 3), np.uint8)
NAME = "train/0001.jpg"


def test_a_name_is_the_first_63_bits_of_its_hash():
    for name in (NAME, "", "ä猫🐈", "x" * 5000):
        want = int.from_bytes(hashlib.blake2b(name.encode(), digest_size=8).digest(), "big") // 2
        assert augment.index_of(name) == want < 2**63
    assert augment.index_of(NAME) == 444202020870939097  # frozen: what is drawn for a name stays


def test_many_names_have_many_indices():
    names = [f"{i}.png" for i in range(50_000)]
    indices = augment.index_of(names)
    assert indices.dtype == np.int64 and indices.min() >= 0 and len(set(indices.tolist())) == len(names)
    assert indices[7] == augment.index_of("7.png")
    # spread evenly: a sixteenth of them in each sixteenth
    counts = np.bincount(indices >> 59, minlength=16)
    assert abs(counts - len(names) / 16).max() < 5 * (len(names) / 16) ** 0.5


def test_names_that_are_alike_are_told(monkeypatch):
    with pytest.raises(SampleError, match=r"'b' stands twice"):
        augment.index_of(["a", "b", "c", "b"])
    with pytest.raises(SampleError, match="are texts, not 3"):
        augment.index_of(["a", 3])
    import augment.random as random

    real = random.index_of
    monkeypatch.setattr(random, "index_of", lambda key: 5 if key in ("a", "c") else real(key))
    with pytest.raises(SampleError, match=r"'a' and 'c' have the same hash: rename one"):
        real(["a", "b", "c"])


@pytest.mark.parametrize("backend", ["reference", "torchvision", "albumentations", "keras"])
def test_a_name_draws_what_its_index_draws(backend):
    transform = augment.compile(SPEC, backend)
    call = {"albumentations": lambda t: t(image=IMAGE)["image"]}.get(backend, lambda t: np.asarray(t(IMAGE)))
    if backend == "reference":
        call = lambda t: t({"image": IMAGE})["image"]  # noqa: E731
    if backend == "keras":
        call = lambda t: np.asarray(t(IMAGE.astype(np.float32)))  # noqa: E731
    for epoch in (0, 5):
        by_name, by_index = (transform.at(epoch=epoch, **key) for key in ({"key": NAME}, {"index": augment.index_of(NAME)}))
        np.testing.assert_array_equal(call(by_name), call(by_index))
    for wrong in ({}, {"index": 1, "key": "a"}, {"key": 3}, {"key": b"a"}, {"index": "a"}):
        with pytest.raises(SampleError):
            transform.at(**wrong)


def test_names_of_a_batch():
    import torch

    transform = augment.compile({"seed": 1, "pipeline": [{"rotate": "±20"}]}, "torchvision")
    batch = torch.from_numpy(np.stack([IMAGE.transpose(2, 0, 1)] * 3))
    names = ["a", "b", "c"]
    out = transform.at(key=names)(batch)
    assert torch.equal(out, transform.at(augment.index_of(names))(batch))
    assert not torch.equal(out[0], out[1])


def test_names_of_texts():
    edit = augment.compile({"seed": 1, "pipeline": [{"swap_words": 0.5}]}, "builtin")
    text = "one two three four five six"
    assert edit.at(key="a")(text) == edit.at(augment.index_of("a"))(text)
    assert edit.at(key=["a", "b"])([text, text]) == [edit.at(key="a")(text), edit.at(key="b")(text)]
