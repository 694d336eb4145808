"""Looking closely at pictures of a report, in a browser, with the keyboard and with the pointer."""

import re

import numpy as np
import pytest
from PIL import Image

import augment
from augment.data.bundled import PHOTOS

pytestmark = pytest.mark.chromium
SPEC = {"seed": 3, "pipeline": [{"random_crop": [220, 300]}, {"gaussian_noise": {"std": 0.02}}]}
PIXELS = """() => [...document.querySelectorAll('.lightbox canvas')].map(one =>
    [one.width, one.height, [...one.getContext('2d').getImageData(0, 0, one.width, one.height).data]])"""


@pytest.fixture(scope="module")
def photo():
    with Image.open(PHOTOS / "coffee.jpg") as opened:
        return np.asarray(opened.convert("RGB"))


@pytest.fixture(scope="module")
def report(tmp_path_factory, photo):
    path = tmp_path_factory.mktemp("lightbox") / "report.html"
    augment.preview(SPEC, {"image": photo}, n=2, sheets=["samples", "ops"], backend="reference").save(path)
    return path


@pytest.fixture
def opened(visit, report):
    page = visit(report, viewport={"width": 1280, "height": 860})
    page.locator(".well").nth(1).focus()
    page.keyboard.press("Enter")
    assert page.is_visible(".lightbox")
    return page


def drawn(page):
    """The pixels that are shown: as they were before, and as they are now."""
    page.wait_for_selector(".lightbox .is-after canvas")
    return [np.reshape(data, (h, w, 4))[..., :3] for w, h, data in page.evaluate(PIXELS)]


def seat(page):
    return page.evaluate("() => document.activeElement.closest('.lightbox') !== null")


def test_pixels_are_those_that_apply_makes(opened, photo):
    page = opened
    title = page.inner_text(".lightbox-title")
    assert title.endswith("epoch 0") and page.inner_text(".lightbox-place").startswith("2 of ")
    page.keyboard.press("+")
    before, now = drawn(page)
    crop, spec = {**SPEC, "pipeline": SPEC["pipeline"][:1]}, SPEC
    moved, made = (augment.apply(s, {"image": photo})["image"] for s in (crop, spec))
    y, x = map(int, page.locator(".well").nth(1).get_attribute("data-at").split(","))
    window = np.s_[y : y + now.shape[0], x : x + now.shape[1]]
    np.testing.assert_array_equal(before, moved[window])
    np.testing.assert_array_equal(now, made[window])
    noise = (now - before)[(before > 30) & (before < 225)]
    assert 4.5 < noise.std() < 5.7, "noise of 0.02 can be seen"
    shown = page.locator(".lightbox .is-after canvas").bounding_box()
    assert (round(shown["height"]), round(shown["width"])) == now.shape[:2], "a pixel is a pixel"


def test_the_pixel_under_the_pointer_is_told_on_both_sides(opened):
    page = opened
    for _ in range(3):
        page.keyboard.press("+")
    before, now = drawn(page)
    y0, x0 = map(int, page.locator(".well").nth(1).get_attribute("data-at").split(","))
    edge = page.locator(".lightbox-frame").bounding_box()
    page.mouse.move(edge["x"] + 4 * 30 + 2, edge["y"] + 4 * 20 + 2)
    told = [int(number) for number in re.findall(r"\d+", page.inner_text(".lightbox-pixel"))]
    assert told == [x0 + 30, y0 + 20, *before[20, 30], *now[20, 30]]
    page.keyboard.press("Shift+ArrowRight")
    assert page.inner_text(".lightbox-pixel").startswith(f"x {x0 + 31}, y {y0 + 20}:")


