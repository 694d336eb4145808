"""The kinds of targets that are rows, by name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from augment.engine.rows import Rows

_HOMES = {
    "boxes": ("boxes", "Boxes"), "keypoints": ("points", "Keypoints"), "polygons": ("polygons", "Polygons"),
    "oriented_boxes": ("oriented", "OrientedBoxes"), "instances": ("instances", "Instances"),
}  # fmt: skip


class _Kinds(Mapping[str, "type[Rows]"]):
    """Each class is imported when it is asked for."""

    def __getitem__(self, kind: str) -> type[Rows]:
        module, name = _HOMES[kind]
        found: type[Rows] = getattr(import_module(f"augment.engine.{module}"), name)
        return found

    def __contains__(self, kind: object) -> bool:
        return kind in _HOMES

    def __iter__(self) -> Iterator[str]:
        return iter(_HOMES)

    def __len__(self) -> int:
        return len(_HOMES)


ROWS: Mapping[str, type[Rows]] = _Kinds()
