"""Colour chains: tables while the image is uint8 and channels keep apart, then matrices on float32.

Neighbouring matrices are multiplied as long as the clip between them cannot matter, which their coefficients tell: nothing leaves
[0, 1], or what has left it at one end stays beyond that end, where the next clip brings it back as well.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np

from augment.kernels.opencv.form import GRID, MANY, bytes8, clip, in_parts, leave, raster, spare
from augment.kernels.reference import GREY, HALF_UP
from augment.ops.kinds import Bend, Linear, Mixture, Scale, Statistic, Stroke, Turn

MOST = 4
"""The channels that `cv2.transform` takes."""
SLACK = 1e-7
LEAST = 0.17
"""The least exponent under which a millionth comes from a float32."""
GREY_WEIGHTS: tuple[float, ...] = tuple(GREY.tolist())


def pointwise(image: np.ndarray, chain: Sequence[Stroke]) -> np.ndarray:
    """Run a chain of pointwise ops."""
    return _through(image, chain).done()


def planes(image: np.ndarray, chain: Sequence[Stroke], dtype: np.dtype) -> np.ndarray:
    """The same for images that leave as tensors: (H, W, C), whose channels lie apart in memory where that costs nothing."""
    if not chain or not isinstance(chain[-1].form, Scale) or dtype != np.float32:
        return leave(pointwise(image, chain) if chain else image, dtype)
    work = _through(image, chain)
    return work.planes() if isinstance(work, Matrix) else work.done()


def _through(image: np.ndarray, chain: Sequence[Stroke]) -> Table | Matrix:
    # matrices are quicker than tables, but not than curves on every pixel
    curved = image.dtype == np.uint8 and any(isinstance(stroke.form, Bend) for stroke in chain)
    work: Table | Matrix = Table(image) if curved else Matrix(image)
    for stroke in chain:
        if isinstance(work, Table):
            if work.add(stroke):
                continue
            work = Matrix(work.done())
        work.add(stroke)
    return work


class Table:
    """A uint8 image, and what becomes of each level: of all channels alike, or of each."""

    def __init__(self, image: np.ndarray):
        self.image, self.channels = image, image.shape[2]
        self.levels: np.ndarray | None = None
        """(256, 1 or channels); None as long as nothing changes."""
        self.clipped = True

    def add(self, stroke: Stroke) -> bool:
        """Put a link on top; returns False where a table cannot express it."""
        form, own, _ = stroke
        count = len(own) if own else self.channels
        linear = isinstance(form, Linear)
        if isinstance(form, Turn | Mixture) or (isinstance(form, Linear) and form.gray and count > 1):
            return False
        if isinstance(form, Linear) and form.statistic and self.levels is not None:
            return False  # the mean of what the table gives
        levels = np.arange(256)[:, None] / 255 if self.levels is None else self.levels
        if own and (count < self.channels or linear):
            levels = np.repeat(levels, self.channels, axis=1) if levels.shape[1] == 1 else levels.copy()
            levels[:, list(own)] = self._changed(levels[:, list(own)], stroke)
        else:
            levels = self._changed(levels, stroke)
        self.levels = levels
        return True

    def _changed(self, x: np.ndarray, stroke: Stroke) -> np.ndarray:
        form, own, rounds = stroke
        if isinstance(form, Scale):
            self.clipped = False
            return x * form.gain + form.offset
        if rounds:
            x = np.floor(x * 255 + HALF_UP) / 255
        match form:
            case Linear():
                shift = form.offset
                if form.statistic:
                    mean = [m / 255 for m in _means(self.image, own)]
                    shift = shift + form.mean * np.array(_level(mean, form.statistic))
                x = x * (form.gain + form.gray) + shift
            case Bend():
                x = form.curve(x, form.values, np)
            case _:
                raise TypeError(f"a table cannot express {form}")
        return np.clip(x, 0, 1)

    def done(self) -> np.ndarray:
        """The image through the table: uint8 if all levels lie on its grid, else float32."""
        if self.levels is None:
            return self.image
        return _tabled(self.image, self.levels, self.clipped)


def _tabled(image: np.ndarray, values: np.ndarray, clipped: bool) -> np.ndarray:
    """A uint8 image through a table (256, 1 or channels): uint8 if all values lie on its grid, else float32."""
    levels = values * 255
    rounded = np.rint(levels)
    on_grid = clipped and (abs(levels - rounded) < GRID).all()
    table = rounded.astype(np.uint8) if on_grid else values.astype(np.float32)
    image = np.ascontiguousarray(image)
    if table.shape[1] == 1:
        return cv2.LUT(image.reshape(len(image), -1), np.ascontiguousarray(table[:, 0])).reshape(image.shape)
    return in_parts(image, lambda part, group: cv2.LUT(part, np.ascontiguousarray(table[None, :, group])))


def histogram(image: np.ndarray) -> np.ndarray:
    """(C, 256): how often each level of the 8-bit grid occurs in each channel."""
    image = np.ascontiguousarray(bytes8(image))
    planes = [image] if image.shape[2] <= MANY else np.moveaxis(image, 2, 0)[..., None]
    counts = [cv2.calcHist([part], [c], None, [256], [0, 256]).ravel() for part in planes for c in range(part.shape[2])]
    return np.stack(counts).astype(np.int64)


def look_up(image: np.ndarray, levels: np.ndarray) -> np.ndarray:
    """What becomes of each level of the 8-bit grid: (C, 256), 0 to 255."""
    return _tabled(bytes8(image), levels.T / 255, True)


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


def curved(image: np.ndarray, bend: Bend, own: bool = False) -> np.ndarray:
    """Send an image through a curve, in place if it is ``own``. Its last bits may be outside [0, 1], where some are undefined."""
    if bend.exponent is not None and bend.exponent > LEAST:
        return _power(image, float(bend.exponent), image if own else None)
    # Python's own numbers keep float32 arrays float32
    v = {name: x.item() if getattr(x, "shape", None) == () else x for name, x in bend.values.items()}
    image = np.asarray(bend.curve(np.clip(image, 0, 1), v, np), np.float32)
    clip(image)
    return image


def _power(image: np.ndarray, exponent: float, out: np.ndarray | None) -> np.ndarray:
    """By logarithms, in a third of the time; what would become less than a millionth becomes that, as cv2's logarithm is twenty
    times as slow for zeros."""
    out = np.clip(image, 10 ** (-6 / exponent), 1, out=out)
    flat = out.reshape(len(out), -1)
    cv2.log(flat, flat)
    np.multiply(flat, np.float32(exponent), out=flat)
    cv2.exp(flat, flat)
    return out


def turn_hue(image: np.ndarray, form: Turn, own: bool = False) -> np.ndarray:
    """Turn the hue of HSV, and add to saturation and value, in place if the image is ``own``."""
    hsv = cv2.cvtColor(np.ascontiguousarray(image), cv2.COLOR_RGB2HSV, image if own else None)
    # cv2 takes hues from 0 up to any number of circles, but none below
    turn = np.array([[1, 0, 0, form.turns % 1 * 360], [0, 1, 0, form.saturation], [0, 0, 1, form.value]], float)
    turned = cv2.transform(hsv, turn)
    if not form.pure:
        np.clip(turned[..., 1:], 0, 1, out=turned[..., 1:])
        if form.saturation > 0:
            turned[..., 1][hsv[..., 1] == 0] = 0  # greys have no hue
    return cv2.cvtColor(turned, cv2.COLOR_HSV2RGB, hsv)
