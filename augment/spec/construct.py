"""Makes nodes of validated fields, and stand-ins where that failed, so that the rest of a tree is still checked."""

from typing import Any, ClassVar, TypeVar

from pydantic import BaseModel, ValidationError

from augment.spec.node import Combinator, Node, Op

M = TypeVar("M", bound=BaseModel)


class Unread(Combinator):
    """Stands where nothing could be read, not even which op it is: whatever holds it may hold it."""

    ops: tuple[Any, ...] = ()

    picks: ClassVar[bool] = True


def construct(model: type[M], fields: dict[str, Any]) -> M:
    """Call pydantic's constructor, not the class's own, which words its errors for Python."""
    made = model.__new__(model)
    BaseModel.__init__(made, **fields)
    return made


def salvaged(kind: type[Node], fields: dict[str, Any], children: tuple[Node, ...]) -> Node:
    """Return what the rules about placement need to know of a node that could not be read; it is never used otherwise."""
    known: dict[str, Any] = {"ops": children} if issubclass(kind, Combinator) else {}
    for name in Op.model_fields.keys() & fields.keys():
        try:
            known[name] = getattr(construct(Op, {name: fields[name]}), name)
        except ValidationError:
            known[name] = 1.0 if name == "p" else None  # it is told already that it is wrong
    return kind.model_construct(**known)
