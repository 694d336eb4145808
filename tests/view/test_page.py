"""The live page in a browser: what people do with it, by mouse and by keyboard, and what may not happen meanwhile."""

from __future__ import annotations

import io
import re
import time
from pathlib import Path

import pytest
from PIL import Image

from augment.data.bundled import PHOTOS

pytestmark = pytest.mark.chromium
LOOKED = "#shown[aria-busy=false] .panel img"
WAIT = 60_000  # until something is given up: nothing waits for time


class Held:
    """The next request of a kind, kept on its way until it is let go."""

    def __init__(self, page, name):
        self.page, self.name, self.routes = page, name, []
        page.route(f"**/api/{name}", self._keep)

    def _keep(self, route):
        if self.routes:
            route.continue_()
        else:
            self.routes.append(route)

    def wait(self):
        until = time.monotonic() + WAIT / 1000
        while not self.routes:
            assert time.monotonic() < until, self.name
            self.page.evaluate("() => new Promise(requestAnimationFrame)")

    def let_go(self):
        """Send it, and wait until the page has dealt with the answer."""
        before = self.page.evaluate("name => heard[name] || 0", self.name)
        self.routes[0].continue_()
        self.page.wait_for_function("([name, n]) => (heard[name] || 0) > n", arg=[self.name, before])


def text(page):
    return page.input_value("#text")


def pictures(page):
    return page.eval_on_selector_all("#shown img.base", "all => all.map(one => one.src)")


def shown_anew(page, act):
    """Do something, and wait until other pictures are shown."""
    turn = page.get_attribute("#shown", "data-turn")
    act()
    changed = "s => { const at = document.getElementById('shown'); return at.dataset.turn !== s && at.ariaBusy === 'false' }"
    page.wait_for_function(changed, arg=turn)


def test_a_mistake_is_shown_where_it_is_until_it_is_mended(visit, spec_text):
    page = visit()
    before = pictures(page)
    page.fill("#text", spec_text.replace("degrees", "degres").replace("resize: 96", "resize: {size: 96, p: 2}"))
    page.wait_for_selector("#problems li")
    told = page.locator("#problems li").all_inner_texts()
    assert len(told) == 2 and told[0].startswith("5:27") and told[1].startswith("6:14") and "did you mean 'degrees'" in told[1]
    assert page.locator("#gutter .is-error").all_inner_texts() == ["5", "6"]
    assert pictures(page) == before and "before its mistakes" in page.inner_text("#took")
    page.locator("#problems li button").nth(1).click()
    at = page.evaluate(
        "() => { const t = document.getElementById('text'); return [document.activeElement === t, t.selectionStart] }"
    )
    assert at == [True, text(page).index("degres")]
    shown_anew(page, lambda: page.fill("#text", spec_text.replace("±20", "±90")))
    assert page.locator("#problems li").count() == 0 and pictures(page) != before


def test_a_slider_changes_the_text_and_the_pictures(visit, spec_text):
    page = visit()
    before = pictures(page)
    low = page.get_by_label("rotate degrees, from", exact=True)
    low.focus()
    shown_anew(page, lambda: low.press("End"))  # pushes the other thumb along
    changed = re.search(r"degrees: (\S+|\[.*?\]), p: 0.5}   # not too far", text(page))[1]
    assert changed == "80" or changed == "[80, 80]"
    assert text(page) == spec_text.replace("±20", changed)
    after = pictures(page)
    assert after[0] == before[0] and after != before
    assert not page.is_hidden("#dirty")
    shown_anew(page, lambda: page.click("#undo"))
    assert text(page) == spec_text and pictures(page) == before
    shown_anew(page, lambda: page.click("#redo"))
    assert pictures(page) == after


