"""What several commands take: the spec with its changes, and the backends."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from augment.cli import PLACES

if TYPE_CHECKING:
    from augment.spec.node import Pipeline

Command = Callable[..., Any]

spec_argument = click.argument("spec", type=click.Path(path_type=Path))
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON, for programs.")
stage_option = click.option(
    "--stage", type=click.Choice(["train", "eval"]), default="train", show_default=True, help="eval: the form of inference."
)
masks_option = click.option(
    "--masks", type=click.Path(path_type=Path), metavar="DIR|PATTERN",
    help="A folder with a mask of each picture, by path and name, or name_mask; or a pattern, as 'masks/{}_L.png'.",
)  # fmt: skip
labels_option = click.option(
    "--labels", type=click.Path(path_type=Path), metavar="DIR|FILE",
    help="A folder with labels by path and name (YOLO .txt, Pascal VOC .xml, or .json), which may be that of the pictures; "
    "or a file: COCO .json, data.yaml of YOLO, captions as .csv, .tsv or .jsonl.",
)  # fmt: skip
classes_option = click.option("--classes", is_flag=True, help="The folders of the pictures are their classes.")


def backend_option(several: bool = False) -> Callable[[Command], Command]:
    many = " Several: B1,B2." if several else ""
    about = f"Which library runs it; 'augment backends' lists all.{many}"
    return click.option("-b", "--backend", default="reference", show_default=True, metavar="B", help=about)


text_backend_option = click.option(
    "--text-backend", metavar="T", help="What edits the texts of a spec that has images, too; builtin unless it is said."
)


def engines_of(backend: str, text_backend: str | None) -> str | dict[str, str]:
    """Return what --backend and --text-backend name, as `augment.compile` takes it."""
    return backend if text_backend is None else {"image": backend, "text": text_backend}


def change_options(command: Command) -> Command:
    """--set and --seed."""
    change = click.option(
        "--set", "changes", multiple=True, metavar="OP.FIELD=VALUE", help="Change a field, as rotate.degrees=±30; repeatable."
    )
    seed = click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Instead of the seed of the spec.")
    return change(seed(command))


def read_spec(path: Path, changes: tuple[str, ...], seed: int | None) -> Pipeline:
    """Return the spec of a file with the changes of the command line."""
    from augment.language import load, override
    from augment.spec.places import places_of

    more = changes if seed is None else (*changes, f"seed={seed}")
    pipeline = load(path)
    click.get_current_context().meta[PLACES] = places_of(pipeline)
    return override(pipeline, *more) if more else pipeline


def split(names: tuple[str, ...] | str) -> list[str]:
    """Take 'keras,torchvision' or repeated options apart, each name once."""
    joined = names if isinstance(names, str) else ",".join(names)
    return list(dict.fromkeys(name.strip() for name in joined.split(",") if name.strip()))
