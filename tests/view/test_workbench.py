"""Working on a spec on the page: ops are added, left out, moved and compared, names are completed, and what is seen is kept."""

import base64
import io

import pytest
from PIL import Image

from augment.language import loads

# What the server says ------------------------------------------------------------------------------------------------


def test_the_server_leaves_out_and_arranges(page, spec_text):
    whole, less = page.look(n=1), page.look(n=1, muted=[[1], [2]])
    assert whole["mistakes"] == less["mistakes"] == [] and whole["html"] != less["html"]
    told = page.post("arrange", action="move", steps=[0], by=1).json()
    assert [node.name() for node in loads(told["text"])] == ["rotate", "resize", "color_jitter"] and told["declined"] == []
    assert "# not too far" in told["text"]
    declined = page.post("arrange", action="move", steps=[0], by=-1).json()
    assert declined["text"] == spec_text and "none of its list stand above" in declined["declined"][0]
    assert page.post("arrange", action="explode", steps=[0]).status_code == 400
    both = page.look(n=1, backend="reference,opencv")
    assert both["mistakes"] == [] and {"reference", "opencv"} <= set(both["backends"])
    assert "refused" in page.look(muted=[[0]] * 201)
    assert page.get("/op/no_such_op").status_code == 204


@pytest.mark.parametrize(("form", "kind"), [("png", "PNG"), ("gif", "GIF")])
def test_what_is_seen_is_kept(page, form, kind):
    asked = {"picture": "f0", "sheet": "samples", "epoch": 0, "n": 3, "backend": "auto", "text_backend": "", "stage": "train"}
    told = page.post("export", **asked, form=form).json()
    with Image.open(io.BytesIO(base64.b64decode(told["data"]))) as picture:
        assert picture.format == kind
        if kind == "GIF":
            assert picture.n_frames == 4 and picture.info["loop"] == 0


def test_a_caption_is_typed(page):
    text = "targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 1}]"
    usual = {"picture": "b0", "text": text, "sheet": "text", "n": 1}
    told = page.look(**usual, words="a dog on the left")
    assert told["mistakes"] == [] and "<ins>right</ins>" in told["html"] and "dog" in told["html"]
    assert "dog" not in page.look(**usual)["html"]
    assert page.post("read", text=text).json()["caption"] is True


# In the browser ------------------------------------------------------------------------------------------------------

chromium = pytest.mark.chromium


def ops(page):
    return [node.name() for node in loads(page.input_value("#text"))]


@chromium
def test_an_op_is_added_from_the_list(visit, shown_anew):
    page = visit()
    page.click("#add-op")
    page.wait_for_selector("#ops .offer")
    assert page.evaluate("() => document.activeElement.id") == "find"
    page.wait_for_function("() => [...document.querySelectorAll('.offer img')].some(one => one.complete && one.naturalWidth > 1)")
    page.fill("#find", "gaussian bl")
    assert page.locator("#ops .offer:visible .offer-name").all_inner_texts() == ["gaussian_blur"]
    shown_anew(page, lambda: page.keyboard.press("Enter"))
    assert ops(page) == ["resize", "rotate", "color_jitter", "gaussian_blur"]
    assert page.evaluate("() => document.activeElement.textContent") == "gaussian_blur"
    shown_anew(page, lambda: page.click("#undo"))
    assert ops(page) == ["resize", "rotate", "color_jitter"]


@chromium
def test_ops_are_left_out_heard_alone_and_moved_by_keyboard(visit, shown_anew, pictures):
    page = visit()
    whole = pictures(page)
    page.locator(".op-name", has_text="color_jitter").focus()
    shown_anew(page, lambda: page.keyboard.press("m"))
    without_colour = pictures(page)
    assert without_colour[0] == whole[0] and without_colour[1:] != whole[1:]
    assert page.inner_text("#muted").startswith("1 left out")
    shown_anew(page, lambda: page.keyboard.press("s"))
    assert page.inner_text("#muted").startswith("one op alone") and page.locator(".card.is-muted").count() == 2
    shown_anew(page, lambda: page.keyboard.press("Alt+ArrowUp"))
    assert ops(page) == ["resize", "color_jitter", "rotate"]
    assert page.locator(".card.is-muted .op-name").all_inner_texts() == ["resize", "rotate"], "what is left out stays so"
    assert page.evaluate("() => document.activeElement.textContent") == "color_jitter"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.dataset.act") == "mute"
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("() => document.activeElement.dataset.act") == "remove"
    shown_anew(page, lambda: page.keyboard.press("Enter"))
    assert ops(page) == ["resize", "rotate"]
    shown_anew(page, lambda: page.click("#muted"))
    assert page.locator(".card.is-muted").count() == 0 and page.is_hidden("#muted")


