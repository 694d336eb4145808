"""Imports a module of ours right after a library of others, without importing that library.

Libraries that build objects by the name of their class know those of others only once their module was imported. Listing plugins
imports the packages of all backends, so these cannot import their libraries; they wait until somebody does.
"""

from __future__ import annotations

import sys
import warnings
from importlib import import_module
from importlib.abc import MetaPathFinder
from importlib.util import find_spec
from typing import Any


def import_after(library: str, module: str) -> None:
    """Import ``module``, which makes itself known to ``library``: now if that is there, else right after it."""
    if library in sys.modules:
        _import(module, library)
    elif not any(isinstance(finder, After) and finder.module == module for finder in sys.meta_path):
        sys.meta_path.insert(0, After(library, module))


class After(MetaPathFinder):
    """Sees that a library is about to be imported, and has a module imported after it."""

    def __init__(self, library: str, module: str):
        self.library, self.module = library, module

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname != self.library:
            return None
        sys.meta_path.remove(self)
        spec = find_spec(self.library)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def then_import_ours(module: Any) -> None:
            execute(module)
            _import(self.module, self.library)

        spec.loader.exec_module = then_import_ours  # type: ignore[method-assign]
        return spec


def _import(module: str, library: str) -> None:
    try:
        import_module(module)
    except Exception as error:  # whatever is wrong with a plugin must not keep a library from being imported
        warnings.warn(f"{module} cannot make itself known to {library}: {error}", stacklevel=2)


__all__ = ["import_after"]
