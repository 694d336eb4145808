"""The live page in a browser: what people do with it, by mouse and by keyboard."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from PIL import Image

pytestmark = pytest.mark.chromium


def test_a_mistake_is_shown_where_it_is_until_it_is_mended(visit, spec_text, shown_anew, pictures):
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
    assert at == [True, page.input_value("#text").index("degres")]
    shown_anew(page, lambda: page.fill("#text", spec_text.replace("±20", "±90")))
    assert page.locator("#problems li").count() == 0 and pictures(page) != before


def test_a_slider_changes_the_text_and_the_pictures(visit, spec_text, shown_anew, pictures):
    page = visit()
    before = pictures(page)
    low = page.get_by_label("rotate degrees, from", exact=True)
    low.focus()
    shown_anew(page, lambda: low.press("End"))  # pushes the other thumb along
    changed = re.search(r"degrees: (\S+|\[.*?\]), p: 0.5}   # not too far", page.input_value("#text"))[1]
    assert changed == "180" or changed == "[180, 180]"
    assert page.input_value("#text") == spec_text.replace("±20", changed)
    after = pictures(page)
    assert after[0] == before[0] and after != before
    assert not page.is_hidden("#dirty")
    shown_anew(page, lambda: page.click("#undo"))
    assert page.input_value("#text") == spec_text and pictures(page) == before
    shown_anew(page, lambda: page.click("#redo"))
    assert pictures(page) == after


@pytest.mark.firefox
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
    side = int(re.search(r"resize: (\d+)", page.input_value("#text"))[1])
    assert 280 <= side <= 336 and side % 8 == 0
    shown = "side => [...document.querySelectorAll('#shown dd')].some(one => one.textContent === `${side} × ${side}`)"
    page.wait_for_function(shown, arg=side, timeout=120_000)


def test_a_field_that_was_not_written_is_added(visit, shown_anew):
    page = visit()
    page.locator("details[data-at='2'] summary").click()
    hue = page.get_by_label("color_jitter hue, to", exact=True)
    hue.focus()
    shown_anew(page, lambda: hue.press("End"))
    assert "- color_jitter: {brightness: 1±0.3, hue: [0, 72]}\n" in page.input_value("#text")
    assert page.evaluate("() => document.activeElement.ariaLabel") == "color_jitter hue, to"
    spread = page.get_by_label("Draw rotate degrees from a range", exact=True)
    shown_anew(page, spread.click)
    assert "degrees: 0, p: 0.5}   # not" in page.input_value("#text")
    shown_anew(page, spread.click)
    assert "degrees: ±" in page.input_value("#text")


def test_backends_agree_and_are_changed(visit, shown_anew, pictures):
    page = visit()
    before = pictures(page)
    shown_anew(page, lambda: page.check("input[name=backend][value=torchvision]", force=True))
    assert "torchvision" in page.inner_text("#took")
    assert len(pictures(page)) == len(before) == 9 and pictures(page)[0] == before[0]
    shown_anew(page, lambda: page.click("[data-sheet=backends]"))
    assert "within tolerance" in page.inner_text("#shown") and "beyond" not in page.inner_text("#shown")


@pytest.mark.firefox
def test_new_draws(visit, shown_anew, pictures):
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
    page.focus("#seed")
    page.keyboard.press("Control+a")
    page.keyboard.type("6")
    shown_anew(page, lambda: page.keyboard.press("Enter"))
    assert "seed: 6" in page.input_value("#text") and pictures(page)[1:] != first[3:6]


def test_every_sheet_is_shown(visit, shown_anew):
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


def test_targets_are_switched(visit, shown_anew):
    page = visit()
    shown_anew(page, lambda: page.check("input[name=picture][value=b0]", force=True))
    assert page.locator("#shown .over-boxes").first.is_visible()
    page.locator("#layers label", has_text="Boxes").click()
    assert not page.locator("#shown .over-boxes").first.is_visible()
    assert page.locator("#shown .over-mask").first.is_visible()
    shown_anew(page, lambda: page.click("#next"))
    assert not page.locator("#shown .over-boxes").first.is_visible()


def test_an_upload_is_shown(visit, shown_anew):
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


def test_the_spec_is_saved_unless_it_was_changed_elsewhere(visit, spec, spec_text, shown_anew):
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
    assert page.input_value("#text") == "# mine\n" + spec_text and page.is_hidden("#dirty")
    with page.expect_download() as download:
        page.click("#download")
    assert download.value.suggested_filename == "spec.yaml"
    assert Path(download.value.path()).read_text(encoding="utf-8") == "# mine\n" + spec_text


def test_a_link_brings_everything_back(visit, spec_text, server, shown_anew, pictures):
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
    assert other.input_value("#text") == page.input_value("#text") and pictures(other) == pictures(page)
    for name in ("#epoch", "#n"):
        assert other.input_value(name) == page.input_value(name)
    assert other.get_attribute("[data-sheet=stages]", "aria-current") == "true" and other.is_checked("input[value=b1]")


def test_the_command_makes_the_same_pictures(visit, spec, folder, tmp_path, monkeypatch, pictures):
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


@pytest.mark.firefox
def test_everything_is_reached_by_the_keyboard(visit, spec_text, shown_anew):
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
    assert page.input_value("#text").startswith("# hello\n# A small")
    shown_anew(page, lambda: [page.keyboard.press("Control+z") for _ in range(8)])
    assert page.input_value("#text") == spec_text


@pytest.mark.parametrize(("width", "scheme"), [pytest.param(1280, "light", marks=pytest.mark.firefox), (390, "dark")])
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
