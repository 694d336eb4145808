"""Does something right after a library of others is imported, without importing that library.

Libraries that build objects by the name of their class know those of others only once these were registered. Listing plugins
imports the packages of all backends, so these cannot import their libraries; they wait until somebody does.
"""

from __future__ import annotations

import sys
import warnings
from collections.abc import Callable
from importlib import import_module
from typing import Any

Action = Callable[[Any], None]


def import_after(library: str, module: str) -> None:
    """Import ``module``, which makes itself known to ``library``: now if that is there, else right after it."""

    def bring(_: Any) -> None:
        import_module(module)

    after(library, module, bring)


def after(library: str, what: str, action: Action) -> None:
    """Call ``action`` with a library: now if it is imported, else right after it is; once for each ``what``."""
    if library not in sys.modules:
        _ARRIVALS.awaited.setdefault(library, {})[what] = action
        if _ARRIVALS not in sys.meta_path:
            sys.meta_path.insert(0, _ARRIVALS)
    elif sys.modules[library] is not None:
        _act(library, what, action, sys.modules[library])


class Arrivals:
    """Finds libraries as others do, and lets what waits for them follow their import; to look for one changes nothing.

    It is a finder by what it does: the base class of finders brings a fifth of the modules that a command needs.
    """

    def __init__(self) -> None:
        self.awaited: dict[str, dict[str, Action]] = {}

    def find_spec(self, fullname: str, path: Any, target: Any = None) -> Any:
        if fullname not in self.awaited:
            return None
        others = (finder for finder in sys.meta_path if finder is not self)
        spec = next((found for finder in others if (found := finder.find_spec(fullname, path, target))), None)
        if spec is None or spec.loader is None:
            return spec
        execute = spec.loader.exec_module

        def then_act(module: Any) -> None:
            execute(module)
            self._arrived(fullname, module)

        spec.loader.exec_module = then_act  # type: ignore[method-assign]  # a loader of ours would hide what theirs offers
        return spec

    def _arrived(self, library: str, module: Any) -> None:
        waiting = self.awaited.pop(library, {})
        if not self.awaited and self in sys.meta_path:
            sys.meta_path.remove(self)
        for what, action in waiting.items():
            _act(library, what, action, module)


def _act(library: str, what: str, action: Action, module: Any) -> None:
    try:
        action(module)
    except Exception as error:  # whatever is wrong with a plugin must not keep a library from being imported
        warnings.warn(f"{what} cannot make itself known to {library}: {error}", stacklevel=2)


_ARRIVALS = Arrivals()

__all__ = ["after", "import_after"]
