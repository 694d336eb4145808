"""The files of the photographs that come with the package."""

from __future__ import annotations

from pathlib import Path

PHOTOS = Path(__file__).parent.parent / "photos"
NAMES = ("coffee", "cat")


def photo(name: str) -> Path:
    """Return the file of one of the photographs."""
    return PHOTOS / f"{name}.jpg"


__all__ = ["NAMES", "PHOTOS", "photo"]
