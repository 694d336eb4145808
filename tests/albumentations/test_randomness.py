"""Keyed draws are the same everywhere; unkeyed ones differ between calls, workers and epochs, and can be seeded."""

import albumentations as A
import numpy as np
import pytest
import torch
from augment_albumentations.randomness import Source
from torch.utils.data import DataLoader, Dataset

import augment
from augment.errors import SpecError
from augment.random import sample_key

SHIFT = augment.loads("pipeline: [brightness: {add: [0.0, 1.0]}]")
"""One number for each draw: what becomes of a black pixel."""
BLACK = np.zeros((1, 1, 3), np.float32)


def drawn(out):
    return float(out["image"][0, 0, 0])


class Blacks(Dataset):
    def __len__(self):
        return 12

    def __getitem__(self, index):
        return {"image": BLACK, "index": index}


class Unkeyed(Blacks):
    def __init__(self, *transforms):
        self.transforms = transforms

    def __getitem__(self, index):
        return [drawn(t(image=BLACK)) for t in self.transforms]


def first(batch):
    return batch[0]


def compiled(spec=SHIFT, **options):
    return augment.compile(spec, "albumentations", **options)


# Keyed ---------------------------------------------------------------------------------------------------------------


def test_keys_decide(photo):
    spec = augment.loads("seed: 2\npipeline: [rotate: ±30, color_jitter: {brightness: 1±0.3, hue: ±20}]")
    a, b = compiled(spec), compiled(spec)
    a(image=photo)
    np.testing.assert_array_equal(a.at(5, 2)(image=photo)["image"], b.at(5, 2)(image=photo)["image"])
    different = [a.at(5, 2), a.at(6, 2), a.at(5, 3), compiled(spec, seed=3).at(5, 2)]
    assert len({t(image=photo)["image"].tobytes() for t in different}) == 4


@pytest.mark.parametrize("workers", [0, 2, 4])
@pytest.mark.parametrize("persistent", [False, True])
def test_over_is_the_same_for_any_number_of_workers(workers, persistent):
    if persistent and not workers:
        workers = 1
    t = compiled()
    data = t.over(Blacks())
    context = "fork" if workers else None
    loader = DataLoader(data, None, num_workers=workers, persistent_workers=persistent, multiprocessing_context=context)
    for epoch in range(2):
        data.set_epoch(epoch)
        found = [drawn(item) for item in loader]
        assert found == [drawn(t.at(i, epoch)(image=BLACK)) for i in range(12)]


def test_over_takes_pairs_and_detection_pairs(photo):
    spec = augment.loads("pipeline: [horizontal_flip: {p: 1}]")
    image, label = compiled(spec).over([(photo, 7)])[0]
    np.testing.assert_array_equal(image, photo[:, ::-1])
    assert label == 7
    image, target = compiled(spec).over([(photo, {"boxes": [[10, 20, 50, 60]], "labels": [1], "image_id": 4})])[0]
    assert target == {"boxes": [[100, 20, 140, 60]], "labels": [1], "image_id": 4}


def test_eval_is_the_inference_form(photo):
    spec = augment.loads("pipeline: [horizontal_flip: {p: 1}, random_crop: 64, mixup: 0.2, normalize: imagenet]")
    out = compiled(spec, stage="eval")(image=photo)["image"]
    expected = A.Compose([A.CenterCrop(64, 64), A.Normalize()])(image=photo)["image"]
    np.testing.assert_allclose(out, expected, atol=1e-5)


# Unkeyed -------------------------------------------------------------------------------------------------------------


def test_calls_differ():
    t = compiled()
    assert len({drawn(t(image=BLACK)) for _ in range(20)}) == 20
    assert drawn(compiled()(image=BLACK)) != drawn(compiled()(image=BLACK))


