"""Texts under the pictures of a grid: all words, on lines that fit, with what went and what came."""

import numpy as np
import pytest
from PIL import Image, ImageColor

import augment
from augment.report.diff import diff
from augment.report.letters import CUT, GONE, INK, MOST, NEW, POINTS, letters, lines_of
from augment.report.render import CELL, MARGIN

SPEC = "targets: {image: image, caption: caption}\npipeline: [horizontal_flip: {p: 1}]"
TEXTS = {
    "short": ("a cup", "a cup"), "one word": ("left", "right"), "empty": ("", ""),
    "lines": ("a cup\n\non the left", "a cup\n\non the right"),
    "many": ("a cup on the left of a plate " * 3, "a cup on the right of a plate " * 3),
}  # fmt: skip


def words(lines, *left_out):
    return " ".join("".join(piece.text for piece in line if piece.how not in left_out).strip() for line in lines).split()


@pytest.mark.parametrize("width", [60, 224, 500])
@pytest.mark.parametrize("name", TEXTS)
def test_all_words_stand_on_lines_that_fit(name, width):
    before, after = TEXTS[name]
    lines = lines_of([diff("caption", before, after)], width)
    assert all(letters(POINTS).getlength("".join(piece.text for piece in line).rstrip()) <= width for line in lines)
    if len(lines) < MOST:
        assert words(lines, "new") == before.split() and words(lines, "gone") == after.split()
    else:
        assert len(lines) == MOST and lines[-1][-1].text == CUT


def test_each_text_has_lines_of_its_own():
    lines = lines_of([diff("caption", "a cup", "a cup"), diff("text", "red", "red")], CELL)
    assert ["".join(piece.text for piece in line) for line in lines] == ["a cup", "red"]


def test_a_grid_shows_the_caption_of_each_picture(tmp_path):
    photo = np.full((80, 100, 3), 200, np.uint8)

    def grid(spec, caption):
        path = tmp_path / "grid.png"
        augment.preview(augment.loads(spec), {"image": photo, **caption}, n=1).save(path)
        return np.asarray(Image.open(path).convert("RGB"))

    plain = grid("pipeline: [horizontal_flip: {p: 1}]", {})
    told = grid(SPEC, {"caption": "a cup on the left"})
    assert told.shape[1] == plain.shape[1] and told.shape[0] > plain.shape[0]
    below = told[plain.shape[0] - MARGIN :]
    first, second = below[:, MARGIN : MARGIN + CELL], below[:, MARGIN + CELL :]
    colours = [{tuple(one) for one in half.reshape(-1, 3)} for half in (first, second)]
    ink, gone, new = map(ImageColor.getrgb, (INK, GONE, NEW))
    assert ink in colours[0] and not {gone, new} & colours[0]
    assert {ink, gone, new} <= colours[1]