def test_a_slider_is_dragged(visit, spec_text):
    page = visit()
    slider = page.get_by_label("resize size", exact=True)
    box = slider.bounding_box()
    page.mouse.move(box["x"] + 7 + (box["width"] - 14) * 88 / 504, box["y"] + box["height"] / 2)
    page.mouse.down()
    page.mouse.move(box["x"] + box["width"] * 0.6, box["y"] + box["height"] / 2, steps=12)
    page.wait_for_function("() => !document.getElementById('text').value.includes('resize: 96')")
    page.mouse.up()
    said = "parseInt(document.querySelector('output').textContent)"
    page.wait_for_function(f"() => document.getElementById('text').value.includes('resize: ' + {said})")
    side = int(re.search(r"resize: (\d+)", text(page))[1])
    assert 280 <= side <= 336 and side % 8 == 0
    shown = "side => [...document.querySelectorAll('#shown dd')].some(one => one.textContent === `${side} × ${side}`)"
    page.wait_for_function(shown, arg=side, timeout=120_000)


def test_a_field_that_was_not_written_is_added(visit):
    page = visit()
    page.locator("details[data-at='2'] summary").click()
    hue = page.get_by_label("color_jitter hue, to", exact=True)
    hue.focus()
    shown_anew(page, lambda: hue.press("End"))
    assert "- color_jitter: {brightness: 1±0.3, hue: [0, 72]}\n" in text(page)
    assert page.evaluate("() => document.activeElement.ariaLabel") == "color_jitter hue, to"
    spread = page.get_by_label("Draw rotate degrees from a range", exact=True)
    shown_anew(page, spread.click)
    assert "degrees: 0, p: 0.5}   # not" in text(page)
    shown_anew(page, spread.click)
    assert "degrees: ±" in text(page)


def test_backends_agree_and_are_changed(visit):
    page = visit()
    before = pictures(page)
    shown_anew(page, lambda: page.check("input[name=backend][value=torchvision]", force=True))
    assert "torchvision" in page.inner_text("#took")
    assert len(pictures(page)) == len(before) == 9 and pictures(page)[0] == before[0]
    shown_anew(page, lambda: page.click("[data-sheet=backends]"))
    assert "within tolerance" in page.inner_text("#shown") and "beyond" not in page.inner_text("#shown")


def test_new_draws(visit):
    page = visit()
    first = pictures(page)
    shown_anew(page, lambda: page.click("#next"))
    assert page.input_value("#epoch") == "8"
    second = pictures(page)
    assert second[0] == first[0] and not set(second[1:]) & set(first[1:])
    shown_anew(page, lambda: page.select_option("#n", "3"))
    assert pictures(page) == second[:4]
    shown_anew(page, lambda: page.click("#back"))
    shown_anew(page, lambda: page.click("#back"))
    assert page.input_value("#epoch") == "2" and pictures(page)[1:] == first[3:6]
    shown_anew(page, lambda: (page.fill("#seed", "6"), page.press("#seed", "Enter")))
    assert "seed: 6" in text(page) and pictures(page)[1:] != first[3:6]


def test_every_sheet_is_shown(visit):
    page = visit()
    names = page.eval_on_selector_all("#sheets button", "all => all.map(one => one.dataset.sheet)")
    assert {"samples", "ops", "extremes", "stages", "distributions"} <= set(names)
    names.remove("backends")  # has a test of its own
    for name in names:
        shown_anew(page, lambda name=name: page.click(f"[data-sheet={name}]"))
        assert page.get_attribute("#shown", "data-sheet") == name
        assert page.locator("#shown :is(.panel, table)").count() > 0 and page.locator("#shown .is-problem").count() == 0


def test_pictures_are_looked_at_closely(visit):
    """What is kept without loss is brought when it is looked at, and not with every move of a slider."""
    page = visit()
    assert page.locator("#shown [data-closer]").count() == 0
    page.locator("#shown .well").nth(2).click()
    page.wait_for_selector("#shown [data-before]", state="attached")
    page.keyboard.press("+")
    page.wait_for_selector(".lightbox .is-before canvas", state="attached")
    assert page.inner_text(".lightbox-title") == page.locator("#shown .title").nth(2).inner_text()
    page.keyboard.press("Escape")
    page.wait_for_selector(".lightbox", state="detached")
    assert page.evaluate("() => document.activeElement === document.querySelectorAll('#shown .well')[2]")


