"""The page: it stands alone, is well formed for people and machines, and shows what the sheets hold."""

import re
import time
from itertools import pairwise

import numpy as np
import pytest

import augment
from augment.errors import FileError, SpecError
from augment.report import SHEETS, Study, default_sheets, make_report
from augment.report.page import page
from augment.report.previews import Preview, preview

DEFAULTS = {  # what has something to show of each spec
    "image": ["samples", "ops", "extremes", "stages", "targets", "distributions"],
    "mix": ["samples", "ops", "stages", "mixes", "distributions"],
    "text": ["text", "ops", "stages", "distributions"],
}


def samples_of(spec, sample, photo):
    turned = np.ascontiguousarray(photo[::-1])
    return {
        "image": sample, "text": {"text": "The film was long, and it was good."},
        "mix": [{"image": photo, "labels": 0}, {"image": turned, "labels": 2}],
    }[spec]  # fmt: skip


@pytest.fixture(scope="module", params=DEFAULTS)
def made(request):
    return request.param


@pytest.fixture
def html(made, study, sample, photo):
    return page(make_report(study(made, samples_of(made, sample, photo))))


def test_sheets_by_default(made, study, sample, photo, html, soup):
    assert [s["id"] for s in soup(html).select("section.sheet")] == sorted(DEFAULTS[made], key=SHEETS.index)
    assert list(default_sheets(study(made, samples_of(made, sample, photo)))) == sorted(DEFAULTS[made], key=SHEETS.index)


def test_it_asks_nothing_of_a_network(html, outside):
    assert outside(html) == []
    assert outside('<img src="/a.png"><style>a{background:url(x.png)}</style><p>https://example.org</p>') == [
        "/a.png", "x.png", "https://example.org",
    ]  # fmt: skip


def test_it_is_made_for_everyone(html, soup):
    read = soup(html)
    assert read.html["lang"] == "en"
    assert len(read.select("main")) == len(read.select("h1")) == 1
    assert read.find("meta", attrs={"name": "viewport"})
    assert all(nav.has_attr("aria-label") for nav in read.select("nav"))
    ids = [tag["id"] for tag in read.select("[id]")]
    assert len(ids) == len(set(ids))
    assert {a["href"][1:] for a in read.select("a[href^='#']")} <= set(ids)
    assert {tag["aria-labelledby"] for tag in read.select("[aria-labelledby]")} <= set(ids)
    for image in read.select("img"):
        assert image.has_attr("alt") and image["width"] and image["height"]
        assert image["alt"] or "over" in image["class"], "only what lies over a picture says nothing of its own"
    for button in read.select("button"):
        assert button.get("aria-label") and button["type"] == "button"
    for svg in read.select("svg:not(svg svg)"):
        assert svg.get("aria-hidden") == "true" or (svg["role"] == "img" and svg["aria-label"])
    levels = [int(tag.name[1]) for tag in read.find_all(re.compile("^h[1-6]$"))]
    assert levels[0] == 1 and all(b <= a + 1 for a, b in pairwise(levels))


def test_it_needs_no_inline_styles(html, soup):
    """A live page made of the same parts may forbid them."""
    assert not soup(html).select("[style], [onclick], [onload]")


def test_pictures_are_those_of_the_sheets(study, decoded, soup):
    report = make_report(study("image"), ["samples"])
    shown = soup(page(report)).select("img.base")
    figures = [panel.figure for group in report.sheets[0].groups for panel in group.panels]
    assert len(shown) == len(figures) == 4
    for img, figure in zip(shown, figures, strict=True):
        np.testing.assert_array_equal(decoded(img), figure.pixels)  # so small that nothing is lost
        assert (int(img["height"]), int(img["width"])) == figure.pixels.shape[:2]


def test_large_pictures_are_near_and_differences_exact(decoded, soup, photo):
    from augment.report.encode import webp

    large = np.kron(photo, np.ones((4, 4, 1), np.uint8))
    near = decoded({"src": webp(large)}).astype(int)
    assert 0 < np.abs(near - large).mean() < 6
    np.testing.assert_array_equal(decoded({"src": webp(large, True)}), large)
    layer = np.dstack([large, large[..., 0]])
    assert (decoded({"src": webp(layer)})[..., 3] == layer[..., 3]).all()


def test_layers_stand_where_they_are(study, soup):
    read = soup(page(make_report(study("image", n=1), ["samples"])))
    original = read.select(".panel")[0]
    boxes = [[float(r[k]) for k in ("x", "y", "width", "height")] for r in original.select("rect.box")]
    assert boxes == [[20, 10, 30, 30], [0, 0, 12, 6], [60, 50, 12, 10]]
    assert [tag.get_text() for tag in original.select(".tags .tag")] == ["face", "flag", "suit"]
    assert [(float(c["cx"]), float(c["cy"])) for c in original.select("circle.dot")] == [(35.5, 20.5), (1.5, 58.5)]
    assert original.select_one("svg.over-boxes")["viewbox"] == "0 0 72 60"
    assert {c for tag in read.select(".over") for c in tag["class"]} >= {"over-mask", "over-boxes", "over-keypoints"}
    assert [tag["class"][0] for tag in read.select(".switch input")] == ["show-mask", "show-boxes", "show-keypoints"]


