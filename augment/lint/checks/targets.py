"""Boxes and masks that do not survive, and keypoints that get another's name."""

from __future__ import annotations

from collections.abc import Iterator

from augment.engine.paired import mirrored_keypoints, sides_at_risk
from augment.lint.rule import Hit, rule
from augment.lint.subject import Subject

LOST = 0.15
EMPTIED = 0.05
FIX = "keep a larger share of the picture, place windows in the middle, or drop less (min_visibility, min_area of the boxes)"


@rule("warning", needs="files")
def lost_boxes(subject: Subject) -> Iterator[Hit]:
    """An op costs many boxes their place in the picture, measured on the given files."""
    if subject.samples is None:
        return
    for path, tally in subject.measured.ops.items():
        if tally.boxes and tally.lost / tally.boxes > LOST:
            yield Hit(
                path, f"{path.rpartition('.')[2]} loses {tally.lost} of {tally.boxes} boxes ({subject.measured})",
                "what is lost is never learned, and pictures without any box teach that there is nothing to find", FIX,
            )  # fmt: skip


@rule("warning", needs="files")
def emptied_masks(subject: Subject) -> Iterator[Hit]:
    """An op leaves masks without a single label, measured on the given files (0 and the fill of the mask are no labels)."""
    if subject.samples is None:
        return
    for path, tally in subject.measured.ops.items():
        if tally.masks and tally.emptied / tally.masks > EMPTIED:
            yield Hit(
                path, f"{path.rpartition('.')[2]} empties {tally.emptied} of {tally.masks} masks ({subject.measured})",
                "pictures without anything to find drown those that have it, and some losses divide by zero on them",
                "keep a larger share of the picture, or crop before smaller pictures are made",
            )  # fmt: skip


SIDES = "a mirror moves the points and keeps their order: what was the left eye, and lies in its row, is a right eye now"
SWAP = "declare which rows change places, {name}: {{kind: keypoints, flip_pairs: coco}} or [[1, 2], [3, 4]], or leave the op out"


@rule("warning")
def sides_of_keypoints(subject: Subject) -> Iterator[Hit]:
    """An op may mirror keypoints that are called by a side (`left_eye`), and their rows do not change places."""
    for path, name, said in sides_at_risk(subject.program):
        what = f"{path.rpartition('.')[2]} may mirror {name}, and {said} is the name of a side"
        yield Hit(path, what, SIDES, SWAP.format(name=name))


@rule("advice")
def rows_of_keypoints(subject: Subject) -> Iterator[Hit]:
    """An op may mirror declared keypoints, some of which may be paired (left and right eye); their rows do not change places."""
    told = {(path, name) for path, name, _ in sides_at_risk(subject.program)}
    for path, name, _ in mirrored_keypoints(subject.program):
        if (path, name) not in told:
            fix = f"{SWAP.format(name=name)}; keep it if no points are pairs: # augment: ignore rows_of_keypoints"
            yield Hit(path, f"{path.rpartition('.')[2]} may mirror {name}, whose rows keep their order", SIDES, fix)
