"""torchvision: transforms.v2, and the transforms of v1 that mean the same under other names."""

from augment.native.tables.torchvision import choices, colour, geometry, sizes
from augment.native.tables.torchvision.table import TABLE

__all__ = ["TABLE", "choices", "colour", "geometry", "sizes"]
