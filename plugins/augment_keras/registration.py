"""Makes the layer known to Keras for loading saved models, without importing Keras.

Keras finds a class of others only if their package registered it before. Listing plugins imports this one, so it cannot import
Keras itself; it waits until somebody does.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from typing import Any

LAYER = "augment_keras.container"


def register_with_keras() -> None:
    """Import the layer, which registers it: now if Keras is there, else right after Keras."""
    if "keras" in sys.modules:
        _import_layer()
    elif not any(isinstance(finder, AfterKeras) for finder in sys.meta_path):
        sys.meta_path.insert(0, AfterKeras())


class AfterKeras(MetaPathFinder):
    """Sees that Keras is about to be imported, and has the layer imported after it."""

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname != "keras":
            return None
        sys.meta_path.remove(self)
        spec = find_spec("keras")
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def then_import_layer(module: Any) -> None:
            execute(module)
            _import_layer()

        spec.loader.exec_module = then_import_layer  # type: ignore[method-assign]
        return spec


def _import_layer() -> None:
    try:
        import_module(LAYER)
    except Exception as error:  # whatever is wrong with this plugin must not keep Keras from being imported
        warnings.warn(f"augment_keras cannot register its layer with Keras: {error}", stacklevel=2)
