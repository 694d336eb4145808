"""The site: ``sphinx-build -W docs build/site``. The pages are plain Markdown, which reads as it stands on any host of code; what only a
site can have is added to their text here, before it is parsed.

Notebooks run with ``-D nb_execution_mode=cache``; each runs once, until it changes.
"""

from __future__ import annotations

import inspect
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

os.environ["AUGMENT_PLUGINS"] = "-darkroom"  # the pages are of the package, not of what is installed beside it

import numpy as np
from docutils import nodes
from PIL import Image

import augment

project = "augment"
author = "the authors of augment"
version = release = augment.__version__
extensions = ["myst_nb", "sphinx.ext.autodoc", "sphinx.ext.napoleon", "sphinx_copybutton"]
exclude_patterns = ["_build", "images"]

html_theme = "furo"
html_title = f"augment {version}"
html_static_path = ["_static"]
html_css_files = ["site.css"]
html_js_files = ["find.js"]
html_show_sphinx = False

myst_heading_anchors = 4
nb_execution_mode = "off"
nb_execution_timeout = 180
nb_execution_raise_on_error = True
nb_merge_streams = True
copybutton_exclude = ".linenos, .gp, .go"

autodoc_default_options = {
    "members": True, "member-order": "bysource", "inherited-members": "BaseModel,Exception,tuple", "exclude-members": "model_config",
}  # fmt: skip
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
default_role = "py:obj"
python_maximum_signature_line_length = 100

REPORT = {
    "name": "a live report",
    "seed": 7,
    "targets": {"image": "image", "boxes": {"kind": "boxes", "carry": ["labels"]}, "caption": "caption"},
    "pipeline": [
        {"random_resized_crop": {"size": 224, "area": [0.5, 1.0]}},
        {"horizontal_flip": {"p": 0.5}},
        {"rotate": {"degrees": "±15", "p": 0.5}},
        {"color_jitter": {"brightness": "1±0.2", "contrast": "1±0.2", "saturation": "1±0.2", "hue": "±18"}},
    ],
}
"""The spec of the report that the site embeds."""
FRAME = '<iframe class="report" src="report.html" title="A report of augment preview" loading="lazy"></iframe>'


def enrich(app: Sphinx, page: str, source: list[str]) -> None:
    """Add to the text of a page what a host of code would not understand."""
    text = source[0]
    text = re.sub(r"\]\((?:\.\./)+(?=examples/)", "](path:../" + "../" * page.count("/"), text)  # files beside the docs: to download
    text = text.replace("<!-- live report -->", FRAME)
    if page == app.config.root_doc:
        text = re.sub(r"^## (.+)\n((?:\n|- .*\n)+)", lambda found: found[0] + contents(found[1], found[2]), text, flags=re.MULTILINE)
    if page == "api":
        text = re.sub(r"^## `(.+)`\n\n(?:.+\n)+", lambda found: f"{found[0]}\n{reference(found[1])}", text, flags=re.MULTILINE)
    if page.startswith("notebooks/"):
        text = notebook(text)
    source[0] = text


def contents(caption: str, links: str) -> str:
    """The pages that a list links, as a chapter of the site."""
    pages = "\n".join(re.findall(r"\]\((.+?)\.md\)", links))
    return f"\n```{{toctree}}\n:hidden:\n:caption: {caption}\n\n{pages}\n```\n\n"


def reference(module: str) -> str:
    """The docstrings of a module."""
    return f"```{{eval-rst}}\n.. automodule:: {module}\n```\n"


def notebook(text: str) -> str:
    """A page whose Python runs, cell by cell."""
    head = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n"
    return head + re.sub(r"^```python$", "```{code-cell} python", text, flags=re.MULTILINE)


def cards(app: Sphinx, doctree: Any) -> None:
    """Every op of the gallery is a card."""
    if app.env.docname == "gallery":
        for section in doctree.findall(nodes.section):
            if isinstance(section.parent, nodes.section) and not any(isinstance(child, nodes.section) for child in section):
                section["classes"].append("card")
                section.parent["classes"].append("cards")


def unannotated(app: Sphinx, what: str, name: str, it: Any, options: Any, signature: str | None, returns: str | None) -> Any:
    """Leave validators out of the signatures of specs and nodes: their fields say what they take."""
    if not (signature and "Annotated[" in signature):
        return None
    fields = inspect.signature(it).parameters.values()
    return str(inspect.Signature([field.replace(annotation=field.empty) for field in fields])), returns


def report(app: Sphinx, error: Exception | None) -> None:
    """Make the report that pages embed, on the photographs of the package."""
    if error is None and app.builder.format == "html":
        captions = ("a cat that looks to the right", "a cup of coffee with a spoon on the right")
        samples = [{**sample, "caption": caption} for sample, caption in zip(photographs(), captions, strict=True)]
        augment.preview(REPORT, samples, n=4).save(Path(app.outdir) / "report.html")


def photographs() -> list[dict[str, Any]]:
    """The photographs of the package, with their boxes."""
    folder = Path(augment.__file__).parent / "photos"
    rows = [(np.asarray(Image.open(folder / f"{n}.jpg")), json.loads((folder / f"{n}.json").read_text())) for n in ("cat", "coffee")]
    return [{"image": image, "boxes": row["boxes"], "labels": row["labels"]} for image, row in rows]


def setup(app: Sphinx) -> None:
    app.connect("source-read", enrich)
    app.connect("doctree-read", cards)
    app.connect("autodoc-process-signature", unannotated)
    app.connect("build-finished", report)