def stand(page, *names):
    """Wait until the ops stand so, those inside of others after them."""
    said = "() => [...document.querySelectorAll('.op-name')].map(one => one.textContent).join()"
    page.wait_for_function(f"want => ({said})() === want", arg=",".join(names))


def drag(page, op, to, below):
    """Take an op by its grip and let it go over another one, as a hand does."""
    grip = page.locator(f".card[data-op={op}] .grip").bounding_box()
    goal = page.locator(f".card[data-op={to}]").bounding_box()
    page.mouse.move(grip["x"] + 5, grip["y"] + 5)
    page.mouse.down()
    page.mouse.move(goal["x"] + 5, goal["y"] + goal["height"] * (0.9 if below else 0.1), steps=6)


@chromium
def test_an_op_that_is_dragged_comes_to_stand_where_the_keyboard_brings_it(visit, shown_anew):
    page = visit(height=1400)
    page.locator(".op-name", has_text="color_jitter").focus()
    for _ in range(2):
        shown_anew(page, lambda: page.keyboard.press("Alt+ArrowUp"))
    by_keyboard = page.input_value("#text")
    assert ops(page) == ["color_jitter", "resize", "rotate"] and "# not too far" in by_keyboard
    for _ in range(2):
        shown_anew(page, lambda: page.click("#undo"))
    before = page.input_value("#text")
    drag(page, "color_jitter", "resize", below=False)
    assert page.locator(".card[data-op=resize].drop-above").count() == 1
    page.keyboard.press("Escape")
    page.mouse.up()
    assert page.input_value("#text") == before and page.locator(".is-carried, .drop-above").count() == 0
    drag(page, "color_jitter", "resize", below=False)
    shown_anew(page, page.mouse.up)
    assert page.input_value("#text") == by_keyboard
    drag(page, "color_jitter", "rotate", below=True)
    shown_anew(page, page.mouse.up)
    assert ops(page) == ["resize", "rotate", "color_jitter"] and page.input_value("#text") == before
    drag(page, "rotate", "rotate", below=True)
    page.mouse.up()
    assert page.input_value("#text") == before, "where it stands already"


@chromium
def test_what_an_op_holds_goes_along_and_stays_in_its_list(visit, shown_anew):
    page = visit(height=1600)
    text = "pipeline:\n  - resize: 96\n  - one_of: # either\n      - rotate: 20\n      - hue: 9\n  - gamma: 1.2\n"
    shown_anew(page, lambda: page.fill("#text", text))
    page.wait_for_function("() => heard.lint > 1")  # what it finds stands above the ops, and moves them
    drag(page, "hue", "resize", below=False)  # no further than to the top of its own list
    page.mouse.up()
    stand(page, "resize", "one_of", "hue", "rotate", "gamma")
    drag(page, "one_of", "gamma", below=True)
    page.mouse.up()
    stand(page, "resize", "gamma", "one_of", "hue", "rotate")
    assert "one_of: # either" in page.input_value("#text")


@chromium
def test_a_is_pinned_beside_b(visit, shown_anew, pictures):
    page = visit(width=1440)
    first = pictures(page)
    page.click("#pin")
    page.wait_for_selector("#pinned[data-turn='1'] img.base")
    assert pictures(page, "#pinned") == first
    a, b = (page.locator(one).first.bounding_box() for one in ("#pinned .well", "#shown .well"))
    assert a["y"] == b["y"] and a["x"] + a["width"] < b["x"]
    shown_anew(page, lambda: page.fill("#text", page.input_value("#text").replace("±20", "±80")))
    assert pictures(page) != first and pictures(page, "#pinned") == first
    shown_anew(page, lambda: page.click("#next"))
    page.wait_for_selector("#pinned[data-turn='2'] img.base")
    assert pictures(page, "#pinned") != first
    shown_anew(page, lambda: page.click("#back-to-a"))
    assert "±20" in page.input_value("#text") and pictures(page) == pictures(page, "#pinned")
    page.click("#pin")
    assert page.is_hidden("#pinned")


@chromium
def test_backends_stand_side_by_side(visit, shown_anew):
    page = visit(width=1600)
    page.check("input[name=backend][value=reference]", force=True)
    shown_anew(page, lambda: page.select_option("#beside", "opencv"))
    heads = page.locator("#shown .group-title")
    assert heads.all_inner_texts() == ["reference", "opencv"]
    one, other = (heads.nth(i).bounding_box() for i in (0, 1))
    assert one["y"] == other["y"] and one["x"] < other["x"]


