"""The site: ``sphinx-build -W docs build/site``. The pages are plain Markdown, which reads as it stands on any host of code; what
only a site can have is added to their text here, before it is parsed.

Notebooks run with ``-D nb_execution_mode=cache``; each runs once, until it changes.
"""

from __future__ import annotations

import inspect
import json
import os
import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from sphinx.application import Sphinx

os.environ["AUGMENT_PLUGINS"] = "-darkroom"  # the pages are of the package, not of what is installed beside it

import numpy as np
from docutils import nodes
from PIL import Image

import augment

HERE = Path(__file__).parent
sys.path.append(str(HERE))
from notebooks import CELL  # noqa: E402

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
    "members": True, "member-order": "bysource",
    "inherited-members": "BaseModel,Exception,tuple", "exclude-members": "model_config",
}  # fmt: skip
autodoc_typehints = "signature"
autodoc_preserve_defaults = True
default_role = "py:obj"
python_maximum_signature_line_length = 100

FRAME = '<iframe class="report" src="report.html" title="A report of augment preview" loading="lazy"></iframe>'


def enrich(app: Sphinx, page: str, source: list[str]) -> None:
    """Add to the text of a page what a host of code would not understand."""
    text = re.sub(r"\]\((?=[./]+examples/)", "](path:", source[0])  # files beside the docs: to download
    text = text.replace("<!-- live report -->", FRAME)
    if page == app.config.root_doc:
        text = re.sub(r"^## (.+)\n\n(?:[A-Z].*\n\n)?((?:- .*\n)+)", contents, text, flags=re.MULTILINE)
    if page == "api":
        text = re.sub(r"^## `(.+)`\n\n(?:.+\n)+", reference, text, flags=re.MULTILINE)
    if page.startswith("notebooks/") and app.config.nb_execution_mode != "off":
        text = notebook(text)
    source[0] = text


def contents(found: re.Match[str]) -> str:
    """A heading and a list of links, and the same as a chapter of the site."""
    pages = "\n".join(re.findall(r"\]\((.+?)\.md\)", found[2]))
    return f"{found[0]}\n```{{toctree}}\n:hidden:\n:caption: {found[1]}\n\n{pages}\n```\n\n"


def reference(found: re.Match[str]) -> str:
    """A heading that names a module, a paragraph, and the docstrings of the module."""
    return f"{found[0]}\n```{{eval-rst}}\n.. automodule:: {found[1]}\n```\n"


def notebook(page: str) -> str:
    """A page whose Python runs, cell by cell; what that makes takes the place of what the page says that it made."""
    head = "---\nfile_format: mystnb\nkernelspec: {name: python3, display_name: Python 3}\n---\n"
    return head + CELL.sub(lambda cell: f"```{{code-cell}} ipython3\n{cell['code']}```", page)


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
        captions = {"cat": "a cat that looks to the right", "coffee": "a cup of coffee with a spoon on the right"}
        samples = [{**photograph(name), "caption": caption} for name, caption in captions.items()]
        augment.preview(HERE / "images" / "report.yaml", samples, n=4).save(Path(app.outdir) / "report.html")


def photograph(name: str) -> dict[str, Any]:
    """A photograph of the package, with its boxes."""
    file = Path(augment.__file__).parent / "photos" / f"{name}.jpg"
    beside = json.loads(file.with_suffix(".json").read_text())
    return {"image": np.asarray(Image.open(file)), "boxes": beside["boxes"], "labels": beside["labels"]}


def setup(app: Sphinx) -> None:
    app.connect("source-read", enrich)
    app.connect("doctree-read", cards)
    app.connect("autodoc-process-signature", unannotated)
    app.connect("build-finished", report)
