"""Keras: its preprocessing layers, under keras, keras.layers.experimental and keras_cv alike."""

from augment.native.tables.keras import choices, colour, geometry
from augment.native.tables.keras.table import TABLE

__all__ = ["TABLE", "choices", "colour", "geometry"]
