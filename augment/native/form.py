"""How numbers of other libraries become ours: ranges, factors, pixels, levels, kernels."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

from augment.native.call import Unread
from augment.native.remark import NoCounterpartError, UnfitError

Pair = tuple[float, float]


def number(raw: Any) -> float:
    """Return a number; raises on what is none."""
    if isinstance(raw, Unread):
        raise NoCounterpartError(f"its argument {raw} is no literal")
    if isinstance(raw, bool) or not isinstance(raw, int | float) or not math.isfinite(raw):
        raise UnfitError(f"{raw!r} is no number")
    return raw


def pair(raw: Any) -> Pair:
    """Return a range as it is; one number is a constant."""
    if isinstance(raw, list | tuple):
        if len(raw) != 2:
            raise UnfitError(f"{raw!r} is no range of two numbers")
        a, b = number(raw[0]), number(raw[1])
        return (a, b) if a <= b else (b, a)
    return number(raw), number(raw)


def either_way(raw: Any) -> Pair:
    """15 is [-15, 15]; a range is itself."""
    if isinstance(raw, list | tuple):
        return pair(raw)
    return -abs(number(raw)), abs(number(raw))


def around_one(raw: Any, least: float = 0.0) -> Pair:
    """0.2 is [0.8, 1.2], cut off at 0; a range is itself."""
    if isinstance(raw, list | tuple):
        return pair(raw)
    return max(tidy(1 - number(raw)), least), tidy(1 + number(raw))


def plus_one(raw: Any) -> Pair:
    """[-0.1, 0.2], or 0.1, of a scale limit is [0.9, 1.2]."""
    a, b = either_way(raw)
    return tidy(1 + a), tidy(1 + b)


def value(ends: Pair) -> Any:
    """Return a range in the short form; one whose ends meet is a constant."""
    a, b = tidy(ends[0]), tidy(ends[1])
    return a if a == b else [a, b]


def each(ends: Pair, how: Callable[[float], float]) -> Pair:
    a, b = how(ends[0]), how(ends[1])
    return (a, b) if a <= b else (b, a)


def px(ends: Pair) -> Any:
    """Return a length in pixels, as '3px' or ['3px', '7px']."""
    a, b = (f"{tidy(x)!r}px" for x in ends)
    return a if a == b else [a, b]


def tidy(x: float) -> float:
    """Return a number as people write it: 0.1 and not 0.09999999999999998; whole ones without a point."""
    x = float(f"{x:.10g}")
    return int(x) if x.is_integer() and abs(x) < 1e15 else x


def size(raw: Any) -> Any:
    """Return a size as [height, width], or one number for a square."""
    if isinstance(raw, list | tuple):
        if len(raw) == 1:
            return whole(raw[0])
        height, width = (whole(x) for x in raw) if len(raw) == 2 else (None, None)
        if height is None:
            raise UnfitError(f"{raw!r} is no size")
        return height if height == width else [height, width]
    return whole(raw)


def whole(raw: Any) -> int:
    found = number(raw)
    if found != int(found):
        raise UnfitError(f"{raw!r} is no whole number")
    return int(found)


def level(raw: Any, full: float = 255) -> Any:
    """Return a colour of levels as fractions of full scale."""
    if isinstance(raw, list | tuple):
        found = [tidy(number(x) / full) for x in raw]
        return found[0] if found and len(set(found)) == 1 else found
    return tidy(number(raw) / full)


def odds(ends: Pair) -> list[int]:
    """Return the odd numbers of a range of kernel sizes, at least 1."""
    a, b = math.ceil(ends[0]), math.floor(ends[1])
    return [k for k in range(max(a, 1), b + 1) if k % 2] or [max(a | 1, 1)]


def choice(numbers: list[Any]) -> Any:
    """Return one of several, as likely as each other, in the shortest form."""
    return numbers[0] if len(set(numbers)) == 1 else {"choice": numbers}


def kernel_sigma(size: int) -> float:
    """Return the sigma that OpenCV takes for a Gaussian kernel of a size, where none is given."""
    return tidy(0.3 * ((size - 1) * 0.5 - 1) + 0.8)


def cut_sigma(sigma: float, size: int) -> float:
    """Return the standard deviation of a Gaussian of which only ``size`` taps are left."""
    radius = size // 2
    weights = [math.exp(-0.5 * (i / sigma) ** 2) for i in range(-radius, radius + 1)]
    return math.sqrt(sum(w * i * i for w, i in zip(weights, range(-radius, radius + 1), strict=True)) / sum(weights))
