"""Writes docs/gallery.md and its pictures: what every op does, shown by the tool itself on what comes with the package.

Run ``python docs/gallery.py`` after a change of an op; the tests compare. Pictures are strips made of the panels of the report's
sheets: the photograph as it is, then each parameter at both ends and in its middle, or else a few draws.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
from PIL import Image

import augment
from augment.language.catalogue import summary
from augment.ops import catalogue
from augment.ops.kinds import Labelling, Partnered
from augment.report import make_sheet, prepare
from augment.report.model import Panel
from augment.report.sheets.extremes import ENDS, varied
from augment.spec.node import Op
from augment.testing.photographs import sample_of
from augment.testing.texts import PLAIN

HERE = Path(__file__).parent
PICTURES = HERE / "images" / "gallery"
WIDTH, GAP, QUALITY = 192, 6, 80
DRAWS = 3
TEXT = (
    "Anna doesn't believe that the 3 brown dogs received their food. Which dogs, you ask? They are asleep in the old garden, "
    "as http://example.org/dogs shows."
)


def _lines(what: str) -> list[str]:
    """The ops of ``gallery_images.txt`` or ``gallery_texts.txt``, one a line."""
    return (HERE / f"gallery_{what}.txt").read_text(encoding="utf-8").splitlines()


IMAGES = _lines("images")
"""Every image op, as strong as shows what it does."""

TEXTS = _lines("texts")
"""Every text op that runs without a model of the user's."""


class Shown(NamedTuple):
    """An op of the gallery, and what there is to see of it."""

    name: str
    spec: str
    picture: Image.Image | None
    about: str
    """What the rows of the picture are."""


def spec(line: str) -> augment.Pipeline:
    """The pipeline of one op, as it would be written."""
    return augment.loads(f"pipeline: [{{{line}}}]" if ":" in line else f"pipeline: [{line}]")


# Pictures ------------------------------------------------------------------------------------------------------------


