"""A torchvision sample whose targets were found: as arrays for the executor, and with the results in their places."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import numpy as np
import PIL.Image
import torch
from torch.utils._pytree import MappingKey, TreeSpec, tree_unflatten
from torchvision import tv_tensors

from augment.engine.leaving import apart
from augment.sample import TEXTS, Kind, Target
from augment_torchvision import values as forms

TYPES: dict[type, Kind] = {
    tv_tensors.Image: "image", tv_tensors.Mask: "mask", tv_tensors.BoundingBoxes: "boxes", tv_tensors.KeyPoints: "keypoints",
}  # fmt: skip
ROWS = "rows of {}"


@dataclass(frozen=True)
class Leaf:
    """An entry of a sample, at a position of the flat list."""

    at: int
    path: tuple[Any, ...]
    value: Any

    @property
    def key(self) -> str | None:
        last = self.path[-1] if self.path else None
        return last.key if isinstance(last, MappingKey) and isinstance(last.key, str) else None

    @property
    def where(self) -> str:
        return "".join(str(step) for step in self.path) or "the sample"

    @property
    def by_place(self) -> bool:
        """Whether no key on the way says what it is."""
        return not any(isinstance(step, MappingKey) for step in self.path)

    @property
    def kind(self) -> Kind | None:
        """What its type says that it is."""
        return next((kind for cls, kind in TYPES.items() if isinstance(self.value, cls)), None)

    @property
    def rank(self) -> int:
        """Number of axes; 0 for what is no array."""
        return 2 if isinstance(self.value, PIL.Image.Image) else getattr(self.value, "ndim", 0)

    @property
    def rows(self) -> bool:
        """Whether it is a list of rows."""
        row = list | tuple | torch.Tensor | np.ndarray
        return isinstance(self.value, list | tuple) and any(isinstance(e, row) for e in self.value)

    @property
    def many(self) -> bool:
        """Whether it is several numbers."""
        return isinstance(self.value, list | tuple) or getattr(self.value, "ndim", 0) > 0


@dataclass
class Reading:
    """A sample with its targets found."""

    leaves: list[Any]
    spec: TreeSpec | None
    """None for a bare image."""
    targets: dict[str, Target] = field(default_factory=dict)
    places: dict[str, Leaf] = field(default_factory=dict)
    """Where each target stands."""
    rows: dict[str, Leaf] = field(default_factory=dict)
    """What is carried by boxes or keypoints."""
    layers: dict[str, str] = field(default_factory=dict)
    """Targets whose layers or groups belong to boxes: instance masks and grouped keypoints -> the boxes."""
    words: list[tuple[str, list[str], str]] = field(default_factory=list)
    """Texts beside the image of which nothing says what they are: where, the texts, and the name of their entry if it has one."""

    @property
    def image(self) -> Any:
        return next((self.places[name].value for name, t in self.targets.items() if t.kind == "image"), None)

    @property
    def batched(self) -> bool:
        return isinstance(self.image, torch.Tensor) and self.image.ndim > 3

    @property
    def on_torch(self) -> bool:
        """Whether it runs on torch's kernels: its pixels lie on another device than the host, or a gradient goes through them."""
        for name, target in self.targets.items():
            raster = self.places[name].value
            pixels = target.kind in ("image", "mask") and isinstance(raster, torch.Tensor)
            if pixels and (not raster.is_cpu or (raster.requires_grad and torch.is_grad_enabled())):
                return True
        return False

    def arrays(self, pixels: bool = True) -> dict[str, Any]:
        """The sample as the executor reads it: rasters as (H, W, C) arrays, if asked for, and rows as arrays or lists."""
        out: dict[str, Any] = {}
        for name, target in self.targets.items():
            raw, kind = self.places[name].value, target.kind
            if kind in ("image", "mask"):
                if pixels and (name not in self.layers or len(raw)):
                    out[name] = forms.raster(name, raw, kind)
            elif kind == "keypoints":
                out[name] = forms.flat_rows(name, raw)
            else:
                out[name] = forms.rows(name, raw)
        for name, leaf in self.rows.items():
            out[name] = forms.rows(name, leaf.value)
        for boxes in self._boxes():
            out[ROWS.format(boxes)] = np.arange(len(out[boxes]))
        return out

    def effective(self) -> dict[str, Target]:
        """The targets as the executor needs them: boxes also carry their numbers."""
        out = dict(self.targets)
        for name in out:
            if name in self.layers and not len(self.places[name].value):
                out[name] = Target(kind="labels")  # no instances: nothing to move
        for boxes in self._boxes():
            out[boxes] = carrying(out[boxes], (*out[boxes].carry, ROWS.format(boxes)))
        return out

    def write(self, out: Mapping[str, Any], tensors: bool = False, masks: str | None = None) -> Any:
        """Put results in the place, type and layout of what came in.

        ``tensors``: images and masks become tensors; ``masks``: these become tensors of that type.
        """
        return self.put(self.fill(out, tensors, masks))

    def put(self, leaves: list[Any]) -> Any:
        """The sample with other leaves."""
        return leaves[0] if self.spec is None else tree_unflatten(leaves, self.spec)

    def fill(self, out: Mapping[str, Any], tensors: bool = False, masks: str | None = None) -> list[Any]:
        """The leaves of the sample with results in their places."""
        image = next(name for name, t in self.targets.items() if t.kind == "image")
        size = forms.size(out[image])
        leaves = self.apart()
        for name, target in self.targets.items():
            like = self.places[name].value
            if target.kind in ("image", "mask"):
                result = out.get(name)
                if name in self.layers:
                    result = forms.layers(result, out[ROWS.format(self.layers[name])], like, size)
                typed = masks if target.kind == "mask" else None
                raster = forms.raster_like(result, like, target.kind, tensors or typed is not None)
                leaves[self.places[name].at] = forms.mask_as(name, raster, typed)
            elif target.kind == "labels" or target.kind in TEXTS:
                leaves[self.places[name].at] = forms.rows_like(out[name], like)
            else:
                keep = out[ROWS.format(self.layers[name])] if name in self.layers else None
                leaves[self.places[name].at] = forms.points_like(out[name], like, size, keep)
        for name, leaf in self.rows.items():
            leaves[leaf.at] = forms.rows_like(out[name], leaf.value)
        return leaves

    def apart(self) -> list[Any]:
        """The leaves, of which no tensor, array or list that gets no new value shares its memory with the sample."""
        new = {place.at for place in (*self.places.values(), *self.rows.values())}
        rows = torch.Tensor | np.ndarray | list
        return [apart(leaf) if isinstance(leaf, rows) and i not in new else leaf for i, leaf in enumerate(self.leaves)]

    def ragged(self) -> set[int]:
        """Positions whose length varies from sample to sample."""
        names = [name for name, t in self.targets.items() if t.kind in ("boxes", "keypoints") or name in self.layers]
        return {self.places[name].at for name in names} | {leaf.at for leaf in self.rows.values()}

    def _boxes(self) -> list[str]:
        return [name for name, t in self.targets.items() if t.kind == "boxes"]


@lru_cache(maxsize=256)
def carrying(target: Target, carry: tuple[str, ...]) -> Target:
    return target.carrying(carry)
