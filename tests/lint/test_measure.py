"""What is measured on pictures agrees with what can be counted without the tool."""

import numpy as np
import pytest

import augment
from augment.data.images import read_image
from augment.data.photos import photo
from augment.lint import findings
from augment.lint.canvases import Canvases
from augment.lint.measure import DRAWS, LEVELS, PICTURES, measure
from augment.plugins import get_backend
from augment.program.lower import lower


def measured(text, samples):
    return measure(lower(augment.loads(text), fuse=False), samples)


def test_levels_are_those_of_the_photograph_of_the_package():
    image = read_image(photo("coffee"))
    height, width = (side // 6 for side in image.shape[:2])
    means = [[image[6 * y : 6 * y + 6, 6 * x : 6 * x + 6].mean((0, 1)) for x in range(width)] for y in range(height)]
    levels = np.load(LEVELS)
    assert levels.dtype == np.uint8 and levels.shape == (height, width, 3)
    assert np.abs(levels - np.array(means)).max() <= 0.5  # rounded


def test_lost_boxes_are_those_that_the_record_drops(photographs):
    image = photographs["coffee"]  # 400 x 600
    sample = {"image": image, "boxes": [[10, 10, 60, 60], [250, 150, 350, 250], [500, 300, 590, 390]], "labels": [0, 1, 2]}
    text = "targets: {image: image, boxes: {kind: boxes, min_visibility: 0.6}}\npipeline: [random_crop: 320, rotate: ±30]"
    out = measured(text, [sample])
    spec = augment.loads(text)
    dropped = sum(
        len(augment.record(spec, sample, index=0, epoch=epoch).get("dropped", {}).get("boxes", [])) for epoch in range(DRAWS)
    )
    assert out.draws == DRAWS
    assert sum(tally.lost for tally in out.ops.values()) == dropped > 0
    assert out.ops["pipeline[0].random_crop"].boxes == 3 * DRAWS


def test_a_box_is_lost_where_it_left_the_picture(photographs):
    sample = {"image": photographs["coffee"], "boxes": [[0, 0, 40, 40], [280, 180, 320, 220]], "labels": [0, 1]}
    out = measured("pipeline: [horizontal_flip: {p: 1}, center_crop: 200, brightness: 1.1, vertical_flip: {p: 1}]", [sample])
    assert {path: tally.lost for path, tally in out.ops.items() if tally.lost} == {"pipeline[1].center_crop": DRAWS}
    assert out.ops["pipeline[3].vertical_flip"].boxes == DRAWS  # one is left


def test_corners_are_no_fault_of_pictures_that_are_dark_there_already(photographs):
    light, dark = photographs["coffee"][:200, :200], np.zeros((200, 200, 3), np.uint8)
    dark[50:150, 50:150] = 200
    spec = augment.loads("pipeline: [rotate: ±45]")
    for image, told in ((light, True), (dark, False)):
        names = [finding.rule for finding in findings(spec, samples=[{"image": image}])]
        assert ("black_corners" in names) == told


def test_levels_at_the_ends_are_counted(photographs):
    image = photographs["rocket"]
    out = measured("pipeline: [brightness: 1.5]", [{"image": image}])
    [(before, after)] = set(out.ops["pipeline[0].brightness"].clipped)
    assert before == pytest.approx(np.mean((image == 0) | (image == 255)), abs=1e-6)
    expected = np.rint(np.clip(image / 255 * 1.5, 0, 1) * 255)
    assert after == pytest.approx(np.mean((expected == 0) | (expected == 255)), abs=2e-3)


def test_both_kernel_sets_measure_the_same(photographs, monkeypatch):
    text = "pipeline: [resize: [90, 130], rotate: ±20, brightness: 1±0.6, gaussian_blur: {sigma: 1px}, contrast: 1±0.5]"
    samples = [{"image": photographs["chelsea"]}]
    quick = measured(text, samples)
    monkeypatch.setattr("augment.plugins.quickest", lambda program: get_backend("reference"))
    for path, tally in measured(text, samples).ops.items():
        np.testing.assert_allclose(quick.ops[path].clipped, tally.clipped, atol=2e-3)
        assert quick.ops[path].sizes == tally.sizes


def test_many_pictures_are_thinned_evenly():
    image = np.full((8, 8), 7, np.uint8)
    seen = []

    class Samples:
        def __len__(self):
            return 1000

        def __getitem__(self, at):
            seen.append(at)
            return {"image": image}

    out = measured("pipeline: [brightness: 1±0.1]", Samples())
    assert (out.pictures, out.draws) == (PICTURES, DRAWS // PICTURES)
    assert sorted(set(seen)) == [i * 1000 // PICTURES for i in range(PICTURES)]


def test_failures_are_told_once_and_the_rest_is_measured():
    small, large = np.zeros((20, 20, 3), np.uint8), np.zeros((40, 40, 3), np.uint8)
    out = measured("pipeline: [random_crop: 30]", [{"image": small}, {"image": large}, {"image": small}])
    assert list(out.failures) == ["pipeline[0].random_crop"]
    assert out.ops["pipeline[0].random_crop"].sizes == {(20, 20), (40, 40)}


# Sizes without pixels ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("ops", "after"),
    [
        ("[resize: 64, rotate: ±5]", (64, 64)),
        ("[resize: {short: 64}]", None),
        ("[resize: {short: 64}, center_crop: 48]", (48, 48)),
        ("[random_resized_crop: {size: [32, 48], area: 0.5}, pad: {multiple: 32}]", (32, 64)),
        ("[resize: [32, 48], transpose: {p: 0.5}]", None),
        ("[resize: [32, 48], transpose: {p: 0.5}, brightness: 1±0.1, pad: 48]", (48, 48)),
    ],
)
def test_sizes_that_the_spec_decides(ops, after):
    program = lower(augment.loads(f"pipeline: {ops}"), fuse=False)
    canvases = Canvases.of(program, [program.values(i) for i in range(48)], "image")
    ends = set().union(*canvases.ends)
    assert ends == {after} if after else len(ends) > 1
