"""What several commands take: the spec with its changes, and the backends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from augment.cli import PLACES
from augment.report.names import AUTO

if TYPE_CHECKING:
    from augment.spec.node import Pipeline

Command = Callable[..., Any]
VIEW = "augment.view"
"""The entry of click's context with the view that was asked for."""


class KeyNumber(click.ParamType):
    """A seed, an epoch or an index, checked where all others are."""

    name = "number"

    def __init__(self, what: str):
        self.what = what

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        from augment.errors import SampleError
        from augment.random import whole

        digits = isinstance(value, str) and value.isascii() and value.isdecimal()
        number = int(value) if digits and len(value) < 40 else value
        try:
            whole(self.what, number)
        except SampleError as error:
            self.fail(str(error), param, ctx)
        return number


class SourcePath(click.ParamType):
    """A file or a folder; or packs, several if it is a pattern with numbers in braces."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path | tuple[Path, ...]:
        from augment.data.packed import expanded
        from augment.files.remote import place

        if isinstance(value, Path | tuple):
            return value
        paths = [place(value)] if place(value).exists() else list(map(place, expanded(value)))
        if not any(path.exists() for path in paths):
            self.fail(f"Path {value!r} does not exist.", param, ctx)
        return paths[0] if len(paths) == 1 else tuple(paths)


class AnyPath(click.ParamType):
    """A path of this machine, or of what fsspec reaches."""

    name = "path"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        from augment.files.remote import place

        return place(value)


spec_argument = click.argument("spec", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
stage_option = click.option(
    "--stage", type=click.Choice(["train", "eval"]), default="train", show_default=True, help="eval: the form of inference."
)
masks_option = click.option(
    "--masks", type=AnyPath(), metavar="DIR|PATTERN",
    help="A folder with a mask of each picture, by path and name, or name_mask; or a pattern, as 'masks/{}_L.png'.",
)  # fmt: skip
labels_option = click.option(
    "--labels", type=AnyPath(), metavar="DIR|FILE",
    help="A folder with labels by path and name (YOLO .txt, Pascal VOC .xml, or .json), which may be that of the pictures; "
    "or a file: COCO .json, data.yaml of YOLO, captions as .csv, .tsv or .jsonl.",
)  # fmt: skip
classes_option = click.option("--classes", is_flag=True, help="The folders of the pictures are their classes.")


def backend_option(looks: bool = False) -> Callable[[Command], Command]:
    """``looks``: of a command that shows what backends do, one or several of them."""
    about = "Which library runs it; 'augment backends' lists all."
    more = " auto is the quickest that is installed. Several: B1,B2." if looks else ""
    default = AUTO if looks else "reference"
    return click.option("-b", "--backend", default=default, show_default=True, metavar="B", help=about + more)


text_backend_option = click.option(
    "--text-backend", metavar="T", help="What edits the texts of a spec that has images, too; builtin unless it is said."
)


def engines_of(backend: str, text_backend: str | None) -> str | dict[str, str]:
    """Return what --backend and --text-backend name, as `augment.compile` takes it."""
    return backend if text_backend is None else {"image": backend, "text": text_backend}


def change_options(command: Command) -> Command:
    """--set, --seed and --view."""
    change = click.option(
        "--set", "changes", multiple=True, metavar="OP.FIELD=VALUE", help="Change a field, as rotate.degrees=±30; repeatable."
    )
    seed = click.option("--seed", type=KeyNumber("seeds"), help="Instead of the seed of the spec.")
    about = "Of a spec with views: one of them, as weak or 'crops[0]'."
    view = click.option("--view", metavar="NAME", expose_value=False, callback=_chosen, help=about)
    return change(seed(view(command)))


def _chosen(context: click.Context, _: click.Parameter, name: str | None) -> None:
    context.meta[VIEW] = name


def read_spec(path: Path, changes: tuple[str, ...], seed: int | None) -> Pipeline:
    """Return the spec of a file with the changes of the command line."""
    from augment.data.endings import IMAGES as PICTURES
    from augment.errors import FileError
    from augment.language import load, override
    from augment.spec.places import places_of
    from augment.spec.views import named_view

    if path.suffix.lower() in PICTURES:
        raise FileError(f"{path}: is a picture, and no spec: the spec comes first, then the files")
    more = changes if seed is None else (*changes, f"seed={seed}")
    pipeline = load(path)
    meta = click.get_current_context().meta
    meta[PLACES] = places_of(pipeline)
    changed = override(pipeline, *more) if more else pipeline
    return named_view(changed, meta[VIEW]) if meta.get(VIEW) else changed


def split(names: tuple[str, ...] | str) -> list[str]:
    """Take 'keras,torchvision' or repeated options apart, each name once."""
    joined = names if isinstance(names, str) else ",".join(names)
    return list(dict.fromkeys(name.strip() for name in joined.split(",") if name.strip()))
