"""Whether an op changes nothing, found from what it computes and not from its name."""

from __future__ import annotations

from augment.errors import SampleError
from augment.ops.kinds import stands_for
from augment.ops.possible import possible_values
from augment.spec.node import Op

SIZE = (97, 131)
BETWEEN = 3


def does_nothing(op: Op) -> bool:
    """Whether an op changes nothing, whatever it draws."""
    parts = tuple(stands_for(op))
    if any(part.reads for part in parts):  # which do what the boxes or the mask ask for
        return False
    try:
        return all(part.neutral(v, SIZE) for part in parts for v in possible_values(part, BETWEEN))
    except SampleError:
        return False