def test_seeds_of_albumentations_count():
    def five(t):
        return [drawn(t(image=BLACK)) for _ in range(5)]

    a, b = compiled(), compiled()
    a.set_random_seed(3)
    b.set_random_seed(3)
    assert (one := five(a)) == five(b)
    assert five(A.Compose([compiled()], seed=3)) == one
    assert five(A.Compose([compiled()], seed=4)) != one
    a.set_random_state(np.random.default_rng(8), None)
    b.set_random_state(np.random.default_rng(8), None)
    assert five(a) == five(b)


@pytest.mark.parametrize("bits", [np.random.PCG64, np.random.PCG64DXSM, np.random.MT19937, np.random.Philox])
def test_an_index_is_what_any_generator_draws_as_63_bits(bits):
    own, other = Source(), np.random.Generator(bits(5))
    own.use(np.random.Generator(bits(5)), seeded=True)
    assert own.coming(3) == [(0, int(i)) for i in np.random.Generator(bits(5)).integers(2**63, size=3)]
    for _ in range(50):
        assert own.index() == other.integers(2**63)
        assert own.generator.random() == other.random()


@pytest.mark.parametrize("seed", [None, 137])
@pytest.mark.parametrize("nested", [False, True])
def test_workers_and_epochs_never_repeat(seed, nested):
    t = A.Compose([compiled()], seed=seed) if nested else compiled()
    t.set_random_seed(seed)
    data = Unkeyed(t, compiled())
    for persistent in (False, True):
        loader = DataLoader(data, batch_size=None, num_workers=4, persistent_workers=persistent, multiprocessing_context="fork")
        values = [value for _ in range(2) for item in loader for value in item]
        assert len(values) == len(set(values)) == 48


@pytest.mark.parametrize("seed", [None, 137])
def test_the_seed_of_torch_decides_in_workers(seed):
    t = compiled()
    t.set_random_seed(seed)
    data = Unkeyed(t, compiled())

    def run(torch_seed):
        torch.manual_seed(torch_seed)
        return [v for _ in range(2) for item in DataLoader(data, batch_size=None, num_workers=2) for v in item]

    assert run(5) == run(5)
    assert run(5) != run(6)


def test_spawned_workers_differ():
    loader = DataLoader(Unkeyed(compiled()), batch_size=None, num_workers=2, multiprocessing_context="spawn")
    values = [item[0] for item in loader]
    assert len(set(values)) == 12


def test_forked_processes_without_torch_differ():
    import multiprocessing

    for seed in (None, 3):
        t = compiled()
        t.set_random_seed(seed)
        with multiprocessing.get_context("fork").Pool(3) as pool:
            found = pool.map(_call, [t] * 12, chunksize=4)
        assert len({value for _, value in found} | {drawn(t(image=BLACK))}) >= len({pid for pid, _ in found}) + 1


def _call(t):
    import os

    return os.getpid(), drawn(t(image=BLACK))


def test_p_is_for_unkeyed_calls():
    t = compiled(augment.loads("pipeline: [brightness: {add: 1.0}]"), p=0.5)
    t.set_random_seed(1)
    applied = sum(drawn(t(image=BLACK)) for _ in range(400))
    assert 160 < applied < 240
    for keyed in (lambda: t.at(0), lambda: t.over([]), lambda: t.collate([])):
        with pytest.raises(SpecError, match="in the spec"):
            keyed()


def test_unkeyed_draws_are_those_of_the_generator_also_if_somebody_else_moves_it():
    t = compiled()
    t.set_random_seed(9)
    same = np.random.default_rng(9)

    def expected():
        return t.program.plan.draw(sample_key(0, 0, int(same.integers(2**63))))["brightness"]["add"]

    for _ in range(3):
        assert drawn(t(image=BLACK)) == pytest.approx(expected(), abs=1e-6)
    t.random_generator.random(), same.random()
    assert drawn(t(image=BLACK)) == pytest.approx(expected(), abs=1e-6)
    t.random_generator.bit_generator.state = same.bit_generator.state = np.random.default_rng(4).bit_generator.state
    assert [drawn(t(image=BLACK)) for _ in range(40)] == pytest.approx([expected() for _ in range(40)], abs=1e-6)
