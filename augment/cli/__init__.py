"""The command line: ``augment``. Importing it imports click alone; every command imports what it needs when it runs.

Exit codes: 0, all is well; 1, a mistake, refusal or failure was found and told; 2, the command itself was called wrongly;
128 + n, signal n ended it in order.
"""

from __future__ import annotations

import atexit
import gc
import os
import sys
from importlib import import_module
from typing import Any

import click

from augment import __version__

COMMANDS = {  # name -> where it is, and the line that the list of commands shows, in the order of use
    "demo": ("augment.cli.showing", "Draw a first picture, with nothing to write or install."),
    "init": ("augment.cli.writing", "Write a spec to begin with, and its schema for editors."),
    "check": ("augment.cli.checking", "Find all mistakes of a spec, what is probably not meant, and what backends make of it."),
    "explain": ("augment.cli.checking", "Print what a spec becomes on a backend, step by step."),
    "preview": ("augment.cli.showing", "Draw pictures as they are, and as a spec makes them."),
    "view": ("augment.cli.viewing", "Try a spec out in the browser, with sliders."),
    "fit": ("augment.cli.fitting", "Measure mean and standard deviation of pictures, and write them into a spec."),
    "apply": ("augment.cli.applying", "Augment a picture or a folder of them, with masks and labels."),
    "import": ("augment.cli.moving", "Make a spec of a pipeline of another library."),
    "export": ("augment.cli.moving", "Write a spec as plain code of a library."),
    "bench": ("augment.cli.benching", "Time a spec on this machine, beside the libraries' own pipelines."),
    "ops": ("augment.cli.listing", "List the ops, or show one with its fields."),
    "backends": ("augment.cli.listing", "List the backends and plugins, and what they lack."),
    "resources": ("augment.cli.resourcing", "List what text ops need beyond the package, and fetch it."),
    "schema": ("augment.cli.writing", "Print the JSON Schema of a spec."),
}

PLACES = "augment.places"
"""The entry of click's context with the lines of the spec that was read."""


class Commands(click.Group):
    """Commands that are imported when they are called; errors of the project are told without a traceback."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        # a command that is called as a keyword of Python stands under its name with an underscore
        if name not in COMMANDS:
            return None
        room: Any = import_module(COMMANDS[name][0])
        return getattr(room, f"{name}_", None) or getattr(room, name)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, about) for name, (_, about) in COMMANDS.items()])

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        name = args[0]
        if name not in COMMANDS and not name.startswith("-"):
            from augment.errors import suggest

            ctx.fail(f"no such command {name!r}{suggest(name, COMMANDS)}")
        return super().resolve_command(ctx, args)

    def main(self, *args: Any, **more: Any) -> Any:
        """Run the command line; output that cannot be written, as on a full disk, is told and no traceback."""
        # what imports make stays: to look through it for garbage, again and again and once more at the end, is a fifth of a check
        gc.set_threshold(100_000)
        atexit.register(gc.freeze)
        os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")  # which it would look for among all that is installed
        try:
            try:
                return super().main(*args, **more)
            finally:
                sys.stdout.flush()
        except OSError as error:
            from augment.cli.console import lost

            lost(error)
            sys.exit(1)

    def invoke(self, ctx: click.Context) -> Any:
        from augment.errors import AugmentError

        try:
            return super().invoke(ctx)
        except AugmentError as error:
            from augment.cli.console import tell

            tell(error, ctx.meta.get(PLACES, {}))
            ctx.exit(1)


@click.command(cls=Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, prog_name="augment")
def main() -> None:
    """Write an augmentation policy once, run it on any framework with the same meaning.

    Begin with 'augment demo', then 'augment init'. Each command has its own --help.
    """


__all__ = ["main"]
