"""Picture files as a sequence of samples, with the masks and annotations that belong to them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

from augment.data.form import Form, Item, only
from augment.data.forms import form_of
from augment.data.images import IMAGES, read_image, read_mask
from augment.data.masks import find_masks
from augment.data.tree import files_below, key_of
from augment.errors import FileError, SpecError
from augment.sample import DEFAULT_TARGETS, Target
from augment.spec.places import carry_over, places_of

if TYPE_CHECKING:
    from augment.spec.node import Pipeline


class Folder(Sequence[dict[str, Any]]):
    """Samples in the order of their paths, which is what their keys count: ``folder[3]`` is the fourth, read anew.

    Args:
        source: a folder, searched through and through, a picture, or a list of pictures and folders.
        targets: those of the spec.
        masks: a folder with a mask for each picture, under the same path and name or with ``_mask`` after it; or a pattern, in
            which ``{}`` stands for path and name.
        labels: where the annotations are. A folder with files under the same path and name: YOLO (.txt), Pascal VOC (.xml) or
            JSON; it may be the source itself. Or a file for all pictures: the data.yaml of a YOLO data set, a COCO .json, a
            table of captions (.csv, .tsv, .jsonl).
        classes: whether the folders below the source are classes, whose numbers are the labels of the pictures.
        joins: whether the spec joins samples.

    Raises:
        FileError: a folder or a file for all pictures cannot be read, or says something that cannot be.
        SpecError: the spec has no target for what is there.
    """

    def __init__(
        self, source: Path | Iterable[Path], targets: Mapping[str, Target], *, masks: Path | None = None,
        labels: Path | None = None, classes: bool = False, joins: bool = False,
    ):  # fmt: skip
        self.targets = dict(targets) or DEFAULT_TARGETS
        if not any(target.kind == "image" for target in self.targets.values()):
            fix = "add {image: image} to targets; texts alone are augmented in Python, by augment.compile"
            raise SpecError(f"files are pictures, and targets declares none ({', '.join(self.targets)}): {fix}")
        self.image_name = only(self.targets, "image", "a file is one image")
        self.mask_name = only(self.targets, "mask", "a file is one mask") if masks else ""
        self.others: Counter[str] = Counter()
        """Files of the folder that are no pictures, by suffix."""
        outside = {folder.resolve() for folder in (masks, labels) if folder}
        if isinstance(source, Path):
            outside -= {source.resolve()}
        found = dict(sorted(self._found(source, outside).items()))
        mask_of = find_masks(masks, found) if masks else {}
        found = {key: found[key] for key in (mask_of if masks else found)}
        own = {self.image_name} | ({self.mask_name} if masks else set())
        self.form: Form | None = form_of(source, labels, classes, self.targets, own, joins)
        label_of = self.form.bind(found) if self.form else {}
        self.items = [Item(key, path, mask_of.get(key), label_of.get(key)) for key, path in found.items()]

    @property
    def names(self) -> list[str]:
        """The name of each sample: the path of its picture below the folder."""
        return [f"{item.key}{item.image.suffix}" for item in self.items]

    def __len__(self) -> int:
        return len(self.items)

    @overload
    def __getitem__(self, at: int) -> dict[str, Any]: ...
    @overload
    def __getitem__(self, at: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, at: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        """Read a sample; raises `FileError`."""
        if isinstance(at, slice):
            return [self[i] for i in range(*at.indices(len(self)))]
        item = self.items[at]
        image = read_image(item.image)
        sample: dict[str, Any] = {self.image_name: image}
        if item.mask:
            mask = read_mask(item.mask)[0]
            if mask.shape[:2] != image.shape[:2]:
                mine, whole = (" x ".join(map(str, array.shape[:2])) for array in (mask, image))
                raise FileError(f"{item.mask}: the mask is {mine}, and its picture {item.image} is {whole} (height x width)")
            sample[self.mask_name] = mask
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
        carry_over(changed, places_of(pipeline))
        return changed

    def _found(self, source: Path | Iterable[Path], outside: set[Path]) -> dict[str, Path]:
        found: dict[str, Path] = {}
        for key, path, named in _files(source, outside):
            if path.suffix.lower() not in IMAGES:
                if named:
                    raise FileError(f"{path}: is not read as a picture; {', '.join(sorted(IMAGES))} are")
                self.others[path.suffix.lower() or path.name] += 1
            elif key in found:
                raise FileError(f"{path}: has the name of {found[key].name}, and their results would too; rename one")
            else:
                found[key] = path
        return found


def _files(source: Path | Iterable[Path], outside: set[Path]) -> Iterator[tuple[str, Path, bool]]:
    """Yield key and path of each file, and whether it was named itself."""
    for path in [source] if isinstance(source, Path) else source:
        if path.is_dir():
            yield from ((key_of(file, path), file, False) for file in files_below(path, outside))
        else:
            yield path.stem, path, True


__all__ = ["Folder", "Item"]