@cache
def photographs() -> tuple[np.ndarray, ...]:
    """The photographs of the package, reduced to the width of a panel."""
    folder = Path(augment.__file__).parent / "photos"
    pictures = (Image.open(folder / f"{name}.jpg") for name in ("coffee", "cat"))
    return tuple(np.asarray(p.resize((WIDTH, WIDTH * p.height // p.width), Image.Resampling.LANCZOS)) for p in pictures)


def shown(line: str) -> Shown:
    """What the report says of one op."""
    pipeline = spec(line)
    op = pipeline[0]
    assert isinstance(op, Op)
    photos, mixes = photographs(), isinstance(op, Partnered)
    samples = [{"image": photo, "caption": "a cup"} if op.name() == "mixgen" else {"image": photo} for photo in photos]
    if reads := getattr(op, "reads", ()):
        samples = [sample_of(photo, sorted(reads)) for photo in photos]
        if mixes:
            pipeline = pipeline.replace(targets={"image": "image", **{kind: kind for kind in reads}})
    elif mixes:
        samples = [{**sample, "labels": np.eye(2)[i]} for i, sample in enumerate(samples)]
    study = prepare(pipeline, samples if mixes else samples[0], backend="reference", n=DRAWS)
    first = [photos[0], photos[1]] if mixes else [photos[0]]
    if fields := [] if mixes else varied(op):
        groups = make_sheet("extremes", study).groups
        rows = [[*first, *pixels(group.panels)] for group in groups]
        numbers = [", ".join(panel.detail for panel in group.panels) for group in groups]
        said = [f"{field} {text}" for field, text in zip(fields, numbers, strict=True)]
        return Shown(op.name(), line, strip(rows), f"The photograph, then {'; below, '.join(said)}.")
    panels = make_sheet("ops", study).groups[1].panels[:DRAWS]
    if all(np.array_equal(picture, photos[0]) for picture in pixels(panels)):
        what = "labels" if isinstance(op, Labelling) else "the type or the range of values"
        return Shown(op.name(), line, None, f"It changes {what}; the picture looks as it did.")
    draws = "what it becomes" if len(panels) == 1 else f"{len(panels)} draws"
    return Shown(op.name(), line, strip([[*first, *pixels(panels)]]), f"The photograph{'s' * mixes}, then {draws}.")


def pixels(panels: tuple[Panel, ...]) -> list[np.ndarray]:
    """What panels show."""
    assert all(panel.figure for panel in panels), [panel.note for panel in panels]
    return [panel.figure.pixels for panel in panels if panel.figure]


def strip(rows: list[list[np.ndarray]]) -> Image.Image:
    """Rows of pictures, each in a cell of the size of the largest, with what is given first in the first row alone."""
    height, width = (max(picture.shape[axis] for row in rows for picture in row) for axis in (0, 1))
    made = Image.new("RGBA", (len(rows[0]) * (width + GAP) - GAP, len(rows) * (height + GAP) - GAP))
    for y, row in enumerate(rows):
        for x, picture in enumerate(row):
            if x or not y:
                made.paste(Image.fromarray(picture), (x * (width + GAP), y * (height + GAP)))
    return made


def encoded(picture: Image.Image) -> bytes:
    """As WebP."""
    file = io.BytesIO()
    picture.save(file, "webp", quality=QUALITY, method=4)
    return file.getvalue()


# Texts ---------------------------------------------------------------------------------------------------------------


def edited(line: str) -> list[str]:
    """Two draws of a text op; what cannot be seen is written as its code."""
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus.txt"
        corpus.write_text("\n".join(PLAIN), encoding="utf-8")
        edit = augment.compile(spec(line.replace("corpus.txt", str(corpus))), "builtin")
        return [visible(edit.at(0, epoch)(TEXT)) for epoch in range(2)]


def visible(text: str) -> str:
    """A text of one line whose invisible characters are written as codes."""
    return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in text)


# The page ------------------------------------------------------------------------------------------------------------


@cache
def image_ops() -> tuple[Shown, ...]:
    """All image ops, as the gallery shows them."""
    return tuple(map(shown, IMAGES))


def page() -> str:
    """The page."""
    return "\n".join([*_images(), *_texts()]).rstrip() + "\n"


def written(line: str) -> tuple[str, ...]:
    """An op as it stands in a pipeline."""
    return ("```yaml", f"- {line}", "```", "")


def _images() -> Iterator[str]:
    yield from (
        "# Gallery", "",
        "What every op does, generated by `python docs/gallery.py` on a photograph and a text of the package, on the backend "
        f"`reference`. Of what an op draws, each parameter is shown at its {', its '.join(ENDS[:-1])} and its {ENDS[-1]}, the "
        "others at their median; where it draws nothing with a range, a few draws. The same for a spec and pictures of your own: "
        "`augment preview SPEC FILES --sheets extremes`. [All fields of all ops](ops.md).", "",
        "## Images", "",
    )  # fmt: skip
    for op in image_ops():
        yield from (f"### {op.name}", "", summary(catalogue()[op.name]), "", *written(op.spec), op.about, "")
        if op.picture:
            yield from (f"![{op.name}](images/gallery/{op.name}.webp)", "")


def _texts() -> Iterator[str]:
    yield from ("## Texts", "", "The text:", "", "```text", TEXT, "```", "", "Two draws of each op:", "")
    lines = {line.partition(":")[0]: line for line in TEXTS}
    for name, op in catalogue("text").items():
        if op.__module__.startswith("augment."):
            yield from (f"### {name}", "", summary(op), "")
            if name in lines:
                yield from (*written(lines[name]), "```text", *edited(lines[name]), "```", "")
            else:
                yield from ("What it writes depends on the model or the vectors that the spec names; the package has none.", "")


if __name__ == "__main__":
    (HERE / "gallery.md").write_text(page(), encoding="utf-8")
    for old in PICTURES.glob("*.webp"):
        old.unlink()
    PICTURES.mkdir(exist_ok=True)
    for op in image_ops():
        if op.picture:
            (PICTURES / f"{op.name}.webp").write_bytes(encoded(op.picture))
