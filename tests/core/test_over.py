"""A dataset under a compiled spec: who reads it again without an epoch is told; it knows what the dataset knows; it stays on."""

from __future__ import annotations

import copy
import pickle
import subprocess
import sys
import warnings
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch
import torchvision  # noqa: F401  # before TensorFlow, which Keras may import

import augment

PICTURES = {"pipeline": [{"brightness": {"factor": "1±0.5"}}]}
WORDS = {"pipeline": [{"typo_characters": 0.3}]}
BACKENDS = ["reference", "albumentations", "torchvision", "keras", "builtin", "nlpaug"]
COUNT = 8


class Known:
    """A dataset that knows more than its entries, in the ways of those that there are."""

    classes = ("cat", "dog")

    def __init__(self, entries: list[Any]):
        self.entries, self.transform = entries, None
        self.targets, self.coco = list(range(len(entries))), SimpleNamespace(anns={1: "a"})

    def __len__(self) -> int:
        return len(self.entries)

    def __getitem__(self, index: int) -> Any:
        return self.entries[index]

    @property
    def class_to_idx(self) -> dict[str, int]:
        return {name: i for i, name in enumerate(self.classes)}

    @staticmethod
    def collate_fn(batch: list[Any]) -> list[Any]:
        return batch

    def select(self, rows: list[int]) -> list[Any]:
        return [self.entries[i] for i in rows]


def made(backend: str, spec: Any = None, stage: Any = "train", entries: Any = None) -> Any:
    words = backend in ("builtin", "nlpaug")
    if entries is None:
        image = np.full((3, 8, 8) if backend == "torchvision" else (8, 8, 3), 90, np.uint8)
        entries = Known(["the quick brown fox jumps"] * COUNT if words else [as_sample(backend, image)] * COUNT)
    return augment.compile(spec or (WORDS if words else PICTURES), backend, stage=stage).over(entries)


def as_sample(backend: str, image: np.ndarray) -> Any:
    return torch.from_numpy(image) if backend == "torchvision" else {"image": image}


# Epochs ----------------------------------------------------------------------------------------------------------------

READINGS = {
    "iterated": list,
    "indexed": lambda over: [over[i] for i in range(len(over))],
    "backwards": lambda over: [over[-1 - i] for i in range(len(over))],
    "batches": lambda over: [over.__getitems__([i, i + 1]) for i in range(0, len(over), 2)],
    "loader": lambda over: list(torch.utils.data.DataLoader(over, 2, shuffle=True, collate_fn=list)),
}


@pytest.mark.parametrize("backend", BACKENDS)
@pytest.mark.parametrize("reading", READINGS)
def test_a_second_reading_without_an_epoch_is_told_once(backend, reading):
    over = made(backend)
    read = READINGS[reading]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        over[0], over[0], over[1]  # a look beside is no reading
        read(over)
        for epoch in range(3):
            over.set_epoch(epoch)
            read(over)
    with pytest.warns(UserWarning, match=r"epoch 2, so some came again with the same draws: call over.set_epoch\(e\)") as told:
        read(over)
        read(over)
    assert len(told) == 1


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras", "builtin"])
def test_who_says_epochs_or_draws_nothing_is_not_told(backend):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        over = made(backend)
        for epoch in range(3):
            [over[epoch, i] for i in range(COUNT)]
        still = made(backend, stage="eval")
        for _ in range(3):
            list(still)


LOADERS = """
import sys
import torch, augment
if __name__ == "__main__":
    transform = augment.compile({"pipeline": [{"brightness": {"factor": "1±0.5"}}]}, "torchvision")
    for told, persistent in CASES:
        over = transform.over([torch.zeros(3, 8, 8)] * 8)
        options = {"num_workers": 2, "persistent_workers": persistent, "multiprocessing_context": "METHOD"}
        loader = torch.utils.data.DataLoader(over, 2, **options)
        for epoch in range(4):
            if told:
                over.set_epoch(epoch)
            list(loader)
        print("next", file=sys.stderr, flush=True)
"""
CASES = {"fork": [(told, persistent) for told in (False, True) for persistent in (False, True)], "spawn": [(False, True)]}


@pytest.mark.parametrize("method", CASES)
def test_workers_count_together(method, tmp_path):
    file = tmp_path / "program.py"
    file.write_text(LOADERS.replace("CASES", str(CASES[method])).replace("METHOD", method), encoding="utf-8")
    done = subprocess.run([sys.executable, file], capture_output=True, text=True, timeout=300, check=True)
    said = done.stderr.split("next")
    assert [part.count("came again with the same draws") for part in said[:-1]] == [not told for told, _ in CASES[method]], (
        done.stderr
    )