def test_text_is_escaped(study, soup):
    html = page(make_report(study("image"), ["samples"]))
    assert "Faces &lt;b&gt;&amp; co" in html and "<b>&" not in html
    hostile = "</script><script>alert(1)</script>"
    labels = {"image": np.zeros((9, 9, 3), np.uint8), "boxes": [[1, 1, 5, 5]], "labels": [hostile]}
    read = soup(page(make_report(study({"name": hostile, "pipeline": [{"rotate": 3}]}, labels), ["samples"])))
    assert len(read.select("script")) == 1
    assert read.h1.get_text() == read.select_one(".tags .tag").get_text() == hostile


def test_the_spec_can_be_read_back(study, soup):
    from augment.language import loads

    made = study("image")
    assert loads(soup(page(make_report(made, ["samples"]))).select_one(".spec pre").get_text()) == made.pipeline


def test_drawn_parameters_are_those_of_the_record(study, soup):
    import augment

    made = study("image")
    read = soup(page(make_report(made, ["samples"])))
    panel = next(p for p in read.select(".panel") if p.select_one(".title").get_text() == "epoch 2")
    key = {d.dt.get_text(): d.dd.get_text() for d in panel.select(".facts > div")}
    assert key == {"seed": "7", "epoch": "2", "index": "0", "size": "48 × 48"}
    rows = {row.select_one(".op").get_text(): row for row in panel.select(".drawn li")}
    record = augment.record(made.pipeline, index=0, epoch=2)
    assert {op for op, row in rows.items() if not row.select_one(".off")} == set(record["applied"])
    hue = {d.dt.get_text(): d.dd.get_text() for d in rows["color_jitter.hue"].select(".values > div")}
    assert len(rows) == len(panel.select(".drawn li")), "an op whose place is drawn is listed once"
    assert hue == {"degrees": f"{record['values']['color_jitter.hue']['degrees']:.4g}°".replace("-", "−")}


def test_a_report_of_64_pictures_is_light(tmp_path, record_property):
    spec = {"pipeline": [{"random_resized_crop": {"size": 224, "area": [0.4, 1]}}, {"hue": "±20"}]}
    out, start = tmp_path / "report.html", time.perf_counter()
    preview(spec, n=63, sheets=["samples"]).save(out)
    record_property("seconds", round(time.perf_counter() - start, 2))
    record_property("bytes", out.stat().st_size)
    html = out.read_text()
    assert html.count('class="base"') == 64
    assert 300_000 < out.stat().st_size < 2_000_000


def test_findings_of_lint_stand_above_the_sheets(soup):
    from augment.lint import findings

    spec = augment.loads("about: handwritten digits\npipeline: [{horizontal_flip: {p: 0.5}}, {hue: ±9}]", "train.yaml")
    read = soup(preview(spec, n=1).html())
    wanted = findings(spec)
    assert wanted
    shown = read.select(".findings li")
    assert len(shown) == len(wanted)
    for item, finding in zip(shown, wanted, strict=True):
        text = " ".join(item.get_text().split())
        assert f"{finding.severity} {finding.message}" in text and finding.where in text and finding.rule in text
        assert " ".join(finding.fix.split()) in text and finding.reason in text
    assert not soup(preview({"pipeline": [{"hue": "±9"}]}, n=1).html()).select(".findings")


def test_sheets_are_asked_for_by_name(study):
    assert [s.name for s in make_report(study("image"), ["stages", "samples"]).sheets] == ["stages", "samples"]
    with pytest.raises(SpecError, match=r"no sheet 'stage'; did you mean 'stages'\?"):
        make_report(study("image"), ["stage"])


def test_a_sheet_of_words_is_no_picture(study, tmp_path):
    with pytest.raises(FileError, match="distributions has no pictures"):
        Preview(study("image"), ("distributions",)).save(tmp_path / "grid.png")


def test_results_are_kept_within_bounds(study, monkeypatch):
    from augment.report import study as module

    made = study("image", n=6)
    engine, [subject] = made.engines[0], made.subjects
    first = made.result(engine, subject, 0)
    assert made.result(engine, subject, 0) is first
    monkeypatch.setattr(module, "MEMORY", 2 * sum(v.nbytes for v in first.values() if hasattr(v, "nbytes")))
    for epoch in range(6):
        last = made.result(engine, subject, epoch)
    assert len(made._made) == 2 and made.result(engine, subject, 5) is last
    again = made.result(engine, subject, 0)
    assert again is not first and (again["image"] == first["image"]).all()


def test_a_study_of_another_spec_has_the_same_samples(study):
    made = study("image")
    other = made.of(made.pipeline[:1])
    assert isinstance(other, Study) and other.samples is made.samples
    assert other.program.seed == made.program.seed and len(other.program.steps) == 1
