"""What a spec expands to is bounded, and told with its place before anything is built of it: in time, and in memory."""

from __future__ import annotations

import time
import tracemalloc

import numpy as np
import pytest

import augment
from augment import ops
from augment.errors import SpecError
from augment.language import as_pipeline, loads
from augment.program.lower import lower
from augment.spec.check import MOST_OPS, count_ops


def nested(depth, inside="rotate: 5", head="repeat: {times: 64, ops: ["):
    return f"pipeline: [{head * depth}{inside}{']}' * depth}]"


TOO_MUCH = {
    "some_of_millions": ("pipeline: [some_of: {n: 3000000, replacement: true, ops: [rotate: 5]}]", "pipeline[0].some_of.n"),
    "some_of_thousands": ("pipeline: [some_of: {n: 5000, replacement: true, ops: [rotate: 5]}]", "pipeline[0].some_of.n"),
    "some_of_up_to": ("pipeline: [some_of: {n: [0, 3000000], replacement: true, ops: [rotate: 5]}]", "pipeline[0].some_of.n"),
    "three_repeats": (nested(3), "pipeline[0].repeat.times: becomes"),
    "eight_repeats": (nested(8), "at most 4,096"),
    "eight_that_do_nothing": (nested(8, "rotate: {degrees: 5, stage: train}"), "at most 4,096"),
    "eight_never": (nested(8, "rotate: {degrees: 5, p: 0}"), "at most 4,096"),
    "some_of_in_repeat": (nested(2, "some_of: {n: 2, replacement: true, ops: [invert, identity]}"), "[0].repeat.times: becomes"),
    "side_by_side": (f"pipeline: [{', '.join([nested(2)[11:-1]] * 3)}]", "pipeline: becomes"),
    "motion_blur": ("pipeline: [motion_blur: {length: 100000px}]", "pipeline[0].motion_blur.length: 100000px is out of bounds"),
    "gaussian_blur": ("pipeline: [gaussian_blur: {sigma: 30000px}]", "pipeline[0].gaussian_blur.sigma"),
    "canvas": ("pipeline: [resize: 32767]", "pipeline[0].resize.size"),
    "padded": ("pipeline: [pad: [32767, 20000]]", "pipeline[0].pad.size"),
    "classes": ("targets: {image: image, labels: {kind: labels, classes: 5000000000}}\npipeline: []", "targets.labels.classes"),
    "lattices": ("pipeline: [repeat: {times: 64, ops: [elastic: {alpha: 0.01, sigma: 0.001}]}]", "elastic.lattice"),
}  # fmt: skip


@pytest.mark.parametrize("name", TOO_MUCH)
def test_too_much_is_told_before_it_is_built(name):
    text, expected = TOO_MUCH[name]
    tracemalloc.start()
    start = time.process_time()
    try:
        with pytest.raises(SpecError) as caught:
            lower(loads(text), stage="train")
        took, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert expected in str(caught.value) and len(str(caught.value)) < 2000
    assert took < 5 and peak < 2**27


@pytest.mark.parametrize("stage", ["train", "eval"])
@pytest.mark.parametrize(
    "text",
    [
        nested(2, head="repeat: {times: 32, ops: ["),
        nested(8, head="repeat: {times: 2, ops: ["),
        nested(8, head="repeat: {times: [0, 2], ops: ["),
        "pipeline: [some_of: {n: 256, replacement: true, ops: [rotate: 5, shear: {x: 3}]}]",
        "pipeline: [one_of: [" + ", ".join(["rotate: 5"] * 400) + "]]",
        "pipeline: [some_of: {n: [1, 256], ops: [" + ", ".join(["rotate: 5"] * 400) + "]}]",
        "pipeline: [elastic: {alpha: 0.01, sigma: 0.03}, coarse_dropout: {holes: 256, height: 0.1, width: 0.1}]",
        "pipeline: [gaussian_blur: {sigma: 1024px}, motion_blur: {length: 1024px}]",
    ],
    ids=lambda text: text[:60],
)  # fmt: skip
def test_what_is_allowed_runs_in_bounded_time_and_memory(text, stage):
    tracemalloc.start()
    start = time.process_time()
    try:
        pipeline = loads(text)
        out = augment.apply(pipeline, {"image": np.zeros((40, 50, 3), np.uint8)}, backend="albumentations", index=1, stage=stage)
        took, peak = time.process_time() - start, tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert out["image"].shape[2] == 3
    assert took < 30 and peak < 2**29


def test_python_and_mappings_are_bound_too():
    inner = ops.Repeat([ops.Repeat([ops.Rotate(5)] * 2, times=64)], times=64)
    with pytest.raises(SpecError, match=r"pipeline\[0\].repeat.times: .* 8,192 ops .* at most 4,096"):
        as_pipeline(augment.Pipeline([inner]))
    with pytest.raises(SpecError, match=r"8,192"):
        augment.compile({"pipeline": [inner]})


@pytest.mark.parametrize(
    "text",
    [
        nested(2),
        "pipeline: [some_of: {n: [0, 7], replacement: true, ops: [rotate: 5, sequence: [shear: {x: 5}, rotate: 9]]}, rotate: 3]",
        "pipeline: [one_of: [rotate: 5, some_of: {n: 2, ops: [invert, solarize: 0.5]}], repeat: {times: 0, ops: [rotate: 5]}]",
    ],
)  # fmt: skip
def test_what_is_counted_is_what_is_built(text):
    pipeline = loads(text)
    assert count_ops(pipeline.pipeline) == len(lower(pipeline).leaves) <= MOST_OPS


def test_a_tree_that_shares_its_nodes_is_counted_once():
    tree = ops.Rotate(5)
    for _ in range(8):
        tree = ops.Sequence([tree] * 100)
    start = time.process_time()
    with pytest.raises(SpecError, match=r"10,000 ops"):
        as_pipeline(augment.Pipeline([tree]))
    assert time.process_time() - start < 1
