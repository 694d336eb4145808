"""Batched kernels in torch: every primitive on (B, C, H, W) tensors of any device, each sample with its own parameters.

Parameters are NumPy arrays of the host, of shape (B,) or (B, ...), or numbers that hold for all. Matrices are composed there in
float64; coordinates are float32, relative to the centre of a canvas.
"""

from __future__ import annotations

import torch

from augment_torchvision.kernels.colour import affine, curve, linear, mixture, turn_hue
from augment_torchvision.kernels.filter import convolve, jpeg, median, morphology
from augment_torchvision.kernels.form import is_float, pack, put_channels, round8, spread, take_channels, unpack, where_open
from augment_torchvision.kernels.levels import clahe, histogram, look_up
from augment_torchvision.kernels.mix import compose, mix, mix_labels, partners, pick
from augment_torchvision.kernels.noise import noise
from augment_torchvision.kernels.objects import locate
from augment_torchvision.kernels.paste import blend, erase, erase_mask, fill, fill_mask
from augment_torchvision.kernels.resize import downscale, resize, resize_nearest
from augment_torchvision.kernels.warp import displace, read_field, resample, zoom

name = "torch"
xp = torch

__all__ = [
    "affine", "blend", "clahe", "compose", "convolve", "curve",
    "displace", "downscale", "erase", "erase_mask", "fill", "fill_mask", "histogram", "is_float", "jpeg",
    "linear", "locate", "look_up", "median", "mix", "mix_labels", "mixture", "morphology", "name", "noise", "pack",
    "partners", "pick", "put_channels", "read_field", "resample", "resize", "resize_nearest", "round8",
    "spread", "take_channels", "turn_hue", "unpack", "where_open", "xp", "zoom",
]  # fmt: skip
