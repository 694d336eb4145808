"""What can be looked at closely: pixels as they were made, where something is to be seen, and what they were before."""

import numpy as np
import pytest

import augment
from augment.report import closer, make_report, make_sheet
from augment.report.page import page

BUDGET = 1_000_000


@pytest.fixture
def large(photo):
    """(300, 360, 3) of bytes: a photograph, too large to be shown as it is."""
    return np.kron(photo, np.ones((5, 5, 1), np.uint8))


def test_a_cut_shows_where_something_is():
    flat = np.full((400, 500, 3), 90, np.uint8)
    spot = flat.copy()
    spot[300:330, 40:80] = np.random.default_rng(0).integers(0, 255, (30, 40, 3))
    for before in (None, flat):
        y, x = closer.place(spot, before)
        found = closer.cut(spot, closer.MOST, (y, x), before)
        inside = np.zeros(spot.shape, bool)
        top, left = found.at
        inside[top : top + closer.MOST, left : left + closer.MOST] = True
        assert inside[300:330, 40:80].all() and found.pixels.shape == (closer.MOST, closer.MOST, 3)
        np.testing.assert_array_equal(found.pixels, spot[top : top + closer.MOST, left : left + closer.MOST])


@pytest.mark.parametrize("middle", [(0, 0), (200, 250), (399, 499)])
def test_larger_cuts_hold_smaller_ones(middle):
    picture = np.arange(400 * 500 * 3, dtype=np.uint32).reshape(400, 500, 3).astype(np.uint8)
    small, great = (closer.cut(picture, side, middle) for side in (48, 160))
    y, x = np.subtract(small.at, great.at)
    assert min(y, x) >= 0
    np.testing.assert_array_equal(great.pixels[y : y + 48, x : x + 48], small.pixels)


def test_cuts_keep_within_the_bytes_of_a_sheet():
    assert closer.side_of(9, 0) == 0
    sides = [closer.side_of(count, closer.SHEET) for count in (1, 10, 60, 200, 10_000)]
    assert sides == sorted(sides, reverse=True) and (sides[0], sides[-1]) == (closer.MOST, closer.LEAST)
    assert 60 * sides[2] ** 2 * closer.BYTES <= closer.SHEET


def test_a_draw_is_cut_out_of_what_apply_makes(study, large):
    """Beside it stands what the same draw makes without its colour ops, which no other op depends on."""
    moves = [{"random_resized_crop": {"size": 240, "area": [0.5, 1]}}, {"rotate": "±20"}]
    spec = {"seed": 3, "pipeline": [*moves, {"gaussian_noise": {"std": 0.02}}, {"brightness": "1±0.3"}]}
    made = study(spec, large, n=2, budget=BUDGET)
    original, *draws = make_sheet("samples", made).groups[0].panels
    y, x = original.figure.closer.at
    side = original.figure.closer.pixels.shape[0]
    assert original.figure.closer.before is None
    np.testing.assert_array_equal(original.figure.closer.pixels, large[y : y + side, x : x + side])
    for epoch, panel in enumerate(draws):
        found = panel.figure.closer
        window = np.s_[found.at[0] : found.at[0] + side, found.at[1] : found.at[1] + side]
        sample = {"image": large}
        whole, moved = (augment.apply(s, sample, epoch=epoch)["image"] for s in (made.pipeline, {"seed": 3, "pipeline": moves}))
        np.testing.assert_array_equal(found.pixels, whole[window])
        np.testing.assert_array_equal(found.before, moved[window])


def test_what_is_not_moved_is_compared_with_the_sample(study, large):
    made = study({"pipeline": [{"gaussian_noise": {"std": 0.02}}]}, large, n=1, budget=BUDGET)
    original, draw = (panel.figure.closer for panel in make_sheet("samples", made).groups[0].panels)
    assert draw.before is None and draw.at == original.at
    noise = draw.pixels.astype(float) - original.pixels
    inside = (original.pixels > 30) & (original.pixels < 225)
    assert noise[inside].std() == pytest.approx(0.02 * 255, rel=0.05), "faint noise is all there"


@pytest.mark.parametrize(("name", "against"), [("stages", "previous"), ("ops", "original"), ("extremes", "original")])
def test_other_sheets_show_the_same_part(name, against, study, large):
    spec = {"pipeline": [{"rotate": "±20"}, {"gaussian_blur": {"sigma": ["0.4px", "0.6px"]}}]}
    groups = make_sheet(name, study(spec, large, n=1, budget=BUDGET)).groups
    cuts = [panel.figure.closer for group in groups for panel in group.panels]
    assert len({found.at for found in cuts}) == 1 and {group.against for group in groups} == {against}


def test_a_page_holds_them_without_loss(study, soup, decoded, large):
    made = study({"pipeline": [{"rotate": "±20"}, {"hue": "±20"}]}, large, n=1, budget=BUDGET)
    report = make_report(made, ["samples"])
    wells = soup(page(report)).select(".well")
    for well, panel in zip(wells, report.sheets[0].groups[0].panels, strict=True):
        found = panel.figure.closer
        np.testing.assert_array_equal(decoded({"src": well["data-closer"]}), found.pixels)
        assert well["data-at"] == f"{found.at[0]},{found.at[1]}" and well["data-size"] == "300,360"
    np.testing.assert_array_equal(decoded({"src": wells[1]["data-before"]}), found.before)
    assert not soup(page(make_report(study("image"), ["samples"]))).select("[data-closer]"), "only where bytes are given for them"
