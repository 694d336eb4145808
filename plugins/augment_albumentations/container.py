"""A compiled spec as an `albumentations.Compose`: it is called, nested, saved and loaded as one."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from functools import cached_property
from typing import Any

import numpy as np

os.environ.setdefault("NO_ALBUMENTATIONS_UPDATE", "1")  # its import asks the network for a newer version

import albumentations as A
from albumentations.core.composition import AVAILABLE_KEYS

from augment.backend import Output, Precision
from augment.engine.host import Executor
from augment.engine.rows import check_listed
from augment.errors import SampleError, SpecError
from augment.keyed import Opened, Over
from augment.language import as_pipeline, dumps
from augment.partners import Donors, collate_samples
from augment.program.lower import Program, lower
from augment.random import keyed_index
from augment.sample import DEFAULT_TARGETS, Target
from augment_albumentations.around import Around, around, needs_boxes
from augment_albumentations.items import Items
from augment_albumentations.kernels import executor
from augment_albumentations.params import box_params, boxes_as, keypoint_params, keypoints_as
from augment_albumentations.randomness import Source
from augment_albumentations.samples import KINDS, MANY, REFUSED, Reading, reading
from augment_albumentations.tensors import tensors
from augment_albumentations.whole import whole


class SpecCompose(Opened, A.Compose):
    """``t(image=..., mask=..., bboxes=...)`` draws anew each time; ``t.at(index, epoch)(...)`` and ``t.over(dataset)`` are keyed.

    Args:
        spec: a path, a mapping, a `Pipeline`, or a lowered program.
        stage, seed, precision, output, fuse: as in `augment.compile`.
        text: the backend that edits texts.
        bbox_params: format and label fields of ``bboxes``, where the spec declares no targets.
        keypoint_params: label fields of ``keypoints``, and whether those that leave the image stay.
        additional_targets: further names, as of `albumentations.Compose`.
        p: the probability of an unkeyed call, and the weight in `albumentations.OneOf`.
        index: of the draws that `albumentations.ReplayCompose` replays.
    """

    backend_name = "albumentations"

    def __init__(
        self,
        spec: Any,
        *,
        stage: str = "train",
        seed: int | None = None,
        precision: Precision = "auto",
        output: Output = None,
        fuse: bool = True,
        text: str = "builtin",
        bbox_params: Any = None,
        keypoint_params: Any = None,
        additional_targets: dict[str, str] | None = None,
        p: float = 1.0,
        index: int | None = None,
    ):
        if not isinstance(spec, Program):
            spec = lower(as_pipeline(spec), stage=stage, seed=seed, fuse=fuse, part=output == "uint8")
        if output not in (None, "torch", "uint8"):
            raise SpecError(f"output is None, 'torch' or 'uint8', not {output!r}")
        self.program, self.precision, self.output, self.text_backend, self.index = spec, precision, output, text, index
        self._targets: dict[str, Target] = dict(spec.pipeline.targets) or dict(DEFAULT_TARGETS)
        self._fractions = boxes_as(bbox_params, self._targets, spec.pipeline)
        keypoints_as(keypoint_params, self._targets, spec.pipeline)
        self._readings: dict[Any, tuple[Reading, Executor]] = {}
        self._source = Source()
        self._save_key: str | None = None
        self._last: int | None = None
        super().__init__([], *self._own_params(), additional_targets, p)
        self._set_keys()
        self.transforms = [whole(self)]

    def _own_params(self) -> tuple[A.BboxParams | None, A.KeypointParams | None]:
        return box_params(self._targets, self._fractions), keypoint_params(self._targets)

    # Calls -----------------------------------------------------------------------------------------------------------

    def __call__(self, *args: Any, force_apply: bool = False, **data: Any) -> dict[str, Any]:
        refuse_positional(args)
        if self.replay_mode:
            return self._apply(data, self.program.values(self.index)) if self.applied_in_replay else data
        if not (force_apply or self.p >= 1 or self._source.coin(self.p)):
            return data
        index = self._source.index()
        if self._save_key is not None:
            self._last = index
            data[self._save_key][id(self)] = {"index": index}
        if "applied_transforms" in data:
            self.params = {"index": index}
        # what else draws from the generator would make the guess wrong each time: coins, and an outer composition
        alone = self.p >= 1 and self.main_compose
        return self._apply(data, self.program.values(index, coming=self._source.coming if alone else None))

    def _apply(self, data: Mapping[str, Any], values: Any) -> dict[str, Any]:
        if self.program.partnered:
            raise SampleError(
                "the spec needs partners, and was given one sample: use .over(dataset), or .collate on a batch (docs/mixing.md)"
            )
        way, run = self.reading(data)
        return self.leave(way, run(way.read(data), values), data)

    def reading(self, data: Mapping[str, Any]) -> tuple[Reading, Executor]:
        """Return what the keys of a call are, and what runs it; found out once for calls with the same keys."""
        outer = None if self.main_compose else around(self.processors, self.spec.targets, self._targets, self._declared, data)
        left = outer.left if outer else ()
        keys = tuple([key for key, value in data.items() if value is not None and key not in left])
        if len(keys) < len(data):  # as in Albumentations, None is not there; but without rows there is an empty list
            for key in (key for key, value in data.items() if value is None and key not in left):
                if key == "bboxes" or (key in self._targets and self._targets[key].kind in ("boxes", "keypoints")):
                    check_listed(key, None)
        found = keys, outer
        if found not in self._readings:
            if outer:
                needs_boxes(self.processors, self.spec.targets, self.transforms)
            scaled, keep, left, handed = outer or Around(self._scaled())
            targets = {key: Target(kind=KINDS[key]) for key in handed} | self._targets
            way = reading(self.program, targets, keys, scaled, keep, left)
            self._readings[found] = way, executor(way.program, self.text_backend, self.output == "torch")
        return self._readings[found]

    def _scaled(self) -> frozenset[str]:
        """Boxes that come as fractions where nothing stands around: those that ``bbox_params`` asks for."""
        further = (name for name, like in self._additional_targets.items() if like == "bboxes")
        return frozenset({"bboxes", *self._fractions, *further} if self._fractions else ())

    @cached_property
    def _declared(self) -> frozenset[str]:
        """What the spec's own targets, the options, or Albumentations itself give a meaning."""
        named = {*self.spec.targets, *self._additional_targets, *KINDS, MANY, "boxes"}
        return frozenset(named.union(*(target.carry for target in self.spec.targets.values())))

    def leave(self, way: Reading, out: Mapping[str, Any], data: Mapping[str, Any]) -> dict[str, Any]:
        """Return the entries of a call after the program ran."""
        result = way.write(out, data)
        if self.output == "uint8":
            for key in way.names:
                if way.kinds[key] == "image" and result[key].ndim == 2:
                    result[key] = result[key][..., None]  # the tail asks for channels
        if self.output == "torch":
            for key in way.names:
                if way.kinds[key] in ("image", "mask"):
                    result[key] = tensors(result[key], MANY if key == MANY else way.kinds[key])
        return result

    def with_values(self, values: Any) -> Any:
        """Return the transform with given drawn values."""

        def drawn(*args: Any, **data: Any) -> dict[str, Any]:
            refuse_positional(args)
            return self._apply(data, values)

        return drawn

    # Keyed use -------------------------------------------------------------------------------------------------------

    def at(self, index: int | None = None, epoch: int = 0, *, key: str | None = None) -> Any:
        """Return the transform of one sample, drawn by its index, or by its name, ``key``: ``t.at(5)(image=image)``."""
        index = keyed_index(index, key)
        self._needs_no_coin()
        return self.with_values(self.program.values(index, epoch))

    def over(self, dataset: Any) -> Over:
        """Return a dataset of dicts, (image, label) pairs or images, augmented by key; mix partners are from the dataset."""
        self._needs_no_coin()
        return Over(self, dataset)

    def keyed(self, dataset: Any, index: int, epoch: int) -> Any:
        """Return item ``index`` of a dataset, augmented."""
        items = Items(self, dataset)
        item = dataset[index]
        way, run = self.reading(items.data(item))
        donors = Donors(run, items, epoch)
        return items.write(way, run(items.read(item), self.program.values(index, epoch), donors.of(index)), item)

    def collate(self, samples: list[Any], indices: Any = None, epoch: int = 0) -> list[Any]:
        """Augment a list of samples whose mix partners are each other, drawn anew, or by the keys of ``indices``."""
        self._needs_no_coin()
        if indices is None:
            indices = [self._source.index() for _ in samples]
        items = Items(self, samples)
        ways = [self.reading(items.data(item)) for item in samples]
        if len({id(run) for _, run in ways}) > 1:
            raise SampleError("collate: the samples have different entries")
        outs = collate_samples(ways[0][1], list(items), indices, epoch) if ways else []
        return [items.write(way, out, item) for (way, _), out, item in zip(ways, outs, samples, strict=True)]

    def _needs_no_coin(self) -> None:
        if self.p < 1:
            fix = "write sequence: {p: ..., ops: [...]} in the spec"
            raise SpecError(f"p of the composition is for unkeyed calls; for keyed ones {fix}")

    # Randomness ------------------------------------------------------------------------------------------------------

    def fresh(self) -> int:
        return self._source.index() >> 1

    def set_random_seed(self, seed: int | None) -> None:
        """Seed the unkeyed draws, as `albumentations.Compose(seed=...)` does for what it holds; the spec's seed is for keys."""
        super().set_random_seed(seed)
        self._source.use(self.random_generator, seeded=seed is not None)

    def set_random_state(self, random_generator: np.random.Generator, py_random: Any) -> None:
        super().set_random_state(random_generator, py_random)
        self._source.use(random_generator, seeded=True)

    # What Albumentations asks of what it holds -------------------------------------------------------------------------

    def _set_keys(self) -> None:
        carried = (name for target in self._targets.values() for name in target.carry)
        self._available_keys = ({*AVAILABLE_KEYS} - {*REFUSED}).union(self._targets, self._additional_targets, carried)

    def add_targets(self, additional_targets: dict[str, str] | None) -> None:
        for name, like in (additional_targets or {}).items():
            if like not in KINDS:
                raise SpecError(f"additional_targets: {name!r} cannot be {like!r}, only {', '.join(KINDS)}")
            of_kind = next((t for t in self._targets.values() if t.kind == KINDS[like]), Target(kind=KINDS[like]))
            # label fields stand beside the first boxes, whose rows they have
            self._targets.setdefault(name, of_kind.model_copy(update={"carry": ()}))
        self._readings = {}
        self.__dict__.pop("_declared", None)
        super().add_targets(additional_targets)

    @property
    def targets_as_params(self) -> list[str]:
        """The entries that draws depend on: none, as they are made from the key alone."""
        return []

    def set_mask_interpolation(self, mask_interpolation: int | None) -> None:
        if mask_interpolation:  # 0 is cv2.INTER_NEAREST
            raise SpecError("mask_interpolation: masks are always nearest; declare one that shall be interpolated as an image")
        self.mask_interpolation = mask_interpolation

    def set_deterministic(self, flag: bool, save_key: str = "replay") -> None:
        self._save_key = save_key if flag else None

    def _arguments(self) -> dict[str, Any]:
        """The arguments that make this composition again, as JSON data."""
        program = self.program
        boxes, points = self._own_params()
        return {
            "spec": json.loads(dumps(program.pipeline, format="json")), "stage": program.stage, "seed": program.seed,
            "precision": self.precision, "output": self.output, "text": self.text_backend, "fuse": program.fused, "p": self.p,
            "bbox_params": None if program.pipeline.targets or boxes is None else boxes.to_dict_private(),
            "keypoint_params": None if program.pipeline.targets or points is None else points.to_dict_private(),
            "additional_targets": dict(self._additional_targets),
        }  # fmt: skip

    def to_dict_private(self) -> dict[str, Any]:
        return {"__class_fullname__": self.get_class_fullname(), **self._arguments()}

    def get_dict_with_id(self) -> dict[str, Any]:
        return {**self.to_dict_private(), "index": self._last, "id": id(self), "params": None}

    def __getstate__(self) -> dict[str, Any]:
        left_out = ("program", "_readings", "transforms")
        return {k: v for k, v in self.__dict__.items() if k not in left_out} | {"arguments": self._arguments()}

    def __setstate__(self, state: dict[str, Any]) -> None:
        arguments = state.pop("arguments")
        self.__dict__.update(state)
        self._readings = {}
        spec, stage, seed, fuse = (arguments[name] for name in ("spec", "stage", "seed", "fuse"))
        self.program = lower(as_pipeline(spec), stage=stage, seed=seed, fuse=fuse, part=self.output == "uint8")
        self.transforms = [whole(self)]

    def indented_repr(self, indent: int = 2) -> str:
        """How it looks inside the repr of another composition."""
        return self.describe().replace("\n", "\n" + " " * indent)


def refuse_positional(args: tuple[Any, ...]) -> None:
    """Raise `SampleError` on what was not given by name, as `albumentations.Compose` does."""
    if args:
        raise SampleError("pass the entries of a sample by name: t(image=image), or t(**sample)")


__all__ = ["SpecCompose"]
