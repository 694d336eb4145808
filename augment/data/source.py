"""What samples come from: units that are worked one by one, each of which holds samples with their files."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar, overload

import numpy as np

from augment.data.form import Form, Item, only
from augment.data.images import read_image, read_mask
from augment.data.tree import Passed
from augment.errors import FileError, Mistake, SpecError
from augment.program.lower import lower
from augment.sample import DEFAULT_TARGETS, Target
from augment.spec.places import carry_over, places_of

if TYPE_CHECKING:
    from augment.spec.node import Pipeline


class Source(Sequence[dict[str, Any]]):
    """Samples in their order, each read when it is asked for."""

    unit: ClassVar[str]
    """What a shard is so many of."""
    packed: ClassVar[bool] = False
    """Whether samples stand in packs, are keyed by their names, and come in streams."""
    form: Form | None = None
    mask_name: str = ""
    classes: tuple[str, ...] | None = None
    """The names of the classes, where samples have one each; none where only their numbers are known."""

    def __init__(self, targets: Mapping[str, Target]):
        self.targets = dict(targets) or DEFAULT_TARGETS
        if not any(target.kind == "image" for target in self.targets.values()):
            fix = "add {image: image} to targets; texts alone are augmented in Python, by augment.compile"
            raise SpecError(f"files are pictures, and targets declares none ({', '.join(self.targets)}): {fix}")
        self.image_name = only(self.targets, "image", "a file is one image")
        self.others: Counter[str] = Counter()
        """Files that are no pictures, by suffix."""
        self.passed = Passed()
        """Links and folders that were passed by."""

    @property
    def joined(self) -> Form | None:
        """The form of what is written once beside all results, if anything is."""
        return self.form if self.form and self.form.once else None

    @property
    def units(self) -> int:
        """How many there are: pictures of a folder, or packs."""
        raise NotImplementedError

    def unit_names(self) -> Iterator[str]:
        """The name of each unit, by which it is known whether the source is another one."""
        raise NotImplementedError

    def items_of(self, unit: int) -> Iterator[Item]:
        """Yield the samples of a unit, with their files."""
        raise NotImplementedError

    def item(self, at: int) -> Item:
        """Return a sample's files; a negative number counts from the end. Raises `IndexError`."""
        raise NotImplementedError

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, at: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        """Read a sample; raises `FileError`."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        return self.read(self.item(at))

    def place(self, unit: int, number: int) -> int:
        """Return the place among all samples of one that has a number in its unit."""
        raise NotImplementedError

    def number(self, at: int, item: Item) -> int:
        """Return what keys the sample at a place."""
        raise NotImplementedError

    def key(self, at: int) -> int:
        """The same, where its files are not at hand."""
        return self.number(at, self.item(at))

    @property
    def names(self) -> Sequence[str]:
        """What each sample is called."""
        raise NotImplementedError

    def told(self, unit: int, key: str) -> Path:
        """Return how the picture of a sample is called."""
        raise NotImplementedError

    def endings(self, item: Item) -> list[str]:
        """The endings of the files that a sample has beside its picture and mask."""
        return [self.form.suffix[1:]] if self.form and item.labels else []

    def read(self, item: Item) -> dict[str, Any]:
        """Read a sample; raises `FileError`."""
        if item.problem:
            raise FileError(item.problem)
        image = read_image(item.image)
        sample: dict[str, Any] = {self.image_name: image}
        if item.mask:
            sample[self.mask_name] = _read_mask(item, image)
        return sample | (self.form.read(item, image) if self.form else {})

    def fit(self, pipeline: Pipeline) -> Pipeline:
        """Return the spec with the targets that the samples have, where annotations come with more than those of the spec."""
        if not self.form:
            return pipeline
        names = (self.image_name, self.mask_name, *self.form.fills)
        targets = dict(pipeline.targets) or {name: self.targets[name] for name in names if name}
        fitted = self.form.fit(targets)
        if fitted == targets:
            return pipeline
        changed = pipeline.replace(targets=fitted)
        _check_limits(changed, self.form.rows, fitted.keys() - targets.keys())
        carry_over(changed, places_of(pipeline))
        return changed


def _read_mask(item: Item, image: np.ndarray) -> np.ndarray:
    assert item.mask
    mask = read_mask(item.mask)[0]
    if mask.shape[:2] != image.shape[:2]:
        mine, whole = (" x ".join(map(str, array.shape[:2])) for array in (mask, image))
        turned = mask.shape[1::-1] == image.shape[:2]
        why = "; files are turned as their EXIF orientation says: does one of the two lack it?" if turned else ""
        raise FileError(f"{item.mask}: the mask is {mine}, and its picture {item.image} is {whole} (height x width){why}")
    return mask


def _check_limits(pipeline: Pipeline, rows: str, added: Collection[str]) -> None:
    """Refuse ops that are limited to rows of annotations, and would leave what was ``added`` to them where it is."""
    for leaf in lower(pipeline).leaves if added else ():
        on = leaf.op.on or ()
        if rows in on and (left := sorted(set(added) - set(on))):
            why = f"is limited to {', '.join(on)} by on, and would leave {', '.join(left)} of the annotations where they are"
            raise SpecError([Mistake(leaf.path, f"{why}; leave out on, or those annotations")])
