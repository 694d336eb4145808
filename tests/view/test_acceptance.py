"""The first hour on the page: by keyboard alone, on screens of any width, and with nothing serious in the way of anyone."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.chromium
WIDTHS = (360, 820, 1024, 1280, 1800, 2560)
BEYOND = """() => [...document.querySelectorAll('body *')].filter(one => {
    const at = one.getBoundingClientRect();
    if (!at.width || at.right <= innerWidth + 1 || getComputedStyle(one).position === 'fixed') return false;
    if (!one.checkVisibility()) return false; // what is folded may have kept the place of another width
    for (let up = one.parentElement; up; up = up.parentElement) {
        const style = getComputedStyle(up);
        if (style.overflowX !== 'visible' || style.clipPath !== 'none') return false; // it scrolls, or is cut off on purpose
    }
    return true;
}).map(one => one.outerHTML.slice(0, 120))"""
AT = "() => { const at = document.activeElement; return at.ariaLabel || at.id || at.textContent.trim() || at.name }"


def tab_to(page, name, most):
    """Press Tab until something is reached; return how often."""
    for count in range(1, most + 1):
        page.keyboard.press("Tab")
        if page.evaluate(AT) == name:
            return count
    raise AssertionError(f"{name} is not reached by {most} tabs; the last is {page.evaluate(AT)}")


def again(page):
    """Go back to where the Tab key begins."""
    page.focus(".skip")


@pytest.mark.firefox
def test_nothing_is_wider_than_the_window(visit, shown_anew):
    page = visit(width=WIDTHS[0])
    page.evaluate("() => document.getElementById('unfold').click()")
    page.evaluate("() => document.getElementById('pin').click()")
    page.wait_for_selector("#pinned[data-turn] img.base")
    shown_anew(page, lambda: page.evaluate("() => document.querySelector('input[name=picture][value=b0]').click()"))
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("() => document.documentElement.scrollWidth") <= width, width
        assert page.evaluate(BEYOND) == [], width


def test_much_room_is_used(visit):
    page = visit(width=2560, height=1300)
    text, cards, stage = (page.locator(one).bounding_box() for one in (".paper", ".sliders", ".stage"))
    assert text["x"] + text["width"] <= cards["x"] + 1 and cards["x"] + cards["width"] <= stage["x"] + 1
    assert text["y"] == cards["y"] and stage["x"] + stage["width"] == 2560 and text["height"] >= 1300 - 57
    page.set_viewport_size({"width": 1440, "height": 860})
    assert page.evaluate("() => { const nav = document.querySelector('.bar nav'); return nav.scrollWidth <= nav.clientWidth }")
    page.set_viewport_size({"width": 1280, "height": 860})
    text, cards = (page.locator(one).bounding_box() for one in (".paper", ".sliders"))
    assert cards["y"] >= text["y"] + text["height"] - 1 and cards["x"] == text["x"]


@pytest.mark.firefox
def test_axe_finds_nothing_serious_at_work(visit, shown_anew):
    page = visit(width=1440)

    def check(name):
        page.wait_for_function("() => document.getAnimations().every(one => one.playState === 'finished')")
        found = Axe().run(page).response["violations"]
        grave = [(v["id"], [n["html"][:140] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")]
        assert grave == [], name

    page.click("#pin")
    page.wait_for_selector("#pinned[data-turn] img.base")
    page.locator(".op-name").nth(1).focus()
    shown_anew(page, lambda: page.keyboard.press("m"))
    page.wait_for_selector(".said:not(.is-shown)", state="attached")
    check("pinned, and an op left out")
    page.focus("#text")
    page.keyboard.press("Control+End")
    page.keyboard.type("  - ro")
    page.wait_for_selector("#offers li")
    check("names offered")
    page.keyboard.press("Escape")
    page.click("#add-op")
    page.wait_for_selector("#ops .offer")
    check("the list of ops")


@pytest.mark.firefox
def test_the_first_hour_by_keyboard(visit, serve, folder, tmp_path, spec_text, shown_anew):
    """A slider is near; an op is added, moved and left out; pictures are looked at closely; a sheet is chosen; it is saved."""
    spec = tmp_path / "own.yaml"
    spec.write_text(spec_text, encoding="utf-8")
    with serve(spec, files=(folder / "pictures",)) as server:
        page = visit(at=server)
        _work(page, shown_anew)
        page.close()
    assert "solarize_add" in spec.read_text(encoding="utf-8") and "# not too far" in spec.read_text(encoding="utf-8")


def _work(page, shown_anew):
    first = tab_to(page, "resize size", 20)
    assert first <= 16, f"{first} tabs to the first slider"
    shown_anew(page, lambda: page.keyboard.press("ArrowRight"))
    again(page)
    tab_to(page, "add-op", 14)
    page.keyboard.press("Enter")
    page.wait_for_selector("#ops .offer")
    page.keyboard.type("solarize_add")
    shown_anew(page, lambda: page.keyboard.press("Enter"))
    assert page.evaluate(AT) == "solarize_add"
    shown_anew(page, lambda: page.keyboard.press("Alt+ArrowUp"))
    assert page.input_value("#text").index("solarize_add") < page.input_value("#text").index("color_jitter")
    shown_anew(page, lambda: page.keyboard.press("m"))
    shown_anew(page, lambda: page.keyboard.press("m"))
    shown_anew(page, lambda: page.keyboard.press("Control+Enter"))
    again(page)
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'shown'")
    page.keyboard.press("Tab")
    assert page.evaluate(AT).startswith("Look closely: ")
    page.keyboard.press("Enter")
    page.wait_for_selector(".lightbox[open]")
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Escape")
    page.wait_for_selector(".lightbox", state="detached")
    again(page)
    tab_to(page, "Ops", 60)
    shown_anew(page, lambda: page.keyboard.press("Enter"))
    assert page.get_attribute("#shown", "data-sheet") == "ops"
    page.keyboard.press("Control+s")
    page.wait_for_selector("#dirty", state="hidden")