def test_targets_are_switched(visit):
    page = visit()
    shown_anew(page, lambda: page.check("input[name=picture][value=b0]", force=True))
    assert page.locator("#shown .over-boxes").first.is_visible()
    page.locator("#layers label", has_text="Boxes").click()
    assert not page.locator("#shown .over-boxes").first.is_visible()
    assert page.locator("#shown .over-mask").first.is_visible()
    shown_anew(page, lambda: page.click("#next"))
    assert not page.locator("#shown .over-boxes").first.is_visible()


def test_an_upload_is_shown(visit):
    page = visit()
    count = page.locator("#strip .thumb").count()
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "#2050c0").save(file, "png")
    upload = {"name": "blue <b>.png", "mimeType": "image/png", "buffer": file.getvalue()}
    shown_anew(page, lambda: page.set_input_files("#upload", files=[upload]))
    assert page.locator("#strip .thumb").count() == count + 1
    assert "40 × 60" in page.inner_text("#shown")
    bad = {"name": "bad.png", "mimeType": "image/png", "buffer": b"nothing"}
    page.set_input_files("#upload", files=[bad])
    page.wait_for_selector(".said.is-shown")
    assert "bad.png: is no picture" in page.inner_text(".said")


def test_the_spec_is_saved_unless_it_was_changed_elsewhere(visit, spec, spec_text):
    page = visit()
    shown_anew(page, lambda: page.fill("#text", spec_text.replace("±20", "±25")))
    page.keyboard.press("Control+s")
    page.wait_for_selector("#dirty", state="hidden")
    assert spec.read_text(encoding="utf-8") == spec_text.replace("±20", "±25")
    spec.write_text("# mine\n" + spec_text, encoding="utf-8")
    shown_anew(page, lambda: page.fill("#text", spec_text.replace("±20", "±30")))
    page.click("#save")
    page.wait_for_selector("#notice:not([hidden])")
    assert "changed by something else" in page.inner_text("#notice")
    assert spec.read_text(encoding="utf-8") == "# mine\n" + spec_text
    shown_anew(page, lambda: page.click("#theirs"))
    assert text(page) == "# mine\n" + spec_text and page.is_hidden("#dirty")
    with page.expect_download() as download:
        page.click("#download")
    assert download.value.suggested_filename == "spec.yaml"
    assert Path(download.value.path()).read_text(encoding="utf-8") == "# mine\n" + spec_text


@pytest.fixture(autouse=True)
def _file_as_it_was(server, spec, spec_text):
    spec.write_text(spec_text, encoding="utf-8")
    server.session.spec.read()


def test_a_link_brings_everything_back(visit, spec_text, server):
    page = visit()
    shown_anew(page, lambda: page.fill("#text", spec_text.replace("±20", "±65")))
    shown_anew(page, lambda: page.check("input[name=picture][value=b1]", force=True))
    shown_anew(page, lambda: page.select_option("#n", "4"))
    shown_anew(page, lambda: page.click("#next"))
    shown_anew(page, lambda: page.click("[data-sheet=stages]"))
    page.click("#link")
    page.wait_for_function("() => location.hash.startsWith('#s=')")
    address = page.evaluate("() => navigator.clipboard.readText()")
    assert address == page.url and server.token not in address
    other = visit(address)
    assert text(other) == text(page) and pictures(other) == pictures(page)
    for name in ("#epoch", "#n"):
        assert other.input_value(name) == page.input_value(name)
    assert other.get_attribute("[data-sheet=stages]", "aria-current") == "true" and other.is_checked("input[value=b1]")


