"""The numbers of the summary, counted again by hand, and how often ops are applied."""

import numpy as np
import pytest

import augment
from augment.report import chances, coverage, make_sheet
from augment.report.model import Share

GATES = """\
seed: 3
pipeline:
  - rotate: {degrees: ±5, p: 0.25}
  - one_of:
      p: 0.8
      ops: [hue: ±10, {invert: {weight: 3}}, {repeat: {times: [1, 3], ops: [translate: {x: ±2px, y: 0, p: 0.5}]}}]
  - some_of: {n: [1, 2], ops: [vertical_flip, grayscale, {gamma: {gamma: 1.2, p: 0.5}}]}
  - some_of: {n: [0, 3], replacement: true, ops: [brightness: 1±0.1, {contrast: {factor: 1±0.1, weight: 2}}]}
  - sequence: {shuffle: true, p: 0.5, ops: [saturation: 1±0.1, solarize: {threshold: 0.5, p: 0.5}]}
  - rand_augment: {n: 2, magnitude: 9, p: 0.3}
"""


def rows(made, heading):
    table = next(group.table for group in made.groups if group.heading == heading)
    words = [[getattr(cell, "text", getattr(cell, "value", getattr(cell, "label", cell))) for cell in row] for row in table.rows]
    return {row[0]: row[1:] for row in words}


def test_chances_are_those_that_the_spec_asks_for():
    """A chance of at least once in 1 to 3 turns of a half is (1/2 + 3/4 + 7/8) / 3, and so on."""
    turns = (1 / 2 + 3 / 4 + 7 / 8) / 3
    wanted = [0.25, 0.8 / 5, 0.8 * 3 / 5, 0.8 / 5 * turns, 1 / 2, 1 / 2, 1 / 4]
    wanted += [np.mean([1 - (2 / 3) ** n for n in range(4)]), np.mean([1 - (1 / 3) ** n for n in range(4)]), 0.5, 0.25, 0.3]
    assert list(chances.asked(augment.loads(GATES)).values()) == pytest.approx(wanted, abs=1e-3)


def test_what_is_drawn_is_what_records_say(study):
    """Within four standard errors of what is asked for; and of the first draws, exactly what the records hold."""
    made = study(GATES)
    asked, drawn = chances.asked(made.pipeline), chances.drawn(made)
    assert asked.keys() == drawn.keys()
    for path, chance in asked.items():
        assert abs(drawn[path] - chance) < 4 * np.sqrt(chance * (1 - chance) / chances.COUNT), path


def test_shares_are_counted_over_all_samples(study, monkeypatch):
    monkeypatch.setattr(chances, "COUNT", 40)
    made = study(GATES)
    applied = [{leaf.path for leaf in made.program.leaves if leaf.active(made.program.values(i))} for i in range(40)]
    for path, share in chances.drawn(made).items():
        assert share == pytest.approx(sum(path in one for one in applied) / 40), path


def test_lost_boxes_are_counted_by_class_and_by_op(study, sample):
    spec = """\
targets: {image: image, mask: mask, boxes: {kind: boxes, min_area: 50px}, keypoints: keypoints}
pipeline: [{center_crop: [44, 60]}, {horizontal_flip: {p: 0.5}}]
"""
    made = make_sheet("summary", study(spec, n=3))
    gone = ["3", "3 of 3 (100 %)"]
    assert rows(made, "Boxes by class") == {"face": ["3", "0 of 3"], "flag": gone, "suit": gone}
    ops = rows(made, "Ops")
    assert ops["center_crop"] == ["100 %", "100 %", "3"] and ops["limits of the target"][-1] == "3"
    assert ops["horizontal_flip"][0] == "50 %" and ops["horizontal_flip"][-1] == "–"
    told = rows(made, "Before and after")
    assert told["boxes"] == ["9", "6 of 9 (67 %) lost"]
    before = np.median([30 * 30, 12 * 6, 12 * 10]) / (60 * 72)
    assert told["area of a box, in the middle"][0] == f"{100 * before:.2g} %"
    assert told["area of a box, in the middle"][1] == f"{100 * 900 / (44 * 60):.0f} %"
    assert told["masks that label nothing"] == ["0", "0 of 3"]


