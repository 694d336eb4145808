"""The first picture that anyone sees shows what a spec can do."""

from augment.cli.showing import DEMO
from augment.language import loads
from augment.program.lower import lower


def test_nine_draws_are_nine_things():
    program = lower(loads(DEMO))
    happened = []
    for epoch in range(9):
        values = program.values(0, epoch)
        happened.append({leaf.key.partition(".")[0] for leaf in program.leaves if leaf.active(values)})
    assert len(set(map(frozenset, happened))) == 9, "two draws have the same ops"
    each = {leaf.key.partition(".")[0] for leaf in program.leaves}
    assert set.union(*happened) == each, "an op is never seen"
    assert 3 <= sum("horizontal_flip" in ops for ops in happened) <= 6
