"""Pascal VOC label files: XML with a box for each object, in whole pixels counted from one, both ends included."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np

from augment.data.form import ROWS, Beside, BoxTarget, Entries, Item, Size
from augment.data.tree import read_text
from augment.errors import FileError
from augment.sample import Target

MOST_BYTES = 2**24
EDGES = ("xmin", "ymin", "xmax", "ymax")
HELD = ("bndbox", "part", "polygon")
"""What an object holds beside plain fields; only its box is read."""


class Voc(Beside):
    """Objects with name and box; what a file says of an object beside goes along unchanged, but for its parts."""

    suffix = ".xml"

    def __init__(self, folder: Path, targets: Mapping[str, Target], image: str):
        super().__init__(folder)
        self.boxes = BoxTarget.of(targets, "Pascal VOC")
        self.image = image
        self.rows = self.boxes.name
        self.fills = (self.rows,)

    def read(self, item: Item, image: np.ndarray) -> Entries:
        path, size = item.labels, image.shape[:2]
        assert path
        root = _parsed(path)
        said = tuple(_number(root, f"size/{side}", f"{path}: size", 0) for side in ("height", "width"))
        if all(said) and said != size:
            raise FileError(f"{path}: says {said[0]:g} x {said[1]:g}, and the picture is {size[0]} x {size[1]} (height x width)")
        boxes, rows = [], []
        for i, thing in enumerate(root.iter("object")):
            where = f"{path}: object {i + 1}"
            x0, y0, x1, y1 = (_number(thing, f"bndbox/{edge}", where) for edge in EDGES)
            if x1 < x0 or y1 < y0:
                raise FileError(f"{where}: its box ends before it begins")
            boxes.append(corners(x0, y0, x1, y1))
            row = {field.tag: field.text or "" for field in thing if field.tag not in HELD and not len(field)}
            if not row.get("name"):
                raise FileError(f"{where}: has no name")
            rows.append(row)
        return {**self.boxes.entries(boxes, [row["name"] for row in rows], size), ROWS: rows}

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        root = ElementTree.Element("annotation")
        _add(root, {"filename": name.rpartition("/")[2]})
        shape = np.shape(sample[self.image])
        depth = shape[2] if len(shape) == 3 else 1
        _add(ElementTree.SubElement(root, "size"), {"width": size[1], "height": size[0], "depth": depth})
        for row, (x0, y0, x1, y1) in zip(sample[ROWS], self.boxes.xyxy(sample, size).tolist(), strict=True):
            thing = ElementTree.SubElement(root, "object")
            _add(thing, row)
            box = dict(zip(EDGES, (x0 + 1, y0 + 1, x1, y1), strict=True))
            _add(ElementTree.SubElement(thing, "bndbox"), {edge: f"{round(x, 2):g}" for edge, x in box.items()})
        ElementTree.indent(root)
        return ElementTree.tostring(root, encoding="unicode") + "\n"


def corners(xmin: float, ymin: float, xmax: float, ymax: float) -> tuple[float, float, float, float]:
    """Return a box in edge coordinates: pixels count from one, and the last one belongs to it."""
    return xmin - 1, ymin - 1, xmax, ymax


class _Plain(ElementTree.TreeBuilder):
    """A tree without a document type, which is what could define entities."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise FileError("has a document type, which could make it unfold without end; remove <!DOCTYPE ...>")


def _parsed(path: Path) -> ElementTree.Element:
    text = read_text(path, MOST_BYTES)
    try:
        root = ElementTree.fromstring(text, ElementTree.XMLParser(target=_Plain()))
    except FileError as error:
        raise FileError(f"{path}: {error}") from None
    except (ElementTree.ParseError, ValueError) as error:
        raise FileError(f"{path}: is no XML ({error})") from None
    if root.tag != "annotation":
        raise FileError(f"{path}: is no file of Pascal VOC, which begins with <annotation>")
    return root


def _number(element: ElementTree.Element, where: str, told: str, otherwise: float | None = None) -> float:
    text = element.findtext(where)
    try:
        number = float(text) if text is not None or otherwise is None else otherwise  # type: ignore[arg-type]
    except (TypeError, ValueError):
        raise FileError(f"{told}: needs a number in {where}, not {str(text)[:60]!r}") from None
    if not -1e6 < number < 1e6:
        raise FileError(f"{told}: {where} is {number:g}, which is no place in a picture")
    return number


def _add(element: ElementTree.Element, fields: Mapping[str, Any]) -> None:
    for tag, value in fields.items():
        ElementTree.SubElement(element, tag).text = str(value)
