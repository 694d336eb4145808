"""What edits texts: a text backend, or the ops themselves."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from augment.text.document import Document
    from augment.text.editing import Edit
    from augment.text.protect import Guard
    from augment.text.stream import Stream


class Editor(Protocol):
    """How a text backend edits: the primitive ``edit``."""

    def edits(self, op: Any, document: Document, v: Mapping[str, Any], guard: Guard, stream: Stream) -> Iterable[Edit]:
        """Return the edits of one op on one text."""


class Builtin:
    """The editor that needs nothing: ops themselves say what they do."""

    def edits(self, op, document, v, guard, stream):
        return op.edits(document, v, guard, stream)


BUILTIN = Builtin()
