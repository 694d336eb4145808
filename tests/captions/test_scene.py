"""What an op means for a scene is read from its geometry and its colours, so ops of plugins count as well."""

from __future__ import annotations

import math
from typing import ClassVar

import numpy as np
import pytest

import augment
from augment import ops
from augment.captions.turn import STILL, Turn
from augment.engine.consistency import repaint
from augment.ops.kinds import Geometric, Linear, LinearColour, Move, matrix

IMAGE = np.arange(108, dtype=np.uint8).reshape(6, 6, 3)


def turn_of(op, **v):
    return Turn.of(op.move({k: np.float64(x) for k, x in v.items()}, (40, 60), np).inverse)


@pytest.mark.parametrize(
    ("op", "v", "west", "north", "mirrored"),
    [
        (ops.HorizontalFlip(p=1), {}, "E", "N", True), (ops.VerticalFlip(p=1), {}, "W", "S", True),
        (ops.Transpose(p=1), {}, "N", "W", True), (ops.Rotate90(1), {"turns": 1}, "S", "W", False),
        (ops.Rotate90(2), {"turns": 2}, "E", "S", False), (ops.Rotate90(3), {"turns": 3}, "N", "E", False),
        (ops.Rotate(90), {"degrees": 90}, "S", "W", False), (ops.Rotate(-100), {"degrees": -100}, "N", "E", False),
        (ops.Rotate(20), {"degrees": 20}, "W", "N", False), (ops.Translate(x=0.3), {"x": 0.3, "y": 0}, "W", "N", False),
        (ops.Scale(factor=0.2), {"factor": 0.2}, "W", "N", False), (ops.Shear(x=20), {"x": 20, "y": 0}, "W", "N", False),
    ],
)  # fmt: skip
def test_turns_of_ops(op, v, west, north, mirrored):
    turn = turn_of(op, **v)
    assert (turn("W"), turn("N"), turn.mirrored, turn.clear) == (west, north, mirrored, True)


@pytest.mark.parametrize("degrees", range(-360, 361, 7))
def test_words_hold_within_thirty_degrees_of_a_quarter_turn(degrees):
    turn = turn_of(ops.Rotate(degrees=30), degrees=degrees)
    off = abs((degrees + 45) % 90 - 45)
    assert turn.clear == (off <= 30)
    # where 'left' went, against the matrix of a turn by that angle, counter-clockwise on the screen
    c, s = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    x, y = -c, s
    nearest = max("WENS", key=lambda d: np.dot({"W": (-1, 0), "E": (1, 0), "N": (0, -1), "S": (0, 1)}[d], (x, y)))
    assert turn("W") == nearest


def test_a_perspective_turns_nothing():
    op, rng = ops.Perspective(distortion=0.5), np.random.default_rng(0)
    for _ in range(20):
        move = op.move({"distortion": np.float64(0.5), "corners": rng.random(8)}, (30, 50), np)
        assert Turn.of(move.inverse) == STILL


@pytest.mark.parametrize(("hour", "mirror", "half", "left"), [(12, 12, 6, 9), (3, 9, 9, 12), (2, 10, 8, 11), (7, 5, 1, 4)])
def test_hours(hour, mirror, half, left):
    assert turn_of(ops.HorizontalFlip(p=1)).hour(hour) == mirror
    assert turn_of(ops.Rotate90(2), turns=2).hour(hour) == half
    assert turn_of(ops.Rotate90(1), turns=1).hour(hour) == left


class MirrorAndShrink(Geometric):
    """Mirror left and right, and shrink."""

    examples: ClassVar = ({},)

    def move(self, v, size, xp):
        return Move(matrix(xp, (-2, 0, 0), (0, 2, 0), (0, 0, 1)), size)


class Drain(LinearColour):
    """Leave the grey image."""

    def linear(self, v, xp):
        return Linear(gain=0.0, gray=1.0)


def test_ops_that_nobody_knows_change_captions():
    sample = {"image": IMAGE, "caption": "a red ball on the left"}
    out = augment.apply(augment.Pipeline([MirrorAndShrink(), Drain()]), sample)
    assert out["caption"] == "a gray ball on the right"


@pytest.mark.parametrize(
    ("op", "v", "rgb", "became"),
    [
        (ops.Grayscale(p=1), {}, (1, 0, 0), (0.299,) * 3), (ops.Invert(p=1), {}, (1, 0, 0.2), (0, 1, 0.8)),
        (ops.Hue(degrees=120), {"degrees": 120.0}, (1, 0, 0), (0, 1, 0)),
        (ops.Brightness(0.5), {"factor": 0.5}, (1, 0.4, 0), (0.5, 0.2, 0)),
        (ops.Saturation(0), {"factor": 0.0}, (0, 1, 0), (0.587,) * 3), (ops.Contrast(0), {"factor": 0.0}, (1, 0, 0), (0.5,) * 3),
        (ops.Invert(p=1, channels=[0]), {}, (1, 0.3, 0.2), (0, 0.3, 0.2)),
    ],
)  # fmt: skip
def test_what_becomes_of_a_colour(op, v, rgb, became):
    assert np.allclose(repaint(op, v, np.array([rgb], float))[0], became, atol=1e-6)
    image = np.full((2, 2, 3), np.array(rgb), np.float32)
    if not isinstance(op, ops.Contrast):  # whose mean is that of the image
        assert np.allclose(augment.apply(augment.Pipeline([op]), {"image": image})["image"][0, 0], became, atol=1e-5)


def test_a_channel_limit_of_others_leaves_colours():
    assert (repaint(ops.Invert(p=1, channels=[3]), {}, np.array([[1.0, 0, 0]])) == [[1, 0, 0]]).all()


def test_an_op_for_masks_alone_leaves_the_caption():
    spec = """
targets: {image: image, mask: mask, caption: caption}
pipeline: [horizontal_flip: {p: 1, on: mask}]
"""
    out = augment.apply(augment.loads(spec), {"image": IMAGE, "mask": IMAGE[..., 0], "caption": "on the left"})
    assert out["caption"] == "on the left"
