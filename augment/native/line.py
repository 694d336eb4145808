"""One class of a pipeline that is read, as its meaning sees it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, Any

from augment.errors import AugmentError
from augment.native.call import Call
from augment.native.entry import Entry
from augment.native.remark import NoCounterpartError, UnfitError
from augment.spec.node import Node

if TYPE_CHECKING:
    from augment.native.reading import Reading


class Line:
    """What the meaning of one class sees of the import: it makes ops, tells what differs, and asks for children."""

    def __init__(self, reading: Reading, call: Call, entry: Entry):
        self.reading, self.call, self.entry = reading, call, entry

    def made(self, arguments: Mapping[str, Any]) -> list[Node]:
        """Return the nodes that the meaning gives; raises `UnfitError` on arguments that it cannot read."""
        try:
            found = self.entry.meaning(self, **_spread(self.entry, arguments))
        except (TypeError, ValueError, ArithmeticError, LookupError) as error:
            if isinstance(error, AugmentError):
                raise NoCounterpartError(plain(error)) from None
            raise UnfitError(f"its arguments cannot be read ({error})") from None
        if self.entry.ours:
            self._tell_of_unread(arguments)
        match found:
            case None:
                return []
            case Node():
                return [found]
        return [node for node in found if node is not None]

    def _tell_of_unread(self, arguments: Mapping[str, Any]) -> None:
        """Tell of arguments that the meaning does not look at, and that are not as the library has them unless they are said."""
        for name in sorted(self.entry.unread - set(self.reading.table.needless)):
            default = self.entry.signature.parameters[name].default
            if name in arguments and not _alike(arguments[name], default):
                self.differs(f"its argument {name}={str(arguments[name])[:60]} changes nothing here")

    def op(self, name: str, **fields: Any) -> Node:
        """Return an op of ours; fields that are None are not said, and p is said where it must be."""
        kind = self.reading.known.get(name)
        if kind is None:
            raise NoCounterpartError(f"no counterpart yet: there is no op {name!r}")
        p = fields.pop("p", None)
        given = {field: v for field, v in fields.items() if v is not None}
        if p is not None and (p != 1 or kind.needs_p):
            given["p"] = p if not isinstance(p, bool) else float(p)
        if p == 0:
            self.note("its p is 0, so that it never does anything")
        return kind(**given)

    def known(self, name: str, *fields: str) -> bool:
        """Whether there is an op of a name, with all these fields."""
        kind = self.reading.known.get(name)
        return kind is not None and set(fields) <= kind.model_fields.keys()

    def note(self, message: str) -> None:
        self.reading.remark(self.call, "note", message)

    def differs(self, message: str) -> None:
        self.reading.remark(self.call, "differs", message)

    @property
    def children(self) -> tuple[Call, ...]:
        return self.call.children

    @cached_property
    def era(self) -> str | None:
        return self.entry.era or self.reading.era

    def all(self, children: Sequence[Call]) -> list[Node]:
        """Return what stands for children, in order."""
        return [node for child in children for node in self.reading.nodes(child)]

    def one(self, child: Call, **given: Any) -> Node:
        """Return one node for one child; identity where it has none, so that a choice of it stays as likely."""
        return self.joined(self.reading.nodes(child, **given)) or self.op("identity")

    def joined(self, nodes: Sequence[Node], p: float = 1.0) -> Node | None:
        """Return one node for several, applied with a probability; None for none."""
        if not nodes:
            return None
        if len(nodes) == 1:
            return self.likely(nodes[0], p)
        return self.op("sequence", p=p, ops=list(nodes))

    def likely(self, node: Node, p: float) -> Node:
        """Return the node with a probability on top of its own."""
        if p == 1:
            return node
        return node.replace(p=p) if node.probability == 1 else self.op("sequence", p=p, ops=[node])

    def default(self, child: Call, name: str) -> Any:
        """Return an argument of a child, or the default of its class; None where neither says it."""
        try:
            return self.reading.bound(child)[1].get(name)
        except NoCounterpartError:
            return child.kwargs.get(name)


def _spread(entry: Entry, arguments: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in arguments.items() if name in entry.signature.parameters}


def _alike(given: Any, default: Any) -> bool:
    """Whether two values are the same, a list as a tuple, and a number as a range whose ends are that number."""
    if isinstance(given, list | tuple) and isinstance(default, list | tuple):
        return len(given) == len(default) and all(map(_alike, given, default))
    if isinstance(given, list | tuple) and len(given) == 2 and given[0] == given[1]:
        return bool(given[0] == default)
    return bool(given == default)


def plain(error: AugmentError) -> str:
    """The message of an error on one line."""
    return "; ".join(str(error).splitlines())
