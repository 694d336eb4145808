"""A compiled spec as a `torchvision.transforms.v2.Transform`: on samples of any form, on batches, keyed or not."""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import torch
import torchvision
from torch.utils.data import default_collate
from torchvision.transforms import v2

import augment
from augment.backend import Options
from augment.engine.affected_texts import refuse_texts
from augment.engine.checks import check_mixed_labels
from augment.engine.host import Executor
from augment.engine.undeclared import Changes
from augment.errors import SampleError
from augment.kernels.host import host_kernels
from augment.keyed import Opened
from augment.language import dumps, loads
from augment.partners import Donors, collate_drawn
from augment.plugins import editor_of
from augment.program.block import Block
from augment.program.lower import Program, lower
from augment.random import check_key, keyed_index
from augment.sample import in_braces
from augment_torchvision.batches import run_one, run_pixels
from augment_torchvision.checks import check_tensor
from augment_torchvision.datasets import Over
from augment_torchvision.loop import run_samples, runs_on_host
from augment_torchvision.reading import Reading
from augment_torchvision.remainder import Known
from augment_torchvision.samples import read
from augment_torchvision.stacks import rasters
from augment_torchvision.values import mask_as, of_class, own, refuse_placed

ALONE = "the spec needs partners, and was given one sample: use .over(dataset), or .collate on a batch (docs/mixing.md)"


def host(program: Program, options: Options) -> Executor:
    """Return what runs a program on one sample of the host."""
    return Executor(program, host_kernels(), editor_of(program, options.text), planar=True)


def coming_words(count: int) -> Iterable[tuple[int, int]]:
    """The next words that torch's generator gives to single samples, if nobody else draws; it stays where it is."""
    generator = torch.Generator()
    generator.set_state(torch.get_rng_state())
    words = torch.randint(-(2**31), 2**31, (count, 2), generator=generator) % 2**32
    return [(first, second) for first, second in words.tolist()]


