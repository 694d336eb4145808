"""The sheet of distributions: what was drawn, what is declared, and the pixels before and after."""

import numpy as np
import pytest
from scipy import stats

import augment

IMAGENET = np.array([0.485, 0.456, 0.406]), np.array([0.229, 0.224, 0.225])


def test_histograms_count_what_is_drawn_and_what_is_declared(sheet, study):
    spec = """\
seed: 3
pipeline:
  - rotate: {degrees: {normal: [5, 10]}, p: 0.25}
  - scale: {factor: {log_uniform: [0.5, 2]}}
  - posterize: {bits: [2, 5]}
  - one_of: [hue: ±10, {invert: {weight: 3}}]
"""
    panels = {p.title: p for p in sheet("distributions", spec).groups[-1].panels}
    values = study(spec).program.values(np.arange(4096))
    coin, normal = panels["rotate · p"].chart, panels["rotate · degrees"].chart
    assert coin.names == ("not applied", "applied")
    assert coin.counts == tuple(np.bincount(values["rotate"]["p"], minlength=2))
    assert coin.expected == pytest.approx((3072, 1024))
    low, high = stats.norm(5, 10).ppf([0.5 / 4096, 1 - 0.5 / 4096])
    counts, edges = np.histogram(values["rotate"]["degrees"], len(normal.counts), (low, high))
    assert np.abs(np.array(normal.counts) - counts).sum() <= 8  # the ends are those of a table
    np.testing.assert_allclose(normal.expected, np.diff(stats.norm(5, 10).cdf(edges)) * 4096, atol=4)
    scale = panels["scale · factor"].chart
    edges = np.linspace(0.5, 2, len(scale.counts) + 1)
    np.testing.assert_allclose(scale.expected, np.diff(stats.loguniform(0.5, 2).cdf(edges)) * 4096, atol=1)
    assert scale.counts == tuple(np.histogram(values["scale"]["factor"], edges)[0])
    bits = panels["posterize · bits"].chart
    assert bits.names == ("2", "3", "4", "5") and bits.expected == pytest.approx((1024,) * 4)
    assert bits.counts == tuple(np.bincount(np.asarray(values["posterize"]["bits"], int))[2:])
    choice = panels["one_of · choice"].chart
    assert choice.names == ("hue", "invert") and choice.expected == pytest.approx((1024, 3072))
    for chart in (coin, normal, scale, bits, choice):
        assert stats.chisquare(chart.counts, np.array(chart.expected) * 4096 / sum(chart.expected)).pvalue > 1e-4
        tallest = max(chart.bars, key=lambda bar: bar.height)
        assert chart.bars.index(tallest) == int(np.argmax(chart.counts)) and tallest.height <= 1
        assert [bar.height / tallest.height for bar in chart.bars] == pytest.approx(np.array(chart.counts) / max(chart.counts))


def test_ops_inside_others_have_histograms_too(sheet):
    spec = "pipeline: [color_jitter: {hue: ±20, contrast: 1±0.1}, repeat: {times: [1, 3], ops: [translate: {x: ±2px, y: 0}]}]"
    panels = [p.title for p in sheet("distributions", spec).groups[-1].panels]
    assert sorted(panels) == [
        "color_jitter.contrast · factor", "color_jitter.hue · degrees", "repeat · times", "translate · x",
    ]  # fmt: skip


def pixels(made):
    return next(group for group in made.groups if group.heading == "Pixels")


def test_pixels_before_and_after(sheet, study, sample):
    group = pixels(sheet("distributions", "pipeline: [brightness: 0.5]"))
    image = sample["image"]
    mean, deviation = group.panels
    after = np.rint(image * 0.5).mean()
    assert mean.facts == (("before", f"{image.mean():.1f}", ""), ("after", f"{after:.1f}", ""))
    assert deviation.facts[0] == ("before", f"{image.std():.1f}", "")
    assert mean.chart.marks == pytest.approx((image.mean() / 255,))
    assert sum(mean.chart.counts) == 24
    [row, *_] = pixels(sheet("distributions", "pipeline: [brightness: 0.5, normalize: imagenet]")).table.rows
    out = augment.apply({"pipeline": [{"brightness": 0.5}, {"normalize": "imagenet"}]}, sample, index=0)["image"][..., 0]
    wanted = [f"{x:.4g}".replace("-", "−") for x in (out.min(), out.max(), out.mean(), out.std())]
    assert row == ("channel 0", "float32", *wanted)
