"""Ours as torchvision.transforms.v2."""

from augment.native.writes.torchvision import choices, colour, geometry, sizes
from augment.native.writes.torchvision.style import WRITES

__all__ = ["WRITES", "choices", "colour", "geometry", "sizes"]
