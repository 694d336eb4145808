"""Weighted boxes fusion: boxes that several predictions agree on become one, the mean by confidence."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from augment.errors import SampleError


def fuse_boxes(
    boxes: Sequence[Any], scores: Sequence[Any], labels: Sequence[Any], *, iou: float = 0.55, skip: float = 0.0
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Fuse the boxes of N predictions of one image (Solovyev, Wang and Gabruseva 2019, "Weighted boxes fusion").

    By falling score, a box joins the fused box of its label that it overlaps most, if by more than ``iou``, or begins another. A
    fused box is the mean of its boxes, weighed by their scores; its score is the mean of theirs, times min(T, N) / N for T boxes,
    so that what few predictions have found counts less.

    Args:
        boxes: of each prediction, (n, 4): x0, y0, x1, y1.
        scores: of each prediction, (n,), from 0 up.
        labels: of each prediction, (n,).
        iou: the overlap, intersection over union, above which two boxes are of one object.
        skip: boxes of a lower score are left out.

    Returns:
        The boxes (m, 4), their scores (m,) and their labels (m,), by falling score.
    """
    every, confidence, kinds = [], [], []
    for one, own, names in zip(boxes, scores, labels, strict=True):
        rows = np.asarray(one, np.float64).reshape(-1, 4)
        own, names = np.asarray(own, np.float64).reshape(-1), np.asarray(names).reshape(-1)
        if not len(rows) == len(own) == len(names):
            raise SampleError(f"{len(rows)} boxes have {len(own)} scores and {len(names)} labels: each box has one of each")
        if not np.isfinite(rows).all() or not (own >= 0).all():
            raise SampleError("boxes are finite numbers, and their scores are 0 or more")
        every.append(rows)
        confidence.append(own)
        kinds.append(names)
    at, weight = np.concatenate([np.zeros((0, 4)), *every]), np.concatenate([np.zeros(0), *confidence])
    kind = np.concatenate(kinds) if kinds else np.zeros(0, np.int64)
    order = [i for i in np.argsort(-weight, kind="stable") if weight[i] >= skip]
    clusters: list[list[int]] = []
    fused: list[np.ndarray] = []
    for i in order:
        overlap = [_iou(at[i], box) if kind[own[0]] == kind[i] else 0.0 for box, own in zip(fused, clusters, strict=True)]
        best = int(np.argmax(overlap)) if overlap else -1
        if best >= 0 and overlap[best] > iou:
            own = clusters[best]
            own.append(i)
            total = weight[own].sum()
            # of equal boxes the mean is each of them, to the bit
            same = (at[own] == at[own[0]]).all()
            fused[best] = at[i] if same else weight[own] @ at[own] / total if total else at[own].mean(0)
        else:
            clusters.append([i])
            fused.append(at[i])
    score = np.array([_mean(weight[own]) * min(len(own), len(every)) / len(every) for own in clusters])
    rank = np.argsort(-score, kind="stable")
    first = np.array([own[0] for own in clusters], int)
    return np.array(fused).reshape(-1, 4)[rank], score[rank], kind[first][rank]


def _mean(scores: np.ndarray) -> float:
    return float(scores[0] if (scores == scores[0]).all() else scores.mean())


def _iou(a: np.ndarray, b: np.ndarray) -> float:
    sides = np.minimum(a[2:], b[2:]) - np.maximum(a[:2], b[:2])
    shared = float(np.prod(np.maximum(sides, 0)))
    whole = float(np.prod(a[2:] - a[:2]) + np.prod(b[2:] - b[:2])) - shared
    return shared / whole if whole > 0 else 0.0


__all__ = ["fuse_boxes"]
