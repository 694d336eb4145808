"""The backend ``albumentations``: compiles specs to `SpecCompose`, an `albumentations.Compose`.

``import augment_albumentations`` also makes the class known to `albumentations.from_dict` and `albumentations.load`, which need
it in a process that has compiled nothing yet. It imports no framework: the class is there as soon as Albumentations is.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from augment.frameworks.arrival import import_after
from augment.hookspecs import hookimpl

if TYPE_CHECKING:
    from augment_albumentations.container import SpecCompose

__all__ = ["SpecCompose", "register_backends"]


@hookimpl
def register_backends():
    from augment_albumentations.backend import AlbumentationsBackend

    return [AlbumentationsBackend()]


def __getattr__(name: str) -> Any:
    if name == "SpecCompose":  # on first use, because it imports the framework
        from augment_albumentations.container import SpecCompose

        return SpecCompose
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


import_after("albumentations", "augment_albumentations.container")
