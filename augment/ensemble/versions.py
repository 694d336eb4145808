"""The versions of one image, and what becomes of predictions for them: undone to the image, and merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

from augment.ensemble.fusion import fuse_boxes
from augment.ensemble.merging import Merge, merged
from augment.ensemble.track import Track
from augment.errors import SampleError


class Versions(Sequence[np.ndarray]):
    """The versions of an image, as arrays (height, width, channels), whose sizes may differ.

    Its methods take a prediction for each of them, in their order, and return one for the image.
    """

    def __init__(self, images: Sequence[np.ndarray], tracks: Sequence[Track]):
        self.images, self.tracks = tuple(images), tuple(tracks)

    def __len__(self) -> int:
        return len(self.images)

    def __getitem__(self, at: Any) -> Any:
        return self.images[at]

    def labels(self, scores: Iterable[Any], merge: Merge = "mean") -> Any:
        """Merge scores of classes, (classes,) each: their "mean", "max", or the class with the most "vote"s. Of whole numbers,
        which are classes, a vote."""
        every = [np.asarray(one) for one in self._each(scores)]
        self._alike(every)
        if every[0].ndim > 1:
            raise SampleError(f"labels: a version has scores of its classes, (classes,), or one class, not {every[0].shape}")
        classes = every[0].ndim == 1
        return merged(np.stack(every), np.ones((len(self), 1) if classes else len(self), bool), merge, classes)

    def mask(self, maps: Iterable[Any], merge: Merge = "mean") -> np.ndarray:
        """Merge maps of classes on the canvas of the image.

        Each map has the size of its version. One of floats, (height, width, classes) or (height, width), probabilities for
        example, is read bilinearly; their "mean" or "max" comes out, or by "vote" the class that is the largest most often. One
        of whole numbers, (height, width), has classes, which are voted on. What a version does not show it does not count for.

        Raises `SampleError` on a map of another size, and where a pixel is in no version.
        """
        every = [np.asarray(one) for one in self._each(maps)]
        read, seen = [], []
        for i, (one, track) in enumerate(zip(every, self.tracks, strict=True)):
            if one.ndim not in (2, 3) or one.shape[:2] != track.size:
                wanted = " x ".join(map(str, track.size))
                raise SampleError(f"mask: map {i} has the shape {one.shape}, and its version is {wanted}: resize the map to it")
            at, inside = track.forth()
            read.append(_nearest(one, at) if one.dtype.kind in "iub" else _bilinear(one, at))
            seen.append(inside if one.ndim == 2 else inside[..., None])
        self._alike(read)
        shown = np.stack(seen)
        if lost := int((~shown.any(0)).sum()):
            raise SampleError(f"mask: {lost} pixels of the image are in no version: add one that shows them, such as []")
        return merged(np.stack(read), shown, merge, read[0].ndim == 3)

    def boxes(
        self, found: Iterable[Mapping[str, Any]], merge: str = "fuse", *, iou: float = 0.55, skip: float = 0.0
    ) -> dict[str, np.ndarray]:
        """Fuse boxes by weighted boxes fusion, see `fuse_boxes`.

        Each version has a mapping of ``boxes`` (n, 4), x0, y0, x1, y1 in its own pixels, ``scores`` (n,), and, where there are
        several classes, ``labels`` (n,), as detectors of torchvision return them. The same comes back for the image.
        """
        if merge != "fuse":
            raise SampleError(f"boxes are merged by 'fuse', weighted boxes fusion, not by {merge!r}")
        boxes, scores, labels = [], [], []
        for i, (one, track) in enumerate(zip(self._each(found), self.tracks, strict=True)):
            if not isinstance(one, Mapping) or not {"boxes", "scores"} <= one.keys():
                raise SampleError(f"boxes: version {i} needs a mapping with 'boxes' and 'scores', not {type(one).__name__}")
            rows = np.asarray(one["boxes"], np.float64).reshape(-1, 4)
            corners = track.back(rows[:, [[0, 1], [2, 1], [0, 3], [2, 3]]] - 0.5) + 0.5
            boxes.append(np.concatenate([corners.min(1), corners.max(1)], axis=1))
            scores.append(one["scores"])
            labels.append(one.get("labels", np.zeros(len(rows), np.int64)))
        at, score, label = fuse_boxes(boxes, scores, labels, iou=iou, skip=skip)
        return {"boxes": at, "scores": score, "labels": label}

    def keypoints(self, found: Iterable[Any], merge: Merge = "mean", *, pairs: Sequence[tuple[int, int]] = ()) -> np.ndarray:
        """Average keypoints, (..., n, 2) or with further columns: x and y in index coordinates of their version.

        ``pairs`` are rows that change names where left and right do, as the left and the right eye.
        """
        if merge != "mean":
            raise SampleError(f"keypoints are merged by their 'mean', not by {merge!r}")
        every = []
        for one, track in zip(self._each(found), self.tracks, strict=True):
            rows = np.array(one, np.float64)
            if rows.ndim < 2 or rows.shape[-1] < 2:
                raise SampleError(f"keypoints: have the shape (..., n, 2), x and y first, not {rows.shape}")
            rows[..., :2] = track.back(rows[..., :2])
            for a, b in pairs if track.mirrored else ():
                rows[..., [a, b], :] = rows[..., [b, a], :]
            every.append(rows)
        self._alike(every)
        return merged(np.stack(every), np.ones((len(self), *[1] * every[0].ndim), bool), "mean", False)

    def _each(self, predictions: Iterable[Any]) -> list[Any]:
        every = list(predictions)
        if len(every) != len(self):
            raise SampleError(f"there are {len(self)} versions, and {len(every)} predictions: one for each, in their order")
        return every

    @staticmethod
    def _alike(every: Sequence[np.ndarray]) -> None:
        if len(found := {one.shape for one in every}) > 1:
            raise SampleError(f"predictions for the versions have different shapes: {' and '.join(map(str, sorted(found)))}")


def _nearest(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    height, width = values.shape[:2]
    x, y = np.round(at[..., 0]).astype(int).clip(0, width - 1), np.round(at[..., 1]).astype(int).clip(0, height - 1)
    return values[y, x]


def _bilinear(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    height, width = values.shape[:2]
    x, y = at[..., 0].clip(0, width - 1), at[..., 1].clip(0, height - 1)
    x0, y0 = np.floor(x).astype(int), np.floor(y).astype(int)
    x1, y1 = np.minimum(x0 + 1, width - 1), np.minimum(y0 + 1, height - 1)
    fx, fy = (a if values.ndim == 2 else a[..., None] for a in (x - x0, y - y0))
    top = values[y0, x0] * (1 - fx) + values[y0, x1] * fx
    return (top * (1 - fy) + (values[y1, x0] * (1 - fx) + values[y1, x1] * fx) * fy).astype(values.dtype)


__all__ = ["Versions"]
