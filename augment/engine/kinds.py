"""The kinds of targets that are rows, by name."""

from collections.abc import Mapping

from augment.engine.boxes import Boxes
from augment.engine.instances import Instances
from augment.engine.oriented import OrientedBoxes
from augment.engine.points import Keypoints
from augment.engine.polygons import Polygons
from augment.engine.rows import Rows

ROWS: Mapping[str, type[Rows]] = {
    "boxes": Boxes, "keypoints": Keypoints, "polygons": Polygons, "oriented_boxes": OrientedBoxes,
    "instances": Instances,
}  # fmt: skip
