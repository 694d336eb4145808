"""Reads pipelines in every form that they come in, as names and literal arguments; nothing is executed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from augment.native.call import Library, Source


def source_of(pipeline: Any, library: Library | None = None, version: str | None = None, name: str = "") -> Source:
    """Return the facts of a pipeline: an object of a library, or data that one wrote.

    Raises `SpecError` on what is none.
    """
    from augment.native.sources.data import from_data
    from augment.native.sources.objects import from_object

    if isinstance(pipeline, Mapping) or (isinstance(pipeline, list | tuple) and all(isinstance(x, Mapping) for x in pipeline)):
        return from_data(pipeline, library=library, version=version, name=name)
    return from_object(pipeline, name=name)