PLACES = {  # where | is the cursor, what is offered there
    "pipeline: [|]": "ops", "pipeline:\n  - |\n": "ops", "pipeline:\n  - one_of: [|]\n": "ops",
    "pipeline: [one_of: [invert, |]]": "ops", "pipeline:\n  - one_of: {p: 0.3, ops: [|]}\n": "ops",
    "pipeline:\n  - one_of: [ # it's [ here\n      |\n    ]\n": "ops",
    "pipeline:\n  - some_of:\n      n: 1\n      ops:\n        - |\n": "ops",
    "pipeline: [sequence: [rotate: 5, repeat: {times: 2, ops: [|]}]]": "ops",
    "pipeline: []\nviews: {weak: [|], strong: [hue: 9]}\n": "ops", "pipeline:\n  - one_of: [{|}]\n": "ops",
    "pipeline: [one_of: [rotate: {|}]]": "degrees", "pipeline:\n  - one_of:\n      - rotate:\n          |\n": "degrees",
    "pipeline: [one_of: [rotate: {degrees: [|]}]]": "", "pipeline: [one_of: [rotate: |]]": "", "targets: {|}\n": "",
}  # fmt: skip


@chromium
def test_names_are_completed_wherever_ops_and_fields_stand(visit):
    page = visit()
    for text, offered_there in PLACES.items():
        page.fill("#text", text.replace("|", ""))
        page.evaluate("at => document.getElementById('text').setSelectionRange(at, at)", text.index("|"))
        page.keyboard.type("pos" if offered_there == "ops" else "deg")
        names = page.locator("#offers .offer-name")
        if not offered_there:
            page.wait_for_timeout(50)
            assert names.count() == 0 or page.is_hidden("#offers"), text
            continue
        page.wait_for_selector("#offers li")
        assert names.first.inner_text() == ("posterize" if offered_there == "ops" else offered_there), text
        page.keyboard.press("Tab")
        made = page.input_value("#text")
        assert ("posterize: " if offered_there == "ops" else "degrees: ") in made
        loads(made)


@chromium
def test_names_are_completed_and_lines_indented(visit, shown_anew):
    page = visit()
    page.focus("#text")
    page.keyboard.press("Control+End")
    page.keyboard.type("  - gaussian_b", delay=5)
    page.wait_for_selector("#offers li")
    assert page.locator("#offers .offer-name").first.inner_text() == "gaussian_blur"
    assert page.get_attribute("#text", "aria-activedescendant") == "offer-0"
    shown_anew(page, lambda: page.keyboard.press("Tab"))
    assert ops(page)[-1] == "gaussian_blur" and page.evaluate("() => document.activeElement.id") == "text"
    page.keyboard.press("Enter")
    assert page.input_value("#text").endswith("\n  - "), "the next op"
    page.keyboard.type("rotate: {", delay=5)
    page.keyboard.press("Control+Space")
    page.wait_for_selector("#offers li")
    assert "degrees" in page.locator("#offers .offer-name").all_inner_texts()
    page.keyboard.press("Escape")
    assert page.is_hidden("#offers")
    page.keyboard.type("d", delay=5)
    page.wait_for_selector("#offers li")
    page.keyboard.press("Enter")
    page.keyboard.type("}", delay=5)
    page.wait_for_selector("#problems:empty", state="attached")
    assert ops(page)[-1] == "rotate"
    page.keyboard.press("Tab")
    assert page.evaluate("() => document.activeElement.id") != "text", "Tab leaves the text where nothing is offered"


@chromium
def test_what_is_seen_is_downloaded(visit):
    page = visit()
    with page.expect_download() as kept:
        page.click("#gif")
    assert kept.value.suggested_filename == "samples.gif"


@chromium
def test_a_state_with_all_of_it_is_linked(visit, shown_anew, pictures):
    page = visit(width=1440)
    page.locator(".op-name", has_text="color_jitter").focus()
    shown_anew(page, lambda: page.keyboard.press("m"))
    page.click("#pin")
    page.wait_for_selector("#pinned[data-turn='1'] img.base")
    page.click("#link")
    page.wait_for_function("() => location.hash.startsWith('#s=')")
    other = visit(page.url, width=1440)
    other.wait_for_selector("#pinned[data-turn='1'] img.base")
    assert other.locator(".card.is-muted .op-name").all_inner_texts() == ["color_jitter"]
    assert pictures(other) == pictures(page) == pictures(other, "#pinned")
