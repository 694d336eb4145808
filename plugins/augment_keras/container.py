"""A compiled spec as a Keras layer."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property
from typing import Any

import keras
import numpy as np

from augment.engine.affected_texts import refuse_texts
from augment.errors import SampleError
from augment.keyed import Opened, Over
from augment.language import dumps, loads
from augment.partners import Donors
from augment.program.lower import Program, lower
from augment.random import keyed_index
from augment.sample import DEFAULT_TARGETS, Items, Samples
from augment_keras import ops
from augment_keras.arrival import arrived, images_of
from augment_keras.batches import Batches
from augment_keras.checks import check_labels, check_levels_of, check_rows, check_shapes, judged
from augment_keras.draws import STILL, Keys, check_known_key, fresh_keys, keys_of
from augment_keras.host import HostBatch, executor, is_foreign, mapped, unconverted
from augment_keras.jit import compiled, exporting, outside_graphs, tracing
from augment_keras.lone import is_lone, on_host, refuse_batches, word_keys
from augment_keras.randomness import Source
from augment_keras.running import Runner
from augment_keras.structure import Intake, Shaped, take_apart


@keras.saving.register_keras_serializable(package="augment", name="Augment")
class Augment(Opened, keras.layers.Layer):
    """Augments images, or mappings of images, labels, boxes, masks and keypoints, each sample with its own draws.

    Called alone, in ``tf.data`` and in ``fit`` it augments; ``training=False`` gives the inference form of every op.
    """

    backend_name = "keras"

    def __init__(
        self,
        spec: str,
        *,
        stage: str = "train",
        seed: int | None = None,
        fuse: bool = True,
        value_range: tuple[float, float] = (0, 255),
        data_format: str | None = None,
        jit_compile: bool | None = None,
        text: str = "builtin",
        **kwargs: Any,
    ):
        pipeline = loads(spec)
        kwargs.setdefault("name", pipeline.name and pipeline.name.replace("/", "_"))  # Keras takes a / for a path
        super().__init__(**{"autocast": False, "trainable": False, **kwargs})
        self.built = True
        self.stage, self.value_range, self.jit_compile, self.text_backend = stage, tuple(value_range), jit_compile, text
        self.data_format = keras.config.image_data_format() if data_format is None else data_format
        self._saved = {"spec": spec, "stage": stage, "seed": seed, "fuse": fuse}
        self._programs: dict[str, Program] = {}
        self.program = self._lowered(stage)
        self.seed_generator = Source()
        self._looked = self._told = False

    @classmethod
    def of(cls, program: Program, **options: Any) -> Augment:
        """Return the layer of a lowered program."""
        spec = dumps(program.pipeline, format="json")
        return cls(spec, stage=program.stage, seed=program.seed, fuse=program.fused, **options)

    def get_config(self) -> dict[str, Any]:
        shape = {"value_range": self.value_range, "data_format": self.data_format, "jit_compile": self.jit_compile}
        return {**super().get_config(), **self._saved, **shape, "text": self.text_backend}

    def save_own_variables(self, store: Any) -> None:
        store["draws"] = self.seed_generator.saved()

    def load_own_variables(self, store: Any) -> None:
        if "draws" in store.keys():  # noqa: SIM118 (the stores of Keras are no mappings)
            self.seed_generator.load(np.asarray(store["draws"]))

    # Running ---------------------------------------------------------------------------------------------------------

    def _lowered(self, stage: str) -> Program:
        if stage not in self._programs:
            own = self._saved
            self._programs[stage] = lower(loads(own["spec"]), stage=stage, seed=own["seed"], fuse=own["fuse"])
        return self._programs[stage]

    def _runner(self, training: bool | None) -> Runner:
        training = not exporting() if training is None else bool(training)
        program = self._lowered("train" if training and self.stage == "train" else "eval")
        return Runner(program, *self.value_range, mixes=self._lowered("train").soft_labels)

    @cached_property
    def _training(self) -> Callable[..., Any]:
        return compiled(self._runner(True))

    @outside_graphs
    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        targets = dict(self.spec.targets) or DEFAULT_TARGETS
        inputs = arrived(inputs, args, targets)
        for images in images_of(inputs, targets):
            self._look(images, self.program)
        if is_foreign(inputs):
            return unconverted(self._on_host)(inputs, *args, **kwargs)
        return super().__call__(inputs, *args, **kwargs)

    def call(self, inputs: Any, training: bool | None = None, index: Any = None, epoch: Any = None) -> Any:
        return self.augmented(inputs, training, index, epoch, self.seed_generator.next)

    def augmented(self, inputs: Any, training: bool | None, index: Any, epoch: Any, words: Callable[[], Any]) -> Any:
        """Return what a call does; ``words`` are asked for by a call that draws without an index."""
        runner = self._runner(training)
        intake = self._taken(inputs, runner)
        check_labels(intake, runner)
        check_levels_of(intake, runner)
        images = self._images(intake, runner)
        check_rows(intake, runner)
        self._look(images, runner.program)
        if not intake.batched and is_lone(runner.program, images.shape[1:3]):
            return self._alone(inputs, runner, index, epoch, words)
        keys = self._keys(intake, images, index, epoch, words if runner.program.plan.slots else None)
        run = self._training if runner.program.stage == "train" and self._jits(intake, images) else runner
        return intake.restore(run(intake.entries, keys))

    def compute_output_spec(self, inputs: Any, training: bool | None = None, index: Any = None, epoch: Any = None) -> Any:
        runner = self._runner(training)
        intake = self._taken(keras.tree.map_structure(Shaped.of, inputs), runner)
        lone = not intake.batched and is_lone(runner.program, self._images(intake, runner).shape[1:3])
        if intake.batched:
            refuse_batches(runner.program)
        out = intake.restore(keras.tree.map_structure(Shaped.of, runner.outcome(intake.entries, lone)))
        return keras.tree.map_structure(lambda shaped: keras.KerasTensor(shaped.shape, shaped.dtype), out)

    def compute_output_shape(self, input_shape: Any) -> Any:
        """Return the shape of what comes out, a mapping of shapes for a mapping of shapes."""

        def tensor(shape: tuple[int | None, ...]) -> Any:
            # a number for each sample is a label, which mixing makes a row; no other type changes a shape
            return keras.KerasTensor(shape, "float32" if len(shape) > 1 else "int32")

        out = self.compute_output_spec(keras.tree.map_shape_structure(tensor, input_shape))
        return keras.tree.map_structure(lambda x: tuple(x.shape), out)

    def _on_host(self, inputs: Any, training: bool | None = None, index: Any = None, epoch: Any = None) -> Any:
        def run(arrays: Any) -> Any:
            return self.on_arrays(arrays, training, index, epoch, self.seed_generator.on_host)

        return mapped(run, inputs, self.compute_output_spec(inputs, training))

    def _alone(self, inputs: Any, runner: Runner, index: Any, epoch: Any, words: Callable[[], Any]) -> Any:
        training = runner.program.stage == "train"
        keyed = index is not None or (isinstance(inputs, Mapping) and inputs.get("index") is not None)
        given = {"inputs": inputs, "index": index, "epoch": epoch, "words": None if keyed else words()}

        def run(inputs: Any, index: Any = None, epoch: Any = None, words: Any = None) -> Any:
            return self.on_arrays(inputs, training, index, epoch, lambda count: word_keys(words, count))

        like = self.compute_output_spec(inputs, training)
        return on_host(run, {name: entry for name, entry in given.items() if entry is not None}, like)

    def on_arrays(self, arrays: Any, training: bool | None, index: Any, epoch: Any, fresh: Callable[[int], Any]) -> Any:
        """Return what a call does on the host; ``fresh(count)`` are the key words of one that draws without an index."""
        runner = self._runner(training)
        intake = self._taken(arrays, runner)
        check_labels(intake, runner)
        check_rows(intake, runner)
        self._look(self._images(intake, runner), runner.program)
        first = intake.index if index is None else index
        out = HostBatch(runner, fresh)(intake.entries, first, intake.epoch if epoch is None else epoch)
        return intake.restore(out)

    def _taken(self, inputs: Any, runner: Runner) -> Intake:
        intake = take_apart(inputs, runner.targets, bool(self.spec.targets), self.data_format == "channels_first")
        refuse_texts(runner.program, intake.inputs if isinstance(intake.inputs, Mapping) else ())
        if runner.program.partnered and not intake.batched:
            raise SampleError("the spec needs partners, and one image was given: call the layer on batches")
        check_shapes(intake, runner)
        if not runner.mixes:
            intake.pass_labels()
        return intake

    def _look(self, images: Any, program: Program) -> None:
        """Warn, once, where images seem to be of another range. All arrays are looked at, and of tensors the first floats, as an
        engine has to wait for it; a graph cannot look."""
        if self._told or (self._looked and not isinstance(images, np.ndarray)) or program.full_scale is not None:
            return
        found = judged(images, *self.value_range)
        self._told, self._looked = bool(found), self._looked or found is not None

    @staticmethod
    def _images(intake: Intake, runner: Runner) -> Any:
        return next(entry for name, entry in intake.entries.items() if runner.targets[name].kind == "image")

    def _jits(self, intake: Intake, images: Any) -> bool:
        if self.jit_compile is not None:
            return self.jit_compile
        # photographs of many sizes, one by one, would each be compiled
        return all(n is not None for n in images.shape[1:]) and (intake.batched or tracing())

    def _keys(self, intake: Intake, images: Any, index: Any, epoch: Any, words: Callable[[], Any] | None) -> Keys:
        count = ops.shape(images)[0]
        index = intake.index if index is None else index
        epoch = intake.epoch if epoch is None else epoch
        if index is None or words is None:
            return fresh_keys(STILL if words is None else words(), count)
        return keys_of(self.program.seed, index, 0 if epoch is None else epoch, count)

    def at(self, index: Any = None, epoch: Any = 0, *, key: str | Sequence[str] | None = None) -> Callable[..., Any]:
        """Return the layer for the samples ``index`` (a vector, or the number of the first sample) in ``epoch``, or for those of
        the names ``key``."""
        index = keyed_index(index, key)
        # as a list, since JAX would cut the arrays that Keras hands to it to 32 bits
        index, epoch = (n.tolist() if isinstance(n, np.ndarray) else n for n in (index, epoch))
        check_known_key(index, epoch)

        def keyed(inputs: Any, training: bool | None = None) -> Any:
            return self(inputs, training=training, index=index, epoch=epoch)

        return keyed

    def over(self, dataset: Any, batch_size: int | None = None, **options: Any) -> Any:
        """Return a dataset of samples, as `augment.apply` takes them, augmented by key on the host.

        With a ``batch_size`` it is a `keras.utils.PyDataset` of batches for `fit`; its options are those of `Batches`.
        """
        if batch_size is not None:
            return Batches(self, dataset, batch_size, **options)
        if options:
            raise SampleError(f"over: {', '.join(options)} are of batches: give batch_size as well")
        return Over(self, dataset)

    def keyed(self, dataset: Any, index: int, epoch: int) -> Any:
        """Return sample ``index`` of a dataset, augmented; its mix partners are from the dataset."""
        run, items, sample = executor(self.program, self.text_backend), Items.of(self.spec.targets), dataset[index]
        donors = Donors(run, Samples(dataset, items), epoch)
        return items.leave(run(items.enter(sample), self.program.values(index, epoch), donors.of(index)), sample)
