"""What was drawn, in the words of ops: where a crop is, what is hidden, who the partner is, and not what only ops draw from."""

import contextlib
import re

import numpy as np
import pytest

import augment
from augment import loads
from augment.errors import ResourceMissingError
from augment.language.examples import usual
from augment.ops import catalogue
from augment.report.draws import drawn
from augment.report.preparing import prepare
from augment.spec.node import Pipeline

RAW = re.compile(r"numbers|key\d|\[\d|#\d|_of\b|[0-9]e[+-]?\d|None|array")


def test_what_was_drawn_is_said_in_words():
    """A crop is that of pixels which tell where they are; of noise and tries nothing is said; partners have names."""
    y, x = np.mgrid[:60, :80].astype(np.uint8)
    image = np.dstack([x, y, x])
    spec = loads("pipeline: [random_crop: [20, 30], gaussian_noise: {std: 0.1, p: 1}, pad: {size: 40}, cutmix: {alpha: 1}]")
    samples = [{"image": image}] * 3
    made = prepare(spec, samples, n=3, names=["a.png", "b.png", "c.png"])
    left, top, *_ = prepare(loads("pipeline: [random_crop: [20, 30]]"), [{"image": image}], n=1).quick(
        made.subjects[0], 0
    )["image"][0, 0].tolist()
    rows = {row.op: dict(row.values) for row in drawn(made, made.subjects[0], 0)}
    assert rows["random_crop"] == {"crop": f"20 × 30 at x {left}, y {top}"}
    assert rows["gaussian_noise"] == {"std": "0.1", "mean": "0"}
    assert rows["cutmix"].keys() == {"weight", "partner"} and rows["cutmix"]["partner"] in ("b.png", "c.png")
    quarter = loads("pipeline: [random_resized_crop: {size: 20, area: 0.25, aspect: 1}]")
    area = drawn(prepare(quarter, samples, n=1), made.subjects[0], 0)
    assert re.fullmatch(r"35 × 35 at x \d+, y \d+", dict(area[0].values)["crop"])  # a quarter of 60 × 80 is 1200 pixels


@pytest.mark.parametrize("name", ["iou_crop", "bbox_safe_random_crop", "random_sized_bbox_safe_crop", "crop_non_empty_mask"])
def test_a_crop_that_looks_says_where_it_came_to_stand(name):
    """The size of what comes out is that of the crop, and the pixels are those of that place."""
    y, x = np.mgrid[:60, :80].astype(np.uint8)
    mask = np.zeros((60, 80), np.uint8)
    mask[20:30, 50:60] = 1
    sample = {"image": np.dstack([x, y, x]), "mask": mask, "boxes": [[50, 20, 60, 30]], "labels": [1]}
    node = {
        "iou_crop": "iou_crop", "bbox_safe_random_crop": "bbox_safe_random_crop",
        "random_sized_bbox_safe_crop": {"random_sized_bbox_safe_crop": {"size": [60, 80]}},
        "crop_non_empty_mask": {"crop_non_empty_mask": {"size": [30, 40]}},
    }[name]  # fmt: skip
    made = prepare({"pipeline": [node]}, [sample], n=1, backend="reference")
    [row] = drawn(made, made.subjects[0], 0)
    high, wide, left, top = map(int, re.fullmatch(r"(\d+) × (\d+) at x (\d+), y (\d+)", dict(row.values)["crop"]).groups())
    out = made.quick(made.subjects[0], 0)["image"]
    if name == "random_sized_bbox_safe_crop":  # it is enlarged: its corners are those of the window, about
        assert abs(int(out[0, 0, 0]) - left) <= 1 and abs(int(out[-1, -1, 1]) - (top + high - 1)) <= 1
    else:
        np.testing.assert_array_equal(out, sample["image"][top : top + high, left : left + wide])


@pytest.mark.parametrize("node", ["coarse_dropout: {holes: 2, height: 0.2, width: 0.1}", "random_erasing: {area: 0.1}"])
def test_what_is_hidden_is_where_it_says(node):
    image = np.full((60, 80, 3), 200, np.uint8)
    made = prepare(loads(f"pipeline: [{node}]"), [{"image": image}], n=1, backend="reference")
    [row] = drawn(made, made.subjects[0], 0)
    hidden = np.zeros((60, 80), bool)
    for told in dict(row.values)["hidden"].split("; "):
        high, wide, left, top = map(int, re.fullmatch(r"(\d+) × (\d+) at x (\d+), y (\d+)", told).groups())
        hidden[top : top + high, left : left + wide] = True
    np.testing.assert_array_equal(hidden, made.quick(made.subjects[0], 0)["image"][..., 0] == 0)


def test_what_stands_for_several_lists_what_was_applied():
    spec = loads("pipeline: [rand_augment: {n: 2, magnitude: 9}, repeat: {times: 2, ops: [translate: {x: ±2px, y: 0}]}]")
    made = prepare(spec, n=1, backend="reference")
    rows = {row.op: row.values for row in drawn(made, made.subjects[0], 0)}
    record = augment.record(spec, index=0, epoch=0)
    applied = [key.rpartition(".")[2] for key in record["applied"] if key.startswith("rand_augment")]
    assert [name for name, _ in rows["rand_augment"]] == [re.sub(r"#\d+|\[\d+\]", "", name) for name in applied]
    assert [name for name, _ in rows["translate"]] == ["turn 1", "turn 2"]


def test_no_op_says_what_only_it_draws_from():
    told = {}
    for name, kind in catalogue().items():
        node = usual(kind, catalogue())
        text = {"text": "The quick brown fox was not amused by 3 lazy dogs."} if kind.modality == "text" else None
        with contextlib.suppress(ResourceMissingError):  # models and word lists do not come with the package
            made = prepare(Pipeline([node]), text, n=1, backend="builtin" if text else "reference")
            told[name] = " ".join(f"{field} {said}" for row in drawn(made, made.subjects[0], 0) for field, said in row.values)
    assert len(told) > 0.9 * len(catalogue())
    assert {name: words for name, words in told.items() if RAW.search(words)} == {}
