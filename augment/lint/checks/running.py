"""Pictures that cannot be augmented at all."""

from __future__ import annotations

from collections.abc import Iterator

from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject


@rule("error", needs="files")
def cannot_run(subject: Subject) -> Iterator[Hit]:
    """A given file cannot be augmented: it is too small for a crop, of other channels than an op takes, damaged, and so on."""
    if subject.samples is None:
        return
    for path, message in subject.measured.failures.items():
        yield Hit(path, message.removeprefix(f"{path}: "), "training would stop here", "change the spec, or leave the file out")


@rule("advice")
def not_measured(subject: Subject) -> Iterator[Hit]:
    """No files were given, and the photograph of the package does not fit the spec, so nothing could be measured."""
    if subject.samples is None:
        for path, message in subject.measured.failures.items():
            yield Hit(
                path, f"was not measured: {message.removeprefix(f'{path}: ')} (on the photograph of the package)",
                "what it does to colours is found by running it", "give some of your files: --files DIR",
            )  # fmt: skip
