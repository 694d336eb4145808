"""A report in a browser, opened from its file: every sheet shows, switches work, nothing is asked of a network, and the command
that a button copies gives the same pixels."""

import shlex

import numpy as np
import pytest
from bs4 import BeautifulSoup
from click.testing import CliRunner
from PIL import Image

import augment
from augment.cli import main
from augment.data.bundled import PHOTOS
from augment.report import SHEETS, prepare
from augment.report.previews import Preview

pytestmark = pytest.mark.chromium
SPEC = """\
version: 1
seed: 7
pipeline:
  - resize: 64
  - horizontal_flip: {p: 0.5}
  - rotate: {degrees: ±20, p: 0.7}
  - brightness: 1±0.3
"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """A folder with a spec, a picture, and the report of both with every sheet that an image spec has."""
    folder = tmp_path_factory.mktemp("report")
    (folder / "spec.yaml").write_text(SPEC, encoding="utf-8")
    with Image.open(PHOTOS / "cat.jpg") as photo:
        photo.resize((96, 96)).save(folder / "cat.png")
    sheets = [name for name in SHEETS if name not in ("text", "mixes")]
    annotated = augment.preview(folder / "spec.yaml", n=3, backend=["reference", "torchvision"], sheets=sheets)
    annotated.save(folder / "bundled.html")
    out = CliRunner().invoke(
        main, ["preview", str(folder / "spec.yaml"), str(folder / "cat.png"), "-n", "2", "--out", str(folder / "own.html")]
    )
    assert out.exit_code == 0, out.output
    return folder, sheets


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_every_sheet_shows(visit, made, width, scheme):
    folder, sheets = made
    page = visit(folder / "bundled.html", viewport={"width": width, "height": 860}, color_scheme=scheme)
    cut = "[...document.querySelectorAll('#summary .table')].map(one => one.scrollWidth > one.clientWidth)"
    assert page.evaluate(cut)[0] is False, "what became of the samples is in sight"
    for i, name in enumerate(sheets):
        section, shown = page.locator(f"#{name}"), page.locator(f"#{name} :is(.panel, table)").first
        assert section.is_visible() and section.locator("h2").inner_text()
        assert shown.is_visible() == (i < 2), "the summary and the first sheet are open"
        page.locator(f".bar a[href='#{name}']").click()
        shown.wait_for(timeout=10_000)
    loaded = page.evaluate("[...document.images].every(i => i.complete && i.naturalWidth > 0)")
    assert loaded and page.locator("img.base").count() > 10
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "the page is wider than the window"


LONG = """\
version: 1
pipeline:
  - resize: 40
  - solarize_add: {add: 0.2, p: 0.5}
