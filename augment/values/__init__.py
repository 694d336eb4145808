"""Parameters of ops: a constant, or a distribution to draw from.

A `Value` knows its support and its quantile function; a `Quantity` is the declaration of a field
(its unit, bounds and the distribution that a plain range stands for) and reads every short form:

    15          the constant
    [-5, 15]    a range (uniform, unless the field says log-uniform; both ends for integers)
    ±15, 1±0.2  [-15, 15] and [0.8, 1.2]; '+-' is the same
    8px         pixels, where the field is a length (otherwise a fraction of the image)
    {normal: [0, 0.1]}, {uniform: ..}, {log_uniform: ..}, {inverse_uniform: ..}, {beta: ..}, {choice: [..]}
"""

from __future__ import annotations

from augment.values.distributions import (
    DISTRIBUTIONS,
    LARGEST,
    SMALLEST,
    TABLE_SIZE,
    Beta,
    Choice,
    Constant,
    Integers,
    InverseUniform,
    LogUniform,
    Normal,
    Number,
    OddIntegers,
    Range,
    Uniform,
    Value,
    beta_quantile,
    drawable,
    field_names,
)
from augment.values.notation import LONGEST, notation, rewritten
from augment.values.quantity import LEVELS, MOST_AREA, MOST_SIDE, Quantity, Short
from augment.values.sensible import Sensible

__all__ = [
    "DISTRIBUTIONS", "LARGEST", "LEVELS", "LONGEST", "MOST_AREA", "MOST_SIDE", "SMALLEST", "TABLE_SIZE", "Beta", "Choice",
    "Constant", "Integers", "InverseUniform", "LogUniform", "Normal", "Number", "OddIntegers", "Quantity", "Range",
    "Sensible", "Short", "Uniform", "Value", "beta_quantile", "drawable", "field_names", "notation", "rewritten",
]  # fmt: skip
