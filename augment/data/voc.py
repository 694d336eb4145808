"""Pascal VOC label files: XML with a box for each object, in whole pixels counted from one, both ends included."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import numpy as np

from augment.data.form import ROWS, Beside, BoxTarget, Entries, Item, Place, Size
from augment.data.tree import read_text
from augment.errors import FileError, SampleError, SpecError
from augment.sample import Target

MOST_BYTES = 2**24
EDGES = ("xmin", "ymin", "xmax", "ymax")
AXES = ("x", "y")
PARTS, POINTS = "object_parts", "object_points"
"""The targets of what has a place of its own inside of objects, and the entries with the object and number of each."""
PLACES = re.compile(
    r"bndbox|robndbox|bbox|box|part|points?|pt|polygon|segm|segmentation|keypoints?|landmarks?|[xy](min|max|\d*)|c[xy]|angle"
)
"""Tags of elements that hold places in the picture."""


class Voc(Beside):
    """Objects with name and box, parts with boxes and points; what a file says of an object beside goes along unchanged."""

    suffix = ".xml"

    def __init__(self, folder: Path, targets: Mapping[str, Target], image: str, joins: bool):
        super().__init__(folder)
        self.joins = joins
        self.boxes = BoxTarget.of(targets, "Pascal VOC")
        self.image = image
        self.rows = self.boxes.name
        self.fills = (self.rows,)
        self.inner: tuple[str, ...] = ()
        """Which of `PARTS` and `POINTS` any file has."""

    def bind(self, pictures: Mapping[str, Path]) -> dict[str, Path]:
        found = super().bind(pictures)
        texts = [_bytes(path) for path in found.values()]
        tags = {PARTS: b"<part", POINTS: b"<point"}
        self.inner = tuple(name for name, tag in tags.items() if any(tag in text for text in texts))
        if self.joins and POINTS in self.inner:
            why = "the spec joins pictures, which moves no points, and objects have a <point>"
            raise SpecError(f"{self.folder}: {why}; leave out the op that joins, or these")
        return found

    def fit(self, targets: dict[str, Target]) -> dict[str, Target]:
        inner = {
            PARTS: Target(kind="boxes", carry=(f"{PARTS}_of",)), POINTS: Target(kind="keypoints", carry=(f"{POINTS}_of",)),
        }  # fmt: skip
        return {**super().fit(targets), **{name: inner[name] for name in self.inner}}

    def read(self, item: Item, image: np.ndarray) -> Entries:
        path, size = item.labels, image.shape[:2]
        assert path
        root = _parsed(path)
        said = tuple(_number(root, f"size/{side}", f"{path}: size", 0) for side in ("height", "width"))
        if all(said) and said != size:
            raise FileError(f"{path}: says {said[0]:g} x {said[1]:g}, and the picture is {size[0]} x {size[1]} (height x width)")
        boxes, rows = [], []
        inner: dict[str, list[tuple[float, ...]]] = {PARTS: [], POINTS: []}
        owners: dict[str, list[tuple[str, int]]] = {PARTS: [], POINTS: []}
        for i, thing in enumerate(root.iter("object"), 1):
            where, key = f"{path}: object {i}", f"{item.key}#{i}"
            _check_places(thing, where)
            boxes.append(_box(thing, where))
            if not (name := thing.findtext("name")):
                raise FileError(f"{where}: has no name")
            for n, part in enumerate(thing.findall("part")):
                inner[PARTS].append(_box(part, f"{where}, part {n + 1}"))
                owners[PARTS].append((key, n))
            for n, point in enumerate(thing.findall("point")):
                inner[POINTS].append(tuple(_number(point, axis, f"{where}, point {n + 1}") - 1 for axis in AXES))
                owners[POINTS].append((key, n))
            rows.append({"name": name, "key": key, "xml": ElementTree.tostring(thing, encoding="unicode")})
        if self.joins and inner[POINTS]:  # of packs this is not known before
            raise FileError(f"{path}: an object has a <point>, and the spec joins pictures, which moves no points; leave it out")
        entries = {**self.boxes.entries(boxes, [row["name"] for row in rows], size), ROWS: rows}
        for name in self.inner:
            entries[name] = np.array(inner[name], np.float64).reshape(-1, 4 if name == PARTS else 2)
            entries[f"{name}_of"] = owners[name]
        return entries

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        root = ElementTree.Element("annotation")
        _add(root, {"filename": name.rpartition("/")[2]})
        shape = np.shape(sample[self.image])
        depth = shape[2] if len(shape) == 3 else 1
        _add(ElementTree.SubElement(root, "size"), {"width": size[1], "height": size[0], "depth": depth})
        things: dict[str, ElementTree.Element] = {}
        for row, edges in zip(sample[ROWS], self.boxes.xyxy(sample, size).tolist(), strict=True):
            things[row["key"]] = thing = ElementTree.fromstring(row["xml"])
            root.append(thing)
            _set_box(thing, edges)
        if len(things) < len(sample[ROWS]) and self.inner:
            raise SampleError("is joined with itself, so that its objects and their parts cannot be told apart; leave out the op")
        self._place(things, sample, "part", PARTS, _set_box)
        self._place(things, sample, "point", POINTS, _set_point)
        ElementTree.indent(root)
        return ElementTree.tostring(root, encoding="unicode") + "\n"

    def _place(
        self, things: Mapping[str, ElementTree.Element], sample: Mapping[str, Any], tag: str, name: str,
        write: Callable[[ElementTree.Element, Sequence[float]], None],
    ) -> None:  # fmt: skip
        """Write where what is inside of objects has come to, and take out of them what has left the picture."""
        if name not in self.inner:
            return
        left = {tuple(own): row for own, row in zip(sample[f"{name}_of"], np.asarray(sample[name]).tolist(), strict=True)}
        for key, thing in things.items():
            for n, element in enumerate(thing.findall(tag)):
                if (key, n) in left:
                    write(element, left[key, n])
                else:
                    thing.remove(element)


def _bytes(path: Path) -> bytes:
    """What stands in a file; nothing, if it cannot be read, which is told where it is needed."""
    try:
        return path.read_bytes() if path.is_file() else b""
    except OSError:
        return b""


def corners(xmin: float, ymin: float, xmax: float, ymax: float) -> tuple[float, float, float, float]:
    """Return a box in edge coordinates: pixels count from one, and the last one belongs to it."""
    return xmin - 1, ymin - 1, xmax, ymax


class _Plain(ElementTree.TreeBuilder):
    """A tree without a document type, which is what could define entities."""

    def doctype(self, name: str, public: str | None, system: str | None) -> None:
        raise FileError("has a document type, which could make it unfold without end; remove <!DOCTYPE ...>")


def _parsed(path: Place) -> ElementTree.Element:
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


def _check_places(thing: ElementTree.Element, where: str, whole: bool = True) -> None:
    """Refuse places that are not moved; those of a ``whole`` object are its box, the boxes of its parts, and points."""
    parts, points = (thing.findall(tag) if whole else [] for tag in ("part", "point"))
    boxes = thing.findall("bndbox")[:1]
    for part in parts:
        _check_places(part, where, whole=False)
    others = [field for field in thing if field not in (*parts, *points, *boxes)]
    others += [edge for box in boxes for edge in box if edge.tag not in EDGES]
    for field in others:
        if any(PLACES.fullmatch(inner.tag) for inner in field.iter()):
            fix = "remove it, or give .json labels with it as keypoints or boxes"
            raise FileError(f"{where}: <{field.tag}> holds a place that would not be moved; {fix}")


def _box(element: ElementTree.Element, where: str) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = (_number(element, f"bndbox/{edge}", where) for edge in EDGES)
    if x1 < x0 or y1 < y0:
        raise FileError(f"{where}: its box ends before it begins")
    return corners(x0, y0, x1, y1)


def _set_box(element: ElementTree.Element, edges: Sequence[float]) -> None:
    x0, y0, x1, y1 = edges
    for edge, value in zip(EDGES, (x0 + 1, y0 + 1, x1, y1), strict=True):
        _set(element, f"bndbox/{edge}", value)


def _set_point(element: ElementTree.Element, place: Sequence[float]) -> None:
    for axis, value in zip(AXES, place, strict=True):
        _set(element, axis, value + 1)


def _set(element: ElementTree.Element, where: str, value: float) -> None:
    found = element.find(where)
    assert found is not None
    found.text = f"{round(value, 2):g}"


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
