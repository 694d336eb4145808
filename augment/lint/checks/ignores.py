"""Comments that ignore findings, and are themselves mistaken."""

from __future__ import annotations

from collections.abc import Iterator

from augment.lint.ignores import named, spelled
from augment.lint.rule import Change, Hit, rule
from augment.lint.subject import Subject
from augment.spec.comments import Comment


@rule("error")
def bad_ignore(subject: Subject) -> Iterator[Hit]:
    """A comment `# augment: ...` that names no rule, or one that does not exist."""
    for comment in subject.places.comments:
        if wrong := named(comment)[1]:
            yield Hit(
                "", wrong, "what it should ignore is told all the same, or another finding is hidden one day",
                "name a rule as 'augment check' prints it in brackets: # augment: ignore strength", _place(subject, comment),
                Change("", f"# augment: {meant}") if (meant := spelled(comment)) else None,
            )  # fmt: skip


@rule("warning")
def unused_ignore(subject: Subject) -> Iterator[Hit]:
    """A comment ignores a rule that finds nothing there: the spec has changed, or it stands on the wrong line."""
    for comment, name in subject.idle:
        yield Hit(
            "", f"ignores {name}, which finds nothing on line {comment.about}",
            "it would hide the next finding of that rule, which nobody has looked at",
            "remove it, or put it on the line of the op or alone on the line above", _place(subject, comment),
        )  # fmt: skip


def _place(subject: Subject, comment: Comment) -> str:
    file = next(iter(subject.places.values()), "").rsplit(":", 2)[0]
    return f"{file}:{comment.line}:{comment.column}"
