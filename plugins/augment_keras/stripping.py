"""Takes the augmentation out of a model, for serving it without this library."""

from __future__ import annotations

from typing import Any

import keras

from augment.errors import AugmentError
from augment_keras.container import Augment
from augment_keras.views import AugmentViews


def strip(model: keras.Model) -> keras.Model:
    """Return the model without its augmentation layers; it shares all other layers, and so their weights.

    Where such a layer read the input of the model, the new model takes what the layer gave: images after ``training=False``.
    """
    if any(isinstance(layer, AugmentViews) for layer in getattr(model, "layers", ())):
        fix = "a model to serve takes one: build it of the layers behind"
        raise AugmentError(f"{model.name} makes several views of its input, and {fix}")
    if isinstance(model, keras.Sequential):
        return _strip_sequential(model)
    if not hasattr(model, "operations"):  # what makes a model functional
        raise AugmentError(f"{type(model).__name__} is a subclassed model: strip knows Sequential and functional models")
    return _strip_functional(model)


def _holds_ours(model: Any) -> bool:
    return any(isinstance(x, Augment) or (isinstance(x, keras.Model) and _holds_ours(x)) for x in getattr(model, "layers", ()))


def _is_nested(layer: Any) -> bool:
    return isinstance(layer, keras.Model) and _holds_ours(layer)


def _strip_sequential(model: keras.Sequential) -> keras.Sequential:
    layers = list(model.layers)
    given: Any = model.inputs[0] if model.built and model.inputs else None
    while layers and isinstance(layers[0], Augment):
        layer = layers.pop(0)
        given = None if given is None else layer.compute_output_spec(given, training=False)
    kept = [strip(layer) if _is_nested(layer) else layer for layer in layers if not isinstance(layer, Augment)]
    if given is not None and layers and _is_nested(layers[0]):
        given = kept[0].inputs[0]
    start = [] if given is None else [_input_like(given, model.inputs[0].name)]
    new = keras.Sequential([*start, *kept], name=model.name)
    if model.compiled:
        new.compile_from_config(model.get_compile_config())
    return new


def _strip_functional(model: Any) -> Any:
    stripped = {id(layer): strip(layer) for layer in model.layers if _is_nested(layer)}
    taken: dict[int, Any] = {}  # what is to stand for a tensor that a layer of ours, or a model with one, reads
    inputs = keras.tree.map_structure(lambda x: _input_like(x, x.name), model.input)

    def watch(layer: Any, *args: Any, **kwargs: Any) -> Any:
        out = layer(*args, **kwargs)
        if isinstance(layer, Augment) or id(layer) in stripped:
            after = keras.tree.flatten(out) if isinstance(layer, Augment) else stripped[id(layer)].inputs
            for before, instead in zip(keras.tree.flatten(args[0]), after, strict=True):
                taken.setdefault(id(before), instead)
        return out

    def skip(layer: Any, *args: Any, **kwargs: Any) -> Any:
        return args[0] if isinstance(layer, Augment) else layer(*args, **kwargs)

    keras.models.clone_model(model, input_tensors=inputs, clone_function=lambda layer: layer, call_function=watch)

    def settle(x: Any) -> Any:
        name = x.name
        while id(x) in taken:
            x = taken[id(x)]
        return _input_like(x, name)

    def kept(layer: Any) -> Any:
        return stripped.get(id(layer), layer)

    inputs = keras.tree.map_structure(settle, inputs)
    return keras.models.clone_model(model, input_tensors=inputs, clone_function=kept, call_function=skip)


def _input_like(tensor: Any, name: str) -> Any:
    return keras.Input(batch_shape=tensor.shape, dtype=tensor.dtype, name=name)

