"""The primitives in ``keras.ops``, on batches of images (B, H, W, C) in float32 with values in [0, 1].

Each sample has its own parameters, numbers or tensors (B,) or (B, ...). `augment.engine.batch` says when they are called.
"""

from __future__ import annotations

from augment_keras import ops
from augment_keras.kernels.colour import affine, curve, linear, mixture, turn_hue
from augment_keras.kernels.filter import convolve, jpeg, median, morphology
from augment_keras.kernels.form import is_float, pack, put_channels, round8, spread, take_channels, unpack, where_open
from augment_keras.kernels.levels import clahe, histogram, look_up
from augment_keras.kernels.mix import compose, mix, mix_labels, partners, pick
from augment_keras.kernels.moves import displace, downscale, locate, zoom
from augment_keras.kernels.noise import noise
from augment_keras.kernels.paste import blend, erase, erase_mask, fill, fill_mask
from augment_keras.kernels.resize import resize, resize_nearest
from augment_keras.kernels.warp import read_field, resample
from augment_keras.mixing import mix_points

name = "keras"
xp = ops

__all__ = [
    "affine", "blend", "clahe", "compose", "convolve", "curve", "displace", "downscale", "erase", "erase_mask", "fill",
    "fill_mask", "histogram", "is_float", "jpeg", "linear", "locate", "look_up", "median", "mix", "mix_labels", "mix_points",
    "mixture", "morphology", "name", "noise", "pack", "partners", "pick", "put_channels", "read_field", "resample", "resize",
    "resize_nearest", "round8", "spread", "take_channels", "turn_hue", "unpack", "where_open", "xp", "zoom",
]  # fmt: skip
