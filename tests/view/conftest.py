"""A live page that is really served, a client that may ask it, and a browser."""

import contextlib
import os
import shutil
import threading
import time
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import urlsplit

import httpx
import pytest
from PIL import Image

from augment.data.bundled import PHOTOS
from augment.view.server import Server
from augment.view.session import Session, SpecFile
from augment.view.stock import Given

ARGUMENTS = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update "
    "--disable-sync"
)
WAIT = 60_000  # until something is given up: nothing waits for time
LOOKED = "#shown[aria-busy=false] .panel img"
HEARD = """
window.heard = {};
const json = Response.prototype.json;
Response.prototype.json = async function () { // counts the answers that the page has dealt with
  const told = await json.call(this), name = new URL(this.url).pathname.split("/").pop();
  setTimeout(() => setTimeout(() => { heard[name] = (heard[name] || 0) + 1; }));
  return told;
};
"""

SPEC = """\
# A small spec, with comments.
version: 1
seed: 5
pipeline:
  - resize: 96
  - rotate: {degrees: ±20, p: 0.5}   # not too far
  - color_jitter: {brightness: 1±0.3}
"""


@contextlib.contextmanager
def serving(spec, start="", **given):
    """Serve a page in a thread."""
    page = SpecFile(spec, start)
    page.read()
    server = Server(Session.of(page, Given(**given)), port=0)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 30
    while not server.server.started and time.monotonic() < until:
        time.sleep(0.02)
    try:
        yield server
    finally:
        server.stop()
        thread.join(20)


@pytest.fixture(scope="session")
def serve():
    return serving


@pytest.fixture(scope="session")
def spec_text():
    return SPEC


@pytest.fixture(scope="session")
def folder(tmp_path_factory):
    """A spec, pictures, and a file beside them that is none of the page's business."""
    folder = tmp_path_factory.mktemp("live")
    (folder / "spec.yaml").write_text(SPEC, encoding="utf-8")
    (folder / "secret.txt").write_text("the secret beside the pictures")
    (folder / "pictures").mkdir()
    for name in ("cat", "coffee"):
        with Image.open(PHOTOS / f"{name}.jpg") as photo:
            photo.resize((224, 224)).save(folder / "pictures" / f"{name}.png")
    return folder


@pytest.fixture(scope="session")
def server(folder):
    with serving(folder / "spec.yaml", files=(folder / "pictures",)) as server:
        yield server


@pytest.fixture
def spec(folder):
    """The spec's file, as it was at the beginning."""
    path = folder / "spec.yaml"
    path.write_text(SPEC, encoding="utf-8")
    yield path
    path.write_text(SPEC, encoding="utf-8")


@pytest.fixture
def page(server):
    """Asks as the page itself does."""
    base = f"http://127.0.0.1:{server.port}"
    own = {"origin": base, "x-augment-token": server.token, "cookie": f"augment-{server.port}={server.token}"}
    with httpx.Client(base_url=base, timeout=120) as client:

        def get(path, **headers):
            return client.get(path, headers={**own, **headers})

        def post(name, headers=None, **body):
            return client.post(f"/api/{name}", json={"client": "test", "text": SPEC, **body}, headers={**own, **(headers or {})})

        def raw(method, path, content=b"", **headers):
            return client.request(method, path, content=content, headers={**own, **headers})

        def look(**options):
            usual = {
                "picture": "f0",
                "sheet": "samples",
                "epoch": 0,
                "n": 2,
                "backend": "reference",
                "text_backend": "",
                "stage": "train",
            }
            return post("look", **{**usual, **options}).json()

        yield SimpleNamespace(get=get, post=post, raw=raw, look=look, own=own, base=base, host=base.removeprefix("http://"))


@pytest.fixture
def still_serves(page):
    """Asserts that a page does what it is for, whatever has been asked of it before."""

    def check():
        told = page.look()
        assert told["mistakes"] == [] and told["html"].count("<img") == 3
        assert page.post("read").json()["mistakes"] == []

    yield check
    check()


@pytest.fixture(scope="session")
def recipes():
    return sorted((Path(__file__).parents[2] / "examples" / "specs").glob("*.yaml"))


@pytest.fixture(scope="module")
def browser():
    from playwright.sync_api import sync_playwright

    with sync_playwright() as play:
        if os.environ.get("AUGMENT_TEST_BROWSER") == "firefox":  # as it is installed, by WebDriver BiDi
            opened = play.firefox.launch(channel="moz-firefox", executable_path=shutil.which("firefox-esr"))
        else:
            opened = play.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS.split())
        yield opened
        opened.close()


@pytest.fixture
def visit(browser, server, spec):
    """Open the page, with the spec as it was; afterwards its console has no error, and nothing was asked of another host."""
    contexts, errors, asked = [], [], []
    server.session.spec.read()

    def open_page(address="", width=1280, height=860, at=server, until=LOOKED, before=lambda page: None, **options):
        context = browser.new_context(viewport={"width": width, "height": height}, **options)
        contexts.append(context)
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.set_default_timeout(WAIT)
        page.add_init_script(HEARD)
        page.on("console", lambda message: errors.append(message.text) if message.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.on("request", lambda request: asked.append(request.url))
        before(page)
        page.goto(at.address)
        if address:
            page.goto(address)
            page.reload()
        page.wait_for_selector(until)
        return page

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []
    assert {urlsplit(url).hostname for url in asked if not url.startswith(("data:", "blob:"))} == {"127.0.0.1"}


@pytest.fixture(scope="session")
def shown_anew():
    """Does something, and waits until other pictures are shown."""

    def act(page, do):
        turn = page.get_attribute("#shown", "data-turn")
        do()
        changed = "s => { const at = document.getElementById('shown'); return at.dataset.turn !== s && at.ariaBusy === 'false' }"
        page.wait_for_function(changed, arg=turn)

    return act


@pytest.fixture(scope="session")
def pictures():
    """The pictures that are shown, as addresses of their bytes."""
    return lambda page, where="#shown": page.eval_on_selector_all(f"{where} img.base", "all => all.map(one => one.src)")


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


@pytest.fixture(scope="session")
def held_back():
    return Held


def refused(response, status, *words):
    assert response.status_code == status, response.text
    assert "Traceback" not in response.text
    for word in words:
        assert word in response.text
    return response
