"""grain: in its pipelines of maps and in its loader, by its own random numbers or by keys."""

from __future__ import annotations

import numpy as np
import pytest

import augment

grain = pytest.importorskip("grain", reason="needs grain: pip install 'augment-spec[clients]'")
import grain.python as pygrain


@pytest.fixture
def samples(pictures):
    return [
        {"image": p.image, "mask": p.mask, "boxes": np.array([p.box], np.float32), "labels": np.array([p.label])}
        for p in pictures
    ]


def check(out, block):
    assert block(out["image"]) == block(out["mask"]) == out["boxes"][0].tolist()
    return tuple(block(out["image"]))


@pytest.mark.parametrize("backend", ["reference", "torchvision"])
def test_a_map_by_index_is_keyed(samples, spec, block, backend):
    transform = augment.compile(spec(), backend)
    data = pygrain.MapDataset.source(samples).map_with_index(lambda i, sample: transform.at(int(i))(sample)).repeat(2)
    for i, sample in enumerate(samples):
        out, want = data[i], augment.apply(spec(), sample, index=i)
        check(out, block)
        for name in want:
            np.testing.assert_array_equal(out[name], want[name])


def test_a_random_map_draws_from_its_generator(samples, spec, block):
    transform = augment.compile(spec(), "reference")

    def through(sample, rng):
        return transform.at(int(rng.integers(2**63)))(sample)

    data = pygrain.MapDataset.source(samples).seed(3).random_map(through).repeat(3)
    first, again = [[check(out, block) for out in data] for _ in range(2)]
    assert first == again and len(set(first)) > 8
    batches = list(data.batch(4).to_iter_dataset())
    assert len(batches) == 6 and batches[0]["image"].shape == (4, 56, 56, 3)


def test_a_keyed_data_set_is_a_source(samples, spec, block):
    transform = augment.compile(spec(), "reference")
    want = [transform.at(i)(sample) for i, sample in enumerate(samples)]
    plain = pygrain.MapDataset.source(transform.over(samples))
    shuffled = pygrain.MapDataset.source(transform.over(samples)).shuffle(seed=1).map(lambda sample: sample)
    for data in (plain, shuffled):
        assert sorted(check(out, block) for out in data) == sorted(tuple(block(out["image"])) for out in want)
    sampler = pygrain.IndexSampler(8, pygrain.NoSharding(), shuffle=False, num_epochs=1)
    loader = pygrain.DataLoader(data_source=transform.over(samples), sampler=sampler, worker_count=0)
    for out, one in zip(loader, want, strict=True):
        np.testing.assert_array_equal(out["image"], one["image"])


def test_in_an_operation_of_its_loader(samples, spec, block):
    transform = augment.compile(spec(), "reference")

    class Augmented(pygrain.RandomMapTransform):
        def random_map(self, sample, rng):
            return transform.at(int(rng.integers(2**63)))(sample)

    sampler = pygrain.IndexSampler(8, pygrain.NoSharding(), shuffle=True, num_epochs=2, seed=4)
    runs = [
        list(pygrain.DataLoader(data_source=samples, sampler=sampler, operations=[Augmented()], worker_count=0)) for _ in range(2)
    ]
    for one, two in zip(*runs, strict=True):
        check(one, block)
        np.testing.assert_array_equal(one["image"], two["image"])
    assert len({check(out, block) for out in runs[0]}) > 8
