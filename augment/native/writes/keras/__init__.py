"""Ours as Keras' preprocessing layers."""

from augment.native.writes.keras import choices, colour, geometry
from augment.native.writes.keras.style import WRITES

__all__ = ["WRITES", "choices", "colour", "geometry"]
