"""What a rule is: a function over a spec, registered by a decorator that says how grave its findings are.

Its name is that of the function, and what the docs say of it is the function's documentation: nothing else lists the rules.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Literal, NamedTuple, get_args

if TYPE_CHECKING:
    from augment.lint.subject import Subject

Severity = Literal["error", "warning", "advice"]
Needs = Literal["", "files", "backends"]
SEVERITIES: tuple[Severity, ...] = get_args(Severity)
"""The gravest first."""


class Change(NamedTuple):
    """What is certain to be meant: `augment check --fix` writes it."""

    path: str
    """Of a value, or of a field that an op does not have yet; '' for the comment at the place of the hit."""
    text: str
    """As YAML; '' takes a comment away."""


class Hit(NamedTuple):
    """What a rule found at one place of a spec."""

    path: str
    """As 'pipeline[2].rotate.degrees', or a key of the top level; '' for the spec as a whole."""
    message: str
    reason: str
    fix: str
    place: str = ""
    """Where it stands in the file, if its path does not say that."""
    change: Change | None = None
    """The fix, if it is certain."""


Check = Callable[["Subject"], Iterable[Hit]]


class Rule(NamedTuple):
    """A registered rule."""

    name: str
    severity: Severity
    about: str
    """What it looks for, in one line."""
    needs: Needs
    """What must be given, beside the spec, for it to find anything."""
    check: Check


_registered: dict[str, Rule] = {}


def rule(severity: Severity, needs: Needs = "") -> Callable[[Check], Check]:
    """Register a function as the rule of its name."""

    def register(check: Check) -> Check:
        name = check.__name__
        about = inspect.cleandoc(check.__doc__ or "").replace("\n", " ")
        if name in _registered or not about:
            raise ValueError(f"the rule {name} is registered already, or says nothing about itself")
        _registered[name] = Rule(name, severity, about, needs, check)
        return check

    return register


def rules() -> dict[str, Rule]:
    """Return all rules by their names, in the order of the docs."""
    import augment.lint.checks  # noqa: F401  # registers them

    return dict(_registered)
