"""What the live page shows while it works: that it does, and what came already."""

import pytest
from PIL import Image

from augment.data.bundled import PHOTOS

pytestmark = pytest.mark.chromium
LOOKED = "#shown[aria-busy=false] .panel img"
WORKS = "() => getComputedStyle(document.querySelector('.progress')).opacity === '1'"
RESTS = "() => getComputedStyle(document.querySelector('.progress')).opacity === '0'"
DELAY = """() => {
    const at = getComputedStyle(document.querySelector('.progress'));
    return parseFloat(at.transitionDelay) + parseFloat(at.transitionDuration);
}"""


@pytest.mark.parametrize("motion", ["no-preference", "reduce"])
def test_it_shows_at_once_that_it_works(visit, motion, held_back):
    page = visit(reduced_motion=motion)
    page.wait_for_function(RESTS)
    held = held_back(page, "look")
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


def test_the_first_pictures_are_announced(visit, held_back):
    held = []
    before = lambda page: held.append(held_back(page, "look"))  # noqa: E731
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


DRAG = """async ([label, seconds]) => { // as a hand does, to and fro; returns how many pictures came, and how often one was blank
    const slider = document.querySelector(`[aria-label="${label}"]`), shown = document.getElementById('shown');
    const before = Number(shown.dataset.turn), begun = performance.now();
    let turns = before, blank = 0, last = 0;
    const paint = () => {
        blank += [...shown.querySelectorAll('img')].some((one) => !one.complete);
        last = requestAnimationFrame(paint);
    };
    paint();
    for (let i = 0; performance.now() - begun < 1000 * seconds; i += 1) {
        const share = Math.abs((i % 80) / 40 - 1);
        slider.value = Number(slider.min) + (Number(slider.max) - Number(slider.min)) * share;
        slider.dispatchEvent(new Event('input', { bubbles: true }));
        await new Promise((go) => setTimeout(go, 30));
        turns = Number(shown.dataset.turn);
    }
    slider.dispatchEvent(new Event('change', { bubbles: true }));
    cancelAnimationFrame(last);
    return [turns - before, blank];
}"""


@pytest.mark.firefox
@pytest.mark.parametrize(("side", "least"), [(224, 15), (1024, 5)])
def test_pictures_come_while_a_slider_is_dragged(visit, serve, tmp_path, side, least):
    """On two cores that others use, too, with six times as many processes as cores, about 30 and 13."""
    with Image.open(PHOTOS / "cat.jpg") as photo:
        photo.resize((side, side)).save(tmp_path / "cat.png")
    (tmp_path / "spec.yaml").write_text(
        "version: 1\npipeline:\n  - rotate: ±20\n  - color_jitter: {brightness: 1±0.3}\n  - gaussian_blur: {sigma: 1.5px}\n"
    )
    with serve(tmp_path / "spec.yaml", files=(tmp_path / "cat.png",)) as server:
        page = visit(at=server)
        assert page.locator("#shown .panel").count() == 9
        came = [page.evaluate(DRAG, ["rotate degrees, from", 5])]
        if came[0][0] < least:  # other processes may have had the time
            came.append(page.evaluate(DRAG, ["rotate degrees, from", 5]))
        print(f"{came} pictures of {side} px in 5 s, and frames in which one was not there yet")
        assert max(turns for turns, _ in came) >= least
        assert not any(blank for _, blank in came)
        page.wait_for_selector("#shown[aria-busy=false]:not(.is-rough):not(:has(.is-stale))")
        assert page.locator("#shown .panel").count() == 9
        page.close()
