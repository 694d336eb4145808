"""The backend ``albumentations``: compiles specs to `SpecCompose`, an `albumentations.Compose`.

``from augment_albumentations import SpecCompose`` also registers the class for `albumentations.from_dict` and
`albumentations.load`, which need it in a process that has compiled nothing yet.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

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
