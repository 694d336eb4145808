"""Finds the targets of a torchvision sample in any nesting of dicts, tuples and lists.

A leaf is a target by its key, by its type (PIL image, tv_tensor), or by its place: the first plain tensor is the image, as in
torchvision, and others take what ``targets`` declares, in that order.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import numpy as np
import PIL.Image
import torch
from torch.utils._pytree import tree_flatten_with_path
from torchvision import tv_tensors

from augment.engine.rows import check_listed
from augment.errors import SampleError
from augment.program.lower import Program
from augment.sample import DEFAULT_TARGETS, TEXTS, Target, refuse_slips_of_carry
from augment.sample.beside import Beside, count_rows
from augment_torchvision import values as forms
from augment_torchvision.checks import check_nested
from augment_torchvision.claims import MOVED, Claims
from augment_torchvision.leaves import FOLLOWERS, POINTS, Whole, are_numbers, is_words
from augment_torchvision.reading import Leaf, Reading, carrying
from augment_torchvision.remainder import Known, look_beside, said_by_place


@lru_cache(maxsize=256)
def _formatted(target: Target, form: str) -> Target:
    return target.model_copy(update={"format": form})


@lru_cache(maxsize=256)
def _keeping(target: Target, rows: int) -> Target:
    """Keypoints in groups of so many rows, of which none is dropped."""
    flips = target.flip_pairs
    return target.model_copy(update={"invisible": "keep", "flip_pairs": flips._replace(rows=flips.rows or rows)})


FRAMES = "its frames are, as a batch under one key: t.at([i] * len(video))(video.as_subclass(torch.Tensor))"
"""What to do about a video."""


_BARE = {"image": DEFAULT_TARGETS["image"]}


def read(sample: Any, program: Program, known: Known) -> Reading:
    """Find the targets of a sample of a program. ``known`` is kept for others of the same keys."""
    declared = program.pipeline.targets
    if not declared and isinstance(sample, PIL.Image.Image | torch.Tensor | np.ndarray):
        leaf = Leaf(0, (), sample)
        if leaf.kind in (None, "image") and not isinstance(sample, tv_tensors.Video):
            return Reading([sample], None, dict(_BARE), {"image": leaf})
    flat, spec = tree_flatten_with_path(sample, is_leaf=Whole(declared))
    if isinstance(sample, Mapping) and len(flat) == 1 and not flat[0][0]:  # of a class that torch does not know
        sample = dict(sample)
        flat, spec = tree_flatten_with_path(sample, is_leaf=Whole(declared))
    leaves = [Leaf(i, path, value) for i, (path, value) in enumerate(flat)]
    for leaf in leaves:
        check_nested(leaf.where, leaf.value)
    reading = Reading([leaf.value for leaf in leaves], spec)
    finder = _Finder(reading, leaves, declared, program)
    finder.run()
    reading.words = list(said_by_place(sample, finder.left()))
    look_beside(sample, leaves, finder.taken, reading, program, known)
    return reading


class _Finder(Claims):
    """Takes leaves by their key, then by their type, then by their place."""

    def run(self) -> None:
        self._by_key()
        self._by_type()
        self._by_place()
        missing = [name for name in self._free() if self.known[name].kind == "image"]
        if (self.declared and missing) or self.reading.image is None:
            raise SampleError(self.without_image(missing[0] if self.declared and missing else "image"))
        for kinds in (("boxes", "keypoints"), ("spans",)):  # labels are those of boxes where there are any
            for name in [name for name, t in self.reading.targets.items() if t.kind in kinds]:
                self._carried(name)
        self._labels()
        self.refuse_rows()
        self.refuse_the_rest()
        self.refuse_other_canvases()

    def _claim(self, leaf: Leaf, name: str, target: Target) -> None:
        if leaf.kind is not None and leaf.kind != target.kind:
            what = f"{leaf.where} is a {type(leaf.value).__name__}, but {name} is {target.kind}"
            raise SampleError(f"{what}; declare it under targets")
        if target.kind in POINTS:
            check_listed(name, leaf.value)
        if isinstance(leaf.value, tv_tensors.BoundingBoxes):
            target = _formatted(target, forms.box_format(leaf.value))
        elif target.kind == "keypoints" and leaf.rank > 2:  # in groups, which must stay whole
            target = _keeping(target, np.shape(leaf.value)[-2])
        self.reading.targets[name], self.reading.places[name] = target, leaf
        self.taken.add(leaf.at)

    def _by_key(self) -> None:
        # the outermost is meant
        for leaf in sorted(self.leaves, key=lambda leaf: len(leaf.path)) if len(self.leaves) > 1 else self.leaves:
            target = self.known.get(leaf.key) if leaf.key else None
            if target is None:
                continue
            if leaf.key in self.reading.targets:
                if not self.declared or len(leaf.path) > len(self.reading.places[leaf.key].path):
                    continue
                raise SampleError(f"{leaf.key} stands twice in the sample: {leaf.where}")
            if target.kind in POINTS or (target.kind in (*MOVED, *TEXTS) and leaf.value is not None):
                self._claim(leaf, str(leaf.key), target)

    def _by_type(self) -> None:
        for leaf in list(self.left()):
            if isinstance(leaf.value, tv_tensors.Video):
                raise SampleError(f"{leaf.where}: a video is not moved; {FRAMES}")
            if leaf.kind is None:
                continue
            if self.declared:
                name = next((n for n in self._free() if self.known[n].kind == leaf.kind), None)
                if name is None:
                    raise SampleError(self.unclaimed(leaf))
                self._claim(leaf, name, self.known[name])
            else:
                self._claim(leaf, self._new_name(leaf.key or leaf.kind), DEFAULT_TARGETS[leaf.kind])

    def _by_place(self) -> None:
        for leaf in list(self.left()):
            said = leaf.value if isinstance(leaf.value, list) else [leaf.value]
            if self.declared and leaf.key is None and said and all(isinstance(text, str) for text in said):
                for name in [n for n in self._free() if self.known[n].kind in ("text", "caption")][:1]:
                    self._claim(leaf, name, self.known[name])
            if leaf.rank < 2 and not (leaf.rows and leaf.by_place):
                continue
            kinds = MOVED if leaf.rank else POINTS
            free = [n for n in self._free() if self.known[n].kind in kinds] if self.declared else []
            if not self.declared and leaf.rank and self.reading.image is None:
                free = ["image"]
            if free:
                self._claim(leaf, free[0], self.known[free[0]])

    def _free(self) -> list[str]:
        return [name for name in self.known if name not in self.reading.targets]

    def _new_name(self, name: str) -> str:
        same = sum(n == name or n.startswith(f"{name}#") for n in self.reading.targets)
        return f"{name}#{same + 1}" if same else name

    def _carried(self, name: str) -> None:
        """What stands beside boxes or keypoints with a row for each: as ``carry`` names it, or as torchvision's datasets do."""
        reading, target, place = self.reading, self.reading.targets[name], self.reading.places[name]
        beside = {leaf.key: leaf for leaf in self.leaves if leaf.key and leaf.path[:-1] == place.path[:-1]}
        wanted = target.carry if self.declared else (FOLLOWERS if target.kind == "boxes" else ())
        if target.carry:
            refuse_slips_of_carry(name, target, {str(leaf.key) for leaf in self.leaves}, self._open(beside))
        if target.kind == "spans" and self._labelled(name, beside):
            wanted = (*wanted, "labels")
        found: list[str] = []
        for carry in wanted:
            leaf = beside.get(carry) or next((x for x in self.left() if x.key == carry), None)
            if leaf is None and place.by_place and self.declared:
                leaf = next((x for x in self.left() if x.by_place and count_rows(x.value) == len(place.value)), None)
            if leaf is None or carry in reading.rows:
                continue
            if carry in reading.places and reading.targets[carry].kind == "spans":  # its phrases
                found.append(carry)
            elif carry in reading.places:
                reading.layers[carry] = name
            else:
                reading.rows[carry] = leaf
                self.taken.add(leaf.at)
                found.append(carry)
        if target.kind == "boxes":
            count = len(place.value)
            for key, leaf in beside.items():
                self._instances(key, leaf, name, count)
        reading.targets[name] = carrying(target, tuple(found))

    def _open(self, beside: Mapping[str, Leaf]) -> list[str]:
        return [key for key, leaf in beside.items() if leaf.at not in self.taken and key not in self.known]

    def _labelled(self, name: str, beside: Mapping[str, Leaf]) -> bool:
        """Whether spans take the labels beside them."""
        if "labels" not in beside or "labels" in self.reading.rows:
            return False
        targets = {key: target for key, target in self.reading.targets.items() if target.kind != "labels"}
        sample = {key: leaf.value for key, leaf in beside.items()}
        keys = [*targets, "labels"]
        around = Beside.of(keys, targets, [str(self.reading.targets[name].of)], self.relabels)
        return name in around.unlabelled and around.labels(sample, pictured=True) == name

    def _instances(self, key: str, leaf: Leaf, boxes: str, count: int) -> None:
        """Masks (n, H, W) and keypoints (n, k, 2) beside n boxes belong to them."""
        reading, target = self.reading, self.reading.targets.get(key)
        if target is None and key == "masks" and leaf.rank == 3 and not self.declared:
            target = DEFAULT_TARGETS["mask"]
            self._claim(leaf, key, target)
        grouped = target is not None and target.kind in ("mask", "keypoints") and leaf.rank == 3
        if not grouped or reading.places[key] is not leaf or not (key in reading.layers or key in ("masks", "keypoints")):
            return
        if len(leaf.value) != count:
            raise SampleError(f"{leaf.where} has {len(leaf.value)} instances, and there are {count} {boxes}")
        if self.mixes:
            fix = "leave them out of the sample, or mixup and cutmix out of the spec"
            raise SampleError(f"{leaf.where}: instances cannot be mixed; {fix}")
        reading.layers[key] = boxes

    def _labels(self) -> None:
        """The labels of the image: by key, or by place; those that a mix blends or that `classes` makes rows of are targets.

        By place a number or a row of numbers is one, and a word where `targets` has labels without classes.
        """
        free = [n for n in self._free() if self.known[n].kind == "labels" and n not in self.reading.rows]
        if not (self.relabels or (self.declared and free)):
            return
        for leaf in list(self.left()):
            words = is_words(leaf.value)
            said = self.declared and leaf.key in free and leaf.value is not None
            if not (said or words or self._is_number(leaf)):
                continue
            fits = [n for n in free if not words or (self.declared and self.known[n].classes is None)]
            name = leaf.key if leaf.key in free else fits[0] if fits and leaf.by_place else None
            if name is not None:
                free.remove(name)
                self._label(leaf, name)
        words = [leaf for leaf in self.left() if leaf.by_place and is_words(leaf.value)]
        if self.relabels and free and words and not self.declared:
            self._label(words[0], free[0])

    def _label(self, leaf: Leaf, name: str) -> None:
        self.check_count(leaf)
        if self.relabels or self.known[name].classes is not None:
            self._claim(leaf, name, self.known[name])
        else:
            self.taken.add(leaf.at)

    def _is_number(self, leaf: Leaf) -> bool:
        if isinstance(leaf.value, int | float | np.number):
            return not isinstance(leaf.value, bool)
        row = leaf.rank <= 1 + self.reading.batched and hasattr(leaf.value, "ndim")
        return row or (isinstance(leaf.value, list) and are_numbers(leaf.value))
