"""Shows what a spec does: as a report in HTML, as a grid of pictures, and in notebooks."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from augment.errors import AugmentError, FileError
from augment.report.make import make_report
from augment.report.names import AUTO
from augment.report.preparing import prepare
from augment.report.sheets import check_names, short_sheets

if TYPE_CHECKING:
    from PIL import Image

    from augment.program.lower import Program
    from augment.report.model import Report
    from augment.report.study import Study

SOFTWARE = "augment preview"
NOTEBOOK = 300_000
"""The most bytes of HTML in a notebook."""


@dataclass(frozen=True, repr=False)
class Preview:
    """What a spec does; notebooks show it as it is. Sheets of a whole report are made when they are first looked at."""

    study: Study
    sheets: tuple[str, ...] = ()
    """Their names; empty for those that have something to show, of which pictures and notebooks show the first."""
    title: str = ""

    @cached_property
    def report(self) -> Report:
        """All sheets, as data."""
        return make_report(self.study, self.sheets, self.title, lint=True)

    @cached_property
    def short(self) -> Report:
        """The sheets of pictures and notebooks, as data."""
        return make_report(self.study, self.sheets or short_sheets(self.study), self.title)

    @cached_property
    def image(self) -> Image.Image:
        """A grid of pictures. Raises `FileError` on a sheet that has none."""
        from augment.report.render import draw_report

        return draw_report(self.short)

    def save(self, path: str | Path) -> None:
        """Write it: .html is a page that stands alone, .png a grid of pictures. Raises `FileError`."""
        save_report(self.report if Path(path).suffix.lower() == ".html" else self.short, path)

    def html(self) -> str:
        """Return a page that stands alone."""
        from augment.report.page import page

        return page(self.report)

    def __repr__(self) -> str:
        study = self.study
        backends = ", ".join(dict.fromkeys(engine.main.name for engine in study.engines))
        shown = f"{len(study.subjects)} sample{'s' * (len(study.subjects) != 1)}, {study.n} draw{'s' * (study.n != 1)} of each"
        of = self.title or study.pipeline.name or "a spec"
        return f"<Preview of {of}: {shown}, on {backends}; .save('preview.html') writes it>"

    def _repr_html_(self) -> str:
        from augment.report.fit import fit
        from augment.report.page import fragment

        return fit(self.short, fragment, NOTEBOOK)

    def _repr_png_(self) -> bytes:
        return _png(self.image)


def save_report(report: Report, path: str | Path) -> None:
    """Write a report: .html is a page that stands alone, .png a grid of pictures. Raises `FileError`."""
    from augment.files.whole import write_whole
    from augment.report.page import page
    from augment.report.render import draw_report

    check_suffix(Path(path))
    is_page = Path(path).suffix.lower() == ".html"
    # names of files need not be text
    write_whole(Path(path), page(report).encode("utf-8", "backslashreplace") if is_page else _png(draw_report(report)))


def _png(image: Image.Image) -> bytes:
    from PIL.PngImagePlugin import PngInfo

    file, made = io.BytesIO(), PngInfo()
    made.add_text("Software", SOFTWARE)
    image.save(file, "png", pnginfo=made)
    return file.getvalue()


def check_suffix(path: Path) -> None:
    """Raise `FileError` on what a preview is not written to."""
    if path.suffix.lower() not in (".html", ".png"):
        raise FileError(f"{path}: a preview is a page or a picture; write it to a .html or .png")


def is_preview(path: Path) -> bool:
    """Whether a file is one that `Preview.save` wrote, and so may be replaced by the next."""
    from PIL import Image

    try:
        if path.suffix.lower() == ".html":
            with path.open(encoding="utf-8") as file:
                return f'<meta name="generator" content="{SOFTWARE}">' in file.read(1000)
        with Image.open(path) as picture:
            return picture.info.get("Software") == SOFTWARE
    except (OSError, ValueError, SyntaxError):
        return False


def preview(
    spec: Any,
    samples: Any = None,
    *,
    backend: str | Sequence[str] | Mapping[str, str] = AUTO,
    n: int = 8,
    seed: int | None = None,
    epoch: int = 0,
    index: int | None = None,
    stage: str = "train",
    sheets: Sequence[str] = (),
    names: Sequence[str] = (),
    title: str = "",
) -> Preview:
    """Draw samples as they are, and as ``n`` epochs from ``epoch`` on make them, with masks, boxes and keypoints over them.

    Args:
        spec: a path, a mapping, or a `Pipeline`.
        samples: a sample, an image, or several, which are also each other's mix partners: a list, a torch ``Dataset``, a Hugging
            Face ``Dataset``, or an `augment.data.Folder`, of which 16 are shown, evenly spread over classes and the
            whole; without it a photograph that comes with the package.
        backend: a name; several, which are compared ("all": every installed one); or ``{"image": name, "text": name}``. "auto" is
            the quickest that is installed: what it shows is the same on all.
        n: how many draws.
        seed: replaces the spec's.
        epoch: of the first draw.
        index: of the key of a single sample; of several, the one that is shown.
        stage: "train", or "eval" for the inference form.
        sheets: what is shown, by name (`augment.report.SHEETS`); without it, a report has all that say something of the
            spec, and a notebook or a .png the first of them.
        names: of the samples.
        title: instead of the name of the spec.

    Raises:
        SpecError: the spec has mistakes, or a sheet does not exist.
        SampleError: a sample does not fit the spec.
        BackendMissingError, UnsupportedOpError: a backend is not installed, or refuses a part of the spec.
    """
    check_names(sheets)
    study = prepare(
        spec, samples, backend=backend, n=n, seed=seed, epoch=epoch, index=index, stage=stage, names=names, reproduce=_in_python
    )
    made = Preview(study, tuple(sheets), title)
    made.short  # noqa: B018  # a sample that does not fit is told here, and not where it is first shown
    return made


def card(program: Program, backend: str, description: str, n: int = 5) -> str:
    """Return what a notebook shows of a compiled object: its description, and what it does to a photograph."""
    from augment.report.fit import fit
    from augment.report.page import fragment

    try:
        study = prepare(program.pipeline, backend=backend, n=n, seed=program.seed, stage=program.stage)
        report, note = make_report(study, short_sheets(study)), ""
    except AugmentError as error:  # the object is as good as before: there is only nothing to show of it
        report, note = None, f"No preview on the photograph that comes with the package: {error}"
    return fit(report, lambda r: fragment(r, description, note), NOTEBOOK)


def _in_python(ask: Any) -> str:
    return f"augment.preview(spec, samples, index={ask.subject.number}, epoch={ask.epoch}, n=1, sheets=[{ask.sheet!r}])"