# Lightning -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("package", ["lightning.pytorch.callbacks", "pytorch_lightning.callbacks"])
def test_the_callback_is_one_of_lightnings_and_says_the_epoch(package, monkeypatch):
    callback = type("Callback", (), {})
    for part in (package.split(".")[0], package.rpartition(".")[0], package):
        monkeypatch.setitem(sys.modules, part, SimpleNamespace(Callback=callback, __path__=[]))
    over = made("torchvision")
    told = over.epochs
    assert isinstance(told, callback)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        for epoch in range(3):
            told.on_train_epoch_start(SimpleNamespace(current_epoch=epoch), None)
            assert over.epoch == epoch
            list(over)
    again = pickle.loads(pickle.dumps(told))
    assert isinstance(again, callback) and again.over.epoch == 2


def test_lightning_is_not_imported_with_the_plugin():
    program = "import augment, sys; augment.compile({'pipeline': []}, 'torchvision').over([])\n"
    program += "assert not any('lightning' in name for name in sys.modules)"
    subprocess.run([sys.executable, "-c", program], check=True, timeout=120)


# What the dataset knows --------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", BACKENDS)
def test_it_knows_what_the_dataset_knows(backend):
    over = made(backend)
    assert over.classes == ("cat", "dog") and over.targets == list(range(COUNT)) and over.coco.anns == {1: "a"}
    assert over.class_to_idx == {"cat": 0, "dog": 1} and over.collate_fn([1]) == [1]
    with pytest.raises(AttributeError, match=r"over\.dataset\.select"):
        over.select([0])
    for name in ("colour", "__array__", "_private", "iloc"):
        assert not hasattr(over, name)
    for twin in (copy.copy(over), copy.deepcopy(over), pickle.loads(pickle.dumps(over))):
        assert twin.classes == over.classes and len(twin) == len(over)
        assert str(twin[3]) == str(over[3])


@pytest.mark.parametrize("backend", ["albumentations", "torchvision"])
@pytest.mark.parametrize("entries", ["array", "list", "series"])
def test_plain_collections_know_nothing_that_bypasses_it(backend, entries):
    images = np.full((4, 8, 8, 3), 90, np.uint8)
    if backend == "torchvision":
        images = images.transpose(0, 3, 1, 2)
    data = {"array": images if backend != "torchvision" else torch.from_numpy(images.copy()), "list": list(images)}.get(entries)
    if entries == "series":
        pandas = pytest.importorskip("pandas")
        data = pandas.Series(["one two three"] * 4, index=[3, 2, 1, 0])
        over = augment.compile(WORDS, "builtin").over(data)
    else:
        over = augment.compile(PICTURES, backend).over(data)
    for name in ("shape", "iloc", "loc", "values", "append", "dtype", "tolist"):
        assert not hasattr(over, name)
    outer = augment.compile({"pipeline": []}).over(over)
    assert str(outer.dataset[1]) == str(over[1])


def test_copies_have_no_rows_of_the_dataset():
    over = augment.compile(WORDS, "builtin").over(Known(["one two three"] * 4), copies=3)
    assert over.classes == ("cat", "dog")
    with pytest.raises(AttributeError, match="3 copies"):
        over.targets  # noqa: B018


# What loaders do with datasets -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("backend", BACKENDS)
def test_a_transform_that_is_set_from_outside_does_not_switch_it_off(backend):
    """As `timm.data.create_loader` does."""
    over = made(backend)
    before = str(over[2])
    with pytest.warns(UserWarning, match=r"over\.transform stays the compiled spec, and the Other that was set is not run"):
        over.transform = type("Other", (), {})()
    assert str(over[2]) == before and hasattr(over.transform, "keyed")
    over.transform = over.transform


def test_it_is_a_dataset_of_torch():
    over, other = made("torchvision"), made("torchvision")
    assert isinstance(over, torch.utils.data.Dataset)
    both = over + other
    assert isinstance(both, torch.utils.data.ConcatDataset) and len(both) == 2 * COUNT
    assert torch.equal(both[COUNT + 3], other[3]) and torch.equal(both[3], over[3])
    third, _ = torch.utils.data.random_split(both, [5, 11], torch.Generator().manual_seed(0))
    assert torch.equal(third[0], both[third.indices[0]])
    batch = next(iter(torch.utils.data.DataLoader(both, batch_size=4)))
    assert torch.equal(batch[1], over[1])
    over.set_epoch(3)
    assert torch.equal(both[2], over[3, 2]) and not torch.equal(both[2], both[COUNT + 2])
