"""Ops that stand for trees of other ops."""

from collections.abc import Iterator
from functools import cached_property
from typing import NamedTuple

from augment.ops.kinds.branching import Branch, MovingBranch
from augment.ops.kinds.drawn import Draw, Drawn
from augment.spec.node import Blend, Combinator, Node, Op


class Policy(Op):
    """Stands for a tree of ops, which is addressed, drawn and run as if it had been written out: no program sees the policy."""

    def draws(self) -> tuple[Draw, ...]:
        """What its parts are chosen by, if combinators cannot say it."""
        return ()

    def expand(self) -> tuple["Expansion", ...]:
        """Its parts, in order; each has ``p``, ``stage``, weights and children of its own."""
        raise NotImplementedError

    @cached_property
    def expansion(self) -> tuple["Expansion", ...]:
        """What `expand` returns, made once: tables of many ops take long to become ops."""
        return self.expand()

    def inference(self) -> Node | None:
        """Itself: what becomes of its parts, each says."""
        return self

    @classmethod
    def parts(cls) -> tuple[type[Op], ...]:
        """The ops that its examples come to: what a backend must run to run it."""
        every = (found for fields in cls.examples or ({},) for found in _comes_to(cls(**fields)))
        return tuple(dict.fromkeys(branch_of(found) if isinstance(found, Blend) else type(found) for found in every))


class Expansion(NamedTuple):
    """One part of a policy: its address inside the policy, and when it is applied (by the drawn integer ``draw``)."""

    part: str
    node: Node
    draw: str | None = None
    when: tuple[bool, ...] = ()


def stands_for(node: Node) -> Iterator[Drawn]:
    """Yield the ops that a node comes to: itself, or those of a combinator or a policy."""
    return (found for found in _comes_to(node) if isinstance(found, Drawn))


def _comes_to(node: Node) -> Iterator[Op | Blend]:
    """The same, and the blends around them."""
    if isinstance(node, Blend):
        yield node
    if isinstance(node, Combinator):
        for child in node.ops:
            yield from _comes_to(child)
    elif isinstance(node, Policy):
        for part in node.expansion:
            yield from _comes_to(part.node)
    elif isinstance(node, Op):
        yield node


def branch_of(blend: Blend) -> type[Branch]:
    """What stands between the branches of a blend: one that tells if they move pixels."""
    return MovingBranch if any(op.relocates for op in stands_for(blend)) else Branch
