"""Whether noise that libraries draw themselves is of one distribution."""

from __future__ import annotations

import numpy as np


def assert_same_distribution(mine: np.ndarray, want: np.ndarray, other: np.ndarray, related: float = 0.05) -> None:
    """Compare numbers with those of the reference under the same key, and with one's own under another, which are not the same:
    ``related`` is the correlation that they may have, as parts that are filled overlap."""
    mine, want, other = (np.round(numbers, 5) for numbers in (mine, want, other))  # of counts, libraries differ in the last bit
    width, size = float(want.std()), mine.size
    assert width > 0, "it has no noise"
    assert abs(mine.mean() - want.mean()) < 6 * width * np.sqrt(2 / size), "the mean is another"
    tails = float((((want - want.mean()) / width) ** 4).mean())
    allowed = 4 * np.sqrt((tails - 1) / 4 * 2 / size) + 1e-3
    ratio = mine.std() / width - 1
    assert abs(ratio) < allowed, f"the standard deviation is {mine.std():.4f}, and must be {width:.4f}"
    distance, limit = ks_distance(mine, want), 2.2 / np.sqrt(size / 2)
    assert distance < limit, f"the distribution is another (Kolmogorov–Smirnov distance {distance:.4f}, allowed {limit:.4f})"
    assert abs(np.corrcoef(mine, other)[0, 1]) < related, "two samples have one noise"


def ks_distance(a: np.ndarray, b: np.ndarray) -> float:
    """Return the Kolmogorov–Smirnov distance of two sets of numbers."""
    every = np.concatenate([a, b])
    below = [np.searchsorted(np.sort(x), every, "right") / x.size for x in (a, b)]
    return float(np.abs(below[0] - below[1]).max())


__all__ = ["assert_same_distribution", "ks_distance"]