def test_the_command_makes_the_same_pictures(visit, spec, folder, tmp_path, monkeypatch):
    """What a panel's button copies, run as it is, shows the same pixels."""
    import shlex

    from bs4 import BeautifulSoup
    from click.testing import CliRunner

    from augment.cli import main

    page = visit()
    wanted = pictures(page)[3]
    page.locator("#shown .copy").nth(2).click()
    page.wait_for_selector(".said.is-shown")
    command = page.evaluate("() => navigator.clipboard.readText()")
    assert command.startswith("augment preview") and "--epoch 2" in command
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(main, shlex.split(command)[1:])
    assert result.exit_code == 0, result.output
    made = BeautifulSoup((tmp_path / "again.html").read_text(encoding="utf-8"), "html.parser")
    assert [img["src"] for img in made.select("#samples img.base")][1] == wanted


def test_everything_is_reached_by_the_keyboard(visit, spec_text):
    page = visit()
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'shown'")
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.getElementById('shown').contains(document.activeElement)")
    page.focus(".skip")
    seen = []
    for _ in range(60):
        page.keyboard.press("Tab")
        seen.append(page.evaluate("() => { const at = document.activeElement; return at.ariaLabel || at.id || at.name }"))
    for name in (
        "link",
        "save",
        "picture",
        "upload",
        "backend",
        "epoch",
        "New draws",
        "n",
        "seed",
        "stage",
        "The spec as YAML",
        "resize size",
        "rotate degrees, from",
    ):
        assert name in seen, name
    page.focus("#next")
    assert page.evaluate("() => getComputedStyle(document.activeElement).outlineStyle") != "none"
    shown_anew(page, lambda: page.keyboard.press("Control+Enter"))
    assert page.input_value("#epoch") == "8"
    page.focus("#text")
    shown_anew(page, lambda: (page.keyboard.press("Control+Home"), page.keyboard.type("# hello\n")))
    assert text(page).startswith("# hello\n# A small")
    shown_anew(page, lambda: [page.keyboard.press("Control+z") for _ in range(8)])
    assert text(page) == spec_text


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_axe_finds_nothing_serious(visit, width, scheme, spec_text):
    from axe_playwright_python.sync_playwright import Axe

    page = visit(width=width, height=860, color_scheme=scheme)
    if width < 820:
        page.click("#unfold")
    page.check("input[name=picture][value=b0]", force=True)
    page.wait_for_selector("#shown .over-boxes")
    still = """() => document.getElementById('shown').ariaBusy === 'false'
        && document.getAnimations().every(one => one.playState === 'finished')"""
    for wrong, now, waited in (
        ("", "", "#verdict:has-text('no findings')"),
        ("±20", "±300", "#lint li"),
        ("degrees", "degres", "#problems li"),
    ):
        if wrong:
            page.fill("#text", spec_text.replace(wrong, now))
        page.wait_for_selector(waited)
        page.wait_for_function(still)
        found = Axe().run(page).response["violations"]
        grave = [(v["id"], [n["html"][:160] for n in v["nodes"]][:3]) for v in found if v["impact"] in ("serious", "critical")]
        assert grave == []
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")


# Where there is little room -------------------------------------------------------------------------------------------