def test_a_wipe_shows_what_it_was(opened):
    page = opened
    page.keyboard.press("+")
    drawn(page)
    edge = page.locator(".lightbox-frame").bounding_box()
    beside = {"x": edge["x"] + edge["width"] / 4, "y": edge["y"] + edge["height"] / 2, "width": 20, "height": 20}
    now = page.screenshot(clip=beside)
    page.keyboard.press("b")
    was = page.screenshot(clip=beside)
    assert was != now
    page.keyboard.press("b")
    assert page.screenshot(clip=beside) == now
    page.mouse.move(edge["x"] + 2, edge["y"] + 5)
    page.mouse.down()
    page.mouse.move(edge["x"] + edge["width"] / 2, edge["y"] + 5)
    page.mouse.up()
    assert page.input_value(".lightbox-wipe") == "50" and page.screenshot(clip=beside) == was
    page.focus(".lightbox-wipe")
    page.keyboard.press("Home")
    assert page.screenshot(clip=beside) == now


def test_the_keyboard_goes_on_and_comes_back(opened):
    page = opened
    first = page.inner_text(".lightbox-title")
    page.keyboard.press("ArrowRight")
    assert page.inner_text(".lightbox-title") != first
    page.keyboard.press("ArrowLeft")
    assert page.inner_text(".lightbox-title") == first
    stops = set()
    for _ in range(12):
        page.keyboard.press("Tab")
        assert seat(page), "the focus stays inside"
        stops.add(page.evaluate("() => document.activeElement.ariaLabel || document.activeElement.textContent"))
    assert {"Whole", "1:1", "Next picture", "Close", "How much is shown as it was before"} <= stops
    page.keyboard.press("Shift+Tab")
    assert seat(page)
    page.keyboard.press("Escape")
    page.wait_for_selector(".lightbox", state="detached")
    assert page.evaluate("() => document.activeElement === document.querySelectorAll('.well')[1]")
    page.keyboard.press("Space")
    page.keyboard.press("End")
    page.keyboard.press("Escape")
    page.wait_for_selector(".lightbox", state="detached")
    last = "[...document.querySelectorAll('#samples .well')].pop()"
    assert page.evaluate(f"() => document.activeElement === {last}"), "where one looked last, of what is not folded"


def test_corners_are_square(opened):
    corners = "() => [...document.querySelectorAll('.well, .well > img, .lightbox, .lightbox-layer, .lightbox-layer > img')]"
    assert set(opened.evaluate(f"{corners}.map(one => getComputedStyle(one).borderRadius)")) == {"0px"}


def test_it_works_in_a_frame_and_on_a_phone(visit, report, tmp_path):
    """As notebooks show a report: without an address of its own, and without the rights of the page around it."""
    frame = tmp_path / "frame.html"
    inside = report.read_text().replace("&", "&amp;").replace('"', "&quot;")
    frame.write_text(f'<iframe sandbox="allow-scripts" width="380" height="500" srcdoc="{inside}"></iframe>')
    page = visit(frame, viewport={"width": 412, "height": 700})
    held = page.frame_locator("iframe")
    held.locator(".well").nth(1).click()
    held.locator(".lightbox-button", has_text="2:1").click()
    held.locator(".is-after canvas").wait_for()
    box = held.locator(".lightbox").bounding_box()
    assert box["width"] <= 380
    assert held.locator("html").evaluate("one => one.scrollWidth <= innerWidth")
    page.keyboard.press("Escape")
    held.locator(".lightbox").wait_for(state="detached")


def test_a_notebook_brings_it_along(visit, tmp_path, photo):
    made = augment.preview(SPEC, {"image": photo}, n=1)
    cells = tmp_path / "cells.html"
    cells.write_text(f"<!doctype html><meta charset=utf-8><body>{made._repr_html_()}{made._repr_html_()}")
    page = visit(cells, viewport={"width": 900, "height": 700})
    page.locator(".well").nth(3).click()
    assert page.locator(".lightbox").count() == 1 and page.inner_text(".lightbox-place") == "2 of 2"
    page.keyboard.press("Escape")
    page.wait_for_selector(".lightbox", state="detached")


def test_axe_finds_nothing_serious_in_it(opened):
    from axe_playwright_python.sync_playwright import Axe

    opened.keyboard.press("+")
    drawn(opened)
    found = Axe().run(opened).response["violations"]
    assert [(v["id"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] in ("serious", "critical")] == []
