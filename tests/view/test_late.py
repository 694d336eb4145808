"""Answers that come late, and what people do meanwhile: nothing of theirs is lost, and each step is taken back alone."""

import pytest

pytestmark = pytest.mark.chromium


def degrees(page):
    return page.inner_text(".control[data-id='1:degrees'] output")


def test_an_answer_that_is_older_than_a_slider_changes_nothing(visit, spec_text, shown_anew, held_back):
    page = visit()
    held = held_back(page, "read")
    page.fill("#text", spec_text.replace("±20", "±25"))
    held.wait()
    low = page.get_by_label("rotate degrees, from", exact=True)
    low.focus()
    shown_anew(page, lambda: low.press("Home"))
    wanted, said = page.input_value("#text"), degrees(page)
    assert "degrees: [-180, 20]" in wanted and said == "−180 to 20°"
    held.let_go()
    assert page.input_value("#text") == wanted and degrees(page) == said


def size_on_its_way(page, held_back):
    """The request of a slider that was pushed to its end."""
    held = held_back(page, "change")
    size = page.get_by_label("resize size", exact=True)
    size.focus()
    size.press("End")
    held.wait()
    return held


def test_what_is_written_while_a_slider_is_on_its_way_stays(visit, spec_text, held_back):
    page = visit()
    held = size_on_its_way(page, held_back)
    page.fill("#text", "# mine\n" + spec_text)
    held.let_go()
    wanted = "# mine\n" + spec_text.replace("resize: 96", "resize: 512")
    page.wait_for_function("wanted => document.getElementById('text').value === wanted", arg=wanted)
    page.wait_for_function("() => document.querySelector('output').textContent === '512 px'")


def test_undo_takes_back_what_is_on_its_way(visit, spec_text, shown_anew, held_back):
    page = visit()
    mine = spec_text.replace("±20", "±25")
    shown_anew(page, lambda: page.fill("#text", mine))
    held = size_on_its_way(page, held_back)
    page.keyboard.press("Control+z")
    held.let_go()
    page.wait_for_function("() => !document.getElementById('redo').disabled")
    assert page.input_value("#text") == mine
    page.wait_for_function("() => document.querySelector('output').textContent === '96 px'")


def test_what_is_saved_has_what_is_on_its_way(visit, spec, spec_text, held_back):
    page = visit()
    held = size_on_its_way(page, held_back)
    page.keyboard.press("Control+s")
    held.let_go()
    page.wait_for_function("() => heard.save")
    assert spec.read_text(encoding="utf-8") == page.input_value("#text") == spec_text.replace("resize: 96", "resize: 512")


def test_a_drag_is_one_step(visit, spec_text):
    page = visit()
    slider = page.get_by_label("resize size", exact=True)
    box = slider.bounding_box()
    middle, other = box["y"] + box["height"] / 2, "was => document.getElementById('text').value !== was"
    page.mouse.move(box["x"] + 7 + (box["width"] - 14) * 88 / 504, middle)
    page.mouse.down()
    for share in (0.4, 0.6, 0.8):
        before = page.input_value("#text")
        page.mouse.move(box["x"] + box["width"] * share, middle)
        page.wait_for_function(other, arg=before)
    page.mouse.up()
    page.click("#undo")
    page.wait_for_function("() => !document.getElementById('redo').disabled")
    assert page.input_value("#text") == spec_text


def test_a_drag_that_goes_nowhere_is_over(visit, spec_text):
    """Where a slider ends as it began, browsers tell of the moves, and not all of them of a change."""
    page = visit()
    page.get_by_label("resize size", exact=True).evaluate("""slider => {
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        slider.dispatchEvent(new PointerEvent('pointerup', { bubbles: true }));
    }""")
    page.fill("#text", spec_text + "  - hue: ±9\n")
    page.get_by_label("hue degrees, from", exact=True).wait_for()


def test_what_is_switched_off_stays_off(visit, shown_anew):
    page = visit()
    shown_anew(page, lambda: page.check("input[name=picture][value=b0]", force=True))
    page.locator("#layers label", has_text="Boxes").click()
    shown_anew(page, lambda: page.click("[data-sheet=distributions]"))
    assert page.locator("#layers input").count() == 0
    shown_anew(page, lambda: page.click("[data-sheet=samples]"))
    assert page.locator("#layers input").count() == 3
    assert not page.is_checked(".show-boxes") and page.is_checked(".show-mask")
    assert not page.locator("#shown .over-boxes").first.is_visible()


def test_a_spec_of_texts_has_backends_of_texts(visit, spec_text, shown_anew):
    page = visit()
    shown_anew(page, lambda: page.check("input[name=picture][value=b0]", force=True))
    assert page.is_visible("#backend") and page.is_hidden("#text-backend")
    page.fill("#text", "pipeline: [delete_words: {rate: 0.2}]")
    page.wait_for_selector("#text-backend:visible")
    assert page.is_hidden("#backend") and page.is_hidden("#besides")
    page.wait_for_selector("#shown[data-sheet=text][aria-busy=false] .diff-text")
    assert page.inner_text("#took").endswith(" s on builtin")


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
    assert page.input_value("#text") == "# " + spec_text
    page.keyboard.press("Control+z")
    page.wait_for_function("wanted => document.getElementById('text').value === wanted", arg="# one " + spec_text)
