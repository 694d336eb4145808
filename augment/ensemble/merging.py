"""Makes one prediction of several: the mean, the largest, or a vote."""

from __future__ import annotations

from typing import Literal, get_args

import numpy as np

from augment.errors import SampleError

Merge = Literal["mean", "max", "vote"]


def merged(predictions: np.ndarray, seen: np.ndarray, merge: Merge, classes: bool) -> np.ndarray:
    """Merge predictions (N, ...) where they are ``seen`` (N, ...; broadcast).

    ``classes``: the last axis has a number for each class, of which a vote makes the class with the most votes. Sums are made in
    float64, so that the mean of equal predictions is each of them.
    """
    if merge not in get_args(Merge):
        raise SampleError(f"predictions are merged by {', '.join(get_args(Merge))}, not by {merge!r}")
    if merge == "vote":
        if not classes and predictions.dtype.kind == "f":
            raise SampleError("numbers without an axis of classes have no votes: compare them with 0.5 first, or give the axis")
        return _voted(predictions.argmax(-1) if classes else predictions, seen[..., 0] if classes else seen)
    if predictions.dtype.kind not in "fc":
        raise SampleError(f"{predictions.dtype} numbers are names of classes, which have no {merge}: use merge='vote'")
    if merge == "max":
        return np.where(seen, predictions, -np.inf).max(0).astype(predictions.dtype)
    total = np.where(seen, predictions, 0).sum(0, dtype=np.float64)
    return (total / seen.sum(0)).astype(predictions.dtype)


def _voted(classes: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """The class that most predictions name; of as many votes, the one that the earlier prediction names."""
    seen = np.broadcast_to(seen, classes.shape)
    votes = np.stack([((classes == one) & seen).sum(0) for one in classes])
    best = np.where(seen, votes, 0).argmax(0)
    return np.take_along_axis(classes, best[None], 0)[0]


__all__ = ["Merge", "merged"]
