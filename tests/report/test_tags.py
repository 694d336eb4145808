"""The labels of boxes stand at corners of their boxes, where they do not lie on each other."""

import itertools

import pytest

from augment.report.model import Box
from augment.report.tags import tags


def covered(tag, size, width=130, letter=7):
    """What a label covers of a picture that is shown so wide, in pixels of the screen: x0, y0, x1, y1."""
    scale = width / max(size)
    long = 8 + letter * len(tag.text)
    x0, x1 = (at * size[1] * scale / 100 for at in (tag.left, tag.left + tag.width))
    begin = x1 - long if tag.at_end else x0
    top = tag.y * size[0] * scale / 100 - 16 * tag.up
    return begin, top, begin + long, top + 16


def apart(a, b):
    return a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_label_stands_above_its_box():
    [tag] = tags([Box(100, 50, 200, 150, "cup", 3)], (200, 400))
    assert (tag.text, tag.colour, tag.left, tag.y, tag.up, tag.at_end) == ("cup", 3, 25, 25, True, False)


@pytest.mark.parametrize(
    ("box", "up", "at_end"),
    [
        ((10, 2, 60, 90), False, False),  # no room above
        ((-20, -9, 60, 90), False, False),  # begins outside
        ((90, 40, 100, 90), True, True),  # no room on the right
        ((90, 0, 130, 90), False, True),
    ],
)
def test_a_label_stays_in_the_picture(box, up, at_end):
    [tag] = tags([Box(*box, "spoon")], (100, 100))
    assert (tag.up, tag.at_end) == (up, at_end)
    x0, y0, x1, y1 = covered(tag, (100, 100))
    assert x0 >= 0 and y0 >= 0 and x1 <= 130 and y1 <= 130


@pytest.mark.parametrize("width", [130, 190, 320])
def test_labels_do_not_lie_on_each_other(width):
    boxes = [Box(60, 20, 180, 150, "cup"), Box(52, 40, 100, 160, "spoon"), Box(60, 24, 150, 90, "saucer")]
    size = (200, 200)
    shown = [covered(tag, size, width) for tag in tags(boxes, size)]
    assert len(shown) == 3 and all(apart(a, b) for a, b in itertools.combinations(shown, 2))


def test_many_boxes_in_one_place_keep_their_labels():
    assert [tag.text for tag in tags([Box(0, 0, 9, 9, name) for name in "abcdefg"], (10, 10))] == list("abcdefg")


def test_boxes_without_labels_have_none():
    assert tags([Box(0, 0, 9, 9)], (10, 10)) == []
