"""What is drawn: numbers, and distributions of them, each with its support and its quantile function."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import ClassVar

import numpy as np

Number = int | float
TABLE_SIZE = 4096
LARGEST = 2**63
SMALLEST = 2.0**-63
"""Between these two a number and its reciprocal are finite and not 0 in float32, in which engines draw; 0 itself stands, too."""


@dataclass(frozen=True)
class Value:
    """Base of all values. ``unit`` is '' or 'px'."""

    unit: str = ""
    name: ClassVar[str]

    @property
    def support(self) -> tuple[float, float]:
        """Smallest and largest number that can be drawn."""
        raise NotImplementedError

    def quantile(self, u: np.ndarray) -> np.ndarray:
        """Inverse of the cumulative distribution, in float64, for ``u`` in [0, 1)."""
        raise NotImplementedError

    @property
    def arguments(self) -> tuple[Number, ...]:
        return tuple(getattr(self, f) for f in field_names(type(self)))

    @property
    def constant(self) -> bool:
        low, high = self.support
        return low == high

    def table(self) -> np.ndarray:
        """Quantiles at the midpoints of `TABLE_SIZE` equal steps, float32: how backends draw what has no closed form."""
        return _table(self)

    def __str__(self) -> str:
        return f"{self.name}({', '.join(f'{a:g}{self.unit}' for a in self.arguments)})"


def field_names(kind: type[Value]) -> tuple[str, ...]:
    """The names of the numbers that define a distribution, in order."""
    return tuple(f.name for f in fields(kind) if f.name != "unit")


@lru_cache(maxsize=512)
def _table(value: Value) -> np.ndarray:
    return value.quantile((np.arange(TABLE_SIZE) + 0.5) / TABLE_SIZE).astype(np.float32)


@dataclass(frozen=True, kw_only=True)
class Constant(Value):
    number: Number
    name: ClassVar[str] = "constant"

    @property
    def support(self):
        return self.number, self.number

    def quantile(self, u):
        return np.full_like(u, self.number)

    def __str__(self) -> str:
        return f"{self.number:g}{self.unit}"


@dataclass(frozen=True, kw_only=True)
class Range(Value):
    """A distribution between two ends, ``low <= high``. Those below add no field, and so are dataclasses as they are."""

    low: Number
    high: Number

    @property
    def support(self):
        return self.low, self.high


class Uniform(Range):
    name: ClassVar[str] = "uniform"

    def quantile(self, u):
        return self.low + u * (self.high - self.low)


class LogUniform(Range):
    """exp of a uniform: each doubling is as likely as the next. Needs ``low > 0``."""

    name: ClassVar[str] = "log_uniform"

    def quantile(self, u):
        return np.exp(math.log(self.low) + u * (math.log(self.high) - math.log(self.low)))


class InverseUniform(Range):
    """One over a uniform, as Keras' RandomZoom draws its scale. Needs ``low > 0``."""

    name: ClassVar[str] = "inverse_uniform"

    def quantile(self, u):
        return 1.0 / (1 / self.low + u * (1 / self.high - 1 / self.low))


class Integers(Range):
    """Whole numbers from ``low`` to ``high``, both included."""

    name: ClassVar[str] = "integers"

    def quantile(self, u):
        return self.low + np.floor(u * (self.high - self.low + 1))


class OddIntegers(Range):
    """Odd whole numbers from ``low`` to ``high``, both included: sizes of a neighbourhood that has a middle."""

    name: ClassVar[str] = "odd_integers"

    def quantile(self, u):
        return self.low + 2 * np.floor(u * ((self.high - self.low) // 2 + 1))


@dataclass(frozen=True, kw_only=True)
class Normal(Value):
    mean: Number
    std: Number
    name: ClassVar[str] = "normal"

    @property
    def support(self):  # the table ends at the midpoint of its last step, 3.67 standard deviations out
        reach = _standard()(1 - 0.5 / TABLE_SIZE) * self.std
        return self.mean - reach, self.mean + reach

    def quantile(self, u):
        inverse = _standard()
        return np.array([self.mean + self.std * inverse(x) for x in np.clip(u, 1e-12, 1 - 1e-12)])


def _standard() -> Callable[[float], float]:
    """The quantiles of the standard normal, from a module that brings fractions and decimals: few specs need it."""
    from statistics import NormalDist

    return NormalDist().inv_cdf


@dataclass(frozen=True, kw_only=True)
class Beta(Value):
    a: Number
    b: Number
    name: ClassVar[str] = "beta"

    @property
    def support(self):
        return 0.0, 1.0

    def quantile(self, u):
        return beta_quantile(u, float(self.a), float(self.b))


@dataclass(frozen=True, kw_only=True)
class Choice(Value):
    """One of the options, equally likely."""

    options: tuple[Number, ...]
    name: ClassVar[str] = "choice"

    @property
    def support(self):
        return min(self.options), max(self.options)

    @property
    def arguments(self):
        return self.options

    def quantile(self, u):
        return np.asarray(self.options, float)[np.floor(u * len(self.options)).astype(int)]


DISTRIBUTIONS: dict[str, type[Value]] = {c.name: c for c in (Uniform, LogUniform, InverseUniform, Normal, Beta, Choice)}


def beta_quantile(u: np.ndarray, a: float, b: float) -> np.ndarray:
    """Quantiles of Beta(a, b) by inverting its distribution on a grid that is dense at both ends.

    The density is integrated after the substitution x = sin(t)^2, under which even a, b < 1 stay
    integrable to the ends: dx = 2 sin t cos t dt, so the integrand is 2 sin^(2a-1) t cos^(2b-1) t.
    Near each end the integrand is a power, whose integral is taken in closed form.
    """
    # x^a / a is the exact integral of the density near 0 up to a factor (1-x)^(b-1) ~ 1.
    t = np.linspace(-40.0, 40.0, 160_001)  # x = logistic(t): both tails in reach of float64
    rest = np.log1p(np.exp(-np.abs(t)))
    log_x, log_1x = np.minimum(t, 0) - rest, np.minimum(-t, 0) - rest
    log_density = a * log_x + b * log_1x  # of dx/dt = x (1 - x)
    density = np.exp(log_density - log_density.max())  # which for large a and b would vanish everywhere
    steps = np.concatenate([[0.0], (density[1:] + density[:-1]) / 2])
    cumulative = np.cumsum(steps)
    left = density[0] / a / (t[1] - t[0])  # closed form of the tail below the grid
    right = density[-1] / b / (t[1] - t[0])
    cumulative = (cumulative + left) / (cumulative[-1] + left + right)
    return 1 / (1 + np.exp(-np.interp(u, cumulative, t)))


def drawable(number: Number) -> Number:
    """Return a number that may stand in a spec; raises ValueError on one that float32, in which it is drawn, does not hold."""
    if not abs(number) < LARGEST:
        raise ValueError("must be a finite number, and not huge")
    if 0 < abs(number) < SMALLEST:
        raise ValueError(f"must be 0 or at least {SMALLEST:.1g} in size, as what is drawn is no finer")
    return number
