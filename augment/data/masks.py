"""Finds the mask of each picture by its name."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from augment.data.endings import IMAGES
from augment.data.tree import by_key, key_among, real
from augment.errors import FileError
from augment.files.remote import place

PLACE = "{}"
ENDING = "_mask"


def find_masks(masks: Path, pictures: Mapping[str, Path]) -> dict[str, Path]:
    """Return the mask of each picture by key; where there is none, the path that it should have.

    ``masks`` is a folder, where a mask has the path and name of its picture or that with ``_mask`` after it, or a pattern such as
    'masks/{}_L.png'. Pictures that are masks of others have none.
    """
    if PLACE in str(masks):
        found = {key: place(str(masks).replace(PLACE, key)) for key in pictures}
        made = set(found.values())
        return {key: path for key, path in found.items() if pictures[key] not in made}
    own = by_key(masks, IMAGES)
    among = {real(path) for path in own.values()} & {real(path) for path in pictures.values()}
    out = {}
    for key, picture in pictures.items():
        if among and key.endswith(ENDING) and key.removesuffix(ENDING) in pictures:
            continue
        names = (key_among(key, picture, own), key_among(f"{key}{ENDING}", picture.with_stem(f"{picture.stem}{ENDING}"), own))
        named = [name for name in names if name in own and real(own[name]) != real(picture)]
        if len(named) > 1:
            raise FileError(f"{own[named[0]]}: the mask of {picture.name} may be this or {own[named[1]].name}; remove one")
        missing = masks / (f"{key}{ENDING}.png" if among else f"{key}.png")
        out[key] = own[named[0]] if named else missing
    return out