def top(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


def test_on_a_phone_the_pictures_come_first(visit):
    page = visit(width=390, height=844, is_mobile=True, has_touch=True)
    picture = page.locator("#shown .well").nth(1).bounding_box()
    assert picture["y"] < 844 / 4 and picture["y"] + picture["height"] < 844 / 2
    assert top(page, "#cards") > top(page, "#text") > picture["y"] + picture["height"]
    folded = ("#strip", "#backend", "#seed", "#link", "#command", "#download")
    assert [name for name in folded if page.is_visible(name)] == []
    for name in ("#save", "#next", "#n", "[data-sheet=stages]"):
        assert page.is_visible(name), name
    assert page.get_attribute("#unfold", "aria-expanded") == "false"
    page.tap("#unfold")
    assert page.get_attribute("#unfold", "aria-expanded") == "true"
    assert [name for name in folded if not page.is_visible(name)] == []
    shown_anew(page, lambda: page.check("input[name=picture][value=b0]", force=True))
    assert page.is_visible("#layers .switch")
    assert page.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    page.tap("#unfold")
    page.focus(".skip")
    page.keyboard.press("Enter")
    page.wait_for_function("() => document.activeElement.id === 'shown'")
    assert page.is_hidden("#layers .switch") and top(page, "#shown .well") == picture["y"]
    page.locator("#cards").scroll_into_view_if_needed()
    page.locator(".card").last.scroll_into_view_if_needed()
    assert 0 <= top(page, "#shown .well") < 60, "draws stay in sight while sliders move"


def test_on_a_desk_everything_is_beside_the_pictures(visit):
    page = visit()
    shown_anew(page, lambda: page.check("input[name=picture][value=b0]", force=True))
    assert page.is_hidden("#unfold")
    for name in ("#strip", "#backend", "#seed", "#layers", "#link", "#command", "#download", "#text", "#cards"):
        assert page.is_visible(name), name
    assert page.locator(".desk").bounding_box()["x"] == 0 and top(page, "#text") < 200


@pytest.mark.parametrize(("width", "scale"), [(1280, 1), (390, 2)])
def test_labels_of_boxes_can_be_read(visit, width, scale):
    page = visit(width=width, height=860, device_scale_factor=scale, is_mobile=width < 800)
    if width < 800:
        page.click("#unfold")
    page.check("input[name=picture][value=b0]", force=True)
    page.wait_for_selector("#shown .tag")
    labels = page.evaluate("""() => [...document.querySelectorAll('#shown .tag')].map(tag => {
        const at = tag.getBoundingClientRect(), well = tag.closest('.well').getBoundingClientRect();
        const wide = at.left > well.left - 1 && at.right < well.right + 1;
        const high = at.top > well.top - 1 && at.bottom < well.bottom + 1;
        return [parseFloat(getComputedStyle(tag).fontSize) * at.height / tag.offsetHeight, wide && high, tag.textContent];
    })""")
    assert {label for _, _, label in labels} == {"cup", "spoon"}
    assert min(size for size, _, _ in labels) >= 11 and all(inside for _, inside, _ in labels)


# While it works -------------------------------------------------------------------------------------------------------


WORKS = "() => getComputedStyle(document.querySelector('.progress')).opacity === '1'"
RESTS = "() => getComputedStyle(document.querySelector('.progress')).opacity === '0'"
DELAY = """() => {
    const at = getComputedStyle(document.querySelector('.progress'));
    return parseFloat(at.transitionDelay) + parseFloat(at.transitionDuration);
}"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_it_shows_at_once_that_it_works(visit, motion):
    page = visit(reduced_motion=motion)
    page.wait_for_function(RESTS)
    held = Held(page, "look")
    page.check("input[name=backend][value=keras]", force=True)
    assert page.get_attribute("#shown", "aria-busy") == "true", "no timer is waited for"
    assert page.evaluate(DELAY) <= 0.3
    page.wait_for_function(WORKS)
    moves = page.evaluate("() => getComputedStyle(document.querySelector('.progress')).animationName !== 'none'")
    assert moves == (motion == "no-preference")
    page.wait_for_function("() => document.querySelector('.said.is-shown')?.textContent.startsWith('Loading keras')")
    page.uncheck("#stage", force=True)
    page.check("input[name=backend][value=reference]", force=True)  # nobody waits for the other any more
    page.wait_for_selector("#shown[aria-busy=false]")
    page.wait_for_function(RESTS)
    page.wait_for_function("() => !document.querySelector('.said.is-shown')")
    assert "reference" in page.inner_text("#took")
    held.routes[0].abort()


def test_the_first_pictures_are_announced(visit):
    held = []
    before = lambda page: held.append(Held(page, "look"))  # noqa: E731
    page = visit(until="#shown[aria-busy=true]", before=before)
    page.wait_for_function(WORKS)
    assert page.inner_text("#took") == "Loading"
    room = page.evaluate("() => getComputedStyle(document.getElementById('shown'), '::before').height")
    assert float(room.removesuffix("px")) > 100, "where pictures will be"
    held[0].wait()
    held[0].let_go()
    page.wait_for_selector(LOOKED)
    page.wait_for_function(RESTS)


def test_a_spec_with_mistakes_is_not_waited_for(visit, serve, tmp_path, spec_text):
    (tmp_path / "broken.yaml").write_text(spec_text.replace("degrees", "degres"), encoding="utf-8")
    with serve(tmp_path / "broken.yaml") as server:
        page = visit(at=server, until="#problems li")
        page.wait_for_function(RESTS)
        assert page.get_attribute("#shown", "aria-busy") == "false"
        assert page.inner_text("#took") == "Pictures come when the mistakes are mended."
        page.fill("#text", spec_text)
        page.wait_for_selector(LOOKED)
        assert " s on opencv" in page.inner_text("#took")
        page.wait_for_function(RESTS)
        page.close()  # before its server ends


# What comes late ------------------------------------------------------------------------------------------------------


def degrees(page):
    return page.inner_text(".control[data-id='1:degrees'] output")


def test_an_answer_that_is_older_than_a_slider_changes_nothing(visit, spec_text):
    page = visit()
    held = Held(page, "read")
    page.fill("#text", spec_text.replace("±20", "±25"))
    held.wait()
    low = page.get_by_label("rotate degrees, from", exact=True)
    low.focus()
    shown_anew(page, lambda: low.press("Home"))
    wanted, said = text(page), degrees(page)
    assert "degrees: [-80, 20]" in wanted and said == "−80 to 20°"
    held.let_go()
    assert text(page) == wanted and degrees(page) == said


def size_on_its_way(page):
    """The request of a slider that was pushed to its end."""
    held = Held(page, "change")
    size = page.get_by_label("resize size", exact=True)
    size.focus()
    size.press("End")
    held.wait()
    return held


def test_what_is_written_while_a_slider_is_on_its_way_stays(visit, spec_text):
    page = visit()
    held = size_on_its_way(page)
    page.fill("#text", "# mine\n" + spec_text)
    held.let_go()
    wanted = "# mine\n" + spec_text.replace("resize: 96", "resize: 512")
    page.wait_for_function("wanted => document.getElementById('text').value === wanted", arg=wanted)
    page.wait_for_function("() => document.querySelector('output').textContent === '512 px'")


def test_undo_takes_back_what_is_on_its_way(visit, spec_text):
    page = visit()
    mine = spec_text.replace("±20", "±25")
    shown_anew(page, lambda: page.fill("#text", mine))
    held = size_on_its_way(page)
    page.keyboard.press("Control+z")
    held.let_go()
    page.wait_for_function("() => !document.getElementById('redo').disabled")
    assert text(page) == mine
    page.wait_for_function("() => document.querySelector('output').textContent === '96 px'")


def test_what_is_saved_has_what_is_on_its_way(visit, spec, spec_text):
    page = visit()
    held = size_on_its_way(page)
    page.keyboard.press("Control+s")
    held.let_go()
    page.wait_for_function("() => heard.save")
    assert spec.read_text(encoding="utf-8") == text(page) == spec_text.replace("resize: 96", "resize: 512")


def test_a_drag_is_one_step(visit, spec_text):
    page = visit()
    slider = page.get_by_label("resize size", exact=True)
    box = slider.bounding_box()
    middle, other = box["y"] + box["height"] / 2, "was => document.getElementById('text').value !== was"
    page.mouse.move(box["x"] + 7 + (box["width"] - 14) * 88 / 504, middle)
    page.mouse.down()
    for share in (0.4, 0.6, 0.8):
        before = text(page)
        page.mouse.move(box["x"] + box["width"] * share, middle)
        page.wait_for_function(other, arg=before)
    page.mouse.up()
    page.click("#undo")
    page.wait_for_function("() => !document.getElementById('redo').disabled")
    assert text(page) == spec_text


def test_a_drag_that_goes_nowhere_is_over(visit, spec_text):
    """Where a slider ends as it began, browsers tell of the moves, and not all of them of a change."""
    page = visit()
    page.get_by_label("resize size", exact=True).evaluate("""slider => {
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        slider.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    }""")
    page.fill("#text", spec_text + "  - hue: ±9\n")
    page.get_by_label("hue degrees, from", exact=True).wait_for()


def test_what_is_switched_off_stays_off(visit):
    page = visit()
    shown_anew(page, lambda: page.check("input[name=picture][value=b0]", force=True))
    page.locator("#layers label", has_text="Boxes").click()
    shown_anew(page, lambda: page.click("[data-sheet=distributions]"))
    assert page.locator("#layers input").count() == 0
    shown_anew(page, lambda: page.click("[data-sheet=samples]"))
    assert page.locator("#layers input").count() == 3
    assert not page.is_checked(".show-boxes") and page.is_checked(".show-mask")
    assert not page.locator("#shown .over-boxes").first.is_visible()


def test_a_spec_of_texts_has_backends_of_texts(visit, spec_text):
    page = visit()
    shown_anew(page, lambda: page.check("input[name=picture][value=b0]", force=True))
    assert page.is_visible("#backend") and page.is_hidden("#text-backend")
    page.fill("#text", "pipeline: [delete_words: {rate: 0.2}]")
    page.wait_for_selector("#text-backend:visible")
    assert page.is_hidden("#backend")
    page.wait_for_selector("#shown[data-sheet=text] .diff-text")


def test_typing_is_undone_by_words(visit, spec_text):
    page = visit()
    page.focus("#text")
    page.keyboard.press("Control+Home")
    # all at once: a pause would be a step, and this machine may make one
    page.evaluate("""() => {
        for (const letter of '# one two') document.execCommand('insertText', false, letter);
        document.execCommand('insertLineBreak');
    }""")
    for left in ("# one two", "# one ", "# ", ""):
        page.keyboard.press("Control+z")
        page.wait_for_function("wanted => document.getElementById('text').value === wanted", arg=left + spec_text)
    page.keyboard.press("Control+Shift+z")
    page.keyboard.press("Control+Shift+z")
    page.wait_for_function("wanted => document.getElementById('text').value === wanted", arg="# one " + spec_text)
    page.evaluate("""() => {
        document.getElementById('text').setSelectionRange(6, 6);
        for (let i = 0; i < 4; i += 1) document.execCommand('delete');
    }""")
    assert text(page) == "# " + spec_text
    page.keyboard.press("Control+z")
    page.wait_for_function("wanted => document.getElementById('text').value === wanted", arg="# one " + spec_text)


# Dragging -------------------------------------------------------------------------------------------------------------


DRAG = """async ([label, seconds]) => { // as a hand does, to and fro; returns how many pictures came
    const slider = document.querySelector(`[aria-label="${label}"]`), shown = document.getElementById('shown');
    const before = Number(shown.dataset.turn), begun = performance.now();
    let turns = before;
    for (let i = 0; performance.now() - begun < 1000 * seconds; i += 1) {
        const share = Math.abs((i % 80) / 40 - 1);
        slider.value = Number(slider.min) + (Number(slider.max) - Number(slider.min)) * share;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((go) => setTimeout(go, 30));
        turns = Number(shown.dataset.turn);
    }
    slider.dispatchEvent(new Event('change', { bubbles: true }));
    return turns - before;
}"""


@pytest.mark.parametrize(("side", "least"), [(224, 8), (1024, 5)])
def test_pictures_come_while_a_slider_is_dragged(visit, serve, tmp_path, side, least):
    """On a machine with two cores of its own about 24 and 13; the bounds are for one that others use, too."""
    with Image.open(PHOTOS / "cat.jpg") as photo:
        photo.resize((side, side)).save(tmp_path / "cat.png")
    (tmp_path / "spec.yaml").write_text(
        "version: 1\npipeline:\n  - rotate: ±20\n  - color_jitter: {brightness: 1±0.3}\n  - gaussian_blur: {sigma: 1.5px}\n"
    )
    with serve(tmp_path / "spec.yaml", files=(tmp_path / "cat.png",)) as server:
        page = visit(at=server)
        assert page.locator("#shown .panel").count() == 9
        came = [page.evaluate(DRAG, ["rotate degrees, from", 5])]
        if came[0] < least:  # other processes may have had the time
            came.append(page.evaluate(DRAG, ["rotate degrees, from", 5]))
        print(f"{came} pictures of {side} px in 5 s")
        assert max(came) >= least
        page.wait_for_selector("#shown[aria-busy=false]:not(.is-rough):not(:has(.is-stale))")
        assert page.locator("#shown .panel").count() == 9
        page.close()


# Texts ----------------------------------------------------------------------------------------------------------------

TEXTS = "pipeline: [{swap_words: {rate: 0.5}}]\n"


@pytest.fixture(scope="module")
def texts(serve, tmp_path_factory):
    """A page of a spec for texts alone, with a file of texts."""
    folder = tmp_path_factory.mktemp("texts")
    (folder / "text.yaml").write_text(TEXTS)
    (folder / "lines.txt").write_text("The quick brown fox jumps.\n\nA second line has seven words here.\n")
    lines = (("lines.txt:1", "The quick brown fox jumps."), ("lines.txt:3", "A second line has seven words here."))
    with serve(folder / "text.yaml", files=(folder / "lines.txt",), texts=lines) as server:
        yield server


def test_texts_are_chosen_and_typed(visit, texts):
    page = visit(at=texts, until="#shown[aria-busy=false] .panel")
    assert page.locator("#strip img, #shown img").count() == 0 and page.is_hidden("#backend")
    assert page.locator("#strip label").all_inner_texts()[:2] == [text for _, text in texts.session.given.texts]
    assert "fox" in page.inner_text("#shown") and "seven" not in page.inner_text("#shown")
    shown_anew(page, lambda: page.check("input[name=picture][value=t1]", force=True))
    assert "seven" in page.inner_text("#shown")
    page.click("#command")
    page.wait_for_selector(".said.is-shown")
    assert "lines.txt" in page.inner_text(".said") and "--index 1" in page.inner_text(".said")
    shown_anew(page, lambda: page.fill("#words", "one two three\nfour five six"))
    assert page.locator("#shown .group").count() == 2 and page.locator("input[name=picture]:checked").count() == 0
    page.click("#link")
    page.wait_for_function("() => location.hash.startsWith('#s=')")
    other = visit(page.url, at=texts, until="#shown[aria-busy=false] .panel")
    assert other.input_value("#words") == page.input_value("#words")
    assert other.inner_text("#shown") == page.inner_text("#shown")
    upload = {"name": "mine.txt", "mimeType": "text/plain", "buffer": b"words of an upload"}
    shown_anew(page, lambda: page.set_input_files("#upload", files=[upload]))
    assert "upload" in page.inner_text("#shown")
    shown_anew(page, lambda: page.fill("#words", ""))
    assert "fox" in page.inner_text("#shown") and page.is_checked("input[value=t0]")
    shown_anew(page, lambda: page.fill("#text", "pipeline: [{resize: 64}]"))
    assert page.is_hidden("#typed") and page.locator("#strip img").count() == 2 and page.locator("#shown img").count() > 0


def test_a_spec_with_views_is_told_what_to_do(page):
    text = "views: {a: [rotate: ±5], b: [resize: 64]}"
    for told in (page.post("read", text=text).json(), page.look(text=text)):
        assert [mistake["path"] for mistake in told["mistakes"]] == ["views"] and "spec.view(name)" in str(told["mistakes"])
