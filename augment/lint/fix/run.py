"""Writes one certain fix after the other, each checked by reading the text again."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from augment.errors import Mistake, SpecError
from augment.language import loads
from augment.lint.finding import Finding
from augment.lint.fix.source import Source
from augment.lint.fix.spelling import BROKEN, guesses
from augment.spec.node import Pipeline

MOST = 200
"""So many fixes of one file."""
_PLACE = re.compile(r".*?:(\d+):(\d+):?(?: (.*))?")
_UNKNOWN = "unknown "
"""How mistakes of names begin: what stands behind a name is not read before the name is known."""
_HIDES = (BROKEN, "is called 'pipeline' here")
"""Mistakes behind which others cannot be seen: these may come to light."""
Find = Callable[[Pipeline], Sequence[Finding]]


class Step(NamedTuple):
    """One fix."""

    where: str
    what: str
    """The mistake or the finding that it takes away."""


@dataclass(frozen=True)
class Fixed:
    """The text with its fixes, and what they were."""

    before: str
    text: str
    steps: tuple[Step, ...]

    def diff(self, name: str) -> str:
        """Return what has changed, as ``diff -u`` shows it; '' if nothing has."""
        old, new = (text.splitlines(keepends=True) for text in (self.before, self.text))
        lines = difflib.unified_diff(old, new, name, name, n=1)
        return "".join(line if line.endswith("\n") else f"{line}\n" for line in lines)


def fixed(text: str, name: str, find: Find) -> Fixed:
    """Return a spec's text with all fixes that are certain.

    Certain is what the author surely meant (another notation of a number, another spelling of a name, a unit that cannot be
    meant), and what says the same as before in better words. Every fix is tried: it stays if what it is for is gone, and nothing
    else has come. A text that has been fixed, or needs no fix, comes back as it is.

    Args:
        text: YAML or JSON.
        name: what mistakes call the file.
        find: returns the findings of a spec without mistakes.
    """
    now = text
    steps: list[Step] = []
    while len(steps) < MOST and (found := _next(now, name, find)) is not None:
        now, step = found
        steps.append(step)
    return Fixed(text, now, tuple(steps))


def _next(text: str, name: str, find: Find) -> tuple[str, Step] | None:
    """The text with its first fix."""
    pipeline, mistakes = _read(text, name)
    if pipeline is None:
        source = Source(text)
        for mistake in mistakes:
            at = _PLACE.fullmatch(mistake.where)
            for new in guesses(source, mistake, int(at[1]), int(at[2])) if at else ():
                if new != text and _better(mistake, mistakes, _read(new, name)[1]):
                    return new, Step(mistake.where, mistake.message)
        return None
    found = find(pipeline)
    for finding in found:
        changed = _changed(text, finding)
        if changed is not None and changed != text:
            after = _read(changed, name)[0]
            if after is not None and _fewer(found, find(after)):
                return changed, Step(finding.where, f"{finding.message} [{finding.rule}]")
    return None


def _read(text: str, name: str) -> tuple[Pipeline | None, tuple[Mistake, ...]]:
    try:
        return loads(text, name), ()
    except SpecError as error:
        return None, error.mistakes


def _better(fixed: Mistake, before: Sequence[Mistake], after: Sequence[Mistake]) -> bool:
    """Whether the mistake is gone, and none has come but what it hid."""
    was, now = (Counter(mistake.message for mistake in found) for found in (before, after))
    if now[fixed.message] >= was[fixed.message]:
        return False
    if fixed.message.startswith(_HIDES):
        return True
    behind = _path(fixed).rpartition("." if _path(fixed).count(".") > 1 else "]")[0]
    return all(
        fixed.message.startswith(_UNKNOWN) and not mistake.message.startswith(_UNKNOWN) and _path(mistake).startswith(behind)
        for mistake in after if mistake.message in now - was
    )  # fmt: skip


def _path(mistake: Mistake) -> str:
    at = _PLACE.fullmatch(mistake.where)
    return (at[3] or "") if at else mistake.where


def _fewer(before: Sequence[Finding], after: Sequence[Finding]) -> bool:
    was, now = (Counter((one.rule, one.path) for one in found) for found in (before, after))
    return now < was


def _changed(text: str, finding: Finding) -> str | None:
    """The text with what a rule is certain of."""
    source, change = Source(text), finding.change
    if change is None:
        return None
    if change.path:
        return source.put(change.path, change.text)
    return _comment(source, finding, change.text)


def _comment(source: Source, finding: Finding, new: str) -> str | None:
    """With another comment, or none, where one stands; with none its line goes too, if there is nothing else."""
    at = _PLACE.fullmatch(finding.place)
    if not at:
        return None
    line, column = int(at[1]) - 1, int(at[2]) - 1
    row = source.lines[line]
    body = row.rstrip("\r\n")
    before = body[:column]
    if new:
        return source.replaced((line, column), (line, len(body)), new)
    if before.strip():
        return source.replaced((line, len(before.rstrip())), (line, len(body)), "")
    return source.replaced((line, 0), (line, len(row)), "")
