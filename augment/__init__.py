"""Write an augmentation policy once, run it on Keras, torchvision, Albumentations or nlpaug with the same meaning.

The public names are loaded on first use: importing this module imports no framework.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from augment.frameworks.awaited import register

if TYPE_CHECKING:
    from augment import errors, ops
    from augment.compiler import apply, compile, tail  # noqa: A004
    from augment.data.fitting import fit
    from augment.ensemble import tta
    from augment.errors import AugmentError
    from augment.hookspecs import hookimpl
    from augment.language import dump, dumps, load, loads
    from augment.native.coming import from_native
    from augment.native.leaving import export
    from augment.random import index_of
    from augment.records import record, replay
    from augment.report.previews import preview
    from augment.spec.node import Pipeline

__version__ = "0.1.0"
_HOMES = {
    "AugmentError": "augment.errors",
    "Pipeline": "augment.spec.node",
    "apply": "augment.compiler",
    "compile": "augment.compiler",
    "dump": "augment.language",
    "dumps": "augment.language",
    "export": "augment.native.leaving",
    "fit": "augment.data.fitting",
    "from_native": "augment.native.coming",
    "hookimpl": "augment.hookspecs",
    "index_of": "augment.random",
    "load": "augment.language",
    "loads": "augment.language",
    "preview": "augment.report.previews",
    "record": "augment.records",
    "replay": "augment.records",
    "tail": "augment.compiler",
    "tta": "augment.ensemble",
}


def __getattr__(name: str) -> Any:
    if name in ("errors", "ops"):
        return import_module(f"augment.{name}")
    if name not in _HOMES:
        hint = ": a list of ops is augment.Pipeline([...])" if name in ("Compose", "Sequential") else ""
        if name[:1].isupper() and not hint:
            hint = import_module("augment.ops").hint_of(name)
        raise AttributeError(f"module 'augment' has no attribute {name!r}{hint}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


__all__ = [
    "AugmentError", "Pipeline", "apply", "compile", "dump", "dumps", "errors", "export", "fit", "from_native", "hookimpl",
    "index_of", "load", "loads", "ops", "preview", "record", "replay", "tail", "tta",
]  # fmt: skip

register()
