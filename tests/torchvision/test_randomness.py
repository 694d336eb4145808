"""Keys decide everything: not the batch, the workers, the order or the process."""

import copy
import pickle
import subprocess
import sys

import numpy as np
import pytest
import torch
from torch.utils.data import DataLoader, Dataset

import augment
from augment.errors import SampleError

SPEC = {"seed": 7, "pipeline": [
    {"random_resized_crop": {"size": 24, "area": [0.3, 1]}}, {"horizontal_flip": {"p": 0.5}},
    {"rotate": {"degrees": "±30", "p": 0.7}},
    {"one_of": [{"brightness": {"factor": [0.5, 1.5]}}, {"gaussian_blur": {"sigma": ["0.5px", "2px"]}}]},
    {"gaussian_noise": {"std": [0.01, 0.1]}}, {"normalize": "imagenet"},
]}  # fmt: skip


class Squares(Dataset):
    """Pictures and labels; ``transform`` is the unkeyed one."""

    def __init__(self, count=12, transform=None):
        self.count, self.transform = count, transform

    def __len__(self):
        return self.count

    def __getitem__(self, index):
        image = torch.randint(0, 256, (3, 32, 40), dtype=torch.uint8, generator=torch.Generator().manual_seed(index))
        return (self.transform(image) if self.transform else image), index


def load(dataset, workers, **options):
    images, labels = zip(*DataLoader(dataset, batch_size=4, num_workers=workers, **options), strict=True)
    return torch.cat(images), torch.cat(labels)


@pytest.fixture(scope="module")
def transform():
    return augment.compile(SPEC, "torchvision")


def test_samples_do_not_depend_on_their_batch(transform):
    images = torch.stack([Squares()[i % 12][0] for i in range(32)])
    whole = transform.at(0, epoch=3)(images)
    for size in (1, 7):
        parts = [transform.at(range(i, min(i + size, 32)), 3)(images[i : i + size]) for i in range(0, 32, size)]
        assert torch.equal(torch.cat(parts), whole)
    order = torch.randperm(32, generator=torch.Generator().manual_seed(0))
    assert torch.equal(transform.at(order, 3)(images[order]), whole[order])


def test_parameters_are_those_of_the_spec(transform):
    assert transform.record(index=9, epoch=2)["values"] == augment.record(SPEC, index=9, epoch=2)["values"]
    program = augment.compile(SPEC, "reference").program
    ours, theirs = transform.program.values(np.arange(8), 1), program.values(np.arange(8), 1)
    assert all(np.array_equal(ours[k][n], theirs[k][n]) for k in ours for n in ours[k])


def test_wrong_number_of_indices(transform):
    images = torch.zeros(3, 3, 32, 40, dtype=torch.uint8)
    with pytest.raises(SampleError, match="2 indices for a batch of 3"):
        transform.at([0, 1])(images)
    with pytest.raises(SampleError, match="3 indices for one sample"):
        transform.at([0, 1, 2])(images[0])


@pytest.fixture(scope="module")
def expected(transform):
    return load(transform.over(Squares()), 0)


@pytest.mark.filterwarnings("ignore:This DataLoader will create 4 worker processes")
@pytest.mark.parametrize("workers", [2, 4])
def test_keyed_workers(transform, expected, workers):
    images, labels = load(transform.over(Squares()), workers)
    assert torch.equal(images, expected[0])
    assert torch.equal(labels, expected[1])


def test_spawned_workers(transform, expected):
    images, _ = load(transform.over(Squares()), 1, multiprocessing_context="spawn")
    assert torch.equal(images, expected[0])


def test_over_is_at(transform, expected):
    over = transform.over(Squares())
    assert torch.equal(expected[0][5], transform.at(5)(*Squares()[5])[0])
    over.set_epoch(2)
    assert torch.equal(over[5][0], transform.at(5, epoch=2)(Squares()[5][0]))
    assert torch.equal(over[(0, 5)][0], expected[0][5])
    assert torch.equal(over[-1][0], over[11][0])
    assert len(list(over)) == len(over) == 12
    assert copy.deepcopy(over).epoch == 2


def test_persistent_workers_see_the_epoch(transform, expected):
    over = transform.over(Squares())
    loader = DataLoader(over, batch_size=4, num_workers=2, persistent_workers=True)
    first = torch.cat([x for x, _ in loader])
    over.set_epoch(1)
    second = torch.cat([x for x, _ in loader])
    assert torch.equal(first, expected[0])
    assert not torch.isclose(first, second).all(dim=(1, 2, 3)).any()
    assert torch.equal(second[3], transform.at(3, epoch=1)(Squares()[3][0]))


def test_unkeyed_draws_follow_torch(transform):
    image, images = Squares()[0][0], torch.stack([Squares()[0][0]] * 3)

    def draws():
        torch.manual_seed(5)
        return transform(image), transform(image), transform(images)

    one, other = draws(), draws()
    assert all(torch.equal(a, b) for a, b in zip(one, other, strict=True))
    assert not torch.equal(one[0], one[1])
    assert not torch.equal(one[2][0], one[2][1])


def test_unkeyed_workers_do_not_repeat_each_other(transform):
    class Same(Squares):
        def __getitem__(self, index):
            return self.transform(Squares()[0][0]), index

    def epochs():
        torch.manual_seed(1)
        return [load(Same(transform=transform), 2)[0] for _ in range(2)]

    first, second = epochs()
    everything = torch.cat([first, second]).flatten(1)
    assert len(torch.unique(everything, dim=0)) == 24
    assert all(torch.equal(a, b) for a, b in zip((first, second), epochs(), strict=True))


def test_pickles_and_copies(transform):
    image = Squares()[0][0]
    for copied in (pickle.loads(pickle.dumps(transform)), copy.deepcopy(transform)):
        assert torch.equal(copied.at(4)(image), transform.at(4)(image))
        assert copied.versions == transform.versions
        assert copied.training
    assert not pickle.loads(pickle.dumps(copy.deepcopy(transform).eval())).training
    bisecting = augment.compile(SPEC, "torchvision", fuse=False, seed=3, precision="float")
    copied = pickle.loads(pickle.dumps(bisecting))
    assert copied.program.steps == bisecting.program.steps
    assert copied.program.seed == 3
    assert copied.options == bisecting.options


def test_pickle_in_a_fresh_process(transform, tmp_path):
    path = tmp_path / "transform.pickle"
    path.write_bytes(pickle.dumps(transform))
    code = "import pickle, sys, torch; print(pickle.load(open(sys.argv[1], 'rb')).at(4)(torch.zeros(3, 32, 40)).sum().item())"
    out = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
    assert float(out.stdout) == transform.at(4)(torch.zeros(3, 32, 40)).sum().item()


def test_a_pickle_of_another_version_says_so(transform):
    rebuild, state = transform.__reduce__()
    with pytest.warns(UserWarning, match=r"saved by augment 0\.0\.1"):
        rebuild(*state[:-1], {**state[-1], "augment": "0.0.1"})


def test_it_opens_up(transform):
    assert len(transform.spec) == 6
    assert [node.name() for node in transform.spec][:2] == ["random_resized_crop", "horizontal_flip"]
    assert transform.spec[1].p == 0.5
    assert len(transform.spec[1:3]) == 2
    for op in ("random_resized_crop", "horizontal_flip", "gaussian_noise", "seed 7", "torch's global generator"):
        assert op in repr(transform)
    assert "resample" in transform.explain()
    assert transform.spec.seed == 7
