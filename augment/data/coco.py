"""COCO annotation files: boxes with their categories, segmentations as layers of a mask, keypoints, captions."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from augment.data.form import ROWS, BoxTarget, Entries, Gathered, Item, Size, caption_target, plain
from augment.data.poses import POSE, Poses
from augment.data.segmentation import layer, run_lengths
from augment.data.tree import inner_name, parse_json, read_text
from augment.engine.boxes import to_xyxy
from augment.errors import FileError, SampleError
from augment.sample import Target

MOST_VALUES = 500_000_000
OWN = ("bbox", "segmentation", "keypoints", "image_id")
"""What is read of an annotation, and written anew."""
LAYER = "layer"
"""In the row of a box: which layer of the mask is its segmentation."""


class Coco(Gathered):
    """Annotations of objects or captions; what a file says of an object beside box and segmentation goes along unchanged.

    Args:
        path: of the file.
        targets: those that may be filled.
        mask: the target that takes segmentations, if they are wanted.
    """

    about = "its objects are"

    def __init__(self, path: Path, targets: Mapping[str, Target], mask: str = "", why_no_mask: str = ""):
        self.head: dict[str, Any] = {}
        self.categories: dict[Any, str] = {}
        super().__init__(path)
        found = [a for record in self.records.values() for a in record["annotations"]]
        objects = any("bbox" in a for a in found) or not any("caption" in a for a in found)
        self.boxes = BoxTarget.of(targets, "COCO") if objects else None
        self.caption = caption_target(targets) if not objects else ""
        outlined = objects and any(a.get("segmentation") for a in found)
        self.mask = mask if outlined else ""
        if outlined and not mask:
            self.note = f"the segmentations of {path} are left out: {why_no_mask}"
        self.rows = self.boxes.name if self.boxes else ""
        posed = objects and any("keypoints" in a for a in found)
        self.poses = Poses.of(targets, self.head, path) if posed else None
        self.mixes = objects and not posed  # the objects of two pictures have the same numbers
        points = self.poses.name if self.poses else ""
        self.fills = tuple(name for name in (self.mask, self.rows, points, self.caption) if name)

    # Reading ---------------------------------------------------------------------------------------------------------

    def load(self, path: Path) -> dict[str, Any]:
        data = parse_json(read_text(path), str(path))
        for key in ("images", "annotations"):
            if not isinstance(data, dict) or not isinstance(data.get(key), list):
                raise FileError(f"{path}: is no COCO file: it needs {key}, a list")
        self.head = {key: value for key, value in data.items() if key not in ("images", "annotations")}
        self.categories = _categories(data.get("categories", []), path)
        records: dict[str, Any] = {}
        by_id: dict[Any, Any] = {}
        for i, image in enumerate(data["images"]):
            where = f"{path}: images[{i}]"
            if not isinstance(image, dict) or type(image.get("id")) not in (int, str):
                raise FileError(f"{where}: needs id and file_name")
            name = inner_name(image.get("file_name"), f"{where}.file_name")
            if name in records or image["id"] in by_id:
                raise FileError(f"{where}: its id or its file_name is that of another image")
            records[name] = by_id[image["id"]] = {"image": image, "annotations": []}
        for i, annotation in enumerate(data["annotations"]):
            where = f"{path}: annotations[{i}]"
            if not isinstance(annotation, dict) or type(annotation.get("image_id")) not in (int, str):
                raise FileError(f"{where}: needs image_id")
            if annotation["image_id"] not in by_id:
                raise FileError(f"{where}: there is no image with the id {annotation['image_id']!r}")
            if "bbox" not in annotation and "caption" not in annotation:
                raise FileError(f"{where}: has neither bbox nor caption; other annotations are not read")
            by_id[annotation["image_id"]]["annotations"].append(annotation)
        return records

    def fit(self, targets: dict[str, Target]) -> dict[str, Target]:
        fitted = super().fit(targets)
        return self.poses.fit(fitted) if self.poses else fitted

    def read(self, item: Item, image: np.ndarray) -> Entries:
        record = self.record(item)
        size = image.shape[:2]
        where = f"{self.path}: {item.image.name}"
        said = record["image"].get("height"), record["image"].get("width")
        if None not in said and said != size:
            raise FileError(f"{where}: is {said[0]} x {said[1]} here, and {size[0]} x {size[1]} (height x width) upright on disk")
        if not self.boxes:
            captions = [a["caption"] for a in record["annotations"]]
            if not captions or not all(isinstance(caption, str) for caption in captions):
                raise FileError(f"{where}: needs a caption of text")
            return {self.caption: captions[0] if len(captions) == 1 else captions}
        boxes, labels, rows = [], [], []
        layers: list[np.ndarray] = []
        poses: list[tuple[Any, str]] = []
        for annotation in record["annotations"]:
            own = f"{where}, annotation {annotation.get('id', '?')}"
            boxes.append(_box(annotation.get("bbox"), own))
            labels.append(self._label(annotation.get("category_id"), own))
            row = {key: value for key, value in annotation.items() if key not in OWN}
            if "keypoints" in annotation:
                row[POSE] = len(poses)
                poses.append((annotation["keypoints"], own))
            if self.mask and annotation.get("segmentation"):
                row[LAYER] = len(layers)
                layers.append(self._layer(annotation["segmentation"], size, own))
                if len(layers) * size[0] * size[1] > MOST_VALUES:
                    raise FileError(f"{where}: its segmentations need more than {MOST_VALUES:,} values; make it smaller first")
            rows.append(row)
        entries = self.boxes.entries(to_xyxy(np.array(boxes, np.float64).reshape(-1, 4), "xywh", size), labels, size)
        if self.mask:  # a picture without objects has one empty layer, since a mask without any has no shape
            entries[self.mask] = np.stack(layers, axis=-1) if layers else np.zeros((*size, 1), np.uint8)
        if self.poses:
            entries |= self.poses.entries(poses)
        return {**entries, ROWS: rows}

    def _label(self, category: Any, where: str) -> str:
        if category not in self.categories:
            raise FileError(f"{where}: there is no category with the id {category!r}")
        return self.categories[category]

    def _layer(self, raw: Any, size: Size, where: str) -> np.ndarray:
        try:
            return layer(raw, size)
        except SampleError as error:
            raise FileError(f"{where}: {error}") from None

    # Writing ---------------------------------------------------------------------------------------------------------

    def text(self, name: str, sample: Mapping[str, Any], size: Size) -> str:
        image = {"file_name": name, "height": int(size[0]), "width": int(size[1])}
        record = {"image": image, "annotations": self._objects(sample, size) if self.boxes else self._captions(sample)}
        return json.dumps(record, default=plain, ensure_ascii=False)

    def _captions(self, sample: Mapping[str, Any]) -> list[dict[str, Any]]:
        captions = sample[self.caption]
        return [{"caption": caption} for caption in ([captions] if isinstance(captions, str) else captions)]

    def _objects(self, sample: Mapping[str, Any], size: Size) -> list[dict[str, Any]]:
        assert self.boxes
        poses = self.poses.written(sample, size) if self.poses else {}
        out = []
        for row, (x0, y0, x1, y1) in zip(sample[ROWS], self.boxes.xyxy(sample, size).tolist(), strict=True):
            made = {key: value for key, value in row.items() if key not in (LAYER, POSE)}
            made["bbox"] = [round(x, 4) for x in (x0, y0, x1 - x0, y1 - y0)]
            made["area"] = round((x1 - x0) * (y1 - y0), 4)
            if LAYER in row:
                own = np.asarray(sample[self.mask])[..., row[LAYER]]
                made |= {"segmentation": run_lengths(own), "area": int((own == 1).sum())}
            if self.poses and POSE in row:
                points = poses.get(row[POSE], self.poses.none())
                made |= {"keypoints": points, "num_keypoints": sum(seen > 0 for seen in points[2::3])}
            out.append(made)
        return out

    def join(self, records: Mapping[str, Any]) -> str:
        """Return one file; images and objects are numbered anew, as copies and mixing repeat them."""
        images: list[dict[str, Any]] = []
        annotations: list[dict[str, Any]] = []
        for number, (name, record) in enumerate(records.items(), 1):
            images.append({**record["image"], "id": number, "file_name": name})
            for own in record["annotations"]:
                annotations.append({**own, "id": len(annotations) + 1, "image_id": number})
        return json.dumps({**self.head, "images": images, "annotations": annotations}, ensure_ascii=False) + "\n"




def _categories(raw: Any, path: Path) -> dict[Any, str]:
    if not isinstance(raw, list) or not all(isinstance(c, dict) and isinstance(c.get("name"), str) for c in raw):
        raise FileError(f"{path}: categories must be a list of {{id, name}}")
    out: dict[Any, str] = {}
    for i, category in enumerate(raw):
        if type(category.get("id")) not in (int, str) or category["id"] in out:
            raise FileError(f"{path}: categories[{i}]: needs an id that no other has")
        out[category["id"]] = category["name"]
    return out


def _box(raw: Any, where: str) -> list[float]:
    if not isinstance(raw, list) or len(raw) != 4 or not all(type(x) in (int, float) for x in raw):
        raise FileError(f"{where}: bbox must be [x, y, width, height], not {str(raw)[:60]}")
    if raw[2] <= 0 or raw[3] <= 0:
        raise FileError(f"{where}: bbox {raw} has no area; remove that annotation")
    return raw
