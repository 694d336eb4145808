"""The site builds without a warning, every link and every picture of it leads somewhere, and building it loads no framework."""

import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urlsplit

import pytest

DOCS = Path(__file__).parents[2] / "docs"
BUILD = """
import sys
from sphinx.cmd.build import main
done = main(["-W", "--keep-going", "-q", *sys.argv[1:]])
print("loaded:", sorted({"torch", "tensorflow", "keras", "albumentations", "sklearn"} & set(sys.modules)))
sys.exit(done)
"""


class Page(HTMLParser):
    """What a page leads to, and the places in it."""

    def __init__(self, file: Path):
        super().__init__()
        self.links, self.places = [], set()
        self.feed(file.read_text(encoding="utf-8"))

    def handle_starttag(self, tag, attrs):
        found = dict(attrs)
        self.places.add(found.get("id"))
        self.links += [found[name] for name in ("href", "src") if found.get(name)]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    done = subprocess.run([sys.executable, "-c", BUILD, DOCS, folder], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "loaded: []" in done.stdout, done.stdout
    return folder


def test_links_lead_somewhere(site):
    pages = {file: Page(file) for file in site.rglob("*.html") if file.name != "report.html"}
    assert len(pages) > 40
    broken = []
    for file, page in pages.items():
        for link in page.links:
            parts = urlsplit(link)
            to = (file.parent / unquote(parts.path)).resolve() if parts.path else file
            if parts.scheme or parts.netloc:
                continue
            if not to.exists() or (parts.fragment and to in pages and unquote(parts.fragment) not in pages[to].places):
                broken.append(f"{file.relative_to(site)}: {link}")
    assert not broken


def test_what_only_a_site_has_is_there(site):
    def text(name):
        return (site / name).read_text(encoding="utf-8")

    ops = [file.stem for file in (DOCS / "images" / "gallery").iterdir()]
    assert text("gallery.html").count('class="card"') >= len(ops) > 100
    assert 'id="augment.compile"' in text("api.html") and 'id="augment.hookspecs.register_backends"' in text("api.html")
    assert '<iframe class="report" src="report.html"' in text("preview.html") and text("report.html").count("<figure") > 10
    assert all(f'"{op}"' in text("searchindex.js") for op in ops)