class SpecTransform(Opened, v2.Transform):
    """``t(sample)`` draws anew each time, by torch's generator; ``t.at(index, epoch)(sample)`` and ``t.over(dataset)`` are keyed.

    A sample is an image, or any nesting of tuples, lists and dicts around one. A batch (N, C, H, W) gets draws per sample. With a
    ``mask_dtype`` ("int64", "float32") masks come out as tensors of that type, as losses take them.
    """

    backend_name = "torchvision"

    def __init__(self, program: Program, options: Options, mask_dtype: str | None = None):
        super().__init__()
        self.options, self.text_backend, self.mask_dtype = options, options.text, mask_dtype
        self.versions = {"augment": augment.__version__, "torch": torch.__version__, "torchvision": torchvision.__version__}
        self._programs = {program.stage: program}
        self._stage = program.stage
        self._executors: dict[Any, Executor] = {}
        self._changes: dict[str, Changes] = {}
        self._known: Known = {}

    @property
    def program(self) -> Program:  # type: ignore[override]
        """The program that runs: that of the stage it was compiled for, or of inference after ``.eval()``."""
        stage = self._stage if self.training else "eval"
        if stage not in self._programs:
            known = self._programs[self._stage]
            part = known.tail is not None
            self._programs[stage] = lower(known.pipeline, stage=stage, seed=known.seed, fuse=known.fused, part=part)
        return self._programs[stage]

    # Calls -----------------------------------------------------------------------------------------------------------

    def forward(self, *inputs: Any, **entries: Any) -> Any:
        if entries:
            raise SampleError(f"a call takes a sample as it is: an image, a mapping, or parts in their order{in_braces(entries)}")
        return self._run(inputs, None, 0)

    def at(
        self, index: int | Sequence[int] | None = None, epoch: int | Sequence[int] = 0, *, key: str | Sequence[str] | None = None
    ) -> Keyed:  # fmt: skip
        """Return the transform of one sample, drawn by its index, or by its name, ``key``; on a batch, of the samples ``index``
        or ``key``, or from ``index`` on."""
        index = keyed_index(index, key)
        check_key(index, epoch)
        return Keyed(self, index, epoch)

    def _run(self, inputs: tuple[Any, ...], index: Any, epoch: Any) -> Any:
        program = self.program
        reading = self._read(inputs[0] if len(inputs) == 1 else inputs)
        if reading.batched:
            return self._batch(reading, self._values(len(reading.image), index, epoch))
        if program.partnered:
            raise SampleError(ALONE)
        values = self._values(None, index, epoch)
        if reading.on_torch:
            return self._on_device(reading, values)
        return self._write(reading, self._executor(reading)(reading.arrays(), values))

    def _read(self, sample: Any) -> Reading:
        program = self.program
        reading = read(sample, program, self._known)
        check_mixed_labels(program, {**reading.targets, **reading.rows})
        for name, leaf in reading.rows.items():
            check_tensor(name, leaf.value, "rows")
        for name, target in reading.targets.items():
            check_tensor(name, reading.places[name].value, target.kind)
            if target.kind in ("image", "mask"):
                refuse_placed(name, reading.places[name].value, program)
        if reading.words:
            if program.stage not in self._changes:
                self._changes[program.stage] = Changes.of(program)
            changes = self._changes[program.stage]
            for where, texts, key in reading.words:
                changes.refuse(where, texts, key)
        return reading

    def _write(self, reading: Reading, out: Any) -> Any:
        return reading.write(out, self.options.output is not None, self.mask_dtype)

    def _executor(self, reading: Reading) -> Executor:
        """What runs samples with these targets; found out once."""
        targets = reading.effective()
        key = self.program.stage, *targets.items()
        if key not in self._executors:
            pipeline = self.program.pipeline.model_copy(update={"targets": targets})
            self._executors[key] = host(replace(self.program, pipeline=pipeline), self.options)
        return self._executors[key]

    def _values(self, count: int | None, index: Any, epoch: Any) -> Any:
        """The drawn values of one sample, or of ``count``: by key, or from torch's global generator."""
        program, shape = self.program, () if count is None else (count,)
        if count is None and type(index) is int:
            return program.values(index, epoch)
        if index is not None:
            index = np.asarray(index)
            if index.ndim == 0 and count is not None:
                index = index + np.arange(count)
            if index.shape != shape:
                has = "one sample" if count is None else f"a batch of {count}"
                raise SampleError(f"at: {index.size} indices for {has}")
            return program.values(index, np.broadcast_to(np.asarray(epoch), shape))
        if not program.plan.slots:  # nothing is drawn, and torch's generator stays as it is
            return program.plan.draw((np.zeros(shape, np.uint32), np.zeros(shape, np.uint32)))
        words = torch.randint(-(2**31), 2**31, (*shape, 2))
        if count is None:
            first, second = words.tolist()
            return program.values_of((first % 2**32, second % 2**32), coming_words)
        words = words.numpy().astype(np.uint32)
        return program.plan.draw((words[..., 0], words[..., 1]))

    # Batches and devices ---------------------------------------------------------------------------------------------

    def _batch(self, reading: Reading, values: Any) -> Any:
        refuse_texts(self.program, reading.targets)
        images, masks, labels = rasters(reading)
        count = len(reading.image)
        for name, raster in {**images, **masks, **labels}.items():
            if len(raster) != count:
                raise SampleError(f"{name} is a batch of {len(raster)}, but the images of {count}")
        fills = {name: reading.targets[name].fill for name in masks}
        if not self.program.partnered and runs_on_host({**images, **masks}):
            images, masks, labels = run_samples(self._executor(reading), values, images, masks, fills, labels)
        else:
            batch = run_pixels(self.program, values, images, masks, fills, labels)
            images, masks, labels = batch.images, batch.masks, batch.labels
        leaves = reading.apart()
        for name, raster in {**images, **masks, **labels}.items():
            like = reading.places[name].value
            out = raster[:, 0] if raster.ndim > like.ndim and name in masks else raster
            out = of_class(own(out, like), like)
            leaves[reading.places[name].at] = mask_as(name, out, self.mask_dtype) if name in masks else out
        return reading.put(leaves)

    def _on_device(self, reading: Reading, values: Any) -> Any:
        """One sample whose pixels stay where they are, and keep their gradients."""
        rasters: dict[str, dict[str, Any]] = {"image": {}, "mask": {}}
        targets = reading.effective()
        for name, target in targets.items():
            if target.kind in rasters:
                value = reading.places[name].value
                if not isinstance(value, torch.Tensor):
                    why = "tensors of another device, or that require a gradient, are"
                    raise SampleError(f"{name}: is an {type(value).__name__}, and {why} beside tensors only; give it as one")
                value = value.as_subclass(torch.Tensor)
                rasters[target.kind][name] = value[None] if value.ndim == 3 else value[None, None]
        program, rest = self._executor(reading).program, reading.arrays(pixels=False)
        editor = self._executor(reading).editor
        return self._write(reading, run_one(program, rest, targets, values, rasters["image"], rasters["mask"], editor))

    # Datasets --------------------------------------------------------------------------------------------------------

    def over(self, dataset: Any) -> Over:
        """Return a dataset, augmented by key; mix partners are from the dataset."""
        return Over(self, dataset)

    def keyed(self, dataset: Any, index: int, epoch: int) -> Any:
        """Return item ``index`` of a dataset, augmented."""
        if not self.program.partnered:
            return self._run((dataset[index],), index, epoch)
        reading = self._read(dataset[index])
        executor = self._executor(reading)
        donors = Donors(executor, _Arrays(self, dataset), epoch)
        return self._write(reading, executor(reading.arrays(), self._values(None, index, epoch), donors.of(index)))

    def collate(self, samples: list[Any], indices: Any = None, epoch: int = 0) -> Any:
        """Augment a list of samples whose mix partners are each other, and make a batch of them: a ``collate_fn``.

        Boxes, keypoints and what goes with them become lists, everything else is stacked.
        """
        readings = [self._read(sample) for sample in samples]
        first = readings[0]
        if any(r.spec != first.spec or r.targets.keys() != first.targets.keys() for r in readings):
            raise SampleError("collate: the samples have different entries")
        drawn = self._values(len(samples), None if indices is None else list(indices), epoch)
        outs = collate_drawn(self._executor(first), [reading.arrays() for reading in readings], Block(drawn, len(samples)).rows())
        leaves = [reading.fill(out, True, self.mask_dtype) for reading, out in zip(readings, outs, strict=True)]
        ragged = {at for reading in readings for at in reading.ragged()}
        stacked = [_stack(column, at in ragged) for at, column in enumerate(zip(*leaves, strict=True))]
        return first.put(stacked)

    # What it shows of itself -----------------------------------------------------------------------------------------

    def fresh(self) -> int:
        return int(torch.randint(2**62, ())) if self.draws else 0

    def __reduce__(self) -> Any:
        program = self._programs[self._stage]
        how = {"stage": program.stage, "seed": program.seed, "fuse": program.fused, "part": program.tail is not None}
        return _load, (dumps(program.pipeline, format="json"), how, self.options, self.training, self.mask_dtype, self.versions)


