"""Small samples and specs of every kind, and reports read back as HTML."""

import base64
import io
import re
from dataclasses import replace

import numpy as np
import pytest
from bs4 import BeautifulSoup
from PIL import Image
from skimage.data import astronaut
from skimage.transform import resize

from augment.language import as_pipeline, loads
from augment.report import make_sheet, prepare

FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
SPECS = {
    "image": """\
version: 1
seed: 7
name: Faces <b>& co
about: One astronaut.
pipeline:
  - random_resized_crop: {size: 48, area: [0.5, 1.0]}
  - horizontal_flip: {p: 0.5}
  - rotate: {degrees: ±20, p: 0.5}
  - one_of: {p: 0.6, ops: [gaussian_blur: {sigma: [0.5px, 2px]}, posterize: {bits: [2, 4], weight: 2}]}
  - color_jitter: {brightness: 1±0.3, hue: ±20}
  - normalize: imagenet
""",
    "mix": """\
version: 1
seed: 1
targets: {image: image, labels: {kind: labels, classes: 3}}
pipeline: [{horizontal_flip: {p: 0.5}}, {mixup: {alpha: 0.8, p: 0.7}}]
""",
    "text": """\
version: 1
seed: 5
pipeline: [{delete_words: {rate: 0.3}}, {typo_characters: {rate: 0.2, p: 0.8}}]
""",
}


@pytest.fixture(scope="session")
def specs():
    return SPECS


@pytest.fixture(scope="session")
def photo():
    """(60, 72, 3) of bytes: a photograph."""
    return np.rint(resize(astronaut(), (60, 72), anti_aliasing=True) * 255).astype(np.uint8)


@pytest.fixture
def sample(photo):
    mask = np.zeros(photo.shape[:2], np.uint8)
    mask[10:40, 20:50] = 1
    boxes = [[20, 10, 50, 40], [0, 0, 12, 6], [60, 50, 72, 60]]
    return {"image": photo, "mask": mask, "boxes": boxes, "labels": ["face", "flag", "suit"], "keypoints": [[35, 20], [1, 58]]}


@pytest.fixture
def study(sample):
    """Make a study of a spec: text, a name of `SPECS`, or data."""

    def make(spec, samples=sample, budget=0, **options):
        pipeline = loads(SPECS.get(spec, spec)) if isinstance(spec, str) else as_pipeline(spec)
        return replace(prepare(pipeline, samples, **{"n": 3, "backend": "reference", **options}), budget=budget)

    return make


@pytest.fixture
def sheet(study):
    """Make one sheet of a spec."""

    def make(name, spec, *rest, **options):
        return make_sheet(name, study(spec, *rest, **options))

    return make


@pytest.fixture
def soup():
    return lambda html: BeautifulSoup(html, "html.parser")


@pytest.fixture
def decoded():
    """Read the picture of an <img>."""

    def read(img):
        head, data = img["src"].split(",", 1)
        assert head == "data:image/webp;base64"
        with Image.open(io.BytesIO(base64.b64decode(data))) as picture:
            assert picture.format == "WEBP"
            return np.array(picture)

    return read


@pytest.fixture
def outside():
    """What a page would ask a network for: every address in it that is neither data nor a place on the page."""

    def find(html):
        page = BeautifulSoup(html, "html.parser")
        names = ("src", "href", "srcset", "poster", "action", "data")
        asked = [tag[name] for tag in page.find_all(True) for name in names if tag.has_attr(name)]
        asked += re.findall(r"url\(([^)]*)\)", html) + re.findall(r"@import[^;]*", html)
        found = [address for address in asked if not address.startswith(("data:", "#"))]
        return found + re.findall(r"(?:https?:)?//[\w.-]+\.\w{2,}", re.sub(r"data:[^\"]*", "", html))

    return find


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=FLAGS)
        yield started
        started.close()


@pytest.fixture
def visit(browser):
    """Opens a file; afterwards the console must be empty, and no request may have left the file."""
    pages, said, asked = [], [], []

    def opened(path, **options):
        context = browser.new_context(**options)
        page = context.new_page()
        page.on("console", lambda message: said.append(message.text))
        page.on("pageerror", lambda error: said.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(path.as_uri())
        pages.append(context)
        return page

    yield opened
    assert said == []
    assert {url.partition(":")[0] for url in asked} <= {"file", "data"}
    for context in pages:
        context.close()
