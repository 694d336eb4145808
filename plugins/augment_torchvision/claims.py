"""What of a torchvision sample is taken as a target, and the refusal of what must not stay as it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import PIL.Image
import torch
from torch.utils._pytree import MappingKey, SequenceKey

from augment.engine.rows import check_canvas
from augment.errors import SampleError, suggest
from augment.program.lower import Program
from augment.sample import DEFAULT_TARGETS, Target, misnamed
from augment.sample.beside import carrying as to_carry
from augment.sample.beside import count_rows, drops, names_places, of_the_whole, refuse_unmoved, unmoved_places
from augment.sample.holding import held_in
from augment_torchvision.leaves import POINTS
from augment_torchvision.reading import Leaf, Reading

MOVED = ("image", "mask", *POINTS)
_LABELS = ("label", "class", "target")


class Claims:
    """The leaves of a sample, and which of them are taken."""

    def __init__(self, reading: Reading, leaves: Sequence[Leaf], declared: Mapping[str, Target], program: Program):
        self.reading, self.leaves, self.declared = reading, leaves, declared
        self.mixes, self.relabels = program.mixes, program.relabels
        self.known = declared or DEFAULT_TARGETS
        self.taken: set[int] = set()

    def left(self) -> Iterator[Leaf]:
        return (leaf for leaf in self.leaves if leaf.at not in self.taken)

    def refuse_rows(self) -> None:
        """Raise where an entry with a row for each box or keypoint would stay when these are dropped."""
        reading = self.reading
        moved = {leaf.at for name, leaf in reading.places.items() if reading.targets[name].kind != "labels" or self.relabels}
        moved |= {leaf.at for leaf in reading.rows.values()}
        left = [leaf for leaf in self.leaves if leaf.at not in moved and not (leaf.key and of_the_whole(leaf.key))]
        for name, target in reading.targets.items():
            count = count_rows(reading.places[name].value) if drops(target) and name not in reading.layers and left else None
            told = self.known.get(name, target)
            for leaf in left if count else ():
                label = leaf.key in self.known and self.known[leaf.key].kind == "labels" if leaf.key else self.declared
                if count_rows(leaf.value) != count or (label and "carry" in told.model_fields_set):
                    continue
                fix = f"under targets write {to_carry(name, told, leaf.key or 'labels')}"
                raise SampleError(f"{leaf.where} has a row for each of {name}, which would drop without it: {fix}")

    def refuse_the_rest(self) -> None:
        batched = self.reading.batched
        labelled = any(target.kind == "labels" for target in self.declared.values())
        for leaf in self.left():
            if leaf.key in self.known and self.known[leaf.key].kind == "labels":
                self.check_count(leaf)
            if leaf.rank - batched >= 2 or isinstance(leaf.value, PIL.Image.Image):
                raise SampleError(self.unclaimed(leaf))
            if leaf.rank == 2 and batched and leaf.key in (*MOVED, "bboxes"):
                raise SampleError(self.unclaimed(leaf))
            if leaf.rows and leaf.by_place and not batched and not labelled:
                raise SampleError(self.unclaimed(leaf))
        for leaf in (leaf for leaf in self.left() if leaf.key and leaf.key not in self.known and leaf.value is not None):
            label = not self.declared and leaf.key in _LABELS
            mistake = misnamed(leaf.key, self.declared)
            if label and self.relabels:
                mistake = f"unknown sample key {leaf.key!r}; did you mean 'labels'? (or declare it under targets)"
            if mistake and (self.relabels or not label):  # a label stays true of an image that only moves
                raise SampleError(mistake)

        for leaf in self.left():
            if held_in(leaf.value):
                name = leaf.key or leaf.where
                refuse_unmoved({name: leaf.value}, (name,), _size_of(self.reading.image))
        for leaf in (leaf for leaf in self.left() if leaf.value is not None):
            keys = [step.key for step in leaf.path if isinstance(step, MappingKey) and step.key not in self.known]
            if any(map(names_places, keys if leaf.many or leaf.key not in keys else keys[:-1])):
                raise unmoved_places(leaf.where)
            if leaf.key in self.reading.targets and self.known[leaf.key].kind in MOVED:
                raise SampleError(f"{leaf.where}: the sample has another {leaf.key}, and only one of them would be moved")

    def refuse_other_canvases(self) -> None:
        """Raise where boxes or keypoints say that they lie on an image of another size."""
        points = [name for name, target in self.reading.targets.items() if target.kind in POINTS]
        if points and not self.reading.batched:
            size = _size_of(self.reading.image)
            for name in points:
                check_canvas(name, self.reading.places[name].value, size)

    def without_image(self, name: str) -> str:
        moved = [target.kind for target in self.reading.targets.values() if target.kind in MOVED]
        if moved:
            fix = "give both in one sample, t(image, target)"
            return f"the sample has no {name}: {moved[0]} is moved together with one only; {fix}"
        whole = self.leaves[0].value if len(self.leaves) == 1 and not self.leaves[0].path else None
        if held_in(whole) or hasattr(whole, "to_dict"):
            fix = "sample.to_dict()" if hasattr(whole, "to_dict") else "vars(sample)"
            return f"the sample is a {type(whole).__name__}, which is not taken apart: give {fix}"
        return f"the sample has no {name} (it has: {', '.join(leaf.where for leaf in self.leaves) or 'nothing'})"

    def check_count(self, leaf: Leaf) -> None:
        count = len(self.reading.image) if self.reading.batched and leaf.rank else None
        if count is not None and len(leaf.value) != count:
            raise SampleError(f"{leaf.key or leaf.where} is a batch of {len(leaf.value)}, but the images of {count}")

    def unclaimed(self, leaf: Leaf) -> str:
        what = type(leaf.value).__name__ + (f" {tuple(leaf.value.shape)}" if hasattr(leaf.value, "shape") else "")
        if self.declared and leaf.kind is not None:
            names = [name for name, target in self.known.items() if target.kind == leaf.kind]
            more = f"only {', '.join(names)}" if names else "none"
            return f"{leaf.where} is a {what}, and of {leaf.kind} targets declares {more}: add another, {{NAME: {leaf.kind}}}"
        if self._one_of_several(leaf):
            fix = "call it on each, or augment the dataset that they are from, t.over(dataset)"
            return f"{leaf.where} is a {what} in a list beside another image, and a sample has one under a name: {fix}"
        hint = suggest(leaf.key, self.known) if leaf.key else ""
        target = {"masks": "masks: mask"}.get(leaf.key or "", "mask: mask")
        wrap = f"wrap it as a tv_tensor, or name it under targets: {{image: image, {target}}}"
        return f"{leaf.where} is a {what} beside the image, and nothing says how it moves{hint}; {wrap}"


    def _one_of_several(self, leaf: Leaf) -> bool:
        """Whether a leaf stands in the list of the image, which a key names: batches of Hugging Face are mappings of lists."""
        holder = next(self.reading.places[name].path for name, t in self.reading.targets.items() if t.kind == "image")[:-1]
        return leaf.path[:-1] == holder and not leaf.by_place and isinstance(leaf.path[-1], SequenceKey)


def _size_of(image: Any) -> tuple[int, int]:
    """Height and width of an image as it came: a picture, a tensor (C, H, W) or an array (H, W, C)."""
    if isinstance(image, PIL.Image.Image):
        return image.height, image.width
    height, width = image.shape[-2:] if torch.is_tensor(image) else np.shape(image)[:2]
    return height, width