def test_what_does_nothing_or_too_much_is_told(study, photo):
    still = rows(make_sheet("summary", study("pipeline: [rotate: 0]", {"image": photo}, n=2)), "Before and after")
    assert still["results that are as the sample was"] == ["", "2 of 2 (100 %)"]
    bright = rows(make_sheet("summary", study("pipeline: [brightness: 30]", {"image": photo}, n=1)), "Before and after")
    out = np.minimum(photo.astype(int) * 30, 255)
    assert bright["pixels at an end of the scale"][1] == f"{100 * ((out == 0) | (out == 255)).mean():.0f} %"
    assert bright["results that are as the sample was"] == ["", "0 of 1"]


def test_captions_are_counted(study, photo):
    spec = "targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 1}]"
    samples = [{"image": photo, "caption": "a cup on the left"}, {"image": photo, "caption": "the right one"}]
    made = make_sheet("summary", study(spec, samples, n=1))
    told = rows(made, "Before and after")
    assert told["texts that were changed"][1] == "1 of 2 (50 %)" and told["ops left out for the sake of a caption"][1] == "1"
    assert rows(made, "Ops")["horizontal_flip"][-1] == "1"
    assert [link.text for link in made.groups[-1].links] == ["sample 0", "sample 1"]


def test_nothing_is_left_out_for_a_caption_where_there_is_none(study):
    made = make_sheet("summary", study("pipeline: [delete_words: 0.5]", {"text": "not a word of it"}, n=2, backend="auto"))
    assert rows(made, "Before and after").keys() == {
        "results that are as the sample was", "ops applied to a result", "texts that were changed",
    }  # fmt: skip
    assert rows(made, "Ops") == {"delete_words": ["100 %", "100 %"]}


def test_a_map_of_what_is_seen(study, photo):
    made = study("pipeline: [center_crop: [30, 36]]", {"image": photo})
    seen = coverage.coverage(made, made.subjects[0])
    y, x = (np.arange(n) for n in seen.shape)
    inside = (abs((y + 0.5) / len(y) - 0.5) < 0.25)[:, None] & (abs((x + 0.5) / len(x) - 0.5) < 0.25)
    np.testing.assert_array_equal(seen, inside)
    spec = study("pipeline: [random_crop: [30, 72]]", {"image": photo})
    seen = coverage.coverage(spec, spec.subjects[0])
    middle = seen[len(seen) // 2].mean()
    assert middle > seen[0].mean() and np.ptp(seen, axis=1).max() == 0, "the middle is seen more often, and all of a row alike"
    still = study("pipeline: [hue: ±9]", {"image": photo})
    assert coverage.coverage(still, still.subjects[0]) is None


def test_colours_before_and_after(sheet, photo):
    made = sheet("distributions", "pipeline: [invert: {p: 1}]", {"image": photo})
    group = next(g for g in made.groups if g.heading == "Colours")
    assert [panel.title for panel in group.panels] == ["red", "green", "blue"]
    for channel, panel in enumerate(group.panels):
        counts = np.histogram(photo[..., channel], np.linspace(0, 256, 33))[0]
        np.testing.assert_allclose(np.array(panel.chart.expected) / 24, counts)
        assert panel.chart.counts == tuple(24 * np.histogram(255 - photo[..., channel], np.linspace(0, 256, 33))[0])


def test_every_share_has_a_bar(study, soup):
    from augment.report import make_report
    from augment.report.page import page

    report = make_report(study("image"), ["summary", "ops"])
    shares = [cell for group in report.sheets[0].groups for row in group.table.rows for cell in row if isinstance(cell, Share)]
    read = soup(page(report))
    bars = [float(bar["width"]) for bar in read.select("#summary .share")]
    assert bars == pytest.approx([100 * share.part for share in shares], abs=0.01)
    ids = {tag["id"] for tag in read.select("[id]")}
    links = [a["href"][1:] for a in read.select("#summary a")]
    assert len(links) == 7 and set(links) <= ids and "ops-rotate" in links
    assert not soup(page(make_report(study("image"), ["summary"]))).select("#summary a"), "there is nothing to lead to"
