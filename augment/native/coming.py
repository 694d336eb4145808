"""The door in: a spec from a pipeline of another library."""

from __future__ import annotations

import warnings
from typing import Any

from augment.errors import SpecError
from augment.native.call import Library, Source
from augment.native.reading import Imported, read
from augment.native.remark import Remark
from augment.spec.node import Pipeline


class MeaningWarning(UserWarning):
    """What a spec that was made from a pipeline of another library says otherwise, or not at all."""


def from_native(pipeline: Any, *, library: Library | None = None, version: str | None = None, strict: bool = False) -> Pipeline:
    """Return the spec that means what a pipeline of another library means.

    Args:
        pipeline: a live one (`A.Compose`, `v2.Compose` or v1 `transforms.Compose`, a Keras `Sequential` or list of layers, an
            `ImageDataGenerator`, an nlpaug flow or augmenter), or data: `A.to_dict(...)`, a Keras `get_config()`, knobs of
            Ultralytics, or facts, ``{"library": .., "ops": [{"class", "args", "kwargs", "children"}]}``.
        library: of which library data is, where the data does not say it.
        version: of which version of the library it is; without it arguments and classes tell it.
        strict: raise where the meaning changes, instead of a warning.

    Raises:
        SpecError: it is no pipeline that is known; or, with `strict`, the meaning changes: each place is listed.
    """
    from augment.native.sources import source_of

    own = getattr(pipeline, "spec", None)
    if isinstance(own, Pipeline):
        return own
    imported = read(source_of(pipeline, library, version))
    refused = imported.having("differs", "none")
    if refused and strict:
        raise refusal(imported)
    if refused:
        told = "\n".join(f"  {remark}" for remark in refused)
        warnings.warn(f"the spec is not in all the same as the pipeline:\n{told}", MeaningWarning, stacklevel=2)
    return imported.pipeline


def import_native(pipeline: Any, *, library: Library | None = None, version: str | None = None) -> Imported:
    """Return the spec of a pipeline together with all that is to be said about it; nothing is warned of."""
    from augment.native.sources import source_of

    return read(pipeline if isinstance(pipeline, Source) else source_of(pipeline, library, version))


def refusal(imported: Imported) -> SpecError:
    """Return the error that lists every change of meaning."""
    from augment.errors import Mistake

    def mistake(remark: Remark) -> Mistake:
        return Mistake(f"{remark.where} {remark.what}".strip(), remark.message)

    return SpecError([mistake(remark) for remark in imported.having("differs", "none")])
