"""What notebooks show: previews and every compiled object, light enough to be kept in a file."""

import numpy as np
import pytest

import augment
from augment.report.fit import fit
from augment.report.previews import NOTEBOOK

FLOWERS = {
    "name": "flowers",
    "pipeline": [{"random_resized_crop": {"size": 224, "area": [0.5, 1.0]}}, {"horizontal_flip": {"p": 0.5}}, {"hue": "±20"}],
}


@pytest.mark.parametrize("backend", ["reference", "albumentations", "torchvision", "keras"])
def test_every_compiled_object_shows_itself(backend, soup, outside):
    made = augment.compile(FLOWERS, backend)
    html = made._repr_html_()
    assert 20_000 < len(html.encode()) < NOTEBOOK == 300_000
    read = soup(html)
    assert outside(html) == [] and not read.select("script, [style], [id]")
    assert made.describe() in read.select_one("pre").get_text()
    assert len(read.select("img.base")) == 6


def test_a_text_spec_shows_its_text(soup):
    read = soup(augment.compile({"pipeline": [{"delete_words": {"rate": 0.4}}]}, "builtin")._repr_html_())
    assert read.select(".diff-text del") and not read.select("img")


def test_what_cannot_be_shown_is_said(soup):
    """A spec that no photograph fits is still described: the object is as good as ever."""
    made = augment.compile({"pipeline": [{"random_crop": 2000}]})
    read = soup(made._repr_html_())
    assert "a window of 2000 x 2000 does not fit" in read.select_one(".note").get_text()
    assert made.describe() in read.select_one("pre").get_text()


def test_a_compiled_object_keeps_its_seed_and_stage(soup):
    here = soup(augment.compile(FLOWERS, seed=3)._repr_html_()).select("img.base")
    there = soup(augment.preview(FLOWERS, seed=3, n=5, backend="reference")._repr_html_()).select("img.base")
    assert [i["src"] for i in here] == [i["src"] for i in there]
    still = soup(augment.compile(FLOWERS, stage="eval")._repr_html_()).select("img.base")
    assert len({i["src"] for i in still[1:]}) == 1


@pytest.mark.parametrize(("n", "sheets"), [(8, ()), (64, ()), (20, ("samples", "targets")), (4, ("ops", "extremes", "stages"))])
def test_previews_stay_light(n, sheets, soup):
    made = augment.preview(FLOWERS, n=n, sheets=sheets, backend="albumentations")
    html = made._repr_html_()
    assert len(html.encode()) < NOTEBOOK
    read = soup(html)
    shown, count = len(read.select(".panel")), sum(len(g.panels) for s in made.short.sheets for g in s.groups)
    assert shown >= 8
    assert (shown < count) == (".save(path) writes all" in read.get_text())


@pytest.mark.parametrize(("rate", "told"), [(0.0005, "characters]"), (0.3, "too long for a notebook")])
def test_long_texts_stay_light(rate, told, soup):
    text = " ".join(f"word{i * 7919 % 9973}{'.' * (i % 12 == 0)}" for i in range(24_000))
    made = augment.preview({"pipeline": [{"delete_words": {"rate": rate}}]}, {"text": text}, n=2)
    html = made._repr_html_()
    assert len(html.encode()) < NOTEBOOK and told in html
    assert len(soup(html).select(".panel")) == 2


def test_what_is_left_out_is_told():
    report = augment.preview(FLOWERS, n=12, sheets=["samples"]).report

    def size(r):
        return "x" * sum(50 + p.figure.pixels.size for s in r.sheets for g in s.groups for p in g.panels)

    seen = []
    fit(report, lambda r: seen.append(r) or size(r), 120_000)
    [group] = seen[-1].sheets[0].groups
    assert len(group.panels) == 4 and group.about == "4 of 13 pictures are shown here; .save(path) writes all."
    assert max(p.figure.pixels.shape[0] for p in group.panels) == 100
    assert fit(report, size, 10**9) == size(report)


def test_a_preview_has_both_forms(tmp_path):
    made = augment.preview(FLOWERS, np.zeros((40, 50, 3), np.uint8), n=2)
    assert made._repr_png_().startswith(b"\x89PNG")
    made.save(tmp_path / "a.html")
    assert '<meta name="generator" content="augment preview">' in (tmp_path / "a.html").read_text()
    assert {s.name for s in made.report.sheets} >= {"samples", "ops", "extremes", "stages"}


def test_no_sheet_is_dropped_and_each_says_what_it_leaves_out(soup):
    """Of many ops on two sheets both are there, under their headings, and the notice belongs to the sheet, not to its last op."""
    many = ", ".join(f"rotate: {{degrees: ±{n}}}" for n in range(3, 40))
    made = augment.preview(augment.loads(f"pipeline: [{many}]"), sheets=["ops", "extremes"], n=8)
    html = made._repr_html_()
    assert len(html.encode()) < NOTEBOOK
    read = soup(html)
    assert [one.text for one in read.select("h3.notebook-sheet")] == [sheet.title for sheet in made.short.sheets]
    assert len(read.select(".notebook-sheet + .group-about")) == 2
    assert any("shown here" in one.text for one in read.select(".notebook-sheet + .group-about"))
    assert not any("groups are shown here" in one.text for one in read.select(".group .group-about"))


def test_a_spec_shows_itself(soup):
    spec = augment.loads("name: a <b>\npipeline: [rotate: ±5]")
    assert soup(spec._repr_html_()).text.strip() == augment.dumps(spec).strip()
