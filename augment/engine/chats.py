"""The messages of a chat: the texts that some of them say, and the chat with other texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from augment.errors import SampleError

_FORMS = (("role", "content"), ("from", "value"))
"""What messages call who speaks, and what is said: those of chat templates, and ShareGPT's."""
Place = tuple[int, int | None]
"""Where a text is: the message, and the part of what it says if that has parts."""


def is_message(sample: Mapping[str, Any]) -> bool:
    """Whether a sample looks like one message."""
    return any(set(form) <= sample.keys() for form in _FORMS)


class Chat(NamedTuple):
    """A list of messages. What one says is a text, or a list of parts of which some are ``{type: text, text}``."""

    messages: Sequence[Mapping[str, Any]]
    what: str
    """The entry of a message that is said."""
    places: list[Place]

    @classmethod
    def of(cls, name: str, raw: Any, roles: Sequence[str]) -> Chat | None:
        """Return the chat of an entry, or None if it is no chat; ``roles`` are those whose messages are read, all without any.

        Raises `SampleError` on a message that says neither a text nor parts.
        """
        for who, what in _FORMS if isinstance(raw, list | tuple) else ():
            if all(isinstance(message, Mapping) and what in message for message in raw):
                mine = [i for i, message in enumerate(raw) if not roles or message.get(who) in roles]
                return cls(raw, what, [(i, part) for i in mine for part in _parts(f"{name}[{i}]", raw[i][what], what)])
        return None

    def texts(self) -> list[str]:
        """What is said, in order."""
        said = ((self.messages[i][self.what], part) for i, part in self.places)
        return [what if part is None else what[part]["text"] for what, part in said]

    def saying(self, texts: Sequence[str]) -> Any:
        """Return the messages with other texts; what the sample holds stays as it is."""
        out = [dict(message) for message in self.messages]
        for (i, j), text in zip(self.places, texts, strict=True):
            said = out[i][self.what]
            out[i][self.what] = text if j is None else [{**part, "text": text} if k == j else part for k, part in enumerate(said)]
        return type(self.messages)(out)  # type: ignore[call-arg]


def _parts(where: str, said: Any, what: str) -> list[int | None]:
    """The parts of what a message says that are texts; None for all of it."""
    if isinstance(said, str):
        return [None]
    if said is None:  # of a message that calls a tool
        return []
    if not isinstance(said, list | tuple) or not all(isinstance(part, Mapping) for part in said):
        form = "a text, or a list of parts such as {type: text, text: ..}"
        raise SampleError(f"{where}: its {what} is {form}, not {said!r:.60}")
    found = [j for j, part in enumerate(said) if part.get("type") == "text"]
    for j in found:
        if not isinstance(said[j].get("text"), str):
            raise SampleError(f"{where}: part {j} of its {what} is of the type text and holds none: {said[j]!r:.60}")
    return [*found]