""" + "".join(f"  - rotate: {{degrees: ±{n}, p: 0.5, id: turned_by_{n}}}\n" for n in range(1, 24))


def test_a_long_report_is_short_until_it_is_unfolded(visit, tmp_path):
    """25 ops and 64 pictures stand on less than ten screens; a link, a word or a button opens what one looks for."""
    with Image.open(PHOTOS / "cat.jpg") as photo:
        pictures = {f"photo-{n:02}": {"image": np.asarray(photo.resize((48, 40)).rotate(n))} for n in range(64)}
    study = prepare(augment.loads(LONG), list(pictures.values()), n=2, names=list(pictures), most=64)
    Preview(study).save(tmp_path / "long.html")
    page = visit(tmp_path / "long.html", viewport={"width": 1440, "height": 900})
    height = "document.documentElement.scrollHeight"
    folded = page.evaluate(height)
    assert page.locator("#samples .group").count() == 64 and page.locator("#summary tbody tr").count() > 25
    assert folded < 10 * 900
    page.click("text=Unfold all")
    assert page.evaluate(height) > 2 * folded
    page.click("text=Fold all")
    last = page.locator("#samples-photo-63-index-63 .well").first
    assert not last.is_visible()
    page.locator("#summary .links a").last.click()
    last.wait_for(timeout=10_000)
    page.wait_for_function("() => scrollY > 900")
    assert 0 <= last.bounding_box()["y"] < 900
    assert page.url.endswith("#samples-photo-63-index-63")
    page.locator("#summary td, #summary th").locator("a", has_text="turned_by_7").click()
    page.locator("#ops-turned-by-7 .well").first.wait_for(timeout=10_000)
    page.fill(".filter", "photo-4")
    assert page.locator("#samples .group:visible").count() == 10 and not page.locator("#ops").is_visible()
    page.fill(".filter", "solarize_add")
    shown = page.locator("#samples .panel:visible:not(:has(.is-original)) .detail").all_inner_texts()
    assert shown and all("solarize add" in detail for detail in shown)
    page.fill(".filter", "")
    assert page.locator("#samples .group:visible").count() == 64


def test_nothing_is_wider_than_the_window(visit, made):
    """Folded, unfolded, and looking closely."""
    page = visit(made[0] / "bundled.html", viewport={"width": 1280, "height": 900})
    wide = "document.documentElement.scrollWidth"
    for act in (lambda: None, lambda: page.click("text=Unfold all"), lambda: page.locator(".well").nth(1).click()):
        act()
        for width in (360, 820, 1280, 1920, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate(wide) <= width
            box = page.locator(".lightbox")
            assert not box.count() or box.evaluate("one => one.scrollWidth") <= width


def test_long_names_are_no_wider_than_a_phone(visit, made, tmp_path):
    """Of files, folders, ids and the spec, without a space to break at; on a report, and on what --compare found."""
    picture = tmp_path / "pictures" / ("class" * 14) / f"{'0123456789' * 12}.png"
    picture.parent.mkdir(parents=True)
    picture.write_bytes((made[0] / "cat.png").read_bytes())
    steps = f"  - rotate: {{degrees: ±20, id: {'a_long_' * 14}}}\n  - brightness: 1±0.3\n"
    (tmp_path / "spec.yaml").write_text(f"version: 1\nname: {'n' * 90}\npipeline:\n{steps}", encoding="utf-8")
    command = ["preview", str(tmp_path / "spec.yaml"), str(tmp_path / "pictures"), "-n", "2", "-b", "reference"]
    kept = ["--compare", str(tmp_path / "kept")]
    for more in (["--out", "own.html"], [*kept, "--update"], [*kept, "--set", "brightness.factor=2", "--out", "changed.html"]):
        more = [str(tmp_path / word) if word.endswith(".html") else word for word in more]
        assert CliRunner().invoke(main, [*command, *more]).exit_code == ("changed" in more[-1])
    for name in ("own.html", "changed.html"):
        page = visit(tmp_path / name, viewport={"width": 390, "height": 844})
        assert page.evaluate("document.documentElement.scrollWidth") == 390, name


def test_labels_of_boxes_can_be_read(visit, made):
    """They are as large on a phone as on a desk, and stand at their boxes."""
    for width, scale in ((1280, 1), (390, 3)):
        page = visit(made[0] / "bundled.html", viewport={"width": width, "height": 860}, device_scale_factor=scale)
        found = page.evaluate("""() => [...document.querySelectorAll('#samples .tag')].map(tag => {
            const well = tag.closest('.well'), at = tag.getBoundingClientRect();
            const colour = [...tag.classList].find(name => name !== 'tag');
            const box = well.querySelector(`.box.${colour}`).getBoundingClientRect();
            const size = parseFloat(getComputedStyle(tag).fontSize) * at.height / tag.offsetHeight;
            const beside = Math.min(Math.abs(at.left - box.left), Math.abs(at.right - box.right));
            const above = Math.min(...[box.top, box.bottom].map(y => Math.min(Math.abs(at.top - y), Math.abs(at.bottom - y))));
            return [tag.textContent, size, beside, above];
        })""")
        assert {text for text, *_ in found} == {"cup", "spoon"} and len(found) >= 4
        assert min(size for _, size, *_ in found) >= 11
        assert max(max(beside, above) for *_, beside, above in found) <= 3


def test_switches_take_layers_away_and_the_theme_changes(visit, made):
    page = visit(made[0] / "bundled.html", viewport={"width": 1280, "height": 860}, color_scheme="light")
    for kind in ("mask", "boxes", "keypoints"):
        over = page.locator(f"#samples .over-{kind}").first
        assert over.is_visible(), kind
        page.locator(f".show-{kind}").focus()
        page.keyboard.press("Space")
        assert not over.is_visible(), kind
    paper = "getComputedStyle(document.body).backgroundColor"
    before = page.evaluate(paper)
    page.locator("button.theme").click()
    assert page.evaluate(paper) != before


def test_the_command_of_a_button_gives_the_same_pixels(visit, made, tmp_path):
    folder, _ = made
    page = visit(folder / "own.html", viewport={"width": 1280, "height": 860})
    button = page.locator("#samples button.copy").nth(1)
    command = button.get_attribute("data-copy")
    panel = button.locator("xpath=ancestor::figure")
    title = panel.locator(".title").inner_text()
    source = panel.locator("img.base").get_attribute("src")
    button.click()
    page.wait_for_selector(".said.is-shown")
    words = shlex.split(command)
    assert words[:2] == ["augment", "preview"]
    again = tmp_path / "again.html"
    words = [w if w != "--out" else "--out" for w in words if not w.endswith(".html")]
    words = [*(w for i, w in enumerate(words) if w not in ("--out", "-o")), "--out", str(again)]
    out = CliRunner().invoke(main, words[1:])
    assert out.exit_code == 0, out.output
    soup = BeautifulSoup(again.read_text(encoding="utf-8"), "html.parser")
    figures = [f for f in soup.select("#samples figure") if f.select_one(".title").get_text() == title]
    assert figures and figures[0].select_one("img.base")["src"] == source


def test_axe_finds_nothing_serious(visit, made):
    from axe_playwright_python.sync_playwright import Axe

    for width, scheme in ((1280, "light"), (390, "dark")):
        page = visit(made[0] / "bundled.html", viewport={"width": width, "height": 860}, color_scheme=scheme)
        page.click("text=Unfold all")
        found = Axe().run(page).response["violations"]
        grave = [(v["id"], v["nodes"][0]["html"][:120]) for v in found if v["impact"] in ("serious", "critical")]
        assert grave == []
