"""Colour by matrices on float32, which neighbouring ops share."""

from __future__ import annotations

import cv2
import numpy as np

from augment.kernels.opencv.bends import curved, turn_hue
from augment.kernels.opencv.form import clip, raster, spare
from augment.kernels.reference import GREY, HALF_UP
from augment.ops.kinds import Bend, Linear, Mixture, Scale, Statistic, Stroke, Turn

MOST = 4
"""The channels that `cv2.transform` takes."""


SLACK = 1e-7


GREY_WEIGHTS: tuple[float, ...] = tuple(GREY.tolist())


class Matrix:
    """A float32 image, and a linear map of its pixels that still has to be applied.

    Levels of uint8 are divided by 255 as a part of it. The map is ``gain·x + gray·grey(x) + offset``, with an offset for each
    channel. Such maps are closed under composition, as the weights of grey sum to one: plain numbers do, until it is applied.
    """

    own: bool
    """Whether the image may be overwritten."""
    known: list[float] | None
    """The mean of each channel of the image, once it was asked for."""
    gain: float
    gray: float
    offset: list[float]
    below: bool
    above: bool
    """Whether the map may leave [0, 1] at either end: then it is clipped there when it is applied."""
    tail: tuple[list[float], list[float]] | None
    """Gain and offset of each channel after that."""

    def __init__(self, image: np.ndarray):
        self.channels = image.shape[2]
        self._replace(image)
        self.own = image.dtype == np.uint8 or spare(image)
        if image.dtype == np.uint8:
            self.image, self.full, self.gain, self.pending = image.astype(np.float32), 255.0, 1 / 255, True

    def add(self, stroke: Stroke) -> None:
        own = stroke.channels
        if own and own != tuple(range(self.channels)):
            self._settle()
            part = Matrix(np.ascontiguousarray(self.image[..., list(own)]))
            part._apply(stroke)
            image = self.image.copy()
            image[..., list(own)] = part.done()
            self._replace(image)
        else:
            self._apply(stroke)

    def done(self) -> np.ndarray:
        self._settle()
        return self.image

    def planes(self) -> np.ndarray:
        """The image, with its channels apart: to compute each by itself takes less than to compute all and to split them."""
        if not 1 < self.channels <= MOST or not (self.pending or self.tail):
            return self.done()
        image, matrix = np.ascontiguousarray(self.image), self._matrix()
        out = np.empty((self.channels, *image.shape[:2]), np.float32)
        for plane, row in zip(out, matrix, strict=True):
            cv2.transform(image, row[None], plane)
        clip(out, self.below, self.above)
        return out.transpose(1, 2, 0)

    def _apply(self, stroke: Stroke) -> None:
        form = stroke.form
        if isinstance(form, Scale):
            if self.below or self.above:
                self._settle()
            self._append(form.gain, form.offset)
            return
        if self.tail or stroke.rounds:
            self._settle()
        if stroke.rounds:
            self._replace(np.floor(self.image * np.float32(255) + np.float32(HALF_UP)) / np.float32(255))
        match form:
            case Linear():
                gain, gray, offset, mean = map(float, form[:4])
                self._compose(Linear(gain, gray, offset, mean, form.statistic))
            case Bend():
                self._settle()
                self._replace(curved(self.image, form, self.own))
            case Mixture():
                self._mix(form)
            case Turn():
                self._settle()
                self._replace(turn_hue(self.image, form, self.own))
            case _:
                raise TypeError(f"OpenCV has no kernel for {form}")

    def _mix(self, form: Mixture) -> None:
        """Apply a mixture of channels, and what is pending in the same pass where nothing must be clipped between them."""
        if self.below or self.above:
            self._settle()
        before = self._matrix()
        rows, offset = np.asarray(form.rows, float), np.asarray(form.offset, float)
        matrix = np.column_stack([rows @ before[:, :-1], rows @ before[:, -1] + offset])
        if self.channels <= MOST:
            image = raster(cv2.transform(np.ascontiguousarray(self.image), matrix), self.channels)
        else:
            image = (self.image @ matrix[:, :-1].T + matrix[:, -1]).astype(np.float32)
        clip(image)
        self._replace(image)

    def _append(self, gain: tuple[float, ...], offset: tuple[float, ...]) -> None:
        gains, offsets = self.tail or ([1.0] * self.channels, [0.0] * self.channels)
        each = [(gain[i % len(gain)], offset[i % len(offset)]) for i in range(self.channels)]
        offsets = [o * a + b for o, (a, b) in zip(offsets, each, strict=True)]
        self.tail = [g * a for g, (a, _) in zip(gains, each, strict=True)], offsets

    def _compose(self, f: Linear) -> None:
        """Put a linear op on top, after applying what must be clipped before."""
        if (self.below or self.above) and (f.statistic or f.gray or not self._clips_later(f)):
            self._settle()
        shift = [f.offset] * self.channels
        if f.statistic:
            mean = self._mean()
            shift = [f.offset + f.mean * m for m in _level(mean, f.statistic)]
        grey = _grey(self.offset) * f.gray if f.gray else 0.0
        self.offset = [f.gain * o + grey + t for o, t in zip(self.offset, shift, strict=True)]
        self.gain, self.gray = f.gain * self.gain, f.gain * self.gray + f.gray * (self.gain + self.gray)
        self.pending = True
        low, high = self._range()
        self.below, self.above = low < -SLACK, high > 1 + SLACK

    def _clips_later(self, f: Linear) -> bool:
        """Whether values that are beyond an end stay beyond it, or at it, so that one clip after ``f`` does for both."""
        return f.gain >= 0 and not (self.below and f.offset > 0) and not (self.above and f.gain + f.offset < 1)

    def _range(self) -> tuple[float, float]:
        """The least and the most that the map makes of anything in [0, 1]."""
        gain, gray = self.gain * self.full, self.gray * self.full
        if not gray or self.channels == 1:
            total = gain + gray
            return min(self.offset) + min(total, 0.0), max(self.offset) + max(total, 0.0)
        low, high = [], []
        for weight, offset in zip(GREY_WEIGHTS, self.offset, strict=True):
            own, others = gain + gray * weight, gray * (1 - weight)
            low.append(offset + min(own, 0.0) + min(others, 0.0))
            high.append(offset + max(own, 0.0) + max(others, 0.0))
        return min(low), max(high)

    def _mean(self) -> list[float]:
        if self.known is None:
            self.known = _means(self.image)
        grey = self.gray * _grey(self.known) if self.gray else 0.0
        return [self.gain * m + grey + o for m, o in zip(self.known, self.offset, strict=True)]

    def _settle(self) -> None:
        """Apply what is pending."""
        if not self.pending and self.tail is None:
            return
        matrix = self._matrix()
        if self.channels <= MOST:
            # not in place, even where that is allowed: cv2 makes a copy then, which takes half as long again
            image = raster(cv2.transform(np.ascontiguousarray(self.image), matrix), self.channels)
        else:  # ops that mix channels do not come here
            image = self.image * matrix.diagonal().astype(np.float32) + matrix[:, -1].astype(np.float32)
        clip(image, self.below, self.above)
        self._replace(image)

    def _matrix(self) -> np.ndarray:
        """(channels, channels + 1), for `cv2.transform`: what is pending, and the tail."""
        count, ends, offset = self.channels, [1.0] * self.channels, self.offset
        if self.tail:
            ends, offset = self.tail[0], [o * a + b for o, a, b in zip(self.offset, *self.tail, strict=True)]
        matrix = np.zeros((count, count + 1))
        matrix.ravel()[:: count + 2] = [self.gain * end for end in ends]  # the diagonal
        if self.gray:
            matrix[:, :count] += np.outer(ends, GREY_WEIGHTS if count == 3 else (1.0,)) * self.gray
        matrix[:, count] = offset
        return matrix

    def _replace(self, image: np.ndarray) -> None:
        """Start again from an image, with nothing pending."""
        self.image, self.own, self.full, self.known, self.tail = image, True, 1.0, None, None
        self.gain, self.gray, self.offset, self.pending = 1.0, 0.0, [0.0] * self.channels, False
        self.below = self.above = False


def _means(image: np.ndarray, channels: tuple[int, ...] | None = None) -> list[float]:
    """The mean of each channel."""
    if image.shape[2] <= MOST:
        mean = list(cv2.mean(image)[: image.shape[2]])
    else:
        mean = image.mean(axis=0, dtype=np.float64).mean(axis=0).tolist()
    return [mean[c] for c in channels] if channels else mean


def _level(mean: list[float], statistic: Statistic) -> list[float]:
    """What a statistic is for each channel, of the means of all."""
    match statistic:
        case "channel_mean":
            return mean
        case "gray_mean":
            return [_grey(mean)] * len(mean)
    return [sum(mean) / len(mean)] * len(mean)


def _grey(mean: list[float]) -> float:
    return sum(m * w for m, w in zip(mean, GREY_WEIGHTS, strict=True)) if len(mean) == 3 else mean[0]
