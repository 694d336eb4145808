"""The live page where there is little room, and where there is plenty."""

import pytest

pytestmark = pytest.mark.chromium


def top(page, selector):
    return page.locator(selector).first.bounding_box()["y"]


def test_on_a_phone_the_pictures_come_first(visit, shown_anew):
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


def test_on_a_desk_everything_is_beside_the_pictures(visit, shown_anew):
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
