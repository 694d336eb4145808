"""Whether an op changes nothing, found from what it computes and not from its name."""

from __future__ import annotations

from augment.errors import SampleError
from augment.ops.kinds import Drawn, Geometric, Policy, stands_for
from augment.ops.possible import possible_values
from augment.spec.node import Op

SIZE = (97, 131)
BETWEEN = 3


def does_nothing(op: Op) -> bool:
    """Whether an op changes nothing, whatever it draws."""
    if isinstance(op, Policy):
        return all(does_nothing(part) for part in stands_for(op))
    if not isinstance(op, Drawn) or (isinstance(op, Geometric) and op.reads):  # which does what the boxes or the mask ask for
        return False
    try:
        return all(op.neutral(v, SIZE) for v in possible_values(op, BETWEEN))
    except SampleError:
        return False
