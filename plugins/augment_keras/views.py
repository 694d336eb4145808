"""A spec with views as a Keras layer, which returns a mapping of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import keras

from augment.errors import SampleError
from augment.language import dumps, loads
from augment.multiview import Views
from augment.sample import DEFAULT_TARGETS
from augment.spec.node import Pipeline
from augment.spec.views import each_view
from augment_keras.arrival import arrived
from augment_keras.container import Augment
from augment_keras.draws import STILL
from augment_keras.host import is_foreign, mapped, unconverted
from augment_keras.jit import outside_graphs
from augment_keras.randomness import Source

_OPTIONS = ("stage", "seed", "fuse", "value_range", "data_format", "jit_compile", "text")


@keras.saving.register_keras_serializable(package="augment", name="AugmentViews")
class AugmentViews(Views, keras.layers.Layer):
    """Makes the views of a batch: ``{name: images}``, or mappings where it is called on mappings; a list where there are several.

    Each view is an `Augment` of its own; an unkeyed call draws once for all of them.
    """

    def __init__(self, spec: str, **options: Any):
        own = {name: options.pop(name) for name in _OPTIONS if name in options}
        pipeline = loads(spec)
        options.setdefault("name", pipeline.name and pipeline.name.replace("/", "_"))
        keras.layers.Layer.__init__(self, **{"autocast": False, "trainable": False, **options})
        parts = each_view(pipeline, lambda one: Augment(dumps(one, format="json"), **own))
        for name, value in (("spec", pipeline), ("parts", parts), ("_saved", {"spec": spec, **own})):
            object.__setattr__(self, name, value)  # Keras would keep the state of layers that have none of their own in use
        self.built = True
        self.seed_generator = Source()

    @classmethod
    def of(cls, spec: Pipeline, parts: Mapping[str, Any]) -> AugmentViews:
        """Return the layer of what was compiled of the views of a spec."""
        first = next(iter(parts.values()))
        config = (first[0] if isinstance(first, list) else first).get_config()
        return cls(dumps(spec, format="json"), **{name: config[name] for name in _OPTIONS})

    def get_config(self) -> dict[str, Any]:
        return {**super().get_config(), **self._saved}

    def save_own_variables(self, store: Any) -> None:
        store["draws"] = self.seed_generator.saved()

    def load_own_variables(self, store: Any) -> None:
        Augment.load_own_variables(self, store)  # type: ignore[arg-type]

    # Calls -----------------------------------------------------------------------------------------------------------

    @outside_graphs
    def __call__(self, inputs: Any, *args: Any, **kwargs: Any) -> Any:
        inputs = arrived(inputs, args, dict(self.spec.targets) or DEFAULT_TARGETS)
        if is_foreign(inputs):
            return unconverted(self._on_host)(inputs, *args, **kwargs)
        return keras.layers.Layer.__call__(self, inputs, *args, **kwargs)

    def call(self, inputs: Any, training: bool | None = None, index: Any = None, epoch: Any = None) -> dict[str, Any]:
        words = self.seed_generator.next() if index is None and self.draws else STILL
        return self._each(lambda part: part.augmented(inputs, training, index, epoch, lambda: words))

    def _on_host(self, inputs: Any, training: bool | None = None, index: Any = None, epoch: Any = None) -> Any:
        def run(arrays: Any) -> Any:
            fresh = cache(self.seed_generator.on_host)
            return self._each(lambda part: part.on_arrays(arrays, training, index, epoch, fresh))

        return mapped(run, inputs, self.compute_output_spec(inputs, training))

    def compute_output_spec(self, inputs: Any, training: bool | None = None, index: Any = None, epoch: Any = None) -> Any:
        return self._each(lambda part: part.compute_output_spec(inputs, training))

    def compute_output_shape(self, input_shape: Any) -> Any:
        """Return the shapes of what comes out, by view."""
        return self._each(lambda part: part.compute_output_shape(input_shape))

    def at(self, index: Any = None, epoch: Any = 0, *, key: Any = None) -> Callable[..., Any]:
        return Augment.at(self, index, epoch, key=key)  # type: ignore[arg-type]

    def over(self, dataset: Any, batch_size: int | None = None, **options: Any) -> Any:
        """Return a dataset of samples, as `augment.apply` takes them, augmented by key on the host."""
        if batch_size is not None or options:
            raise SampleError("over: of views the layer itself makes batches: tf.data's dataset.batch(n).map(layer)")
        return Views.over(self, dataset)
