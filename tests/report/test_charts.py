"""What stands at the ends of a chart, and below its bars."""

import pytest

PARTS = "{% from 'parts.html' import chart_of %}{{ chart_of(chart) }}"


@pytest.fixture
def written(sheet, soup):
    """What is written below the chart of a parameter, and the facts that stand with it."""
    from augment.report.page import environment

    def call(spec, title):
        [panel] = [p for g in sheet("distributions", spec).groups for p in g.panels if p.title == title]
        shown = soup(environment().from_string(PARTS).render(chart=panel.chart))
        assert shown.svg["aria-label"] and shown.select_one(".axis-text")["aria-hidden"] == "true"
        return [span.get_text() for span in shown.select(".axis-text span")], {f.name: f.value for f in panel.facts}

    return call


def test_choices_have_their_names_and_ranges_their_ends(written):
    assert written("pipeline: [rotate: {degrees: ±20, p: 0.25}]", "rotate · p")[0] == ["not applied", "applied"]
    assert written("pipeline: [rotate: ±20]", "rotate · degrees")[0] == ["−20°", "20°"]
    assert written("pipeline: [posterize: {bits: [2, 4]}]", "posterize · bits")[0] == ["2", "3", "4"]


def test_of_many_choices_the_first_and_the_last_are_named(written):
    ops = ["hue: ±9", "brightness: 1±0.1", "contrast: 1±0.1", "saturation: 1±0.1", "gaussian_blur: {sigma: 1px}"]
    ops += ["posterize: {bits: 4}", "gaussian_noise: {std: 0.01}", "rotate: 5", "invert"]
    assert written(f"pipeline: [one_of: [{', '.join(ops)}]]", "one_of · choice")[0] == ["hue", "invert"]


@pytest.mark.parametrize(("spec", "of"), [("±20", "0"), ("[-1, 3]", "1"), ("[0.5, 1]", "0.75")])
def test_a_mean_is_a_number_that_people_read(written, spec, of):
    _, facts = written(f"pipeline: [rotate: {spec}]", "rotate · degrees")
    assert facts["mean"].endswith(f" of {of}")