def _load(
    spec: str, how: dict[str, Any], options: Options, training: bool, mask_dtype: str | None, versions: dict[str, str]
) -> SpecTransform:
    if versions["augment"] != augment.__version__:
        text = f"the transform was saved by augment {versions['augment']}, and this is {augment.__version__}"
        warnings.warn(text, stacklevel=3)
    return SpecTransform(lower(loads(spec), **how), options, mask_dtype).train(training)


@dataclass(frozen=True)
class Keyed:
    """A transform under given keys."""

    transform: SpecTransform
    index: Any
    epoch: Any

    def __call__(self, *inputs: Any) -> Any:
        return self.transform._run(inputs, self.index, self.epoch)


class _Arrays(Sequence):
    """The samples of a dataset as the executor reads them."""

    def __init__(self, transform: SpecTransform, dataset: Any):
        self.transform, self.dataset = transform, dataset

    def __len__(self) -> int:
        return len(self.dataset)

    def __getitem__(self, index: Any) -> Any:
        return self.transform._read(self.dataset[index]).arrays()


def _stack(column: tuple[Any, ...], ragged: bool) -> Any:
    first = column[0]
    if ragged or not isinstance(first, torch.Tensor | np.ndarray | np.number | int | float | str):
        return list(column)
    return default_collate(list(column))
