"""Sample files: pictures, masks and labels, read from folders and written to them; each name is imported when it is used."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from augment.data.adapt import samples_of
    from augment.data.folder import Folder
    from augment.data.form import Item
    from augment.data.images import read_image, read_mask
    from augment.data.job import Job, Outcome, Runner, run_job
    from augment.data.output import Output
    from augment.data.packed import Packs

_HOMES = {
    "Folder": "augment.data.folder",
    "Item": "augment.data.form",
    "Job": "augment.data.job",
    "Outcome": "augment.data.job",
    "Output": "augment.data.output",
    "Packs": "augment.data.packed",
    "Runner": "augment.data.job",
    "read_image": "augment.data.images",
    "read_mask": "augment.data.images",
    "run_job": "augment.data.job",
    "samples_of": "augment.data.adapt",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = getattr(import_module(_HOMES[name]), name)
    return globals()[name]


__all__ = ["Folder", "Item", "Job", "Outcome", "Output", "Packs", "Runner", "read_image", "read_mask", "run_job", "samples_of"]
