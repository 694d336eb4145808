"""Rows of keypoints that change places in a mirror, since what was a left eye looks like a right one."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from augment.errors import SampleError, suggest

Pairs = tuple[tuple[int, int], ...]


class FlipPairs(NamedTuple):
    """Which rows are pairs of left and right, counted from 0."""

    rows: int = 0
    """Of one object, such as 17 of a person; rows of several follow each other. 0: all rows of a sample are one object's."""
    pairs: Pairs = ()

    def partners(self, count: int, name: str) -> list[int]:
        """Return the row that each of ``count`` rows changes places with; its own for those that stay. Raises `SampleError`."""
        rows, partners = self.rows or count, list(range(count))
        if count and (count % rows or (self.pairs and max(map(max, self.pairs)) >= rows)):
            what = f"are of objects of {rows} each" if self.rows else f"name row {max(map(max, self.pairs))}, counted from 0"
            raise SampleError(f"{name}: has {count} rows, and its flip_pairs {what}")
        for first in range(0, count, rows or 1):
            for a, b in self.pairs:
                partners[first + a], partners[first + b] = first + b, first + a
        return partners

    def swap(self) -> list[int]:
        """Return the same of the rows of one object, or of those up to the last that has a partner."""
        return FlipPairs(0, self.pairs).partners(self.rows or 1 + max(map(max, self.pairs)), "")


def _runs(*runs: tuple[Iterable[int], Iterable[int]]) -> Pairs:
    return tuple(pair for left, right in runs for pair in zip(left, right, strict=True))


PRESETS: Mapping[str, FlipPairs] = {
    # eyes, ears, shoulders, elbows, wrists, hips, knees, ankles
    "coco": FlipPairs(17, _runs((range(1, 16, 2), range(2, 17, 2)))),
    "crowdpose": FlipPairs(14, _runs((range(0, 11, 2), range(1, 12, 2)))),
    # from the right ankle up and down to the left one, and the arms from wrist to wrist
    "mpii": FlipPairs(16, _runs((range(3), range(5, 2, -1)), (range(10, 13), range(15, 12, -1)))),
    "lsp": FlipPairs(14, _runs((range(3), range(5, 2, -1)), (range(6, 9), range(11, 8, -1)))),
    # jaw, brows, nostrils, eyes, outer and inner lips
    "ibug68": FlipPairs(68, _runs(
        (range(8), range(16, 8, -1)), (range(17, 22), range(26, 21, -1)), (range(31, 33), range(35, 33, -1)),
        (range(36, 40), range(45, 41, -1)), (range(40, 42), range(47, 45, -1)), (range(48, 51), range(54, 51, -1)),
        (range(58, 60), range(56, 54, -1)), (range(60, 62), range(64, 62, -1)), ((67,), (65,)),
    )),
    "celeba": FlipPairs(5, ((0, 1), (3, 4))),
}  # fmt: skip
"""The orders of rows of known data sets: COCO's, CrowdPose's, MPII's and LSP's people, the 68 points of 300-W, CelebA's five."""
FORMS = f"pairs of rows, counted from 0: [[1, 2], [3, 4]]; {{rows: 5, pairs: [[1, 2]]}} for objects of 5; or {', '.join(PRESETS)}"


def read_flip_pairs(raw: Any) -> FlipPairs:
    """Read what a spec says. Raises `ValueError`."""
    if isinstance(raw, FlipPairs):
        return raw
    if isinstance(raw, str):
        if raw not in PRESETS:
            raise ValueError(f"has no {raw!r}{suggest(raw, PRESETS)}; it takes {FORMS}")
        return PRESETS[raw]
    if isinstance(raw, Mapping):
        if raw.keys() - {"rows", "pairs"} or not _whole(raw.get("rows")) or not raw["rows"]:
            raise ValueError(f"takes {FORMS}")
        return _checked(raw["rows"], raw.get("pairs"))
    return _checked(0, raw)


def write_flip_pairs(flips: FlipPairs) -> Any:
    """Return the shortest form of it in a spec."""
    name = next((name for name, preset in PRESETS.items() if preset == flips), None)
    pairs = [list(pair) for pair in flips.pairs]
    return name or ({"rows": flips.rows, "pairs": pairs} if flips.rows else pairs)


def _checked(rows: int, raw: Any) -> FlipPairs:
    given: list[Any] = list(raw) if isinstance(raw, list | tuple) else [None]
    if not all(isinstance(pair, list | tuple) and len(pair) == 2 and all(map(_whole, pair)) for pair in given):
        raise ValueError(f"takes {FORMS}")
    every = [row for pair in given for row in pair]
    if twice := [row for row in every if every.count(row) > 1]:
        raise ValueError(f"has row {twice[0]} twice: each row has one partner")
    if rows and every and max(every) >= rows:
        raise ValueError(f"has row {max(every)}, and an object has {rows}, counted from 0")
    return FlipPairs(rows, tuple((a, b) for a, b in given))


def _whole(number: Any) -> bool:
    return isinstance(number, int) and not isinstance(number, bool) and number >= 0


def mirrors(inverse: Any) -> Any:
    """Whether moves, given as matrices (..., 3, 3) from their output back to their input, make a left hand look like a right one:
    an odd number of reflections, by the sign of their derivative at the centre."""
    a, b, c = (inverse[..., 0, i] for i in range(3))
    d, e, f = (inverse[..., 1, i] for i in range(3))
    g, h, i = (inverse[..., 2, i] for i in range(3))
    return (a * (e * i - f * h) - b * (d * i - f * g) + c * (d * h - e * g)) * i < 0


__all__ = ["PRESETS", "FlipPairs", "mirrors", "read_flip_pairs", "write_flip_pairs"]
