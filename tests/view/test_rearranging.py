"""Ops are added, removed and moved in the text, and nothing else changes."""

import pytest

from augment.errors import SpecError
from augment.language import loads
from augment.spec.rearranging import insert, move, remove

BLOCK = """\
# A spec.
pipeline:
  # turns
  - rotate:        # a little
      degrees: ±15

  - one_of:
      ops:
        - invert
        - hue: ±9  # colours
  # the end
  - normalize: imagenet  # as usual
"""
FLOW = "pipeline: [rotate: {degrees: ±15}, one_of: [invert, hue: ±9], normalize: imagenet]  # all\n"


def names(text):
    choice = next(node for node in loads(text) if node.name() == "one_of")
    return [node.name() for node in loads(text)], [node.name() for node in choice.ops]


@pytest.mark.parametrize("text", [BLOCK, FLOW, BLOCK.rstrip("\n")])
def test_neighbours_change_places(text):
    down = move(text, (0,), 1)
    assert names(down) == (["one_of", "rotate", "normalize"], ["invert", "hue"])
    assert text == FLOW or sorted(down.split("\n")) == sorted([*text.rstrip("\n").split("\n"), ""])
    assert move(down, (1,), -1).rstrip("\n") == text.rstrip("\n")
    inside = move(text, (1, 0), 1)
    assert names(inside) == (["rotate", "one_of", "normalize"], ["hue", "invert"])
    assert move(inside, (1, 1), -1).rstrip("\n") == text.rstrip("\n")
    for steps, by, told in (((0,), -1, "none .* above"), ((1,), 2, "1 .* stands below"), ((5,), 1, "no longer")):
        with pytest.raises(SpecError, match=told):
            move(text, steps, by)


@pytest.mark.parametrize("text", [BLOCK, FLOW])
def test_to_be_moved_over_several_is_to_be_moved_over_each(text):
    assert move(text, (0,), 2) == move(move(text, (0,), 1), (1,), 1)
    assert move(text, (2,), -2) == move(move(text, (2,), -1), (1,), -1)
    assert names(move(text, (0,), 2))[0] == ["one_of", "normalize", "rotate"] and move(text, (1,), 0) == text


def test_comments_go_along():
    down = move(BLOCK, (2,), -1)
    assert down.index("# the end") < down.index("normalize") < down.index("one_of") and "imagenet  # as usual" in down
    gone = remove(BLOCK, (0,))
    assert "# turns" not in gone and "# a little" not in gone and "# A spec." in gone and "# the end" in gone


@pytest.mark.parametrize("text", [BLOCK, FLOW])
def test_an_op_is_removed(text):
    assert names(remove(text, (0,)))[0] == ["one_of", "normalize"]
    assert names(remove(text, (2,)))[0] == ["rotate", "one_of"]
    one = remove(text, (1, 0))
    assert names(one)[1] == ["hue"]
    with pytest.raises(SpecError, match="only op"):
        remove(one, (1, 0))


@pytest.mark.parametrize("text", [BLOCK, FLOW, "pipeline: []\n", "seed: 3\n", "pipeline:\n- invert: {p: 1}", '{"pipeline": []}'])
@pytest.mark.parametrize("step", ["invert", {"rotate": {"degrees": "±5", "p": 0.5}}])
def test_an_op_is_inserted(text, step):
    step = {"invert": {"p": 0.5}} if step == "invert" else step
    before = [node.name() for node in loads(text)] if "pipeline" in text else []
    for at in range(len(before) + 1):
        made = insert(text, at, step)
        assert [node.name() for node in loads(made)] == [*before[:at], next(iter(step)), *before[at:]]
        for line in text.rstrip("\n").split("\n"):
            assert line in made or text != BLOCK


def test_what_cannot_be_moved_says_so():
    with pytest.raises(SpecError, match="only an editor"):
        insert("pipeline: 5\n", 0, "invert")
