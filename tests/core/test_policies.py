"""A policy is a tree, drawn as if it had been written out; a shuffled sequence draws its order."""

import itertools
from collections import Counter

import numpy as np
import pytest
from skimage import data

import augment
from augment import ops
from augment.ops.kinds import Expansion, Policy
from augment.program.lower import lower

PHOTO = data.astronaut()[::8, ::8]
PARTS = [ops.Brightness(factor=(0.4, 0.6)), ops.Gamma(gamma=(2, 3)), ops.Solarize(threshold=0.4)]


class Develop(Policy):
    """A nested tree with ``p``, weights, stages and a choice inside a choice."""

    def expand(self):
        choice = ops.OneOf(
            [
                ops.Sequence([ops.HorizontalFlip(p=0.5), ops.Brightness(factor=(0.5, 1.5))], weight=3),
                ops.SomeOf([ops.Gamma(gamma=(0.5, 2)), ops.Invert(), ops.Posterize(bits=(3, 6))], n=(0, 2)),
            ],
            p=0.75,
        )
        resize = ops.Resize(size=32, stage="always")
        contrast = ops.Contrast(factor=0.5, stage="train")
        return Expansion("choice", choice), Expansion("resize", resize), Expansion("contrast", contrast)


def written_out():
    return [part.node for part in Develop().expand()]


def gates(program):
    return [(leaf.op.name(), [(c.field, c.table, c.element) for c in leaf.gate]) for leaf in program.leaves]


@pytest.mark.parametrize("stage", ["train", "eval"])
def test_a_policy_is_what_it_would_be_if_it_were_written_out(stage):
    policy, plain = (lower(augment.Pipeline(nodes), stage=stage) for nodes in ([Develop()], written_out()))
    assert gates(policy) == gates(plain)
    assert {leaf.path for leaf in policy.leaves} == {"pipeline[0].develop"}
    assert len({leaf.key for leaf in policy.leaves}) == len({leaf.key for leaf in plain.leaves})


@pytest.mark.parametrize("p", [None, 0.0, 0.4])
def test_a_policy_keeps_its_own_p(p):
    program = lower(augment.Pipeline([Develop(p=p)]))
    applied = [any(leaf.active(program.values(i)) for leaf in program.leaves if leaf.op.name() == "resize") for i in range(400)]
    assert np.mean(applied) == pytest.approx(1 if p is None else p, abs=0.08)


def test_weights_and_probabilities_of_parts_count():
    program, counts = lower(augment.Pipeline([Develop()])), Counter()
    for i in range(2000):
        values = program.values(i)
        counts.update({leaf.op.name() for leaf in program.leaves if leaf.active(values)})
    share = {name: n / 2000 for name, n in counts.items()}
    assert share["resize"] == share["contrast"] == 1
    assert share["brightness"] == pytest.approx(0.75 * 0.75, abs=0.04)
    assert share["horizontal_flip"] == pytest.approx(0.75 * 0.75 * 0.5, abs=0.04)
    assert share["invert"] == pytest.approx(0.75 * 0.25 / 3, abs=0.02)  # of three, 0, 1 or 2


def test_a_policy_inside_a_choice_and_twice_in_a_row():
    nodes = [ops.OneOf([Develop(), ops.Rotate(degrees=5)]), Develop(), ops.Repeat([Develop()], times=2)]
    program = lower(augment.Pipeline(nodes))
    assert len({leaf.key for leaf in program.leaves}) == 4 * 7 + 1
    drawn = augment.record(augment.Pipeline(nodes), index=0)["values"]
    assert all(leaf.key in drawn for leaf in program.leaves if leaf.op.draws())


def order_of(program, index):
    values = program.values(index)
    return tuple(leaf.op.name() for leaf in program.leaves if leaf.active(values))


def test_a_shuffled_sequence_draws_every_order_alike():
    program = lower(augment.Pipeline([ops.Sequence(PARTS, shuffle=True)]))
    counts = Counter(order_of(program, i) for i in range(3000))
    assert set(counts) == set(itertools.permutations(("brightness", "gamma", "solarize")))
    assert max(abs(n - 500) for n in counts.values()) < 100


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
def test_a_shuffled_sequence_is_the_order_that_was_drawn(backend):
    spec = augment.Pipeline([ops.Sequence(PARTS, shuffle=True)])
    program, seen = lower(spec), set()
    for index in range(6):
        order, values = order_of(program, index), augment.record(spec, index=index)["values"]
        parts = {part.name(): part for part in PARTS}
        fixed = [parts[name].replace(**{f: values[name][f] for f in values[name]}) for name in order]
        want = augment.apply(augment.Pipeline(fixed), {"image": PHOTO})["image"]
        got = augment.apply(spec, {"image": PHOTO}, index=index, backend=backend)["image"]
        assert np.abs(got.astype(int) - want).max() <= 1
        seen.add(order)
    assert len(seen) > 2


def test_shuffled_batches_are_those_of_samples():
    import torch

    spec = augment.Pipeline([ops.Sequence(PARTS, shuffle=True, p=0.7)])
    want = np.stack([augment.apply(spec, {"image": PHOTO}, index=i)["image"] for i in range(8)])
    batch = np.stack([PHOTO] * 8)
    torched = augment.compile(spec, "torchvision").at(range(8))({"image": torch.from_numpy(batch).permute(0, 3, 1, 2)})["image"]
    assert np.abs(torched.permute(0, 2, 3, 1).numpy().astype(int) - want).max() <= 1
    for jit in (False, True):
        layer = augment.compile(spec, "keras", jit_compile=jit)
        got = np.asarray(layer({"images": batch, "index": np.arange(8)}, training=True)["images"])
        assert np.abs(got.astype(int) - want).max() <= 1


def test_a_shuffled_sequence_of_geometry_and_its_file():
    spec = augment.loads("pipeline: [sequence: {shuffle: true, ops: [rotate: 30, horizontal_flip: {p: 1}, translate: {x: 0.2}]}]")
    assert augment.loads(augment.dumps(spec)) == spec
    boxes = [[5, 6, 20, 24]]
    for index in range(4):
        sample = {"image": PHOTO, "boxes": boxes}
        outs = [augment.apply(spec, sample, index=index, backend=backend) for backend in ("reference", "torchvision")]
        np.testing.assert_allclose(outs[0]["boxes"], outs[1]["boxes"], atol=0.01)
        assert len(lower(spec).steps) == 1  # one map, whatever the order
