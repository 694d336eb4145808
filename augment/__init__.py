"""Write an augmentation policy once, run it on Keras, torchvision, Albumentations or nlpaug with the same meaning.

The public names are loaded on first use: importing this module imports no framework.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from augment.awaited import register

if TYPE_CHECKING:
    from augment import errors, ops
    from augment.compiler import apply, compile, record, replay  # noqa: A004
    from augment.errors import AugmentError
    from augment.hookspecs import hookimpl
    from augment.language import dump, dumps, load, loads
    from augment.previews import preview
    from augment.spec.node import Pipeline

__version__ = "0.1.0"
_HOMES = {
    "AugmentError": "augment.errors",
    "Pipeline": "augment.spec.node",
    "apply": "augment.compiler",
    "compile": "augment.compiler",
    "dump": "augment.language",
    "dumps": "augment.language",
    "hookimpl": "augment.hookspecs",
    "load": "augment.language",
    "loads": "augment.language",
    "preview": "augment.previews",
    "record": "augment.compiler",
    "replay": "augment.compiler",
}


def __getattr__(name: str) -> Any:
    if name in ("errors", "ops"):
        return import_module(f"augment.{name}")
    if name not in _HOMES:
        raise AttributeError(f"module 'augment' has no attribute {name!r}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*__all__, "__version__"])


__all__ = [
    "AugmentError", "Pipeline", "apply", "compile", "dump", "dumps", "errors", "hookimpl", "load", "loads", "ops", "preview",
    "record", "replay",
]  # fmt: skip

register()
